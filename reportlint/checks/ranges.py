"""Kind `range`: how the two ends of a range of numbers or times are written (GB/T 15835-2011 5.1.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.model import Edit, Severity
from reportlint.patterns import pattern
from reportlint.rules import Kind

_TIME = "年月日号时"
_SIGN = "%％‰"
_HYPHEN = "-–~"
_UNIT = (
    r"[%％‰℃年月日号时]|季度|[万亿](?:美元|平方米|立方米|平方公里|公里|千瓦时?|元|吨|人次?|亩|户|只|头|株|件|台|辆|套)?|"
    r"个(?!别)|项|名|人次?|家|户|天|周岁?|岁|小时|分钟|公里|千米|[毫厘]?米|公斤|斤|克|吨|亩|次|倍|场|期|篇|条|件|台|辆|元|头|只|株|"
    r"平方米|立方米|平方公里|届|轮|批"
)
_RANGE = pattern(
    rf"(?<![\d.．—～~-])(?<!\d[ ,\u00a0\u202f])(?P<a>\d{{1,4}}(?:[.．]\d+)?)(?P<ua>{_UNIT})?"
    r"(?P<sep>[-–~]{2}|[-－–—~～]|至|(?<![由从][^，。；\d]{0,6}\d{1,4})到)"
    rf"(?P<b>\d{{1,4}}(?:[.．]\d+)?)(?P<ub>{_UNIT})(?!级)"
)

_CLOCKS = pattern(r"(?<![\d:：])\d{1,2}[:：]\d\d(?P<sep>[-–~])\d{1,2}[:：]\d\d(?![\d:：])")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Ranges whose first number lost its sign or its 万, and hyphens for ～ and —, between times of day too."""
    text = context.text
    for match in _RANGE.finditer(text):
        before = text[match.start() - 1 : match.start()]
        if before in _TIME and before and match["sep"] in "至到":
            continue  # 6月15日至20%: no range
        if not (before.isascii() and before.isalpha()) and (before != "第" or match["ub"] == "季度"):
            hit = _judged(match, before)
            if hit is not None:
                yield hit
    for match in _CLOCKS.finditer(text):
        yield Hit(*match.span("sep"), None, (Edit(*match.span("sep"), "—"),), "month")


def _judged(match: regex.Match[str], before: str) -> Hit | None:
    start, end = match.span()
    a, ua, sep, b, ub = match.group("a", "ua", "sep", "b", "ub")
    joint = sep if sep in "至到" else "～"
    if ua and ub and ua[0] in "%％" and ub[0] in "%％":
        ua = ub
    if ub[0] in _SIGN and not ua:
        return Hit(start, end, None, (Edit(start, end, f"{a}{ub}{joint}{b}{ub}"),))
    if ub[0] in "万亿" and not ua:
        if float(a) >= float(b):
            return None  # of 800至1万元 the first is no 万
        return Hit(start, end, None, (Edit(start, end, f"{a}{ub}{joint}{b}{ub}"),), "unit", None, False)
    if sep[0] not in _HYPHEN and sep != "－":
        return None
    if ub in (*_TIME, "季度") and (not ua or ua in _TIME):
        return _times(match, before)
    if sep == "－":
        return None  # the usual dash of older print
    if ua == ub:
        return Hit(start, end, None, (Edit(start, end, f"{a}{ua}～{b}{ub}"),), "" if ub[0] in _SIGN else "dash")
    if ua and ua[0] in "万亿" and ub.startswith(ua):
        return Hit(start, end, None, (Edit(start, end, f"{a}{ub}～{b}{ub}"),), "dash")
    if ua:
        return None
    end = match.end("b")
    return Hit(start, end, None, (Edit(start, end, f"{a}～{b}"),), "dash", Severity.INFO)


def _times(match: regex.Match[str], before: str) -> Hit | None:
    """A hyphen between two points of time; a full-width one only between two months."""
    a, ua, sep, b, ub = match.group("a", "ua", "sep", "b", "ub")
    if ua or (ub == "年" and len(a) == len(b) == 4):
        place = match.span("sep")
        return None if sep == "－" else Hit(*place, None, (Edit(*place, "—"),), "month")
    start, end = match.start("a"), match.end("b")
    if (
        (ub in ("月", "季度", "时") or (ub in "日号" and before == "月"))
        and a.isdecimal()
        and b.isdecimal()
        and len(a) < 3
    ):
        return Hit(start, end, None, (Edit(start, end, f"{a}—{b}"),), "month")
    if ub == "年" and len(a) < 3 and sep != "－":
        return Hit(start, end, None, (Edit(start, end, f"{a}～{b}"),), "dash", Severity.INFO)
    return None


KIND = Kind("range", "Reports ranges of numbers and times with a lost sign or the wrong dash.", {}, run)
