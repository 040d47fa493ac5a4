from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp

from reportlint.lsp.documents import Buffer, path_of, uri_of
from reportlint.lsp.positions import Place, Positions
from reportlint.text import SourceText

ENCODINGS = ("utf-8", "utf-16", "utf-32")
CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}
TEXTS = st.text(st.sampled_from("一是a，。𠮷😀\r\n\t\u2028\u0085\x0c é"), max_size=40)


def table(text: str, encoding: str) -> Positions:
    return Positions(SourceText(text), encoding)


@pytest.mark.parametrize(
    ("encoding", "column"),
    [("utf-8", 10), ("utf-16", 4), ("utf-32", 3)],
)
def test_each_encoding_counts_in_its_own_units(encoding: str, column: int) -> None:
    positions = table("甲\r\n𠮷县总", encoding)
    assert positions.position(6) == lsp.Position(1, column)
    assert positions.offset(lsp.Position(1, column)) == 6


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_positions_outside_the_text_are_its_ends(encoding: str) -> None:
    positions = table("𠮷一\r\n二", encoding)
    assert positions.offset(lsp.Position(0, 99)) == 2  # before the line break, not behind it
    assert positions.offset(lsp.Position(9, 0)) == 5
    assert positions.offset(lsp.Position(1, 99)) == 5
    assert table("", encoding).offset(lsp.Position(3, 3)) == 0


def test_a_position_inside_a_character() -> None:
    assert table("a𠮷b", "utf-16").place(lsp.Position(0, 2)) == Place(1, half=True)
    assert table("a𠮷b", "utf-8").place(lsp.Position(0, 3)) == Place(1)
    # A high surrogate that stands alone has no second half.
    assert table("𠮷\ud842b", "utf-16").place(lsp.Position(0, 3)) == Place(2)


@given(TEXTS, st.sampled_from(ENCODINGS))
def test_every_offset_comes_back(text: str, encoding: str) -> None:
    positions = table(text, encoding)
    codec, unit = CODECS[encoding]
    for offset in range(len(text) + 1):
        position = positions.position(offset)
        start = positions.source.line_starts[position.line]
        assert position.character == len(text[start:offset].encode(codec)) // unit
        if not (0 < offset < len(text) and text[offset - 1 : offset + 1] == "\r\n"):
            assert positions.place(position) == Place(offset)


def units(text: str) -> list[int]:
    data = text.encode("utf-16-le", "surrogatepass")
    return [data[i] | data[i + 1] << 8 for i in range(0, len(data), 2)]


def text_of(values: list[int]) -> str:
    return b"".join(v.to_bytes(2, "little") for v in values).decode("utf-16-le", "surrogatepass")


@given(st.data())
def test_edits_in_utf16_units_are_those_of_an_editor(data: st.DataObject) -> None:
    """An editor's text is its UTF-16 units; edits that cut a pair in two, and mend it again, included."""
    text = data.draw(TEXTS)
    buffer, model = Buffer("untitled:1", "plaintext", 0, text, "utf-16"), units(text)
    for version in range(1, data.draw(st.integers(1, 6)) + 1):
        low = data.draw(st.integers(0, len(model)))
        high = data.draw(st.integers(low, min(len(model), low + 6)))
        new = data.draw(TEXTS)
        places = []
        for at in (low, high):
            # What an editor sees as a line break is a CRLF, a CR or a LF, and it never stands in the middle of one.
            before = text_of(model[:at])
            at -= at < len(model) and bool(at) and model[at - 1] == 13 and model[at] == 10
            before = text_of(model[:at])
            lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            places.append((at, lsp.Position(len(lines) - 1, len(units(lines[-1])))))
        (low, start), (high, end) = places
        change = lsp.TextDocumentContentChangePartial(range=lsp.Range(start, end), text=new)
        buffer.change(version, [change])
        model = model[:low] + units(new) + model[high:]
        assert buffer.text == text_of(model)


def test_the_halves_of_a_character_meet_again() -> None:
    buffer = Buffer("untitled:1", "plaintext", 0, "甲𠮷乙", "utf-16")
    middle = lsp.Position(0, 2)
    buffer.change(1, [lsp.TextDocumentContentChangePartial(range=lsp.Range(middle, middle), text="x")])
    assert buffer.text == "甲\ud842x\udfb7乙"
    buffer.change(2, [lsp.TextDocumentContentChangePartial(range=lsp.Range(middle, lsp.Position(0, 3)), text="")])
    assert buffer.text == "甲𠮷乙"


@pytest.mark.parametrize("name", ["a.txt", "二 季度#1?.md", "100%.txt", "a;b.txt"])
def test_uris(name: str, tmp_path: object) -> None:
    path = f"{tmp_path}/{name}"
    assert path_of(uri_of(path)) == path
    assert path_of("untitled:Untitled-1") is None
    assert path_of("vscode-remote://host/a.txt") is None
    assert path_of("file://[") is None


@pytest.mark.parametrize(
    ("uri", "language", "draft", "markdown"),
    [
        ("file:///a.txt", "plaintext", True, False),
        ("file:///a.md", "markdown", True, True),
        ("file:///a.MD", "plaintext", True, True),
        ("untitled:Untitled-1", "markdown", True, True),
        ("untitled:Untitled-1", "plaintext", True, False),
        ("file:///报告", "text", True, False),
        ("file:///a.py", "python", False, False),
        ("file:///.reportlint.yaml", "yaml", False, False),
        ("file:///.reportlint.yaml", "plaintext", False, False),
        ("file:///.gitignore", "plaintext", False, False),
    ],
)
def test_what_is_a_draft(uri: str, language: str, draft: bool, markdown: bool) -> None:
    buffer = Buffer(uri, language, 1, "", "utf-16")
    assert (buffer.draft, buffer.markdown) == (draft, markdown or False)
