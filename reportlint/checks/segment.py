"""The words of a table: what each costs, and which of them a run of characters is likeliest made of."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from reportlint.checks.lexicon import Table

UNKNOWN = 19.0
"""What a character costs that is no word of its own, in nats."""
_MOST = 50_000  # words whose costs are remembered
_REACH = 6  # code points of context in which words are told
_LONGEST = 5
_NUMERALS = "第一二三四五六七八九十百两双"


class Words:
    """The words of a table, and of another what the first has no room for. A word is looked up in the line of its first
    character as it stands there: a short draft asks for a few words of each of a hundred long lines."""

    def __init__(self, table: Table, rare: Table | None = None) -> None:
        self._table = table
        self._rare = words_of(rare) if rare is not None else None
        self._lines: dict[str, str] = {}
        self._costs: dict[str, float | None] = {}

    def cost(self, word: str) -> float | None:
        """What a word costs, in nats; None if it is none."""
        if word not in self._costs:
            if len(self._costs) >= _MOST:
                self._costs.clear()
            self._costs[word] = self._look_up(word)
        return self._costs[word]

    def alone(self, c: str) -> float:
        """What a character costs as a word of its own."""
        cost = self.cost(c)
        return UNKNOWN if cost is None else cost

    def _look_up(self, word: str) -> float | None:
        head, rest = word[0], word[1:]
        if rest and min(rest) < "\u2e80":
            return None  # a cost is written in such a character
        line, wanted = self.line(head), " " + rest
        at = line.find(wanted)
        while at >= 0:
            letter = line[at + len(wanted) : at + len(wanted) + 1]
            if letter.isascii() and letter.strip():
                return (ord(letter) - 65) / 2
            at = line.find(wanted, at + 1)
        return self._rare.cost(word) if self._rare is not None else None

    def line(self, head: str) -> str:
        """The words that begin with a character as the table has them: a blank, the rest, the letter of its cost."""
        if head not in self._lines:
            self._lines[head] = " " + self._table.line(head)
        return self._lines[head]

    def is_rare(self, word: str) -> bool:
        """Whether a word is of the second table."""
        return self._rare is not None and self._rare.cost(word) is not None

    def cut(
        self, run: str, longest: int, unless: Callable[[str], bool] = lambda piece: False
    ) -> tuple[float, list[int]]:
        """The likeliest words of a run of Han characters, none longer than `longest` and none that `unless` rules
        out: what they cost together, and their borders, first and last included."""
        best = [0.0] + [1e9] * len(run)
        back = [0] * (len(run) + 1)
        for at in range(len(run)):
            here = best[at]
            for end in range(at + 1, min(at + longest, len(run)) + 1):
                piece = run[at:end]
                cost = self.cost(piece)
                if cost is None:
                    if end > at + 1:
                        continue
                    cost = UNKNOWN
                if here + cost < best[end] and not unless(piece):
                    best[end] = here + cost
                    back[end] = at
        borders = [len(run)]
        while borders[-1]:
            borders.append(back[borders[-1]])
        return best[-1], borders[::-1]


@cache
def words_of(table: Table, rare: Table | None = None) -> Words:
    """The words of a table or two, one object for all that ask."""
    return Words(table, rare)


def stands_alone(words: Words, text: str, start: int, end: int) -> bool:
    """Whether words begin and end where a form does, and it is no chance meeting: 中央视察 holds no 中央视."""
    if text[start] in _NUMERALS and start and text[start - 1] in _NUMERALS:
        return False
    return all(_is_border(words, text, at) for at in (start, end))


def _is_border(words: Words, text: str, at: int) -> bool:
    first, last = at, at
    while first > max(0, at - _REACH) and is_han(text[first - 1]):
        first -= 1
    while last < min(len(text), at + _REACH) and is_han(text[last]):
        last += 1
    return at in (first, last) or at - first in words.cut(text[first:last], _LONGEST)[1]


def is_han(c: str) -> bool:
    """Whether a character is one of the Chinese ones that are in use."""
    return "\u4e00" <= c <= "\u9fff"
