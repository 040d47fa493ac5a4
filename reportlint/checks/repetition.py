"""Kind `repetition`: a character, a word or a clause written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.lexicon import Table, line_table
from reportlint.checks.pattern import covered
from reportlint.checks.segment import Words, is_han, words_of
from reportlint.model import Edit
from reportlint.patterns import pattern, pattern_for
from reportlint.rules import Kind, Param

_NEAR = 20_000  # code points on each side in which a text's own words are counted
_REACH = 5  # code points of context on either side of a doubled character
_LONGEST = 5
# Chosen on documents that the table of words was not made from.
_GAIN, _LONE, _OF_ENDS, _BETWEEN = 5.0, 6.0, 9.0, 9.0
_AT_END = 4.0


class Params(NamedTuple):
    """The characters that are wrong when doubled, the exceptions, and the words that tell of any other character
    whether it is doubled by mistake; of `ends` no word beside them tells (部部长), but for the `openers` at the head
    of a clause. What the `slips` take in is wrong whatever else tells for it; of the characters in `doubled` alone they
    can speak."""

    characters: str
    unless: tuple[regex.Pattern[str], ...]
    units: str
    ends: str
    openers: str
    slips: tuple[regex.Pattern[str], ...]
    doubled: frozenset[str]
    words: Table | None


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """The parameters as `run` wants them. ValueError, with the line, for a row of the words that is none."""
    words = line_table(params["words"]) if params["words"] else None
    told = {name: params[name] for name in ("characters", "unless", "units", "ends", "openers", "slips")}
    return Params(**told, doubled=_doubled_in(params["slips"]), words=words)


def _doubled_in(patterns: tuple[regex.Pattern[str], ...]) -> frozenset[str]:
    """The characters that patterns name twice in a row: 好好, ([县市])\\1."""
    found: set[str] = set()
    for slip in patterns:
        found.update(re.findall(r"([\u4e00-\u9fff])(?=\1)", slip.pattern))
        found.update(*re.findall(r"\(\[([^\]]+)\]\)\\1", slip.pattern))
    return frozenset(found)


_CLAUSE = r"(?m)(^|[，。；：、])([\u4e00-\u9fff]{2,24}+)([，；、])\2(?=[，；。、等])"
_SHORTEST = 4  # code points of a clause; the items of a row are shorter
_LONG = re.compile("[\u4e00-\u9fff]{10,}")
_LEAST = 5  # code points of a phrase that is sought at any length
_CHUNK = 3  # such a phrase holds one that begins at a multiple of its length
_ASTRAL = pattern("[\U00010000-\U0010ffff]")
_PIECE = 200_000  # code points


def echoes(text: str, size: int) -> Iterator[int]:
    """Every place where the `size` code points that begin there stand again right behind, all of them Han; of one, it
    may be a per cent sign too.

    A back-reference costs a try at every character; here the text is laid over itself as one large number, a few
    characters on, and what is the same cancels out to zeros.
    """
    for low in range(0, len(text), _PIECE):
        piece = text[low : low + _PIECE + 2 * size - 1]
        units = piece.encode("utf-16-le", "surrogatepass")
        if len(units) != 2 * len(piece):  # one unit for each character
            units = _ASTRAL.sub("\ufffe", piece).encode("utf-16-le", "surrogatepass")
        number = int.from_bytes(units, "little")
        laid = (number ^ (number >> 16 * size)).to_bytes(len(units), "little")
        last = len(piece) - 2 * size
        for zeros in re.finditer(b"\0" * (2 * size) + b"+", laid):
            for at in range((zeros.start() + 1) // 2, zeros.end() // 2 - size + 1):
                c = piece[at]
                if at <= last and (
                    ("\u4e00" <= c <= "\u9fff" and (size == 1 or all(map(is_han, piece[at + 1 : at + size]))))
                    or (size == 1 and c in "%％")
                ):
                    yield low + at


def _words(text: str, single: list[int]) -> Iterator[tuple[int, int]]:
    """The doubled words, `[start, end)` of both: of those that overlap the first, and the longest there."""
    found = [(at, -size) for size in (2, 3, 4) for at in echoes(text, size)]
    last = 0
    for at, size in sorted([*found, *((at, -1) for at in single)]):
        if at >= last:
            last = at - 2 * size
            yield at, last


def run(params: Params, context: Context) -> Iterator[Hit]:
    """Doubled words; not 就业创业创新, where the doubled pair is no word of the text and its turn is."""
    text = context.text
    doubled = list(echoes(text, 1))
    taken: set[int] = set()
    for start, end in _words(text, [at for at in doubled if text[at] in params.characters]):
        unit = text[start : (start + end) // 2]
        if len(unit) > 1 and len(set(unit)) == 1:
            continue  # one character over and over is a rule or a slip of the keyboard, not a word
        if len(unit) == 2 and _straddles(text, start, unit):
            continue
        # No word begins with the second of two characters before a comma.
        doubled_before = start > 1 and text[start - 1] == text[start - 2]  # 实实在在
        ends_there = len(unit) == 1 and unit != "会" and not is_han(text[end : end + 1]) and not doubled_before
        if ends_there or not any(covered(text, e, start, end) for e in params.unless):
            taken.update(range(start, end))
            yield Hit(start, end, None, (Edit(start, end, unit),))
    for match in pattern_for(text, _CLAUSE).finditer(text):
        start, end = match.start(2), match.end()
        clause = len(match[2]) >= _SHORTEST and match[1] != "、"
        if (clause or match[3] == "、") and taken.isdisjoint(range(start, end)):
            yield Hit(start, end, None, (Edit(start, end, match[2]),))
    for start, end in _phrases(text):
        if taken.isdisjoint(range(start, end)):
            yield Hit(start, end, None, (Edit(start, end, text[start : (start + end) // 2]),))
    if params.words is not None:
        words = words_of(params.words)
        last = 0
        for start in doubled:
            if start < last:
                continue
            last = end = start + 2
            if start in taken or start + 1 in taken:
                continue
            wrong = text[start] in params.doubled and any(covered(text, e, start, end) for e in params.slips)
            if wrong or (
                _is_slip(params, words, text, start) and not any(covered(text, e, start, end) for e in params.unless)
            ):
                yield Hit(start, end, None, (Edit(start, end, text[start]),))


def _phrases(text: str) -> Iterator[tuple[int, int]]:
    """The phrases of five characters or more that stand again right behind, `[start, end)` of both."""
    last = 0
    runs = _LONG.findall(text)
    likely = {r for r in set(runs) if len(set(r)) <= len(r) - _LEAST}
    for run_ in [r for r in runs if r in likely]:
        start = last = text.index(run_, last)
        for at in range(0, len(run_) - _CHUNK - _LEAST + 1, _CHUNK):
            again = run_.find(run_[at : at + _CHUNK], at + _LEAST)
            if again < 0:
                continue
            size, low, high = again - at, at, at
            while low and run_[low - 1] == run_[low - 1 + size]:
                low -= 1
            while high + size < len(run_) and run_[high] == run_[high + size]:
                high += 1
            if high - low >= size:
                yield start + low, start + low + 2 * size
                break


def _straddles(text: str, at: int, unit: str) -> bool:
    turned = unit[1] + unit[0]
    low, high = max(0, at - _NEAR), at + _NEAR
    # The place itself holds the unit twice and its turn once.
    return text.count(turned, low, high) - 1 > text.count(unit, low, high) - 2


def _is_slip(params: Params, words: Words, text: str, at: int) -> bool:
    """Whether a doubled character is one too many: it is left alone beside a word that has the other."""
    c = text[at]
    before, after = text[at - 1 : at], text[at + 2 : at + 3]
    if c in "%％":
        return before.isdigit() and not (after.isascii() and after.isalnum())
    if c in (before, after) or (is_han(after) and after == text[at + 3 : at + 4]):
        return False  # 干干净净, 哈哈哈
    if at > 1 and before == text[at - 2] and is_han(before):
        return False
    if c == "等":
        return is_han(after) and after not in _AFTER_ETC and "、" in text[max(0, at - _ROW) : at]
    if before in "《“":
        return False  # a name
    if before.isdigit() or (before in _SCALES and text[at - 2 : at - 1].isdigit()):
        if c in _DATED:
            return not is_han(after) or after in _AFTER_DATE or (c == "年" and after in _AFTER_YEAR)
        return c in _SCALES or (c in params.units and (not after or words.cost(c + after) is None))
    if before in _NUMERALS and c in params.units and (before != "一" or text[at - 2 : at - 1] == "第"):
        return not after or words.cost(c + after) is None  # not 一项项, 两家家庭农场
    if c in _NUMERALS or before in _NUMERALS:
        return False
    # What needs no weighing: 天天, 部部长
    begins_one = words.cost(c + after) is not None
    if begins_one and c in params.ends and c not in params.openers:
        return False
    ends_one = is_han(before) and words.cost(before + c) is not None
    if words.cost(c + c) is not None and not ends_one and not begins_one:
        return False
    low, high = at, at + 2
    while low > max(0, at - _REACH) and is_han(text[low - 1]):
        low -= 1
    while high < min(len(text), at + 2 + _REACH) and is_han(text[high]):
        high += 1
    run_ = text[low:high]
    here = at - low
    cost, borders = words.cut(run_, _LONGEST)
    if here + 1 not in borders:
        return False  # 天天
    first = next(e for e in reversed(borders) if e <= here)
    last = next(e for e in borders if e > here + 1)
    left, right = here + 1 - first > 1, last - here - 1 > 1
    ends = c in params.ends and (left or c not in params.openers)
    less, others = words.cut(run_[:here] + run_[here + 1 :], _LONGEST)
    gain = cost - less
    if left and right:
        # 共产党党员: two words whatever they cost; 建设设施工 leaves a character over.
        return gain >= _BETWEEN and not ends and _lone(borders) > _lone(others)
    if not left and not right:
        return _stands_alone(params, words, c) and gain >= _GAIN
    if right and ends:
        return False
    if right and c in _PLAIN:
        return gain >= _GAIN  # 新新建, 大大工程: what these say once needs no saying twice
    if left and not is_han(after) and not (after == "、" and ends):
        return gain >= _AT_END  # 全县县、乡、村
    if left and c in _VERBS and is_han(after) and (c != "作" or after in _AFTER_DOING):
        return False  # 工作作简要汇报
    least = _OF_ENDS if ends else _LONE
    return gain >= _GAIN and words.alone(c) >= least


def _lone(borders: list[int]) -> int:
    """How many pieces between the borders are single characters."""
    return sum(end - start == 1 for start, end in pairwise(borders))


def _stands_alone(params: Params, words: Words, c: str) -> bool:
    """Whether a character that makes no word with what stands beside it is none that people double on purpose: neither
    each of its kind (市市通), nor a verb (查一查, 查查), nor a rare one (栩栩)."""
    each = c in params.units or (c in params.ends and c not in params.openers)
    return not each and c not in _DOUBLED and words.alone(c) <= _RARE and words.cost(c + c) is None


_DOUBLED = frozenset("县环层水区户天人抓查管找比谈讲看想问听说学走试议评理帮补改换挪晒亮念练算聊转动跑坐站歇尝读写唱")
_RARE = 9.5
_ROW = 24  # code points before 等 in which a row of things stands
_AFTER_ETC = frozenset("，。在都是这那不也就均皆我你他她它们")
_DATED, _AFTER_DATE = frozenset("年月日"), frozenset("的底末初前起间以至到和与")
_PLAIN = frozenset("新小高单老旧低强优全有两")
_AFTER_YEAR = frozenset("全翻第增来我县市省被获实完新建累共")
_VERBS = frozenset("作做为是有在")
_AFTER_DOING = frozenset("出为好了风简重如报说介安部表答客个一专具详深认全更主典保大动")
_SCALES = frozenset("万亿")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千万亿两几")

KIND = Kind(
    "repetition",
    "Reports words of two to four characters, clauses, and certain characters, written twice.",
    {
        "characters": Param("string", "the characters that are wrong when doubled", required=True),
        "unless": Param("regexes", "exceptions: a match that takes in the whole hit silences it", default=()),
        "words": Param(
            "file", "a TSV of words and their costs: any character that they show to be one too many is reported too"
        ),
        "units": Param("string", "measure words, wrong when doubled behind a number", default=""),
        "ends": Param("string", "characters that end one word and begin the next: 部部长", default=""),
        "slips": Param("regexes", "what is wrong whatever the words tell: a match that takes in the hit", default=()),
        "openers": Param(
            "string", "those of them that name no office: wrong when doubled at the head of a clause", default=""
        ),
    },
    run,
    compile_params,
)
