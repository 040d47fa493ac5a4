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


class Params(NamedTuple):
    """`wrong[i]` has the entries `entries[i]`, tried in order: what to write instead, and the pattern that has to
    match where the wrong form begins, empty if none.

    Plain tuples and strings: two thousand of them have to be unpickled for every draft, and three guards are used.
    """

    wrong: tuple[str, ...]
    entries: tuple[tuple[tuple[str, str], ...], ...]


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
    return Params(tuple(found), tuple(tuple(e) for e in found.values()))


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The wrong forms, the longest where several overlap."""
    text = context.text
    last = -1
    for index, start, end in occurrences(params.wrong, text):
        if start < last:
            continue
        for right, guard in params.entries[index]:
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
    for index, word in enumerate(words):
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
