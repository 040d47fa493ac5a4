"""`--output-format concise`: a finding a line, as compilers print them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportlint.engine import Report


def render(reports: Iterable[Report]) -> Iterator[str]:
    """The lines."""
    for report in reports:
        for finding in report.findings:
            row, column = report.draft.source.position(finding.start)
            fixable = " [*]" if finding.fix and finding.fix.safe else ""
            place = f"{report.draft.filename}:{row}:{column}"
            yield f"{place}: {finding.code} {finding.severity.label}{fixable} {finding.message}\n"
