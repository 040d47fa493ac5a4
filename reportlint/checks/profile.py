"""Kind `profile`: what the genre of a draft wants, and the draft has not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.checks.base import Context, Hit
from reportlint.checks.families import has_content, plain
from reportlint.draft import Paragraph
from reportlint.model import Severity
from reportlint.outline import Node
from reportlint.patterns import pattern
from reportlint.profiles import Found, Part, Role, find_roles
from reportlint.rules import Kind, Param

_CLAUSE = pattern(r"[^，。；：！？,;:!?\n]{1,20}")
_SIGNATURE_LONGEST = 20
_ATTACHED = pattern(r"附件|\d{1,2}[.．、]|[（(]联系")
_ON_ITSELF = pattern("自[查评]|自检|法治政府建设|信息公开|年度报告|审查结果|公示|公开")
_DIGIT = pattern("[0-9]")
_LETTERS = {"zh": "、", "en": ", "}


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """The hits for one thing wanted."""
    yield from _WANTS[params["wants"]](context)


def _first(context: Context) -> tuple[int, int]:
    """The first words of a draft, where what is missing at its head is reported."""
    paragraphs = context.draft.paragraphs
    start = paragraphs[0].start if paragraphs else 0
    match = _CLAUSE.match(context.text, start)
    return start, match.end() if match else start


def _last(context: Context) -> tuple[int, int]:
    """The last character, where what is missing at the end is reported."""
    paragraphs = context.draft.paragraphs
    end = paragraphs[-1].end if paragraphs else 0
    return max(0, end - 1), end


def _title(context: Context) -> Iterator[Hit]:
    want = context.profile.wants.get("title")
    if want and context.frame.title is None:
        said = {"example": want.example, "profile": context.profile.title}
        yield Hit(*_first(context), said, severity=want.severity)


def _salutation(context: Context) -> Iterator[Hit]:
    want = context.profile.wants.get("salutation")
    if want is None or _is_headless(context):
        return
    found = context.frame.salutation
    if found is None or (want.pattern and not want.pattern.search(context.draft.line(found))):
        at = context.draft.paragraphs[min(context.frame.body, len(context.draft.paragraphs) - 1)]
        match = _CLAUSE.match(context.text, at.start)
        yield Hit(
            at.start,
            match.end() if match else at.end,
            {"example": want.example, "profile": context.profile.title},
            severity=want.severity or (Severity.INFO if _is_published(context) else None),
        )


def _is_headless(context: Context) -> bool:
    """Whether a draft lost its title: what else its genre wants is then a guess on a guess."""
    return context.frame.title is None and "title" in context.profile.wants and bool(context.outline.sections)


def _is_published(context: Context) -> bool:
    """Whether nothing of a letter is left of what is else a letter: a report as it is put on a web site, with no
    addressee, closing or signature."""
    frame, wants = context.frame, context.profile.wants
    if "signature" not in wants or "closing" not in wants:
        return False
    title = "".join(context.draft.line(p) for p in context.draft.paragraphs[: frame.body])
    return (frame.closing is None and frame.date is None) or _ON_ITSELF.search(title) is not None


def _closing(context: Context) -> Iterator[Hit]:
    want = context.profile.wants.get("closing")
    if want is None or want.pattern is None:
        return
    if _is_headless(context):
        return
    closing = context.frame.closing
    if closing is not None and want.pattern.search(context.draft.line(closing)):
        return
    signed = (context.frame.signature, context.frame.date)
    tail = [p for p in context.draft.paragraphs[-12:] if p not in signed]
    # A closing is short, or the end of the last paragraphs: 特此报告 at the end of a long one counts.
    for paragraph in tail:
        line = context.draft.line(paragraph)
        if want.pattern.search(line[-60:]):
            return
    said = {"example": want.example, "profile": context.profile.title}
    yield Hit(*_last(context), said, severity=want.severity)


def _signature(context: Context) -> Iterator[Hit]:
    want = context.profile.wants.get("signature")
    signature, date = context.frame.signature, context.frame.date
    if want is None or (signature and date):
        return
    said = {"example": want.example, "profile": context.profile.title}
    if date is not None:
        if not _signed(context, date):
            yield Hit(date.start, date.end, said, variant="unsigned", severity=want.severity)
    elif signature is not None:
        yield Hit(signature.start, signature.end, said, variant="undated", severity=want.severity)
    else:
        yield Hit(*_last(context), said, severity=want.severity)


def _signed(context: Context, date: Paragraph) -> bool:
    """Whether a line above the date may be a signature (述职人：张三), or one under the title names the speaker."""
    paragraphs = context.draft.paragraphs
    index = paragraphs.index(date)
    above = context.draft.line(paragraphs[index - 1]) if index else ""
    head = paragraphs[: context.frame.body]
    beside = [p for p in head if p not in (context.frame.title, context.frame.salutation)]
    # A number or a date under the title says nothing of who speaks.
    speaker = [p for p in beside if not _DIGIT.search(context.text, p.start, p.end)]
    return bool(speaker) or (
        len(above) <= _SIGNATURE_LONGEST and above[-1:] not in "。；！" and not _ATTACHED.match(above)
    )


def _parts(context: Context) -> list[tuple[Part, Found]]:
    parts = context.profile.parts
    found = find_roles([p.role for p in parts], context.draft, context.outline, context.frame.body)
    return list(zip(parts, found, strict=True))


def _is_broken(context: Context) -> bool:
    """Whether a heading stands twice, and took the place of another, or one has lost what stood below it: what is
    wanting then is said there."""
    top = [n for n in context.outline.sections if n.form == "heading" and not n.region]
    titles = {plain(context.text, n) for n in top}
    return len(titles) < len(top) or (len(top) > 1 and sum(not has_content(context, n) for n in top) == 1)


def _section(context: Context) -> Iterator[Hit]:
    if context.memo(_is_broken):
        return
    for part, found in context.memo(_parts):
        if part.required and not found.headings and found.sentence is None:
            said = {"role": part.role.title, "profile": context.profile.title}
            yield Hit(*_first(context), said, key=part.role.name)


def _heading(context: Context) -> Iterator[Hit]:
    if not context.outline.sections or context.memo(_is_broken):
        return
    for part, found in context.memo(_parts):
        if part.required and part.headed and not found.headings and found.sentence:
            yield Hit(*found.sentence, {"role": part.role.title})


def _order(context: Context) -> Iterator[Hit]:
    """Parts whose top-level section stands before that of a part that should precede it."""
    reached = -1
    before: Part | None = None
    parts = context.memo(_parts)
    named = {node.start for _, found in parts for node in found.headings}
    for part, found in parts:
        if not part.ordered:
            continue
        top = _top(context, _placed(context, part.role, found.headings))
        if top is None:
            # What was done often stands under headings of its own, which do not say so: 一、抓学习 二、抓落实.
            if before is None and reached < 0 and found.sentence is not None:
                own = _unnamed(context, named, found.sentence[0])
                reached, before = (own, part) if own is not None else (reached, before)
            continue
        index, node = top
        if index < reached and before is not None:
            yield Hit(node.start, node.title_end, {"role": part.role.title, "before": before.role.title})
        elif index >= reached:
            reached, before = index, part


def _placed(context: Context, role: Role, headings: tuple[Node, ...]) -> tuple[Node, ...]:
    """The headings of a role whose place counts."""
    if role.anywhere is None:
        return headings
    return tuple(n for n in headings if not role.anywhere.search(context.text, n.title_start, n.title_end))


def _top(context: Context, headings: tuple[Node, ...]) -> tuple[int, Node] | None:
    """The first top-level section that is one of the headings, with its index."""
    starts = {h.start for h in headings}
    for index, section in enumerate(context.outline.sections):
        if section.start in starts:
            return index, section
    return None


def _unnamed(context: Context, named: set[int], offset: int) -> int | None:
    """The index of the top-level section around a place, if no part of the genre names it."""
    for index, section in enumerate(context.outline.sections):
        if section.start <= offset < section.end:
            return index if section.start not in named else None
    return None


_WANTS = {
    "title": _title,
    "section": _section,
    "order": _order,
    "heading": _heading,
    "salutation": _salutation,
    "closing": _closing,
    "signature": _signature,
}

KIND = Kind(
    "profile",
    "Reports what the draft's genre wants and the draft has not.",
    {"wants": Param("choice", "what is wanted", required=True, choices=tuple(_WANTS))},
    run,
)
