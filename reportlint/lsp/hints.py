"""Inlay hints: where a number is declared and another one is listed, the number that is listed."""

from __future__ import annotations

from lsprotocol import types as lsp

from reportlint.checks import KINDS
from reportlint.lsp.documents import Document

_KINDS = ("declared-count", "listed-count")
_WORDS = {
    "zh": ("实为 {n} 项", "前面说“{declared}”，实际列出 {n} 项"),
    "en": ("in fact {n}", "“{declared}” is declared, {n} are listed"),
}


def hints(document: Document, span: tuple[int, int]) -> list[lsp.InlayHint]:
    """The hints within `[start, end]`: one for each finding that says that two numbers differ."""
    low, high = span
    codes = {r.code: r for r in document.checker.rules if r.kind in _KINDS}
    wanted = {(f.code, f.start, f.end) for f in document.report.findings if f.code in codes and low <= f.end <= high}
    out = []
    label, tooltip = _WORDS[document.language]
    for code in sorted({code for code, _, _ in wanted}):
        rule = codes[code]
        for hit in KINDS[rule.kind].run(rule.params, document.context):
            if (code, hit.start, hit.end) not in wanted or not hit.args:
                continue
            said = {"n": hit.args["listed"], "declared": hit.args["declared"]}
            out.append(
                lsp.InlayHint(
                    position=document.position(hit.end),
                    label=label.format(**said),
                    tooltip=tooltip.format(**said),
                    padding_left=True,
                    padding_right=True,
                )
            )
    return sorted(out, key=lambda h: (h.position.line, h.position.character))
