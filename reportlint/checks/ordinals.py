"""Kind `numbering`: what is wrong with the ordinals of a draft, and the fix where it is plain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from reportlint.checks.base import Context, Hit
from reportlint.checks.disguises import Disguise
from reportlint.checks.listing import Listing
from reportlint.checks.numbering import analyse
from reportlint.checks.sequence import Fault
from reportlint.checks.spelling import spell
from reportlint.judge import LIST_FORMS
from reportlint.model import Edit
from reportlint.outline import RANKS, Node
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_LONE = {"shi", "yao", "di", "qi", "han-comma", "han-paren", "arabic-dot", "arabic-paren", "circled"}
_FIRST_FIGURES = tuple(mark + one for mark in "：。；" for one in ("①", "（一）", "（1）", "(1)", "1.", "1．", "1、"))
_TO_SECOND = str.maketrans("①一1", "②二2")
_FAR = 2000  # code points: how far from the first item the second may stand
_ATTACHED = pattern(r"[ \u3000]*(?:附|注)")
_SECOND = pattern("其次|另一方面|再次|再者|另外|此外")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """The hits of one kind of defect."""
    numbering = context.memo(analyse)
    defect = params["defect"]
    if defect == "inverted":
        yield from (Hit(n.start, n.marker_end, {"series": n.series}) for n in numbering.inverted)
    elif defect == "skipped":
        for node, parent in numbering.skipped:
            yield Hit(node.start, node.marker_end, {"above": context.text[parent.start : parent.marker_end].strip()})
    elif defect == "mixed":
        for listing in numbering.lists:
            yield from _mixed(listing, context.text)
        yield from (_disguised(d, context.text) for d in numbering.disguises)
    elif defect == "lone":
        spoken = {d.listing.items[-1].start for d in numbering.disguises} | {d.start for d in numbering.disguises}
        for listing in numbering.lists:
            words = listing.items[0].series in LIST_FORMS
            # Where levels are inverted, a list is broken up by that.
            if not (numbering.inverted and listing.items[0].place in RANKS) and listing.items[-1].start not in spoken:
                yield from (hit for hit in _lone(listing) if not words or not _has_second(context, hit.end))
        yield from _lone_figures(context)
    else:
        counting = _counting(numbering.lists)
        # What NUM005 says already: the stranger itself, and the marker after the gap that it fills.
        spoken = {d.start for d in numbering.disguises}
        spoken |= {d.listing.items[d.fault.at].start for d in numbering.disguises}
        for listing in numbering.lists:
            for fault in listing.faults:
                if (
                    fault.kind == defect
                    and fault.at not in listing.strangers
                    and listing.items[fault.at].start not in spoken
                    and not _after_aspects(listing, fault, context)
                ):
                    yield _hit(listing, fault, context, counting)


def _after_aspects(listing: Listing, fault: Fault, context: Context) -> bool:
    """Whether a list that seems to begin at its third item counts on from 一方面 … 另一方面."""
    node = listing.items[fault.at]
    if fault.kind != "start" or node.ordinal != 3 or node.series not in LIST_FORMS:
        return False
    paragraph = context.paragraph_at(node.start)
    return paragraph is not None and "另一方面" in context.text[paragraph.start : node.start]


def _hit(listing: Listing, fault: Fault, context: Context, counting: dict[str, int]) -> Hit:
    text = context.text
    node = listing.items[fault.at]
    before = listing.items[fault.at - 1] if fault.at else None
    marker = text[node.start : node.marker_end].strip()
    like = text[before.start : before.marker_end].strip() if before and before.series == node.place else marker
    missing = [f"“{spell(like, n)}”" for n in range(fault.expected, node.ordinal or 0)]
    many = len(missing) > 3
    args = {
        "marker": marker,
        "expected": spell(like, fault.expected),
        "missing": {
            "zh": "".join(missing[:3]) + ("等" if many else ""),
            "en": ", ".join(missing[:3]) + (" …" if many else ""),
        },
        "previous": text[before.start : before.marker_end].strip() if before else "",
        "row": context.draft.source.position(before.start)[0] if before else 0,
    }
    # Where lists count on across sections, what is done to one would have to be done to all.
    first = listing.items[0]
    alone = counting.get(first.place, -1) < first.start and (first.ordinal == 1 or not listing.carry)
    edits = _renumbered(listing, fault, text) if alone and fault.kind in ("duplicate", "gap") else ()
    return Hit(node.start, node.marker_end, args, edits)


def _counting(lists: list[Listing]) -> dict[str, int]:
    """By series, where the last list begins that does not begin at 1, but counts on from one before."""
    return {x.items[0].place: x.items[0].start for x in lists if x.items[0].ordinal != 1}


def _renumbered(listing: Listing, fault: Fault, text: str) -> tuple[Edit, ...]:
    """Renumbers the list from a doubled ordinal or a gap on, as long as nothing else is wrong with it."""
    if fault is not listing.faults[-1]:
        return ()
    edits = []
    expected = fault.expected
    for index in range(fault.at, len(listing.items)):
        node = listing.items[index]
        if index > fault.at and node.ordinal == 1:
            break
        marker = text[node.start : node.marker_end]
        if node.ordinal != expected:
            edits.append(Edit(node.start, node.marker_end, spell(marker, expected)))
        expected += 1
    return tuple(edits)


def _mixed(listing: Listing, text: str) -> Iterator[Hit]:
    items = listing.items
    native = next((n for i, n in enumerate(items) if i not in listing.strangers), None)
    if native is None:
        return
    norm = text[native.start : native.marker_end].strip()
    for index in sorted(listing.strangers):
        if index - 1 in listing.strangers:
            continue
        node = items[index]
        yield Hit(
            node.start,
            node.marker_end,
            {
                "marker": text[node.start : node.marker_end].strip(),
                "first": norm,
                "expected": spell(norm, node.ordinal or 0),
            },
            variant="" if index else "first",
        )


def _disguised(disguise: Disguise, text: str) -> Hit:
    start, end, listing, fault = disguise
    first = listing.items[0]
    like = text[first.start : first.marker_end].strip()
    args = {"marker": text[start:end].strip(), "first": like, "expected": spell(like, fault.expected)}
    return Hit(start, end, args)


def _has_second(context: Context, offset: int) -> bool:
    """Whether 其次 or 另一方面 goes on with a list that 一是 opened."""
    paragraph = context.paragraph_at(offset)
    if paragraph is None:
        return False
    second = _SECOND.search(context.text, offset, paragraph.end)
    # 首先 before it has a second of its own.
    return second is not None and context.text.find("首先", offset, second.start()) < 0


def _lone(listing: Listing) -> Iterator[Hit]:
    items = listing.items
    starts = [0, *listing.restarts, len(items)]
    if items[0].series not in _LONE or listing.faults:
        return
    for begin, end in pairwise(starts):
        node = items[begin]
        alone = node.series in LIST_FORMS or (len(items) == 1 and _opens_list(node))
        if end - begin == 1 and node.ordinal == 1 and alone:
            yield Hit(node.start, node.marker_end, {"marker": node.series})


def _lone_figures(context: Context) -> Iterator[Hit]:
    """The figures inside paragraphs that begin a list which has no second item."""
    text = context.text
    known = {n.start for n in context.outline.walk()}
    for opener in _FIRST_FIGURES:
        at = text.find(opener)
        while at >= 0:
            start, end = at + 1, at + len(opener)
            paragraph = context.paragraph_at(start)
            second = opener[1:].translate(_TO_SECOND)
            ratio = text[at - 1 : at].isdecimal() or text[end : end + 1].isdecimal()  # 按3：1、4：1的比例
            alone = start not in known and not ratio and text.find(second, end, end + _FAR) < 0
            listed = paragraph is not None and not paragraph.table and not _ATTACHED.match(text, paragraph.start)
            if alone and listed:
                yield Hit(start, end, {"marker": ""})
            at = text.find(opener, end)


def _opens_list(node: Node) -> bool:
    """Whether a figure is the marker of a list: it opens a paragraph, not in an annex."""
    return not node.inline and node.region == 0 and (node.form != "item" or node.series != "han-comma")


KIND = Kind(
    "numbering",
    "Reports one kind of defect in the numbering of sections and lists.",
    {
        "defect": Param(
            "choice",
            "which defect",
            required=True,
            choices=("gap", "duplicate", "start", "order", "mixed", "lone", "inverted", "skipped"),
        )
    },
    run,
)
