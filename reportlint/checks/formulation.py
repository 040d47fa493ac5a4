"""Kind `formulation`: set phrases that are misquoted: name, members, order, verb, punctuation, title."""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.dated import year_of
from reportlint.checks.garbled import broken, halves, slip
from reportlint.checks.lexicon import Table, line_table
from reportlint.checks.members import enumeration, judged
from reportlint.checks.replaced import Replaced, anchors, cut_at, replaced, slogans, words_apart
from reportlint.checks.segment import stands_alone, words_of
from reportlint.checks.setphrase import CLOSE_QUOTES, OPEN_QUOTES, Phrase, excepted, in_force, phrase_of, shown
from reportlint.checks.titles import title_slips
from reportlint.checks.vocabulary import Occurrence, occurrences
from reportlint.model import Edit, Severity
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_COLUMNS = ("name", "members", "verbs", "wrong-verbs", "wrong", "unless", "valid", "now", "source")
_NAME, _WRONG, _MEMBER, _GARBLED, _HALF, _PART = range(6)
_STATE = "中华人民共和国"
_AROUND = 128  # code points on each side: more than a name has, and a word beside it
_REMEMBERED = 10_000
_NEXT = "\x1f"  # between two uses of one literal: no row of a TSV holds it

_AFTER_VERB = pattern(r"(?:[，。、；：！？）“\s]|$)")
_MARKS = pattern(r"[、，,·\s“”‘’]")
_QUOTED = pattern(r"“([^”]+)”")
_EDGES = pattern(r"^“(?=[^”]*”$)|”$(?<=^“[^”]*)")
_LAW = pattern(r"《(?!.*(?:党|中国|中华)).*(?:法|条例)》")


class Use(NamedTuple):
    """What a literal is to a phrase: its name, a wrong form (with the right one), the member at `place`; or what a slip
    made of the name, wrong where it stands as words of its own; or the half of the name that begins at `place`; or the
    words of the name from `place` on that are left where another of its words is replaced."""

    role: int
    phrase: int
    right: str
    place: int


class Params(NamedTuple):
    """The literals that are looked for, a line each; what each is to its phrases; and the rows of the phrases. Of a
    thousand rows a draft needs a few: only those are ever read. The titles of laws and documents, and the names that
    stand in quotation marks, a line each; and the words that are taken for one another."""

    words: str
    uses: str
    rows: str
    titles: str
    slogans: str
    alike: str
    table: Table | None


@cache
def _lines(joined: str) -> list[str]:
    return joined.split("\n")


@cache
def _uses(line: str) -> tuple[tuple[Use, ...], tuple[Use, ...]]:
    """What a literal stands for as a whole, and the phrases of which it is a part."""
    cells = (use.split("\t") for use in line.split(_NEXT))
    found = [Use(int(role), int(phrase), right, int(place)) for role, phrase, right, place in cells]
    parts = (_GARBLED, _HALF, _PART)
    return tuple(u for u in found if u.role not in parts), tuple(u for u in found if u.role in parts)


def _names(line: str) -> bool:
    whole = _uses(line)[0]
    return bool(whole) and whole[0].role == _NAME


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """Reads the phrases. ValueError, with the line, for a row that is none."""
    rows: list[str] = []
    found: dict[str, list[Use]] = {}
    path = params["file"]
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if number == 1 or not line.strip() or line.startswith("#"):
                continue
            try:
                _add(line.rstrip("\n"), rows, found)
            except (ValueError, regex.error) as error:
                raise ValueError(f"{os.path.basename(path)}:{number}: {error} (bad row)") from None
    table = line_table(params["words"]) if params["words"] else None
    if table is not None:
        _garble(rows, found)
    for name, valid, source in _rows_of(params["sayings"]):
        _add("\t".join([name, *[""] * 5, valid, "", source]), rows, found)
    if table is not None:
        _replace(rows, found, table)
    uses = (_NEXT.join("\t".join(map(str, use)) for use in uses) for uses in found.values())
    names = (row[1 : row.index("》")] for row in rows if row.startswith("《"))
    alike = "\n".join(f"|{cells[0]}|" for cells in _rows_of(params["alike"]))
    titles = dict.fromkeys([*names, *(cells[0] for cells in _rows_of(params["titles"]))])
    return Params(
        "\n".join(found), "\n".join(uses), "\n".join(rows), "\n".join(["", *titles, ""]), _slogans(rows), alike, table
    )


def _slogans(rows: list[str]) -> str:
    """The names, and what is a slogan inside them, each between two line breaks."""
    names = [phrase_of(row).name for row in rows if not row.startswith("《")]
    inner = [item[1] for name in names for item in _QUOTED.finditer(name)]
    return "\n".join(["", *dict.fromkeys([*(_EDGES.sub("", name) for name in names), *inner]), ""])


