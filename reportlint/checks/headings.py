"""Kind `headings`: headings with nothing under them, doubled, uneven or too long."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import regex

from reportlint.checks.base import Context, Hit, paragraph_starts
from reportlint.checks.numbering import analyse
from reportlint.draft import BLANKS
from reportlint.judge import LIST_FORMS
from reportlint.model import Edit
from reportlint.outline import RANKS, Node
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_LONGEST = 40
_SHORTEST_DOUBLE = 4
_SHORTEST_PHRASE = 6  # 基本情况 and 原因分析 are of one length by chance
_CLAUSE_LONGEST = 18
_BARE_LONGEST = 10
_LEAD_LONGEST = 19
_LEADERS = pattern(r"[.．…·\t \u3000]{2,}\d{1,3}$")
_CLAUSES = pattern(r"[，、；,;\s]+")
_COMMA = pattern("[，,]")
_LEAD_MARKS = (
    pattern(r"[。：:]|\.(?=[\u4e00-\u9fff])"),
    pattern(r"(?<=[\u4e00-\u9fff”])[ \u3000\u00a0]+(?=[\u4e00-\u9fff“])"),
    _COMMA,
)
_INTRODUCES = pattern("(?:是指|包括|如下|下列|以下|分别为?|内容|有)$")
_ENDING = {"。": {"zh": "有句号", "en": "a full stop"}, "": {"zh": "不加标点", "en": "no mark"}}
_LISTED = frozenset({"shi", "yao", "di", "qi", "dash", "arabic-paren", "circled"})
_HEADED = frozenset({"part", "chapter", "section", "han-comma", "han-paren", "heading", "arabic-dot"})


def _families(context: Context) -> list[list[Node]]:
    """The sections that stand side by side: same parent, same series, in the draft proper and not in its table
    of contents."""
    contents = context.memo(_contents)
    out: list[list[Node]] = []

    def collect(nodes: tuple[Node, ...]) -> None:
        groups: dict[tuple[str, int], list[Node]] = {}
        for node in nodes:
            if node.series in _HEADED and not node.type.endswith("_IN") and node.start not in contents:
                groups.setdefault((node.series, node.region), []).append(node)
            collect(node.children)
        out.extend(groups.values())

    collect(context.outline.sections)
    return out


def _lists(context: Context) -> list[list[Node]]:
    """The items of 一是, （1） and the like that stand side by side, each in a paragraph of its own."""
    out: list[list[Node]] = []
    for nodes in (context.outline.sections, *(n.children for n in context.outline.walk())):
        groups: dict[str, list[Node]] = {}
        for node in nodes:
            if node.series in _LISTED and not node.inline and not node.region:
                groups.setdefault(node.series, []).append(node)
        out.extend(groups.values())
    return out


def _contents(context: Context) -> frozenset[int]:
    """The starts of the entries of a table of contents: with leaders and a page number, or twins of a later heading
    with nothing but headings below them."""
    text = context.text
    nodes = list(context.outline.walk())
    lines = {n.start for n in nodes if n.form == "heading" and n.series not in LIST_FORMS}
    starts = context.memo(paragraph_starts)
    last_twin = {_plain(text, n): n.start for n in nodes}
    out, twins = set(), set()
    for node in nodes:
        if node.start not in lines:
            continue
        below = starts[bisect_left(starts, node.body_end) : bisect_left(starts, node.end)]
        listed = last_twin[_plain(text, node)] > node.start and all(s in lines for s in below)
        if _LEADERS.search(text, node.start, node.body_end):
            out.add(node.start)
        elif listed:
            twins.add(node.start)
    # One heading that comes again is a doubled one.
    return frozenset(out | twins if len(twins) > 1 else out)


def _plain(text: str, node: Node) -> str:
    return _LEADERS.sub("", text[node.title_start : node.title_end]).strip()


def _has_content(context: Context, node: Node) -> bool:
    """Whether anything stands under a heading: text in its paragraph, a paragraph, or a section."""
    if node.children or node.form != "heading":
        return True
    starts = context.memo(paragraph_starts)
    index = bisect_left(starts, node.body_end)
    if index < len(starts) and context.memo(analyse).inverted:
        # 一、 under （一） closes it for the grammar, not for the reader.
        below = context.memo(_by_start).get(starts[index])
        if below is not None and below.ordinal == 1 and RANKS.get(below.series, 99) <= RANKS.get(node.series, -1):
            return True
    return index < len(starts) and starts[index] < min(node.end, context.memo(_tail))


def _by_start(context: Context) -> dict[int, Node]:
    """The sections and items by where they begin; of several at one place the outermost."""
    found: dict[int, Node] = {}
    for node in context.outline.walk():
        found.setdefault(node.start, node)
    return found


def _tail(context: Context) -> int:
    """Where the frame's end begins: closing, signature or date are no section's content."""
    frame = context.frame
    last = [p.start for p in (frame.closing, frame.signature, frame.date) if p is not None]
    return min(last, default=len(context.text))


def _mark_after(text: str, node: Node) -> str:
    """The punctuation that ends a heading, empty if none does."""
    return text[node.title_end : node.body_end].strip(BLANKS)[:1]


def _empty(context: Context) -> Iterator[Hit]:
    bare = {hit.start: hit for hit in _bare(context)}
    yield from bare.values()
    yield from (hit for hit in _unfilled(context) if hit.start not in bare)


def _unfilled(context: Context) -> Iterator[Hit]:
    """The headings with nothing under them."""
    text = context.text
    disguised = context.memo(_disguised)
    for family in context.memo(_families):
        if any(c.start in disguised for n in family for c in n.children):
            continue  # one of them is the section that another's marker hides
        filled = [_has_content(context, n) for n in family]
        stopped = [_mark_after(text, n) == "。" for n, full in zip(family, filled, strict=True) if full]
        titled = bool(stopped) and all(stopped) and all(n.form == "heading" for n in family)
        twins = {a.start for a, b in pairwise(family) if _plain(text, a) == _plain(text, b)}
        # A list of short items has no sections; one item less than the others have is an empty section.
        rivals = len(family) > 1 and sum(filled) * 2 >= len(family)
        others_go_on = sum(n.form != "run-in" for n in family) == 1
        for node, full in zip(family, filled, strict=True):
            if node.start in twins:
                continue  # doubled, not empty
            if node.inline:
                continue  # of a page whose line breaks are lost, nobody knows where a heading ends
            if not full and not node.region and len(family) > 2 and _is_bare_title(node, others_go_on, text):
                yield Hit(node.start, node.title_end, {"title": text[node.title_start : node.title_end]})
                continue
            mark = _mark_after(text, node)
            title = titled and _is_short(node)
            if full or node.region or mark in ("；", "！", ";", "，", "、") or (mark == "。" and not title):
                continue
            alone = node.series in ("han-comma", "chapter", "heading") and (rivals or len(family) == 1)
            if alone or rivals:
                yield Hit(node.start, node.title_end, {"title": text[node.title_start : node.title_end]})


def _bare(context: Context) -> Iterator[Hit]:
    """The items of which only the title is left: “二是抓消费。” among items that all go on after theirs."""
    text = context.text
    families = [f for f in (*context.memo(_families), *context.memo(_lists)) if not any(n.inline for n in f)]
    totals: Counter[str] = Counter()
    odd: Counter[str] = Counter()
    for family in families:
        totals[family[0].series] += len(family)
        odd[family[0].series] += sum(n.form != "run-in" for n in family)
    for family in families:
        bare = [n for n in family if n.form != "run-in"]
        if len(bare) != 1 or len(family) == 1:
            continue
        node, series = bare[0], family[0].series
        # Of two only the like lists of the draft can say what is usual; of many, the list itself.
        usual = len(family) > 2 or (totals[series] > 3 and odd[series] == 1)
        if node.form != "heading" or node.children or not usual or _mark_after(text, node) != "。":
            continue
        longest = max(n.title_end - n.title_start for n in family if n is not node) + 4
        if node.series in LIST_FORMS:
            longest = min(longest, _CLAUSE_LONGEST)  # 一是 introduces whole sentences too
        elif _has_content(context, node):
            continue
        if node.title_end - node.title_start <= longest:
            yield Hit(node.start, node.title_end, {"title": text[node.title_start : node.title_end]})


def _is_bare_title(node: Node, others_go_on: bool, text: str) -> bool:
    """Whether “（二）抓消费。” is all there is of a section whose siblings all go on after their title sentence."""
    length = node.title_end - node.title_start
    if _mark_after(text, node) != "。" or length > _CLAUSE_LONGEST:
        return False
    return others_go_on or (node.series == "han-comma" and length <= _BARE_LONGEST)


def _next_ends(context: Context, node: Node) -> str:
    """The last character of the paragraph after a heading."""
    paragraphs = context.draft.paragraphs
    index = bisect_left(context.memo(paragraph_starts), node.body_end)
    return context.text[paragraphs[index].end - 1] if index < len(paragraphs) else ""


def _disguised(context: Context) -> frozenset[int]:
    return frozenset(d.start for d in context.memo(analyse).disguises)


def _ends(context: Context) -> Iterator[Hit]:
    text = context.text
    disguised = context.memo(_disguised)
    for family in context.memo(_families):
        headings = [n for n in family if n.form == "heading" and _has_content(context, n)]
        marks = [_mark_after(text, n) for n in headings]
        stops = Counter("。" if m == "。" else "" for m in marks)
        norm = "。" if stops["。"] > stops[""] else ""
        listed = any(m in "；;" for m in marks if m) and sum(_mark_after(text, n) in ("；", ";") for n in family) > 1
        for node, mark in zip(headings, marks, strict=True):
            at = text.index(mark, node.title_end) if mark else node.title_end
            if mark in ("；", ";") and (
                listed or _next_ends(context, node) in ("；", ";") or any(c.start in disguised for c in node.children)
            ):
                continue  # no headings
            if (mark and mark in "，；、,;") or (
                mark
                and mark in "：:"
                and not _INTRODUCES.search(text, node.title_start, node.title_end)
                and any(m not in ("：", ":") for m in marks)
            ):
                yield Hit(node.start, at + 1, {"mark": mark}, (Edit(at, at + 1, norm),), "open")
            elif mark in ("", "。") and mark != norm and min(stops.values()) * 3 <= sum(stops.values()):
                edit = Edit(at, at + 1, "") if mark else Edit(node.title_end, node.title_end, "。")
                yield Hit(
                    node.start,
                    at + len(mark),
                    {"mark": _ENDING[mark], "norm": _ENDING[norm]},
                    (edit,),
                )
    for family in (*context.memo(_families), *context.memo(_lists)):
        yield from _unsentenced(family, text)


def _unsentenced(family: list[Node], text: str) -> Iterator[Hit]:
    """The one section with another mark behind its short title than all its siblings have: 抓投资：for 抓投资。"""
    # One that has its text below it, not behind it, is of no account.
    family = [n for n in family if n.form != "heading" or not n.children]
    if len(family) < 3 or any(n.inline for n in family):
        return
    leads = [_lead(text, n.title_start, min(n.body_end - 1, n.title_start + _LEAD_LONGEST)) for n in family]
    # A half-width mark is PUN001's.
    marks = [
        "" if lead is None else {".": "。", ":": "：", ",": "，"}.get(lead[0], lead[0].strip() or " ") for lead in leads
    ]
    norm, count = max((("。", marks.count("。")), ("：", marks.count("："))), key=lambda x: x[1])
    if count != len(family) - 1:
        return
    node, lead, mark = next(x for x in zip(family, leads, marks, strict=True) if x[2] != norm)
    if lead is None or _INTRODUCES.search(text, node.title_start, lead.start()):
        return
    title = text[node.title_start : lead.start()]
    if mark == "，":
        longest = max(n.title_end - n.title_start for n in family if n is not node)
        # 一是 and its like often introduce plain sentences: their commas say nothing.
        whole = text[node.body_end - 1] in "。；" and not (node.form == "heading" and _is_short(node))
        plain = node.series in _LISTED or node.form == "run-in"
        if not plain and norm == "。" and whole and longest <= _CLAUSE_LONGEST:
            yield Hit(node.start, lead.end(), {"title": title}, (), "sentence")
    elif mark in ("：", " ", "。"):
        shown = {"zh": "是空格", "en": "a blank"} if mark == " " else {"zh": f"是“{mark}”", "en": f"“{mark}”"}
        others = {"zh": f"都是“{norm}”", "en": f"“{norm}”"}
        edit = Edit(lead.start(), lead.end(), norm)
        yield Hit(node.start, lead.end(), {"title": title, "mark": shown, "norm": others}, (edit,), "lead")


def _lead(text: str, start: int, end: int) -> regex.Match[str] | None:
    """What ends the first words of an item: a full stop or colon, failing these a blank or a comma."""
    return next((match for mark in _LEAD_MARKS if (match := mark.search(text, start, end))), None)


def _is_short(node: Node) -> bool:
    # “压实责任，狠抓落实。” is a title; what it lacks is a text.
    return node.title_end - node.title_start <= _CLAUSE_LONGEST


def _doubled(context: Context) -> Iterator[Hit]:
    text = context.text
    for family in context.memo(_families):
        seen: dict[str, Node] = {}
        for node in family:
            # An item has no title: it doubles another only as a whole.
            whole = text[node.title_start : node.body_end].rstrip("。；;")
            title = whole if node.form == "item" else _plain(text, node)
            if len(title) < _SHORTEST_DOUBLE:
                continue
            if title in seen:
                row = context.draft.source.position(seen[title].start)[0]
                yield Hit(node.start, node.title_end, {"title": title, "row": row})
            else:
                seen[title] = node


def _long(context: Context) -> Iterator[Hit]:
    for family in context.memo(_families):
        for node in family:
            length = node.title_end - node.title_start
            if node.form == "heading" and length > _LONGEST and _has_content(context, node):
                yield Hit(node.title_start, node.title_end, {"length": length, "most": _LONGEST})
        yield from _longer(context, family)


def _longer(context: Context, family: list[Node]) -> Iterator[Hit]:
    """The items whose first words are too long for a title, where those of all their siblings are one."""
    text = context.text
    odd = [n for n in family if n.form == "item"]
    titled = [n for n in family if n.form != "item"]
    if len(odd) != 1 or len(titled) < 2 or max(n.title_end - n.title_start for n in titled) > _LONGEST:
        return
    node = odd[0]
    stop = text.find("。", node.title_start, node.body_end)
    end = stop if stop >= 0 else node.body_end
    # A sentence that ends its paragraph is a text without a title, and no title.
    alone = all(n.form == "heading" for n in titled) and _has_below(context, node)
    if end - node.title_start > _LONGEST and (end + 1 < node.body_end or alone):
        yield Hit(node.title_start, end, {"length": end - node.title_start, "most": _LONGEST})


def _has_below(context: Context, node: Node) -> bool:
    starts = context.memo(paragraph_starts)
    index = bisect_left(starts, node.body_end)
    return bool(node.children) or (index < len(starts) and starts[index] < min(node.end, context.memo(_tail)))


def _parallel(context: Context) -> Iterator[Hit]:
    text = context.text
    for family in context.memo(_families):
        if len(family) < 3 or any(n.form == "item" for n in family):
            continue
        titles = [_plain(text, n) for n in family]
        shapes = [len([c for c in _CLAUSES.split(title) if c]) for title in titles]
        common, count = Counter(shapes).most_common(1)[0]
        if len(family) > 3 and common >= 2 and count == len(family) - 1:
            node = next(n for n, s in zip(family, shapes, strict=True) if s != common)
            yield Hit(node.title_start, node.title_end, {"clauses": common})
            continue
        odd = _odd_length([len(title) for title in titles])
        if odd is not None:
            node = family[odd[0]]
            yield Hit(node.title_start, node.title_end, {"length": odd[1]}, variant="length")


def _odd_length(lengths: list[int]) -> tuple[int, int] | None:
    """Of titles that have one length all but one: the index of that one, if it is of another, and the length; or the
    one that has not half the length of the next shorter."""
    common, count = Counter(lengths).most_common(1)[0]
    if len(lengths) > 3 and count == len(lengths) - 1 and common >= _SHORTEST_PHRASE:
        index = next(i for i, n in enumerate(lengths) if n != common)
        return (index, common) if abs(lengths[index] - common) > 1 else None
    shortest, second = sorted(lengths)[:2]
    return (lengths.index(shortest), second) if shortest * 2 < second and shortest <= _SHORTEST_DOUBLE else None


_DEFECTS = {
    "empty": _empty,
    "ends": _ends,
    "doubled": _doubled,
    "long": _long,
    "parallel": _parallel,
}


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """The hits of one kind of defect."""
    yield from _DEFECTS[params["defect"]](context)


KIND = Kind(
    "headings",
    "Reports one kind of defect of headings.",
    {"defect": Param("choice", "which defect", required=True, choices=tuple(_DEFECTS))},
    run,
)

assert set(RANKS) | {"heading"} >= _HEADED
