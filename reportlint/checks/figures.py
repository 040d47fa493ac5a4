"""Kinds `listed-count`, `parts` and `direction`: figures against the list, the whole and the word beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.numerals import to_int
from reportlint.patterns import pattern
from reportlint.rules import Kind

_MEASURE = "个|项|家|所|座|条|处|户|名|人|件|类|种|批|期|次|场|辆|台|栋|宗|起|村|镇|县|区|市"
_LISTED = pattern(
    rf"(?P<hit>(?P<n>\d{{1,3}}|[二三四五六七八九十]{{1,3}})(?:{_MEASURE})[\u4e00-\u9fff]{{0,12}})"
    r"[，,（(]?(?:分别为|分别是|即|依次为|依次是)[：:]?(?P<list>[^。；\n]{2,400}?)(?=[。；）\n])"
)
_QUOTED = pattern(r"《[^》\n]*》|“[^”\n]*”|（[^）\n]*）|\([^)\n]*\)")
_NUMBER = r"\d+(?:\.\d+)?"
_UNIT = r"(?:[亿万]?(?:元|人|户|亩|吨|公里|平方米|千瓦)|个|项|家|所|座|条|处|户|名|人|件|次|起|亩|公里)"
_WHOLE = pattern(
    rf"(?P<hit>(?:共|合计|总计|总投资|共有|总数)[^，。；\n]{{0,14}}?(?P<whole>{_NUMBER})(?P<unit>{_UNIT}))[^，。；：\n]{{0,10}}"
    r"[，,（(：:]\s*其中[：:，]?(?P<parts>[^。；\n]{4,200})"
)
_CHANGE = pattern(
    rf"(?:由|从)[^，。；\n]{{0,16}}?(?<!第)(?P<a>{_NUMBER})(?!年|\d|\.)(?P<ua>[%％]|{_UNIT}|天|小时|个工作日)?(?P<mid>[^，。；\n\d]{{0,10}}?)"
    rf"(?P<hit>(?P<verb>增长|提高|提升|上升|增加|扩大|下降|降低|减少|缩减|缩短|压缩|压减|回落|降)(?:到了?|至|为))(?P<b>{_NUMBER})(?P<ub>[%％]|{_UNIT}|天|小时|个工作日)?"
    r"(?![\d.年位名万亿千百多余])"
)
_SIGN = pattern(
    rf"(?P<hit>(?P<verb>增长|提高|提升|上升|增加|下降|降低|减少|回落|降)了?[-－−]{_NUMBER}[%％]?)(?=[，。；、）\s]|个百分点|[亿万元])"
)
_DOWN = frozenset({"下降", "降低", "减少", "缩减", "缩短", "压缩", "压减", "回落", "降"})


def run_listed(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """“3个项目，分别为：A、B” with another number of names than it says; a list that ends in 等 says nothing."""
    for match in _LISTED.finditer(context.text):
        declared = to_int(match["n"])
        body = _QUOTED.sub("〇", match["list"]).strip()
        if (
            declared is None
            or declared < 2
            or "等" in body[-8:]
            or "，" in body
            or regex.search(r"[xX×*]", match["hit"])
        ):
            continue
        listed = body.count("、") + 1
        last = body.rsplit("、", 1)[-1]
        joined = len(regex.findall(r"以及|和|及|与", last))
        if listed < 2 or listed <= declared <= listed + joined:
            continue
        yield Hit(*match.span("hit"), {"declared": declared, "listed": listed + (1 if joined else 0)})


def run_parts(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """“共23个，其中…15个、…9个”: parts that together are more than the whole."""
    for match in _WHOLE.finditer(context.text):
        unit = match["unit"]
        parts_text = _QUOTED.sub("", match["parts"])
        parts = [float(n) for n in regex.findall(rf"({_NUMBER}){unit}", parts_text)]
        whole = float(match["whole"])
        if len(parts) > 1 and sum(parts) > whole * 1.0001 and not regex.search(r"其中|同比|增长|比上年", parts_text):
            total = f"{sum(parts):g}"
            yield Hit(*match.span("hit"), {"whole": f"{match['whole']}{unit}", "total": f"{total}{unit}"})


def run_direction(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """“增长-3%”, and “由5%下降至8%”."""
    for match in _SIGN.finditer(context.text):
        yield Hit(*match.span("hit"), {"verb": match["verb"]}, (), "sign")
    for match in _CHANGE.finditer(context.text):
        first, second = float(match["a"]), float(match["b"])
        units = (match["ua"] or match["ub"], match["ub"] or match["ua"])
        if units[0] != units[1] or first == second:
            continue
        falls = match["verb"] in _DOWN
        if falls == (second > first):
            yield Hit(
                match.start("hit"), match.end("b"), {"verb": match["verb"], "first": match["a"], "second": match["b"]}
            )


KINDS = (
    Kind("listed-count", "Reports a number of things that is not the number of names listed after it.", {}, run_listed),
    Kind("parts", "Reports parts that together exceed the whole.", {}, run_parts),
    Kind("direction", "Reports a word of growth or decline that its figures contradict.", {}, run_direction),
)