def _bare(name: str) -> str:
    """A name without the marks it stands in: “八五”普法规划 stands in none."""
    return name.strip(OPEN_QUOTES + CLOSE_QUOTES) if name.find("”") in (-1, len(name) - 1) and name[0] == "“" else name


def _replace(rows: list[str], found: dict[str, list[Use]], table: Table) -> None:
    """Adds what a replaced word leaves of each name."""
    words = words_of(table)
    for index, row in enumerate(rows):
        phrase = phrase_of(row)
        listed = phrase.members and "、" in phrase.name  # its members are looked at one by one
        if not phrase.name.startswith("《") and not phrase.until and not listed:
            name = _bare(phrase.name)
            marked = words_apart(words, name)
            for place, part in anchors(cut_at(marked)):
                found.setdefault(part, []).append(Use(_PART, index, marked, place))


def _garble(rows: list[str], found: dict[str, list[Use]]) -> None:
    """Adds the halves of each name, and what a slip makes of it that leaves none."""
    for index, row in enumerate(rows):
        phrase = phrase_of(row)
        if not phrase.name.startswith("《") and not phrase.until:
            name = _bare(phrase.name)
            for form in broken(name):
                found.setdefault(form, []).append(Use(_GARBLED, index, name, -1))
            for place, half in halves(name):
                found.setdefault(half, []).append(Use(_HALF, index, name, place))


def _rows_of(path: str | None) -> Iterator[list[str]]:
    """The cells of each row of a table, but for its header; none where there is no table."""
    if path:
        with open(path, encoding="utf-8") as file:
            rows = (line.rstrip("\n").split("\t") for number, line in enumerate(file, 1) if number > 1)
            yield from (cells for cells in rows if cells[0])


def _add(row: str, rows: list[str], found: dict[str, list[Use]]) -> None:
    cells = row.split("\t")
    if len(cells) != len(_COLUMNS) or not cells[0]:
        raise ValueError(f"应为 {'、'.join(_COLUMNS)} 共 {len(_COLUMNS)} 列")
    phrase = phrase_of(row)
    name, wrong = phrase.name, cells[_COLUMNS.index("wrong")]
    regex.compile(phrase.unless)
    if phrase.wrong_verbs and not phrase.verbs:
        raise ValueError("有误用的动词，缺少规范的动词")
    index = len(rows)
    rows.append(row)
    law = _LAW.fullmatch(name)
    for form in (name, _full(name)) if law else (name,):
        found.setdefault(form, []).append(Use(_NAME, index, "", -1))
    for item in wrong.split("|") if wrong else ():
        form, _, right = item.partition(">")
        right = right or name
        if not form or form == right:
            raise ValueError(f"“{form}”与规范表述相同")
        found.setdefault(form, []).append(Use(_WRONG, index, right, -1))
        if law and form.startswith("《"):
            found.setdefault(_full(form), []).append(Use(_WRONG, index, _full(right), -1))
    for place, forms in enumerate(phrase.members):
        for form in forms:
            # A list has its members before a 顿号; so common words do not stop the search at every turn.
            for mark in "、，":
                found.setdefault(form + mark, []).append(Use(_MEMBER, index, "", place))


