"""Kinds `parts` and `direction`: figures against the whole and the word beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit, half_width
from reportlint.patterns import pattern
from reportlint.rules import Kind

NUMBER = r"[0-9]+(?:\.[0-9]+)?"
_THING = (
    "美元|元|人次|人|户次|户|亩|吨标准煤|吨|平方公里|公里|平方米|立方米|千瓦时|千瓦|公斤|斤|辆|台|套|件|头|只|株|条|个|份|册|场次|场|项|家|所|座|处|"
    "名|起|名次|批次|批|次|篇|张|本|期|栋|间|米|支|对|艘"
)
UNIT = rf"(?:[亿万千]?(?:{_THING})(?!百分点|工作日|月)|个百分点|个工作日|个月|天|小时|分钟|岁|倍|[%％])"
UNIT_FIRST = "".join(sorted({*"亿万千个天小分岁倍%％", *(thing[0] for thing in _THING.split("|"))}))
"""What a unit can begin with: tried first, it spares the alternation."""
_SCALES = {"亿": 1e8, "万": 1e4, "千": 1e3}

_WHOLE = pattern(
    rf"其中(?<=(?P<hit>[\u4e00-\u9fff]{{0,14}}(?P<whole>{NUMBER})(?P<unit>{UNIT}))[^，。；：\n（(0-9]{{0,10}}[，,（(：:；]\s?其中)[：:，]?"
)
_PART = pattern(
    rf"(?P<label>[^、，；：。0-9\n]{{1,16}}?)(?P<n>(?<![0-9.]){NUMBER})(?P<unit>{UNIT})[^、，；：。0-9\n）)以多余]{{0,8}}(?P<end>[、，；。）)\n]|(?:和|以及)|\Z)"
)
_CHANGE = pattern(r"比|较|增加|增长|减少|提高|下降|降低|压减")
_NO_PART = pattern(r"总|共|均|每|达|超|累计|增长|下降|增加|减少|提高|降低|比上|较上|同比|占|不足|近|约|由|从|为$|至")
# Who is a 女党员 may be a 大专以上 too: such parts overlap.
_OVERLAPS = pattern(
    r"女|少数民族|学历|大专|本科|研究生|硕士|博士|高中|岁|以[上下]|党员|青年|高级|中级|贫困|脱贫|涉农|重点|新增|优秀|先进|主要|当年|本年|今年|已"
)
_LEVELS = pattern(r"[省市县]级|国家级")  # a 省级 firm may be a 国家级 one; money is of one budget
_CLOSED = (
    ("男", "女"),
    ("城镇", "农村"),
    ("城市", "农村"),
    ("新建", "续建"),
    ("上半年", "下半年"),
    ("一产", "二产", "三产"),
)
"""Parts that make up the whole, where all of them are given."""

_UP = "增长|增加|提高|提升|上升|上涨|攀升|扩大|拓展|回升"
_FALL = "下降|降低|减少|缩减|缩短|压缩|压减|精简|缩小|回落|下滑|下跌|收窄|降"
_DOWN = frozenset(_FALL.split("|"))
# The digit after the word is looked for, and the word from there: a tenth of the time of looking for the words.
_TO = pattern(
    rf"[0-9](?<=(?P<hit>(?P<verb>{_UP}|{_FALL})(?:到了?|至|为)(?:20[0-9]{{2}}年(?:[底末])?的?)?(?P<b>[0-9])))"
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
    rf"[0-9](?<=(?P<hit>(?P<verb>{_UP}|{_FALL})了?\s?[-－−负][0-9]))[0-9]*(?:\.[0-9]+)?[%％]?(?=[，。；、）\s]|个百分点|[亿万元]|\Z)"
)
_TIMES = {None: 1, "一": 1, "两": 2, "二": 2, "三": 3}


class _Part(NamedTuple):
    label: str
    value: float
    text: str


def scaled(number: str, unit: str) -> tuple[float, str]:
    """A figure and its unit without 万 and 亿: 1.2亿元 and 12000万元 are the same."""
    scale = _SCALES.get(unit[0], 1.0) if len(unit) > 1 else 1.0
    return float(number) * scale, unit[1:] if scale > 1 else unit


def run_parts(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """“共23件，其中…15件、…9件”: parts that together, or one that alone, are more than the whole."""
    text = half_width(context)
    for match in _WHOLE.finditer(text):
        whole, unit = scaled(match["whole"], match["unit"])
        if unit in ("%", "个百分点", "倍", "岁", "天") or _CHANGE.search(match["hit"]):
            continue
        parts = _parts(text, match.end(), unit)
        if not parts:
            continue
        args = {"whole": match["whole"] + match["unit"], "part": parts[0].text}
        if parts[0].value > whole:
            yield Hit(*match.span("hit"), args, (), "part")
            continue
        total = sum(p.value for p in parts)
        if len(parts) < 2 or (not _is_closed(parts) and any(_overlaps(p.label, unit) for p in parts)):
            continue
        differs = _is_closed(parts) and abs(total - whole) > whole * 0.001
        if total > whole * 1.0001 or differs:
            scale, shown = _SCALES.get(match["unit"][0], 1.0), match["unit"]
            args["total"] = f"{total / scale if shown[1:] == unit else total:.10g}{shown}"
            yield Hit(*match.span("hit"), args, (), "" if total > whole else "less")


def _overlaps(label: str, unit: str) -> bool:
    """Whether what a label names may be counted under another label too."""
    return bool(_OVERLAPS.search(label) or (not unit.endswith("元") and _LEVELS.search(label)))


def _parts(text: str, at: int, unit: str) -> list[_Part]:
    """The parts in a row from `at`, as far as they have the whole's unit and nothing but a label."""
    parts: list[_Part] = []
    while match := _PART.match(text, at):
        value, kind = scaled(match["n"], match["unit"])
        if kind != unit or _NO_PART.search(match["label"]):
            break
        parts.append(_Part(match["label"], value, match["n"] + match["unit"]))
        at = match.end()
        if match["end"] not in ("、", "，", "；", "和", "以及"):
            break
    return parts


def _is_closed(parts: list[_Part]) -> bool:
    labels = [p.label for p in parts]
    return any(
        len(names) == len(labels) and all(any(n in label for label in labels) for n in names) for names in _CLOSED
    )


def run_direction(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """“增长-3%”, “由5%下降至8%”, “由第8位上升至第12位”, “由50亿元增加到80亿元，翻一番”."""
    text = half_width(context)
    for match in _SIGN.finditer(text):
        yield Hit(match.start("hit"), match.end(), {"verb": match["verb"]}, (), "sign")
    for match in _TO.finditer(text):
        hit = _contradiction(match, text)
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


def _contradiction(match: regex.Match[str], text: str) -> Hit | None:
    """A figure that a word leads to, if the word contradicts the figure it comes from."""
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
    return Hit(begin, end, {"verb": verb, "first": a + (first_unit or ""), "second": b + (second_unit or "")})


KINDS = (
    Kind("parts", "Reports parts that together exceed the whole.", {}, run_parts),
    Kind("direction", "Reports a word of growth or decline that its figures contradict.", {}, run_direction),
)
