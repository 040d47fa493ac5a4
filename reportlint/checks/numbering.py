"""Kind `numbering`: the lists of the outline and their ordinals."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import groupby, pairwise
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.sequence import Fault, faults
from reportlint.checks.spelling import spell
from reportlint.judge import LIST_FORMS
from reportlint.model import Edit
from reportlint.numerals import int_to_han
from reportlint.outline import RANKS, Node
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_ALWAYS_NEW = frozenset({"arabic-dot", "decimal", "arabic-paren", "circled"}) | LIST_FORMS
"""Series of which a section may hold several lists: a 1 begins the next one."""
_CONTINUE = {"han-comma", "han-paren", "arabic-dot", "article", "chapter", "section", "arabic-paren"}
_LONE = {"shi", "yao", "di", "qi", "han-comma", "han-paren", "arabic-dot", "arabic-paren", "circled"}
_SECOND = pattern("其次|另一方面|再次|再者|另外|此外")
_THEN = {2: "其次", 3: "再次"}
_CLOSE = 400  # code points: how far apart two items of a list inside a paragraph stand
_LEVELS = ("han-comma", "han-paren", "arabic-dot", "arabic-paren", "circled")


class Listing(NamedTuple):
    """The items of one list in document order. `strangers` are the indexes of items of another series;
    `carry` is what the like list before it has reached, `reached` what this one has."""

    items: list[Node]
    strangers: frozenset[int]
    carry: int
    restarts: tuple[int, ...]
    faults: list[Fault]
    reached: int = 0


class Disguise(NamedTuple):
    """A marker `[start, end)` of another series that stands where a list lacks an item."""

    start: int
    end: int
    listing: Listing
    fault: Fault


class Numbering(NamedTuple):
    """Everything the numbering of a draft shows."""

    lists: list[Listing]
    inverted: list[Node]
    skipped: list[tuple[Node, Node]]
    disguises: list[Disguise]


def analyse(context: Context) -> Numbering:
    """The lists of a draft, with their faults."""
    out = Numbering([], [], [], [])
    last: dict[tuple[int, str], int] = {}
    roots = [list(g) for _, g in groupby(context.outline.sections, key=lambda n: n.region)]
    for nodes in roots:
        _analyse(nodes, None, context, out, last)
    out.disguises.extend(_disguises(out.lists, context))
    return out


def _disguises(lists: list[Listing], context: Context) -> Iterator[Disguise]:
    """The markers of other series that fill a gap of one: 一是 … 2. … 三是, （一） … 二是 … （三）."""
    text = context.text
    nodes: list[Node] | None = None
    # A list that counts on from the section before is no stranger; one that begins where no list can is.
    lost = {x.items[f.at].start for x in lists for f in x.faults if f.kind == "start"}
    for listing in lists:
        for fault in listing.faults:
            here = listing.items[fault.at]
            if fault.kind != "gap" or not fault.at or here.ordinal != fault.expected + 1:
                continue
            low, n = listing.items[fault.at - 1].marker_end, fault.expected
            nodes = nodes if nodes is not None else sorted(context.outline.walk(), key=lambda x: x.start)
            between = nodes[bisect_left(nodes, low, key=_start) : bisect_left(nodes, here.start, key=_start)]
            # In a row of headings nothing that stands in the middle of a paragraph was meant for one.
            block = not here.inline and here.series not in LIST_FORMS
            strangers = (x for x in between if x.ordinal == n and x.start in lost and x.series != here.series)
            other = next((x for x in strangers if not (block and x.inline)), None)
            if other is not None:
                yield Disguise(other.start, other.marker_end, listing, fault)
                continue
            if low <= here.start <= low + _CLOSE:
                match = _any_marker(n).search(text, low, here.start)
                # What belongs to a list of its own is no stranger.
                own = match and any(x.start == match.start() and x.start not in lost for x in between)
                if match and not own and not _any_marker(n - 1).search(text, low, match.start()):
                    yield Disguise(*match.span(), listing, fault)
    yield from _last_disguises(lists, lost, context)


def _last_disguises(lists: list[Listing], lost: set[int], context: Context) -> Iterator[Disguise]:
    """The markers of other series that end a list: （一） （二） 三是, or 一是 … 二是 … （三） … in one paragraph."""
    text = context.text
    starts = {x.items[0].start: x.items[0] for x in lists if x.items[0].start in lost and len(x.items) == 1}
    known: set[int] | None = None
    for listing in lists:
        last = listing.items[-1]
        n = (last.ordinal or 0) + 1
        if n < 2 or listing.restarts or listing.faults or last.region:
            continue
        fault = Fault(len(listing.items) - 1, "gap", n)
        if n > 2 and (last.inline or last.series in LIST_FORMS):
            match = _any_marker(n).search(text, last.marker_end, max(last.marker_end, last.body_end))
            known = known if known is not None else {x.start for x in context.outline.walk()}
            if (
                match
                and not _any_marker(n - 1).search(text, last.marker_end, match.start())
                and match.start() not in known
            ):
                yield Disguise(*match.span(), listing, fault)
                continue
        inner = (starts[c.start] for c in last.children if c.start in starts)
        # Figures under the last item may be a list of its own that lost its beginning.
        other = next((x for x in inner if x.ordinal == n and x.place in LIST_FORMS and not x.inline), None)
        if other is not None:
            yield Disguise(other.start, other.marker_end, listing, fault)


def _start(node: Node) -> int:
    return node.start


def _any_marker(n: int) -> regex.Pattern[str]:
    """A marker with this ordinal that opens a clause."""
    han = int_to_han(n)
    figures = rf"[（(](?:{han}|{n})[）)]|{han}、|{n}[.．、](?!\d)"
    words = rf"第{han}[，,、]|{han}[是要](?![，。；、])|其{han}[，,、]"
    then = rf"|(?<=\n)[ \u3000]*\K{_THEN[n]}[，,]" if n in _THEN else ""
    return pattern(rf"(?<=[。；：:;，,])[ \u3000]*\K(?:{figures}|{words}){then}")


def _analyse(
    nodes: list[Node], parent: Node | None, context: Context, out: Numbering, last: dict[tuple[int, str], int]
) -> None:
    for listing in _word_lists([n for n in nodes if n.place in LIST_FORMS and n.ordinal is not None]):
        out.lists.append(_judged(listing, context))
    by_series: dict[str, list[Node]] = {}
    for node in nodes:
        if node.place in RANKS and node.ordinal is not None:
            by_series.setdefault(node.place, []).append(node)
    for series, items in by_series.items():
        if parent is not None and parent.type.startswith("MD") and RANKS.get(parent.series, -1) >= RANKS[series]:
            out.inverted.append(items[0])
            continue
        items = _without_inverted(items, nodes, out)
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


def _word_lists(items: list[Node]) -> list[Listing]:
    """The lists that list-form items of one section make, markers of two series in one list included."""
    lists: list[list[Node]] = []
    open_lists: list[list[Node]] = []
    for node in items:
        ordinal = node.ordinal or 0
        own = next((x for x in reversed(open_lists) if x[0].series == node.place), None)
        top = open_lists[-1] if open_lists else None
        if own is not None and ((own[-1].ordinal or 0) + 1 == ordinal or (ordinal == 1 and len(own) == 1)):
            target = own
        elif ordinal == 1 or top is None:
            target = []
        elif top[0].series != node.series and (top[-1].ordinal or 0) + 1 == ordinal:
            target = top
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


def _strangers(items: list[Node]) -> frozenset[int]:
    """The items of another series than the list's: what it began with, unless that stands alone before a longer run."""
    series = items[0].series
    others = {n.series for n in items[1:]}
    if len(items) > 3 and len(others) == 1 and series not in others:
        return frozenset((0,))
    return frozenset(i for i, n in enumerate(items) if n.series != series)