def _full(title: str) -> str:
    """The title of a law with the name of the state."""
    return f"《{_STATE}{title[1:]}"


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The slips, of overlapping ones the first and longest."""
    found = occurrences(params.words, context)
    last = -1
    slips = chain(_slips(params, found, context), _misquoted(params, context), title_slips(params.titles, context.text))
    for hit in sorted(slips, key=lambda h: (h.start, -h.end)):
        if hit.start >= last:
            last = hit.end
            yield hit


def _slips(params: Params, found: list[Occurrence], context: Context) -> Iterator[Hit]:
    text = context.text
    right_until = 0  # where the furthest right name ends: a wrong form inside it is none
    seen: dict[int, int] = {}  # phrase: where its last enumeration ended
    rows, meanings = _lines(params.rows), _lines(params.uses)
    names = [(start, end) for word, start, end in found if _names(meanings[word])]
    for word, start, end in found:
        uses, parts = _uses(meanings[word])
        if uses and uses[0].role == _NAME:
            right_until = max(right_until, end)
        if parts:
            # What stands around it tells, and stands so elsewhere: the same words are looked at once.
            low = max(0, start - _AROUND)
            for form in _forms(params, meanings[word], text[low : end + _AROUND], start - low, end - low):
                last = form.last + low
                if last > right_until and not (form.replaced and _is_known(names, form.replaced, low)):
                    yield from _wrong(phrase_of(rows[form.row]), context, form.first + low, last, form.right)
        for role, index, right, _place in uses:
            phrase = phrase_of(rows[index])
            if role == _WRONG:
                if end > right_until:
                    yield from _wrong(phrase, context, start, end, right)
            elif role == _NAME:
                yield from _named(phrase, context, start, end)
            elif start >= seen.get(index, 0):
                slots = enumeration(phrase, text, start)
                seen[index] = max(end, slots[-1].end)
                hit = judged(phrase, context, slots)
                if hit:
                    yield hit


class _Form(NamedTuple):
    """What stands for the phrase of a row, `[first, last)`, and what should; `replaced` where a word is another."""

    first: int
    last: int
    row: int
    right: str
    replaced: Replaced | None


@lru_cache(maxsize=_REMEMBERED)
def _forms(params: Params, meaning: str, text: str, start: int, end: int) -> tuple[_Form, ...]:
    """What a text holds, around the part of a phrase at `[start, end)`, that is almost the phrase."""
    words = words_of(params.table) if params.table else None
    found = []
    for role, index, right, place in _uses(meaning)[1]:
        if role == _PART:
            cut = cut_at(right)
            if words is not None and not text.startswith(cut.name, start - place):
                form = replaced(words, params.alike, cut, place, end - start, text, start)
                if form:
                    found.append(_Form(form.start, form.end, index, cut.name, form))
            continue
        slipped = (start, end, False) if role == _GARBLED else slip(right, place, text[start:end], text, start)
        if slipped is not None:
            first, last, wrong = slipped
            if wrong or (words is not None and stands_alone(words, text, first, last)):
                found.append(_Form(first, last, index, right, None))
    return tuple(found)


def _is_known(names: list[tuple[int, int]], form: Replaced, low: int) -> bool:
    """Whether the other word of a form, `low` further on, belongs to another phrase that stands there; `names` in
    their order."""
    first, last = form.first + low, form.last + low
    at = bisect_left(names, (first - _AROUND, 0))
    return any(last <= end for start, end in names[at : bisect_left(names, (first + 1, 0))])


def _misquoted(params: Params, context: Context) -> Iterator[Hit]:
    """The slogans that are almost a known one."""
    text = context.text
    for start, end, right in (
        slogans(words_of(params.table), params.alike, params.slogans, text) if params.table else ()
    ):
        args = {"text": shown(text[start:end]), "right": right, "name": right}
        yield Hit(start, end, args, (Edit(start, end, right),), _variant(text[start:end], right))


def _wrong(phrase: Phrase, context: Context, start: int, end: int, right: str) -> Iterator[Hit]:
    text = context.text
    if in_force(phrase, context) and not excepted(phrase, text, start, end):
        args = {"text": shown(text[start:end]), "right": shown(right), "name": phrase.name}
        yield Hit(start, end, args, (Edit(start, end, right),), _variant(text[start:end], right))


def _named(phrase: Phrase, context: Context, start: int, end: int) -> Iterator[Hit]:
    """What is wrong where the name itself is right: its verb, or its time."""
    text = context.text
    if phrase.now and not excepted(phrase, text, start, end) and (context.memo(year_of) or 0) > phrase.until:
        args = {"text": shown(text[start:end]), "right": shown(phrase.now), "until": str(phrase.until)}
        yield Hit(start, end, args, (Edit(start, end, phrase.now),), "outdated", Severity.INFO)
    if not phrase.wrong_verbs:
        return
    quoted = start > 0 and text[start - 1] in OPEN_QUOTES
    left, right = start - quoted, end + (end < len(text) and text[end] in CLOSE_QUOTES)
    for verb in phrase.wrong_verbs:
        begin = left - len(verb)
        if begin >= 0 and text.startswith(verb, begin) and _AFTER_VERB.match(text, right):
            if in_force(phrase, context) and not excepted(phrase, text, begin, right):
                words = text[left:right] if quoted else phrase.name
                args = {"verb": verb, "name": shown(phrase.name), "right": shown(phrase.verbs[0] + words)}
                yield Hit(begin, right, args, (Edit(begin, left, phrase.verbs[0]),), "verb")
            return


def _variant(wrong: str, right: str) -> str:
    """Which wording fits a wrong form."""
    if wrong.startswith("《"):
        return "title"
    if _MARKS.sub("", wrong) == _MARKS.sub("", right):
        return "punctuation"
    rest = iter(right)
    return "incomplete" if all(c in rest for c in wrong) else ""


KIND = Kind(
    "formulation",
    "Reports set phrases that are misquoted: name, members, order, verb, punctuation, title.",
    {
        "file": Param("file", f"a TSV of {', '.join(_COLUMNS)}; the first line is its header", required=True),
        "words": Param("file", "a TSV of words and their costs: forms that a slip makes of a name are reported too"),
        "titles": Param("file", "a TSV of titles of laws and documents: titles that are almost one are reported"),
        "sayings": Param(
            "file",
            "a TSV of name, valid, source: more set phrases, of which only a replaced word is reported, since a "
            "character more or less makes another phrase of them",
        ),
        "alike": Param("file", "a TSV of words, a group a line, that are taken for one another"),
    },
    run,
    compile_params,
    lambda params: params.words,
)
