"""The words that several formats say: severities, and a fix."""

from __future__ import annotations

from reportlint.model import Finding, Severity

_NAMES = {
    "zh": {Severity.ERROR: "错误", Severity.WARNING: "警告", Severity.INFO: "提示"},
    "en": {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "info"},
}
_FIX = {
    "zh": {True: "改法", False: "建议"},
    "en": {True: "fix", False: "suggestion"},
}
_COLON = {"zh": "：", "en": ": "}


def severity_name(severity: Severity, language: str) -> str:
    """错误, 警告, 提示."""
    return _NAMES[language][severity]


def fix_label(safe: bool, language: str) -> str:
    """What a fix is called, with its colon: 改法 where it is safe, else 建议."""
    return _FIX[language][safe] + _COLON[language]


def with_fix(finding: Finding, language: str) -> str:
    """The message of a finding, and on a second line its fix, if it has one."""
    if finding.fix is None:
        return finding.message
    return f"{finding.message}\n{fix_label(finding.fix.safe, language)}{finding.fix.message}"
