"""Kind `declared-count`: “以下七个方面” and a list of another length."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.numbering import analyse
from reportlint.numerals import to_int
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_BEFORE = 80  # code points before a list in which its number may be announced
_BETWEEN = pattern(r"[^。；！？\n]{0,24}[。：:]?[”）]?[\s\u3000\x00]*")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """A declared number of points directly before a list that has another number of them."""
    for first, listed in _lists(context):
        hit = _declared(params["patterns"], context.text, first)
        if hit is not None and hit[1] != listed and listed > 1:
            start, end = hit[0]
            yield Hit(start, end, {"declared": context.text[start:end], "listed": listed})


def _lists(context: Context) -> Iterator[tuple[int, int]]:
    """Where each list begins and how many items it has; not of one that is faulty in itself."""
    for listing in context.memo(analyse).lists:
        if listing.faults:
            continue
        bounds = [0, *listing.restarts, len(listing.items)]
        for begin, end in itertools.pairwise(bounds):
            if listing.items[begin].ordinal == 1:
                yield listing.items[begin].start, end - begin


def _declared(patterns: tuple[regex.Pattern[str], ...], text: str, first: int) -> tuple[tuple[int, int], int] | None:
    """The number announced directly before a list that begins at `first`, and where it stands."""
    low = max(0, first - _BEFORE)
    for announced in patterns:
        for match in announced.finditer(text, low, first):
            number = to_int(match["n"])
            if number is not None and number > 1 and _BETWEEN.fullmatch(text, match.end(), first):
                return match.span("hit"), number
    return None


KIND = Kind(
    "declared-count",
    "Reports a declared number of points that is not the length of the list that follows.",
    {"patterns": Param("regexes", "with a group `n`, the number, and `hit`, what to report", required=True)},
    run,
)
