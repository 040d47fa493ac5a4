"""`--output-format github`: workflow commands of GitHub Actions, which become annotations of a pull request."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import render
from reportlint.engine import Report
from reportlint.model import Severity
from reportlint.render.place import path_of, places
from reportlint.render.words import with_fix
from reportlint.visible import visible, visible_lines

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


class Output(render.Output):
    """The commands, one on a line."""

    def report(self, report: Report) -> Iterator[str]:
        """A command for each finding."""
        file = visible(path_of(report.draft.filename)).translate(_PROPERTY)
        name = visible(report.draft.filename)
        for finding in report.findings:
            row, column, end_row, end_column = places(report.draft.source, finding.start, finding.end)
            place = f"file={file},line={row},endLine={end_row}"
            # Columns are refused where the range has several lines.
            if row == end_row:
                place += f",col={column},endColumn={end_column}"
            title = f"{finding.code} {finding.rule}".translate(_PROPERTY)
            # The log shows the message alone, without the place.
            message = f"{name}:{row}:{column}: {finding.code} {visible_lines(with_fix(finding, self.run.language))}"
            yield f"::{_COMMANDS[finding.severity]} title={title},{place}::{message.translate(_DATA)}\n"

    def end(self) -> Iterator[str]:
        """A command for each file that could not be checked."""
        for name, reason in self.run.failures:
            said = visible_lines(reason).translate(_DATA)
            yield f"::error title=reportlint,file={visible(path_of(name)).translate(_PROPERTY)}::{said}\n"
