"""Kind `measures`: a measure word whose number is gone (新增企业家，走访户群众), and patterns for what is no measure."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from reportlint.checks import pattern
from reportlint.checks.base import Context, Hit
from reportlint.rules import Kind, Param

_NUMERALS = "一二三四五六七八九十百千万亿几两多数余零半〇第每各这那整首某哪单逐双"
_ENDS = "，。；、：（）,;"
_BOUNDS = ("以上", "以下", "以内", "左右", "增加到", "增长到", "提高到", "下降到", "减少到", "上升到", "增至", "降至")


class Measure(NamedTuple):
    """A unit: after what it is part of a word, after what alone it counts at the end of a clause (nothing: after
    any word), and before which nouns it counts (`*`: before any; `-体`: before any but that;
    `!以上`: not before that either)."""

    unit: str
    not_after: tuple[str, ...]
    only_after: tuple[str, ...]
    before: tuple[str, ...]


class Params(NamedTuple):
    """The units by name, what finds them in a text, and the patterns beside them."""

    measures: dict[str, Measure]
    find: str
    patterns: pattern.Params


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """Reads the table of units. ValueError, with the line, for a row that is none."""
    measures = {}
    with open(params["file"], encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if number == 1 or line.startswith("#") or not line.strip():
                continue
            row = line.rstrip("\n").split("\t")
            if len(row) != 4 or not row[0]:
                name = os.path.basename(params["file"])
                raise ValueError(f"{name}:{number}: 应为 unit、not-after、only-after、before 四列 (bad row)")
            not_after, only_after, before = (tuple(cell.split()) for cell in row[1:])
            measures[row[0]] = Measure(row[0], not_after, only_after, before)
    # The longest unit first: 个月 is not 个.
    units = "|".join(_followed(measures[unit]) for unit in sorted(measures, key=len, reverse=True))
    return Params(measures, units, pattern.compile_params(params, folder))


def _followed(measure: Measure) -> str:
    bounds = [word for word in _BOUNDS if "!" + word not in measure.before]
    nouns = [re.escape(word) for word in measure.before if word[0] not in "-!*"]
    but = [re.escape(word[1:]) for word in measure.before if word[0] == "-"]
    if but or "*" in measure.before:
        nouns.append(f"(?!{'|'.join(but)})[\u4e00-\u9fff“]" if but else "[\u4e00-\u9fff“]")
    return f"{measure.unit}(?={'|'.join((f'[{_ENDS}]', *bounds, *nouns))})"


def _worded(text: str, start: int) -> bool:
    """Whether a word, not a number or another unit, stands before: “28+10”项 has its number, 386件（批）次 too."""
    before = text[start - 1 : start]
    if before == "”":
        return text[start - 2 : start - 1].isalpha()
    if before == "）":
        return text[start - 3 : start - 2] not in ("（", "(")
    return "\u4e00" <= before <= "\u9fff" and before not in _NUMERALS


@cache
def _compiled(find: str) -> re.Pattern[str]:
    # `re` makes one set of the first characters where a pattern opens with its alternatives.
    return re.compile(find)


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The units without a number, then what the patterns find elsewhere."""
    text = context.text
    hits = []
    for match in _compiled(params.find).finditer(text):
        start, end = match.span()
        if not _worded(text, start):
            continue
        measure = params.measures[match[0]]
        if text.endswith(measure.not_after, 0, start):
            continue
        ended = text.startswith(tuple(_ENDS) + _BOUNDS, end)
        if ended and measure.only_after and not text.endswith(measure.only_after, 0, start):
            continue
        hits.append(Hit(start, end))
    yield from pattern.disjoint([*hits, *pattern.run(params.patterns, context)])


KIND = Kind(
    "measures",
    "Reports measure words that no number stands before, and what the patterns match.",
    {
        "file": Param(
            "file", "a TSV of unit, not-after, only-after, before; the first line is its header", required=True
        ),
        **pattern.KIND.params,
    },
    run,
    compile_params,
)
