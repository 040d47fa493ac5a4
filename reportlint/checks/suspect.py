"""Kind `suspect`: characters that their context makes unlikely, where another that sounds or looks like them, their
absence or their neighbour's place makes it a likely one: 认委 for 认为, 统极 for 统计.

A slip nearly always leaves a pair of characters that no document and no word has. So the pairs of a text are looked at
first, and only where one is unknown is it asked what might have been meant: what makes every pair a known one, and
saves more in words than slips are rare. Where much else nearby is unknown, the text speaks of what we do not know, and
so does a whole draft.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from operator import add
from typing import Any, NamedTuple

from reportlint.checks.base import Context, Hit
from reportlint.checks.language import ADDED, CLOSE, KEPT, LANDS, OPEN, SMALL
from reportlint.checks.lexicon import Table, line_table, sound_groups
from reportlint.checks.nearsearch import Slip
from reportlint.checks.neighbours import BORDER, UNKNOWN, Neighbours, count, inner, neighbour_table
from reportlint.checks.segment import Words, is_han, words_of
from reportlint.model import Edit
from reportlint.rules import Kind, Param

_REACH = 6  # code points of context on either side
_LONGEST = 4  # of a word
_NAME = 3  # code points of a name, which stands between marks
_STRANGE = 3  # unknown pairs nearby, with more of which nothing is told
_FOREIGN, _FEW = 0.27, 14
"""The share of unknown pairs from which on a draft speaks no language of ours, and how many more say nothing yet."""
_MOST = 5_000  # lines that are remembered
_PER_STRANGE = 1.3
_BETWEEN = frozenset("得不")
_NEEDED = {"sound": 14.5, "shape": 15.2, "extra": 11.3, "doubled": 9.0, "swapped": 12.1, "missing": 12.0}
"""Nats that the words save and that the pairs count for. Chosen on documents that the tables had not been made from."""
_LEAST_FIT = {"sound": 4.0, "shape": 4.0, "extra": 4.0, "doubled": 0.0, "swapped": 3.0, "missing": 4.0}
"""Nats that the pairs alone count for: hardly a slip weighs enough with less, and most that is tried has less."""
_FUNCTION = 6.0  # nats of a character that stands by itself everywhere: 的, 在
_COUNTED = frozenset("项件户村镇乡县条座处场所台辆栋")
_NUMBER = -1  # of no phrase


class Params(NamedTuple):
    """The tables as a check loads them."""

    sounds: str
    shapes: Table
    words: Table
    neighbours: Table
    surnames: str


class _Line:
    """What is known of the pairs of a line, and what was found in it, by places in it, once that was looked for."""

    __slots__ = ("known", "pairs", "slips", "unknown")

    def __init__(self, known: bytes) -> None:
        self.unknown = known.count(UNKNOWN)
        self.pairs = len(known) - known.count(BORDER)
        self.known: bytes = known if self.unknown else b""
        self.slips: tuple[Slip, ...] | None = None if self.unknown else ()


class _Change(NamedTuple):
    """What may have been meant: `new` for `[start, end)`; `fit` tells how well it suits its neighbours."""

    kind: str
    start: int
    end: int
    new: str
    fit: float


class _Reader:
    """The tables, with what was looked up of them."""

    def __init__(self, params: Params) -> None:
        self.neighbours = Neighbours(params.neighbours)
        self.words: Words = words_of(params.words)
        self._sounds = f"{params.sounds}\n"
        self._shapes = params.shapes
        self.surnames = params.surnames
        self._alike: dict[str, tuple[tuple[str, frozenset[str]], ...]] = {}
        self.lines: dict[str, _Line] = {}

    def alike(self, c: str) -> tuple[tuple[str, frozenset[str]], ...]:
        """The characters that one is taken for, those that sound like it and those that look like it."""
        if c not in self._alike:
            sound = frozenset("".join(self._sounding(c))) - {c}
            self._alike[c] = ("sound", sound), ("shape", frozenset(self._shapes.line(c)) - sound)
        return self._alike[c]

    def lost(self, text: str, at: int) -> set[str]:
        """The characters that words of three or four have between the two at a place of a text, or that words of
        three lack at its end."""
        first, second = text[at], text[at + 1]
        # What is left of a word of four is often a verb and its object: 扩范围, 不深入.
        ends = [""] if self.words.cost(text[at + 1 : at + 3]) is not None else ["", text[at + 2 : at + 3]]
        found = set()
        line = self.words.line(first)
        place = line.find(second)
        while place >= 0:
            if line[place - 2] == " " and any(_is_cost(line, place, end) for end in ends):
                found.add(line[place - 1])
            place = line.find(second, place + 1)
        line = self.words.line(text[at - 1]) if at else ""
        place = line.find(f" {first}")
        while place >= 0:
            if _is_cost(line, place + 2, "") or (
                line[place + 3 : place + 4] == second and _is_cost(line, place + 3, "")
            ):
                found.add(line[place + 2])
            place = line.find(f" {first}", place + 1)
        return found

    def _sounding(self, c: str) -> Iterator[str]:
        sounds = self._sounds
        at = sounds.find(c)
        while at >= 0:
            end = sounds.find("\n", at)
            yield sounds[sounds.rfind("\n", 0, at) + 1 : end]
            at = sounds.find(c, end)


@cache
def _reader(params: Params) -> _Reader:
    return _Reader(params)


def suspects(params: Params, text: str) -> list[Slip]:
    """The slips of a text in its order. A line is looked at once, however often it stands in a text or in the versions
    of a draft that is being written."""
    reader = _reader(params)
    lines = text.split("\n")
    found = _looked_at(reader, set(lines))
    if not found:
        return []
    out: list[Slip] = []
    at = 0
    for line, length in zip(lines, map(len, lines), strict=True):
        if line in found:
            out += [slip._replace(start=slip.start + at, end=slip.end + at) for slip in found[line]]
        at += length + 1
    return out


def _looked_at(reader: _Reader, lines: set[str]) -> dict[str, tuple[Slip, ...]]:
    """The slips of those lines that hold any. None in a draft that speaks of too much that is unknown; nor is what it
    says twice in one way a slip, but a term or a name."""
    known = reader.lines
    if len(known) > _MOST:
        known.clear()
    neighbours = reader.neighbours
    for line in lines.difference(known):
        known[line] = _Line(bytes(map(neighbours.__getitem__, map(add, line, line[1:]))))
    of = [known[line] for line in lines]
    if sum(line.unknown for line in of) > _FEW + _FOREIGN * sum(line.pairs for line in of):
        return {}
    found = {}
    times: Counter[str] = Counter()
    for line in lines:
        one = known[line]
        slips = one.slips
        if slips is None:
            slips = one.slips = tuple(_slips(reader, line, one.known))
            one.known = b""
        if slips:
            found[line] = slips
            times.update(line[slip.start : slip.end] for slip in slips)
    return {
        line: tuple(slip for slip in slips if times[line[slip.start : slip.end]] == 1) for line, slips in found.items()
    }


def _slips(reader: _Reader, text: str, pairs: bytes) -> Iterator[Slip]:
    """The slips of a line, by what is known of its pairs; none overlaps another."""
    last = done = 0
    at = pairs.find(UNKNOWN)
    while at >= 0:
        between = 0 < at < len(pairs) - 1 and inner(pairs[at - 1]) and inner(pairs[at + 1])
        if not between and at >= last and pairs.count(UNKNOWN, max(0, at - _REACH), at + _REACH + 1) <= _STRANGE + 3:
            change = _likeliest(reader, text, pairs, at, [*_changes(reader, text, at, done)])
            done = at + 2
            if change:
                slip = _whole(reader.words, text, change)
                if slip.kind != "missing" or slip.end - slip.start > 1:
                    last = slip.end
                    yield slip
        at = pairs.find(UNKNOWN, at + 1)


def _changes(reader: _Reader, text: str, at: int, done: int) -> Iterator[_Change]:
    """What would make the pair of characters at a place a known one; characters before `done` were tried."""
    neighbours = reader.neighbours
    first, second = text[at], text[at + 1]
    for place in range(max(at, done), at + 2):
        wrong, before, after = text[place], text[place - 1 : place], text[place + 1 : place + 2]
        if wrong in KEPT or before in KEPT or after in KEPT:
            continue
        bound = is_han(before)
        if bound and is_han(after):
            together = neighbours[before + after]
            double = wrong in (before, after)
            if wrong in _BETWEEN and reader.words.cost(before) is not None and is_han(after):
                continue  # 压得实, 打不赢: a verb and what it comes to
            if double and wrong in _COUNTED and not is_han(text[at - 1 : at]):
                continue  # 项项任务，村村通路
            added = wrong in ADDED and _is_added(reader, text, place)
            if (inner(together) and (double or not added)) or (together and wrong not in ADDED and not double):
                yield from _change("doubled" if double else "extra", place, place + 1, "", (together,))
        if inner(neighbours[before + wrong if place == at else wrong + after]):
            continue  # it belongs to a word
        if reader.words.alone(wrong) < _FUNCTION:
            continue
        for kind, alike in reader.alike(wrong):
            for right in alike & neighbours.followers(before) if bound else neighbours.before(after, alike):
                ends = neighbours[right + after]
                if ends:
                    known = neighbours[before + right], ends
                    if (inner(known[0]) or inner(ends)) and not (wrong in SMALL and right in SMALL):
                        yield from _change(kind, place, place + 1, right, known)
    # 村规民约 is made of two words that are not 村民 and 规约.
    listed = (first in LANDS and second in LANDS) or (first in SMALL and second in SMALL)
    if first != second and not listed and inner(neighbours[second + first]):
        run = text[max(0, at - 1) : at] + second + first + text[at + 2 : at + 3]
        swapped = tuple(neighbours[pair] for pair in map(add, run, run[1:]))
        if swapped.count(UNKNOWN) <= 2:
            yield from _change("swapped", at, at + 2, second + first, swapped)
    for lost in reader.lost(text, at) - SMALL:
        yield from _change("missing", at + 1, at + 1, lost, (neighbours[first + lost], neighbours[lost + second]))


def _is_added(reader: _Reader, text: str, place: int) -> bool:
    """Whether a character that words take stands before or behind one (防大灾), or between two (进行再动员)."""
    before, wrong, after = text[place - 1], text[place], text[place + 1]
    cost = reader.words.cost
    return bool(
        reader.neighbours[before + wrong]
        or reader.neighbours[wrong + after]
        or (cost(text[max(0, place - 2) : place]) and cost(text[place + 1 : place + 3]))
    )


def _change(kind: str, start: int, end: int, new: str, known: tuple[int, ...]) -> Iterator[_Change]:
    """A change, by what is known of its pairs, unless they fit too little."""
    fit = _fit(known)
    if fit >= _LEAST_FIT[kind]:
        yield _Change(kind, start, end, new, fit)


def _is_cost(line: str, place: int, end: str) -> bool:
    """Whether a word of a line ends with `end` behind a place."""
    return line.startswith(end, place + 1) and "@" < line[place + 1 + len(end) : place + 2 + len(end)] < "\x7f"


def _fit(known: tuple[int, ...]) -> float:
    counts = [count(k) if k else 0.0 for k in known if k != BORDER]
    return min(counts) + max(counts) if counts else 0.0


def _likeliest(reader: _Reader, text: str, pairs: bytes, at: int, changes: list[_Change]) -> _Change | None:
    """The change that weighs most, if one weighs enough."""
    if not changes:
        return None
    low, high = max(0, at - _REACH), min(len(text), at + 2 + _REACH)
    start, end = at, at + 2
    while start > low and is_han(text[start - 1]):
        start -= 1
    while end < high and is_han(text[end]):
        end += 1
    run = text[start:end]
    named = text[start - 1 : start] in OPEN and text[end : end + 1] in CLOSE
    if (named and len(run) <= _LONGEST) or (len(run) <= _NAME and run[0] in reader.surnames):
        return None  # “五良”融合；联系人：刘志远，
    head, tail = _costs(reader.words, run), _costs(reader.words, run, True)
    best, most = None, 0.0
    for change in changes:
        strange = pairs.count(UNKNOWN, start, max(start, change.start - 1))
        strange += pairs.count(UNKNOWN, change.end, end - 1)
        if strange > _STRANGE:
            continue
        gain = head[-1] - _spliced(
            reader.words, run, (change.start - start, change.end - start), change.new, head, tail
        )
        if change.kind == "extra":
            gain -= reader.words.alone(text[change.start])
        weight = gain + change.fit - _PER_STRANGE * strange - _NEEDED[change.kind]
        if weight > most:
            best, most = change, weight
    return best


def _costs(words: Words, run: str, backward: bool = False) -> list[float]:
    """What the likeliest words of a run cost up to each of its places, or from it."""
    size = len(run)
    best = [0.0] * (size + 1)
    for at in range(1, size + 1):
        least = 1e9
        for length in range(1, min(_LONGEST, at) + 1):
            piece = run[size - at : size - at + length] if backward else run[at - length : at]
            cost = words.alone(piece) if length == 1 else words.cost(piece)
            if cost is not None and best[at - length] + cost < least:
                least = best[at - length] + cost
        best[at] = least
    return best[::-1] if backward else best


def _spliced(words: Words, run: str, place: tuple[int, int], new: str, head: list[float], tail: list[float]) -> float:
    """What a run costs with `new` in a place, from what it costs up to there (`head`) and from there on (`tail`)."""
    start, end = place
    low, high = max(0, start - _LONGEST + 1), min(len(run), end + _LONGEST - 1)
    middle = run[low:start] + new + run[end:high]
    first = start - low
    best = head[low : start + 1] + [1e9] * (len(middle) - first)
    for at in range(len(middle)):
        for to in range(max(at, first) + 1, min(at + _LONGEST, len(middle)) + 1):
            piece = middle[at:to]
            cost = words.alone(piece) if len(piece) == 1 else words.cost(piece)
            if cost is not None and best[at] + cost < best[to]:
                best[to] = best[at] + cost
    after = first + len(new)
    return min(best[at] + tail[end + at - after] for at in range(after, len(middle) + 1))


def _whole(words: Words, text: str, change: _Change) -> Slip:
    """A change as a slip in the words that it makes."""
    kind, start, end, new, _ = change
    low, high = start, end
    while low > max(0, start - _REACH) and is_han(text[low - 1]):
        low -= 1
    while high < min(len(text), end + _REACH) and is_han(text[high]):
        high += 1
    run = text[low:start] + new + text[end:high]
    _, ends = words.cut(run, _LONGEST)
    first, last = start - low - (not new), start - low + max(len(new), 1) - (not new)
    begin = max(e for e in ends if e <= first)
    stop = min(e for e in ends if e >= last)
    right = run[begin:stop]
    # What was taken out or put in stands between the words' beginning and their end.
    shift = (end - start) - len(new)
    at = start - low - begin
    return Slip(
        low + begin,
        low + stop + shift,
        right,
        _NUMBER,
        {"sound": "wrong", "shape": "wrong", "doubled": "extra"}.get(kind, kind),
        at,
    )


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The slips, each with what was probably meant."""
    for slip in suspects(params, context.text):
        edit = Edit(slip.start, slip.end, slip.right)
        yield Hit(slip.start, slip.end, {"right": slip.right}, (edit,), "" if slip.kind == "wrong" else slip.kind)


def _compile(params: dict[str, Any], folder: str) -> Params:
    return Params(
        sound_groups(params["sounds"]),
        line_table(params["shapes"]),
        line_table(params["words"]),
        neighbour_table(params["neighbours"], params["words"], params["phrases"]),
        params["surnames"],
    )


_FILES = {
    "sounds": "a TSV of syllable, characters, characters also read so",
    "shapes": "a TSV of character, characters that look like it",
    "words": "a TSV of character, words that begin with it, each with the letter of its cost",
    "phrases": "a TSV of words of a phrase, count, kind, source, places that show when they lack their character",
    "neighbours": "a TSV of character, characters that follow it, each with the letter of how often",
}

KIND = Kind(
    "suspect",
    "Reports characters that their context makes unlikely, where a slip would explain them.",
    {
        "surnames": Param("string", "characters that are surnames", required=True),
        **{name: Param("file", f"{doc}; the first line is its header", required=True) for name, doc in _FILES.items()},
    },
    run,
    _compile,
)
