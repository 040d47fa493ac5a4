"""`--output-format gitlab`: a Code Quality report of GitLab CI."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reportlint import render
from reportlint.engine import Report
from reportlint.model import Severity
from reportlint.render.place import Fingerprints, path_of, places

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}
_encode = json.JSONEncoder(ensure_ascii=False).encode


class Output(render.Output):
    """The array of issues."""

    def __init__(self, run: render.RunInfo) -> None:
        super().__init__(run)
        # GitLab drops the second of two issues with one fingerprint.
        self._fingerprints = Fingerprints()
        self._opening = "["

    def report(self, report: Report) -> Iterator[str]:
        """An issue for each finding."""
        path = path_of(report.draft.filename)
        prints = self._fingerprints.of(report)
        for finding, fingerprint in zip(report.findings, prints, strict=True):
            row, column, end_row, end_column = places(report.draft.source, finding.start, finding.end)
            issue = {
                "description": f"{finding.code}: {finding.message}",
                "check_name": finding.code,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": path,
                    "lines": {"begin": row, "end": end_row},
                    "positions": {
                        "begin": {"line": row, "column": column},
                        "end": {"line": end_row, "column": end_column},
                    },
                },
            }
            yield f"{self._opening}\n{_encode(issue)}"
            self._opening = ","

    def end(self) -> Iterator[str]:
        """The end of the array."""
        yield "[]\n" if self._opening == "[" else "\n]\n"
