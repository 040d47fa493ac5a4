"""The features as functions, on drafts of every kind: what has to hold whatever the text."""

from __future__ import annotations

import random
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lsprotocol import types as lsp

from reportlint.engine import documented
from reportlint.fixes import apply
from reportlint.lsp import actions, completion, structure
from reportlint.lsp.diagnostics import diagnostics
from reportlint.lsp.documents import Document, Snapshot
from reportlint.lsp.edits import difference
from reportlint.lsp.hints import hints
from reportlint.lsp.hover import hover
from reportlint.lsp.pages import explained, page
from reportlint.lsp.projects import Projects
from reportlint.lsp.renumbering import renumbering
from reportlint.lsp.settings import Settings
from reportlint.model import Edit, Finding, Fix, Severity
from tests.lsp.edits import Editor, random_change
from tests.lsp.test_edits import START
from tests.lsp.texts import applied


def checked(text: str, *, markdown: bool = False, encoding: str = "utf-16", **settings: Any) -> Document:
    projects = Projects((), {None: Settings(**settings)})
    found = projects.check(Snapshot("untitled:1", None, "untitled:1", 1, text, markdown, encoding))
    assert isinstance(found, Document), found
    return found


def edited(document: Document, action: lsp.CodeAction | None) -> str:
    assert action is not None
    assert action.edit is not None
    assert action.edit.changes is not None
    made = [
        {"range": {"start": vars_of(e.range.start), "end": vars_of(e.range.end)}, "newText": e.new_text}
        for e in action.edit.changes["untitled:1"]
    ]
    return applied(document.text, made)


def vars_of(position: lsp.Position) -> dict[str, int]:
    return {"line": position.line, "character": position.character}


def names(found: list[lsp.DocumentSymbol], depth: int = 0) -> list[str]:
    return [line for s in found for line in ("  " * depth + s.name, *names(list(s.children or ()), depth + 1))]


def inside(inner: lsp.Range, outer: lsp.Range) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end


def well_formed(symbol: lsp.DocumentSymbol) -> bool:
    children = list(symbol.children or ())
    return (
        bool(symbol.name.strip())
        and inside(symbol.selection_range, symbol.range)
        and all(inside(c.range, symbol.range) and well_formed(c) for c in children)
    )


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.booleans(), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_whatever_the_text(seed: int, markdown: bool, encoding: str) -> None:
    dice = random.Random(seed)
    editor = Editor(START)
    for _ in range(dice.randint(0, 15)):
        random_change(editor, dice, 150)
    document = checked(editor.text, markdown=markdown, encoding=encoding)
    assert all(well_formed(s) for s in structure.symbols(document))
    folds = structure.folding(document)
    assert all(f.start_line < f.end_line for f in folds)
    assert len({f.start_line for f in folds}) == len(folds)
    assert structure.folding(document, 1) == folds[: len(folds[:1])] or len(structure.folding(document, 1)) == 1
    for _ in range(5):
        row, column = document.positions.source.position(dice.randint(0, len(document.text)))
        end = document.positions.source.line_end(row)
        position = document.position(min(document.positions.source.offset(row, column), end))
        chain: lsp.SelectionRange | None = structure.selection(document, position)
        ranges = []
        while chain is not None:
            ranges.append(chain.range)
            chain = chain.parent
        assert all(inside(a, b) and a != b for a, b in pairwise(ranges))
        assert ranges[0].start <= position <= ranges[0].end
        hover(document, position)
        for item in completion.completions(document, position):
            assert isinstance(item.text_edit, lsp.TextEdit)
            assert item.text_edit.range.end == position
        renumbered = renumbering(document, document.positions.offset(position), versioned=False)
        if renumbered:
            edited(document, renumbered) if encoding == "utf-16" else None
    hints(document, (0, len(document.text)))
    everything = actions.fix_all(document, versioned=False, thorough=True)
    if everything and encoding == "utf-16":
        again = checked(edited(document, everything), markdown=markdown)
        assert not any(f.fix and f.fix.safe for f in again.report.findings)


def test_markdown_headings_are_the_outline() -> None:
    document = checked("# 工作总结\n\n## 一、成绩\n\n1. 甲。\n2. 乙。\n\n## 二、问题\n\n不少。\n", markdown=True)
    assert names(structure.symbols(document)) == ["工作总结", "一、成绩", "  1.甲", "  2.乙", "二、问题"]
    assert [(f.start_line, f.end_line) for f in structure.folding(document)] == [(2, 5), (7, 9)]


def test_symbols_do_not_show_what_is_masked() -> None:
    document = checked("# **某局**工作总结\n\n## 一、**成绩**\n\n有。\n", markdown=True)
    assert names(structure.symbols(document)) == ["某局工作总结", "一、成绩"]


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ("（一）甲。\n（一）乙。\n（五）丙。\n", "丙", "（一）甲。\n（二）乙。\n（三）丙。\n"),
        ("做到：一是甲；一是乙；二是丙。\n", "乙", "做到：一是甲；二是乙；三是丙。\n"),
        ("1.甲。\n3.乙。\n9.丙。\n", "甲", "1.甲。\n2.乙。\n3.丙。\n"),
        ("１．甲。\n１．乙。\n", "乙", "１．甲。\n２．乙。\n"),
        ("做到：一是甲；一是乙；二是丙。\n", "甲", "做到：一是甲；二是乙；三是丙。\n"),
        ("做到：一是甲；一是乙；一是丙。\n", "丙", "做到：一是甲；二是乙；三是丙。\n"),
        ("①甲。\n③乙。\n", "乙", "①甲。\n②乙。\n"),
        (
            "一、甲\n一是子。\n二是丑。\n一、乙\n一是寅。\n三是卯。\n",
            "卯",
            "一、甲\n一是子。\n二是丑。\n一、乙\n一是寅。\n二是卯。\n",
        ),
        (
            "一、甲\n一是子。\n二是丑。\n一、乙\n一是寅。\n三是卯。\n",
            "乙",
            "一、甲\n一是子。\n二是丑。\n二、乙\n一是寅。\n三是卯。\n",
        ),
        ("第一，甲。\n第二，乙。\n第二，丙。\n", "丙", "第一，甲。\n第二，乙。\n第三，丙。\n"),
    ],
)
def test_renumbering(text: str, at: str, expected: str) -> None:
    document = checked(text)
    assert edited(document, renumbering(document, text.index(at), versioned=False)) == expected


