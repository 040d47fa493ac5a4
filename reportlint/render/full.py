"""`--output-format full`: each finding with the line around it, underlined, and its fix."""

from __future__ import annotations

from collections.abc import Iterator

from reportlint import render
from reportlint.engine import Report
from reportlint.model import Finding, Severity
from reportlint.render.terminal import columns, text_width, window, wrapped
from reportlint.render.words import fix_label, severity_name
from reportlint.visible import visible

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}


class Output(render.Output):
    """The findings, a block each."""

    def __init__(self, run: render.RunInfo) -> None:
        super().__init__(run)
        self._room = columns()
        self._paint = _painter(run.colour)

    def report(self, report: Report) -> Iterator[str]:
        """A block for each finding."""
        for finding in report.findings:
            yield _block(report, finding, self.run.language, self._room, self._paint) + "\n"


class _painter:  # noqa: N801 - used as a function
    def __init__(self, colour: bool) -> None:
        self.colour = colour

    def __call__(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self.colour else text


def _block(report: Report, finding: Finding, language: str, room: int, paint: _painter) -> str:
    source = report.draft.source
    row, column = source.position(finding.start)
    start = source.line_starts[row - 1]
    line = source.text[start : source.line_end(row)]
    gutter = len(str(row))
    shown = window(line, finding.start - start, min(finding.end - start, len(line)), room - gutter - 3)
    tint = _COLOURS[finding.severity]
    bar = paint("|", "2")
    filename = visible(report.draft.filename)
    name = severity_name(finding.severity, language)
    head = f"{filename}:{row}:{column}: {finding.code} {name} "
    message = visible(finding.message)
    if text_width(head) + text_width(message) > room:
        # Too long for the line: the message gets lines of its own.
        message = "\n" + "\n".join(f"  {part}" for part in wrapped(message, room - 2))
    out = [
        f"{paint(filename, '1')}:{row}:{column}: {paint(finding.code, '1;' + tint)} "
        f"{paint(name, tint)} {message}".replace(" \n", "\n"),
        f"{' ' * gutter} {bar}",
        f"{row} {bar} {shown.text}",
        f"{' ' * gutter} {bar} {' ' * shown.before}{paint('^' * shown.width, '1;' + tint)}",
    ]
    if finding.fix:
        label = fix_label(finding.fix.safe, language)
        out.append(f"{' ' * gutter} {paint('=', '2')} {label}{paint(visible(finding.fix.message), '32')}")
    return "\n".join(out) + "\n"
