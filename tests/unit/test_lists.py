"""Lists with one slip in them: what is found, and that it is found once."""

from __future__ import annotations

import pytest

from reportlint.api import check_text
from reportlint.engine import Options

HEAD = "关于春耕工作的说明\n"
ONE_SLIP = [
    ("a figure among words", "做法有：\n一是建机制。\n⟦2.⟧强队伍。\n三是抓考核。\n", "NUM005"),
    (
        "a word at the end",
        "一、做法\n（一）建机制。好。\n（二）强队伍。好。\n⟦三是⟧抓考核。好。\n二、打算\n快。\n",
        "NUM005",
    ),
    ("a figure at the end of a paragraph", "做法是：一是建机制；二是强队伍；⟦3.⟧抓考核。\n", "NUM005"),
    (
        "a section as an item",
        "一、做法\n（一）建机制。好。\n⟦2、⟧强队伍。好。\n（三）抓考核。好。\n二、打算\n快。\n",
        "NUM005",
    ),
    ("then", "第一，建机制。\n⟦其次，⟧强队伍。\n第三，抓考核。\n", "NUM005"),
    ("first twice", "要做到：首先，人员到位。⟦首先⟧，资金到位。最后，督查到位。\n", "NUM002"),
    ("a list of one figure", "一、做法\n好。\n二、打算\n⟦1.⟧强队伍。快。\n三、建议\n多。\n", "NUM008"),
    ("a mark lost after 二", "一、做法\n好。\n⟦二⟧存在问题\n慢。\n三、打算\n快。\n", "NUM007"),
    ("a mark lost after 2", "1.建机制。好。\n⟦2⟧强队伍。好。\n3.抓考核。好。\n", "NUM007"),
    ("a full stop after 第二", "第一，建机制。\n⟦第二.⟧强队伍。\n第三，抓考核。\n", "NUM007"),
    ("a colon after 第二", "第一，建机制。\n⟦第二：⟧强队伍。\n第三，抓考核。\n", "PUN009"),
    (
        "the same rank inside",
        "一、做法\n好。\n二、任务\n抓好两件事：\n⟦一、⟧建机制。好。\n二、强队伍。好。\n三、打算\n快。\n",
        "NUM010",
    ),
    (
        "the same rank after the last item",
        "一、做法\n（一）建机制。好。\n（二）强队伍。好。\n二、任务\n（一）抓考核。好。\n（二）抓奖惩。好。\n"
        "⟦一、⟧明责任，定分工。\n二、勤督查，促落实。\n三、打算\n快。\n",
        "NUM010",
    ),
    (
        "the same rank in the last section",
        "一、做法\n好。\n二、任务\n（一）抓考核。好。\n⟦一、⟧明责任，定分工。\n二、勤督查，促落实。\n（二）抓奖惩。好。\n",
        "NUM010",
    ),
    (
        "a higher rank after the last item",
        "一、做法\n1.建机制。好。\n2.强队伍。好。\n⟦（一）⟧明责任，定分工。\n（二）勤督查，促落实。\n二、打算\n快。\n",
        "NUM010",
    ),
    ("the last semicolon", "条件是：\n（一）经过讨论；\n（二）资金落实⟦；⟧\n其他不办。\n", "PUN008"),
    ("half-width before a blank", "完成率达到100%⟦,⟧ 居全市前列。\n", "PUN001"),
    ("a doubled heading", "一、做法\n好。\n⟦二、压实责任⟧\n快。\n", ""),
]


@pytest.mark.parametrize(("text", "code"), [pytest.param(t, c, id=name) for name, t, c in ONE_SLIP])
def test_one_slip_is_one_finding(text: str, code: str) -> None:
    plain = HEAD + text.replace("⟦", "").replace("⟧", "")
    marked = text[text.index("⟦") + 1 : text.index("⟧")]
    options = Options(select=("NUM", "STR004", "STR009", "STR010", "PUN"), profile="general")
    found = [(f.code, plain[f.start : f.end]) for f in check_text(plain, options=options).findings]
    assert found == ([(code, marked)] if code else [])


def test_an_item_in_a_paragraph_is_not_taken_for_a_lost_heading() -> None:
    text = HEAD + "一、做法\n好。\n二、问题\n问题是：一是不深；三是不实；三要不细。\n四、打算\n快。\n"
    found = [(f.code, text[f.start : f.end]) for f in check_text(text, options=Options(select=("NUM",))).findings]
    assert found == [("NUM001", "三是"), ("NUM003", "三要"), ("NUM001", "四、")]


SILENT = [
    ("一年来 before a section", "一、做法\n一年来，我们抓了两件事\n好。\n二、打算\n快。\n"),
    (
        "counting on",
        "一、做法\n（一）建机制。好。\n（二）强队伍。好。\n二、打算\n（三）抓考核。快。\n（四）抓奖惩。快。\n",
    ),
    ("figures that open a paragraph", "1.建机制。好。\n3个乡镇已经完成，进度较快。\n2.强队伍。好。\n"),
    ("a list of semicolons", "条件是：\n（一）经过讨论；\n（二）资金落实；\n（三）群众同意。\n"),
    ("only one is a list within a list", "一是建机制，一要建得全，二要建得实；二是强队伍；三是抓考核。\n"),
]


@pytest.mark.parametrize("text", [pytest.param(t, id=name) for name, t in SILENT])
def test_a_right_list_is_silent(text: str) -> None:
    options = Options(select=("NUM", "STR004", "STR009", "PUN"), profile="general")
    assert [f.code for f in check_text(HEAD + text, options=options).findings] == []
