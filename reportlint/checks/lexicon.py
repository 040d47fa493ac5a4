"""The tables of the kind `near`: phrases, what a slip leaves of them, words, sounds and shapes."""

from __future__ import annotations

import os
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate
from typing import Any, NamedTuple

SHORTEST = 4
BORDERS = 0x4000
"""Makes characters of sets of places."""
EXTRA = ord("e")
ENTRY, REST = b"\x02", b"\x01"
"""Before each entry of an index, and after the end of its form."""
_LETTERS = "".join(map(chr, range(35, 256)))  # what stands for characters when they are looked up
OTHER, _RARE = " ", "!"  # no Han character; one that no phrase has
BASE = len(_LETTERS)
_WRONG = ord("w")  # what is needed besides a form: another character in its gap; EXTRA: one too many there
_ENTRY, _REST = ENTRY.decode(), REST.decode()
_MANY = 6


class Index(NamedTuple):
    """Forms by their first two letters, a byte each: those of pair i stand in `entries[places[i]:places[i + 1]]`."""

    entries: bytes
    places: bytes


class Table(NamedTuple):
    """Lines by a character: that of the n-th of `heads` stands in `lines[places[n]:places[n + 1]]`."""

    heads: str
    lines: str
    places: bytes

    def line(self, head: str) -> str:
        """The line of a character, empty if it has none."""
        at = self.heads.find(head)
        if at < 0:
            return ""
        low, high = memoryview(self.places).cast("I")[at : at + 2]
        return self.lines[low:high]


class Params(NamedTuple):
    """The tables as a check loads them: a few long strings, of which a draft touches little."""

    letters: str
    phrases: str
    counts: str
    kinds: str
    borders: str
    lacking: str
    text: Index
    thinned: Index
    sounds: str
    others: str
    shapes: Table
    words: Table
    prefixes: str
    suffixes: str
    known: str


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """Reads the tables. ValueError, with the line, for a row that is none."""
    rows = {row[0].replace(" ", ""): row for row in _rows(params["phrases"], 5)}
    phrases = sorted(p for p, row in rows.items() if row[2] != "known")
    sounds = list(_sounds(params["sounds"]))
    words = _words(params["words"])
    letters = _letters(phrases, [first for first, _ in sounds])
    borders = [sum(1 << at for at in accumulate(map(len, rows[p][0].split(" ")))) | 1 for p in phrases]
    known = set(phrases)
    text: list[str] = []
    thinned: list[str] = []
    for number, phrase in enumerate(phrases):
        lacking = set(map(int, rows[phrase][4]))
        spelling = _Spelling(phrase, phrase.translate(letters), _numeral(number))
        _forms(spelling, _within(phrase, known, borders[number]), lacking, text, thinned)
    return Params(
        letters,
        "\n".join(phrases),
        "".join(chr(35 + min(int(rows[p][1]), 90)) for p in phrases),
        "".join(rows[p][2][0] for p in phrases),
        "".join(chr(BORDERS + b) for b in borders),
        "".join(chr(BORDERS + sum(1 << int(at) for at in rows[p][4])) for p in phrases),
        _index(text),
        _index(thinned),
        sound_groups(params["sounds"]),
        "".join(other for _, other in sounds),
        line_table(params["shapes"]),
        line_table(params["words"]),
        *_affixes(words),
        "\n".join(["", *(p for p, row in rows.items() if row[2] == "known"), ""]),
    )


def _words(path: str) -> dict[str, str]:
    return dict(_rows(path, 2))


def spaced_phrases(path: str) -> Iterator[str]:
    """The phrases of a file, with blanks between their words."""
    return (row[0] for row in _rows(path, 5))


def _sounds(path: str) -> Iterator[tuple[str, str]]:
    return ((row[1], row[2]) for row in _rows(path, 3))


@cache
def sound_groups(path: str) -> str:
    """The characters that sound alike, a group to a line; one object for all kinds, as `line_table`."""
    return "\n".join(map("".join, _sounds(path)))


@cache
def line_table(path: str) -> Table:
    """What a file says of characters, a row for each: the words that begin with it, what looks like it. One object
    for all kinds that want it, and so kept once. ValueError, with the line, for a row that is none."""
    return table_of(_words(path))


