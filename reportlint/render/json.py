"""`--output-format json`: one array, streamed, the same bytes for the same input (CONTRACT section 2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from reportlint.engine import Report
from reportlint.model import Finding
from reportlint.text import SourceText

# json.dumps would make a new encoder for each of a hundred thousand findings.
_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def render(reports: Iterable[Report]) -> Iterator[str]:
    """The pieces of the array, to be written one after another."""
    opening = "["
    for report in reports:
        for finding in report.findings:
            yield opening + "\n" + _ENCODE(as_dict(report, finding))
            opening = ","
    yield "[]\n" if opening == "[" else "\n]\n"


def as_dict(report: Report, finding: Finding) -> dict[str, Any]:
    """A finding in the form of the contract."""
    source = report.draft.source
    fix = None
    if finding.fix:
        fix = {
            "applicability": "safe" if finding.fix.safe else "unsafe",
            "message": finding.fix.message,
            "edits": [
                {
                    "content": e.content,
                    "location": location(source, e.start),
                    "end_location": location(source, e.end),
                }
                for e in finding.fix.edits
            ],
        }
    return {
        "filename": report.draft.filename,
        "code": finding.code,
        "rule": finding.rule,
        "severity": finding.severity.label,
        "message": finding.message,
        "location": location(source, finding.start),
        "end_location": location(source, finding.end),
        "text": source.text[finding.start : finding.end],
        "fix": fix,
        "url": None,
    }


def location(source: SourceText, offset: int) -> dict[str, int]:
    """An offset as row and column, both from 1."""
    row, column = source.position(offset)
    return {"row": row, "column": column}
