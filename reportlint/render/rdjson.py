"""`--output-format rdjson`: the Reviewdog Diagnostic Format. Its columns count bytes of UTF-8, from 1."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from reportlint import render
from reportlint.engine import Report
from reportlint.model import Finding, Fix
from reportlint.render.place import path_of
from reportlint.text import SourceText

_encode = json.JSONEncoder(ensure_ascii=False).encode


class Output(render.Output):
    """The result, a diagnostic on a line."""

    def __init__(self, run: render.RunInfo) -> None:
        super().__init__(run)
        self._before = ""

    def start(self) -> Iterator[str]:
        """The source of the diagnostics."""
        yield '{"source": {"name": "reportlint"}, "diagnostics": ['

    def report(self, report: Report) -> Iterator[str]:
        """A diagnostic for each finding."""
        path = path_of(report.draft.filename)
        for finding in report.findings:
            yield f"{self._before}\n{_encode(_diagnostic(report.draft.source, finding, path))}"
            self._before = ","

    def end(self) -> Iterator[str]:
        """The end of the array."""
        yield f"{chr(10) if self._before else ''}]}}\n"


def _diagnostic(source: SourceText, finding: Finding, path: str) -> dict[str, Any]:
    out: dict[str, Any] = {
        "message": finding.message,
        "location": {"path": path, "range": _range(source, finding.start, finding.end)},
        "severity": finding.severity.name,
        "code": {"value": finding.code},
    }
    if finding.fix and finding.fix.edits:
        out["suggestions"] = [_suggestion(source, finding.fix)]
    return out


def _suggestion(source: SourceText, fix: Fix) -> dict[str, Any]:
    """The fix as one suggestion: several would be taken for alternatives."""
    edits = sorted(fix.edits)
    start, end = edits[0].start, max(e.end for e in edits)
    text, at = [], start
    for edit in edits:
        text += [source.text[at : edit.start], edit.content]
        at = edit.end
    return {"range": _range(source, start, end), "text": "".join(text)}


def _range(source: SourceText, start: int, end: int) -> dict[str, Any]:
    return {"start": _position(source, start), "end": _position(source, end)}


def _position(source: SourceText, offset: int) -> dict[str, int]:
    return {"line": source.position(offset)[0], "column": source.utf8_column(offset) + 1}