def _without_inverted(items: list[Node], siblings: list[Node], out: Numbering) -> list[Node]:
    """Takes out the runs of a higher series that stand inside a lower one's list: （一） 一、 二、 （二）."""
    kept: list[Node] = []
    index = 0
    while index < len(items):
        end = _inverted_run(kept, items, index, siblings) or _nested_run(kept, items, index)
        if end:
            out.inverted.append(items[index])
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
        if goes_on and (not before or _resumes(before, items[last + 1 :])):
            return last + 1
    return 0


def _nested_run(before: list[Node], items: list[Node], index: int) -> int:
    """The end of a run that stands inside an item of its own series: 一、 二、 (一、 二、) 三、; 0 if none does."""
    # A section may well hold several lists of 1. 2.
    if not before or items[index].ordinal != 1 or items[index].place not in ("han-comma", "han-paren"):
        return 0
    above = before[-1]
    end = index + 1
    while end < len(items) and items[end].ordinal == (items[end - 1].ordinal or 0) + 1:
        end += 1
    if end - index > 1 and end < len(items) and _resumes(before, items[end:]):
        return end
    # 二、任务, with nothing under it but one-paragraph items of its own series
    inside = above.form == "heading" and not above.children and above.body_end + 4 > items[index].start
    for last in range(end, index + 1, -1):
        run_in = all(n.form != "heading" for n in items[index:last])
        if last < len(items):
            # Headings around one-paragraph items
            inner = inside or (above.form == "heading" == items[last].form)
            found = inner and run_in and _resumes(before, items[last:])
        else:
            found = inside and run_in
        if found:
            return last
    return 0


