"""Kind `declared-count`: “以下七个方面” and a list of another length."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.numbering import list_at
from reportlint.numerals import to_int
from reportlint.outline import Node
from reportlint.rules import Kind, Param

_BETWEEN = regex.compile(r"[^。；！？\n]{0,24}[。：:]?[”）]?[\s\u3000\x00]*")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """A declared number of points directly before a list that has another number of them."""
    text = context.text
    firsts = {n.start: n for n in context.outline.walk() if n.ordinal == 1 or n.series == "dash"}
    if not firsts:
        return
    starts = sorted(firsts)
    from bisect import bisect_left

    seen: set[int] = set()
    for pattern in params["patterns"]:
        for match in pattern.finditer(text):
            declared = to_int(match["n"])
            at = bisect_left(starts, match.end())
            if declared is None or declared < 2 or at == len(starts):
                continue
            node = firsts[starts[at]]
            if not _BETWEEN.fullmatch(text, match.end(), node.start) or _inside_heading(context, match.start()):
                continue
            listed = _count(context, node)
            start, end = match.span("hit")
            if listed and listed != declared and start not in seen:
                seen.add(start)
                yield Hit(start, end, {"declared": match["hit"], "listed": listed})


def _count(context: Context, node: Node) -> int:
    """The items of the list that begins at `node`; 0 where it cannot be told, or is faulty in itself."""
    found = list_at(context, node.start)
    if found is None:
        return 0
    listing, index, end = found
    if listing.faults or listing.strangers:
        return 0
    return end - index


def _inside_heading(context: Context, offset: int) -> bool:
    """A heading's own number (四、五项措施) is checked against what stands below it elsewhere."""
    return any(n.start <= offset < n.title_end and n.form == "heading" for n in context.outline.walk())


KIND = Kind(
    "declared-count",
    "Reports a declared number of points that is not the length of the list that follows.",
    {"patterns": Param("regexes", "with a group `n`, the number, and `hit`, what to report", required=True)},
    run,
)
