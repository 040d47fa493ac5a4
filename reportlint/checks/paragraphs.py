"""Kind `paragraph-end`: body paragraphs that end with no mark."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, zip_longest
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.numbering import analyse
from reportlint.draft import MASK, Paragraph
from reportlint.judge import LIST_FORMS
from reportlint.outline import Node
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_SENTENCE = pattern(r"[\u4e00-\u9fff][，；。：]")
_WHOLE = pattern(r"[。！？…]")
_ENDS = frozenset("。！？：；…”’）》】〕.!?:;)—*＊×○□_~～|>" + MASK)
_LEAD = pattern(r"[。，].*(?:如下|以下|下列).*[：:]$")
_OPEN_QUOTE = pattern(r"[^。！？；…]”$")
_SHORTEST = 30
_LONG = 50  # code points: a sentence of several clauses as long as this is no heading
_SHORT = 10
_SECOND = pattern(r"。[\u4e00-\u9fff][^。！？]{5,}$")
_WRAPPED = 0.2
_WORDY = LIST_FORMS | {"article"}
_LATIN = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LABEL = pattern(r"[^，。；]{2,8}[：:]")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """The paragraphs of prose that end in a character or a comma (none in a text that was wrapped by hand), or in a
    colon with nothing behind it."""
    text = context.text
    headings = {n.start for n in context.outline.walk() if n.form == "heading" and n.series not in _WORDY}
    prose = [
        p
        for p in context.draft.paragraphs[context.frame.body :]
        if p.end - p.start >= _SHORTEST and not p.level and not p.table and p.start not in headings
    ]
    said = set()
    for hit in _last_items(context):
        said.add(hit.start)
        yield hit
    for at in _cut_short(params["sentences"], context, headings):
        said.add(at)
        yield Hit(at, at + 1, {"mark": text[at]}, (), "comma" if text[at] in "，、," else "")
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
        whole = _WHOLE.search(line) or (len(line) >= _LONG and "，" in line) or _is_sentence(line, params["sentences"])
        if _SENTENCE.search(line) and (whole or line[-1] in "，、"):
            last = paragraph.end - 1
            if last not in said:
                yield Hit(last, paragraph.end, {"mark": text[last]}, (), "comma" if text[last] in "，、," else "")


def _cut_short(sentences: regex.Pattern[str] | None, context: Context, headings: set[int]) -> Iterator[int]:
    """The last characters of short paragraphs that are sentences, for their words or their last comma."""
    text = context.text
    starts = {n.start for n in context.outline.walk() if not n.inline}
    starts |= {p.start for p in (context.frame.closing, context.frame.signature, context.frame.date) if p is not None}
    paragraphs = context.draft.paragraphs[context.frame.body :]
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        if not _SHORT <= paragraph.end - paragraph.start < _SHORTEST or paragraph.level or paragraph.table:
            continue
        at = paragraph.end - 1
        if text[at] in "，、":
            ends = following is None or following.start in starts
            if ends and paragraph.start not in headings and _SENTENCE.search(text, paragraph.start, at):
                yield at
        elif text[at] not in _ENDS and (
            (paragraph.start not in headings and _SECOND.search(text, paragraph.start, paragraph.end))
            or (sentences is not None and sentences.search(text, paragraph.start, paragraph.end))
        ):
            yield at


def _is_sentence(line: str, sentences: regex.Pattern[str] | None) -> bool:
    """Whether a line without a full stop is a sentence for all that: it ends as only sentences do, or has several
    clauses, where a heading plays on two, and no label such as 联系人 opens it."""
    if sentences is not None and sentences.search(line):
        return True
    return line.count("，") > 1 and line[-1] not in _LATIN and not _LABEL.match(line)


def _announcing(context: Context, prose: list[Paragraph]) -> Iterator[Hit]:
    """The paragraphs that end in a colon although the next one goes on with the list or section around them, or in a
    semicolon although they hold whole sentences."""
    text = context.text
    families = (context.outline.sections, *(n.children for n in context.outline.walk()))
    going_on = {n.start for nodes in families for n in nodes[1:] if n.ordinal and n.ordinal > 1 and not n.inline}
    following = {p.start: after.start for p, after in pairwise(context.draft.paragraphs)}
    frame = context.frame
    tail = {p.start for p in (frame.closing, frame.signature, frame.date) if p is not None}
    items = {n.start for n in context.outline.walk() if not n.inline}
    ends_before = {after.start: text[p.end - 1] for p, after in pairwise(context.draft.paragraphs)}
    ends_after = {p.start: text[after.end - 1] for p, after in pairwise(context.draft.paragraphs)}
    short = [p for p in context.draft.paragraphs[context.frame.body :] if p.end - p.start < _SHORTEST]
    announced = [p for p in short if not p.level and not p.table and _LEAD.search(context.draft.line(p))]
    for paragraph in (*prose, *announced):
        after = following.get(paragraph.start)
        if text[paragraph.end - 1] == "；" and paragraph.start not in items:
            # A list without markers ends its items so.
            alone = "；" not in (ends_before.get(paragraph.start), ends_after.get(paragraph.start))
            if alone and ends_before.get(paragraph.start) not in ("：", ":") and "。" in context.draft.line(paragraph):
                yield Hit(paragraph.end - 1, paragraph.end, {"mark": "；"}, (), "semicolon")
        elif text[paragraph.end - 1] in "：:" and (after in going_on or after in tail):
            yield Hit(paragraph.end - 1, paragraph.end, {"mark": text[paragraph.end - 1]}, (), "colon")


def _last_items(context: Context) -> Iterator[Hit]:
    """The last item of a list that ends in a semicolon, and the one item without the mark that all others end in."""
    text = context.text
    after = {p.end: following for p, following in pairwise(context.draft.paragraphs)}
    ends = {p.end for p in context.draft.paragraphs}
    strangers = {d.start for d in context.memo(analyse).disguises}
    starts = {n.start for n in context.outline.walk()}
    for nodes in (context.outline.sections, *(n.children for n in context.outline.walk())):
        families: dict[str, list[Node]] = {}
        for node in nodes:
            if not node.inline and not node.region:
                families.setdefault(node.place, []).append(node)
        for inside in _inside(nodes):
            end = inside[-1].body_end
            following = after.get(end)
            goes_on = following is not None and text[following.end - 1] in "；;"
            if text[end - 1] == "；" and end in ends and not goes_on and not inside[-1].children:
                yield Hit(end - 1, end, {"mark": "；"}, (), "semicolon")
        for items in families.values():
            yield from _closed(items, text, after, strangers, starts)


def _inside(nodes: tuple[Node, ...]) -> Iterator[list[Node]]:
    """The items of each list whose last ones stand inside one paragraph."""
    group: list[Node] = []
    for node in nodes:
        if group and (node.place != group[-1].place or not node.inline):
            if len(group) > 1 and group[-1].inline:
                yield group
            group = []
        group.append(node)
    if len(group) > 1 and group[-1].inline:
        yield group


def _closed(
    items: list[Node], text: str, after: dict[int, Paragraph], strangers: set[int], starts: set[int]
) -> Iterator[Hit]:
    ends = [n.body_end - 1 for n in items]
    marks = [text[at] for at in ends]
    if len(items) < 2:
        return
    last, following = items[-1], after.get(items[-1].body_end)
    # Where all the others end otherwise too, or text of the list goes on, the writer means it so.
    goes_on = bool(last.children)
    if following is not None:
        # A marker of another series may go on with the list.
        goes_on = goes_on or text[following.end - 1] in "；;" or following.start in strangers
    if marks[-1] == "；" and not goes_on and marks[-2] in "；。":
        yield Hit(ends[-1], ends[-1] + 1, {"mark": "；"}, (), "semicolon")
    stops = marks[:-1].count("。")
    semicolons = [i for i, mark in enumerate(marks[:-1]) if mark == "；"]
    if len(semicolons) == 1 and marks[-1] == "。" and stops * 2 >= len(marks) - 2:
        at = ends[semicolons[0]]
        if "。" in text[items[semicolons[0]].start : at]:
            yield Hit(at, at + 1, {"mark": "；"}, (), "semicolon")
    odd = [i for i, mark in enumerate(marks) if mark not in _ENDS]
    if len(odd) == 1 and len(marks) > 2 and sum(mark in "。；" for mark in marks) == len(marks) - 1:
        item, at = items[odd[0]], ends[odd[0]]
        # The last may be a heading of which the text stands in the next paragraph.
        following = after.get(item.body_end)
        runs_on = following is not None and following.start not in starts and at - item.start < _SHORTEST
        if not item.children and not (item is last and runs_on):
            yield Hit(at, at + 1, {"mark": text[at]}, (), "comma" if text[at] in "，、," else "item")


KIND = Kind(
    "paragraph-end",
    "Reports body paragraphs that end with no mark.",
    {"sentences": Param("regex", "how a paragraph ends that is a sentence, however short")},
    run,
)
