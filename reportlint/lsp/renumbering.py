"""Renumbering the list under the cursor: every item gets the ordinal of its place."""

from __future__ import annotations

from itertools import pairwise

from lsprotocol import types as lsp

from reportlint.checks.numbering import Listing, analyse
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
    best: tuple[int, Listing, int] | None = None
    for listing in document.context.memo(analyse).lists:
        for index, node in enumerate(listing.items):
            end = max(node.body_end, node.title_end)
            if node.start <= offset <= end and (best is None or node.start >= best[0]):
                best = node.start, listing, index
    if best is None:
        return None
    _, listing, index = best
    bounds = [0, *listing.restarts, len(listing.items)]
    low, high = next((a, b) for a, b in pairwise(bounds) if a <= index < b)
    items = listing.items[low:high]
    native = next((listing.items[i] for i in range(low, high) if i not in listing.strangers), items[0])
    first = items[0].ordinal or 1
    return items, native, listing.carry + 1 if low == 0 and first != 1 and listing.carry else 1


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