@pytest.mark.parametrize(
    "text", ["一、甲\n（一）子。\n（二）丑。\n二、乙\n（三）寅。\n（四）卯。\n", "没有序号的一段话。\n", ""]
)
def test_nothing_to_renumber(text: str) -> None:
    document = checked(text)
    assert renumbering(document, max(0, len(text) - 3), versioned=False) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("做好以下工作：一是抓学习；", ["二是"]),
        ("做好以下工作：一是抓学习；二是抓落实。", ["三是"]),
        ("做好以下工作：一是抓学习，", ["二是"]),
        ("抓好两项工作：", ["一是"]),
        ("今年以来，", []),
        ("一是抓学习，一要学深，二要学透；", ["三要", "二是"]),
        ("第一，抓学习。", ["第二，"]),
    ],
)
def test_the_next_ordinal_within_a_paragraph(text: str, expected: list[str]) -> None:
    document = checked(text)
    assert [c.label for c in completion.completions(document, document.position(len(text)))] == expected


def test_no_ordinal_that_is_there_already() -> None:
    text = "做好工作：一是抓学习。二是抓落实。"
    document = checked(text)
    assert completion.completions(document, document.position(text.index("二是"))) == []


def test_the_next_ordinal_at_a_line_start() -> None:
    def proposed(text: str) -> list[str]:
        document = checked(text, profile="general")
        return [c.label for c in completion.completions(document, document.position(len(text)))]

    assert proposed("") == ["一、"]
    assert proposed("一、甲\n") == ["二、", "（一）"]
    assert proposed("一、甲\n（一）子\n") == ["（二）", "二、", "1."]
    assert proposed("一、甲\n（一）子\n（二") == ["（二）"]
    assert proposed("一、甲\n（一）子\n二") == ["二、"]
    assert proposed("一、甲\n一是子。\n") == ["二是", "二、", "（一）"]
    assert proposed("一、甲\n\u3000\u3000") == ["二、", "（一）"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# 某局工作总结\n\n## 成绩\n\n有。\n\n## ", ["存在的问题", "下一步打算"]),
        ("# 某局工作总结\n\n## 一、成绩\n\n有。\n\n## 存", ["二、存在的问题"]),
    ],
)
def test_headings_of_markdown_that_are_wanted(text: str, expected: list[str]) -> None:
    document = checked(text, markdown=True)
    assert [c.label for c in completion.completions(document, document.position(len(text)))] == expected


def test_what_is_superfluous_is_tagged() -> None:
    document = checked("某局工作通报\n全局工作 有序推进,成效明显。\n")
    tags = {str(d.code): d.tags for d in diagnostics(document)}
    assert tags["PUN005"] == [lsp.DiagnosticTag.Unnecessary]
    assert tags["PUN001"] is None


def test_a_comment_that_silences_nothing_is_told() -> None:
    text = "# 𠮷\n\n<!-- reportlint-disable-next-line TYP001 -->\n有序推进。\n"
    (note,) = [d for d in diagnostics(checked(text, markdown=True)) if d.code == "suppression"]
    assert note.range == lsp.Range(lsp.Position(2, 0), lsp.Position(2, len(text.split("\n")[2])))
    assert note.severity == lsp.DiagnosticSeverity.Information


def test_kinds_of_actions() -> None:
    assert actions.wants(None, "quickfix")
    assert actions.wants(["refactor"], "refactor.rewrite")
    assert not actions.wants(["quickfix"], actions.FIX_ALL)


@given(st.text("一二，。\r\n𠮷", max_size=30), st.text("一二，。\r\n𠮷", max_size=30))
def test_a_difference_is_one(old: str, new: str) -> None:
    edits = difference(old, new)
    assert edits == sorted(edits)
    assert all(a.end <= b.start for a, b in pairwise(edits))
    carrier = Finding(0, 0, "X", "x", Severity.INFO, "", Fix(True, "", tuple(edits)))
    assert apply(old, [carrier]) == new


def test_a_difference_is_small() -> None:
    assert difference("甲乙丙。\n丁戊。\n", "甲乙丙。\n丁己。\n") == [Edit(6, 7, "己")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_has_a_page(language: str) -> None:
    for rule in documented().rules:
        assert explained(rule.code, language)
        text = page(rule, language)
        assert text.startswith(f"# {rule.code} ")
        assert "⟦" in text


def test_messages_in_english() -> None:
    document = checked("做到以下三个方面：一是甲；二是乙。", language="en")
    (hint,) = hints(document, (0, 99))
    assert hint.label == "in fact 2"
    shown = hover(document, lsp.Position(0, 5))
    assert shown is not None
    assert "What it does" in str(shown.contents)
