"""The lists that the sections and items of a draft make, and what is wrong with them: what several kinds ask of it."""

from __future__ import annotations

from bisect import bisect_left
from itertools import groupby
from typing import NamedTuple

from reportlint.checks.base import Context
from reportlint.checks.disguises import Disguise, disguises
from reportlint.checks.listing import Listing
from reportlint.checks.sequence import Fault, faults
from reportlint.judge import LIST_FORMS
from reportlint.outline import RANKS, Node
from reportlint.patterns import pattern

_ALWAYS_NEW = frozenset({"arabic-dot", "decimal", "arabic-paren", "circled"}) | LIST_FORMS
"""Series of which a section may hold several lists: a 1 begins the next one."""
_CONTINUE = {"han-comma", "han-paren", "arabic-dot", "article", "chapter", "section", "arabic-paren"}
_LEAD_IN = pattern(r"(?r)(?:[。\n]|\A)[^，。；：、\n]{2,14}[，：]")  # read backwards from a marker
_LEAD = 20  # code points
_FEWEST = 2
_STOPS = "。；！"
_PARTING = pattern("同志们|各位|朋友们|代表们|主任[、，]|谢谢|以上|特此")
_LEVELS = ("han-comma", "han-paren", "arabic-dot", "arabic-paren", "circled")


class Numbering(NamedTuple):
    """Everything the numbering of a draft shows. `nested`: where the items begin whose level is inverted."""

    lists: list[Listing]
    inverted: list[Node]
    skipped: list[tuple[Node, Node]]
    disguises: list[Disguise]
    nested: set[int]


def analyse(context: Context) -> Numbering:
    """The lists of a draft, with their faults."""
    out = Numbering([], [], [], [], set())
    last: dict[tuple[int, str], int] = {}
    roots = [list(g) for _, g in groupby(context.outline.sections, key=lambda n: n.region)]
    for nodes in roots:
        _analyse(nodes, None, context, out, last)
    out.disguises.extend(disguises(out.lists, context))
    return out


def _analyse(
    nodes: list[Node], parent: Node | None, context: Context, out: Numbering, last: dict[tuple[int, str], int]
) -> None:
    words = [n for n in nodes if n.place in LIST_FORMS and n.ordinal is not None]
    for listing in _word_lists(words, context.text):
        out.lists.append(_judged(listing, context))
    by_series: dict[str, list[Node]] = {}
    for node in nodes:
        if node.place in RANKS and node.ordinal is not None:
            by_series.setdefault(node.place, []).append(node)
    for series, items in by_series.items():
        if parent is not None and parent.type.startswith("MD") and RANKS.get(parent.series, -1) >= RANKS[series]:
            out.inverted.append(items[0])
            continue
        if parent is not None and _follows_deeper(items, nodes, parent):
            _invert(items, out)
            continue
        items = _without_inverted(items, nodes, context, out)
        if not items:
            continue
        key = (items[0].region, series)
        strangers = frozenset(i for i, n in enumerate(items) if n.series != series)
        carry = _last_before(items[0], series, last, out)
        listing = _judged(Listing(items, strangers, carry, (), []), context)
        out.lists.append(listing)
        last[key] = listing.reached
        _note_skipped(items[0], parent, out)
    for node in nodes:
        if node.children:
            _analyse(list(node.children), node, context, out, last)


def _last_before(first: Node, series: str, last: dict[tuple[int, str], int], out: Numbering) -> int:
    return last.get((first.region, series), 0) if series in _CONTINUE else 0


def _judged(listing: Listing, context: Context) -> Listing:
    items = listing.items
    series = items[0].place
    ordinals = [n.ordinal or 0 for n in items]
    breaks = sorted((*context.outline.boxes, *context.outline.annexes))

    def broken(first: Node, second: Node) -> bool:
        return bisect_left(breaks, first.start) != bisect_left(breaks, second.start)

    restarts = tuple(
        i
        for i in range(1, len(items))
        if ordinals[i] == 1 and (series in _ALWAYS_NEW or broken(items[i - 1], items[i]))
    )
    found, reached = faults(ordinals, listing.carry, restarts)
    if found and broken(items[0], items[-1]):
        found = _not_resumed(found, ordinals)
    return listing._replace(restarts=restarts, faults=found, reached=reached)


