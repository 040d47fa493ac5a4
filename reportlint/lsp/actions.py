"""Code actions: what can be done about a finding, about all of them, and about the list under the cursor."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lsprotocol import types as lsp

from reportlint.fixes import choose, fix_text
from reportlint.lsp.diagnostics import diagnostic
from reportlint.lsp.documents import Document
from reportlint.lsp.edits import difference, of_document
from reportlint.model import Finding

FIX_ALL = "source.fixAll.reportlint"
KINDS = (
    lsp.CodeActionKind.QuickFix,
    FIX_ALL,
    lsp.CodeActionKind.RefactorRewrite,
)
_WORDS = {
    "zh": {"fix": "{code}：{fix}", "unsafe": "{code}：{fix}（请核对）", "all": "改正全部有确定改法的问题"},
    "en": {"fix": "{code}: {fix}", "unsafe": "{code}: {fix} (to be checked)", "all": "Fix all safely fixable findings"},
}


def wants(only: Sequence[str] | None, kind: str) -> bool:
    """Whether a client that asks for these kinds wants this one; a kind includes those below it."""
    return only is None or any(kind == o or kind.startswith(f"{o}.") or o == "" for o in only)


def at(document: Document, span: tuple[int, int]) -> list[Finding]:
    """The findings that a range touches."""
    start, end = span
    return [f for f in document.report.findings if f.start <= end and f.end >= start]


def quick_fixes(document: Document, findings: list[Finding], *, versioned: bool) -> Iterator[lsp.CodeAction]:
    """The fix of each finding; the safe ones are preferred."""
    words = _WORDS[document.language]
    for finding in findings:
        fix = finding.fix
        if fix is None:
            continue
        yield lsp.CodeAction(
            title=words["fix" if fix.safe else "unsafe"].format(code=finding.code, fix=fix.message),
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(document, finding)],
            is_preferred=fix.safe,
            edit=of_document(document, fix.edits, versioned=versioned),
        )


def fix_all(document: Document, *, versioned: bool, thorough: bool) -> lsp.CodeAction | None:
    """All safe fixes at once, None where there is none. `thorough`: as `check --fix` does, again and again until there
    is nothing left to mend, which takes a check each time; else those that go together."""
    if not any(f.fix and f.fix.safe for f in document.report.findings):
        return None
    if thorough:
        edits = difference(document.text, fix_text(document.text, document.recheck, unsafe=False).text)
    else:
        edits = sorted(e for f in choose(document.report.findings, unsafe=False) if f.fix for e in f.fix.edits)
    if not edits:
        return None
    return lsp.CodeAction(
        title=_WORDS[document.language]["all"],
        kind=FIX_ALL,
        edit=of_document(document, edits, versioned=versioned),
    )
