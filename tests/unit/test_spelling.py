"""How a marker is spelt, and the same with another ordinal or in another spelling."""

from __future__ import annotations

import pytest

from reportlint.checks.spelling import respell, spell, spelling
from reportlint.lexer import tokenize
from reportlint.readers import read_text


@pytest.mark.parametrize(
    ("marker", "ordinal", "expected"),
    [
        ("一、", 2, "二、"),
        ("九、", 10, "十、"),
        ("十、", 11, "十一、"),
        ("十二、", 3, "三、"),
        ("（二）", 3, "（三）"),
        ("(二)", 3, "(三)"),
        ("（二)", 3, "（三)"),
        ("（一）、", 2, "（二）、"),
        ("三）", 4, "四）"),
        ("1.", 2, "2."),
        ("9.", 10, "10."),
        ("1. ", 2, "2. "),
        ("1．", 12, "12．"),
        ("１．", 12, "１２．"),
        ("1、", 2, "2、"),
        ("（1）", 2, "（2）"),
        ("1）", 2, "2）"),
        ("1.1", 2, "1.2"),
        ("1.9", 10, "1.10"),
        ("2.1.3", 4, "2.1.4"),
        ("①", 2, "②"),
        ("①", 20, "⑳"),
        ("⑴", 2, "⑵"),
        ("⒈", 3, "⒊"),
        ("㈠", 2, "㈡"),
        ("一是", 2, "二是"),
        ("十是", 11, "十一是"),
        ("一要", 3, "三要"),
        ("第一，", 2, "第二，"),
        ("第一", 2, "第二"),
        ("第十二章", 13, "第十三章"),
        ("第3条", 4, "第4条"),
        ("其一，", 2, "其二，"),
        ("首先", 2, "其次"),
        ("首先", 3, "再次"),
        ("其次，", 1, "首先，"),
        ("首先", 4, "最后"),
        ("首先", 7, "最后"),
        ("——", 2, "——"),
        ("一、", 0, "一、"),
        ("", 1, ""),
    ],
)
def test_spell(marker: str, ordinal: int, expected: str) -> None:
    assert spell(marker, ordinal) == expected


def test_spell_beyond_the_last_bracketed_han_sign() -> None:
    assert spell("㈠", 11) == "（十一）"


def test_spell_beyond_the_last_dotted_sign() -> None:
    assert spell("⒈", 21) == "21."


@pytest.mark.parametrize(
    ("series", "marker", "expected"),
    [
        ("han-paren", "（一）", "full"),
        ("han-paren", "(一)", "half"),
        ("han-paren", "（一)", "crossed"),
        ("han-paren", "(一）", "crossed"),
        ("han-paren", "㈠", "sign"),
        ("han-paren", "一）", "right"),
        ("arabic-paren", "（1）", "full"),
        ("arabic-paren", "(1)", "half"),
        ("arabic-paren", "1）", "right"),
        ("arabic-paren", "⑴", "sign"),
        ("arabic-dot", "1.", "."),
        ("arabic-dot", "1. ", "."),
        ("arabic-dot", "1．", "．"),
        ("arabic-dot", "1、", "、"),
        ("arabic-dot", "⒈", "sign"),
        ("han-comma", "一、", ""),
        ("shi", "一是", ""),
    ],
)
def test_spelling(series: str, marker: str, expected: str) -> None:
    assert spelling(series, marker) == expected


@pytest.mark.parametrize(
    ("series", "ordinal", "like", "expected"),
    [
        ("han-comma", 3, "", "三、"),
        ("han-comma", 12, "", "十二、"),
        ("han-paren", 3, "full", "（三）"),
        ("han-paren", 11, "half", "(十一)"),
        ("han-paren", 3, "right", "三）"),
        ("han-paren", 3, "crossed", "（三）"),
        ("arabic-paren", 3, "full", "（3）"),
        ("arabic-paren", 3, "half", "(3)"),
        ("arabic-paren", 3, "right", "3）"),
        ("arabic-dot", 3, ".", "3."),
        ("arabic-dot", 3, "．", "3．"),
        ("arabic-dot", 3, "、", "3、"),
        ("arabic-dot", 3, "", "3."),
        ("arabic-dot", 3, "sign", "3."),
    ],
)
def test_respell(series: str, ordinal: int, like: str, expected: str) -> None:
    assert respell(series, ordinal, like) == expected


@pytest.mark.parametrize(
    ("series", "like"),
    [
        ("han-paren", "full"),
        ("han-paren", "half"),
        ("han-paren", "right"),
        ("arabic-paren", "full"),
        ("arabic-paren", "half"),
        ("arabic-paren", "right"),
        ("arabic-dot", "."),
        ("arabic-dot", "．"),
        ("arabic-dot", "、"),
    ],
)
@pytest.mark.parametrize("ordinal", [1, 2, 10, 12])
def test_what_is_respelt_has_that_spelling_and_reads_back(series: str, like: str, ordinal: int) -> None:
    first, second = respell(series, ordinal, like), respell(series, ordinal + 1, like)
    assert spelling(series, first) == like
    assert spell(first, ordinal + 1) == second


@pytest.mark.parametrize(
    "marker",
    [
        "一、",
        "（一）",
        "(一)",
        "1.",
        "1．",
        "（1）",
        "(1)",
        "①",
        "一是",
        "一要",
        "第一，",
        "其一，",
        "第一章 ",
        "第一条 ",
    ],
)
def test_every_marker_respelt_is_a_marker(marker: str) -> None:
    text = "".join(f"{spell(marker, n)}抓项目建设。\n" for n in range(1, 13))
    tokens = [t for t in tokenize(read_text("a.txt", text)) if t.series]
    assert [t.ordinal for t in tokens] == list(range(1, 13))
    assert len({t.series for t in tokens}) == 1
