"""Kinds `date` and `year-form`: dates that do not exist, and years written with the wrong signs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.model import Edit, Severity
from reportlint.numerals import to_int
from reportlint.patterns import pattern
from reportlint.rules import Kind

_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_N = r"(?:\d{1,3}|[一二三四五六七八九十]{1,4})"
_TO = r"(?:至|到|—|－|-|～|~|–)"
_DATE = pattern(
    rf"(?=[\d一二三四五六七八九十〇○])(?:(?P<year>(?:19|20)\d\d|[一二][〇○零九][〇○零一二三四五六七八九]{{2}})年)?"
    rf"(?<![\d.个])(?P<month>{_N})月(?:(?P<day>{_N})[日号](?![线楼院])(?:(?P<joint>{_TO}|[、和及])(?P<until>{_N})[日号])?)?(?![龄均])"
)
_LUNAR = pattern(r"(?:农历|旧历|阴历|正月|腊月)[^，。；\n]{0,8}$")
_ISO = pattern(
    r"(?<![\d.\-/])20[0-9]{2}(?P<mark>[-./])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})(?![\d\-/]|\.\d)"
)
_CLOCK = pattern(
    r"(?<![0-9:：])(?P<hour>[0-9]{1,2})(?:[时点](?![间段代候效速空])(?:(?P<minute>[0-9]{1,2})分)?|[:：](?P<minute>[0-9][0-9]))"
    r"(?![0-9:：])"
)
_DAY = 24  # hours
_OF_DAY = "日号午晚晨间"  # what stands before a time of day; 48时 and 3:75 are no such
_QUARTER = pattern(
    r"季度(?<=(?P<hit>(?:(?<!连续)第?|年第?)(?P<n>(?<![0-9二三四五六七八九十第])[五六七八九05-9]|(?<=[第年])[五六七八九十05-9])季度))"
)
_YEARS = pattern(
    rf"(?<![\d.])(?P<first>20[0-9]{{2}})(?:年(?:[0-9]{{1,2}}月(?:[0-9]{{1,2}}日)?)?[底末初]?)?{_TO}(?P<last>20[0-9]{{2}})年"
)
# A span of time is read from the month that it begins in, for there are fewer of these than of numbers.
_PART = r"(?:(?P<day{0}>[0-9]{{1,2}})[日号]|(?P<third{0}>[上中下])旬|[底末初])?"
_BEGUN = pattern(r"(?:(?P<year>20[0-9]{2})年)?(?<![0-9.])(?P<month>[0-9]{1,2})$")
_SPAN = pattern(
    rf"月{_PART.format('')}{_TO}(?:(?P<last>20[0-9]{{2}})年|[当同本]年)?(?P<until>[0-9]{{1,2}})月{_PART.format('_until')}"
)
_THIRDS = {"上": 5, "中": 15, "下": 25}
_OVER = 3  # months that an end may not lie before a beginning: 11月至3月 is a winter
_HOURS = pattern(
    rf"(?P<hour>[0-9]{{1,2}})(?:[时点](?:(?P<minute>[0-9]{{1,2}})分|(?P<half>半))?|[:：](?P<minute>[0-9]{{2}})){_TO}"
    r"(?P<until>[0-9]{1,2})(?:[时点](?:(?P<late>[0-9]{1,2})分)?|[:：](?P<late>[0-9]{2}))(?![0-9:：])"
)
_NIGHT = 8  # hours that a night takes at most less than a day
_IMPOSSIBLE = pattern(r"(?<![\d.])(?P<hit>20\d|20\d{3})年(?![代来前后内以左多期龄])")
_HAN = "一二三四五六七八九"
_ZERO = "〇○◯零0０OＯoｏ"
# Looking back from 年 costs a sixth of looking for digits.
_YEAR = pattern(
    rf"年(?<=(?<![{_HAN}十\d])(?P<hit>[一二][九{_ZERO}][{_ZERO}{_HAN}\d]{{2}}|2[0０]?[OＯoｏ〇○◯零]\d{{1,2}}|20[{_HAN}]{{2}})年)"
)
_TO_HAN = str.maketrans(
    "○◯零OＯoｏ0123456789０１２３４５６７８９", "〇〇〇〇〇〇〇〇一二三四五六七八九〇一二三四五六七八九"
)
_TO_DIGITS = str.maketrans(f"OＯoｏ〇○◯零{_HAN}", "00000000123456789")


def run_date(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Months beyond the twelfth, days beyond their month's last, hours beyond the 24th, fifth quarters, times that
    end before they begin."""
    text = context.text
    for match in _DATE.finditer(text):
        hit = _judged(match, text)
        if hit is not None:
            yield hit
    for match in _ISO.finditer(text):
        what = _what(int(match[0][:4]), int(match["month"]), int(match["day"]))
        if what:
            yield Hit(*match.span(), {"what": what})
    for match in _CLOCK.finditer(text):
        hour, minute = int(match["hour"]), int(match["minute"] or 0)
        if hour <= 24 and minute <= 59 and (hour < 24 or not minute):
            continue
        if (match["minute"] and text[match.end() - 1] == "分") or text[max(0, match.start() - 1)] in _OF_DAY:
            yield Hit(*match.span(), {"what": _NO_TIME})
    for match in _QUARTER.finditer(text):
        start, end = match.span("hit")
        yield Hit(
            start + (text[start] == "年"), end, {"what": {"zh": "一年只有四个季度", "en": "a year has four quarters"}}
        )
    for match in _YEARS.finditer(text):
        if match["first"] > match["last"]:
            yield Hit(*match.span(), {"what": _BACKWARDS})
    for match in _SPAN.finditer(text):
        begun = _BEGUN.search(text, max(0, match.start() - 8), match.start())
        if begun is not None and _is_backwards(begun, match):
            yield Hit(begun.start(), match.end(), {"what": _BACKWARDS})
    for match in _HOURS.finditer(text):
        hour, until = int(match["hour"]), int(match["until"])
        if hour > _DAY or text[max(0, match.start() - 1)] in "0123456789:：比":
            continue
        minutes = hour * 60 + int(match["minute"] or 0) + (30 if match["half"] else 0)
        late = until * 60 + int(match["late"] or 0)
        if until > _DAY and text[match.end() - 1] in "时点分":
            yield Hit(match.start("until"), match.end(), {"what": _NO_TIME})
        elif 0 < minutes - late < _NIGHT * 60:
            yield Hit(*match.span(), {"what": _BACKWARDS})
    for match in _IMPOSSIBLE.finditer(text):
        yield Hit(*match.span(), {"what": {"zh": "年份应为四位数字", "en": "a year has four digits"}})