def _resumes(before: list[Node], after: list[Node]) -> bool:
    """Whether the outer list goes on after a run: a doubled 一、 in a report that counts （一） on has no such end."""
    top = before[-1].ordinal or 0
    in_order = top == 1 or (len(before) > 1 and before[-2].ordinal == top - 1)
    return in_order and bool(after) and after[0].ordinal == top + 1


def _note_skipped(first: Node, parent: Node | None, out: Numbering) -> None:
    if parent is not None and parent.series in _LEVELS and first.series in _LEVELS and not first.inline:
        step = _LEVELS.index(first.series) - _LEVELS.index(parent.series)
        if step > 1:
            out.skipped.append((first, parent))


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """The hits of one kind of defect."""
    numbering = context.memo(analyse)
    defect = params["defect"]
    if defect == "inverted":
        yield from (Hit(n.start, n.marker_end, {"series": n.series}) for n in numbering.inverted)
    elif defect == "skipped":
        for node, parent in numbering.skipped:
            yield Hit(node.start, node.marker_end, {"above": context.text[parent.start : parent.marker_end].strip()})
    elif defect == "mixed":
        for listing in numbering.lists:
            yield from _mixed(listing, context.text)
        yield from (_disguised(d, context.text) for d in numbering.disguises)
    elif defect == "lone":
        spoken = {d.listing.items[-1].start for d in numbering.disguises} | {d.start for d in numbering.disguises}
        for listing in numbering.lists:
            words = listing.items[0].series in LIST_FORMS
            # Where levels are inverted, a list is broken up by that.
            if not (numbering.inverted and listing.items[0].place in RANKS) and listing.items[-1].start not in spoken:
                yield from (hit for hit in _lone(listing) if not words or not _has_second(context, hit.end))
    else:
        counting = _counting(numbering.lists)
        # What NUM005 says already: the stranger itself, and the marker after the gap that it fills.
        spoken = {d.start for d in numbering.disguises}
        spoken |= {d.listing.items[d.fault.at].start for d in numbering.disguises}
        for listing in numbering.lists:
            for fault in listing.faults:
                if (
                    fault.kind == defect
                    and fault.at not in listing.strangers
                    and listing.items[fault.at].start not in spoken
                    and not _after_aspects(listing, fault, context)
                ):
                    yield _hit(listing, fault, context, counting)


def _after_aspects(listing: Listing, fault: Fault, context: Context) -> bool:
    """Whether a list that seems to begin at its third item counts on from 一方面 … 另一方面."""
    node = listing.items[fault.at]
    if fault.kind != "start" or node.ordinal != 3 or node.series not in LIST_FORMS:
        return False
    paragraph = context.paragraph_at(node.start)
    return paragraph is not None and "另一方面" in context.text[paragraph.start : node.start]


