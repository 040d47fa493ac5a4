"""Rows of parts: 民事15件、行政9件, or 民事、行政分别为15件、9件."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import regex

from reportlint.checks.figures import NUMBER, SCALES, UNIT, scaled
from reportlint.patterns import pattern

UNCOUNTED = frozenset({"%", "％", "‰", "个百分点", "倍", "岁", "天", "个月", "小时", "分钟", "个工作日"})
_COMPARED = (
    r"(?:（占[^（）\n]{1,12}）|，(?:同比|环比|[比较][^，。；、0-9\n]{1,8})?"
    r"(?:增长|增加|下降|减少|占|增|降)[^，。；、\n]{0,14}?[0-9](?:%|个百分点))?"
)
_PART = pattern(
    rf"(?P<label>(?:[^、，；：。0-9\n]|（[0-9]）|[0-9]+(?:年|周?岁|热线|号)){{0,18}}?)(?P<n>(?<![0-9.]){NUMBER})(?P<unit>{UNIT})"
    rf"[^、，；：。0-9\n（）)以多余]{{0,8}}{_COMPARED}(?P<end>[、，；。）)\n]|(?:和|以及)|\Z)"
)
_NO_PART = pattern(
    r"总|均|每|累计|增长|下降|增加(?!值)|减少|提高|降低|比上|较上|同比|占|不足|^共|^由|^从(?!业)|"
    r"(?:达到?|超过?|超出|近|约|为|至|共有?|了)$"
)
_EACH = pattern(
    r"(?P<names>[^，；：。0-9\n]{2,60}?)分别(?P<verb>[^，；：。、0-9\n]{0,9})"
    rf"(?P<values>{NUMBER}(?:{UNIT})?(?:[、和与，]{NUMBER}(?:{UNIT})?){{1,7}})(?P<end>[，；。）)\n]|\Z)"
)
_CHANGE = pattern(r"增长|增加(?!值)|下降|减少|提高|降低|上升|同比|[比较]")
_VALUE = pattern(rf"(?<![0-9.])(?P<n>{NUMBER})(?P<unit>{UNIT})?")
_JOINT = pattern(r"、|(?<=[\u4e00-\u9fff])[和与及](?=[\u4e00-\u9fff])")
_LINKS = {"、": 0, "和": 0, "以及": 0, "，": 1, "；": 2}
"""What parts two parts, and how strongly: behind 甲5个、乙6个 a comma ends the row."""
_MOST = 40  # parts of one whole


class Part(NamedTuple):
    """One part: what it is called, its value and how it is written, and by how much it may be rounded."""

    label: str
    value: float
    start: int
    end: int
    step: float


class Row(NamedTuple):
    """Parts of one unit, and the verb between the names and the figures where these stand apart (分别为)."""

    parts: tuple[Part, ...]
    unit: str
    verb: str = ""


def row_at(text: str, at: int, double: tuple[str, ...] = ()) -> Row | None:
    """The parts in a row from `at` as far as they have one unit and nothing but a label. `double`: the two units of
    a whole in 卷（件）, of which its parts may have either."""
    each = _EACH.match(text, at)
    if each is not None:
        return respective(each)
    parts: list[Part] = []
    unit, link = "", max(_LINKS.values())
    while len(parts) < _MOST and (match := _PART.match(text, at)):
        value, kind = scaled(match["n"], match["unit"])
        kind = double[0] if kind in double else kind
        if (parts and kind != unit) or _NO_PART.search(match["label"]):
            break
        unit = kind
        parts.append(Part(match["label"], value, match.start("n"), match.end("unit"), step_of(match["n"], value)))
        at = match.end()
        if _LINKS.get(match["end"], link + 1) > link:
            break
        link = _LINKS[match["end"]]
    return Row(tuple(parts), unit) if parts else None


def respective(match: regex.Match[str]) -> Row | None:
    """The row of a match of “甲、乙分别为1件、2件”; None where there are not as many figures as names."""
    names = _JOINT.split(match["names"])
    found = [*_VALUE.finditer(match.string, match.start("values"), match.end("values"))]
    unit = found[-1]["unit"]
    if unit is None or len(names) != len(found) or _CHANGE.search(match["verb"]):
        return None
    parts = []
    for name, figure in zip(names, found, strict=True):
        value, kind = scaled(figure["n"], figure["unit"] or unit)
        parts.append(Part(name, value, figure.start(), figure.end(), step_of(figure["n"], value)))
        if kind != scaled("1", unit)[1]:
            return None
    return Row(tuple(parts), kind, match["verb"])


def shares_apart(text: str) -> Iterator[tuple[int, int, Row]]:
    """Where a row of percentages stands apart from its names, and the row: 甲、乙、丙分别占50%、30%、20%."""
    at = text.find("分别")
    while at >= 0:
        low = max(text.rfind(mark, max(0, at - 60), at) for mark in "，；：。\n") + 1
        match = _EACH.match(text, max(low, at - 60))
        if match is not None and "%" in match["values"]:
            row = respective(match)
            if row is not None:
                yield match.start(), match.end("values"), row
        at = text.find("分别", at + 2)


def step_of(number: str, value: float) -> float:
    """One of the last digit of a figure that may be rounded: of 1.2万 and 1万, not of 12."""
    scale = value / float(number) if value else 0.0
    fraction = number.partition(".")[2]
    return scale * 10.0 ** -len(fraction) if fraction or scale > 1 else 0.0


def shown_sum(total: float, unit: str) -> str:
    """A sum as one would write it beside a whole of that unit: 1.4亿元."""
    scale = SCALES.get(unit[0], 1.0) if len(unit) > 1 else 1.0
    return f"{total / scale:.10g}{unit}"
