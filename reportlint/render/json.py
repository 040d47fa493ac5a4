"""`--output-format json`: one array, streamed, the same bytes for the same input (CONTRACT section 2)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache

from reportlint import render
from reportlint.engine import Report
from reportlint.model import Finding
from reportlint.text import SourceText

# A string alone is written without building an encoder, of which a hundred thousand findings would need as many.
_quote = lru_cache(8192)(json.JSONEncoder(ensure_ascii=False).encode)


_AT_ONCE = 200  # findings that are written together


class Output(render.Output):
    """The array."""

    def __init__(self, run: render.RunInfo) -> None:
        super().__init__(run)
        self._opening = "["

    def report(self, report: Report) -> Iterator[str]:
        """An element for each finding."""
        filename = _quote(report.draft.filename)
        source, findings = report.draft.source, report.findings
        for low in range(0, len(findings), _AT_ONCE):
            elements = ",\n".join(_element(filename, source, f) for f in findings[low : low + _AT_ONCE])
            yield f"{self._opening}\n{elements}"
            self._opening = ","

    def end(self) -> Iterator[str]:
        """The end of the array."""
        yield "[]\n" if self._opening == "[" else "\n]\n"


def _element(filename: str, source: SourceText, finding: Finding) -> str:
    """A finding in the form of the contract; the file's name comes quoted."""
    start, end = finding.start, finding.end
    place = _place(source, start, end)
    return (
        f'{{"filename": {filename}, "code": "{finding.code}", "rule": {_quote(finding.rule)}, '
        f'"severity": "{finding.severity.label}", "message": {_quote(finding.message)}, '
        f"{place}, "
        f'"text": {_quote(source.text[start:end])}, "fix": {_fix(source, finding, place)}, "url": null}}'
    )


def _fix(source: SourceText, finding: Finding, place: str) -> str:
    fix, span = finding.fix, (finding.start, finding.end)
    if fix is None:
        return "null"
    # Most fixes are one edit of what was found.
    places = (place if (e.start, e.end) == span else _place(source, e.start, e.end) for e in fix.edits)
    edits = ", ".join(f'{{"content": {_quote(e.content)}, {at}}}' for e, at in zip(fix.edits, places, strict=True))
    applicability = "safe" if fix.safe else "unsafe"
    return f'{{"applicability": "{applicability}", "message": {_quote(fix.message)}, "edits": [{edits}]}}'


def _place(source: SourceText, start: int, end: int) -> str:
    row, column = source.position(start)
    end_row, end_column = source.position(end)
    return (
        f'"location": {{"row": {row}, "column": {column}}}, '
        f'"end_location": {{"row": {end_row}, "column": {end_column}}}'
    )


def location(source: SourceText, offset: int) -> dict[str, int]:
    """An offset as row and column, both from 1."""
    row, column = source.position(offset)
    return {"row": row, "column": column}