def _not_resumed(found: list[Fault], ordinals: list[int]) -> list[Fault]:
    """The faults of a list that 专栏 interrupts: after it, a list may go on from any ordinal reached before."""
    out, next_ones, done = [], {1}, 0
    for fault in found:
        next_ones.update(o + 1 for o in ordinals[done : fault.at])
        done = fault.at
        if ordinals[fault.at] not in next_ones:
            out.append(fault)
    return out


def _word_lists(items: list[Node], text: str) -> list[Listing]:
    """The lists that list-form items of one section make, markers of two series in one list included."""
    lists: list[list[Node]] = []
    open_lists: list[list[Node]] = []
    for node in items:
        ordinal = node.ordinal or 0
        own = next((x for x in reversed(open_lists) if x[0].series == node.place), None)
        top = open_lists[-1] if open_lists else None
        doubled = ordinal == 1 and own is not None and len(own) == 1 and not _led_in(own[0], node, text)
        if own is not None and ((own[-1].ordinal or 0) + 1 == ordinal or doubled):
            target = own
        elif ordinal == 1 or top is None:
            target = []
        elif top[0].series != node.series and (top[-1].ordinal or 0) + 1 == ordinal and _beside(top[-1], node):
            target = top
        elif ordinal == 2 and own is not None and _lost_first(own, node, text):
            target = []
        else:
            target = own if own is not None else []
        if not target:
            lists.append(target)
            open_lists = [x for x in open_lists if x[0].series != node.place]
        else:
            open_lists.remove(target)
        target.append(node)
        open_lists.append(target)
    return [Listing(x, _strangers(x), 0, (), []) for x in lists]


def _led_in(first: Node, node: Node, text: str) -> bool:
    """Whether two first items have each a few words before them: 从供给侧看，一是…。从需求侧看，一是…"""
    if not first.inline or not node.inline:
        return False
    return all(_LEAD_IN.match(text, max(0, n.start - _LEAD), n.start) is not None for n in (first, node))


def _lost_first(own: list[Node], node: Node, text: str) -> bool:
    """Whether a second item after a whole list is that of another, which lost its beginning: one of another paragraph,
    or with words of its own before it."""
    top = own[-1].ordinal or 0
    return (top > 1 and _led_in(own[0], node, text)) or (top > 2 and not _beside(own[-1], node))


def _beside(last: Node, node: Node) -> bool:
    """Whether an item stands where the one after `last` may: in its paragraph, or at the beginning of another."""
    return not node.inline or node.start <= last.body_end


def _strangers(items: list[Node]) -> frozenset[int]:
    """The items of another series than the list's: what it began with, unless that stands alone before a longer run."""
    series = items[0].series
    others = {n.series for n in items[1:]}
    if len(items) > 3 and len(others) == 1 and series not in others:
        return frozenset((0,))
    return frozenset(i for i, n in enumerate(items) if n.series != series)


def _invert(run: list[Node], out: Numbering) -> None:
    out.inverted.append(run[0])
    out.nested.update(n.start for n in run)


def _follows_deeper(items: list[Node], siblings: list[Node], parent: Node) -> bool:
    """Whether a list comes after one of a deeper series that its section's heading has right below it: what words lead
    in may stand before the sections, what nothing leads in is the section's own list."""
    first = items[0]
    if first.ordinal != 1 or first.inline or parent.form != "heading" or parent.series not in RANKS:
        return False
    above = [n for n in siblings if n.start < first.start and n.place in RANKS and not n.inline]
    if len(above) < _FEWEST or above[0].start > parent.body_end + 2:
        return False
    return all(n.place == above[0].place and RANKS[n.place] > RANKS[first.place] for n in above)


def _without_inverted(items: list[Node], siblings: list[Node], context: Context, out: Numbering) -> list[Node]:
    """Takes out the runs of a higher series that stand inside a lower one's list: （一） 一、 二、 （二）."""
    kept: list[Node] = []
    index = 0
    while index < len(items):
        end = _inverted_run(kept, items, index, siblings) or _nested_run(kept, items, index, context)
        if end:
            _invert(items[index:end], out)
            index = end
        else:
            kept.append(items[index])
            index += 1
    return kept


