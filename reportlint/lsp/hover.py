"""Hover: what was found, why it is wrong, by which standard, and what to do."""

from __future__ import annotations

from lsprotocol import types as lsp

from reportlint.lsp.actions import at
from reportlint.lsp.documents import Document
from reportlint.lsp.pages import explained
from reportlint.render.words import severity_name

_FIX = {"zh": {True: "可直接改正", False: "建议（请核对）"}, "en": {True: "Fix", False: "Suggestion, to be checked"}}


def hover(document: Document, position: lsp.Position) -> lsp.Hover | None:
    """The findings at a position, the shortest first; None where there is none."""
    offset = document.positions.offset(position)
    found = [f for f in at(document, (offset, offset)) if f.start <= offset < max(f.end, f.start + 1)]
    found = found or [f for f in at(document, (offset, offset)) if f.end == offset]
    if not found:
        return None
    found.sort(key=lambda f: (f.end - f.start, f.start, f.code))
    language = document.language
    blocks = []
    for finding in found:
        head = f"**{finding.code}** `{finding.rule}` {severity_name(finding.severity, language)}"
        parts = [head, _escaped(finding.message)]
        if finding.fix:
            parts.append(f"**{_FIX[language][finding.fix.safe]}**　{_escaped(finding.fix.message)}")
        parts.append(explained(finding.code, language))
        blocks.append("\n\n".join(p for p in parts if p))
    start, end = found[0].start, found[0].end
    return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, "\n\n---\n\n".join(blocks)), document.range(start, end))


def _escaped(text: str) -> str:
    """A message quotes the draft, whose signs are no Markdown."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|~" else c for c in text)
