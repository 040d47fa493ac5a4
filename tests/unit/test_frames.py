"""What surrounds a report: what its genre wants of it, and what leads to a wrong guess at it."""

from __future__ import annotations

import pytest

from reportlint.api import check_text
from reportlint.engine import Options

SECTIONS = "一、主要工作\n好。\n二、存在的问题\n慢。\n"
NEXT = "三、下一步打算\n快。\n"
SENT = "县人民政府：\n现将有关情况报告如下。\n"
DRAFTS = [
    ("a school year", f"某校工作总结\n{SECTIONS}三、下学年重点工作\n快。\n", {"STR008": "INFO"}),
    ("a lost title", f"本学期，学校全面落实教育方针。\n{SECTIONS}{NEXT}", {"STR001": "WARNING", "STR008": "INFO"}),
    (
        "a stray blank",
        "某局工作总结\n一、主要工作\n好。但工作中还 有一些短板：人手不足。\n二、下一步打算\n快。\n",
        {"STR005": "INFO", "STR008": "INFO"},
    ),
    (
        "no addressee of a published report",
        f"某县林长制工作情况报告\n今年抓得紧。\n{SECTIONS}{NEXT}",
        {"STR006": "INFO", "STR007": "INFO", "STR008": "INFO"},
    ),
    (
        "no addressee of a report that was sent",
        f"某县林长制工作情况报告\n现将有关情况报告如下。\n{SECTIONS}{NEXT}特此报告。\n某局\n2026年5月1日\n",
        {"STR006": "WARNING"},
    ),
    (
        "parting words are no plan",
        f"某县林长制工作情况报告\n{SENT}{SECTIONS}各位委员：下一步，我们将加倍努力。\n特此报告。\n某局\n2026年5月1日\n",
        {"STR002": "ERROR"},
    ),
    (
        "a heading before the closing",
        f"某局述职报告\n各位领导：\n{SECTIONS}三、下一步打算\n廉洁自律。\n四、几点体会\n以上报告，请予评议。\n谢谢大家！\n",
        {"STR004": "ERROR", "STR008": "INFO"},
    ),
    (
        "a letter without addressee",
        "关于商请提供资料的函\n请提供资料。\n特此函达。\n某局\n2026年5月1日\n",
        {"STR006": "WARNING"},
    ),
    (
        "a talk without salutation",
        "坚守初心\n——在机关党支部的专题党课讲稿\n今天讲一堂党课。\n一、信念\n好。\n",
        {"STR006": "WARNING"},
    ),
]


@pytest.mark.parametrize(("text", "wanted"), [pytest.param(t, w, id=name) for name, t, w in DRAFTS])
def test_what_is_wanting(text: str, wanted: dict[str, str]) -> None:
    found = check_text(text, options=Options(select=("STR",))).findings
    assert {f.code: f.severity.name for f in found} == wanted
