"""Kind `measures`: measure words whose number is gone (新增企业家，走访户群众), and patterns for the rest."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple, cast

import regex

from reportlint.checks import pattern
from reportlint.checks.base import Context, Hit
from reportlint.checks.blanks import counted
from reportlint.checks.lexicon import word_table
from reportlint.checks.lone import Lone, Words, lone
from reportlint.patterns import pattern as patterns
from reportlint.rules import Kind, Param

_NUMERALS = "一二三四五六七八九十百千万亿几两多数余零半〇第每各这那整首某哪单逐双"
_COUNTED = frozenset("0123456789.一二三四五六七八九十百千几多余每xX×*○")
_REST = ("其余", "剩余")
_SHORT = 20_000  # code points
_NOTE = 12  # code points
_TO_COME = frozenset("待补填核缺某数xX×*＊_")
_NOTES = tuple("待" + word for word in ("补充", "补", "填", "填写", "定", "核", "核实", "核定", "统计", "确认", "更新"))
_ENDS = "，。；、：（）,;"
_BOUNDS = ("以上", "以下", "以内", "左右", "增加到", "增长到", "提高到", "下降到", "减少到", "上升到", "增至", "降至")


class Measure(NamedTuple):
    """A unit, and around what it is one.

    not_after: what makes it a part of a word. only_after: what alone it may follow at the end of a clause (empty:
    anything). bounds: what ends a clause besides a mark. nouns: before what it counts in the middle of one. any_but:
    it counts before any noun but these; None if it does not.
    """

    not_after: tuple[str, ...]
    only_after: tuple[str, ...]
    bounds: tuple[str, ...]
    nouns: tuple[str, ...]
    any_but: tuple[str, ...] | None


class Params(NamedTuple):
    """The units by name, what else tells of one that its number is gone, and the patterns for other places."""

    measures: dict[str, Measure]
    beside: regex.Pattern[str] | None
    lone: Lone | None
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
            measures[row[0]] = _measure(*(tuple(cell.split()) for cell in row[1:]))
    beside = "|".join(f"(?:{p.pattern})" for p in params["beside"])
    alone = None
    if params["words"]:
        verbs: tuple[str, ...] = params["verbs"]
        alone = Lone(
            verbs=verbs,
            ends=frozenset(verb[-1] for verb in verbs),
            first=frozenset(params["first"]),
            endings=frozenset(params["endings"]),
            groups=frozenset(params["groups"]),
            compounds=params["compounds"],
            words=word_table(params["words"]),
        )
    return Params(measures, regex.compile(beside) if beside else None, alone, pattern.compile_params(params, folder))


def _measure(not_after: tuple[str, ...], only_after: tuple[str, ...], before: tuple[str, ...]) -> Measure:
    """A row of the table. In the last cell `*` stands for any noun, `-体` for any but that, `!以上` says that the unit
    stands before 以上 without a number too."""
    but = tuple(word[1:] for word in before if word[0] == "-")
    return Measure(
        not_after,
        only_after,
        tuple(word for word in _BOUNDS if "!" + word not in before),
        tuple(word for word in before if word[0] not in "-!*"),
        but if but or "*" in before else None,
    )


def _ends(measure: Measure, text: str, start: int, end: int) -> bool:
    """Whether a clause ends behind the unit, after a word that it may follow there."""
    if text[end : end + 1] in _ENDS or text.startswith(measure.bounds, end):
        return not measure.only_after or text.endswith(measure.only_after, 0, start)
    return False


def _counts(measure: Measure, text: str, end: int) -> bool:
    """Whether a noun stands behind the unit that it counts; each of it, where the unit is doubled: 项项任务."""
    if text[end - 2 : end - 1] == text[end - 1]:
        return False
    if measure.any_but is not None:
        return (text[end] == "“" or "\u4e00" <= text[end] <= "\u9fff") and not text.startswith(measure.any_but, end)
    return text.startswith(measure.nouns, end)


def _worded(text: str, start: int) -> bool:
    """Whether a word stands before, no number (“28+10”项 has its own), no second unit (386件（批）次) and no note that
    the number is still to come (（待补充）个, 待核实人)."""
    before = text[start - 1 : start]
    if before == "）":
        note = text[text.rfind("（", 0, start) + 1 : start - 1]
        return 1 < len(note) < _NOTE and not _TO_COME.intersection(note)
    if before == "”":
        return text[start - 2 : start - 1].isalpha()
    return "\u4e00" <= before <= "\u9fff" and before not in _NUMERALS and not text.endswith(_NOTES, 0, start)


@cache
def _any(units: tuple[str, ...], short: bool) -> re.Pattern[str]:
    # The longest first: 个月 is not 个. `re` makes one set of their first characters, `regex` keeps what it compiled.
    expression = "|".join(map(re.escape, sorted(units, key=len, reverse=True)))
    return cast("re.Pattern[str]", patterns(expression)) if short else re.compile(expression)


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The units without a number, then what the patterns find elsewhere."""
    text = context.text
    hits = []
    last = len(text)
    words = Words(params.lone.words) if params.lone else None
    for match in _any(tuple(params.measures), last < _SHORT).finditer(text):
        start, end = match.span()
        if text[start - 1] in _COUNTED and not text.endswith(_REST, 0, start):
            continue  # most units have their number
        measure = params.measures[match[0]]
        if (
            end < last
            and (_ends(measure, text, start, end) or _counts(measure, text, end))
            and _worded(text, start)
            and not text.endswith(measure.not_after, 0, start)
        ):
            hits.append(Hit(start, end))
        elif params.beside is not None and (found := params.beside.match(text, start)):
            hits.append(Hit(*found.span("hit")))
        elif (
            words is not None
            and params.lone is not None
            and start
            and lone(params.lone, words, measure.not_after, text, start, end)
        ):
            hits.append(Hit(start, end))
    yield from counted(pattern.disjoint([*hits, *pattern.run(params.patterns, context)]), context)


KIND = Kind(
    "measures",
    "Reports measure words that no number stands before, and what the patterns match.",
    {
        "file": Param(
            "file", "a TSV of unit, not-after, only-after, before; the first line is its header", required=True
        ),
        "beside": Param(
            "regexes", "what else tells that the number of a unit is gone, matched where a unit begins", default=()
        ),
        "words": Param(
            "file", "a TSV of words and their costs, which tell a unit that stands alone from a word's part"
        ),
        "verbs": Param("strings", "verbs that take a counted thing: 吸纳名快递员", default=()),
        "first": Param("strings", "units that a clause may open with or a verb be followed by", default=()),
        "compounds": Param("strings", "words that begin with a unit: 名中医", default=()),
        "groups": Param("strings", "units that a number of people may follow: 立案起3人", default=()),
        "endings": Param("strings", "units that end many a word: only a neighbour with the same one tells", default=()),
        **pattern.KIND.params,
    },
    run,
    compile_params,
)
