"""Offsets, rows and columns: every way there leads back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reportlint.numerals import han_to_int, int_to_han
from reportlint.text import SourceText, decode

alphabet = st.sampled_from(list("一、（）ab \t\r\n。𠮷😀é\u3000\u2028\u0085\u200d"))
texts = st.one_of(st.text(alphabet), st.text())


@given(texts)
def test_offset_to_position_and_back_is_the_identity(text: str) -> None:
    source = SourceText(text)
    for offset in range(len(text) + 1):
        row, column = source.position(offset)
        assert source.offset(row, column) == offset


@given(texts)
def test_byte_columns_are_what_a_program_counts(text: str) -> None:
    source = SourceText(text)
    for offset in range(len(text) + 1):
        _row, column = source.position(offset)
        line = text[offset - column + 1 : offset]
        assert source.utf8_column(offset) == len(line.encode("utf-8", "surrogatepass"))


@given(texts)
def test_lines_join_to_the_text(text: str) -> None:
    starts = SourceText(text).line_starts
    assert starts[0] == 0
    assert starts == sorted(set(starts))
    assert all(text[s - 1] in "\r\n" for s in starts[1:])


@given(st.text(alphabet.filter(lambda c: c != "\u0085"), min_size=1), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_what_is_encoded_is_decoded(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@given(st.integers(1, 9999))
def test_numerals_lead_back(number: int) -> None:
    assert han_to_int(int_to_han(number)) == number
