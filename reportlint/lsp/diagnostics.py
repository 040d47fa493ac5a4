"""Findings as diagnostics, and mistakes in a configuration as diagnostics of its file."""

from __future__ import annotations

import os
from collections.abc import Iterable
from hashlib import blake2b

from lsprotocol import types as lsp

from reportlint.located import YamlError
from reportlint.lsp.documents import Document
from reportlint.lsp.pages import page_uri
from reportlint.lsp.positions import Positions
from reportlint.model import Finding, Severity
from reportlint.text import SourceText

SOURCE = "reportlint"
SUPPRESSION = "suppression"
"""The code of what is said of a comment that silences nothing."""
_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.INFO: lsp.DiagnosticSeverity.Information,
}


def diagnostics(document: Document) -> list[lsp.Diagnostic]:
    """The findings of a document, and the remarks on its comments, in their order."""
    found = [diagnostic(document, finding) for finding in document.report.findings]
    comments = dict(document.report.draft.comments)
    for offset, note in document.report.notes:
        found.append(
            lsp.Diagnostic(
                range=document.range(offset, comments.get(offset, offset)),
                message=note,
                severity=lsp.DiagnosticSeverity.Information,
                code=SUPPRESSION,
                source=SOURCE,
                tags=[lsp.DiagnosticTag.Unnecessary],
            )
        )
    return found


def diagnostic(document: Document, finding: Finding) -> lsp.Diagnostic:
    """A finding as a diagnostic."""
    uri = page_uri(finding.code, document.language)
    return lsp.Diagnostic(
        range=document.range(finding.start, finding.end),
        message=finding.message,
        severity=_SEVERITIES[finding.severity],
        code=finding.code,
        code_description=lsp.CodeDescription(uri) if uri else None,
        source=SOURCE,
        tags=[lsp.DiagnosticTag.Unnecessary] if _superfluous(finding) else None,
        data={"rule": finding.rule, "fix": None if finding.fix is None else "safe" if finding.fix.safe else "unsafe"},
    )


def _superfluous(finding: Finding) -> bool:
    """Whether the fix does nothing but delete all that was found."""
    edits = finding.fix.edits if finding.fix else ()
    return (
        bool(edits)
        and all(not e.content for e in edits)
        and (edits[0].start, edits[-1].end) == (finding.start, finding.end)
    )


def result_id(found: Iterable[lsp.Diagnostic]) -> str:
    """A name for a set of diagnostics, the same for the same."""
    parts = [f"{d.range!r}{d.severity}{d.code}{d.message}{d.tags}{d.data}" for d in found]
    return blake2b("\n".join(parts).encode("utf-8", "backslashreplace"), digest_size=12).hexdigest()


def of_errors(errors: Iterable[Exception], encoding: str) -> dict[str, list[lsp.Diagnostic]]:
    """The mistakes in configurations by the path of their file; one that has no place is left out."""
    found: dict[str, list[lsp.Diagnostic]] = {}
    tables: dict[str, Positions] = {}
    for error in errors:
        if not isinstance(error, YamlError) or error.place is None:
            continue
        path, row, column, length = error.place
        path = os.path.abspath(path)
        if path not in tables:
            tables[path] = Positions(SourceText(_text(path)), encoding)
        found.setdefault(path, []).append(
            lsp.Diagnostic(
                range=_range(tables[path], row, column, length),
                message=error.said,
                severity=lsp.DiagnosticSeverity.Error,
                source=SOURCE,
                code="config",
            )
        )
    return found


def _text(path: str) -> str:
    try:
        with open(path, encoding="utf-8-sig", errors="replace", newline="") as file:
            return file.read()
    except OSError:
        return ""


def _range(positions: Positions, row: int, column: int, length: int) -> lsp.Range:
    starts = positions.source.line_starts
    row = min(row, len(starts) - 1)
    end = positions.source.line_end(row + 1)
    start = min(starts[row] + column, end)
    return positions.range(start, min(start + max(length, 1), end))
