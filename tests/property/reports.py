"""Random well-numbered reports, and reports with one numbering fault at a known place."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from reportlint.numerals import int_to_han

SENTENCES = (
    "统筹推进项目建设，进度明显加快",
    "坚持以人民为中心，办好民生实事",
    "完善工作机制，压实各方责任",
    "加强调查研究，摸清基层情况",
    "深化改革开放，激发发展活力",
    "严格执行制度，提升服务效能",
)
BLOCK = {
    "shi": lambda n: f"{int_to_han(n)}是",
    "yao": lambda n: f"{int_to_han(n)}要",
    "di": lambda n: f"第{int_to_han(n)}，",
    "arabic-dot": lambda n: f"{n}.",
    "arabic-paren": lambda n: f"（{n}）",
}
HEADING = {"han-comma": lambda n: f"{int_to_han(n)}、", "han-paren": lambda n: f"（{int_to_han(n)}）"}
SPELL = BLOCK | HEADING


@dataclass
class Item:
    """A marker and what it stands before; `inline` items follow each other in one paragraph."""

    series: str
    ordinal: int
    text: str
    inline: bool = False
    children: list[list[Item]] = field(default_factory=list)


@dataclass
class Report:
    """The text, and for each list the offsets of its markers."""

    text: str
    places: dict[int, list[int]]


def render(lists: list[list[Item]], hidden: frozenset[int] = frozenset()) -> Report:
    """The text of a report; the markers of the items whose `id` is hidden are left out."""
    pieces: list[str] = ["某县工作情况\n"]
    places: dict[int, list[int]] = {}

    def length() -> int:
        return sum(map(len, pieces))

    def write(items: list[Item]) -> None:
        if items[0].inline:
            pieces.append("主要做法如下：")
        for position, item in enumerate(items):
            places.setdefault(id(items), []).append(length())
            if id(item) not in hidden:
                pieces.append(SPELL[item.series](item.ordinal))
            pieces.append(item.text)
            if item.inline:
                pieces.append("；" if position + 1 < len(items) else "。\n")
                continue
            pieces.append("\n" if item.series in HEADING else "。\n")
            if item.series in HEADING:
                pieces.append("有关工作有序开展，取得了阶段性成果。\n")
            for child in item.children:
                write(child)

    for items in lists:
        write(items)
    return Report("".join(pieces), places)


@st.composite
def outlines(draw: st.DrawFn) -> list[list[Item]]:
    """One top-level list of 一、 with （一） lists and list forms below; sometimes （一） counts on across 一、."""
    continuous = draw(st.booleans())
    reached = 0

    def leaves() -> list[Item]:
        series = draw(st.sampled_from(sorted(BLOCK)))
        inline = draw(st.booleans()) and series in ("shi", "yao", "di")
        count = draw(st.integers(2, 5))
        return [Item(series, n, draw(st.sampled_from(SENTENCES)), inline) for n in range(1, count + 1)]

    top = []
    for n in range(1, draw(st.integers(2, 5)) + 1):
        section = Item("han-comma", n, f"{draw(st.sampled_from(SENTENCES))[:6]}")
        if draw(st.booleans()):
            first = reached + 1 if continuous else 1
            count = draw(st.integers(2, 4))
            inner = [Item("han-paren", first + i, draw(st.sampled_from(SENTENCES))[:6]) for i in range(count)]
            reached += count
            for item in inner:
                if draw(st.booleans()):
                    item.children.append(leaves())
            section.children.append(inner)
        elif draw(st.booleans()):
            section.children.append(leaves())
        top.append(section)
    return [top]


def every_list(lists: list[list[Item]]) -> list[list[Item]]:
    """All lists of a report, in document order of their first item."""
    out = []
    for items in lists:
        out.append(items)
        for item in items:
            out.extend(every_list(item.children))
    return out
