"""Kind `words`: a dictionary of wrong and right forms, found in one pass whatever its size."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.model import Edit
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_PIECE = 200_000  # code points
_SHORT = 4_000
_READING, _PART = "\x1e", "\x1f"  # record and unit separators: no row of a TSV holds them


class Params(NamedTuple):
    """A dictionary as a check loads it: the wrong forms, a line each, and beside each line what to write instead and
    the pattern that has to match where the wrong form begins (empty if none), for each of its readings.

    Two strings: two thousand rows have to be there for every draft, and a handful is looked at.
    """

    wrong: str
    readings: str


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """Reads the dictionary. ValueError, with the line, for a row that is no entry."""
    found: dict[str, list[tuple[str, str]]] = {}
    path = params["file"]
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            row = line.rstrip("\n").split("\t")
            if number == 1 or not line.strip() or line.startswith("#"):
                continue
            where = f"{os.path.basename(path)}:{number}"
            if len(row) < 3 or not row[0] or row[0] == row[1]:
                raise ValueError(f"{where}: 应为 wrong、right、guard、source 四列 (bad row)")
            try:
                regex.compile(row[2])
            except regex.error as error:
                raise ValueError(f"{where}: guard 有误：{error} (bad guard)") from None
            found.setdefault(row[0], []).append((row[1], row[2]))
    readings = "\n".join(_READING.join(_PART.join(e) for e in entries) for entries in found.values())
    return Params("\n".join(found), readings)


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The wrong forms, the longest where several overlap."""
    text = context.text
    last = -1
    rows: list[str] = []
    for index, start, end in occurrences(tuple(params.wrong.split("\n")), text):
        if start < last:
            continue
        rows = rows or params.readings.split("\n")
        for reading in rows[index].split(_READING):
            right, guard = reading.split(_PART)
            if not guard or pattern(guard).match(text, start):
                last = end
                yield Hit(start, end, {"right": right}, (Edit(start, end, right),))
                break


@cache
def _automaton(words: tuple[str, ...]) -> tuple[AhoCorasick, int]:
    from ahocorasick_rs import AhoCorasick

    return AhoCorasick(words), max(map(len, words), default=0)


def occurrences(words: tuple[str, ...], text: str) -> Iterator[tuple[int, int, int]]:
    """Every occurrence of every word, overlapping ones too: (index of the word, start, end), by start and the
    longest first. In one pass whatever the number of words, a piece at a time: the automaton keeps eight bytes for
    each byte of its text."""
    if len(text) < _SHORT:
        yield from _few(words, text)
        return
    automaton, longest = _automaton(words)
    for low in range(0, len(text), _PIECE):
        found = automaton.find_matches_as_indexes(text[low : low + _PIECE + longest], overlapping=True)
        found.sort(key=lambda m: (m[1], -m[2]))
        for index, start, end in found:
            if start < _PIECE:
                yield index, start + low, end + low


def _few(words: tuple[str, ...], text: str) -> list[tuple[int, int, int]]:
    """The same for a short text: looking each word up takes less than building the automaton."""
    found = []
    characters = set(text)
    for index, word in enumerate(words):
        if word[0] not in characters or word[-1] not in characters:
            continue
        start = text.find(word)
        while start >= 0:
            found.append((index, start, start + len(word)))
            start = text.find(word, start + 1)
    found.sort(key=lambda m: (m[1], -m[2]))
    return found


KIND = Kind(
    "words",
    "Reports the wrong forms of a dictionary.",
    {"file": Param("file", "a TSV of wrong, right, guard, source; the first line is its header", required=True)},
    run,
    compile_params,
)
