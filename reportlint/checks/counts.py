"""Kind `declared-count`: “以下七个方面” and a list of another length."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.numbering import analyse
from reportlint.numerals import to_int
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_BEFORE = 80  # code points before a list in which its number may be announced
_NUMBER = pattern(r"[二三四五六七八九十两\d][”“个项点条类种大件步对篇道招场方要抓强层：:]")
_LISTED = pattern(r"[：:][^\n]*、[^\n]*|[，：:][^\n]*[0-9]")
"""What the number is of stands beside it: 三个试点村：甲村、乙村、丙村。"""
_BETWEEN = pattern(r"[^。；！？\n]{0,24}[。：:]?[”）]?[\s\u3000\x00]*")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """A declared number of points directly before a list that has another number of them."""
    for first, listed in lists(context):
        hit = _declared(params["patterns"], params["unless"], context, first)
        if hit is not None and hit[1] != listed and listed > 1:
            start, end = hit[0]
            yield Hit(start, end, {"declared": context.text[start:end], "listed": listed})


def lists(context: Context) -> Iterator[tuple[int, int]]:
    """Where each list begins and how many items it has; not of one that is faulty in itself."""
    numbering = context.memo(analyse)
    disguised = {d.listing.items[0].start for d in numbering.disguises}
    for listing in numbering.lists:
        first, last = listing.items[0], listing.items[-1]
        # What ranks above it breaks a list off.
        broken = any(first.start < n.start <= last.end for n in numbering.inverted)
        if listing.faults or first.start in disguised or broken:
            continue
        bounds = [0, *listing.restarts, len(listing.items)]
        for begin, end in itertools.pairwise(bounds):
            if listing.items[begin].ordinal == 1:
                yield listing.items[begin].start, end - begin


def _declared(
    patterns: tuple[regex.Pattern[str], ...], unless: regex.Pattern[str] | None, context: Context, first: int
) -> tuple[tuple[int, int], int] | None:
    """The number announced last before a list that begins at `first`, and where it stands."""
    text = context.text
    low = max(0, first - _BEFORE)
    # No further than the marker will be read: 在两方面发力，一是
    high = min(len(text), first + 1)
    if not _NUMBER.search(text, low, first):
        return None
    found: tuple[tuple[int, int], int] | None = None
    for announced in patterns:
        for match in announced.finditer(text, low, high):
            number = to_int(match["n"])
            span = match.span("hit")
            if number is None or number < 2 or (found and span[0] <= found[0][0]):
                continue
            if unless is not None and unless.match(text, span[0]):
                continue
            between = _BETWEEN.fullmatch(text, match.end(), first)
            if between and not _LISTED.search(between[0]) and not _item_between(context, span[1], first):
                found = span, number
    return found


def _item_between(context: Context, start: int, end: int) -> bool:
    """Whether another item begins in between: the number is then that item's list's."""
    starts = context.memo(_starts)
    index = bisect_left(starts, start)
    return index < len(starts) and starts[index] < end


def _starts(context: Context) -> list[int]:
    return [n.start for n in context.outline.walk()]


KIND = Kind(
    "declared-count",
    "Reports a declared number of points that is not the length of the list that follows.",
    {
        "patterns": Param("regexes", "with a group `n`, the number, and `hit`, what to report", required=True),
        "unless": Param("regex", "numbers that belong to a set phrase"),
    },
    run,
)
