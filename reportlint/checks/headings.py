"""Kind `headings`: headings with nothing under them, doubled, uneven or too long."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise, takewhile
from typing import Any

from reportlint.checks.base import Context, Hit, paragraph_starts
from reportlint.checks.endings import ends
from reportlint.checks.families import (
    ADDRESSED,
    CLAUSE_LONGEST,
    by_start,
    disguised,
    families,
    has_content,
    is_short,
    lists,
    mark_after,
    plain,
    tail,
)
from reportlint.checks.numbering import analyse
from reportlint.judge import LIST_FORMS
from reportlint.outline import RANKS, Node
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_LONGEST = 40
_SHORTEST_DOUBLE = 4
_SHORTEST_PHRASE = 6  # 基本情况 and 原因分析 are of one length by chance
_BARE_LONGEST = 10
_WORD, _FRAME_LONGEST = 2, 4
_STOPS = "。；！：，"
_MARKS = pattern(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff“”《》（），、])|^[—–-]+|[。，；：、 ]+$")
_CLAUSES = pattern(r"[，、；,;\s]+")


def _empty(context: Context) -> Iterator[Hit]:
    bare = {hit.start: hit for hit in _bare(context)}
    yield from bare.values()
    yield from (hit for hit in _unfilled(context) if hit.start not in bare)


def _unfilled(context: Context) -> Iterator[Hit]:
    """The headings with nothing under them."""
    text = context.text
    hidden, nested = context.memo(disguised), context.memo(analyse).nested
    for family in context.memo(families):
        if any(c.start in hidden for n in family for c in n.children):
            continue  # one of them is the section that another's marker hides
        if any(n.end in nested for n in family):
            continue  # what ranks above them tears them from their text
        filled = [has_content(context, n) for n in family]
        stopped = [mark_after(text, n) == "。" for n, full in zip(family, filled, strict=True) if full]
        titled = bool(stopped) and all(stopped) and all(n.form == "heading" for n in family)
        twins = {a.start for a, b in pairwise(family) if plain(text, a) == plain(text, b)}
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
            mark = mark_after(text, node)
            title = titled and is_short(node)
            if full or node.region or mark in ("；", "！", ";", "，", "、") or (mark == "。" and not title):
                continue
            alone = node.series in ("han-comma", "chapter", "heading") and (rivals or len(family) == 1)
            if alone or rivals:
                yield Hit(node.start, node.title_end, {"title": text[node.title_start : node.title_end]})


def _bare(context: Context) -> Iterator[Hit]:
    """The items of which only the title is left: “二是抓消费。” among items that all go on after theirs."""
    text = context.text
    blocks = [f for f in (*context.memo(families), *context.memo(lists)) if not any(n.inline for n in f)]
    totals: Counter[str] = Counter()
    odd: Counter[str] = Counter()
    for family in blocks:
        totals[family[0].series] += len(family)
        odd[family[0].series] += sum(n.form != "run-in" for n in family)
    for family in blocks:
        bare = [n for n in family if n.form != "run-in"]
        if len(bare) != 1 or len(family) == 1:
            continue
        node, series = bare[0], family[0].series
        # Of two sentences only the like lists of the draft can say what is usual; of many, the list itself.
        short = series in RANKS and node.title_end - node.title_start <= _BARE_LONGEST
        usual = len(family) > 2 or short or (totals[series] > 3 and odd[series] == 1)
        if node.form != "heading" or node.children or not usual or mark_after(text, node) != "。":
            continue
        longest = max(n.title_end - n.title_start for n in family if n is not node) + 4
        if node.series in LIST_FORMS:
            longest = min(longest, CLAUSE_LONGEST)  # 一是 introduces whole sentences too
            if _has_text_after(context, node):
                continue
        elif has_content(context, node):
            continue
        if node.title_end - node.title_start <= longest:
            yield Hit(node.start, node.title_end, {"title": text[node.title_start : node.title_end]})


def _has_text_after(context: Context, node: Node) -> bool:
    """Whether a paragraph that is no item follows one of 一是 or its like: the list's text may stand there."""
    starts = context.memo(paragraph_starts)
    index = bisect_left(starts, node.body_end)
    if index == len(starts) or starts[index] >= context.memo(tail) or starts[index] in context.memo(by_start):
        return False
    return not ADDRESSED.match(context.text, starts[index])


def _is_bare_title(node: Node, others_go_on: bool, text: str) -> bool:
    """Whether “（二）抓消费。” is all there is of a section whose siblings all go on after their title sentence."""
    length = node.title_end - node.title_start
    if mark_after(text, node) != "。" or length > CLAUSE_LONGEST:
        return False
    return others_go_on or (node.series == "han-comma" and length <= _BARE_LONGEST)


def _doubled(context: Context) -> Iterator[Hit]:
    text = context.text
    for family in (*context.memo(families), *context.memo(lists)):
        seen: dict[str, Node] = {}
        for node in family:
            # An item has no title: it doubles another only as a whole.
            whole = text[node.title_start : node.body_end].rstrip("。；;")
            title = whole if node.form == "item" else plain(text, node)
            if len(title) < _SHORTEST_DOUBLE:
                continue
            if title in seen:
                row = context.draft.source.position(seen[title].start)[0]
                yield Hit(node.start, node.title_end, {"title": title, "row": row})
            else:
                seen[title] = node


