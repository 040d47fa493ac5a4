"""Han numerals and back."""

from __future__ import annotations

import pytest

from reportlint.numerals import han_to_int, int_to_han, to_int

PAIRS = [
    (1, "一"),
    (2, "二"),
    (9, "九"),
    (10, "十"),
    (11, "十一"),
    (15, "十五"),
    (19, "十九"),
    (20, "二十"),
    (21, "二十一"),
    (99, "九十九"),
    (100, "一百"),
    (101, "一百零一"),
    (110, "一百一十"),
    (115, "一百一十五"),
    (123, "一百二十三"),
    (200, "二百"),
    (999, "九百九十九"),
    (1000, "一千"),
    (1001, "一千零一"),
    (1010, "一千零一十"),
    (1100, "一千一百"),
    (2026, "二千零二十六"),
    (9999, "九千九百九十九"),
]


@pytest.mark.parametrize(("number", "han"), PAIRS)
def test_there_and_back(number: int, han: str) -> None:
    assert int_to_han(number) == han
    assert han_to_int(han) == number


@pytest.mark.parametrize(
    ("han", "number"),
    [
        ("一十", 10),
        ("一十五", 15),
        ("两百", 200),
        ("两千零一", 2001),
        ("零", 0),
        ("〇", 0),
        ("二〇二六", 2026),
        ("二零二六", 2026),
        ("一二", 12),
    ],
)
def test_other_ways_to_write_one(han: str, number: int) -> None:
    assert han_to_int(han) == number


@pytest.mark.parametrize(
    "text",
    ["", "甲", "一甲", "十百", "百千", "一十十", "一二十", "十五五", "12", "一万", "亿", "一 ", "○", "一、", "第一"],
)
def test_what_is_no_numeral(text: str) -> None:
    assert han_to_int(text) is None


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_no_ordinal_for(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        int_to_han(number)


@pytest.mark.parametrize(
    ("text", "number"),
    [("7", 7), ("12", 12), ("１２", 12), ("03", 3), ("十二", 12), ("", None), ("1.2", None), ("a", None), ("①", None)],
)
def test_either_kind(text: str, number: int | None) -> None:
    assert to_int(text) == number
