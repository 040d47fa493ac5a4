"""Kind `formulation`: set phrases that are misquoted: name, members, order, verb, punctuation, title."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.pattern import covered
from reportlint.checks.vocabulary import Occurrence, occurrences
from reportlint.model import Edit, Severity
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_COLUMNS = ("name", "members", "verbs", "wrong-verbs", "wrong", "unless", "valid", "now", "source")
_NAME, _WRONG, _MEMBER = range(3)
_STATE = "中华人民共和国"
_OPEN, _CLOSE = '“‘「『"', '”’」』"'
_LOOSE = 9  # code points of an item that stands for a member, beyond the member's own length
_NEAR = 4  # code points between an enumeration and its name

_PLACEHOLDER = pattern(r"[xX×＊*○□_…\x00]|某某|待定|待补")
# What may stand between two members; the words repeat before each member in some lists.
_BETWEEN = pattern(r"[”’]?[、，；,;]?(?:以及|及|和|与|并|又|更)?(?:必须坚持|坚持|必须|始终代表|代表)?[“‘]?")
_JOINER = r"(?:以及|及|和|与|并|又|更)"
_ITEM = pattern(
    rf"([”’]?[、，,]{_JOINER}?[“‘]?)([^、，；。：:！？,;“”‘’（）《》\s]+)([”’]?[、，,]{_JOINER}?[“‘]?|以及|和|与)"
)
_CLOSED = "）)"
_NUMERALS = "两二三四五六七八九十"
_LAST_ITEM = pattern(r"[、，](?P<item>[\u4e00-\u9fff]{2,14})(?=[）)])")
_NAMED_ITEM = pattern(r"[、，](?P<item>[\u4e00-\u9fff]{2,14})等?[“‘]")
_FIRST_ITEM = pattern(r"(?<=[（(])(?P<item>[\u4e00-\u9fff]{2,14})[、，]$")
_AFTER_VERB = pattern(r"(?:[，。、；：！？）“\s]|$)")
_MARKS = pattern(r"[、，,·\s“”‘’]")
_ITEM_FOLLOWS = pattern(r"[”’]?(?:[、，,]|和|与|及|以及|等|[xX×*…])")
_ITEM_PRECEDES = pattern(r"(?:[、，,]|和|与|及|[xX×*…])[“‘]?$")
_HAN = pattern(r"[\u4e00-\u9fff]")
_JOINT_BEFORE = pattern(r"[”’]?[、，][“‘]?$")
_HAN_ONLY = pattern(r"[\u4e00-\u9fff、，]+")
_LAW = pattern(r"《(?!.*(?:党|中国|中华)).*(?:法|条例)》")
_YEAR = pattern(r"(?:19|20)\d\d(?=\s*(?:[年—–-]|/))|[一二][九〇○零][〇○零一二三四五六七八九]{2}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")


_NEXT = "\x1f"  # between two uses of one literal: no row of a TSV holds it


class Phrase(NamedTuple):
    """One set phrase. A member is a tuple of its right forms; `since` and `until` are years, 0 where not known."""

    name: str
    members: tuple[tuple[str, ...], ...]
    ordered: bool
    verbs: tuple[str, ...]
    wrong_verbs: tuple[str, ...]
    unless: str
    since: int
    until: int
    now: str


class Use(NamedTuple):
    """What a literal is to a phrase: its name, a wrong form (with the right one), or the member at `place`."""

    role: int
    phrase: int
    right: str
    place: int


class Params(NamedTuple):
    """The literals that are looked for, a line each; what each is to its phrases; and the rows of the phrases. Of a
    thousand rows a draft needs a few: only those are ever read."""

    words: str
    uses: str
    rows: str


@cache
def _lines(joined: str) -> list[str]:
    return joined.split("\n")


@cache
def _uses(line: str) -> tuple[Use, ...]:
    found = (use.split("\t") for use in line.split(_NEXT))
    return tuple(Use(int(role), int(phrase), right, int(place)) for role, phrase, right, place in found)


@cache
def _phrase(row: str) -> Phrase:
    """The phrase of a row. ValueError where its years are none."""
    name, members, verbs, wrong_verbs, _wrong, unless, valid, now, _source = row.split("\t")
    since, _, until = valid.partition("-")
    return Phrase(
        name,
        tuple(tuple(m.split("/")) for m in members.lstrip("~").split("|")) if members else (),
        not members.startswith("~"),
        tuple(verbs.split("|")) if verbs else (),
        tuple(wrong_verbs.split("|")) if wrong_verbs else (),
        unless,
        int(since or 0),
        int(until or 0),
        now,
    )


class _Slot(NamedTuple):
    """A place of an enumeration: the member there, -1 for a stranger."""

    member: int
    start: int
    end: int


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
    uses = (_NEXT.join("\t".join(map(str, use)) for use in uses) for uses in found.values())
    return Params("\n".join(found), "\n".join(uses), "\n".join(rows))


def _add(row: str, rows: list[str], found: dict[str, list[Use]]) -> None:
    cells = row.split("\t")
    if len(cells) != len(_COLUMNS) or not cells[0]:
        raise ValueError(f"应为 {'、'.join(_COLUMNS)} 共 {len(_COLUMNS)} 列")
    phrase = _phrase(row)
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
    for hit in sorted(_slips(params, found, context), key=lambda h: (h.start, -h.end)):
        if hit.start >= last:
            last = hit.end
            yield hit


def _slips(params: Params, found: list[Occurrence], context: Context) -> Iterator[Hit]:
    text = context.text
    right_until = 0  # where the furthest right name ends: a wrong form inside it is none
    seen: dict[int, int] = {}  # phrase: where its last enumeration ended
    rows, meanings = _lines(params.rows), _lines(params.uses)
    for word, start, end in found:
        uses = _uses(meanings[word])
        if uses[0].role == _NAME:
            right_until = max(right_until, end)
        for role, index, right, _place in uses:
            phrase = _phrase(rows[index])
            if role == _WRONG:
                if end > right_until and _in_force(phrase, context) and not _excepted(phrase, text, start, end):
                    args = {"text": _shown(text[start:end]), "right": _shown(right), "name": phrase.name}
                    variant = _variant(text[start:end], right)
                    yield Hit(start, end, args, (Edit(start, end, right),), variant)
            elif role == _NAME:
                yield from _named(phrase, context, start, end)
            elif start >= seen.get(index, 0):
                slots = _enumeration(phrase, text, start)
                seen[index] = max(end, slots[-1].end)
                hit = _judged(phrase, context, slots)
                if hit:
                    yield hit


def _named(phrase: Phrase, context: Context, start: int, end: int) -> Iterator[Hit]:
    """What is wrong where the name itself is right: its verb, or its time."""
    text = context.text
    if phrase.now and not _excepted(phrase, text, start, end) and (context.memo(_year) or 0) > phrase.until:
        args = {"text": _shown(text[start:end]), "right": _shown(phrase.now), "until": str(phrase.until)}
        yield Hit(start, end, args, (Edit(start, end, phrase.now),), "outdated", Severity.INFO)
    if not phrase.wrong_verbs:
        return
    quoted = start > 0 and text[start - 1] in _OPEN
    left, right = start - quoted, end + (end < len(text) and text[end] in _CLOSE)
    for verb in phrase.wrong_verbs:
        begin = left - len(verb)
        if begin >= 0 and text.startswith(verb, begin) and _AFTER_VERB.match(text, right):
            if _in_force(phrase, context) and not _excepted(phrase, text, begin, right):
                words = text[left:right] if quoted else phrase.name
                args = {"verb": verb, "name": _shown(phrase.name), "right": _shown(phrase.verbs[0] + words)}
                yield Hit(begin, right, args, (Edit(begin, left, phrase.verbs[0]),), "verb")
            return


def _enumeration(phrase: Phrase, text: str, at: int) -> list[_Slot]:
    """The members of the phrase in a row around a place, and at most one stranger among them."""
    reach = sum(max(map(len, forms)) + 6 for forms in phrase.members) + 2 * _LOOSE
    low, high = max(0, at - reach), min(len(text), at + reach)
    found: list[_Slot] = []
    for index, forms in enumerate(phrase.members):
        for form in forms:
            place = text.find(form, low, high)
            while place >= 0:
                found.append(_Slot(index, place, place + len(form)))
                place = text.find(form, place + len(form), high)
    found.sort(key=lambda s: (s.start, -s.end))
    run: list[_Slot] = []
    for slot in found:
        if run and slot.start < run[-1].end:
            continue
        joint = _joint(phrase, text, run, slot) if run else None
        if joint is None:
            if run and run[-1].end > at:
                break
            run = []
        run += [*(joint or ()), slot]
    return run


def _joint(phrase: Phrase, text: str, run: list[_Slot], slot: _Slot) -> list[_Slot] | None:
    """What stands between the enumeration so far and the next member: nothing, a stranger, None for other text."""
    start = run[-1].end
    if _BETWEEN.fullmatch(text, start, slot.start):
        return []
    item = _ITEM.fullmatch(text, start, slot.start)
    if item is None or any(s.member < 0 for s in run):
        return None
    return [_Slot(-1, *item.span(2))] if len(item[2]) <= max(len(f[0]) for f in phrase.members) + _LOOSE else None


def _judged(phrase: Phrase, context: Context, slots: list[_Slot]) -> Hit | None:
    """What is wrong with an enumeration that has at least all members but one."""
    text, size = context.text, len(phrase.members)
    present = [s.member for s in slots if s.member >= 0]
    known = set(present)
    if len(known) < max(size - 1, 2) or not _in_force(phrase, context):
        return None
    start, end = slots[0].start, slots[-1].end
    if _excepted(phrase, text, start, end):
        return None
    if len(known) == size:
        extra = _extra(phrase, text, slots)
        if extra is not None:
            return extra
        if not phrase.ordered or len(slots) != size or present == sorted(present):
            return None
        # The separators stay, the members change places.
        given = {s.member: text[s.start : s.end] for s in slots}
        ends = [*(s.start for s in slots[1:]), end]
        right = "".join(given[i] + text[s.end : stop] for i, (s, stop) in enumerate(zip(slots, ends, strict=True)))
        return Hit(
            start, end, {"right": _shown(right), "name": _shown(phrase.name)}, (Edit(start, end, right),), "order"
        )
    missing = next(i for i in range(size) if i not in known)
    wanted = phrase.members[missing][0]
    named = _is_named(phrase, text, start, end)
    for place, slot in enumerate(slots):
        # A stranger, or a member for the second time, in the missing member's place.
        doubled = slot.member in [s.member for s in slots[:place]] and slot.member >= 0
        if slot.member < 0 or doubled:
            if doubled and len(slots) == size and size > 2 and place == missing + 1:
                # 甲、丙、丙 lacks 乙, whose place is the first one's.
                return _member(phrase, slots[missing].start, slots[missing].end, wanted)
            item = text[slot.start : slot.end]
            if len(slots) != size or place != missing or _PLACEHOLDER.search(item):
                return None
            sure = named or (doubled and size > 2)
            return _member(phrase, slot.start, slot.end, wanted) if sure or _alike(item, wanted) else None
    edge = _at_edge(text, slots, missing, size, wanted) or (
        _bracketed(phrase, text, slots, missing, size) if size > 2 else None
    )
    if edge:
        return _member(phrase, *edge, wanted)
    closed = not _ITEM_FOLLOWS.match(text, end) and not _ITEM_PRECEDES.search(text, max(0, start - 3), start)
    if not named or not closed or present != sorted(present) or size < 3:
        return None
    at = slots[missing].start if missing < len(slots) else end
    edit = Edit(at, at, f"{wanted}、" if missing < len(slots) else f"、{wanted}")
    return Hit(start, end, {"right": _shown(wanted), "name": _shown(phrase.name)}, (edit,), "missing")


def _at_edge(text: str, slots: list[_Slot], missing: int, size: int, wanted: str) -> tuple[int, int] | None:
    """The item beside the enumeration that is almost the missing first or last member."""
    first = missing == 0 and [s.member for s in slots] == list(range(1, size))
    final = missing == size - 1 and [s.member for s in slots] == list(range(size - 1))
    if final:
        joint = _BETWEEN.match(text, slots[-1].end)
        if joint and joint[0]:
            for length in (len(wanted) + d for d in (0, -1, 1, -2, 2)):
                begin, stop = joint.end(), joint.end() + length
                closed = length == len(wanted) or not _HAN.match(text, stop)
                if closed and _alike(text[begin:stop], wanted):
                    return begin, stop
    elif first:
        joint = _JOINT_BEFORE.search(text, max(0, slots[0].start - 4), slots[0].start)
        if joint:
            begin = joint.start() - len(wanted)
            if begin >= 0 and _alike(text[begin : joint.start()], wanted):
                return begin, joint.start()
    return None


def _bracketed(phrase: Phrase, text: str, slots: list[_Slot], missing: int, size: int) -> tuple[int, int] | None:
    """The stranger in the place of the first or last member of a list in brackets behind the name, which holds the
    phrase and nothing else."""
    start, end = slots[0].start, slots[-1].end
    if len(slots) != size - 1 or [s.member for s in slots] != [i for i in range(size) if i != missing]:
        return None
    if missing == size - 1 and _opened(phrase, text, start):
        item = _LAST_ITEM.match(text, end)
        return item.span("item") if item and not _PLACEHOLDER.search(item["item"]) else None
    named = _NAMED_ITEM.match(text, end) if missing == size - 1 else None
    if named and text.startswith(phrase.name.strip(_OPEN + _CLOSE), named.end()):
        return named.span("item")
    if missing == 0 and text[end : end + 1] in _CLOSED:
        item = _FIRST_ITEM.search(text, max(0, start - 2 * _LOOSE), start)
        found = item and _opened(phrase, text, item.start("item")) and not _PLACEHOLDER.search(item["item"])
        return item.span("item") if item and found else None
    return None


def _extra(phrase: Phrase, text: str, slots: list[_Slot]) -> Hit | None:
    """What stands in brackets behind the name besides its members."""
    if len(slots) != len(phrase.members) or any(s.member < 0 for s in slots):
        return None
    item = _LAST_ITEM.match(text, slots[-1].end) if _opened(phrase, text, slots[0].start) else None
    if item is None or _PLACEHOLDER.search(item["item"]) or phrase.name[0] in _NUMERALS:
        return None  # one more than a number says is for those who count
    args = {"name": _shown(phrase.name), "right": ""}
    return Hit(*item.span("item"), args, (Edit(slots[-1].end, item.end("item"), ""),), "extra")


def _opened(phrase: Phrase, text: str, at: int) -> bool:
    """Whether a bracket opens right before a place, behind the name of the phrase."""
    name = phrase.name.strip(_OPEN + _CLOSE)
    before = text[max(0, at - len(phrase.name) - 6) : at]
    return before.endswith(("（", "(")) and name in before


def _member(phrase: Phrase, start: int, end: int, right: str) -> Hit:
    return Hit(start, end, {"right": _shown(right), "name": _shown(phrase.name)}, (Edit(start, end, right),), "member")


def _is_named(phrase: Phrase, text: str, start: int, end: int) -> bool:
    """Whether the phrase's name stands right beside its members."""
    name = phrase.name
    return name in text[max(0, start - len(name) - _NEAR) : start] or name in text[end : end + len(name) + _NEAR]


