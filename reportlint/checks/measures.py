"""Kind `measures`: measure words whose number is gone (新增企业家，走访户群众), and patterns for the rest."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

import regex

from reportlint.checks import pattern
from reportlint.checks.base import Context, Hit
from reportlint.checks.heads import first_characters
from reportlint.checks.lexicon import line_table
from reportlint.checks.lone import (
    Lone,
    among_numbers,
    is_of_person,
    is_of_row,
    is_within,
    places,
    stands_alone,
    stands_apart,
)
from reportlint.checks.placeholders import counted
from reportlint.checks.segment import Words, words_of
from reportlint.patterns import pattern as compiled
from reportlint.patterns import pattern_for
from reportlint.rules import Kind, Param

_NUMERALS = "一二三四五六七八九十百千万亿几两多数余零半〇第每各这那整首某哪单逐双"
_LISTED = frozenset(
    ("公里", "小时", "分钟", "平方米", "公顷", "立方米", "平方公里", "个百分点", "个工作日", "个月", "千伏")
)
_ADJECTIVES = frozenset("单双整首数余")
_COUNTED = frozenset("0123456789.一二三四五六七八九十百千几多余每xX×*○")
_INTRODUCE = frozenset("是在对和与及至到含为括")
_NAMES_FOLLOW = compiled(r"(?:、[\u4e00-\u9fff]{2})+(?:[、，]|[和与及等])")
_LONG = 400_000  # code points from where on it pays to compile `likely`
_NOTE = 12  # code points
_MANY = ("不少", "许多", "无数", "若干", "众多", "大多数", "多数", "上百", "上千", "数十", "数百", "同一", "任一")
_TO_COME = frozenset("待补填核缺某数xX×*＊_")
_NOTES = tuple("待" + word for word in ("补充", "补", "填", "填写", "定", "核", "核实", "核定", "统计", "确认", "更新"))
_ENDS = "，。；、：（）,;"
_CHANGES = ("增加到", "增长到", "提高到", "下降到", "减少到", "上升到", "增至", "降至", "增加至", "提高至", "下降至")
_BOUNDS = ("以上", "以下", "以内", "左右", *_CHANGES)


class Measure(NamedTuple):
    """A unit, and around what it is one.

    not_after: what makes it a part of a word. only_after: what alone it may follow at the end of a clause (empty or
    with `*`: anything); it does so even behind a shorter word of not_after. bounds: what ends a clause besides a mark.
    nouns: before what it counts in the middle of one. any_but: it counts before any noun but these; None if it does
    not.
    """

    not_after: tuple[str, ...]
    only_after: tuple[str, ...]
    bounds: tuple[str, ...]
    nouns: tuple[str, ...]
    any_but: tuple[str, ...] | None


_PLAIN = Measure((), (), (), (), None)


class Beside(NamedTuple):
    """Expressions that are tried only between two characters that they name: `before` and `unit` tell of a character
    which do (bit n for the n-th)."""

    at: str
    before: dict[str, int]
    unit: dict[str, int]
    expressions: tuple[regex.Pattern[str], ...]


class Params(NamedTuple):
    """The units by name, what else tells of one that its number is gone, and the patterns for other places."""

    measures: dict[str, Measure]
    units: str
    likely: str
    longer: dict[str, tuple[tuple[str, int], ...]]
    beside: Beside
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
    alone = None
    if params["words"]:
        table = line_table(params["words"])
        brief, small, endings, groups = (frozenset(params[name]) for name in ("brief", "small", "endings", "groups"))
        at = places(params["after"], params["before"], table)
        rare = line_table(params["rare"]) if params["rare"] else None
        alone = Lone(at, brief, small, endings, groups, params["compounds"], table, rare, params["counted"])
    return Params(
        measures,
        _units(measures),
        _likely(measures),
        _longer(measures),
        _beside(params["beside"]),
        alone,
        pattern.compile_params(params, folder),
    )


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
        return not measure.only_after or "*" in measure.only_after or text.endswith(measure.only_after, 0, start)
    return False


def _is_part(measure: Measure, text: str, start: int) -> bool:
    """Whether the unit is part of a word: 案卷, but not in 移交档案卷, where the longer word before it is counted."""
    part = max((len(word) for word in measure.not_after if text.endswith(word, 0, start)), default=0)
    return part > 0 and not any(len(word) > part and text.endswith(word, 0, start) for word in measure.only_after)


def _counts(measure: Measure, text: str, end: int) -> bool:
    """Whether a noun stands behind the unit that it counts; each of it, where the unit is doubled: 项项任务."""
    if text[end - 2 : end - 1] == text[end - 1]:
        return False
    if measure.any_but is not None:
        return (text[end] == "“" or "\u4e00" <= text[end] <= "\u9fff") and not text.startswith(measure.any_but, end)
    return text.startswith(measure.nouns, end)


def _worded(text: str, start: int, words: Words | None) -> bool:
    """Whether a word stands before, no number (“28+10”项 has its own), no second unit (386件（批）次) and no note that
    the number is still to come (（待补充）个, 待核实人)."""
    before = text[start - 1 : start]
    if before == "）":
        note = text[text.rfind("（", 0, start) + 1 : start - 1]
        return 1 < len(note) < _NOTE and not _TO_COME.intersection(note)
    if before == "”":
        return text[start - 2 : start - 1].isalpha()
    if not "\u4e00" <= before <= "\u9fff" or text.endswith(_NOTES, 0, start):
        return False
    if text.endswith(_MANY, 0, start):
        return False
    if before not in _NUMERALS:
        return True
    # 单 is a number in 单个, and none in 宣传单; 数 is one in 全年数项.
    if before not in _ADJECTIVES or words is None or words.cost(text[start - 2 : start]) is None:
        return False
    return before != "数" or not stands_apart(words, text, start - 1, start)


def _is_name(text: str, start: int, end: int) -> bool:
    """Whether the unit ends a name of two characters in a row of such names: 包家、坪山、砚台、沙河."""
    left = text[start - 2 : start - 1]
    return (left == "、" or left in _INTRODUCE) and _NAMES_FOLLOW.match(text, end) is not None


def _longest_first(words: Iterable[str]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _either(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words))


def _units(measures: dict[str, Measure]) -> str:
    # The longest first: 个月 is not 个.
    return _either(_longest_first(measures))


def _likely(measures: dict[str, Measure]) -> str:
    """An expression of the units with something behind them that `_ends` or `_counts` may accept: of the many units in
    a long text the few that are worth a look."""
    found = []
    for unit in _longest_first(measures):
        measure = measures[unit]
        behind = [f"[{_ENDS}和及\\n0-9]", _either(measure.bounds)]
        if measure.any_but is not None:
            behind.append((f"(?!{_either(measure.any_but)})" if measure.any_but else "") + "[“\u4e00-\u9fff]")
        elif measure.nouns:
            behind.append(_either(measure.nouns))
        longer = [other[len(unit) :] for other in measures if other.startswith(unit) and other != unit]
        no_longer = f"(?!{_either(longer)})" if longer else ""
        found.append(f"{re.escape(unit)}{no_longer}(?={'|'.join(behind)})")
    return "|".join(found)


def _longer(measures: dict[str, Measure]) -> dict[str, tuple[tuple[str, int], ...]]:
    """The units that end in a unit or hold it, and where in them it begins."""
    return {
        unit: tuple((other, at) for other in measures for at in range(1, len(other)) if other.startswith(unit, at))
        for unit in measures
    }


def _beside(expressions: tuple[regex.Pattern[str], ...]) -> Beside:
    """ValueError for an expression that is no `(?<=…)(?P<hit>…)…`."""
    before: dict[str, int] = {}
    unit: dict[str, int] = {}
    for bit, expression in enumerate(expressions):
        found = regex.fullmatch(r"\(\?<=(.+)\)\(\?P<hit>((?:[^()]|\((?2)\))*)\).*", expression.pattern)
        if found is None:
            raise ValueError(f"应为 (?<=…)(?P<hit>…)…：{expression.pattern} (not of this form)")
        bases = first_characters(found[2])
        if bases is None:
            raise ValueError(f"不能确定以哪些字开头：{found[2]} (its first characters are not told)")
        for characters, table in (
            (set(regex.findall("[\u4e00-\u9fff，、；。：（）”》]", found[1])), before),
            (bases, unit),
        ):
            for c in characters:
                table[c] = table.get(c, 0) | 1 << bit
    at = f"[{''.join(sorted(unit))}](?<=[{''.join(sorted(before))}].)"
    return Beside(at, before, unit, expressions)


def _stand_beside(beside: Beside, text: str) -> Iterator[Hit]:
    """The units that an expression matches."""
    if not beside.expressions:
        return
    for match in pattern_for(text, beside.at).finditer(text):
        at = match.start()
        bits = beside.before[text[at - 1]] & beside.unit[text[at]]
        while bits:
            lowest = bits & -bits
            if found := beside.expressions[lowest.bit_length() - 1].match(text, at):
                yield Hit(*found.span("hit"))
                break
            bits -= lowest


def _alone(params: Params, rule: Lone, words: Words, text: str) -> Iterator[Hit]:
    """The units that the words on both sides leave alone."""
    units = pattern_for(text, params.units)
    for place in pattern_for(text, rule.at).finditer(text):
        start, end = place.span()
        unit = units.match(text, start)
        if (unit and unit.end() > end) or text.endswith((*_NOTES, *_MANY), 0, start):
            continue
        if is_of_person(words, text, start, end):
            continue
        measure = params.measures.get(place[0], _PLAIN)
        if stands_alone(rule, words, measure.not_after, measure.nouns, text, start, end):
            yield Hit(start, end)


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The units without a number, then what the patterns find elsewhere."""
    text = context.text
    hits = []
    size = len(text)
    words = words_of(params.lone.words, params.lone.rare) if params.lone else None
    for match in pattern_for(text, params.units if size < _LONG else params.likely).finditer(text):
        start, end = match.span()
        if text[start - 1] in _COUNTED:
            continue  # most units have their number
        measure = params.measures[match[0]]
        found = (
            end < size
            and (_ends(measure, text, start, end) or _counts(measure, text, end))
            and (_worded(text, start, words) or (match[0] in _LISTED and text[start - 1] in "，、；：（"))
            and not _is_part(measure, text, start)
            and not _is_name(text, start, end)
            and not is_of_person(words, text, start, end)
            and not is_of_row(text, start, end)
            and not any(text.startswith(longer, start - at) for longer, at in params.longer[match[0]])
        ) or (
            params.lone is not None
            and words is not None
            and start
            and among_numbers(params.lone, words, measure.not_after, text, start, end)
        )
        alone = params.lone
        if found and not (alone and words and is_within(words, alone.counted, measure.only_after, text, start, end)):
            hits.append(Hit(start, end))
    hits += _stand_beside(params.beside, text)
    if words is not None and params.lone is not None:
        hits += _alone(params, params.lone, words, text)
    yield from counted(pattern.disjoint([*hits, *pattern.run(params.patterns, context)]), context)


