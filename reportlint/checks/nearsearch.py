"""Where a text holds what a slip leaves of a phrase: the kind `near` looks here for what it then weighs."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reportlint.checks.lexicon import BASE, ENTRY, EXTRA, OTHER, REST, Index, Params, number_of

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_PIECE = 200_000  # code points
_LONGEST = 40
_ZERO = ord("0")
_BLANK = frozenset(" \t\u00a0\u3000\u200b\u200c\u200d\ufeff")


class Slip(NamedTuple):
    """A place `[start, end)` where phrase `right` was probably meant; `at` counts from the start."""

    start: int
    end: int
    right: str
    number: int
    kind: str
    at: int


def uncovered(phrases: str, text: str) -> bytearray:
    """0 for each character inside a phrase (of those that stand one to a line) that is as it should be, not its first
    or last, else 1. Most of a clean text need be looked at no further: no slip lies inside a phrase."""
    out = bytearray(b"\1") * len(text)
    automaton = _automaton(phrases)
    for low in range(0, len(text), _PIECE):
        found = automaton.find_matches_as_indexes(text[low : low + _PIECE + _LONGEST], overlapping=True)
        for _, start, end in found:
            out[low + start + 1 : low + end - 1] = bytes(end - start - 2)
    return out


@cache
def _automaton(phrases: str) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(phrases.split("\n"))


def _begins(open_: bytearray) -> bytes:
    """Where a form may begin that has two characters outside: 0 if both characters after the first are inside."""
    inside = int.from_bytes(open_, "little")
    return ((inside >> 8) | (inside >> 16)).to_bytes(len(open_), "little")


def _around(open_: bytearray, phase: int) -> bytes:
    """The same for a text less each third character: a form begins one or two characters before the one left out."""
    gaps = open_[phase::3]
    twice = bytearray(2 * len(gaps))
    twice[0::2], twice[1::2] = gaps, gaps
    return bytes(twice[2 - phase :]) + bytes(3)


def _met(index: Index, spelt: bytes, wanted: bytes | None) -> Iterator[tuple[int, int, bytes]]:
    """Every place of a spelt text where a form begins: (start, length, the rest of its entry)."""
    entries, places = index.entries, memoryview(index.places).cast("I")
    find, lead = entries.find, [ENTRY + bytes((c,)) for c in range(256)]
    for at, (first, second, third) in enumerate(zip(spelt, spelt[1:], spelt[2:], strict=False)):
        if first < 35 or second < 35 or third < 35 or (wanted and not wanted[at]):
            continue
        pair = first * BASE + second - 35 * BASE - 35
        low, high = places[pair], places[pair + 1]
        if low == high:
            continue
        found = find(lead[third], low, high)
        while found >= 0:
            stop = find(REST, found)
            if spelt.startswith(entries[found + 1 : stop], at + 2):
                yield at, stop - found + 1, entries[stop + 1 : stop + 6]
            found = find(lead[third], stop, high)


def candidates(params: Params, phrases: list[str], text: str, open_: bytearray | None = None) -> Iterator[Slip]:
    """Every place where one slip would explain the text, likely or not; with `open_` only where it is not 0, the
    places that no phrase takes in (see `uncovered`)."""
    spelt = text.translate(params.letters)
    try:
        plain = spelt.encode("latin-1")
    except UnicodeEncodeError:
        plain = "".join(c if c <= "\xff" else OTHER for c in spelt).encode("latin-1")
    for at, length, rest in _met(params.text, plain, _begins(open_) if open_ else None):
        number = number_of(rest)
        phrase = phrases[number]
        size = len(phrase)
        given = text[at : at + length]
        same = 0
        while same < length and given[same] == phrase[same]:
            same += 1
        if length == size:
            if (
                same < size
                and given[same : same + 2] == phrase[same : same + 2][::-1]
                and given[same + 2 :] == phrase[same + 2 :]
            ):
                yield Slip(at, at + size, phrase, number, "swapped", same)
        elif given[same:] == phrase[same + 1 :]:
            if same == size - 1:
                yield from _edge(text, at, at + size, at + length, phrase, number, same)
            elif same:
                yield Slip(at, at + length, phrase, number, "missing", same)
            if given == phrase[1:]:
                yield from _edge(text, at - 1, at + length, at - 1, phrase, number, 0)
    for phase in range(3):
        thinned = bytearray(plain)
        del thinned[phase::3]
        for at, _, rest in _met(params.thinned, bytes(thinned), _around(open_, phase) if open_ else None):
            number = number_of(rest)
            phrase = phrases[number]
            origin = at + (at + 2 - phase) // 2 if phase else at + at // 2 + 1
            start = origin - (rest[4] - _ZERO)
            size = len(phrase) + (rest[3] == EXTRA)
            # 落实 is no slip; 落实实 may be one.
            whole = text.startswith(phrase, start) and not text.startswith(phrase[-1], start + len(phrase))
            if start < 0 or whole:
                continue
            given = text[start : start + size]
            if len(given) < size:
                continue
            same = 0
            while same < len(phrase) and given[same] == phrase[same]:
                same += 1
            if rest[3] == EXTRA:
                same = min(same, len(phrase) - 1)
                if same and given[same + 1 :] == phrase[same:]:
                    yield Slip(start, start + size, phrase, number, "extra", same)
            elif same < size and given[same + 1 :] == phrase[same + 1 :]:
                yield Slip(start, start + size, phrase, number, "wrong", same)


def _edge(text: str, start: int, end: int, at: int, phrase: str, number: int, same: int) -> Iterator[Slip]:
    """The first or the last character of a phrase is not there: another stands in its place, or none."""
    if start >= 0 and end <= len(text):
        if text[at] == phrase[same] or text[at] in _BLANK:
            return
        yield Slip(start, end, phrase, number, "wrong", same)
    yield Slip(start + (not same), end - bool(same), phrase, number, "missing", same)
