"""Baselines: what is known stays known, what is new is new."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from reportlint.api import check_text
from reportlint.baseline import Baseline, dump, entries, load_baseline
from reportlint.engine import Options, Report
from reportlint.model import ReportlintError

TEXT = """\
县交通运输局工作总结

一、主要工作完成情况
今年以来，我局周密布署,狠抓落实，完成投资6.8亿元，同比增长％。
群众反映的的问题已全部解决，xx镇的道路已修通。
三、存在的问题
养护资金不足，管理还不到位。
"""
CODES = ("NUM", "PLH", "TYP", "PUN", "STR")


def report(text: str, filename: str = "a.txt") -> Report:
    return check_text(text, filename, Options(select=CODES, profile="work-summary"))


def baseline(*texts: str, folder: str = ".") -> Baseline:
    known = Counter(e for text in texts for e in entries(report(text), "a.txt"))
    return Baseline(f"{folder}/known.json", known)


def new(known: Baseline, text: str) -> list[tuple[str, str]]:
    found = report(text)
    ran = [f.code for f in report(TEXT).findings]
    matched = known.match(found, "a.txt", ran)
    return [(f.code, text[f.start : f.end]) for f in matched.new]


def stale(known: Baseline, text: str) -> list[str]:
    return [e.code for e in known.match(report(text), "a.txt", {e.code for e in known.known}).stale]


def test_the_draft_has_something_to_know() -> None:
    codes = [f.code for f in report(TEXT).findings]
    assert {"NUM001", "PLH001", "PLH003", "TYP001", "TYP003", "PUN001", "STR002"} <= set(codes)
    assert len(set(entries(report(TEXT), "a.txt"))) == len(codes)


@pytest.mark.parametrize(
    "edited",
    [
        TEXT,
        "\n\n" + TEXT,
        TEXT.replace("\n", "\r\n"),
        TEXT.replace("\n", "\n\n"),
        TEXT.replace("总结\n", "总结\n新的一段在前面。\n"),
        TEXT.replace("一、主要", "各项工作顺利完成。\n一、主要"),
        TEXT.replace("今年以来，我局", "今年以来，在上级领导下，我局上下同心，"),
        TEXT.replace("6.8亿元", "7.25亿元"),
        TEXT.replace("周密布署", "及时周密布署"),
        TEXT.replace("布署,狠抓", "布署,切实狠抓"),
        TEXT.replace("修通。", "修通，并已通过验收，投入使用。"),
        TEXT.replace("县交通运输局", "甲县交通运输局"),
        TEXT.replace("\n今年", "\n　　今年"),
        "\n".join([*TEXT.split("\n")[:3], *reversed(TEXT.split("\n")[3:5]), *TEXT.split("\n")[5:]]),
    ],
)
def test_edits_elsewhere_bring_nothing_back(edited: str) -> None:
    known = baseline(TEXT)
    assert new(known, edited) == []
    assert stale(known, edited) == []


def test_an_equal_slip_more_is_new() -> None:
    known = baseline(TEXT)
    assert new(known, TEXT + "办好实事要周密布署，抓好落实。\n") == [("TYP001", "布署")]
    line = "今年以来，我局周密布署,狠抓落实，完成投资6.8亿元，同比增长％。\n"
    assert Counter(new(known, TEXT + line)) == Counter([("TYP001", "布署"), ("PUN001", ","), ("PLH003", "％")])


def test_a_slip_elsewhere_is_not_the_one_that_was_mended() -> None:
    known = baseline(TEXT)
    edited = TEXT.replace("周密布署,", "周密部署,").replace("管理还", "任务布署和管理还")
    assert new(known, edited) == [("TYP001", "布署")]
    assert stale(known, edited) == ["TYP001"]


def test_what_is_mended_is_stale() -> None:
    known = baseline(TEXT)
    assert stale(known, TEXT.replace("的的", "的").replace("xx镇", "云溪镇")) == ["PLH001", "TYP003"]
    # A rule that was not run cannot say that its findings are gone.
    assert known.match(report("好。"), "a.txt", ("PLH001",)).stale == [
        e for e in sorted(known.known) if e.code == "PLH001"
    ]


def test_another_file_is_another_file() -> None:
    known = baseline(TEXT)
    found = report(TEXT, "b.txt")
    assert known.match(found, "b.txt", CODES).new == found.findings


def test_paths_are_seen_from_the_baseline(tmp_path: Path) -> None:
    known = Baseline(str(tmp_path / "known.json"), Counter())
    assert known.name(str(tmp_path / "报告" / "a.txt")) == "报告/a.txt"
    assert Baseline(str(tmp_path / "x" / "k.json"), Counter()).name(str(tmp_path / "a.txt")) == "../a.txt"


def test_the_file_is_sorted_and_has_a_line_for_each(tmp_path: Path) -> None:
    known = baseline(TEXT, TEXT)
    text = dump(known.known)
    lines = text.splitlines()[1:-1]
    assert len(lines) == known.known.total()
    keys = [tuple(json.loads(line.rstrip(",")).values()) for line in lines]
    assert keys == sorted(keys)
    assert {key[-1] for key in keys} == {1, 2}
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8")
    assert load_baseline(str(path), "known.json").known == known.known
    assert dump(Counter()) == '{"version": 1, "findings": [\n\n]}\n'


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("", "1:1"),
        ("[]", "1:1"),
        ("7", "1:1"),
        ("null", ""),
        ('{"version": 1}', "1:1"),
        ('{"version": 1, "findings": {}}', "1:28"),
        ('{"version": 1, "findings": [\n7]}', "2:1"),
        ('{"version": 1, "findings": [\n{"file": 1, "code": "", "text": "", "before": "", "after": ""}]}', "2:10"),
        ('{"version": "1", "findings": []}', "1:2"),
        ('{"findings": []}', "1:1"),
    ],
)
def test_what_is_no_baseline_is_said_where(text: str, place: str, tmp_path: Path) -> None:
    path = tmp_path / "known.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReportlintError) as caught:
        load_baseline(str(path), str(path))
    assert str(caught.value).startswith(f"{path}:{place}")
