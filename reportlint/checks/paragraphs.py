"""Kind `paragraph-end`: body paragraphs that end with no mark."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from reportlint.checks.base import Context, Hit
from reportlint.draft import MASK, Paragraph
from reportlint.patterns import pattern
from reportlint.rules import Kind

_SENTENCE = pattern(r"[\u4e00-\u9fff][，；。：]")
_WHOLE = pattern(r"[。！？…]")
_ENDS = frozenset("。！？：；…”’）》】〕.!?:;)—*＊×○□_~～|>" + MASK)
_OPEN_QUOTE = pattern(r"[^。！？；…]”$")
_SHORTEST = 30
_WRAPPED = 0.2


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """The paragraphs of prose that end in a character or a comma (none in a text that was wrapped by hand), or in a
    colon with nothing behind it."""
    text = context.text
    headings = {n.start for n in context.outline.walk() if n.form == "heading"}
    prose = [
        p
        for p in context.draft.paragraphs[context.frame.body :]
        if p.end - p.start >= _SHORTEST and not p.level and not p.table and p.start not in headings
    ]
    if not prose:
        return
    yield from _announcing(context, prose)
    open_ended = [
        p for p in prose if text[p.end - 1] not in _ENDS or _OPEN_QUOTE.search(text, max(p.start, p.end - 2), p.end)
    ]
    # Lines that end in the middle of a sentence one after another are the lines of a page, not paragraphs.
    if len(prose) >= 5 and len(open_ended) > _WRAPPED * len(prose):
        return
    for paragraph in open_ended:
        line = context.draft.line(paragraph)
        if context.frame.date is not None and context.frame.date.end == paragraph.end:
            continue  # a whole report in one paragraph ends with its date
        if _SENTENCE.search(line) and (_WHOLE.search(line) or line[-1] in "，、"):
            last = paragraph.end - 1
            yield Hit(last, paragraph.end, {"mark": text[last]}, (), "comma" if text[last] in "，、," else "")


def _announcing(context: Context, prose: list[Paragraph]) -> Iterator[Hit]:
    """The paragraphs that end in a colon although the next one goes on with the list or section around them."""
    text = context.text
    families = (context.outline.sections, *(n.children for n in context.outline.walk()))
    going_on = {n.start for nodes in families for n in nodes[1:] if n.ordinal and n.ordinal > 1 and not n.inline}
    following = {p.start: after.start for p, after in pairwise(context.draft.paragraphs)}
    for paragraph in prose:
        if text[paragraph.end - 1] in "：:" and following.get(paragraph.start) in going_on:
            yield Hit(paragraph.end - 1, paragraph.end, {"mark": text[paragraph.end - 1]}, (), "colon")


KIND = Kind("paragraph-end", "Reports body paragraphs that end with no mark.", {}, run)
