"""A draft as the grammar and the rules see it: one text, cut into paragraphs. What a reader yields."""

from typing import NamedTuple

from reportlint.text import SourceText

MASK = "\x00"
"""Stands for every character that is no text of the report (code, front matter, page junk): no rule matches it,
and offsets stay what they are."""

BLANKS = " \t\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff" + MASK
"""What may stand before a paragraph's first character."""


class Paragraph(NamedTuple):
    """A line that is not blank: `[start, end)`, indent, quotation or heading signs and line break left out.

    `level` is 1 to 6 for a heading that the file format declares (Markdown `#`), else 0; `table` marks a row
    of a table, whose cells are no sentences.
    """

    start: int
    end: int
    level: int = 0
    table: bool = False


class Draft(NamedTuple):
    """One input file. `text` has the length of `source.text`: line breaks are all LF (a CR before one is a
    blank), and what is no report text is MASK. `comments` are the spans of the comments that speak to us."""

    filename: str
    source: SourceText
    text: str
    paragraphs: list[Paragraph]
    comments: tuple[tuple[int, int], ...] = ()

    def line(self, paragraph: Paragraph) -> str:
        """The text of a paragraph."""
        return self.text[paragraph.start : paragraph.end]

    def shown(self, start: int, end: int) -> str:
        """The text of `[start, end)` for a reader: what is masked is left out."""
        return self.text[start:end].replace(MASK, "")
