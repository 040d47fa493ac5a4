"""What stands at the end of headings: part of the kind `headings`."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator

import regex

from reportlint.checks.base import Context, Hit, paragraph_starts
from reportlint.checks.families import (
    CLAUSE_LONGEST,
    disguised,
    families,
    has_content,
    is_short,
    lists,
    mark_after,
)
from reportlint.judge import LIST_FORMS
from reportlint.model import Edit
from reportlint.outline import Node
from reportlint.patterns import pattern

_LEAD_LONGEST = 19
_LEAD_MOST = 34
_MARKS = frozenset("。：；！ ")
_USUAL = 3  # items of a series in a draft that say what is usual in it
_LEAD_MARKS = (
    pattern(r"[。：:]|\.(?=[\u4e00-\u9fff])"),
    pattern(r"[；;！!]|(?<=[\u4e00-\u9fff”])[ \u3000\u00a0]+(?=[\u4e00-\u9fff“])"),
    pattern("[，,]"),
)
_CLAUSE = pattern("[，,；;。]")
_TITLED = frozenset({"di", "qi"})
_FIGURE = pattern("[0-9]")
_INTRODUCES = pattern("(?:是指|包括|如下|下列|以下|分别为?|内容|有)$")
_ENDING = {"。": {"zh": "有句号", "en": "a full stop"}, "": {"zh": "不加标点", "en": "no mark"}}


def _next_ends(context: Context, node: Node) -> str:
    """The last character of the paragraph after a heading."""
    paragraphs = context.draft.paragraphs
    index = bisect_left(context.memo(paragraph_starts), node.body_end)
    return context.text[paragraphs[index].end - 1] if index < len(paragraphs) else ""


def ends(context: Context) -> Iterator[Hit]:
    """The headings that end otherwise than their siblings, or as no heading does."""
    text = context.text
    hidden = context.memo(disguised)
    for family in context.memo(families):
        headings = [n for n in family if n.form == "heading" and has_content(context, n)]
        marks = [mark_after(text, n) for n in headings]
        stops = Counter("。" if m == "。" else "" for m in marks)
        norm = "。" if stops["。"] > stops[""] else ""
        listed = any(m in "；;" for m in marks if m) and sum(mark_after(text, n) in ("；", ";") for n in family) > 1
        for node, mark in zip(headings, marks, strict=True):
            at = text.index(mark, node.title_end) if mark else node.title_end
            if mark in ("；", ";") and (
                listed
                or (node.series != "han-comma" and _next_ends(context, node) in ("；", ";"))
                or any(c.start in hidden for c in node.children)
            ):
                continue  # no headings
            if (mark and mark in "，；、,;") or (
                mark
                and mark in "：:"
                and not _INTRODUCES.search(text, node.title_start, node.title_end)
                and any(m not in ("：", ":") for m in marks)
            ):
                yield Hit(node.start, at + 1, {"mark": mark}, (Edit(at, at + 1, norm),), "open")
            elif mark in ("", "。") and mark != norm and _is_odd(stops, node):
                edit = Edit(at, at + 1, "") if mark else Edit(node.title_end, node.title_end, "。")
                yield Hit(
                    node.start,
                    at + len(mark),
                    {"mark": _ENDING[mark], "norm": _ENDING[norm]},
                    (edit,),
                )
    yield from _uneven(context)


def _is_odd(stops: Counter[str], node: Node) -> bool:
    """Whether few headings have the other mark; of two at the highest level, the one with a full stop has it."""
    few, all_ = min(stops.values()), sum(stops.values())
    return few * 3 <= all_ or (all_ == 2 and node.series == "han-comma")


def _uneven(context: Context) -> Iterator[Hit]:
    """The one section with another mark behind its short title than all its siblings have: 抓投资：for 抓投资。"""
    text = context.text
    rows = []
    totals: Counter[str] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for family in (*context.memo(families), *context.memo(lists)):
        # One that has its text below it, not behind it, is of no account.
        members = [n for n in family if n.form != "heading" or not n.children]
        if len(members) < 2 or any(n.inline for n in members):
            continue
        reach = _reach(members)
        leads = [_lead(text, n, reach) for n in members]
        marks = [_mark(lead) for lead in leads]
        rows.append((members, leads, marks))
        series = members[0].series
        totals[series] += len(members)
        found.update((series, mark) for mark in marks)
    for members, leads, marks in rows:
        norm = max("。：", key=marks.count)
        if marks.count(norm) != len(members) - 1:
            continue
        series = members[0].series
        # Of two only the like lists of the draft can say what is usual; of many, the list itself.
        index = next(i for i, mark in enumerate(marks) if mark != norm)
        if len(members) < 3:
            mark, usual = marks[index], found[series, norm]
            alone = found[series, mark] == 1 if mark in _MARKS else usual == totals[series] - 1
            if usual < _USUAL or not alone:
                continue
        longest = max(n.title_end - n.title_start for n in members if n is not members[index])
        yield from _other_mark(text, members[index], leads[index], norm, longest)


def _reach(members: list[Node]) -> int:
    """How far from the beginning of an item its title may end: as far as all but one of its siblings' do."""
    lengths = sorted(n.title_end - n.title_start for n in members if n.form == "run-in")
    return max(_LEAD_LONGEST, min(lengths[-2] + 1, _LEAD_MOST) if len(lengths) > 1 else 0)


