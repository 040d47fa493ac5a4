"""Kind `placeholder`: patterns of placeholders, and the number that a list gives where one stands for a count."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator

from reportlint.checks import pattern as patterns
from reportlint.checks.base import Context, Hit
from reportlint.checks.counts import lists
from reportlint.checks.enumerations import MEASURE, Names, names_after, names_before
from reportlint.model import Edit
from reportlint.numerals import int_to_han
from reportlint.patterns import pattern
from reportlint.rules import Kind

_MEASURES = frozenset(MEASURE)
_REACH = 40  # code points between a count and the list that it announces
_ANNOUNCES = pattern(
    r".[\u4e00-\u9fff]{0,14}”?(?:，?(?:具体|主要|分别|即|就)?(?:是|为|如下)?)?[：:。，]?[\s\u3000\x00]*"
)


def run(params: patterns.Params, context: Context) -> Iterator[Hit]:
    """The hits of the patterns, with the numbers of lists."""
    yield from counted(patterns.run(params, context), context)


def counted(hits: Iterable[Hit], context: Context) -> Iterator[Hit]:
    """The hits; one that stands for the number of a list says the number, and its fix writes it."""
    text = context.text
    for hit in hits:
        if not hit.variant and text[hit.end : hit.end + 1] in _MEASURES:
            yield _filled(hit, hit.end, context)
        elif not hit.variant and text[hit.start : hit.start + 1] in _MEASURES:
            yield _filled(hit._replace(end=hit.start), hit.start, context)._replace(end=hit.end)
        else:
            yield hit


def _filled(hit: Hit, at: int, context: Context) -> Hit:
    """The hit with the number that belongs before the measure word at `at`, if a list gives it."""
    text = context.text
    names: Names | None = None
    sure = False
    if text.find("、", at + 1, at + 60) >= 0:
        names, _, sure = names_after(text, at + 1)
    if not sure and text.find("、", max(0, hit.start - 16), hit.start) >= 0:
        names = names_before(text, hit.start, at) or names
    if names is not None and not names.open:
        return _with(hit, names.most, str(names.most))
    number = _announced(at, context)
    return hit if number is None else _with(hit, number, "两" if number == 2 else int_to_han(number))


def _with(hit: Hit, number: int, written: str) -> Hit:
    return hit._replace(
        variant="count", args={"listed": number, "number": written}, edits=(Edit(hit.start, hit.end, written),)
    )


def _announced(at: int, context: Context) -> int | None:
    """How many items the list has that begins right after the noun counted at `at`; None where none does."""
    starts, sizes = context.memo(_starts)
    index = bisect_left(starts, at)
    if index == len(starts) or starts[index] > at + _REACH or sizes[index] < 2:
        return None
    return sizes[index] if _ANNOUNCES.fullmatch(context.text, at, starts[index]) else None


def _starts(context: Context) -> tuple[list[int], list[int]]:
    found = sorted(lists(context))
    return [start for start, _ in found], [size for _, size in found]


KIND = Kind(
    "placeholder",
    "Reports what matches a pattern, as `pattern` does; where it stands for the number of a list, with that number "
    "(wording `count`).",
    patterns.KIND.params,
    run,
    patterns.KIND.compile,
)
