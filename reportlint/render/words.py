"""The words that several formats say: severities, a fix, and the parts of an explanation."""

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
PARTS = {
    "what": {"zh": "检查什么", "en": "What it does"},
    "why": {"zh": "为什么", "en": "Why"},
    "standard": {"zh": "依据", "en": "Standard"},
    "bad": {"zh": "错误示例", "en": "Bad"},
    "good": {"zh": "正确示例", "en": "Good"},
    "remedy": {"zh": "怎么改", "en": "What to do"},
    "options": {"zh": "选项", "en": "Options"},
}
"""What is to be known of a rule, in the order in which it is told, and what each part is called."""


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
