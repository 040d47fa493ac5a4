"""Completion: the next ordinal of the lists that are open here, and the headings that the profile still wants."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lsprotocol import types as lsp

from reportlint.checks.spelling import spell
from reportlint.draft import BLANKS
from reportlint.judge import LIST_FORMS
from reportlint.lsp.documents import Document
from reportlint.numerals import int_to_han
from reportlint.outline import RANKS, Node
from reportlint.patterns import pattern
from reportlint.profiles import find_roles

TRIGGERS = tuple("。；：\n（一二三四五六七八九十")
_LONGEST = 4  # code points of what may be typed already
_ENDS = "。；：，！？;:,!?"
# 抓好三个方面工作：
_ANNOUNCED = pattern(
    r"(?:[二三四五六七八九十两]|\d)(?:个|项|点|条|大|件|方面)[^。；！？：\n]{0,12}[：:](?=[ \t\u3000\x00]*\Z)"
)
_BELOW = {"han-comma": "（一）", "han-paren": "1.", "arabic-dot": "（1）", "arabic-paren": "①"}
"""The first marker of the level below (GB/T 9704-2012 7.3.3)."""
_IN_BRACKETS = pattern(r"[（(].*[）)]")
_SAID = {
    "zh": {"next": "接“{title}”", "first": "第一项", "below": "下一层次", "wanted": "{profile}应有的部分"},
    "en": {
        "next": "after “{title}”",
        "first": "the first item",
        "below": "one level down",
        "wanted": "wanted in a {profile}",
    },
}


class Proposal(NamedTuple):
    """What may stand at the cursor, and why."""

    text: str
    why: str
    kind: lsp.CompletionItemKind = lsp.CompletionItemKind.EnumMember


def completions(document: Document, position: lsp.Position) -> list[lsp.CompletionItem]:
    """The proposals at a position, the innermost list's first."""
    draft = document.report.draft
    offset = document.positions.offset(position)
    text = draft.text
    row_start = text.rfind("\n", 0, offset) + 1
    head = text[row_start:offset]
    typed = head.lstrip(BLANKS)
    if len(typed) <= _LONGEST and not any(c in _ENDS for c in typed):
        proposals = [*_at_line_start(document, row_start), *_wanted(document, row_start)]
        start = offset - len(typed)
    else:
        start = max(head.rfind(c) for c in _ENDS) + 1 + row_start
        typed = text[start:offset].lstrip(BLANKS)
        start = offset - len(typed)
        if start == row_start or len(typed) > _LONGEST:
            return []
        proposals = list(_in_paragraph(document, row_start, start))
    seen: set[str] = set()
    items: list[lsp.CompletionItem] = []
    for proposal in proposals:
        if not _fits(proposal.text, typed) or proposal.text in seen:
            continue
        seen.add(proposal.text)
        items.append(
            lsp.CompletionItem(
                label=proposal.text,
                kind=proposal.kind,
                detail=proposal.why,
                sort_text=f"{len(items):03}",
                filter_text=proposal.text,
                text_edit=lsp.TextEdit(document.range(start, offset), proposal.text),
            )
        )
    return items


def _fits(proposed: str, typed: str) -> bool:
    """Whether what is typed begins the proposal, or the words of a proposed heading."""
    return proposed != typed and (proposed.startswith(typed) or proposed.partition("、")[2].startswith(typed))


def _at_line_start(document: Document, row_start: int) -> Iterator[Proposal]:
    """The next marker of each level that is open above a line, from the innermost; then the first one of the next
    level down."""
    said = _SAID[document.language]
    chain = _open(document, row_start)
    for node in reversed(chain):
        if node.ordinal is not None and (not node.inline or node.ordinal == 1):
            yield _next(document, node)
    ranked = [n for n in chain if n.series in RANKS and not n.inline]
    if not chain:
        yield Proposal("一、", said["first"])
    elif ranked and ranked[-1].series in _BELOW:
        below = _BELOW[ranked[-1].series]
        if not any(c.series in RANKS and c.start < row_start for c in ranked[-1].children):
            yield Proposal(below, said["below"])


def _open(document: Document, row_start: int) -> list[Node]:
    """The sections and items that a line below all before it stands in, from the outermost."""
    chain: list[Node] = []
    nodes = document.report.outline.sections
    while nodes:
        before = [n for n in nodes if n.start < row_start]
        if not before:
            break
        chain.append(before[-1])
        nodes = before[-1].children
    return chain


def _in_paragraph(document: Document, row_start: int, start: int) -> Iterator[Proposal]:
    """The next item of the lists that run within a paragraph up to `start`; 一是 after a number of points."""
    text = document.report.draft.text
    row_end = text.find("\n", start)
    nodes = [n for n in document.report.outline.walk() if row_start <= n.start and (row_end < 0 or n.start < row_end)]
    later = {(n.series, n.ordinal) for n in nodes if n.start >= start}
    last: dict[str, Node] = {}
    for node in nodes:
        if node.ordinal is not None and node.start < start and (node.inline or node.series in LIST_FORMS):
            last.pop(node.series, None)
            last[node.series] = node
    for node in reversed(last.values()):
        # Within an item that another follows already there is none to be added.
        if (node.series, (node.ordinal or 0) + 1) not in later:
            yield _next(document, node)
    if not last and _ANNOUNCED.search(text, row_start, start):
        yield Proposal("一是", _SAID[document.language]["first"])


def _next(document: Document, node: Node) -> Proposal:
    text = document.report.draft.text
    marker = text[node.start : node.marker_end].strip(BLANKS)
    title = document.report.draft.shown(node.start, min(node.title_end, node.start + 20))
    return Proposal(spell(marker, (node.ordinal or 0) + 1), _SAID[document.language]["next"].format(title=title))


def _wanted(document: Document, row_start: int) -> Iterator[Proposal]:
    """The headings of the parts that the profile wants and no section has."""
    report = document.report
    profile, draft = report.genre.profile, report.draft
    parts = [p for p in profile.parts if p.required]
    if not parts:
        return
    found = find_roles([p.role for p in parts], draft, report.outline, document.context.frame.body)
    why = _SAID[document.language]["wanted"].format(profile=profile.title[document.language])
    marker = _top_marker(document, row_start)
    for part, there in zip(parts, found, strict=True):
        title = _IN_BRACKETS.sub("", part.role.title["zh"])
        if not there.headings and part.role.heading.search(title):
            yield Proposal(marker + title, why, lsp.CompletionItemKind.Module)


def _top_marker(document: Document, row_start: int) -> str:
    """The marker of the next section of the first level."""
    text = document.report.draft.text
    tops = [n for n in document.report.outline.sections if n.start < row_start and not n.inline]
    top = next((n for n in reversed(tops) if n.series in RANKS and n.ordinal is not None), None)
    if top is None or top.ordinal is None:
        return "" if tops else f"{int_to_han(1)}、"
    return spell(text[top.start : top.marker_end].strip(BLANKS), top.ordinal + 1)
