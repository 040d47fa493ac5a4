"""What a terminal needs: the width of characters, and a window on a long line."""

from __future__ import annotations

import os
import sys
import unicodedata
from functools import lru_cache
from typing import NamedTuple

TAB = 4


class Window(NamedTuple):
    """A piece of a line that fits, and where the marked part stands in it, in cells."""

    text: str
    before: int
    width: int


@lru_cache(4096)
def cell_width(char: str) -> int:
    """The cells a character fills: two for Han and full-width forms, none for combining marks."""
    if char == "\t":
        return TAB
    if unicodedata.combining(char) or unicodedata.category(char) in ("Cc", "Cf", "Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WFA" and not _is_narrow(char) else 1


def _is_narrow(char: str) -> bool:
    # Ambiguous characters (quotation marks, dashes, circled figures, Roman numerals) are one cell wide in a
    # terminal unless it is set up for CJK; Unicode itself says so of all but the quotation marks' context.
    return unicodedata.east_asian_width(char) == "A"


def text_width(text: str) -> int:
    """The cells a text fills."""
    return sum(map(cell_width, text))


def columns() -> int:
    """The width of the terminal: `COLUMNS`, else its own, else 80."""
    named = os.environ.get("COLUMNS", "")
    if named.isdecimal() and int(named):
        return max(40, int(named))
    try:
        # shutil would say the same, and costs 4 ms to import.
        return max(40, os.get_terminal_size(sys.__stdout__.fileno() if sys.__stdout__ else 1).columns or 80)
    except (OSError, ValueError):
        return 80


def window(line: str, start: int, end: int, room: int) -> Window:
    """The part of `line` around `[start, end)` that fits into `room` cells, with … where it was cut."""
    shown_end = start
    width = 0
    while shown_end < end and width + cell_width(line[shown_end]) <= room - 8:
        width += cell_width(line[shown_end])
        shown_end += 1
    spare = room - width - 4
    left = start
    taken = 0
    while left > 0 and taken + cell_width(line[left - 1]) <= spare // 2:
        left -= 1
        taken += cell_width(line[left])
    right = shown_end
    taken_right = 0
    while right < len(line) and taken + taken_right + cell_width(line[right]) <= spare:
        taken_right += cell_width(line[right])
        right += 1
    while left > 0 and taken + taken_right + cell_width(line[left - 1]) <= spare:
        left -= 1
        taken += cell_width(line[left])
    head = "…" if left else ""
    tail = "…" if right < len(line) else ""
    text = head + _printable(line[left:right]) + tail
    return Window(text, text_width(head) + text_width(line[left:start]), max(width, 1))


def wrapped(text: str, room: int) -> list[str]:
    """The text in lines of at most `room` cells, broken at a blank where there is one near, else anywhere but
    before a mark that may not open a line (GB/T 15834-2011 5.1)."""
    lines, start = [], 0
    while start < len(text):
        end, width = start, 0
        while end < len(text) and width + cell_width(text[end]) <= room:
            width += cell_width(text[end])
            end += 1
        if end < len(text):
            blank = text.rfind(" ", max(start, end - 16), end)
            if blank > start and text[end - 1].isascii():
                end = blank + 1
            while end > start + 1 and text[end] in "，。、；：？！”’）》】〕…":
                end -= 1
        lines.append(text[start:end].rstrip())
        start = max(end, start + 1)
    return lines


def _printable(text: str) -> str:
    """The text as it may be sent to a terminal: tabs as blanks, no control characters."""
    text = text.replace("\t", " " * TAB)
    if text.isprintable():
        return text
    return "".join(c for c in text if c.isprintable() or unicodedata.category(c) == "Zs")


def wants_colour(stream_is_terminal: bool) -> bool:
    """Whether to colour: `NO_COLOR` forbids, `FORCE_COLOR` demands, else only a terminal gets it."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or stream_is_terminal
