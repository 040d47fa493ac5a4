"""Checking: any text, any number of times."""

from __future__ import annotations

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.api import Checker
from reportlint.engine import Options
from reportlint.readers import read_text
from reportlint.render import FORMATS, render
from reportlint.render.terminal import text_width, window
from tests.property.test_parse import PIECES

EXTRA = (
    "xx",
    "XX%",
    "*亿元",
    "○○",
    "同比增长％",
    "《",
    "》",
    "的的",
    "...",
    "--",
    "某某",
    "{{名称}}",
    "，，",
    "挂起沟来",
    "(a)",
    "同志们：",
)
texts = st.lists(st.sampled_from((*PIECES, *EXTRA)), max_size=60).map("".join)
CHECKER = Checker(Options(select=("ALL",)))


@given(texts, st.sampled_from(["a.txt", "a.md"]))
@settings(max_examples=250, deadline=None)
def test_the_same_draft_gives_the_same_bytes(text: str, name: str) -> None:
    for form in FORMATS:
        first, second = ("".join(render(form, [CHECKER.check_draft(read_text(name, text))])) for _ in range(2))
        assert first == second


@given(texts)
@settings(max_examples=250, deadline=None)
def test_findings_lie_in_the_text_and_edits_do_not_overlap(text: str) -> None:
    for finding in CHECKER.check_draft(read_text("a.txt", text)).findings:
        assert 0 <= finding.start <= finding.end <= len(text)
        assert finding.message
        edits = sorted(finding.fix.edits) if finding.fix else []
        assert all(0 <= e.start <= e.end <= len(text) for e in edits)
        assert all(a.end <= b.start for a, b in itertools.pairwise(edits))


@given(texts, st.integers(40, 120))
@settings(max_examples=150, deadline=None)
def test_a_window_fits_and_points_at_the_place(text: str, room: int) -> None:
    line = text.replace("\n", "").replace("\r", "")
    for start in range(0, len(line), 7):
        end = min(len(line), start + 3)
        shown = window(line, start, end, room)
        assert text_width(shown.text) <= room
        assert shown.before + shown.width <= room + 1


@given(texts)
@settings(max_examples=100, deadline=None)
def test_full_output_can_be_rendered(text: str) -> None:
    report = CHECKER.check_draft(read_text("a.txt", text))
    blocks = list(render("full", [report]))
    assert len(blocks) == len(report.findings)
