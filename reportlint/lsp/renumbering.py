"""Renumbering the list under the cursor: every item gets the ordinal of its place."""

from __future__ import annotations

from itertools import pairwise

from lsprotocol import types as lsp

from reportlint.checks.listing import Listing
from reportlint.checks.numbering import analyse
from reportlint.checks.spelling import spell
from reportlint.draft import BLANKS
from reportlint.lsp.documents import Document
from reportlint.lsp.edits import of_document
from reportlint.model import Edit
from reportlint.outline import Node

_WORDS = {
    "zh": "把“{first}”到“{last}”重新编号为“{start}”到“{end}”",
    "en": "Renumber “{first}” … “{last}” as “{start}” … “{end}”",
}


def renumbering(document: Document, offset: int, *, versioned: bool) -> lsp.CodeAction | None:
    """The action for the innermost list one of whose items holds the offset in its own paragraph; None where there is
    none, or where its ordinals are right."""
    items = _list_at(document, offset)
    if items is None:
        return None
    text = document.report.draft.text
    made = _renumbered(*items, text)
    if not made:
        return None
    before = [text[n.start : n.marker_end].strip(BLANKS) for n in items[0]]
    after = _markers(*items, text)
    title = _WORDS[document.language].format(
        first=before[0], last=before[-1], start=after[0].strip(BLANKS), end=after[-1].strip(BLANKS)
    )
    return lsp.CodeAction(
        title=title,
        kind=lsp.CodeActionKind.RefactorRewrite,
        edit=of_document(document, made, versioned=versioned),
    )


def _list_at(document: Document, offset: int) -> tuple[list[Node], Node, int] | None:
    """The items of the list, the one whose spelling it has, and the ordinal that it begins with."""
    best: tuple[int, int, int] | None = None
    lists = document.context.memo(analyse).lists
    for number, listing in enumerate(lists):
        for index, node in enumerate(listing.items):
            end = max(node.body_end, node.title_end)
            if node.start <= offset <= end and (best is None or node.start >= best[0]):
                best = node.start, number, index
    if best is None:
        return None
    _, number, index = best
    listing = lists[number]
    # A list of one that another directly follows is no list: 一是甲；一是乙；二是丙 has its first ordinal twice.
    bounds = [0, *listing.restarts, len(listing.items)]
    bounds = [bounds[0], *(b for a, b in pairwise(bounds[:-1]) if b - a > 1), bounds[-1]]
    low, high = next((a, b) for a, b in pairwise(bounds) if a <= index < b)
    items = listing.items[low:high]
    native = next((listing.items[i] for i in range(low, high) if i not in listing.strangers), items[0])
    first = items[0].ordinal or 1
    if low == 0 and first != 1 and listing.carry:
        return items, native, listing.carry + 1
    return [*_doubled(document, lists, items[0]), *items, *_after(document, lists, items)], native, 1


def _doubled(document: Document, lists: list[Listing], first: Node) -> list[Node]:
    """The lone items that stand before a list in its own paragraph."""
    found: list[Node] = []
    for listing in reversed(lists):
        own, beside = listing.items, (found or [first])[0]
        if all(n.ordinal == 1 for n in own) and own[-1].start < beside.start and _beside(document, own[-1], beside):
            found[:0] = own
    return found


def _after(document: Document, lists: list[Listing], items: list[Node]) -> list[Node]:
    """The lists that nothing but first items stand before in their own paragraph."""
    found: list[Node] = []
    new = items
    for listing in lists:
        if any(n.ordinal != 1 for n in new):
            break
        last, new = (found or items)[-1], []
        if listing.items[0].start > last.start and _beside(document, last, listing.items[0]):
            found += listing.items
            new = listing.items
    return found


def _beside(document: Document, one: Node, other: Node) -> bool:
    position = document.report.draft.source.position
    same = (one.series, one.level, one.region, one.ordinal) == (other.series, other.level, other.region, other.ordinal)
    return same and one.ordinal == 1 and position(one.start)[0] == position(other.start)[0]


def _markers(items: list[Node], native: Node, first: int, text: str) -> list[str]:
    like = text[native.start : native.marker_end]
    return [
        spell(text[n.start : n.marker_end] if n.series == native.series else like, first + i)
        for i, n in enumerate(items)
    ]


def _renumbered(items: list[Node], native: Node, first: int, text: str) -> list[Edit]:
    made = []
    for node, marker in zip(items, _markers(items, native, first, text), strict=True):
        if text[node.start : node.marker_end] != marker:
            made.append(Edit(node.start, node.marker_end, marker))
    return made