def _hit(listing: Listing, fault: Fault, context: Context, counting: dict[str, int]) -> Hit:
    text = context.text
    node = listing.items[fault.at]
    before = listing.items[fault.at - 1] if fault.at else None
    marker = text[node.start : node.marker_end].strip()
    like = text[before.start : before.marker_end].strip() if before and before.series == node.place else marker
    missing = [f"“{spell(like, n)}”" for n in range(fault.expected, node.ordinal or 0)]
    many = len(missing) > 3
    args = {
        "marker": marker,
        "expected": spell(like, fault.expected),
        "missing": {
            "zh": "".join(missing[:3]) + ("等" if many else ""),
            "en": ", ".join(missing[:3]) + (" …" if many else ""),
        },
        "previous": text[before.start : before.marker_end].strip() if before else "",
        "row": context.draft.source.position(before.start)[0] if before else 0,
    }
    # Where lists count on across sections, what is done to one would have to be done to all.
    first = listing.items[0]
    alone = counting.get(first.place, -1) < first.start and (first.ordinal == 1 or not listing.carry)
    edits = _renumbered(listing, fault, text) if alone and fault.kind in ("duplicate", "gap") else ()
    return Hit(node.start, node.marker_end, args, edits)


def _counting(lists: list[Listing]) -> dict[str, int]:
    """By series, where the last list begins that does not begin at 1, but counts on from one before."""
    return {x.items[0].place: x.items[0].start for x in lists if x.items[0].ordinal != 1}


def _renumbered(listing: Listing, fault: Fault, text: str) -> tuple[Edit, ...]:
    """Renumbers the list from a doubled ordinal or a gap on, as long as nothing else is wrong with it."""
    if fault is not listing.faults[-1]:
        return ()
    edits = []
    expected = fault.expected
    for index in range(fault.at, len(listing.items)):
        node = listing.items[index]
        if index > fault.at and node.ordinal == 1:
            break
        marker = text[node.start : node.marker_end]
        if node.ordinal != expected:
            edits.append(Edit(node.start, node.marker_end, spell(marker, expected)))
        expected += 1
    return tuple(edits)


def _mixed(listing: Listing, text: str) -> Iterator[Hit]:
    items = listing.items
    native = next((n for i, n in enumerate(items) if i not in listing.strangers), None)
    if native is None:
        return
    norm = text[native.start : native.marker_end].strip()
    for index in sorted(listing.strangers):
        if index - 1 in listing.strangers:
            continue
        node = items[index]
        yield Hit(
            node.start,
            node.marker_end,
            {
                "marker": text[node.start : node.marker_end].strip(),
                "first": norm,
                "expected": spell(norm, node.ordinal or 0),
            },
            variant="" if index else "first",
        )


def _disguised(disguise: Disguise, text: str) -> Hit:
    start, end, listing, fault = disguise
    first = listing.items[0]
    like = text[first.start : first.marker_end].strip()
    args = {"marker": text[start:end].strip(), "first": like, "expected": spell(like, fault.expected)}
    return Hit(start, end, args)


def _has_second(context: Context, offset: int) -> bool:
    """Whether 其次 or 另一方面 goes on with a list that 一是 opened."""
    paragraph = context.paragraph_at(offset)
    return paragraph is not None and bool(_SECOND.search(context.text, offset, paragraph.end))


def _lone(listing: Listing) -> Iterator[Hit]:
    items = listing.items
    starts = [0, *listing.restarts, len(items)]
    if items[0].series not in _LONE or listing.faults:
        return
    for begin, end in pairwise(starts):
        node = items[begin]
        alone = node.series in LIST_FORMS or (len(items) == 1 and _opens_list(node))
        if end - begin == 1 and node.ordinal == 1 and alone:
            yield Hit(node.start, node.marker_end, {"marker": node.series})


def _opens_list(node: Node) -> bool:
    """Whether a figure is the marker of a list: it opens a paragraph, not in an annex."""
    return not node.inline and node.region == 0 and (node.form != "item" or node.series != "han-comma")


KIND = Kind(
    "numbering",
    "Reports one kind of defect in the numbering of sections and lists.",
    {
        "defect": Param(
            "choice",
            "which defect",
            required=True,
            choices=("gap", "duplicate", "start", "order", "mixed", "lone", "inverted", "skipped"),
        )
    },
    run,
)
