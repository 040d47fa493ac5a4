"""Where a draft holds the literal words that rules look for: sought together, in one pass whatever their number."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, lru_cache
from itertools import accumulate
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from reportlint.checks.base import Context

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_PIECE = 200_000  # code points; the automaton keeps eight bytes for each byte of its text
_SHORT = 4_000
_KEPT = 4  # automata of other rules, of folders with other configurations or of a dictionary that is being edited


class Occurrence(NamedTuple):
    """A word of a vocabulary, by its number there, at `[start, end)`."""

    word: int
    start: int
    end: int


def occurrences(words: str, context: Context) -> list[Occurrence]:
    """Every occurrence of every word (of those that stand one to a line), overlapping ones too: by start, the longest
    first."""
    if not words:
        return []
    if len(context.text) < _SHORT:
        return _few(words, context.text, context.memo(_pairs_of))
    if words in context.vocabularies:
        return context.memo(_all)[words]
    return _found((words,), context.text)[words]


def longest(found: list[Occurrence]) -> list[Occurrence]:
    """The occurrences without those that begin inside another."""
    kept = []
    last = 0
    for occurrence in found:
        if occurrence.start >= last:
            last = occurrence.end
            kept.append(occurrence)
    return kept


def _pairs_of(context: Context) -> set[str]:
    return _pairs(context.text)


def _all(context: Context) -> dict[str, list[Occurrence]]:
    return _found(context.vocabularies, context.text)


def _found(vocabularies: tuple[str, ...], text: str) -> dict[str, list[Occurrence]]:
    automaton, firsts, reach = _automaton(vocabularies)
    found: list[list[Occurrence]] = [[] for _ in vocabularies]
    for low in range(0, len(text), _PIECE):
        matches = automaton.find_matches_as_indexes(text[low : low + _PIECE + reach], overlapping=True)
        matches.sort(key=lambda m: (m[1], -m[2]))
        for index, start, end in matches:
            if start < _PIECE:
                number = bisect_right(firsts, index) - 1
                found[number].append(Occurrence(index - firsts[number], start + low, end + low))
    return dict(zip(vocabularies, found, strict=True))


@lru_cache(maxsize=_KEPT)
def _automaton(vocabularies: tuple[str, ...]) -> tuple[AhoCorasick, list[int], int]:
    """The automaton, the number of the first word of each vocabulary in it, and the length of the longest word."""
    from ahocorasick_rs import AhoCorasick

    lists = [words.split("\n") if words else [] for words in vocabularies]
    together = [word for words in lists for word in words]
    return AhoCorasick(together), [0, *accumulate(map(len, lists[:-1]))], max(map(len, together), default=0)


@cache
def _list(words: str) -> list[str]:
    return words.split("\n")


def _pairs(text: str) -> set[str]:
    """What a word that stands in a text can begin and end with: two characters of it, or one that is a word."""
    return {*map(add, text, text[1:]), *text}


def _few(words: str, text: str, pairs: set[str]) -> list[Occurrence]:
    """The same for a short text: looking each word up takes less than building the automaton."""
    found = []
    for index, word in enumerate(_list(words)):
        if word[:2] not in pairs or word[-2:] not in pairs:
            continue
        start = text.find(word)
        while start >= 0:
            found.append(Occurrence(index, start, start + len(word)))
            start = text.find(word, start + 1)
    found.sort(key=lambda m: (m.start, -m.end))
    return found
