"""Bytes to text, and offsets to rows and columns.

A line ends at LF, CRLF or a lone CR, and at nothing else: U+2028, U+0085 or a form feed stay inside their
line, as in every editor the users have.
"""

from bisect import bisect_right
from typing import NamedTuple

from reportlint.model import ReportlintError
from reportlint.patterns import pattern

_LINE_BREAK = pattern(r"\r\n|\r|\n")
_CONTROL = pattern(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)


class UnreadableText(ReportlintError):
    """The bytes are no text, or not in an encoding that can be told."""


class Decoded(NamedTuple):
    """Text, the codec it was written in, and whether a byte order mark stood before it."""

    text: str
    encoding: str
    bom: bool


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """The text of a draft's bytes.

    Without `encoding`: a byte order mark decides; else strict UTF-8, UTF-16 where every other byte is NUL-like,
    and GB18030 (which contains GBK and GB 2312) where the result reads as Chinese.
    Raises UnreadableText for binary data, for an unknown `encoding` and where nothing fits.
    """
    for mark, name in _BOMS:
        if data.startswith(mark) and (encoding is None or _same_family(encoding, name)):
            return _checked(data[len(mark) :], name, bom=True)
    if encoding is not None:
        return _checked(data, encoding, bom=False)
    bad = 0
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        bad = error.start + 1
    else:
        if "\x00" not in text:
            return _no_controls(Decoded(text, "utf-8", False))
    guess = _utf16_without_mark(data)
    if guess is not None:
        return _checked(data, guess, bom=False)
    if b"\x00" in data:
        raise UnreadableText("二进制文件，不是文本 (binary file, not text)")
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if not text or not _reads_as_chinese(text):
        raise UnreadableText(
            f"无法识别编码，请用 --encoding 指明；按 UTF-8 读，第 {bad} 字节有误"
            f" (unknown encoding: neither UTF-16, GB18030 nor, from byte {bad} on, UTF-8; use --encoding)"
        )
    return _no_controls(Decoded(text, "gb18030", False))


def _same_family(asked: str, mark: str) -> bool:
    plain = asked.lower().replace("_", "").replace("-", "")
    return plain in (mark.replace("-", ""), "utf8sig" if mark == "utf-8" else "utf16")


def _checked(data: bytes, encoding: str, *, bom: bool) -> Decoded:
    try:
        text = data.decode(encoding)
    except LookupError:
        raise UnreadableText(f"未知编码 {encoding} (unknown encoding)") from None
    except UnicodeDecodeError as error:
        raise UnreadableText(
            f"不是有效的 {encoding} 文本，第 {error.start + 1} 字节起无法解码"
            f" (not valid {encoding} at byte {error.start + 1})"
        ) from None
    except (TypeError, ValueError):
        raise UnreadableText(f"{encoding} 不是文本编码 (not a text encoding)") from None
    if not isinstance(text, str):
        raise UnreadableText(f"{encoding} 不是文本编码 (not a text encoding)")
    return _no_controls(Decoded(text, encoding, bom))


def _no_controls(decoded: Decoded) -> Decoded:
    # A stray control character happens in pasted text; a file full of them is no text.
    sample = decoded.text[:65536]
    if "\x00" in decoded.text or len(_CONTROL.findall(sample)) > 2 + len(sample) // 200:
        raise UnreadableText("二进制文件，不是文本 (binary file, not text)")
    return decoded


def _utf16_without_mark(data: bytes) -> str | None:
    """Which UTF-16 the data is, told by its line breaks, blanks, ASCII and CJK punctuation; None if neither."""
    if len(data) < 2 or len(data) % 2:
        return None
    sample = data[:65536]
    for name, high, low in (
        ("utf-16-le", sample[1::2], sample[0::2]),
        ("utf-16-be", sample[0::2], sample[1::2]),
    ):
        likely = sum(high.count(b) for b in (0x00, 0x30, 0xFF)) + sum(high.count(b) for b in range(0x4E, 0xA0))
        if likely > 0.9 * len(high) and (b"\x00" in high or b"\x30" in high) and low.count(0) < len(low) // 4:
            try:
                data.decode(name)
            except UnicodeDecodeError:
                continue
            return name
    return None


def _reads_as_chinese(text: str) -> bool:
    """Whether GB18030 was a good guess: what is not ASCII lies in GB 2312, the characters in daily use."""
    wide = [c for c in text[:20000] if c > "\x7f"]
    common = "".join(wide).encode("gb2312", "ignore")
    return len(common) >= 2 * 0.85 * len(wide)


class SourceText:
    """A text and its line table: offsets (code points) to rows and columns and back; `lsp.positions` counts columns in
    an editor's units."""

    __slots__ = ("_starts", "text")

    def __init__(self, text: str) -> None:
        self.text = text
        self._starts: list[int] | None = None

    @property
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; the first is 0. A break at the very end opens an empty line."""
        if self._starts is None:
            self._starts = [0, *(m.end() for m in _LINE_BREAK.finditer(self.text))]
        return self._starts

    def position(self, offset: int) -> tuple[int, int]:
        """(row, column), both from 1, of an offset in `0..len(text)`. IndexError outside."""
        if not 0 <= offset <= len(self.text):
            raise IndexError(f"offset {offset} outside the text of {len(self.text)} code points")
        row = bisect_right(self.line_starts, offset)
        return row, offset - self.line_starts[row - 1] + 1

    def offset(self, row: int, column: int) -> int:
        """The offset of a (row, column); the inverse of `position`. IndexError where there is no such place."""
        starts = self.line_starts
        if not 1 <= row <= len(starts):
            raise IndexError(f"no row {row}")
        end = starts[row] - 1 if row < len(starts) else len(self.text)
        found = starts[row - 1] + column - 1
        if column < 1 or found > end:
            raise IndexError(f"row {row} has no column {column}")
        return found

    def line_end(self, row: int) -> int:
        """The offset after the last character of a row (from 1), its line break not counted."""
        starts = self.line_starts
        if row == len(starts):
            return len(self.text)
        end = starts[row] - 1
        return end - 1 if self.text[end] == "\n" and end > 0 and self.text[end - 1] == "\r" else end

    def utf8_column(self, offset: int) -> int:
        """The column of an offset in UTF-8 bytes, from 0."""
        start = self.line_starts[self.position(offset)[0] - 1]
        return len(self.text[start:offset].encode("utf-8", "surrogatepass"))
