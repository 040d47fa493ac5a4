"""Kind `separators`: how the items of a list are closed (GB/T 15834-2011 4.6.3.3, A.5)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from reportlint.checks.base import Context, Hit
from reportlint.checks.listing import Listing
from reportlint.checks.numbering import analyse
from reportlint.draft import BLANKS
from reportlint.outline import Node
from reportlint.rules import Kind

_MARKS = frozenset("，。；：、,;:")
_COMMAS = frozenset("，、")
_LEAST = 1  # paragraphs that end in ；, beside which one that ends in 。 is a slip


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Items with a 句号 inside that end in a 分号, and lists whose items end now so, now so."""
    for listing in context.memo(analyse).lists:
        for items in _in_one_paragraph(listing.items, context.text):
            yield from _judge(items, context.text)
        for items in _one_series(listing):
            yield from _judge_block(items, context.text)
    for items in _dashed(context):
        yield from _judge_block(items, context.text)


def _dashed(context: Context) -> Iterator[list[Node]]:
    """The runs of paragraphs that begin with ——, which have no ordinal to be listed by."""
    run_: list[Node] = []
    for node in context.outline.walk():
        if node.series != "dash" or node.inline or node.children:
            continue
        if run_ and context.text.count("\n", run_[-1].start, node.start) != 1:
            yield run_
            run_ = []
        run_.append(node)
    yield run_


def _one_series(listing: Listing) -> Iterator[list[Node]]:
    """The items that follow one another as paragraphs of their own, each run that begins anew by itself."""
    borders = [0, *listing.restarts, len(listing.items)]
    for start, end in itertools.pairwise(borders):
        items = [node for index, node in enumerate(listing.items[start:end], start) if index not in listing.strangers]
        if not any(node.inline or node.children for node in items):
            yield items


def _judge_block(items: list[Node], text: str) -> Iterator[Hit]:
    """The items of a list of paragraphs, each a sentence of one line; the last ends the list and says nothing."""
    if len(items) <= _LEAST + 1:
        return
    ends: list[int] = []
    for node in items[:-1]:
        end = text.find("\n", node.start)
        body = text[node.marker_end : end].rstrip(BLANKS)
        if "。" in body[:-1]:
            return
        ends.append(node.marker_end + len(body) - 1)
    stops = [at for at in ends if text[at] == "。"]
    if len(stops) == 1 and len(ends) - 1 >= _LEAST and all(text[at] == "；" for at in ends if at != stops[0]):
        yield Hit(stops[0], stops[0] + 1, {"mark": "。", "other": "；"})


def _in_one_paragraph(items: list[Node], text: str) -> Iterator[list[Node]]:
    group: list[Node] = []
    for node in items:
        if group and (not node.inline or "\n" in text[group[-1].start : node.start]):
            yield group
            group = []
        group.append(node)
    yield group


def _judge(items: list[Node], text: str) -> Iterator[Hit]:
    """The items of one paragraph; the last is closed by the paragraph and says nothing."""
    ends: list[tuple[str, int]] = []
    stopped = False
    for node, following in itertools.pairwise(items):
        body = text[node.marker_end : following.start].rstrip(BLANKS)
        last = node.marker_end + len(body) - 1
        # Of two marks at the end, which PUN004 reports, nobody knows which was meant.
        ends.append(("" if body[-2:-1] in _MARKS and body[-2] != body[-1] else body[-1:], last))
        inner = body.find("。", 0, max(0, len(body) - 2))
        if body[-1:] in ("；", ";") and inner >= 0:
            at = node.marker_end + inner
            stopped = True
            yield Hit(at, at + 1, {"marker": text[node.start : node.marker_end]}, (), "inside")
    marks = {mark for mark, _ in ends} & {"。", "；"}
    if len(marks) == 2 and not stopped:
        stops = [at for mark, at in ends if mark == "。"]
        semicolons = [at for mark, at in ends if mark == "；"]
        at = semicolons[0] if len(semicolons) <= len(stops) else stops[0]
        yield Hit(at, at + 1, {"mark": text[at], "other": "。" if text[at] == "；" else "；"})
    elif len(marks) == 1 and not stopped:
        # One comma among them; where there are more, the writer separates the smaller parts so.
        commas = [at for mark, at in ends if mark in _COMMAS]
        if len(commas) == 1 and len(ends) > 1:
            yield Hit(commas[0], commas[0] + 1, {"mark": text[commas[0]], "other": marks.pop()})


KIND = Kind("separators", "Reports lists whose items are closed in two ways.", {}, run)