def table_of(lines: dict[str, str]) -> Table:
    """A table of a line for each character."""
    places = array("I", accumulate(map(len, lines.values()), initial=0)).tobytes()
    return Table("".join(lines), "".join(lines.values()), places)


def _affixes(words: dict[str, str]) -> tuple[str, str]:
    """The characters that many words of two take before or after them, to make one of three: 力 in 承载力."""
    known = {head + word[:-1] for head, line in words.items() for word in line.split(" ")}
    longer = [w for w in known if len(w) == 3]
    first = Counter(w[0] for w in longer if w[1:] in known)
    last = Counter(w[2] for w in longer if w[:2] in known)
    prefixes, suffixes = ("".join(sorted(c for c, n in found.items() if n >= _MANY)) for found in (first, last))
    return prefixes, suffixes


def _rows(path: str, columns: int) -> Iterator[list[str]]:
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            row = line.rstrip("\n").split("\t")
            if number == 1 or line.startswith("#"):
                continue
            if len(row) != columns or not row[0]:
                raise ValueError(f"{os.path.basename(path)}:{number}: 应为 {columns} 列 (bad row)")
            yield row


def _letters(phrases: list[str], groups: list[str]) -> str:
    """The letter of each code point: as evenly spread over the phrases as characters that sound alike allow."""
    weight = Counter("".join(phrases))
    load = [0] * BASE
    table = [OTHER] * 0x4E00 + [_RARE] * 0x5200 + [OTHER] * 0x6000
    for group in sorted(groups, key=lambda g: -sum(weight[c] for c in g)):
        letter = min(range(BASE), key=load.__getitem__)
        load[letter] += sum(weight[c] for c in group)
        for c in group:
            table[ord(c)] = _LETTERS[letter]
    return "".join(table)


def _numeral(number: int) -> str:
    return chr(35 + number // BASE**2) + chr(35 + number // BASE % BASE) + chr(35 + number % BASE)


def number_of(numeral: bytes) -> int:
    """The number that an entry writes in three letters."""
    return (numeral[0] - 35) * BASE**2 + (numeral[1] - 35) * BASE + numeral[2] - 35


class _Spelling(NamedTuple):
    """A phrase, its letters and its number."""

    phrase: str
    letters: str
    numeral: str


def _within(phrase: str, known: set[str], borders: int) -> set[int]:
    """The places inside shorter phrases of a phrase, of whole words: a slip there is one in them."""
    size = len(phrase)
    return {
        at
        for length in range(SHORTEST, size)
        for start in range(size - length + 1)
        if phrase[start : start + length] in known and borders >> start & 1 and borders >> start + length & 1
        for at in range(start + 1, start + length - 1)
    }


def _forms(spelling: _Spelling, within: set[int], lacking: set[int], text: list[str], thinned: list[str]) -> None:
    """What each slip leaves of a phrase: its letters, then what else there is to say. A missing character is looked
    for where it shows, at the places `lacking`; what is left without the first or last also finds another there."""
    phrase, letters, numeral = spelling
    size = len(phrase)
    for at in range(size):
        edge = at in (0, size - 1)
        if (at in lacking or edge) and (not at or phrase[at] != phrase[at - 1]):
            text.append(f"{letters[:at]}{letters[at + 1 :]}{_REST}{numeral}")
        if at in within:
            continue
        if at and phrase[at] != phrase[at - 1]:
            text.append(f"{letters[: at - 1]}{letters[at]}{letters[at - 1]}{letters[at + 1 :]}{_REST}{numeral}")
        low = max(0, at - 2)
        if not edge:
            thinned.append(f"{letters[low:at]}{letters[at + 1 : at + 3]}{_REST}{numeral}{chr(_WRONG)}{low}")
        if at:
            thinned.append(f"{letters[low:at]}{letters[at : at + 2]}{_REST}{numeral}{chr(EXTRA)}{low}")


def _index(forms: Iterable[str]) -> Index:
    pairs: list[list[str]] = [[] for _ in range(BASE * BASE)]
    for form in sorted(set(forms)):
        if _RARE not in form[: form.index(_REST)]:
            pairs[(ord(form[0]) - 35) * BASE + ord(form[1]) - 35].append(_ENTRY + form[2:])
    entries = ["".join(pair) for pair in pairs]
    return Index("".join(entries).encode("latin-1"), array("I", accumulate(map(len, entries), initial=0)).tobytes())
