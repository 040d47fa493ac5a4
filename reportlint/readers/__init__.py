"""Readers turn a file's text into a Draft, one file per format."""

from reportlint.draft import Draft
from reportlint.readers import txt
from reportlint.text import decode

SUFFIXES = (".txt", ".md", ".markdown")
"""The files that are drafts when a folder is walked."""


def read(filename: str, data: bytes, encoding: str | None = None) -> Draft:
    """The draft in a file's bytes; the suffix of `filename` decides the format, plain text if it says nothing.
    Raises UnreadableText."""
    return read_text(filename, decode(data, encoding).text)


def read_text(filename: str, text: str) -> Draft:
    """The draft in a text that is decoded already."""
    if filename.lower().endswith((".md", ".markdown")):
        from reportlint.readers import md

        return md.read(filename, text)
    return txt.read(filename, text)