def _long(context: Context) -> Iterator[Hit]:
    for family in context.memo(families):
        for node in family:
            length = node.title_end - node.title_start
            if node.form == "heading" and length > _LONGEST and has_content(context, node):
                yield Hit(node.title_start, node.title_end, {"length": length, "most": _LONGEST})
        yield from _longer(context, family)
    for family in context.memo(lists):
        # 一是 and its like often introduce plain sentences; among short titles they do not.
        if len(family) > 2 and sum(n.form == "run-in" and is_short(n) for n in family) >= len(family) - 1:
            yield from _longer(context, family)


def _longer(context: Context, family: list[Node]) -> Iterator[Hit]:
    """The items whose first words are too long for a title, where those of all their siblings are one."""
    text = context.text
    odd = [n for n in family if n.form == "item"]
    titled = [n for n in family if n.form != "item"]
    longest = max((n.title_end - n.title_start for n in titled), default=_LONGEST)
    if len(odd) != 1 or longest >= _LONGEST or (len(titled) < 2 and longest > CLAUSE_LONGEST):
        return
    node = odd[0]
    stop = text.find("。", node.title_start, node.body_end)
    end = stop if stop >= 0 else node.body_end
    # A sentence that ends its paragraph is a text without a title, and no title.
    bare = all(n.form == "heading" for n in titled) or text[end - 1] not in _STOPS
    alone = bare and _has_below(context, node)
    if end - node.title_start > _LONGEST and (end + 1 < node.body_end or alone):
        yield Hit(node.title_start, end, {"length": end - node.title_start, "most": _LONGEST})


def _has_below(context: Context, node: Node) -> bool:
    starts = context.memo(paragraph_starts)
    index = bisect_left(starts, node.body_end)
    return bool(node.children) or (index < len(starts) and starts[index] < min(node.end, context.memo(tail)))


def _parallel(context: Context) -> Iterator[Hit]:
    text = context.text
    for family in (*context.memo(families), *context.memo(lists)):
        if len(family) < 3 or any(n.form == "item" for n in family):
            continue
        # A stray blank or mark is another finding's.
        titles = [_MARKS.sub("", plain(text, n)) for n in family]
        if len(set(titles)) < len(titles):
            continue
        # A blank stands between two clauses, or where none should.
        shapes = [{_clauses(plain(text, n)), _clauses(title)} for n, title in zip(family, titles, strict=True)]
        common, count = Counter(n for shape in shapes for n in shape).most_common(1)[0]
        if len(family) > 3 and common >= 2 and count == len(family) - 1:
            node = next(n for n, s in zip(family, shapes, strict=True) if common not in s)
            yield Hit(node.title_start, node.title_end, {"clauses": common})
            continue
        odd = _odd_length([len(title) for title in titles])
        if odd is not None:
            node = family[odd[0]]
            yield Hit(node.title_start, node.title_end, {"length": odd[1]}, variant="length")
            continue
        other = _odd_frame(titles)
        if other is not None:
            node = family[other[0]]
            yield Hit(node.title_start, node.title_end, {"frame": other[1]}, variant="frame")


def _odd_length(lengths: list[int]) -> tuple[int, int] | None:
    """Of titles that have one length all but one: the index of that one, if it is of another, and the length; or the
    one that has not half the length of the next shorter."""
    common, count = Counter(lengths).most_common(1)[0]
    if len(lengths) > 3 and count == len(lengths) - 1 and common >= _SHORTEST_PHRASE:
        index = next(i for i, n in enumerate(lengths) if n != common)
        return (index, common) if abs(lengths[index] - common) > 1 else None
    shortest, second = sorted(lengths)[:2]
    return (lengths.index(shortest), second) if shortest * 2 < second and shortest <= _SHORTEST_DOUBLE else None


def _odd_frame(titles: list[str]) -> tuple[int, str] | None:
    """Of titles that begin with one word all but one: the index of that one, and the word; of three, the others must
    end alike too: 关于…的问题."""
    word, count = Counter(title[:_WORD] for title in titles).most_common(1)[0]
    if count != len(titles) - 1:
        return None
    index = next(i for i, title in enumerate(titles) if title[:_WORD] != word)
    others = titles[:index] + titles[index + 1 :]
    if len(others) < 3 and not _is_pair(others, titles[index]):
        return None
    start = _beginning(others)
    return index, start if len(start) <= _FRAME_LONGEST else word


def _is_pair(pair: list[str], other: str) -> bool:
    """Whether two titles are alike in more than their first word, and a third is not: in end, clauses or length."""
    if len(_beginning([title[::-1] for title in pair])) >= _WORD:
        return True
    clauses, length = ({f(title) for title in pair} for f in (_clauses, len))
    return (len(clauses) == 1 and clauses != {1} and _clauses(other) not in clauses) or (
        len(length) == 1 and abs(len(other) - len(pair[0])) > 1
    )


def _clauses(title: str) -> int:
    return sum(bool(clause) for clause in _CLAUSES.split(title))


def _beginning(words: list[str]) -> str:
    """What all words begin with."""
    alike = takewhile(lambda characters: len(set(characters)) == 1, zip(*words, strict=False))
    return "".join(characters[0] for characters in alike)


_DEFECTS = {
    "empty": _empty,
    "ends": ends,
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
