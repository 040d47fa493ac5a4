"""What may be sent to a terminal or stand in a line: a file's name may hold anything else."""

from __future__ import annotations

from unicodedata import category

_KEPT = ("Zs", "Cs", "Co")
"""Blanks of Chinese text, bytes of a name that are no text (the stream writes them as \\udcxx), and private signs."""


def visible(text: str) -> str:
    """The text with every control and format character, line breaks and tabs among them, as its escape."""
    return text if text.isprintable() else "".join(c if _shows(c) else _escape(c) for c in text)


def visible_lines(text: str) -> str:
    """The same for a text of several lines, whose breaks are meant."""
    return "\n".join(map(visible, text.split("\n")))


def _shows(char: str) -> bool:
    return char.isprintable() or category(char) in _KEPT


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
