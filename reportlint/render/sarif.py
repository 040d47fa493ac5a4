"""`--output-format sarif`: the Static Analysis Results Interchange Format 2.1.0, of OASIS.

The rules come first and the results after them, one at a time, so that nothing but the rules is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from reportlint import __version__, render
from reportlint.engine import Report
from reportlint.explanations import all_explanations, in_language
from reportlint.model import Finding, Fix, Severity
from reportlint.render.place import Fingerprints, places, uri_of
from reportlint.rules import Rule
from reportlint.text import SourceText

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_HELP = {
    "zh": {"why": "为什么：", "remedy": "怎么改：", "standard": "依据："},
    "en": {"why": "Why: ", "remedy": "What to do: ", "standard": "Standard: "},
}
_SENTENCE = {"zh": re.compile(r".*?。", re.DOTALL), "en": re.compile(r".*?\.(?=\s|$)", re.DOTALL)}
_encode = json.JSONEncoder(ensure_ascii=False).encode


class Output(render.Output):
    """The log, with one run."""

    def __init__(self, run: render.RunInfo) -> None:
        super().__init__(run)
        self._rules = run.rules()
        self._index = {rule.code: number for number, rule in enumerate(self._rules)}
        self._fingerprints = Fingerprints()
        self._before = ""

    def start(self) -> Iterator[str]:
        """The tool and its rules."""
        language = self.run.language
        texts = all_explanations() if self._rules else {}
        driver = {
            "name": "reportlint",
            "semanticVersion": __version__,
            "language": _LANGUAGES[language],
            "rules": [_rule(rule, texts.get(rule.code, {}), language) for rule in self._rules],
        }
        yield (
            f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n'
            f'"tool": {{"driver": {_encode(driver)}}},\n'
            f'"language": "{_LANGUAGES[language]}", "columnKind": "unicodeCodePoints", '
            # A lone CR ends a line here, which SARIF does not take for granted.
            '"newlineSequences": ["\\r\\n", "\\n", "\\r"],\n'
            '"results": ['
        )

    def report(self, report: Report) -> Iterator[str]:
        """A result for each finding."""
        uri = uri_of(report.draft.filename)
        prints = self._fingerprints.of(report)
        for finding, fingerprint in zip(report.findings, prints, strict=True):
            yield f"{self._before}\n{_encode(self._result(report.draft.source, finding, uri, fingerprint))}"
            self._before = ","

    def end(self) -> Iterator[str]:
        """The rest: whether every file could be checked."""
        notes = [
            {
                "level": "error",
                "message": {"text": reason},
                "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri_of(name)}}}],
            }
            for name, reason in self.run.failures
        ]
        invocation = {"executionSuccessful": not notes, "toolExecutionNotifications": notes}
        yield f'{chr(10) if self._before else ""}],\n"invocations": [{_encode(invocation)}]\n}}]}}\n'

    def _result(self, source: SourceText, finding: Finding, uri: str, fingerprint: str) -> dict[str, Any]:
        out: dict[str, Any] = {"ruleId": finding.code}
        if finding.code in self._index:
            out["ruleIndex"] = self._index[finding.code]
        region = _region(source, finding.start, finding.end)
        # An empty snippet says nothing of where it is.
        if finding.end > finding.start:
            region["snippet"] = {"text": source.text[finding.start : finding.end]}
        out |= {
            "level": _LEVELS[finding.severity],
            "message": {"text": finding.message},
            "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
            "partialFingerprints": {"reportlint/v1": fingerprint},
        }
        if finding.fix:
            out["fixes"] = [_fix(source, finding.fix, uri)]
        return out


def _rule(rule: Rule, texts: dict[str, Any], language: str) -> dict[str, Any]:
    what = in_language(texts.get("what"), language) or rule.name
    sentence = _SENTENCE[language].match(what)
    help_text = [
        f"{title}{in_language(texts[part], language)}" for part, title in _HELP[language].items() if part in texts
    ]
    return {
        "id": rule.code,
        "name": rule.name,
        "shortDescription": {"text": sentence[0] if sentence else what},
        "fullDescription": {"text": what},
        "help": {"text": "\n".join(help_text) or what},
        "defaultConfiguration": {"level": _LEVELS[rule.severity], "enabled": rule.default},
    }


def _region(source: SourceText, start: int, end: int) -> dict[str, Any]:
    row, column, end_row, end_column = places(source, start, end)
    return {"startLine": row, "startColumn": column, "endLine": end_row, "endColumn": end_column}


def _fix(source: SourceText, fix: Fix, uri: str) -> dict[str, Any]:
    replacements = [
        {"deletedRegion": _region(source, e.start, e.end), "insertedContent": {"text": e.content}} for e in fix.edits
    ]
    return {
        "description": {"text": fix.message},
        "artifactChanges": [{"artifactLocation": {"uri": uri}, "replacements": replacements}],
        "properties": {"applicability": "safe" if fix.safe else "unsafe"},
    }
