"""Sections and items that stand side by side, and what a heading is: for the checks of headings."""

from __future__ import annotations

from bisect import bisect_left

from reportlint.checks.base import Context, paragraph_starts
from reportlint.checks.numbering import analyse
from reportlint.draft import BLANKS
from reportlint.frame import CLOSING
from reportlint.judge import LIST_FORMS
from reportlint.outline import RANKS, Node
from reportlint.patterns import pattern

_HEARERS = r"(?:同志们|各位[\u4e00-\u9fff]{2,6}|朋友们|代表们|同学们|老师们)[，：！,:!]"
ADDRESSED = pattern(_HEARERS)
"""What begins by addressing its hearers."""

CLAUSE_LONGEST = 18
"""Code points: up to this length, a sentence may be a title."""

_LEADERS = pattern(r"[.．…·\t \u3000]{2,}\d{1,3}$")
_LAST = 8  # paragraphs
_CLOSING_LONGEST = 40  # code points
_PARTING = pattern(
    rf"{_HEARERS}(?:(?!\n[一二三四五六七八九十（(第\d])[\s\S]){{0,400}}"
    r"(?:让我们|谢谢|奋斗|奋进|奋力|新篇章|新局面|胜利|贡献)[^\n]*\s*\Z|谢谢|"
    r"请(?:各|有关)[^。；]{0,60}(?:报送|反馈|上报|报[至到])|最后，"
)
_LISTED = frozenset({"shi", "yao", "di", "qi", "shou", "dash", "arabic-paren", "circled"})
_HEADED = frozenset({"part", "chapter", "section", "han-comma", "han-paren", "heading", "arabic-dot"})

assert set(RANKS) | {"heading"} >= _HEADED


def families(context: Context) -> list[list[Node]]:
    """The sections that stand side by side: same parent, same series, in the draft proper and not in its table
    of contents."""
    contents = context.memo(_contents) | context.memo(analyse).nested
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


def lists(context: Context) -> list[list[Node]]:
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
    last_twin = {plain(text, n): n.start for n in nodes}
    out, twins = set(), set()
    for node in nodes:
        if node.start not in lines:
            continue
        below = starts[bisect_left(starts, node.body_end) : bisect_left(starts, node.end)]
        listed = last_twin[plain(text, node)] > node.start and all(s in lines for s in below)
        if _LEADERS.search(text, node.start, node.body_end):
            out.add(node.start)
        elif listed:
            twins.add(node.start)
    # One heading that comes again is a doubled one.
    return frozenset(out | twins if len(twins) > 1 else out)


def plain(text: str, node: Node) -> str:
    """A title without the page number of a table of contents."""
    title = text[node.title_start : node.title_end]
    # Most end in no number, and to see that is a tenth of a search.
    return (_LEADERS.sub("", title) if title[-1:].isdigit() else title).strip()


def has_content(context: Context, node: Node) -> bool:
    """Whether anything stands under a heading: text in its paragraph, a paragraph, or a section."""
    if node.children or node.form != "heading":
        return True
    starts = context.memo(paragraph_starts)
    index = bisect_left(starts, node.body_end)
    if index < len(starts) and context.memo(analyse).inverted:
        # 一、 under （一） closes it for the grammar, not for the reader.
        below = context.memo(by_start).get(starts[index])
        if below is not None and below.ordinal == 1 and RANKS.get(below.series, 99) <= RANKS.get(node.series, -1):
            return True
    return index < len(starts) and starts[index] < min(node.end, context.memo(tail))


def by_start(context: Context) -> dict[int, Node]:
    """The sections and items by where they begin; of several at one place the outermost."""
    found: dict[int, Node] = {}
    for node in context.outline.walk():
        found.setdefault(node.start, node)
    return found


def tail(context: Context) -> int:
    """Where the frame's end begins: closing, signature or date are no section's content."""
    frame = context.frame
    last = [p.start for p in (frame.closing, frame.signature, frame.date) if p is not None]
    end = min(last, default=len(context.text))
    for paragraph in reversed(context.draft.paragraphs[-_LAST:]):
        # 以上报告，请予评议。谢谢大家！
        if paragraph.start < end and paragraph.end - paragraph.start <= _CLOSING_LONGEST:
            if not CLOSING.match(context.text, paragraph.start):
                break
            end = paragraph.start
    # What a speech ends with is addressed to all who hear it, as is what a notice asks of all.
    last_ones = [p.start for p in context.draft.paragraphs[-_LAST:] if p.start < end]
    return next((start for start in last_ones if _PARTING.match(context.text, start, end)), end)


def mark_after(text: str, node: Node) -> str:
    """The punctuation that ends a heading, empty if none does."""
    return text[node.title_end : node.body_end].strip(BLANKS)[:1]


def is_short(node: Node) -> bool:
    """Whether a title may be one even with a full stop."""
    # “压实责任，狠抓落实。” is a title; what it lacks is a text.
    return node.title_end - node.title_start <= CLAUSE_LONGEST


def disguised(context: Context) -> frozenset[int]:
    """Where the markers stand that another series hides."""
    return frozenset(d.start for d in context.memo(analyse).disguises)