def _alike(item: str, wanted: str) -> bool:
    """Whether an item is a slip for the wanted member: one character off, two in a long one."""
    if item == wanted or abs(len(item) - len(wanted)) > 2 or not _HAN_ONLY.fullmatch(item):
        return False
    return 0 < _distance(item, wanted) <= (2 if len(wanted) >= 6 else 1)


def _distance(a: str, b: str) -> int:
    """The edit distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]


def _variant(wrong: str, right: str) -> str:
    """Which wording fits a wrong form."""
    if wrong.startswith("《"):
        return "title"
    if _MARKS.sub("", wrong) == _MARKS.sub("", right):
        return "punctuation"
    rest = iter(right)
    return "incomplete" if all(c in rest for c in wrong) else ""


def _shown(words: str) -> str:
    """A phrase as it stands inside the quotation marks of a message."""
    if words.startswith("“") and words.find("”") == len(words) - 1:
        words = words[1:-1]
    return words.replace("“", "‘").replace("”", "’")


def _excepted(phrase: Phrase, text: str, start: int, end: int) -> bool:
    return bool(phrase.unless) and covered(text, pattern(phrase.unless), start, end)


def _in_force(phrase: Phrase, context: Context) -> bool:
    """Whether the phrase was coined when the draft was written, as far as both are known."""
    return not phrase.since or (context.memo(_year) or phrase.since) >= phrase.since


def _year(context: Context) -> int | None:
    """The year of the draft: of its title, else of its date; None where neither has one."""
    for paragraph in (context.frame.title, context.frame.date):
        if paragraph is not None:
            years = [int(y.translate(_DIGITS)) for y in _YEAR.findall(context.draft.line(paragraph))]
            # 2035 in a title is a goal, no date.
            years = [y for y in years if y % 5 or y < 2035]
            if years:
                return max(years)
    return None


KIND = Kind(
    "formulation",
    "Reports set phrases that are misquoted: name, members, order, verb, punctuation, title.",
    {"file": Param("file", f"a TSV of {', '.join(_COLUMNS)}; the first line is its header", required=True)},
    run,
    compile_params,
    lambda params: params.words,
)
