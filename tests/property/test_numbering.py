"""A well-numbered report has no NUM finding; one with a single fault has exactly one, there."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.api import Checker
from reportlint.checks.sequence import faults
from reportlint.engine import Options
from reportlint.model import Finding
from reportlint.readers import read_text
from tests.property.reports import Item, every_list, outlines, render

CHECKER = Checker(Options(select=("NUM",), profile="general"))


def findings(text: str) -> list[Finding]:
    return CHECKER.check_draft(read_text("draft.txt", text)).findings


@given(outlines())
@settings(max_examples=150, deadline=None)
def test_well_numbered_report_is_silent(lists: list[list[Item]]) -> None:
    text = render(lists).text
    assert [(f.code, text[f.start : f.end]) for f in findings(text)] == []


@given(outlines(), st.data())
@settings(max_examples=200, deadline=None)
def test_removed_marker_is_one_finding_on_the_next(lists: list[list[Item]], data: st.DataObject) -> None:
    items = data.draw(st.sampled_from(every_list(lists)))
    index = data.draw(st.integers(0, len(items) - 2))
    report = render(lists, frozenset({id(items[index])}))
    found = findings(report.text)
    assert [f.start for f in found] == [report.places[id(items)][index + 1]]
    assert found[0].code == ("NUM001" if index else "NUM003")


@given(outlines(), st.data())
@settings(max_examples=200, deadline=None)
def test_doubled_ordinal_is_one_finding_on_the_second(lists: list[list[Item]], data: st.DataObject) -> None:
    items = data.draw(st.sampled_from(every_list(lists)))
    index = data.draw(st.integers(0, len(items) - 1))
    here = items[index]
    items.insert(index + 1, Item(here.series, here.ordinal, "补充一项内容", here.inline))
    report = render(lists)
    found = findings(report.text)
    assert [(f.code, f.start) for f in found] == [("NUM002", report.places[id(items)][index + 1])]


@given(outlines(), st.data())
@settings(max_examples=200, deadline=None)
def test_swapped_markers_are_one_finding_on_one_of_them(lists: list[list[Item]], data: st.DataObject) -> None:
    items = data.draw(st.sampled_from(every_list(lists)))
    index = data.draw(st.integers(0, len(items) - 2))
    items[index].ordinal, items[index + 1].ordinal = items[index + 1].ordinal, items[index].ordinal
    report = render(lists)
    found = findings(report.text)
    places = report.places[id(items)][index : index + 2]
    assert [f.code for f in found] == ["NUM004"]
    assert found[0].start in places


@given(st.integers(1, 30), st.integers(0, 9))
def test_a_right_sequence_has_no_fault(length: int, carry: int) -> None:
    assert faults(range(1, length + 1), carry) == ([], length)
    assert faults(range(carry + 1, carry + length + 1), carry) == ([], carry + length)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=40), st.integers(0, 9))
def test_faults_stand_in_order_and_only_once_at_an_item(ordinals: list[int], carry: int) -> None:
    places = [f.at for f in faults(ordinals, carry)[0]]
    assert places == sorted(set(places))
    assert all(0 <= at < len(ordinals) for at in places)


@given(st.integers(3, 15), st.data())
def test_one_wrong_ordinal_in_its_right_place_is_one_fault(length: int, data: st.DataObject) -> None:
    ordinals = list(range(1, length + 1))
    at = data.draw(st.integers(1, length - 2))
    ordinals[at] = data.draw(st.integers(length + 2, 60))
    assert [f.at for f in faults(ordinals)[0]] == [at]
