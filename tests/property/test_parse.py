"""The grammar is total, and our loop over its tables gives the tree of Lark's own parser."""

from __future__ import annotations

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from lark import Lark
from lark import Token as LarkToken
from lark import Tree as LarkTree
from lark.lexer import Lexer

from reportlint.draft import MASK
from reportlint.lexer import tokenize
from reportlint.outline import Node, outline
from reportlint.parse import END, Token, Tree, grammar_source, load_grammar, parse
from reportlint.readers import read_text

TERMINALS = sorted({s for row in load_grammar().actions for s in row if s.isupper() and s != END})
PIECES = (
    *(
        "一、",
        "二、",
        "（一）",
        "(二)",
        "三）",
        "1.",
        "2、",
        "20.2026年",
        "18.45亿",
        "1.1 ",
        "1.1.1 ",
        "（1）",
        "2）",
        "①",
    ),
    *(
        "一是",
        "二是",
        "三要",
        "第一，",
        "第二、",
        "首先，",
        "其次，",
        "最后，",
        "其一，",
        "——",
        "第一章 ",
        "第二条",
        "附件1",
    ),
    *(
        "专栏1",
        "# ",
        "## ",
        "> ",
        "- ",
        "**",
        "```",
        "---",
        "\n",
        "\r\n",
        "\r",
        " ",
        "\u3000",
        "\u00a0",
        MASK.strip("\x00"),
    ),
    *("。", "；", "：", "，", "“", "”", "（", "）", "工作", "总体要求", "𠮷", "😀", "abc", "12"),
)
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.text(max_size=80))


class _Given(Lexer):
    """Hands Lark the tokens it is given as text: names separated by blanks."""

    def __init__(self, conf: object) -> None:
        pass

    def lex(self, text: str) -> Iterator[LarkToken]:  # type: ignore[override]
        text = getattr(text, "text", text)
        for place, name in enumerate(text.split()):
            yield LarkToken(name, str(place))


LARK = Lark(grammar_source(), parser="lalr", strict=True, lexer=_Given, regex=True)


def shape(tree: Tree | Token) -> object:
    if isinstance(tree, Token):
        return (tree.type, tree.start)
    return (tree.rule, [shape(c) for c in tree.children])


def lark_shape(tree: LarkTree[LarkToken] | LarkToken) -> object:
    if isinstance(tree, LarkToken):
        return (tree.type, int(tree))
    return (str(tree.data), [lark_shape(c) for c in tree.children])


@given(st.lists(st.sampled_from(TERMINALS), max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_sequence_of_terminals_has_larks_tree(names: list[str]) -> None:
    ours = parse([Token(name, place, place) for place, name in enumerate(names)])
    assert shape(ours) == lark_shape(LARK.parse(" ".join(names)))


@given(texts, st.sampled_from(["a.txt", "a.md"]))
@settings(max_examples=400, deadline=None)
def test_any_text_parses_and_tokens_tile_it(text: str, name: str) -> None:
    draft = read_text(name, text)
    assert len(draft.text) == len(text)
    tokens = tokenize(draft)
    assert [t.start for t in tokens] == [0, *(t.end for t in tokens)][: len(tokens)]
    assert "".join(draft.text[t.start : t.end] for t in tokens) == draft.text
    parse(tokens)


def assert_nested(nodes: tuple[Node, ...], start: int, end: int) -> None:
    for node in nodes:
        assert start <= node.start <= node.marker_end <= node.end <= end
        assert node.start <= node.title_start <= node.title_end <= node.end
        assert_nested(node.children, node.marker_end, node.end)
        start = node.end


@given(texts, st.sampled_from(["a.txt", "a.md"]))
@settings(max_examples=400, deadline=None)
def test_the_outlines_spans_nest_and_follow_each_other(text: str, name: str) -> None:
    draft = read_text(name, text)
    tree = outline(draft)
    assert_nested(tree.sections, 0, len(draft.text))
    starts = [n.start for n in tree.nodes]
    assert starts == sorted(starts)


@given(st.lists(st.sampled_from(["一、", "（一）", "1.", "（1）", "①", "第一章 "]), min_size=1, max_size=30))
def test_sections_tile_the_draft_from_the_first_marker_on(markers: list[str]) -> None:
    draft = read_text("a.txt", "".join(f"{m}标题\n正文在此。\n" for m in markers))
    tree = outline(draft)
    edges = [0, *(n.end for n in tree.sections)]
    assert [n.start for n in tree.sections] == edges[:-1]
    assert edges[-1] == len(draft.text)
    assert len(tree.nodes) == len(markers)
