"""`--output-format full`: each finding with the line around it, underlined, and its fix."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reportlint.engine import Report
from reportlint.model import Finding, Severity
from reportlint.render.terminal import columns, text_width, window, wrapped

_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_NAMES = {
    "zh": {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"},
}
_FIX = {
    "zh": {True: "改法", False: "建议"},
    "en": {True: "fix", False: "suggestion"},
}


def render(reports: Iterable[Report], language: str, colour: bool) -> Iterator[str]:
    """The pieces to be written, a finding each."""
    room = columns()
    paint = _painter(colour)
    for report in reports:
        for finding in report.findings:
            yield _block(report, finding, language, room, paint) + "\n"


def severity_name(severity: Severity, language: str) -> str:
    """错误, 警告, 提示."""
    return _NAMES[language][severity]


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
    name = severity_name(finding.severity, language)
    head = f"{report.draft.filename}:{row}:{column}: {finding.code} {name} "
    message = finding.message
    if text_width(head) + text_width(message) > room:
        # Too long for the line: the message gets lines of its own.
        message = "\n" + "\n".join(f"  {part}" for part in wrapped(message, room - 2))
    out = [
        f"{paint(report.draft.filename, '1')}:{row}:{column}: {paint(finding.code, '1;' + tint)} "
        f"{paint(name, tint)} {message}".replace(" \n", "\n"),
        f"{' ' * gutter} {bar}",
        f"{row} {bar} {shown.text}",
        f"{' ' * gutter} {bar} {' ' * shown.before}{paint('^' * shown.width, '1;' + tint)}",
    ]
    if finding.fix:
        label = _FIX[language][finding.fix.safe]
        separator = "：" if language == "zh" else ": "
        out.append(f"{' ' * gutter} {paint('=', '2')} {label}{separator}{paint(finding.fix.message, '32')}")
    return "\n".join(out) + "\n"
