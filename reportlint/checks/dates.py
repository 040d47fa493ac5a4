"""Kinds `date` and `year-form`: dates that do not exist, and years written with the wrong signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.checks.base import Context, Hit
from reportlint.model import Edit, Severity
from reportlint.numerals import to_int
from reportlint.patterns import pattern
from reportlint.rules import Kind

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})"
_DATE = pattern(
    rf"(?=[\d一二三四五六七八九十〇○])(?:(?P<year>(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{{2}})年)?"
    rf"(?<![\d.个])(?P<month>{_N})月(?:(?P<day>{_N})[日号](?![线楼院]))?(?![龄均])"
)
_IMPOSSIBLE = pattern(r"(?<![\d.])(?P<hit>20\d|20\d{3})年(?![代来前后内以左多期龄])")
_YEAR = pattern(r"(?<![一二三四五六七八九十])(?P<hit>[一二][九〇○零OＯ0][〇○零OＯ0一二三四五六七八九]{2})(?=年)")
_RIGHT = str.maketrans("○零OＯ0", "〇〇〇〇〇")


def run_date(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Months beyond the twelfth, days beyond their month's last."""
    for match in _DATE.finditer(context.text):
        month = to_int(match["month"]) or 0
        day = to_int(match["day"]) if match["day"] else 1
        year = to_int(match["year"].replace("○", "〇")) if match["year"] else None
        start, end = match.start("month"), match.end()
        if day is None or (match["day"] is None and match["month"].isdecimal() and len(match["month"]) > 2):
            continue
        if not 1 <= month <= 12:
            yield Hit(start, end, {"what": {"zh": "没有这个月份", "en": "there is no such month"}})
        elif not 1 <= day <= _days(year, month):
            last = _days(year, month)
            yield Hit(start, end, {"what": {"zh": f"{month}月只有{last}天", "en": f"month {month} has {last} days"}})

    for match in _IMPOSSIBLE.finditer(context.text):
        yield Hit(*match.span(), {"what": {"zh": "年份应为四位数字", "en": "a year has four digits"}})


def _days(year: int | None, month: int) -> int:
    """The days of a month; of a February without a year, 29."""
    if month == 2 and year is not None and (year % 4 or (year % 100 == 0 and year % 400)):
        return 28
    return _DAYS[month - 1]


def run_year(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Han years with 零, O or ○ for 〇 (GB/T 15835-2011 5.2.5); ○ alone was usual in older print."""
    for match in _YEAR.finditer(context.text):
        start, end = match.span("hit")
        wrong = match["hit"]
        right = wrong.translate(_RIGHT)
        if right != wrong:
            circles = set(wrong) & set("零OＯ0")
            yield Hit(start, end, {"right": right}, (Edit(start, end, right),), "", None if circles else Severity.INFO)


KINDS = (
    Kind("date", "Reports dates that do not exist.", {}, run_date),
    Kind("year-form", "Reports years in Han numerals with another sign than 〇.", {}, run_year),
)
