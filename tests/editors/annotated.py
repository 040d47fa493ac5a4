"""Drafts that say in themselves what is to be found: `⟦TEXT|CODE⟧`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

DRAFTS = Path(__file__).parent / "drafts"
_MARK = re.compile(r"⟦([^|⟧]*)\|([A-Z]{3}\d{3})⟧")


class Expected(NamedTuple):
    """A finding: the row, and the column in code points, both from 1; its rule; the text under it."""

    row: int
    column: int
    code: str
    text: str


def read(name: str) -> tuple[str, list[Expected]]:
    """A draft without its marks, and what they say, in order."""
    rows, expected = [], []
    for number, line in enumerate((DRAFTS / name).read_text(encoding="utf-8").split("\n"), 1):
        taken = 0
        for mark in _MARK.finditer(line):
            expected.append(Expected(number, mark.start() - taken + 1, mark[2], mark[1]))
            taken += len(mark[0]) - len(mark[1])
        rows.append(_MARK.sub(r"\1", line))
    return "\n".join(rows), expected
