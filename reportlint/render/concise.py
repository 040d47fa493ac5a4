"""`--output-format concise`: a finding a line, as compilers print them."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import render
from reportlint.engine import Report
from reportlint.visible import visible


class Output(render.Output):
    """The lines."""

    def report(self, report: Report) -> Iterator[str]:
        """A line for each finding."""
        name = visible(report.draft.filename)
        for finding in report.findings:
            row, column = report.draft.source.position(finding.start)
            fixable = " [*]" if finding.fix and finding.fix.safe else ""
            place = f"{name}:{row}:{column}"
            yield f"{place}: {finding.code} {finding.severity.label}{fixable} {visible(finding.message)}\n"
