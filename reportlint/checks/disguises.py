"""Markers of another series than that of the list whose item they open: 一是 … 2. … 三是."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import NamedTuple

import regex

from reportlint.checks.base import Context
from reportlint.checks.listing import Listing
from reportlint.checks.sequence import Fault
from reportlint.judge import LIST_FORMS
from reportlint.numerals import int_to_han
from reportlint.outline import Node
from reportlint.patterns import pattern

_THEN = {2: "其次", 3: "再次"}
_SIGNS = 20  # from ① on
_NEXT = 12  # code points: a line break or two and the first characters of the next paragraph
_CLOSE = 1500  # code points: how far apart two items of a list inside a paragraph stand


class Disguise(NamedTuple):
    """A marker `[start, end)` of another series that stands where a list lacks an item."""

    start: int
    end: int
    listing: Listing
    fault: Fault


def disguises(lists: list[Listing], context: Context) -> Iterator[Disguise]:
    """The markers of other series that fill a gap of one: 一是 … 2. … 三是, （一） … 二是 … （三）."""
    text = context.text
    nodes: list[Node] | None = None
    # A list that counts on from the section before is no stranger; one that begins where no list can is.
    lost = {x.items[f.at].start for x in lists for f in x.faults if f.kind == "start"}
    for listing in lists:
        for fault in listing.faults:
            here = listing.items[fault.at]
            if fault.kind != "gap" or not fault.at or here.ordinal != fault.expected + 1:
                continue
            low, n = listing.items[fault.at - 1].marker_end, fault.expected
            nodes = nodes if nodes is not None else sorted(context.outline.walk(), key=lambda x: x.start)
            between = nodes[bisect_left(nodes, low, key=_start) : bisect_left(nodes, here.start, key=_start)]
            # In a row of headings nothing that stands in the middle of a paragraph was meant for one.
            block = not here.inline and here.series not in LIST_FORMS
            strangers = (x for x in between if x.ordinal == n and x.start in lost and x.series != here.series)
            other = next((x for x in strangers if not (block and x.inline)), None)
            if other is not None:
                yield Disguise(other.start, other.marker_end, listing, fault)
                continue
            if low <= here.start <= low + _CLOSE:
                match = _any_marker(n).search(text, low, here.start)
                # What belongs to a list of its own is no stranger.
                own = match and any(x.start == match.start() and x.start not in lost for x in between)
                if match and not own and not _any_marker(n - 1).search(text, low, match.start()):
                    yield Disguise(*match.span(), listing, fault)
    known: set[int] = set()
    for found in _last_disguises(lists, lost, context):
        known.add(found.start)
        yield found
    yield from (d for d in _continuations(lists, context) if d.start not in known)


def _last_disguises(lists: list[Listing], lost: set[int], context: Context) -> Iterator[Disguise]:
    """The markers of other series that end a list: （一） （二） 三是, or 一是 … 二是 … （三） … in one paragraph."""
    text = context.text
    starts = {x.items[0].start: x.items[0] for x in lists if x.items[0].start in lost and len(x.items) == 1}
    known: set[int] | None = None
    for listing in lists:
        last = listing.items[-1]
        n = (last.ordinal or 0) + 1
        if n < 2 or listing.restarts or listing.faults or last.region:
            continue
        fault = Fault(len(listing.items) - 1, "gap", n)
        if last.inline or last.series in LIST_FORMS:
            high = last.body_end if last.inline else min(len(text), last.body_end + _NEXT)
            match = _any_marker(n).search(text, last.marker_end, max(last.marker_end, high))
            known = known if known is not None else {x.start for x in context.outline.walk()}
            if (
                match
                and not _any_marker(n - 1).search(text, last.marker_end, match.start())
                and match.start() not in known
            ):
                yield Disguise(*match.span(), listing, fault)
                continue
        inner = (starts[c.start] for c in last.children if c.start in starts)
        # Figures under the last item may be a list of its own that lost its beginning.
        other = next((x for x in inner if x.ordinal == n and x.place in LIST_FORMS and not x.inline), None)
        if other is not None:
            yield Disguise(other.start, other.marker_end, listing, fault)


def _continuations(lists: list[Listing], context: Context) -> Iterator[Disguise]:
    """The markers that go on, in another series, with the list whose last item stands before them: 1. … （2） …"""
    orphans = [x for x in lists if x.faults and not x.faults[0].at and x.faults[0].kind == "start"]
    if not orphans:
        return
    ends = {x.items[-1].start: x for x in lists}
    above = {child.start: node for node in context.outline.walk() for child in node.children}
    nodes = sorted(context.outline.walk(), key=_start)
    for orphan in orphans:
        first = orphan.items[0]
        ordinal = (first.ordinal or 0) - 1
        if orphan.carry and ordinal == orphan.carry + 1:
            continue  # it counts on from the like list before, and has lost one item
        for node in _open_before(nodes, first, above, context.outline.sections):
            listing = ends.get(node.start)
            if listing is not None and node.ordinal == ordinal and node.series != first.series:
                # A heading over a longer list holds one that lost its beginning; so does a paragraph before it.
                beside = not first.inline or first.start <= node.body_end
                if beside and (len(orphan.items) == 1 or node.form != "heading"):
                    fault = Fault(len(listing.items) - 1, "gap", ordinal + 1)
                    yield Disguise(first.start, first.marker_end, listing, fault)
                break


def _open_before(nodes: list[Node], first: Node, above: dict[int, Node], sections: tuple[Node, ...]) -> Iterator[Node]:
    """The items with which one that begins at a place may go on, the nearest first: those around the place before it,
    and beside each of them the items of words, which end with their paragraph."""
    before = bisect_left(nodes, first.start, key=_start) - 1
    node = nodes[before] if before >= 0 else None
    while node is not None:
        parent = above.get(node.start)
        beside = parent.children if parent is not None else sections
        yield node
        for other in reversed(beside[: bisect_left(beside, node.start, key=_start)]):
            if other.series not in LIST_FORMS or node.series not in LIST_FORMS:
                break
            yield other
        node = parent


def _start(node: Node) -> int:
    return node.start


def _any_marker(n: int) -> regex.Pattern[str]:
    """A marker with this ordinal that opens a clause."""
    han = int_to_han(n)
    sign = f"|{chr(ord('①') + n - 1)}" if n <= _SIGNS else ""
    figures = rf"[（(](?:{han}|{n})[）)]|{han}、|{n}[.．、](?!\d){sign}"
    words = rf"第{han}(?:[，,、]|是)|{han}[是要](?![，。；、])|其{han}[，,、]"
    then = rf"|(?<=[\n。；;])[ \u3000]*\K{_THEN[n]}[，,]" if n in _THEN else ""
    return pattern(rf"(?<=[。；：:;，,])[ \u3000]*\K(?:{figures}|{words}){then}")
