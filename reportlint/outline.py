"""The tree of the grammar to the outline: sections and items with their titles and places, and the lists they form.

The nesting is the grammar's. Two facts that need the ordinals, which a grammar does not see, are settled here:
an item that follows its own enclosing item (一是…二要…, 1.…；2.…) is that item's sibling, and an item that goes on
with a list opened further out belongs to that list.
"""

from collections.abc import Iterator
from typing import NamedTuple

from reportlint.draft import BLANKS, Draft
from reportlint.judge import LIST_FORMS, series_of
from reportlint.lexer import tokenize
from reportlint.parse import Token, Tree, parse
from reportlint.patterns import pattern

RANKS = {
    series: rank
    for rank, series in enumerate(
        (
            "part",
            "chapter",
            "section",
            "article",
            "han-comma",
            "han-paren",
            "arabic-dot",
            "decimal",
            "arabic-paren",
            "circled",
        )
    )
}
"""The numbered series from the highest; list forms have no rank, they attach under any level."""

TITLE_LONGEST = 45
"""Code points: a first sentence up to this length is a run-in title, a longer one is the item itself."""

HEADING_LONGEST = 60
"""Code points: a numbered line up to this length with no mark at its end is a heading."""

_SENTENCE_END = pattern(r"[。！？；!?;]")
_CLAUSE_END = pattern(r"[，,；;：:。！？!?]")
_LEADING = "，,、：:" + BLANKS
_TRAILING = "，,；;：:、 " + BLANKS