_NO_TIME = {"zh": "没有这个时刻", "en": "there is no such time"}
_BACKWARDS = {"zh": "截止时间早于起始时间", "en": "it ends before it begins"}


def _is_backwards(begun: regex.Match[str], match: regex.Match[str]) -> bool:
    """Whether a span of months ends before it begins; one that may last into the next year, only if by little."""
    first, last = int(begun["month"]), int(match["until"])
    if begun["year"] and match["last"]:
        if begun["year"] != match["last"]:
            return False  # 2025年3月至2024年 is found by its years
    elif match["last"] or not 0 <= first - last <= _OVER:
        return False
    if first != last:
        return first > last
    days = [_day(match, name) for name in ("", "_until")]
    return None not in days and (days[0] or 0) > (days[1] or 0)


def _day(match: regex.Match[str], which: str) -> int | None:
    day, third = match["day" + which], match["third" + which]
    return int(day) if day else _THIRDS.get(third)


def _judged(match: regex.Match[str], text: str) -> Hit | None:
    """What is wrong with one date of month and day, and the day it lasts until."""
    month = to_int(match["month"]) or 0
    day = to_int(match["day"]) if match["day"] else 1
    year = to_int(match["year"].replace("○", "〇")) if match["year"] else None
    if day is None or (match["day"] is None and match["month"].isdecimal() and len(match["month"]) > 2):
        return None
    what = _what(year, month, day)
    until = to_int(match["until"]) if match["until"] else None
    if not what and until is not None:
        what = _what(year, month, until)
        if not what and until < day and match["joint"] not in "、和及":
            what = _BACKWARDS
    if not what or _LUNAR.search(text, max(0, match.start() - 12), match.start("month")):
        return None
    return Hit(match.start("month"), match.end(), {"what": what})


def _what(year: int | None, month: int, day: int) -> dict[str, str] | None:
    """What is wrong with a day of a month, None if nothing is."""
    if not 1 <= month <= 12:
        return {"zh": "没有这个月份", "en": "there is no such month"}
    last = _days(year, month)
    if not 1 <= day <= last:
        return {"zh": f"{month}月只有{last}天", "en": f"month {month} has {last} days"}
    return None


def _days(year: int | None, month: int) -> int:
    """The days of a month; of a February without a year, 29."""
    if month == 2 and year is not None and (year % 4 or (year % 100 == 0 and year % 400)):
        return 28
    return _DAYS[month - 1]


def run_year(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Han years with 零, O or ○ for 〇 (GB/T 15835-2011 5.2.5), and years half in Han and half in Arabic numerals;
    ○ alone was usual in older print."""
    for match in _YEAR.finditer(context.text):
        start, end = match.span("hit")
        wrong = match["hit"]
        arabic = wrong[0] == "2"
        right = wrong.translate(_TO_DIGITS if arabic else _TO_HAN)
        if right != wrong and len(right) == 4:
            circles = set(wrong) - set(_HAN) - {"〇", "○"}
            severity = None if circles or arabic else Severity.INFO
            variant = "arabic" if arabic else ""
            yield Hit(start, end, {"right": right}, (Edit(start, end, right),), variant, severity)


KINDS = (
    Kind("date", "Reports dates and times that do not exist.", {}, run_date),
    Kind("year-form", "Reports years in Han numerals with another sign than 〇.", {}, run_year),
)
