"""Wholes whose parts are what is done and what is not: 23件，已办结15件，剩余8件."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.figures import NUMBER, SCALES, UNIT, scaled
from reportlint.patterns import pattern

UNCOUNTED = frozenset({"%", "％", "个百分点", "倍", "岁", "天", "个月", "小时", "分钟", "个工作日"})
_WHOLE = rf"(?P<hit>[\u4e00-\u9fff]{{0,14}}(?P<whole>(?<![0-9.]){NUMBER}(?P<unit>{UNIT})))"
_LAST = rf"(?![，、；][^，。；、0-9]{{0,10}}{NUMBER}(?P=unit))"
_DONE = pattern(
    rf"{_WHOLE}，(?:其中，?)?已[\u4e00-\u9fff]{{1,6}}?(?P<a>{NUMBER})(?P=unit)，"
    rf"[\u4e00-\u9fff]{{0,6}}(?:正在|尚未|尚有|还有|另有|未|待|(?P<all>剩余|剩下|余下|还剩|其余))[\u4e00-\u9fff]{{0,6}}(?P<b>{NUMBER})(?P=unit)"
)
_DENIED = pattern(
    rf"{_WHOLE}，(?:其中，?)?[^，。；、0-9不未]{{0,6}}?(?P<word>[\u4e00-\u9fff]{{2,4}})(?:的|了)?(?P<a>{NUMBER})(?P=unit)[，、；]"
    rf"[^，。；、0-9]{{0,6}}?(?P<all>[不未])(?P=word)(?:的|了)?(?P<b>{NUMBER})(?P=unit){_LAST}"
)
_ATTENDED = pattern(
    rf"(?P<hit>应[\u4e00-\u9fff]{{1,8}}?(?P<whole>{NUMBER}(?P<unit>{UNIT})))，实[\u4e00-\u9fff]{{1,8}}?(?P<a>{NUMBER})(?P=unit)，"
    rf"(?P<all>请假|缺席|缺勤|缺考|因|未)[\u4e00-\u9fff]{{0,8}}?(?P<b>{NUMBER})(?P=unit){_LAST}"
)
_HALVES = pattern(
    rf"(?P<hit>全年[\u4e00-\u9fff]{{0,12}}(?P<whole>{NUMBER}(?P<unit>{UNIT})))，(?:其中，?)?"
    rf"(?P<all>上半年)[\u4e00-\u9fff]{{0,10}}?(?P<a>{NUMBER})(?P=unit)[，、；]下半年[\u4e00-\u9fff]{{0,10}}?(?P<b>{NUMBER})(?P=unit)"
)
_HINTS = (
    (pattern(r"，(?:其中，?)?已(?<=[0-9][^，。]{1,5}，(?:其中，?)?已)"), _DONE),
    (pattern(r"[不未](?=[\u4e00-\u9fff]{2,5}[0-9])"), _DENIED),
    (pattern(r"，实(?<=[0-9][^，。0-9]{1,5}，实)"), _ATTENDED),
    (pattern(r"上半年(?<=[0-9][^，。0-9]{1,5}，(?:其中，?)?上半年)"), _HALVES),
)
"""Where a form may stand, found before the form itself: its whole is sought around."""
_BEFORE, _AFTER = 64, 64  # code points
_CHANGE = pattern(r"比|较|增加|增长|减少|提高|下降|降低|净增|每|[约近超]")


def rests(context: Context, text: str) -> Iterator[Hit]:
    """Parts that are more than the whole, or that leave nothing out and differ from it."""
    for hint, form in _HINTS:
        done = -1
        for place in hint.finditer(text):
            if place.start() < done:
                continue
            match = form.search(text, max(0, place.start() - _BEFORE), place.end() + _AFTER)
            if match is None or not match.start() < place.start() < match.end():
                continue
            done = match.end()
            found = _judged(match, text, context)
            if found is not None:
                yield found


def _judged(match: regex.Match[str], text: str, context: Context) -> Hit | None:
    whole, unit = scaled(match["whole"].removesuffix(match["unit"]), match["unit"])
    a, b = (scaled(match[name], match["unit"])[0] for name in "ab")
    if unit in UNCOUNTED or (match["all"] and _CHANGE.search(match["hit"])):
        return None
    if (match.groupdict().get("word") or "\n") in match["hit"]:  # 满意188人，基本满意9人，不满意3人
        return None
    over = a + b > whole * 1.0001
    if not (over or (match["all"] and a + b < whole * 0.999)):
        return None
    args = {"whole": context.text[slice(*match.span("whole"))], "total": shown_sum(a + b, match["unit"])}
    return Hit(*match.span("hit"), args, (), "" if over else "less")


def shown_sum(total: float, unit: str) -> str:
    """A sum as one would write it beside a whole of that unit: 1.4亿元."""
    scale = SCALES.get(unit[0], 1.0) if len(unit) > 1 else 1.0
    return f"{total / scale:.10g}{unit}"
