"""Kind `direction`: figures against the word beside them; and what every check reads figures by."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit, half_width
from reportlint.patterns import pattern
from reportlint.rules import Kind

NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_THING = (
    "美元|元|毫米|人次|人|户次|户|亩|吨标准煤|吨|平方公里|公里|平方米|立方米|千瓦时|千瓦|公斤|斤|辆|台|套|件|头|只|株|条|个|份|册|卷|场次|场|项|家|所|座|处|"
    "名|起|名次|批次|批|次|篇|张|本|期|栋|间|米|支|对|艘|票|宗|口|幅|盏|课时|学时|节(?![约省能日假点])"
)
UNIT = rf"(?:[亿万千]?(?:{_THING})(?!百分点|工作日|月)|个百分点|个工作日|个月|天|小时|分钟|岁|倍|[%％‰])"
UNIT_FIRST = "".join(sorted({*"亿万千个天小分岁倍%％‰", *(thing[0] for thing in _THING.split("|"))}))
"""What a unit can begin with: tried first, it spares the alternation."""
SCALES = {"亿": 1e8, "万": 1e4, "千": 1e3}

_UP = "增长|增加|提高|提升|上升|上涨|攀升|扩大|拓展|回升|延长|上调|增收|增产|增|升|涨"
_FALL = "下降|降低|减少|缩减|缩短|压缩|压减|精简|缩小|回落|下滑|下跌|收窄|下调|减收|减产|控制|降|减|缩|跌"
_DOWN = frozenset(_FALL.split("|"))
_NOW = "(?:20[0-9]{2}年[底末]?|现在|目前|当前|如今|今年|年末|年底|期末|本期|全年)"
# The digit after the word is looked for, and the word from there: a tenth of the time of looking for the words.
_TO = pattern(
    rf"[0-9](?<=(?P<hit>(?P<verb>{_UP}|{_FALL})(?:到了?|至|为了?)(?:{_NOW}的?)?(?P<b>[0-9])))"
    rf"(?P<rest>[0-9]*(?:\.[0-9]+)?)(?P<unit>{UNIT})?(?![0-9.年月日位级等档类号届线流:：／/万亿千百多余以])"
)
_BASE = r"(?:上年|去年|前年|同期|此前|原来|年初|往年|上一?年度?|以前|[0-9]{4}年)[底末度]?(?:同期)?的?"
_FROM = pattern(
    rf"(?P<prefix>(?:由|从)[^。；\n]{{0,24}}?|(?:比|较)[^，。；\n]{{0,6}}?{_BASE})?(?<![0-9.第\-－−负约近超:：])"
    rf"(?P<a>{NUMBER})(?![0-9.年月日:：／/])(?P<unit>{UNIT})?(?P<mid>[^，。；、\n0-9]{{0,10}}|，[\u4e00-\u9fff]{{0,4}})$"
)
_RANK = pattern(
    r"[0-9](?<=(?:由|从)[^，。；\n]{0,16}?第(?P<a>[0-9]{1,3})[位名]?(?P<hit>(?P<verb>上升|提升|前移|跃升|升|下降|下滑|后移|退|降)(?:到|至|为)了?[^，。；\n0-9]{0,8}第[0-9]))"
    r"[0-9]{0,2}(?![0-9])"
)
# A lookbehind reads from its end: the second unit is the group, the first its echo.
_DOUBLED = pattern(
    rf"番(?<=(?:由|从)[^。；\n]{{0,20}}?(?P<a>{NUMBER})(?P=unit)[^，。；\n0-9]{{0,10}}(?:到|至)(?:20[0-9]{{2}}年[底末]?的?)?(?P<b>{NUMBER})(?P<unit>{UNIT})"
    rf"(?:以上)?，[\u4e00-\u9fff]{{0,6}}(?P<hit>翻了?(?P<times>[一两二三])?番))"
)
_SIGN = pattern(
    rf"[0-9](?<=(?P<hit>(?:(?P<verb>{_UP}|{_FALL})了?|(?P<verb>[降跌减]幅)[为达]?)\s?(?:[-－−]|(?<!减)负|(?<!—)—)[0-9]))[0-9]*(?:\.[0-9]+)?[%％]?"
    rf"(?=[，。；、）和与及\s]|左右|以[上内]|[个亿万元]|{UNIT}|\Z)"
)
# 12.6万吨，比上年的13.8万吨增长6.8%
_THAN = pattern(
    rf"，(?<=[0-9][^，。；、0-9\n]{{1,4}}，)(?:比|较)?{_BASE}为?(?P<a>{NUMBER})(?P<other>{UNIT})"
    rf"(?:，?(?:同比|环比)?(?P<hit>(?P<verb>{_UP}|{_FALL})了?)(?=[0-9，。；]|明显|显著|较)|(?=[明显大]|[有略]所|，|。))"
)
_LED = pattern(rf"(?P<hit>(?P<verb>{_UP}|{_FALL})(?:到了?|至|为))(?:{_NOW}的?)?{NUMBER}{UNIT}$")
_LAST = pattern(rf"(?<![0-9.约近超过第])(?P<n>{NUMBER})(?P<unit>{UNIT})$")
_TIMES = {None: 1, "一": 1, "两": 2, "二": 2, "三": 3}


def scaled(number: str, unit: str) -> tuple[float, str]:
    """A figure and its unit without 万 and 亿: 1.2亿元 and 12000万元 are the same."""
    scale = SCALES.get(unit[0], 1.0) if len(unit) > 1 else 1.0
    return float(number) * scale, unit[1:] if scale > 1 else unit


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """“增长-3%”, “由5%下降至8%”, “由第8位上升至第12位”, “由50亿元增加到80亿元，翻一番”."""
    text = half_width(context)
    for match in _SIGN.finditer(text):
        yield Hit(match.start("hit"), match.end(), {"verb": match["verb"]}, (), "sign")
    for match in _TO.finditer(text):
        hit = _contradiction(match, context)
        if hit is not None:
            yield hit
    for match in _THAN.finditer(text):
        hit = _against_before(match, context)
        if hit is not None:
            yield hit
    for match in _RANK.finditer(text):
        first, second = int(match["a"]), int(text[match.start() : match.end()])
        up = match["verb"] in ("上升", "提升", "前移", "跃升", "升")
        if first != second and up == (second > first):
            args = {"verb": match["verb"], "first": f"第{first}", "second": f"第{second}"}
            yield Hit(match.start("hit"), match.end(), args)
    for match in _DOUBLED.finditer(text):
        ratio = float(match["b"]) / float(match["a"]) if float(match["a"]) else 2.0
        if ratio < 2 ** _TIMES[match["times"]] * 0.9:
            args = {"verb": match["hit"], "first": match["a"], "second": match["b"]}
            yield Hit(*match.span("hit"), args)


def _against_before(match: regex.Match[str], context: Context) -> Hit | None:
    """“12.6万吨，比上年的13.8万吨增长6.8%”, or “增长到12.6万吨，比上年的13.8万吨”."""
    text, at = half_width(context), match.start()
    number = _LAST.search(text, max(0, at - 20), at)
    told = match if match["verb"] else _LED.search(text, max(0, at - 30), at)
    if number is None or told is None:
        return None
    now, unit = scaled(number["n"], number["unit"])
    before, other = scaled(match["a"], match["other"])
    verb = told["verb"]
    if unit != other or now == before or (verb in _DOWN) == (now < before):
        return None
    old, new = context.text[match.start("a") : match.end("other")], context.text[number.start() : at]
    return Hit(*told.span("hit"), {"verb": verb, "first": old, "second": new})


def _contradiction(match: regex.Match[str], context: Context) -> Hit | None:
    """A figure that a word leads to, if the word contradicts the figure it comes from."""
    text = half_width(context)
    begin = match.start("hit")
    low = max(text.rfind("。", max(0, begin - 60), begin), text.rfind("\n", max(0, begin - 60), begin), begin - 60, 0)
    origin = _FROM.search(text, low, begin)
    if origin is None:
        return None
    first_unit, second_unit = origin["unit"], match["unit"]
    if not origin["prefix"] and (origin["mid"] or not first_unit):
        return None
    if not (first_unit or second_unit) and origin["mid"]:
        return None
    a, b = origin["a"], match["b"] + match["rest"]
    first, unit = scaled(a, first_unit or second_unit or "个")
    second, other = scaled(b, second_unit or first_unit or "个")
    verb = match["verb"]
    if unit != other or first == second or (verb in _DOWN) == (second < first):
        return None
    end = match.end("rest")
    shown = context.text[slice(*origin.span("a"))], context.text[match.start("b") : end]
    return Hit(
        begin, end, {"verb": verb, "first": shown[0] + (first_unit or ""), "second": shown[1] + (second_unit or "")}
    )


KIND = Kind("direction", "Reports a word of growth or decline that its figures contradict.", {}, run)
