"""Offsets to the positions of the Language Server Protocol and back, in whichever unit the client counts.

One table per text: where its lines begin. A position beyond the end of its line is the end of the line, one beyond
the last line the end of the text (LSP 3.17, Position); one inside a surrogate pair is seen by `Place.half` alone.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

from lsprotocol import types as lsp

from reportlint.patterns import pattern
from reportlint.text import SourceText

_ASTRAL = pattern("[\U00010000-\U0010ffff]")
UTF16, UTF32 = "utf-16", "utf-32"


class Place(NamedTuple):
    """An offset in code points; `half`: the position lies behind the first half of that character's surrogate pair."""

    offset: int
    half: bool = False


class Positions:
    """The positions of one text. `encoding` is what client and server agreed on: utf-8, utf-16 or utf-32."""

    def __init__(self, source: SourceText, encoding: str) -> None:
        self.source = source
        self.text = source.text
        self.encoding = encoding
        # In most drafts code points and UTF-16 units are the same, which spares an encoding per position.
        plain = encoding == UTF32 or self.text.isascii() or (encoding == UTF16 and not _ASTRAL.search(self.text))
        self._plain = plain

    def position(self, offset: int) -> lsp.Position:
        """The position of an offset in `0..len(text)`."""
        starts = self.source.line_starts
        row = bisect_right(starts, offset) - 1
        start = starts[row]
        return lsp.Position(row, offset - start if self._plain else self._units(self.text[start:offset]))

    def range(self, start: int, end: int) -> lsp.Range:
        """The range of `[start, end)`."""
        return lsp.Range(self.position(start), self.position(end))

    def offset(self, position: lsp.Position) -> int:
        """The offset of a position; inside a character that of the character."""
        return self.place(position).offset

    def span(self, range_: lsp.Range) -> tuple[int, int]:
        """The offsets of a range, the smaller first."""
        start, end = self.offset(range_.start), self.offset(range_.end)
        return (start, end) if start <= end else (end, start)

    def place(self, position: lsp.Position) -> Place:
        """The offset of a position, and whether it lies between the halves of a surrogate pair."""
        starts = self.source.line_starts
        if position.line >= len(starts):
            return Place(len(self.text))
        start, end = starts[max(0, position.line)], self.source.line_end(max(0, position.line) + 1)
        column = max(0, position.character)
        if self._plain:
            return Place(min(start + column, end))
        line = self.text[start:end]
        if self.encoding == UTF16:
            units = line.encode("utf-16-le", "surrogatepass")[: column * 2]
            half = len(units) >= 2 and 0xD8 <= units[-1] <= 0xDB and self._is_pair(line, units)
            if half:
                units = units[:-2]
            return Place(start + len(units.decode("utf-16-le", "surrogatepass")), half)
        whole = line.encode("utf-8", "surrogatepass")
        cut = min(column, len(whole))
        # Back to where a character begins, so that a position inside one is the character's.
        while 0 < cut < len(whole) and whole[cut] & 0xC0 == 0x80:
            cut -= 1
        return Place(start + len(whole[:cut].decode("utf-8", "surrogatepass")))

    @staticmethod
    def _is_pair(line: str, units: bytes) -> bool:
        """Whether the high surrogate that `units` ends with is half of a character, not one that stands alone."""
        at = len(units[:-2].decode("utf-16-le", "surrogatepass"))
        return at < len(line) and line[at] > "\uffff"

    def _units(self, text: str) -> int:
        if self.encoding == UTF16:
            return len(text.encode("utf-16-le", "surrogatepass")) // 2
        return len(text.encode("utf-8", "surrogatepass"))
