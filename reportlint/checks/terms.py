"""Kind `terms`: a dictionary of terms that have several spellings, of which a draft should use one."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.vocabulary import longest, occurrences
from reportlint.model import Edit
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_QUOTE = 24  # code points before a form in which a quotation that holds it may begin
_TITLE = pattern(r"《[^》\n]*》")


class Params(NamedTuple):
    """The rows of the dictionary as one string: forms, and what has to stand before and after them. Unpacked only
    when a draft is looked at. And all their forms, a line each."""

    rows: str
    forms: str


class _Term(NamedTuple):
    spellings: tuple[tuple[str, ...], ...]
    before: str
    after: str


class _Use(NamedTuple):
    start: int
    end: int
    form: int


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """Reads the dictionary. ValueError, with the line, for a row that is no entry."""
    rows = []
    seen: set[str] = set()
    path = params["file"]
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if number == 1 or not line.strip() or line.startswith("#"):
                continue
            row = line.rstrip("\n")
            where = f"{os.path.basename(path)}:{number}"
            cells = row.split("\t")
            if len(cells) != 3 or "|" not in cells[0]:
                raise ValueError(f"{where}: 应为 forms、before、after 三列，forms 至少两种写法 (bad row)")
            forms = _forms(row)
            sizes = {s.count("/") for s in cells[0].split("|")}
            if "" in forms or seen.intersection(forms) or len(set(forms)) < len(forms) or len(sizes) > 1:
                raise ValueError(f"{where}: 写法为空、重复或个数不等 (empty, doubled or unpaired form)")
            seen.update(forms)
            try:
                regex.compile(cells[1]), regex.compile(cells[2])
            except regex.error as error:
                raise ValueError(f"{where}: 正则表达式有误：{error} (bad guard)") from None
            rows.append(row)
    return Params("\n".join(rows), "\n".join(form for row in rows for form in _forms(row)))


def _forms(row: str) -> list[str]:
    return row.split("\t")[0].replace("|", "/").split("/")


@cache
def _unpacked(rows: str) -> tuple[tuple[_Term, ...], tuple[tuple[int, int, int], ...]]:
    """The terms, and for each form the numbers of its term, spelling and variant."""
    terms, places = [], []
    for index, row in enumerate(rows.split("\n")):
        cell, before, after = row.split("\t")
        spellings = tuple(tuple(s.split("/")) for s in cell.split("|"))
        terms.append(_Term(spellings, before, after))
        for number, spelling in enumerate(spellings):
            places += [(index, number, variant) for variant in range(len(spelling))]
    return tuple(terms), tuple(places)


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The first place of each spelling of a term that is rarer than another, of two that are as common the later;
    its fix puts the commonest in every place. What stands in the title of a document is that document's."""
    terms, places = _unpacked(params.rows)
    text = context.text
    found: dict[int, dict[int, list[_Use]]] = {}
    for form, start, end in longest(occurrences(params.forms, context)):
        index, number, _ = places[form]
        found.setdefault(index, {}).setdefault(number, []).append(_Use(start, end, form))
    titles: list[tuple[int, int]] | None = None
    for index, spellings in found.items():
        if len(spellings) < 2:
            continue
        if titles is None:
            titles = [m.span() for m in _TITLE.finditer(text)]
        term = terms[index]
        kept = {n: [u for u in uses if _counts(term, text, u, titles)] for n, uses in spellings.items()}
        yield from _judged(term, text, [(n, uses) for n, uses in kept.items() if uses], places)


def _judged(
    term: _Term, text: str, found: list[tuple[int, list[_Use]]], places: tuple[tuple[int, int, int], ...]
) -> Iterator[Hit]:
    if len(found) < 2:
        return
    norm, most = max(found, key=lambda f: (len(f[1]), -f[1][0].start))
    for number, uses in found:
        if number == norm:
            continue
        edits = tuple(Edit(u.start, u.end, term.spellings[norm][places[u.form][2]]) for u in uses)
        start, end, _ = uses[0]
        args = {
            "style": _shown(text[start:end]),
            "count": len(uses),
            "norm": _shown(edits[0].content),
            "most": len(most),
        }
        yield Hit(start, end, args, edits, "even" if len(uses) == len(most) else "")


def _shown(form: str) -> str:
    """A form as it stands inside the quotation marks of a message."""
    return form.replace("“", "‘").replace("”", "’")


def _counts(term: _Term, text: str, use: _Use, titles: list[tuple[int, int]]) -> bool:
    if term.before and not pattern(term.before).match(text, use.start):
        return False
    if term.after and not pattern(term.after).match(text, use.end):
        return False
    if text.rfind("“", max(0, use.start - _QUOTE), use.start) > text.rfind("”", max(0, use.start - _QUOTE), use.start):
        return False  # a longer quotation: “互联网+政务服务”
    index = bisect_right(titles, (use.start, use.end)) - 1
    return index < 0 or titles[index][1] <= use.start


KIND = Kind(
    "terms",
    "Reports the rarer spellings of terms that have several.",
    {"file": Param("file", "a TSV of forms, before, after; the first line is its header", required=True)},
    run,
    compile_params,
    lambda params: params.forms,
)