def _inverted_run(before: list[Node], items: list[Node], index: int, siblings: list[Node]) -> int:
    """The end of the run that begins at `index` with 1 and across which a lower list goes on; 0 if none does."""
    if items[index].ordinal != 1:
        return 0
    above = before[-1].children if before else [n for n in siblings if n.start < items[index].start]
    reached = {c.series: c.ordinal or 0 for c in above if c.series in RANKS and c.series != items[index].series}
    end = index + 1
    while end < len(items) and items[end].ordinal == (items[end - 1].ordinal or 0) + 1:
        end += 1
    for last in range(index, end):
        first: dict[str, int] = {}
        for child in items[last].children:
            if child.series in RANKS:
                first.setdefault(child.series, child.ordinal or 0)
        goes_on = any(series in reached and ordinal == reached[series] + 1 for series, ordinal in first.items())
        # One alone before which the outer list stands, and after which it goes on, is doubled.
        # Where more than one stands before it, the run is none of the outer list even at its end.
        ends = last + 1 == len(items) and len(before) > 1 and _in_order(before)
        closed = not before or ends or _resumes(before, items, last + 1)
        if goes_on and closed and (not before or last > index):
            return last + 1
    return 0


def _nested_run(before: list[Node], items: list[Node], index: int, context: Context) -> int:
    """The end of a run that stands inside an item of its own series: 一、 二、 (一、 二、) 三、; 0 if none does."""
    # A section may well hold several lists of 1. 2.
    if not before or items[index].ordinal != 1 or items[index].place not in ("han-comma", "han-paren"):
        return 0
    above = before[-1]
    end = index + 1
    while end < len(items) and items[end].ordinal == (items[end - 1].ordinal or 0) + 1:
        end += 1
    if end - index > 1 and _resumes(before, items, end):
        return end
    # 二、 (一、 二、) 三、: where the outer list goes on with the ordinal that the inner one has next
    split = index + (above.ordinal or 0)
    if end - index > 1 and (split < end or end == len(items)):
        split = min(split, end)
        if split - index > 1 and _is_within(before, items[index:split], items[split:end], context):
            return split
    # 二、任务, with nothing under it but one-paragraph items of its own series
    inside = above.form == "heading" and not above.children and above.body_end + 4 > items[index].start
    for last in range(end, index + 1, -1):
        run_in = all(n.form != "heading" for n in items[index:last])
        if last < len(items):
            # Headings around one-paragraph items
            inner = inside or (above.form == "heading" == items[last].form)
            found = inner and run_in and _resumes(before, items, last)
        else:
            found = inside and run_in
        if found:
            return last
    return 0


def _is_within(before: list[Node], run: list[Node], after: list[Node], context: Context) -> bool:
    """Whether items with nothing below them follow a list of a deeper series at the end of a section. Where the outer
    list does not go on after them, its sections are to have something below their headings, and they are sentences."""
    if len(before) < _FEWEST or not _in_order(before) or not before[-1].children or any(n.inline for n in run):
        return False
    text = context.text
    sentences = all(text[n.body_end - 1] in _STOPS for n in run)
    above = before[-1].children[-1]
    headed = above.form == "heading" and not above.children and above.body_end + 2 >= run[0].start
    # What follows the last is the text of the heading above them all.
    if not all(_is_leaf(n, context) for n in (run[:-1] if headed else run)):
        return False
    if not after or headed:
        near = (*before[-_FEWEST:], *after[:_FEWEST])
        if not sentences or not all(n.form == "heading" and not _is_leaf(n, context) for n in near):
            return False
    # A title of its own before it makes it another list.
    return headed or text[: run[0].start].rstrip()[-1:] in _STOPS


def _is_leaf(node: Node, context: Context) -> bool:
    """Whether an item is all in one paragraph, with nothing below it but the end of the draft."""
    frame, text = context.frame, context.text
    last = min((p.start for p in (frame.closing, frame.signature, frame.date) if p), default=node.end)
    below = text[node.body_end : last if node.start < last < node.end else node.end].strip()
    return not node.children and (not below or _PARTING.match(below) is not None)


def _in_order(items: list[Node]) -> bool:
    return len(items) < _FEWEST or items[-2].ordinal == (items[-1].ordinal or 0) - 1


def _resumes(before: list[Node], items: list[Node], at: int) -> bool:
    """Whether the outer list goes on at an index, after a run: a doubled 一、 in a report that counts （一） on has no
    such end."""
    top = before[-1].ordinal or 0
    in_order = top == 1 or (len(before) > 1 and before[-2].ordinal == top - 1)
    return in_order and at < len(items) and items[at].ordinal == top + 1


def _note_skipped(first: Node, parent: Node | None, out: Numbering) -> None:
    if parent is not None and parent.series in _LEVELS and first.series in _LEVELS and not first.inline:
        step = _LEVELS.index(first.series) - _LEVELS.index(parent.series)
        if step > 1:
            out.skipped.append((first, parent))
