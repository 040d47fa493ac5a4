"""Kind `words`: a dictionary of wrong and right forms, found in one pass whatever its size."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.dated import written_before
from reportlint.checks.lexicon import Table, line_table
from reportlint.checks.segment import stands_alone, words_of
from reportlint.checks.vocabulary import occurrences
from reportlint.model import Edit
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_ALONE = "~"  # before a guard: the form has to be words of its own, and not to lie across others
_READING, _PART = "\x1e", "\x1f"  # record and unit separators: no row of a TSV holds them
_NAMED = "@"  # begins the name of a guard that a row of its own defines and many rows use


class Params(NamedTuple):
    """A dictionary as a check loads it: the wrong forms, a line each, and beside each line what to write instead, the
    pattern that has to match where the wrong form begins and the first year in which it is wrong (both may be empty),
    for each of its readings. The words that tell whether a form stands alone. `guards`: the patterns that have a name,
    a line each: `@name`, part separator, pattern.

    Strings: two thousand rows have to be there for every draft, and a handful is looked at.
    """

    wrong: str
    readings: str
    table: Table | None
    guards: str = ""


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """Reads the dictionary. ValueError, with the line, for a row that is no entry."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    named: dict[str, str] = {}
    path = params["file"]
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            row = line.rstrip("\n").split("\t")
            if number == 1 or not line.strip() or line.startswith("#"):
                continue
            where = f"{os.path.basename(path)}:{number}"
            if len(row) < 3 or not row[0] or row[0] == row[1]:
                raise ValueError(f"{where}: 应为 wrong、right、guard、source（、since）各列 (bad row)")
            guard = named.get(row[2], row[2])
            if guard.startswith(_NAMED):
                raise ValueError(f"{where}: {guard} 没有定义 (no such guard above)")
            try:
                regex.compile(guard.removeprefix(_ALONE))
            except regex.error as error:
                raise ValueError(f"{where}: guard 有误：{error} (bad guard)") from None
            if row[2].startswith(_ALONE) and not params["words"]:
                raise ValueError(f"{where}: 缺少参数 words (a guard that starts with {_ALONE} wants words)")
            since = row[4] if len(row) > 4 else ""
            if since and not since.isdecimal():
                raise ValueError(f"{where}: since 应为年份 (since is a year)")
            if row[0].startswith(_NAMED):
                named[row[0]] = guard
            else:
                found.setdefault(row[0], []).append((row[1], row[2], since))
    readings = "\n".join(_READING.join(_PART.join(e) for e in entries) for entries in found.values())
    guards = "\n".join(map(_PART.join, named.items()))
    return Params("\n".join(found), readings, line_table(params["words"]) if params["words"] else None, guards)


@cache
def _readings(row: str, guards: str) -> tuple[tuple[str, bool, str, int], ...]:
    """The readings of a row: what to write, whether the form has to stand alone, the guard and the year."""
    out = []
    for reading in row.split(_READING):
        right, guard, since = reading.split(_PART)
        guard = _guards(guards).get(guard, guard)
        out.append((right, guard.startswith(_ALONE), guard.removeprefix(_ALONE), int(since or 0)))
    return tuple(out)


@cache
def _guards(joined: str) -> dict[str, str]:
    return dict(line.split(_PART) for line in joined.split("\n") if line)


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The wrong forms, the longest where several overlap."""
    text = context.text
    last = -1
    rows: list[str] = []
    for index, start, end in occurrences(params.wrong, context):
        if start < last:
            continue
        rows = rows or params.readings.split("\n")
        for right, alone, guard, since in _readings(rows[index], params.guards):
            if alone and params.table and not stands_alone(words_of(params.table), text, start, end):
                continue
            matches = not guard or pattern(guard).match(text, start)
            if matches and not written_before(since, context):
                last = end
                yield Hit(start, end, {"right": right}, (Edit(start, end, right),))
                break


KIND = Kind(
    "words",
    "Reports the wrong forms of a dictionary.",
    {
        "file": Param(
            "file",
            "a TSV of wrong, right, guard, source and, for what was right once, since; its first line is a header; "
            "a row whose wrong form is @name defines a guard for the rows below",
            required=True,
        ),
        "words": Param(
            "file",
            f"a TSV of words and their costs, for guards that start with {_ALONE}: words begin and end there",
        ),
    },
    run,
    compile_params,
    lambda params: params.wrong,
)
