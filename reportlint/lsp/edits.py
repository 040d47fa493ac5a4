"""Edits as the protocol has them: of a document that is open, with the version they are made for."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from lsprotocol import types as lsp

from reportlint.lsp.documents import Document
from reportlint.model import Edit

_SMALL = 2_000  # code points of a changed stretch, up to which it is compared character by character


def text_edits(document: Document, edits: Iterable[Edit]) -> list[lsp.TextEdit]:
    """Edits of a draft as edits of its document."""
    return [lsp.TextEdit(document.range(e.start, e.end), e.content) for e in edits]


def of_document(document: Document, edits: Iterable[Edit], *, versioned: bool) -> lsp.WorkspaceEdit:
    """Edits of a document. `versioned`: the client refuses them where the document has changed meanwhile."""
    snapshot, made = document.snapshot, text_edits(document, edits)
    if not versioned:
        return lsp.WorkspaceEdit(changes={snapshot.uri: made})
    named = lsp.OptionalVersionedTextDocumentIdentifier(uri=snapshot.uri, version=snapshot.version)
    return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(named, list(made))])


def difference(old: str, new: str) -> list[Edit]:
    """Small edits that turn one text into another, so that cursors and folds elsewhere stay where they are."""
    if old == new:
        return []
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    if len(before) == len(after):
        return list(_by_line(before, after))
    edits: list[Edit] = []
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, low, high, first, last in matcher.get_opcodes():
        if tag != "equal":
            edits += _within(starts[low], "".join(before[low:high]), "".join(after[first:last]))
    return edits


def _by_line(before: list[str], after: list[str]) -> Iterator[Edit]:
    start = 0
    for old, new in zip(before, after, strict=True):
        if old != new:
            yield from _within(start, old, new)
        start += len(old)


def _within(start: int, old: str, new: str) -> Iterator[Edit]:
    low = 0
    while low < min(len(old), len(new)) and old[low] == new[low]:
        low += 1
    high = 0
    while high < min(len(old), len(new)) - low and old[-1 - high] == new[-1 - high]:
        high += 1
    old, new = old[low : len(old) - high], new[low : len(new) - high]
    start += low
    if not old or not new or len(old) + len(new) > _SMALL:
        yield Edit(start, start + len(old), new)
        return
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield Edit(start + i, start + j, new[k:m])
