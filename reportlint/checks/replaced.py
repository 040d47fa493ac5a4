"""Set phrases with one word replaced by another: 人类利益共同体 for 人类命运共同体; and slogans in quotation marks that
are one character or word away from a known one.

All words but one stand there, in order: what stands before the middle of a phrase, or behind it, is sought.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from reportlint.checks.segment import Words, is_han
from reportlint.checks.setphrase import CLOSE_QUOTES, OPEN_QUOTES
from reportlint.patterns import pattern

_SHORTEST = 6  # code points of a phrase
_SHORT = 4  # code points of a slogan that is sought by one of them
_LONG = 10  # Han characters of a phrase of which the last may be wrong
_ANCHOR = 3  # code points of the part that is sought
_KEPT = 4  # characters of a phrase that must be left
_EDGE = 6  # the same for a number
_LONGEST = 5  # code points of a word
_REMEMBERED = 4_000
_APART = "\x1d"  # group separator: no row of a TSV holds it
_NUMERALS = frozenset("一二三四五六七八九十百千万亿两双几多各")
_JOINERS = frozenset(["和", "与", "及", "同", "跟", "以及", "的", "地", "得", "了", "对", "在", "把", "将", "并"])
# Words that stand for one another at will.
_AT_WILL = (
    "推进 推动 促进 提升 升级 提高 加强 增强 强化 坚持 保持 实现 实施 落实 贯彻 完善 健全 构建 建设 打造 "
    "营造 开展 发展 巩固 深化 加快 防范 防止 守住 守牢 兜牢 兜住 扎牢 筑牢 保障 保证 改善 改进 优化 扩大 "
    "扩展 拓展 加大 着力 大力 全面 全力 全国 全市 全省 全县 深入 持续 稳步 审核 审查 统筹 协调 协同 引导 "
    "引领 办理 受理 治理 城镇 城乡 农村 乡村 农业 政府 社会 国家 经济 教育 文化 科技 产业 企业 职工 居民 "
    "群众 人民 市场 安全 政治 政务 数字 规划 改造 区域 县域 市域 全域 省域 流域 地域 "
)
_FREE = frozenset(_AT_WILL.split())
_HAN = pattern(r"[\u4e00-\u9fff]+")
_QUOTED = pattern(r"“([\u4e00-\u9fff、，]{3,16})”")
_ENDS = frozenset("，。；：、！？,;:!?）)》” 　\n" + CLOSE_QUOTES)
_BEGINS = frozenset("，。；：、！？,;:!?（(《“ 　\n" + OPEN_QUOTES)
_BEHIND = ("等", "的", "和", "与", "及", "工作", "要求", "制度", "方针", "政策", "任务", "战略")
_SLOGAN = 6  # code points of a slogan in which any character may be wrong


class Replaced(NamedTuple):
    """A form `[start, end)` of a phrase, and where in it the word stands that is wrong."""

    start: int
    end: int
    first: int
    last: int


class Cut(NamedTuple):
    """A phrase, and where its words begin and end, the first and the last border included."""

    name: str
    borders: tuple[int, ...]


def words_apart(words: Words, name: str) -> str:
    """A phrase with a mark between its words, as `cut_at` takes it."""
    return _APART.join(name[a:b] for a, b in pairwise(_borders(words, name)))


@lru_cache(maxsize=_REMEMBERED)
def cut_at(marked: str) -> Cut:
    """The phrase that `words_apart` has marked."""
    pieces = marked.split(_APART)
    return Cut("".join(pieces), tuple(accumulate(map(len, pieces), initial=0)))


def anchors(cut: Cut) -> Iterator[tuple[int, str]]:
    """What is sought of a phrase, with its place: the words up to a border, and those behind it; the border is the one
    that leaves the most of both."""
    name, borders = cut
    if len(name) < _SHORTEST or len(borders) < 4:
        return
    # A word before border k is told by what stands behind it, one behind border k - 1 by what stands before.
    places = range(1, len(borders) - 1)
    k = max(places, key=lambda i: min(borders[i], len(name) - borders[i]))
    for place, piece in ((0, name[: borders[k]]), (borders[k], name[borders[k] :])):
        if len(piece) >= _ANCHOR:
            yield place, piece


@lru_cache(maxsize=_REMEMBERED)
def replaced(words: Words, alike: str, cut: Cut, place: int, size: int, text: str, start: int) -> Replaced | None:
    """The form of a phrase with one word replaced, of which the part at `place` (of `size` code points) stands at
    `start`; None if there is none. Words that are taken for one another stand in one line of `alike`, each between two
    bars."""
    name, borders = cut
    if place:
        begin, at = start, place
        while at and begin and text[begin - 1] == name[at - 1]:
            begin, at = begin - 1, at - 1
        if not at:
            return None
        for a, b in _spans(borders, at - 1):
            if b <= place:
                last = start - (place - b)
                found = _before(words, alike, name, a, b, text, last)
                if found:
                    return Replaced(found[0], start + size, found[1], last)
        i = bisect_right(borders, at - 1) - 1
        first = start - (place - borders[i - 1]) if i else -1
        return _turned(name, borders, i - 1, text, first) if first >= borders[max(i - 1, 0)] else None
    end, at = start + size, size
    while at < len(name) and end < len(text) and text[end] == name[at]:
        end, at = end + 1, at + 1
    if at == len(name):
        return None
    for a, b in _spans(borders, at):
        if a >= size:
            first = start + a
            after = _behind(words, alike, name, a, b, text, first)
            if after:
                return Replaced(start, after[1], first, after[0])
    i = bisect_right(borders, at) - 1
    return _turned(name, borders, i, text, start + borders[i]) if borders[i] >= size else None


def _turned(name: str, borders: tuple[int, ...], i: int, text: str, first: int) -> Replaced | None:
    """The form of a name with word `i`, which should stand at `first`, behind the one that should follow it."""
    if i + 2 >= len(borders):
        return None
    a, b, c = borders[i : i + 3]
    form = name[:a] + name[b:c] + name[a:b] + name[c:]
    start = first - a
    if min(b - a, c - b) < 2 or not _all_han(name[a:c]) or form == name or not text.startswith(form, start):
        return None
    return Replaced(start, start + len(form), first, first + c - a)


def _spans(borders: tuple[int, ...], at: int) -> Iterator[tuple[int, int]]:
    """The word of a name that holds the character at a place, and what it makes with the next ones."""
    i = bisect_right(borders, at) - 1
    yield borders[i], borders[i + 1]
    if i + 2 < len(borders):
        yield borders[i], borders[i + 2]
    if i:
        yield borders[i - 1], borders[i + 1]


def _behind(words: Words, alike: str, name: str, a: int, b: int, text: str, first: int) -> tuple[int, int] | None:
    """Where the word that stands for `name[a:b]` ends, and where the form does."""
    tail = name[b:]
    for size in _sizes(b - a):
        last = first + size
        if (
            text.startswith(tail, last)
            and (tail or _ends(text, last))
            and _fits(words, alike, name, a, b, text[first:last])
        ):
            return last, last + len(tail)
    if len(tail) == 0 and _is_long(name) and text[first : first + b - a - 1] == name[a : b - 1]:
        last = first + b - a
        wrong = text[last - 1 : last]
        if _all_han(wrong) and wrong not in _NUMERALS and wrong not in _JOINERS and text[last : last + 1] in _ENDS:
            return last, last
    return None


def _before(words: Words, alike: str, name: str, a: int, b: int, text: str, last: int) -> tuple[int, int] | None:
    """Where the form begins, and where the word that stands for `name[a:b]` does."""
    head = name[:a]
    for size in _sizes(b - a):
        first = last - size
        if first < len(head) or (not head and first and text[first - 1] not in _BEGINS):
            continue
        if text.startswith(head, first - len(head)) and _fits(words, alike, name, a, b, text[first:last]):
            return first - len(head), first
    return None


def _sizes(size: int) -> tuple[int, ...]:
    return (size, size + 1, size - 1) if size > 1 else (size, size + 1)


def _ends(text: str, at: int) -> bool:
    return at == len(text) or text[at] in _ENDS or text.startswith(_BEHIND, at)


def _is_long(name: str) -> bool:
    """Whether no other word can end a phrase."""
    return sum(map(is_han, name)) >= _LONG


def _fits(words: Words, alike: str, name: str, a: int, b: int, given: str) -> bool:
    """Whether a word can stand for another by mistake, where all else of the phrase is left."""
    was = name[a:b]
    if not given or given == was or not (_all_han(given) and _all_han(was)) or given in _JOINERS:
        return False
    kept = sum(map(is_han, name)) - len(was)
    if _NUMERALS & {*given, *was}:
        return a > 0 and b < len(name) and kept >= _EDGE and name[a - 1] in OPEN_QUOTES
    return kept + _shared(words, alike, given, was) >= (_KEPT if a else _KEPT + 1)


@lru_cache(maxsize=_REMEMBERED)
def _shared(words: Words, alike: str, given: str, was: str) -> int:
    """How many characters two words begin and end with together, if what is between is taken for one another; a number
    that is too low for all others."""
    head, tail, shortest = 0, 0, min(len(given), len(was))
    while head < shortest and given[head] == was[head]:
        head += 1
    while tail < shortest and given[-1 - tail] == was[-1 - tail]:
        tail += 1
    for start in range(head + 1):
        for stop in range(min(tail, shortest - start) + 1):
            x, y = given[start : len(given) - stop], was[start : len(was) - stop]
            if _are_alike(alike, x, y):
                return start + stop
            if len(x) == len(y) == 2 and {*x} & {*y} and y not in _FREE and words.cost(x) is not None:
                return start + stop - 2
    return -len(was) - _REMEMBERED


def _are_alike(alike: str, given: str, was: str) -> bool:
    return bool(was) and any(f"|{given}|" in line for line in alike.split("\n") if f"|{was}|" in line)


@lru_cache(maxsize=_REMEMBERED)
def _borders(words: Words, name: str) -> tuple[int, ...]:
    """Where the words of a name begin and end; each mark is one."""
    found = {0, len(name)}
    for run in _HAN.finditer(name):
        found.update(run.start() + at for at in words.cut(run[0], _LONGEST)[1])
    for at, c in enumerate(name):
        if not is_han(c):
            found |= {at, at + 1}
    return tuple(sorted(found))


def slogans(words: Words, alike: str, names: str, text: str) -> Iterator[tuple[int, int, str]]:
    """The slogans of a text, between quotation marks, that are almost exactly one of those that stand, each between
    two line breaks, in `names`; and which."""
    for item in _QUOTED.finditer(text):
        right = _meant(words, alike, names, item[1])
        if right:
            yield item.start(1), item.end(1), right


@lru_cache(maxsize=_REMEMBERED)
def _meant(words: Words, alike: str, names: str, given: str) -> str:
    """The one slogan that was meant, empty for one that is right or unknown."""
    if f"\n{given}\n" in names:
        return ""
    found = {name for name in _likely(names, given) if _is_slip(words, alike, given, name)}
    return found.pop() if len(found) == 1 else ""


def _likely(names: str, given: str) -> Iterator[str]:
    for piece in (f"\n{given[: 2 if len(given) > _SHORT else 1]}", f"{given[-2:]}\n"):
        at = names.find(piece)
        while at >= 0:
            start = at + 1 if piece[0] == "\n" else names.rfind("\n", 0, at) + 1
            end = names.index("\n", start)
            if abs(end - start - len(given)) <= 1:
                yield names[start:end]
            at = names.find(piece, end - 1)


def _is_slip(words: Words, alike: str, given: str, name: str) -> bool:
    start, stop, shortest = 0, 0, min(len(given), len(name))
    while start < shortest and given[start] == name[start]:
        start += 1
    while stop < shortest - start and given[-1 - stop] == name[-1 - stop]:
        stop += 1
    is_, was = given[start : len(given) - stop], name[start : len(name) - stop]
    if not (_all_han(is_) and _all_han(was)):
        return False
    if len(is_) == len(was) == 2 and is_ == was[::-1]:
        return start > 0
    if is_ in _JOINERS or was in _JOINERS or _NUMERALS & {*is_, *was}:
        return False
    if len(is_) == len(was) == 1 and (len(name) >= _SLOGAN or _is_broken(words, given, name, start)):
        return True
    borders = _borders(words, name)
    a = max(i for i in borders if i <= start)
    b = min(i for i in borders if i >= len(name) - stop)
    other = given[a : len(given) - (len(name) - b)]
    return len(name) - (b - a) + _shared(words, alike, other, name[a:b]) >= 2


def _is_broken(words: Words, given: str, name: str, at: int) -> bool:
    """Whether the character that is wrong leaves no word where the slogan has one: 枫桥经念, not 跨域通办."""
    borders = _borders(words, name)
    first, last = max(i for i in borders if i <= at), min(i for i in borders if i > at)
    cut = _borders(words, given)
    return last - first in {2, len(name)} and {at, at + 1} <= {*cut}


def _all_han(words: str) -> bool:
    return bool(_HAN.fullmatch(words))
