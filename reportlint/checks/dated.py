"""When a draft was written, as far as it tells: a standard or a name does not bind what is older."""

from __future__ import annotations

from collections import Counter

from reportlint.checks.base import Context, half_width
from reportlint.frame import year_of_issue
from reportlint.patterns import pattern

_YEAR = pattern(r"(?<![0-9.])(?:19|20)[0-9]{2}(?=年)")
_OFTEN = 3


def year_of(context: Context) -> int | None:
    """The year in which the draft says that it was written, None where it does not say."""
    return year_of_issue(context.draft, context.frame)


def written_before(year: int, context: Context) -> bool:
    """Whether the draft is likely older than a year, by what it says or by the years that it names most; nothing is
    before the year 0."""
    return bool(year) and (context.memo(year_of) or context.memo(_named_most) or year) < year


def _named_most(context: Context) -> int | None:
    """The latest year that stands often, and a third as often as the one that stands most: the others are goals."""
    named = Counter(_YEAR.findall(half_width(context)))
    least = max(_OFTEN, max(named.values(), default=0) // 3)
    return max((int(year) for year, count in named.items() if count >= least), default=None)
