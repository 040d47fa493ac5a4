"""Kind `words`: a dictionary of wrong and right forms, found in one pass whatever its size."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.model import Edit
from reportlint.rules import Kind, Param


class Entry(NamedTuple):
    """What to write instead, and a pattern that has to match where the wrong form begins."""

    right: str
    guard: regex.Pattern[str] | None


class Params(NamedTuple):
    """`wrong[i]` has the entries `entries[i]`, tried in order."""

    wrong: tuple[str, ...]
    entries: tuple[tuple[Entry, ...], ...]


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """Reads the dictionary. ValueError, with the line, for a row that is no entry."""
    found: dict[str, list[Entry]] = {}
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
                guard = regex.compile(row[2]) if row[2] else None
            except regex.error as error:
                raise ValueError(f"{where}: guard 有误：{error} (bad guard)") from None
            found.setdefault(row[0], []).append(Entry(row[1], guard))
    return Params(tuple(found), tuple(tuple(e) for e in found.values()))


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The wrong forms, the longest where several overlap."""
    from ahocorasick_rs import AhoCorasick

    text = context.text
    last = -1
    matches = AhoCorasick(params.wrong).find_matches_as_indexes(text, overlapping=True)
    for index, start, end in sorted(matches, key=lambda m: (m[1], -m[2])):
        if start < last:
            continue
        for entry in params.entries[index]:
            if entry.guard is None or entry.guard.match(text, start):
                last = end
                yield Hit(start, end, {"right": entry.right}, (Edit(start, end, entry.right),))
                break


KIND = Kind(
    "words",
    "Reports the wrong forms of a dictionary.",
    {"file": Param("file", "a TSV of wrong, right, guard, source; the first line is its header", required=True)},
    run,
    compile_params,
)
