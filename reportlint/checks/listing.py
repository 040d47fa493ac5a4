"""One list of sections or items, as the checks of numbering see it."""

from __future__ import annotations

from typing import NamedTuple

from reportlint.checks.sequence import Fault
from reportlint.outline import Node


class Listing(NamedTuple):
    """The items of one list in document order. `strangers` are the indexes of items of another series;
    `carry` is what the like list before it has reached, `reached` what this one has."""

    items: list[Node]
    strangers: frozenset[int]
    carry: int
    restarts: tuple[int, ...]
    faults: list[Fault]
    reached: int = 0
