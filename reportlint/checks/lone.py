"""Whether a measure word stands alone: told by the words on both sides of it and by the numbers of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint.checks.lexicon import Table
from reportlint.checks.segment import Words
from reportlint.patterns import pattern

_REACH = 6  # code points of context on either side
_LONGEST = 4
_NEAR = 20  # code points that hold a digit, or no neighbour has a number
_BEFORE, _AFTER = 48, 24  # code points in which a neighbour may have its number

_COUNTS = frozenset("个家名件条座项处场户支所台辆栋")
_MARKS = "，。；、：（“"
_HAN = "\u4e00-\u9fff"
_NUMERALS = "一二三四五六七八九十百千万亿几两多余数零半〇第每各这那整首某哪单逐双该本此"
_BOUNDS = "以上|以下|以内|左右"
_BEYOND = pattern(_BOUNDS)
_PREPOSITIONS = frozenset("为对由给让将从与和及在")
_TOLD_BY_LITTLE = frozenset("有是做搞开当了得出买混要向入因按逐到以")
_ENDS = "，。；、）和及\n"
_OPENING = frozenset("小大新老旧高低特省市县区国村乡镇")  # before a noun, they make a longer one
_UNIT = r"[\u4e00-\u9fff%％]{1,4}"
_NUMBER = r"(?<![0-9.])[0-9][0-9 ]*(?:\.[0-9]+)?"
# 省级交办24件，市级交办件; 发出提醒函份、督办通知9份
_COUNTED_BEFORE = pattern(
    rf"{_NUMBER}(?P<unit>(?![年月日时]){_UNIT})(?:（[^（）\n]{{1,8}}）)?(?:[，、；和及]|以及)[\u4e00-\u9fff“”《》]{{1,14}}$"
)
_COUNTED_AFTER = pattern(
    rf"(?:(?:[，、；和及]|以及)[\u4e00-\u9fff“”《》]{{1,14}}?|、?)(?<![0-9.]){_NUMBER}(?P<unit>(?![年月日时]){_UNIT})"
)
_DIGIT = pattern("[0-9]")
_COMPARED = pattern(r"增|降|升|减|提高|分别|占|超|达|均|率")
_PEOPLE, _OF_PEOPLE = frozenset("人名"), frozenset("户人员头天本")


class Lone(NamedTuple):
    """What tells that the number of a unit is gone, where the unit's own row does not.

    at: an expression of the places where a unit is to be tried that counts what stands before it (宣传单份。) or behind
    it (新建座泵站). brief: units before which some words of one character tell nothing (有个). small: units that count
    a noun of one character (个县). endings: units that end many a word. groups: units that a number of people may
    follow (立案起3人). compounds: words that begin with a unit and stand in no table. words: the words of the language.
    """

    at: str
    brief: frozenset[str]
    small: frozenset[str]
    endings: frozenset[str]
    groups: frozenset[str]
    compounds: tuple[str, ...]
    words: Table


def places(ending: Iterable[str], opening: Iterable[str], table: Table) -> str:
    """The expression `Lone.at`, of the units that end a clause and those that stand before what they count: none that
    makes a word of two with the character before it or behind it, nor has a number."""
    ending, opening = frozenset(ending), frozenset(opening)
    before: dict[str, list[str]] = {unit: [unit] for unit in ending | opening}
    behind: dict[str, list[str]] = {unit: [unit] for unit in ending | opening}
    for head in table.heads:
        for rest in _seconds(table.line(head)):
            if rest in before and head not in _PREPOSITIONS:
                before[rest].append(head)
            if head in behind:
                behind[head].append(rest)
    found = []
    for unit in sorted(before):
        tails = []
        if unit in ending:
            tails.append(f"(?=[{_ENDS}]|{_BOUNDS})")
        if unit in opening:
            tails.append(f"(?![{''.join(sorted(behind[unit]))}]|{_BOUNDS})(?=[“{_HAN}])")
        found.append(f"{unit}(?<![{_NUMERALS}{''.join(sorted(before[unit]))}]{unit})(?:{'|'.join(tails)})")
    return f"(?:{'|'.join(found)})(?<=[{_HAN}{_MARKS}\n].)"


def _seconds(line: str) -> Iterator[str]:
    """The second characters of the words of two in a line of the table."""
    for word in line.split(" "):
        if len(word) == 2:
            yield word[0]


def _is_other_word(words: Words, piece: str) -> bool:
    """Whether a piece is what the table has of 十件民生实事: a unit with a word behind it."""
    return len(piece) == 3 and piece[0] in _COUNTS and words.cost(piece[1:]) is not None


def among_numbers(rule: Lone, words: Words, not_after: tuple[str, ...], text: str, start: int, end: int) -> bool:
    """Whether the unit at `[start, end)` ends a clause as a neighbour with its number does: 省级24件，市级件."""
    after = text[end : end + 1]
    unit, part = text[start:end], text.endswith(not_after, 0, start)
    if not after or not (after in _ENDS or (after.isdigit() and unit in rule.groups)):
        return False
    if not _is_han(text[start - 1]) or text.startswith(rule.compounds, start):
        return False
    if not _DIGIT.search(text, max(0, start - _NEAR), end + _NEAR):
        return False
    told = None if after.isdigit() else _COUNTED_BEFORE.search(text, _sentence(text, start), start)
    beside = told or _COUNTED_AFTER.match(text, end, end + _AFTER)
    if beside is None or (not told and _COMPARED.search(beside[0])):
        return False
    same = beside["unit"].startswith(unit)
    if after.isdigit() and (same or beside["unit"][0] not in _PEOPLE):
        return False
    if part and (unit[0] in "万亿" or unit in _OF_PEOPLE):
        return False
    if unit in rule.endings and not (same or after.isdigit()):
        return False
    apart = _apart(words, text, start, end)
    return apart is not None and apart[0] >= (1 if same and unit not in rule.endings else 2)


def stands_alone(rule: Lone, words: Words, not_after: tuple[str, ...], text: str, start: int, end: int) -> bool:
    """Whether the unit at `[start, end)`, found by `Lone.at`, is a word of its own: ，家企业落户; 吸纳名快递员."""
    unit, before, after = text[start:end], text[start - 1], text[end : end + 1]
    if text.startswith(rule.compounds, start):
        return False
    last = after in _ENDS or _BEYOND.match(text, end) is not None
    if text.endswith(not_after, 0, start) and (last or before not in _PREPOSITIONS):
        return False
    beside = _apart(words, text, start, end)
    if beside is None:
        return False
    left, right = beside
    if before in "”》":
        return after in "，。；" and unit not in rule.brief
    if last:
        return left > 1
    if right < 2 and not (right and unit in rule.small):
        return False
    return left != 1 or (right > 1 and unit not in rule.brief) or before not in _TOLD_BY_LITTLE


def _sentence(text: str, start: int) -> int:
    low = max(0, start - _BEFORE)
    return max(low, text.rfind("。", low, start) + 1, text.rfind("\n", low, start) + 1)


def _is_han(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff"


def _apart(words: Words, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The lengths of the words before and after a unit that the likeliest words leave alone; None where they do not."""
    low, high = start, end
    while low > max(0, start - _REACH) and _is_han(text[low - 1]):
        low -= 1
    while high < min(len(text), end + _REACH) and _is_han(text[high]):
        high += 1
    phrase = text[start - 1 : end] if text[start - 1] in _PREPOSITIONS else ""  # 以检修为名, but 为名老人送餐
    _, ends = words.cut(text[low:high], _LONGEST, lambda piece: piece == phrase or _is_other_word(words, piece))
    here, there = start - low, end - low
    if here not in ends or there not in ends:
        return None
    left = here - ends[ends.index(here) - 1] if here else 0
    after = ends.index(there) + 1
    right = ends[after] - there if after < len(ends) else 0
    if right == 1 and text[end] in _OPENING and after + 1 < len(ends):
        right = ends[after + 1] - there
    return left, right
