"""The skeleton of a report: symbols, folding and selection ranges, all from its outline."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from lsprotocol import types as lsp

from reportlint.draft import BLANKS
from reportlint.judge import LIST_FORMS
from reportlint.lsp.documents import Document
from reportlint.outline import Node
from reportlint.patterns import pattern

_SHOWN = 40  # code points of a title
_TRAILING = BLANKS + "\r\n"
_CLAUSE = pattern(r"[^，,；;：:、。！？!?\n]+")
_SENTENCE = pattern(r"[^。！？；!?;\n]+[。！？；!?;]*[”’）》]*")
_KINDS = (lsp.SymbolKind.Module, lsp.SymbolKind.Namespace, lsp.SymbolKind.Class, lsp.SymbolKind.Method)


def symbols(document: Document) -> list[lsp.DocumentSymbol]:
    """The title and the tree of sections and items."""
    around = document.context.frame
    found = [_symbol(document, node) for node in document.report.outline.sections]
    if around.title is not None:
        title = around.title
        range_ = document.range(title.start, title.end)
        name = _shown(document.report.draft.shown(title.start, title.end)) or "—"
        found.insert(0, lsp.DocumentSymbol(name=name, kind=lsp.SymbolKind.File, range=range_, selection_range=range_))
    return found


def _symbol(document: Document, node: Node) -> lsp.DocumentSymbol:
    text = document.report.draft.text
    end = _trimmed(text, node.start, node.end)
    shown = document.report.draft.shown
    marker, title = shown(node.start, node.marker_end).strip(BLANKS), shown(node.title_start, node.title_end)
    head = max(node.marker_end, min(node.title_end, end))
    listed = node.series in LIST_FORMS or node.inline
    return lsp.DocumentSymbol(
        name=_shown(marker + title.strip(_TRAILING)) or "—",
        kind=lsp.SymbolKind.EnumMember if listed else _KINDS[min(node.level, len(_KINDS)) - 1],
        range=document.range(node.start, max(end, head)),
        selection_range=document.range(node.start, head),
        children=[_symbol(document, child) for child in node.children] or None,
    )


def flat(found: Iterable[lsp.DocumentSymbol], uri: str, container: str | None = None) -> list[lsp.SymbolInformation]:
    """The same for a client that knows no tree."""
    out = []
    for symbol in found:
        location = lsp.Location(uri, symbol.range)
        out.append(lsp.SymbolInformation(location, symbol.name, symbol.kind, container_name=container))
        out += flat(symbol.children or (), uri, symbol.name)
    return out


def _shown(name: str) -> str:
    name = " ".join(name.split())
    return name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"


def _trimmed(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in _TRAILING:
        end -= 1
    return end


def folding(document: Document, most: int | None = None) -> list[lsp.FoldingRange]:
    """A fold for every section and item that runs over several lines; the outer ones where only `most` are wanted."""
    text, position = document.report.draft.text, document.report.draft.source.position
    lines: dict[int, tuple[int, int]] = {}  # the last line and the level of each fold, by its first line
    for node in document.report.outline.walk():
        first = position(node.start)[0] - 1
        last = position(_trimmed(text, node.start, node.end))[0] - 1
        if last > first and first not in lines:
            lines[first] = last, node.level
    kept = sorted(lines.items(), key=lambda fold: fold[1][1])[:most]
    return [lsp.FoldingRange(first, last, kind=lsp.FoldingRangeKind.Region) for first, (last, _) in sorted(kept)]


def selection(document: Document, position: lsp.Position) -> lsp.SelectionRange:
    """The ranges around a position from the innermost: clause, sentence, inline item, paragraph, item, section,
    level above level, the document."""
    offset = document.positions.offset(position)
    text = document.report.draft.text
    spans = [span for span in _spans(document, offset) if span[0] <= offset <= span[1]]
    chain: lsp.SelectionRange | None = None
    outer = (0, len(text))
    # From the outside in; what sticks out of the range around it is none of the levels there.
    for span in [outer, *sorted(spans, key=lambda s: s[0] - s[1])]:
        if span[0] >= span[1] and chain is not None:
            continue
        if chain is None or (outer[0] <= span[0] and span[1] <= outer[1] and span != outer):
            chain = lsp.SelectionRange(document.range(*span), parent=chain)
            outer = span
    assert chain is not None
    return chain


def _spans(document: Document, offset: int) -> Iterator[tuple[int, int]]:
    draft = document.report.draft
    text = draft.text
    for node in document.report.outline.walk():
        if node.start <= offset <= node.end:
            yield node.start, _trimmed(text, node.start, node.end)
            yield node.start, node.body_end if not node.children else min(node.body_end, node.children[0].start)
    index = bisect_right(draft.paragraphs, offset, key=lambda p: p.start) - 1
    if index < 0:
        return
    paragraph = draft.paragraphs[index]
    yield paragraph.start, paragraph.end
    for parts in (_SENTENCE, _CLAUSE):
        for part in parts.finditer(text, paragraph.start, paragraph.end):
            if part.start() <= offset <= part.end():
                start = part.start()
                while start < part.end() and text[start] in BLANKS:
                    start += 1
                yield start, part.end()
                if offset < part.end():
                    break