class Node(NamedTuple):
    """A section or an item. `[start, end)` is all of it, from its marker to where the next one begins.

    `form`: `heading` (a title alone in its paragraph), `run-in` (a title, then text in the same paragraph) or
    `item` (no short title; `title` is then its first clause). `body_end` ends its own paragraph.
    """

    series: str
    ordinal: int | None
    type: str
    start: int
    marker_end: int
    end: int
    body_end: int
    title_start: int
    title_end: int
    form: str
    inline: bool
    odd: bool
    level: int
    region: int
    children: tuple["Node", ...]

    @property
    def place(self) -> str:
        """The series whose list the node stands in; another than its own where the writer mixed two."""
        return self.series if self.type.startswith("MD") else series_of(self.type)

    @property
    def run_in(self) -> bool:
        """Whether text follows the title in the same paragraph."""
        return self.form == "run-in"

    def walk(self) -> Iterator["Node"]:
        """The node and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


class Outline(NamedTuple):
    """The numbered body of a draft. `boxes` are the starts of 专栏 and the like, `annexes` those of 附件."""

    sections: tuple[Node, ...]
    nodes: tuple[Node, ...]
    boxes: tuple[int, ...]
    annexes: tuple[int, ...]

    def walk(self) -> Iterator[Node]:
        """Every node, in document order."""
        return iter(self.nodes)


class _Raw:
    """A node while the tree is still being rearranged."""

    __slots__ = ("children", "end", "start", "token")

    def __init__(self, token: Token, end: int, children: list["_Raw"]) -> None:
        self.token = token
        self.start = token.start
        self.end = end
        self.children = children


def outline(draft: Draft) -> Outline:
    """The outline of a draft. Never fails: a draft without a marker has no sections."""
    tokens = tokenize(draft)
    tree = parse(tokens)
    main = [c for c in tree.children if not (isinstance(c, Tree) and c.rule == "annex")]
    parts = [c for c in tree.children if isinstance(c, Tree) and c.rule == "annex"]
    annexes = [_start(p) for p in parts]
    ends = [*annexes, len(draft.text)]
    roots = [(0, _raw(main, ends[0]))]
    roots += [(i + 1, _raw(part.children[1:], ends[i + 1])) for i, part in enumerate(parts)]
    breaks = [p.end for p in draft.paragraphs]
    sections: list[Node] = []
    for region, raws in roots:
        _lift(raws)
        _rejoin(raws)
        sections.extend(_Builder(draft, breaks, region).nodes(raws, 1))
    nodes = tuple(n for section in sections for n in section.walk())
    return Outline(tuple(sections), nodes, tuple(t.start for t in tokens if t.type == "BOX"), tuple(annexes))


def _start(tree: Tree | Token) -> int:
    return tree.start if isinstance(tree, Token) else _start(tree.children[0])


def _raw(children: list[Token | Tree], end: int) -> list[_Raw]:
    out: list[_Raw] = []
    for index, child in enumerate(children):
        if isinstance(child, Tree):
            stop = _start(children[index + 1]) if index + 1 < len(children) else end
            token = child.children[0]
            assert isinstance(token, Token)
            out.append(_Raw(token, stop, _raw(child.children[1:], stop)))
    return out


def _lift(nodes: list[_Raw]) -> None:
    """Makes an inner item whose ordinal goes on from its outer item's the outer item's sibling."""
    index = 0
    while index < len(nodes):
        node = nodes[index]
        lifted = _continuation(node)
        if lifted:
            nodes[index + 1 : index + 1] = lifted
            node.children = node.children[: len(node.children) - len(lifted)]
            node.end = lifted[0].start
        _lift(node.children)
        index += 1


def _continuation(node: _Raw) -> list[_Raw]:
    ordinal = node.token.ordinal
    if ordinal is None:
        return []
    for index, child in enumerate(node.children):
        inside = child.token.inline and (
            child.token.series == node.token.series
            or (child.token.series in LIST_FORMS and node.token.series in LIST_FORMS)
        )
        earlier = any(c.token.series == child.token.series for c in node.children[:index])
        if inside and not earlier and child.token.ordinal == ordinal + 1:
            return node.children[index:]
    return []


def _rejoin(nodes: list[_Raw]) -> None:
    """Gives an item back to the list that it goes on with, where a numbered section inside that list's last item
    has swallowed it: 一是 / （1） / （2） / 二是."""
    index = 0
    openers: dict[str, _Raw] = {}  # the last item of each list form so far
    while index < len(nodes):
        node = nodes[index]
        if node.token.series in LIST_FORMS and node.token.ordinal is not None:
            openers[node.token.series] = node
        elif node.token.series in RANKS and openers:
            found = _strayed(openers, node)
            if found is not None:
                opener, moved = found
                # What stood between the opener and the strayed item is the opener's.
                first = nodes.index(opener) + 1
                inner = nodes[first : index + 1]
                opener.children.extend(inner)
                for item in (opener, *inner):
                    item.end = min(item.end, moved[0].start) if item is not opener else moved[0].start
                nodes[first : index + 1] = moved
                index = first
                continue
        _rejoin(node.children)
        index += 1


def _strayed(openers: dict[str, _Raw], node: _Raw) -> tuple[_Raw, list[_Raw]] | None:
    """The open list item that a child of `node` goes on from, and that child with all after it."""
    for position, child in enumerate(node.children):
        opener = openers.get(child.token.series)
        if opener is None or child.token.ordinal is None or child.token.ordinal == 1:
            continue
        own = any(c.token.series == child.token.series for c in node.children[:position])
        if not own and child.token.ordinal == (opener.token.ordinal or 0) + 1:
            moved = node.children[position:]
            del node.children[position:]
            return opener, moved
    return None


class _Builder:
    """Raw nodes to Nodes: titles, forms, levels."""

    def __init__(self, draft: Draft, breaks: list[int], region: int) -> None:
        self.draft = draft
        self.text = draft.text
        self.breaks = breaks
        self.region = region
        self.paragraph = 0

    def nodes(self, raws: list[_Raw], level: int) -> list[Node]:
        return [self.node(raw, level) for raw in raws]

    def node(self, raw: _Raw, level: int) -> Node:
        token = raw.token
        while self.paragraph < len(self.breaks) and self.breaks[self.paragraph] < token.end:
            self.paragraph += 1
        body_end = self.breaks[self.paragraph] if self.paragraph < len(self.breaks) else raw.end
        body_end = max(token.end, min(body_end, raw.end))
        own_end = min(body_end, raw.children[0].start) if raw.children else body_end
        title_start, title_end, form = self._title(token, own_end, own_end < body_end)
        children = tuple(self.nodes(raw.children, level + 1))
        return Node(
            token.series, token.ordinal, token.type, token.start, token.end, raw.end, body_end,
            title_start, title_end, form, token.inline, token.odd, level, self.region, children,
        )  # fmt: skip

    def _title(self, token: Token, end: int, goes_on: bool) -> tuple[int, int, str]:
        """Where the title stands, and the node's form."""
        start = token.end
        while start < end and self.text[start] in _LEADING:
            start += 1
        while end > start and self.text[end - 1] in BLANKS:
            end -= 1
        stop = _SENTENCE_END.search(self.text, start, end)
        flat = token.inline and token.series in RANKS and not token.type.endswith("_IN")
        blank = (
            next((i for i in range(start, min(end, start + TITLE_LONGEST)) if self.text[i] in BLANKS), -1)
            if flat
            else -1
        )
        if blank > 0 and (stop is None or blank < stop.start()):
            return start, blank, "run-in"
        if stop is None:
            longest = HEADING_LONGEST if token.series in RANKS and not token.inline else TITLE_LONGEST
            if end - start <= longest:
                return start, self._bare(start, end), "run-in" if goes_on else "heading"
        elif stop.start() - start <= TITLE_LONGEST and (stop[0] not in "；;" or (stop.end() >= end and not goes_on)):
            alone = stop.end() >= end and not goes_on
            return start, stop.start(), "heading" if alone else "run-in"
        clause = _CLAUSE_END.search(self.text, start, end)
        return start, clause.start() if clause else end, "item"

    def _bare(self, start: int, end: int) -> int:
        while end > start and self.text[end - 1] in _TRAILING:
            end -= 1
        return end
