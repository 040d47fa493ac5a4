"""What is wrong with a list's ordinals: pure functions on numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """`kind` is gap, duplicate, start or order; it stands at item number `at`, where `expected` should be."""

    at: int
    kind: str
    expected: int


def faults(ordinals: Sequence[int], carry: int = 0, restarts: Sequence[int] = ()) -> tuple[list[Fault], int]:
    """The faults of a list's ordinals, one for each slip, and the ordinal that the list has reached.

    A list begins at 1, or at `carry` + 1 where it goes on from the list of the section before. `restarts` are
    the indexes at which a 1 is sure to begin another list; a 1 followed by a 2 begins one anyway.
    A removed item is one gap, a doubled one a duplicate, two items in each other's place one order fault.
    """
    out: list[Fault] = []
    last: int | None = None
    length = 0  # of the list so far: a 1 directly after a lone 1 is a duplicate, not a new list
    index = 0
    while index < len(ordinals):
        here = ordinals[index]
        after = ordinals[index + 1] if index + 1 < len(ordinals) else None
        begins = last is None or (here == 1 and _restarts(index, after, last, length, restarts))
        if begins:
            expected = carry + 1 if carry and here > carry else 1
            last, length = 0, 0
            if here in (1, carry + 1):
                last, length, index = here, 1, index + 1
                continue
        else:
            assert last is not None
            expected = last + 1
        if here == expected:
            last, length, index = here, length + 1, index + 1
            continue
        swapped = _permuted(ordinals, index, expected)
        # 2 1 2: a list that lost its first item, and a whole one
        if begins and here == 2 and ordinals[index + 1 : index + 3] == [1, 2]:
            swapped = 0
        if swapped:
            low = next(i for i in range(index + 1, swapped) if ordinals[i] < ordinals[i - 1])
            out.append(Fault(low, "order", expected + low - index))
            last, length, index = expected + swapped - index - 1, length + swapped - index, swapped
            continue
        previous = expected - 1
        kind = "start" if begins else "duplicate" if here == previous else "gap" if here > previous else "order"
        out.append(Fault(index, kind, expected))
        if after == expected + 1:
            last = expected  # one wrong ordinal in its right place
        elif kind == "duplicate" or (kind == "order" and after == expected):
            last = previous
        else:
            last = here
        length += 1
        index += 1
    return out, last or 0


def _restarts(index: int, after: int | None, last: int, length: int, restarts: Sequence[int]) -> bool:
    if last == 1 and length == 1:
        return False
    return index in restarts or (after == 2 and last != 2) or (after == 2 and length >= 2)


def _permuted(ordinals: Sequence[int], index: int, first: int) -> int:
    """The end of the shortest run from `index` that holds first, first + 1, … in another order; 0 if none."""
    seen: set[int] = set()
    top = 0
    for end in range(index, min(len(ordinals), index + 40)):
        value = ordinals[end]
        if value < first or value in seen:
            return 0
        seen.add(value)
        top = max(top, value)
        if end > index and top - first == end - index:
            return end + 1
    return 0
