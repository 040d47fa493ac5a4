"""Runs the examples inside rules: what a bad one marks is found, a fix gives the fixed text, a good one is silent."""

from __future__ import annotations

from reportlint.engine import Options, Ruleset, check
from reportlint.model import Finding, ReportlintError
from reportlint.patterns import pattern
from reportlint.readers import read_text
from reportlint.rules import Example, Rule

_FIELD = pattern(r"\{\w+\}")


def run_examples(ruleset: Ruleset) -> tuple[int, list[str]]:
    """How many examples the rules have, and a line for each that does not hold."""
    problems, count = [], 0
    for rule in ruleset.rules:
        for example in rule.examples:
            count += 1
            problem = _test(rule, example, ruleset)
            if problem:
                problems.append(f"{rule.path}:{example.line}: {rule.code}: {problem}")
    return count, problems


def _test(rule: Rule, example: Example, ruleset: Ruleset) -> str | None:
    draft = read_text(example.filename, example.text)
    try:
        report = check(draft, ruleset, [rule], Options(profile=example.profile or "general"))
    except ReportlintError as error:
        return str(error)
    fields = {m[0] for wording in rule.message.values() for text in wording.values() for m in _FIELD.finditer(text)}
    unfilled = next((field for f in report.findings for field in fields if field in f.message), None)
    if unfilled:
        return f"信息中的 {unfilled} 没有内容 (a field that the check does not fill)"
    found = tuple((f.start, f.end) for f in report.findings)
    if found != example.spans:
        text = draft.text
        expected, got = ([text[a:b] for a, b in spans] for spans in (example.spans, found))
        return f"应报 {list(example.spans)} {expected}，实报 {list(found)} {got} (expected, got)"
    if example.fixed is not None:
        fixed = apply_fixes(draft.source.text, report.findings)
        if fixed != example.fixed:
            return f"修正后应为“{example.fixed}”，实为“{fixed}” (wrong fix)"
    return None


def apply_fixes(text: str, findings: list[Finding]) -> str:
    """The text with every fix carried out once, from the end; of overlapping edits the later is left out."""
    edits = sorted({e for f in findings if f.fix for e in f.fix.edits}, reverse=True)
    last = len(text) + 1
    for edit in edits:
        if edit.end <= last:
            text = text[: edit.start] + edit.content + text[edit.end :]
            last = edit.start
    return text
