"""Which characters stand beside which: how often one follows another in published documents, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import pairwise

from reportlint.checks.lexicon import Table, line_table, spaced_phrases, table_of

UNKNOWN, BORDER = 0, 2
"""A pair of characters that neither documents nor words have; one that is not of two Han characters."""
_FIRST = 65  # the letter of the least count
_INNER, _ONCE = 1, 2
_CHANCE, _COMMON = 2 * 4, 2 * 9 + _INNER
_MOST = 200_000  # pairs that are remembered
_MOST_LINES = 1_500


@cache
def neighbour_table(neighbours: str, words: str, phrases: str) -> Table:
    """From the files of pairs, of words and of phrases: for each character those that follow it, each with a letter of
    two facts, how often in the documents, in half nats, and whether inside a word. ValueError for a row that is
    none."""
    counts = line_table(neighbours)
    known: dict[str, dict[str, int]] = {}
    for head in counts.heads:
        line = counts.line(head)
        known[head] = {c: 2 * (ord(n) - _FIRST) for c, n in zip(line[::2], line[1::2], strict=True)}
    for phrase in spaced_phrases(phrases):
        for first, second in pairwise(phrase.replace(" ", "")):
            known.setdefault(first, {}).setdefault(second, _ONCE)
    for first, second in _inside(line_table(words)):
        followers = known.setdefault(first, {})
        followers[second] = followers.get(second, 0) | _INNER
    for first, followers in known.items():
        # Chance meetings are no pair where the other way round is a word that stands everywhere: 题问.
        for second in [c for c, n in followers.items() if n <= _CHANCE and known.get(c, {}).get(first, 0) >= _COMMON]:
            del followers[second]
    lines = {
        head: "".join(f"{c}{chr(_FIRST + followers[c])}" for c in sorted(followers))
        for head, followers in sorted(known.items())
    }
    return table_of(lines)


def _inside(words: Table) -> Iterator[tuple[str, str]]:
    for head in words.heads:
        for rest in words.line(head).split(" "):
            word = head + rest[:-1]
            yield from pairwise(word)


class Neighbours(dict[str, int]):
    """What is known of pairs of characters, looked up as they are asked for: 0 of unknown ones, else a number that
    `count` and `inner` read."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._lines = _Lines(table)
        self._followers: dict[str, frozenset[str]] = {}

    def __missing__(self, pair: str) -> int:
        known = BORDER
        if "\u4e00" <= pair[1:] <= "\u9fff" and "\u4e00" <= pair[0] <= "\u9fff":
            line = self._lines[pair[0]]
            at = line.find(pair[1])
            known = BORDER + ord(line[at + 1]) - _FIRST if at >= 0 else UNKNOWN
        if len(self) >= _MOST:
            self.clear()
        self[pair] = known
        return known

    def followers(self, c: str) -> frozenset[str]:
        """The characters that are known to follow one."""
        if c not in self._followers:
            if len(self._followers) >= _MOST_LINES:
                self._followers.clear()
            self._followers[c] = frozenset(self._lines[c][::2])
        return self._followers[c]

    def before(self, c: str, characters: Iterable[str]) -> list[str]:
        """Those of some characters that are known to come before one."""
        lines = self._lines
        return [first for first in characters if c in lines[first]]


class _Lines(dict[str, str]):
    """The lines of a table that were asked for."""

    def __init__(self, table: Table) -> None:
        super().__init__()
        self._heads, self._lines, self._places = table.heads, table.lines, memoryview(table.places).cast("I")

    def __missing__(self, head: str) -> str:
        at = self._heads.find(head)
        line = self[head] = self._lines[self._places[at] : self._places[at + 1]] if at >= 0 else ""
        return line


def count(known: int) -> float:
    """How often a pair stands in the documents, in nats."""
    return (known - BORDER >> 1) / 2


def inner(known: int) -> bool:
    """Whether a pair stands inside a word."""
    return known & _INNER == _INNER
