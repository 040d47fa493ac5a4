"""`--output-format junit`: JUnit's XML, in the form that Jenkins has published a schema of.

A draft is a test suite and a finding a test case. A finding below the fail level is a skipped test: it is shown,
and fails nothing, as with the exit status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportlint import render
from reportlint.engine import Report
from reportlint.model import Finding
from reportlint.render.place import path_of
from reportlint.render.words import fix_label, severity_name

# What XML 1.0 has no way to write, not even as a reference.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_ATTRIBUTE = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}
)
_CLEAN = {"zh": "未发现问题", "en": "no problems"}
_LOST = {"zh": "未能检查", "en": "could not be checked"}


class Output(render.Output):
    """The document, a suite at a time."""

    def start(self) -> Iterator[str]:
        """The declaration and the root."""
        yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="reportlint">\n'

    def report(self, report: Report) -> Iterator[str]:
        """The suite of a draft; a clean one has one test, which passes."""
        level = self.run.fail_level(report.draft.filename)
        failing = [level is not None and f.severity >= level for f in report.findings]
        yield _suite(report.draft.filename, max(1, len(failing)), sum(failing), 0, len(failing) - sum(failing))
        where = attribute(path_of(report.draft.filename))
        if not report.findings:
            yield f'    <testcase name="{_CLEAN[self.run.language]}" classname="{where}" time="0"/>\n'
        for finding, fails in zip(report.findings, failing, strict=True):
            yield self._case(report, finding, where, fails)
        yield "  </testsuite>\n"

    def end(self) -> Iterator[str]:
        """A suite with one error for each file that could not be checked, and the end of the root."""
        for name, reason in self.run.failures:
            said = _LOST[self.run.language]
            yield _suite(name, 1, 0, 1, 0)
            yield (
                f'    <testcase name="{said}" classname="{attribute(path_of(name))}" time="0">\n'
                f'      <error type="error" message="{attribute(reason)}"/>\n    </testcase>\n  </testsuite>\n'
            )
        yield "</testsuites>\n"

    def _case(self, report: Report, finding: Finding, where: str, fails: bool) -> str:
        language = self.run.language
        row, column = report.draft.source.position(finding.start)
        lines = [
            f"{report.draft.filename}:{row}:{column}: {finding.code} {severity_name(finding.severity, language)} "
            f"{finding.message}"
        ]
        if finding.fix:
            lines.append(fix_label(finding.fix.safe, language) + finding.fix.message)
        element = "failure" if fails else "skipped"
        return (
            f'    <testcase name="{attribute(f"{finding.code} {finding.rule} ({row}:{column})")}" '
            f'classname="{where}" time="0">\n'
            f'      <{element} type="{finding.severity.label}" message="{attribute(finding.message)}">'
            f"{text(chr(10).join(lines))}</{element}>\n    </testcase>\n"
        )


def _suite(filename: str, tests: int, failures: int, errors: int, skipped: int) -> str:
    return (
        f'  <testsuite name="{attribute(path_of(filename))}" tests="{tests}" failures="{failures}" '
        f'errors="{errors}" skipped="{skipped}" time="0">\n'
    )


def text(value: str) -> str:
    """A text between tags; what XML cannot hold becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", value).translate(_TEXT)


def attribute(value: str) -> str:
    """A text between double quotes; what XML cannot hold becomes U+FFFD."""
    return _FORBIDDEN.sub("\ufffd", value).translate(_ATTRIBUTE)