KIND = Kind(
    "measures",
    "Reports measure words that no number stands before, and what the patterns match.",
    {
        "file": Param(
            "file", "a TSV of unit, not-after, only-after, before; the first line is its header", required=True
        ),
        "beside": Param(
            "regexes",
            "what else tells that the number of a unit is gone: `(?<=…)(?P<hit>…)…`, where the character before the "
            "unit and its first are among those that are named",
            default=(),
        ),
        "words": Param(
            "file", "a TSV of words and their costs, which tell a unit that stands alone from a word's part"
        ),
        "rare": Param("file", "a TSV of rare words that hold a unit, and their costs"),
        "counted": Param("strings", "words that oftener are a noun and its unit than one word: 企业家", default=()),
        "after": Param("strings", "units that count what stands before them at the end of a clause", default=()),
        "before": Param("strings", "units that count what stands behind them: 吸纳名快递员", default=()),
        "brief": Param("strings", "of these, those that some verbs take with no number: 有个", default=()),
        "small": Param("strings", "of these, those that count a noun of one character: 个县", default=()),
        "compounds": Param("strings", "words that begin with a unit: 名中医", default=()),
        "groups": Param("strings", "units that a number of people may follow: 立案起3人", default=()),
        "endings": Param("strings", "units that end many a word: only a neighbour with the same one tells", default=()),
        **pattern.KIND.params,
    },
    run,
    compile_params,
)
