"""Known findings stay known whatever is edited elsewhere; one more of the same is new."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.api import Checker
from reportlint.baseline import Baseline, dump, entries
from reportlint.engine import Options, Report
from reportlint.readers import read_text

CHECKER = Checker(Options(select=("TYP001", "PLH001"), profile="general"))
CODES = [r.code for r in CHECKER.rules]
SLIPS = ("周密布署", "部暑", "xx镇", "台帐", "XX村")
WORDS = ("县委高度重视", "全面完成任务", "群众反映良好", "加快项目进度", "建设美丽乡村", "压实工作责任", "深入一线调研")

clauses = st.lists(st.sampled_from(WORDS), min_size=2, max_size=4).map("，".join)
paragraphs = st.lists(
    st.tuples(clauses, st.sampled_from(SLIPS), clauses).map("".join) | clauses, min_size=1, max_size=6
).map(lambda parts: "；".join(parts) + "。")
drafts = st.lists(paragraphs, min_size=1, max_size=6)


def report(lines: list[str]) -> Report:
    return CHECKER.check_draft(read_text("a.txt", "\n".join(lines)))


def baseline(lines: list[str]) -> Baseline:
    return Baseline("known.json", Counter(entries(report(lines), "a.txt")))


@given(drafts, st.data())
@settings(max_examples=200, deadline=None)
def test_moved_and_inserted_paragraphs_change_nothing(lines: list[str], data: st.DataObject) -> None:
    moved = data.draw(st.permutations(lines))
    for _ in range(data.draw(st.integers(0, 4))):
        moved.insert(data.draw(st.integers(0, len(moved))), data.draw(st.sampled_from(["", "　　工作进展顺利。"])))
    matched = baseline(lines).match(report(moved), "a.txt", CODES)
    assert (matched.new, matched.stale) == ([], [])


@given(drafts, st.data())
@settings(max_examples=200, deadline=None)
def test_edits_elsewhere_in_the_paragraph_change_nothing(lines: list[str], data: st.DataObject) -> None:
    known = baseline(lines)
    found = report(lines)
    text = found.draft.text
    inside = {at for f in found.findings for at in range(f.start - 6, f.end + 7)}
    free = [at for at, c in enumerate(text) if c == "，" and at not in inside]
    for at in sorted(data.draw(st.lists(st.sampled_from(free), max_size=3)) if free else [], reverse=True):
        text = (
            text[:at]
            + data.draw(st.sampled_from(["，不断取得新的成效，", "", "、", "，投入350万元，"]))
            + text[at + 1 :]
        )
    matched = known.match(report(text.split("\n")), "a.txt", CODES)
    assert (matched.new, matched.stale) == ([], [])


@given(drafts, paragraphs, st.data())
@settings(max_examples=200, deadline=None)
def test_what_is_added_is_new(lines: list[str], more: str, data: st.DataObject) -> None:
    known = baseline(lines)
    longer = list(lines)
    longer.insert(data.draw(st.integers(0, len(lines))), more)
    matched = known.match(report(longer), "a.txt", CODES)
    added = Counter((f.code, text_of([more], f)) for f in report([more]).findings)
    assert Counter((f.code, text_of(longer, f)) for f in matched.new) == added
    assert matched.known == known.known.total()
    assert matched.stale == []


def text_of(lines: list[str], finding: object) -> str:
    return "\n".join(lines)[finding.start : finding.end]  # type: ignore[attr-defined]


@given(drafts)
@settings(max_examples=50, deadline=None)
def test_what_was_mended_is_stale_and_gone_from_what_is_kept(lines: list[str]) -> None:
    known = baseline(lines)
    mended = [line.replace("布署", "部署") for line in lines]
    assert known.match(report(mended), "a.txt", CODES).stale == sorted(
        e for e in known.known.elements() if e.text == "布署"
    )
    kept = known.kept(report(mended), "a.txt")
    assert kept == Counter({e: n for e, n in known.known.items() if e.text != "布署"})
    assert dump(kept).count("\n{") == kept.total()
