"""Readers turn a file's text into a Draft, one file per format."""

from reportlint.draft import Draft
from reportlint.patterns import pattern
from reportlint.readers import txt
from reportlint.text import decode

_HALVES = pattern("[\ud800-\udfff]")
SUFFIXES = (".txt", ".md", ".markdown")
"""The files that are drafts when a folder is walked."""


def read(filename: str, data: bytes, encoding: str | None = None) -> Draft:
    """The draft in a file's bytes; the suffix of `filename` decides the format, plain text if it says nothing.
    Raises UnreadableText."""
    return _read(filename, decode(data, encoding).text)


def read_text(filename: str, text: str) -> Draft:
    """The draft in a text that is decoded already. Half characters, which only a program can hand over, are none of
    the report's."""
    draft = _read(filename, text)
    if _HALVES.search(text):
        draft = draft._replace(text=_HALVES.sub("\ufffd", draft.text))
    return draft


def _read(filename: str, text: str) -> Draft:
    if filename.lower().endswith((".md", ".markdown")):
        from reportlint.readers import md

        return md.read(filename, text)
    return txt.read(filename, text)
