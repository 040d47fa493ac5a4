"""`--statistics`: how many findings of which rule, the commonest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint import render
from reportlint.engine import Report
from reportlint.model import Severity
from reportlint.render.words import severity_name


class Row(NamedTuple):
    """A rule that found something."""

    code: str
    rule: str
    severity: str
    found: int
    fixable: int


class Output(render.Output):
    """The table. Nothing but the counts is kept."""

    def __init__(self, run: render.RunInfo) -> None:
        super().__init__(run)
        self._counts: Counter[str] = Counter()
        self._fixable: Counter[str] = Counter()
        self._named: dict[str, tuple[str, str]] = {}

    def report(self, report: Report) -> Iterable[str]:
        """Nothing yet: a table is sorted."""
        for finding in report.findings:
            self._counts[finding.code] += 1
            self._fixable[finding.code] += finding.fix is not None
            self._named[finding.code] = (finding.rule, finding.severity.label)
        return ()

    def rows(self) -> list[Row]:
        """The rows in their order."""
        codes = sorted(self._counts, key=lambda code: (-self._counts[code], code))
        return [Row(c, *self._named[c], self._counts[c], self._fixable[c]) for c in codes]

    def end(self) -> Iterator[str]:
        """The lines of the table."""
        rows = self.rows()
        width = max((len(str(row.found)) for row in rows), default=0)
        room = max(len(severity_name(s, self.run.language)) for s in Severity)
        for row in rows:
            severity = severity_name(Severity[row.severity.upper()], self.run.language)
            yield f"{row.found:>{width}}  {row.code}  {severity:<{room}}  {row.rule}\n"
