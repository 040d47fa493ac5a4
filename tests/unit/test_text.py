"""Bytes to text, and the table of lines."""

from __future__ import annotations

import random

import pytest

from reportlint.text import SourceText, UnreadableText, decode

REPORT = (
    "某县工作情况\n一、总体情况\n全年完成投资 12.5 亿元，同比增长 8%。\n"
    "二、存在问题\n一是进度不快；二是资金不足。下一步，将加强调度，确保按时完成。\n"
)


# -------------------------------------------------------------------------------------------------------- decoding


@pytest.mark.parametrize(
    ("codec", "mark", "found", "bom"),
    [
        ("utf-8", b"", "utf-8", False),
        ("utf-8", b"\xef\xbb\xbf", "utf-8", True),
        ("utf-16-le", b"\xff\xfe", "utf-16-le", True),
        ("utf-16-be", b"\xfe\xff", "utf-16-be", True),
        ("utf-16-le", b"", "utf-16-le", False),
        ("utf-16-be", b"", "utf-16-be", False),
        ("gb18030", b"", "gb18030", False),
        ("gbk", b"", "gb18030", False),
        ("gb2312", b"", "gb18030", False),
    ],
)
@pytest.mark.parametrize("line_break", ["\n", "\r\n"])
def test_the_encoding_is_told(codec: str, mark: bytes, found: str, bom: bool, line_break: str) -> None:
    text = REPORT.replace("\n", line_break)
    assert decode(mark + text.encode(codec)) == (text, found, bom)


@pytest.mark.parametrize(
    ("given", "codec", "mark"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8", "utf-8", b"\xef\xbb\xbf"),
        ("UTF8", "utf-8", b"\xef\xbb\xbf"),
        ("utf-8-sig", "utf-8", b"\xef\xbb\xbf"),
        ("utf-16", "utf-16-le", b"\xff\xfe"),
        ("utf-16", "utf-16-be", b"\xfe\xff"),
        ("utf-16-le", "utf-16-le", b"\xff\xfe"),
        ("UTF_16_BE", "utf-16-be", b"\xfe\xff"),
        ("utf-16-be", "utf-16-be", b""),
        ("gbk", "gbk", b""),
        ("GB18030", "gb18030", b""),
    ],
)
def test_the_encoding_is_said(given: str, codec: str, mark: bytes) -> None:
    decoded = decode(mark + REPORT.encode(codec), given)
    assert decoded.text == REPORT
    assert decoded.bom is bool(mark)


def test_an_encoding_that_is_said_is_used_even_where_another_could_be_told() -> None:
    assert decode("这是繁體字。".encode("big5", "ignore"), "big5").text == "這是繁體字。".replace("這", "")
    assert decode("工作總結，請予審議。".encode("big5"), "big5").text == "工作總結，請予審議。"


def test_gb18030_of_four_bytes() -> None:
    text = "𠮷村工作情况总体较好，各项任务按时完成。\n"
    assert decode(text.encode("gb18030")).text == text


def test_ascii_and_nothing_are_utf8() -> None:
    assert decode(b"") == ("", "utf-8", False)
    assert decode(b"\xef\xbb\xbf") == ("", "utf-8", True)
    assert decode(b"plain\n") == ("plain\n", "utf-8", False)


def test_a_stray_control_character_is_no_binary() -> None:
    assert decode(f"\x0c{REPORT}\x1a".encode()).text == f"\x0c{REPORT}\x1a"


@pytest.mark.parametrize("name", ["no-such-codec", "", "hex", "base64", "rot13", "zip", "undefined"])
def test_a_wrong_name_of_an_encoding(name: str) -> None:
    with pytest.raises(UnreadableText, match=r"unknown encoding|not a text encoding"):
        decode(REPORT.encode(), name)


@pytest.mark.parametrize(
    ("name", "data", "byte"),
    [
        ("ascii", "工".encode(), 1),
        ("gbk", "工a，".encode(), 3),
        ("utf-16-le", b"ab\xff", 3),
        ("utf-8", "工作".encode("gbk"), 1),
        ("big5", b"ab\xff\xff", 3),
    ],
)
def test_an_encoding_that_does_not_fit(name: str, data: bytes, byte: int) -> None:
    with pytest.raises(UnreadableText, match=rf"not valid {name} at byte {byte}\)"):
        decode(data, name)