def _mark(lead: regex.Match[str] | None) -> str:
    """The mark that ends the first words of an item. A half-width one is PUN001's: it counts for the full one."""
    if lead is None:
        return ""
    return {".": "。", ":": "：", ",": "，", ";": "；", "!": "！"}.get(lead[0], lead[0].strip() or " ")


def _other_mark(text: str, node: Node, lead: regex.Match[str] | None, norm: str, longest: int) -> Iterator[Hit]:
    """What is wrong with the one item whose first words do not end as all the others' do."""
    mark = _mark(lead)
    if lead is None or mark == "，":
        clause = lead or _CLAUSE.search(text, node.title_start, node.body_end)
        if clause is not None and norm == "。" and longest <= CLAUSE_LONGEST and _is_plain(text, node):
            title = text[node.title_start : clause.start()]
            yield Hit(node.start, clause.end(), {"title": title}, (), "sentence")
    elif mark != "：" or not _INTRODUCES.search(text, node.title_start, lead.start()):
        title = text[node.title_start : lead.start()]
        shown = {"zh": "是空格", "en": "a blank"} if mark == " " else {"zh": f"是“{mark}”", "en": f"“{mark}”"}
        others = {"zh": f"都是“{norm}”", "en": f"“{norm}”"}
        edit = Edit(lead.start(), lead.end(), norm)
        yield Hit(node.start, lead.end(), {"title": title, "mark": shown, "norm": others}, (edit,), "lead")


def _is_plain(text: str, node: Node) -> bool:
    """Whether an item is text from its first word on, without a title."""
    if text[node.body_end - 1] not in "。；" or (node.form == "heading" and is_short(node)):
        return False
    # 一是 and its like often introduce plain sentences; a long first sentence may be a title, but not with a figure.
    if node.form == "run-in":
        return _FIGURE.search(text, node.title_start, node.title_end) is not None
    return node.series not in LIST_FORMS or node.series in _TITLED


def _lead(text: str, node: Node, reach: int) -> regex.Match[str] | None:
    """What ends the first words of an item: a full stop or colon, failing these another mark or a comma."""
    start, end = node.title_start, min(node.body_end - 1, node.title_start + reach)
    found = next((match for mark in _LEAD_MARKS if (match := mark.search(text, start, end))), None)
    if node.form == "run-in" and (found is None or found[0] in "，,"):
        return _LEAD_MARKS[1].match(text, node.title_end) or found
    return found
