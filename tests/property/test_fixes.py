"""Fixes come to an end, leave nothing that they could mend, and touch nothing else."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint import fixes
from reportlint.api import Checker
from reportlint.engine import Options, Report
from reportlint.model import Edit, Finding, Fix, Severity
from reportlint.readers import read_text
from tests.property.reports import Item, every_list, outlines, render
from tests.property.test_check import texts

CHECKER = Checker()
NUMBERING = Checker(Options(select=("NUM",), profile="general"))


def check(text: str) -> Report:
    return CHECKER.check_draft(read_text("draft.txt", text))


@given(texts, st.booleans())
@settings(max_examples=150, deadline=None)
def test_a_second_run_changes_nothing(text: str, unsafe: bool) -> None:
    once = fixes.fix_text(text, check, unsafe=unsafe)
    assert fixes.fix_text(once.text, check, unsafe=unsafe).text == once.text


@given(texts, st.booleans())
@settings(max_examples=150, deadline=None)
def test_nothing_is_left_that_could_be_mended(text: str, unsafe: bool) -> None:
    once = fixes.fix_text(text, check, unsafe=unsafe)
    assert once.report.findings == check(once.text).findings
    assert [f for f in once.report.findings if f.fix and (f.fix.safe or unsafe)] == []


@given(outlines(), st.data())
@settings(max_examples=150, deadline=None)
def test_a_doubled_ordinal_is_renumbered(lists: list[list[Item]], data: st.DataObject) -> None:
    items = data.draw(st.sampled_from(every_list(lists)))
    index = data.draw(st.integers(0, len(items) - 1))
    here = items[index]
    items.insert(index + 1, Item(here.series, here.ordinal, "补充一项内容", here.inline))
    text = render(lists).text
    fixed = fixes.fix_text(text, lambda t: NUMBERING.check_draft(read_text("draft.txt", t)), unsafe=True)
    assert fixed.report.findings == [] or fixed.text == text  # left alone where other lists count on from it
    assert len(fixed.text.split("\n")) == len(text.split("\n"))


@given(st.text("甲乙丙丁。，", max_size=60), st.data())
def test_chosen_edits_do_not_meet_and_change_nothing_else(text: str, data: st.DataObject) -> None:
    spans = st.integers(0, len(text)).flatmap(lambda a: st.tuples(st.just(a), st.integers(a, min(len(text), a + 5))))
    drawn = data.draw(st.lists(st.tuples(spans, st.text("某", max_size=3), st.booleans()), max_size=12))
    findings = [
        Finding(a, b, f"AAA{n:03d}", "rule", Severity.WARNING, "", Fix(safe, "", (Edit(a, b, new),)))
        for n, ((a, b), new, safe) in enumerate(drawn)
    ]
    chosen = fixes.choose(findings, unsafe=True)
    edits = sorted(e for f in chosen if f.fix for e in f.fix.edits)
    assert all(a.end < b.start for a, b in pairwise(edits))
    kept = fixes.apply(text, chosen)
    assert len(kept) == len(text) + sum(len(e.content) - (e.end - e.start) for e in edits)
    assert bool(chosen) == bool(findings)


UNMASKING = (
    "税收增长-3,作用明显。\n",
    "税收增长-3,。财税改革继续深化。\n",
    "流通基地，:逐步形成格局。\n",
    "确保处置果断;，取得实效。\n",
    "重要作用。,各级政府高度重视。\n",
    '（四"）深化改革，扩大开放。\n',
    '推进农业现代化""。坚守耕地红线。\n',
    "一、抓投资。\n二、抓消费。\n三、。\n",
    "重要作用。、\n过去的一年，各级政府。\n",
    "由业务部门负责!。对保管点加强管理。\n",
    "并请同志提出意见,\n一、过去一年工作回顾\n",
    "（1）抓投资；\n（2）抓消费；\n（3抓开）工。\n",
    "完成甲村、乙村，、丙村3个村整治。\n",
)


@pytest.mark.parametrize("text", UNMASKING)
@pytest.mark.parametrize("unsafe", [False, True])
def test_mending_one_slip_makes_no_other(text: str, unsafe: bool) -> None:
    before = {f.code for f in check(text).findings if f.severity >= Severity.WARNING}
    after = fixes.fix_text(text, check, unsafe=unsafe).report
    assert {f.code for f in after.findings if f.severity >= Severity.WARNING} <= before


def test_a_doubled_mark_leaves_the_marker_alone() -> None:
    text = "一、抓投资。\n二、抓消费。\n三、。抓开工。\n"
    assert "三、" in fixes.fix_text(text, check, unsafe=True).text