def test_the_byte_that_does_not_fit_is_named() -> None:
    with pytest.raises(UnreadableText, match=r"not valid utf-8 at byte 7\)"):
        decode("工作".encode() + b"\xff\n", "utf-8")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x01\x00",
        b"\x7fELF\x02\x01\x01" + b"\x00" * 64,
        b"\x00" * 64,
        bytes(range(256)) * 4,
        random.Random(1).randbytes(4096),
        REPORT.encode() + b"\x00",
        bytes(range(1, 9)) * 20,
    ],
    ids=["png", "elf", "nul", "every byte", "random", "text with NUL", "control characters"],
)
def test_binary_data(data: bytes) -> None:
    with pytest.raises(UnreadableText, match=r"binary file|unknown encoding"):
        decode(data)


@pytest.mark.parametrize(
    "data",
    [
        "報告書の概要を以下に示します。カタカナとひらがな。".encode("cp932"),
        "カタカナ報告".encode("cp932"),
        "Résumé de la réunion à Orléans, où l'été fut très élevé.".encode("latin-1"),
        "für Größe über Straße".encode("latin-1"),
        "Отчёт о работе за год".encode("cp1251"),
        "工作總結與報告，請予審議。".encode("big5"),
        REPORT.encode()[:-1] + b"\xff\n",
        REPORT.encode()[:-2],
    ],
    ids=["Shift-JIS", "Shift-JIS kana", "Latin-1", "German", "Cyrillic", "Big5", "a bad byte", "a character cut off"],
)
def test_what_no_encoding_fits(data: bytes) -> None:
    with pytest.raises(UnreadableText, match="--encoding"):
        decode(data)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\xff\xfe" + REPORT.encode("utf-16-le")[:-1], b"\xfe\xff\xd8\x00"])
def test_a_mark_whose_text_is_damaged(data: bytes) -> None:
    with pytest.raises(UnreadableText, match="not valid utf-16"):
        decode(data)


def test_errors_are_one_line() -> None:
    for data, name in ((b"\x00", None), (b"\xff", None), (b"\xff", "utf-8"), (b"a", "no-such-codec")):
        with pytest.raises(UnreadableText) as caught:
            decode(data, name)
        assert "\n" not in str(caught.value)


# ------------------------------------------------------------------------------------------------- the table of lines


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("", [0]),
        ("甲", [0]),
        ("甲\n", [0, 2]),
        ("甲\n乙", [0, 2]),
        ("甲\r\n乙", [0, 3]),
        ("甲\r乙", [0, 2]),
        ("甲\r\r\n乙\n\r", [0, 2, 4, 6, 7]),
        ("\n\n", [0, 1, 2]),
        ("甲\u2028乙\u2029丙\u0085丁\x0b戊\x0c己\x1c", [0]),
    ],
    ids=["empty", "no break", "break at the end", "LF", "CRLF", "CR", "mixed", "only breaks", "what is no break"],
)
def test_line_starts(text: str, starts: list[int]) -> None:
    assert SourceText(text).line_starts == starts


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_position_and_offset(line_break: str) -> None:
    text = line_break.join(["一、甲", "", "𠮷乙"])
    source = SourceText(text)
    assert source.position(0) == (1, 1)
    assert source.position(text.index("甲")) == (1, 3)
    assert source.position(text.index("乙")) == (3, 2)
    assert source.position(len(text)) == (3, 3)
    assert source.offset(3, 2) == text.index("乙")
    assert source.offset(2, 1) == 3 + len(line_break)


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_line_end_leaves_the_break_out(line_break: str) -> None:
    text = line_break.join(["一、甲", "", "乙", ""])
    source = SourceText(text)
    rows = range(1, len(source.line_starts) + 1)
    assert [text[source.line_starts[r - 1] : source.line_end(r)] for r in rows] == ["一、甲", "", "乙", ""]


def test_the_last_row_without_a_break() -> None:
    assert SourceText("甲\n乙").line_end(2) == 3


@pytest.mark.parametrize("offset", [-1, 4])
def test_no_position_outside(offset: int) -> None:
    with pytest.raises(IndexError):
        SourceText("甲\n乙").position(offset)


@pytest.mark.parametrize(("row", "column"), [(0, 1), (3, 1), (1, 0), (1, 3), (2, 3)])
def test_no_offset_outside(row: int, column: int) -> None:
    with pytest.raises(IndexError):
        SourceText("甲\n乙").offset(row, column)


def test_columns_in_bytes() -> None:
    source = SourceText("甲\na𠮷b乙")
    offset = source.text.index("b")
    assert source.position(offset) == (2, 3)
    assert source.utf8_column(offset) == 5
