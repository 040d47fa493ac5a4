"""Figures that are added up behind their parts, and shares that make up a hundred per cent."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from reportlint.checks.base import Context, Hit, half_width
from reportlint.checks.figures import NUMBER, UNIT, scaled
from reportlint.checks.partitions import Partition, closes
from reportlint.checks.rows import Row, shares_apart
from reportlint.patterns import pattern

_FAR = 60  # code points
_TOTAL = pattern(rf"(?:合计|共计|总计|总数|总量|共)[为有达]?(?P<n>{NUMBER})(?P<unit>{UNIT})(?=[，。；、）\n]|以|\Z)")
_FIGURE = pattern(rf"(?<![0-9.])(?P<n>{NUMBER})(?P<unit>{UNIT})")
_TWO_UNITS = pattern(
    rf"(?:合计|共计|总计|共)(?P<n>{NUMBER})(?P<one>[个名人件家项])（(?P<two>[个名人件家项])）(?=[，。；、）\n]|\Z)"
)
_ROW_TOTAL = pattern(rf"(?:合计|共计|总计)[为有达]?(?P<n>{NUMBER})(?P<unit>{UNIT})(?=[，。；）\n]|\Z)")
_ROW_ENDS = pattern(r"[，；](?:(?:以上)?[两三四五六]项|以上|各项)?$")
# Before each of these totals, and sought once for all of them.
_ADDED_UP = pattern(r"(?:合计|共计|总计|总数|总量|共)[为有达]?(?=[0-9])")
_PERIODS = pattern(
    rf"(?P<whole>上半年|全年)(?:共|累计|合计)[\u4e00-\u9fff]{{0,10}}(?P<n>{NUMBER})(?P<unit>{UNIT})(?=[，。；）\n]|\Z)"
)
_HALVES = {"上半年": ("一季度", "二季度"), "全年": ("上半年", "下半年")}
_CHANGES = pattern(r"同比|增长|下降|增加(?!值)|减少|其中|比|每|均|率")

# 3个项目，目前2个已投产、1个正在安装设备: here the figures stand before what has become of them
_STATES = pattern(
    r"(?:已|全部)(?<=[，；：。][^，。；：、0-9\n]{0,4}(?P<a>(?<![0-9.])[0-9]{1,4})(?P<unit>[个件项家处条座宗起户栋])[^，。；：、0-9\n]{0,4}(?:已|全部))"
    r"(?:(?!未|正在)[^，。；：、0-9\n]){1,10}[、，；](?:另有|还有|另外?)?(?P<b>[0-9]{1,4})(?P=unit)[^，。；：、0-9\n]{0,4}"
    r"(?:正在|正|尚未|未|尚在|仍在|即将|还在)[^，。；：、0-9\n]{1,12}(?=[。；\n]|\Z)"
)
_CHOICE = pattern(r"其中|重点|计划|拟")
_SHARE = pattern(
    r"(?:占(?:[总全][\u4e00-\u9fff]{1,5}的)?比?(?:重|例)?|(?P<rate>满意率?))(?:为|达到?|到)?(?P<n>[0-9]+(?:\.[0-9]+)?)%"
)
_LABEL = pattern(r"[，、；和][^，。；：、\n%]{1,22}")
_FIRST_LABEL = pattern(r"[^，。；：、\n%]{0,26}$")
_ENDS = "，。；）\n"
_MOST = 8  # shares of one whole
_FEW = 3  # of which nobody knows whether they are all
_ALMOST = 88.0  # per cent that are meant to be a hundred
_NEAR = 16  # code points
_CHOSEN = pattern(r"主要|集中|较多|居多|突出|最|尤其|特别|前[二三四五]|为主|等(?!级)|左右|约|近|率为")
_OF_WHOLE = pattern(r"占|比重|比例|构成")
_SHARED = ("占比", "比重", "比例")
_OF_ALL = pattern(r"占(?:比|到|了|(?:[总全][^总]{0,6}|[^总]{0,4}总[数量额])的)?(?:为|达)?")
_STRUCTURE = pattern(r"(?:产业(?:增加值)?|三产)(?:结构|比例|比重|占比|构成)")
_THREE = pattern(
    r"(?<![0-9.])(?P<a>[0-9]+(?:\.[0-9]+)?)%?(?P<mark>[:：∶、])(?P<b>[0-9]+(?:\.[0-9]+)?)%?(?:(?P=mark)|和)"
    r"(?P<c>[0-9]+(?:\.[0-9]+)?)(?![0-9.]*[:：∶])%?"
)
_OVERLAPS = pattern(r"女|少数民族|学历|大专|本科|研究生|硕士|党员|青年|高级|贫困|脱贫|重点|其中|新增")
_AGE = pattern(r"岁")


def sums(context: Context, partitions: tuple[Partition, ...]) -> Iterator[Hit]:
    """Totals that are not the sum of the parts before them, and shares that are not a hundred per cent together."""
    text = half_width(context)
    for words in _ADDED_UP.finditer(text):
        yield from _totals(context, text, words.start())
    for total in _PERIODS.finditer(text):
        hit = _halves_summed(context, text, total)
        if hit is not None:
            yield hit
    for states in _STATES.finditer(text):
        hit = _by_state(context, text, states)
        if hit is not None:
            yield hit
    for row in _rows(text):
        hit = _shared_out(text, row, partitions)
        if hit is not None:
            yield hit
    for start, end, apart in shares_apart(text):
        hit = _shared_apart(text, start, end, apart, partitions)
        if hit is not None:
            yield hit
    for match in _structures(text):
        together = sum(float(match[name]) for name in "abc")
        if together > 50 and abs(together - 100) > 0.31:
            yield _hit(match.start("a"), match.end(), f"{together:.10g}%", "100%")


def _totals(context: Context, text: str, at: int) -> Iterator[Hit]:
    """What is wrong with the total that words at a place announce."""
    hits = []
    if total := _TOTAL.match(text, at):
        hits.append(_summed(context, text, at, total.end(), total["n"], total["unit"]))
    elif total := _TWO_UNITS.match(text, at):
        hits.append(_summed(context, text, at, total.end(), total["n"], total["one"], total["two"]))
    if (total := _ROW_TOTAL.match(text, at)) and (row := _ROW_ENDS.search(text, max(0, at - 5), at)):
        hits.append(_row_summed(context, text, row.start(), total))
    yield from (hit for hit in hits if hit is not None)


def _structures(text: str) -> Iterator[regex.Match[str]]:
    """The three shares of each 产业结构, as long as its clause goes on."""
    for head in _STRUCTURE.finditer(text):
        low, high = head.end(), head.end() + _FAR
        stop = min((at for mark in "，。；\n" if (at := text.find(mark, low, high)) >= 0), default=high)
        yield from _THREE.finditer(text, low, stop)


def _shared_out(text: str, row: list[regex.Match[str]], partitions: tuple[Partition, ...]) -> Hit | None:
    """What is wrong with shares in a row, if they should be a hundred per cent together."""
    start, end = _first_label(text, row[0].start()), row[-1].end()
    places = [start, *(share.end() for share in row)]
    labels = [text[low : share.start()] + (share["rate"] or "") for low, share in zip(places, row, strict=False)]
    together = sum(float(share["n"]) for share in row)
    closed = closes(partitions, labels, "")
    if len(row) < _FEW and (row[0]["rate"] or not closed):
        return None  # 满意率98%、不满意率1%: some have not said
    if not closed and (row[0]["rate"] or _overlap(text, start, end)):
        return None
    ends = text[end : end + 1] in "。；" and not _CHOSEN.search(text, max(0, start - _NEAR), end)
    if _misses(together, len(row), closed) and (closed or together > 100 or (ends and together > _ALMOST)):
        return _hit(start, end, f"{together:.10g}%", "100%")
    return None


def _shared_apart(text: str, start: int, end: int, row: Row, partitions: tuple[Partition, ...]) -> Hit | None:
    """What is wrong with shares that stand apart from what they are shares of: 甲、乙、丙分别占50%、30%、20%."""
    together = sum(part.value for part in row.parts)
    closed = closes(partitions, [part.label for part in row.parts], "") and _OF_WHOLE.search(text, start, end)
    apart = row.parts[-1].label.endswith(_SHARED) and together < 200 - _ALMOST
    of_all = len(row.parts) >= _FEW and together > _ALMOST and (apart or _OF_ALL.fullmatch(row.verb))
    if (closed or (of_all and not _overlap(text, start, end))) and _misses(together, len(row.parts), bool(closed)):
        return _hit(start, end, f"{together:.10g}%", "100%")
    return None


def _misses(together: float, count: int, closed: bool) -> bool:
    """Whether so many rounded shares are more than a hundred, or not as much if they are all that there are."""
    slack = 0.06 * count if closed else 0.5
    return together > 100 + slack or together < 100 - slack


def _overlap(text: str, start: int, end: int) -> bool:
    return _OVERLAPS.search(text, start, end) is not None and not _AGE.search(text, start, end)


def _rows(text: str) -> Iterator[list[regex.Match[str]]]:
    """Shares that stand in a row: 甲占40%、乙占30%、丙占30%."""
    row: list[regex.Match[str]] = []
    for share in _SHARE.finditer(text):
        between = row[-1].end() if row else 0, share.start()
        bare = share["rate"] and between[1] - between[0] == 1  # 非常满意25%、满意58%
        if row and not bare and not _LABEL.fullmatch(text, *between):
            if _is_whole(row, text):
                yield row
            row = []
        row.append(share)
    if _is_whole(row, text):
        yield row


def _is_whole(row: list[regex.Match[str]], text: str) -> bool:
    return 1 < len(row) <= _MOST and text[row[-1].end() : row[-1].end() + 1] in _ENDS


def _first_label(text: str, at: int) -> int:
    found = _FIRST_LABEL.search(text, max(0, at - 40), at)
    return found.start() if found else at


def _summed(context: Context, text: str, at: int, end: int, number: str, unit: str, other: str = "") -> Hit | None:
    """The total at a place against the parts in a row before it, which 、 parts; of 45个（名）, `other` is 名."""
    row = _ROW_ENDS.search(text, max(0, at - 5), at)
    stop = row.start() if row else at
    low = _from(text, stop, "。；：\n，", 160)
    parts, whole = text[low:stop].split("、"), scaled(number, unit)
    if stop == at or len(parts) < 2 or _CHANGES.search(text, low, stop):
        return None
    together = 0.0
    for part in parts:
        found = [*_FIGURE.finditer(part)]
        if len(found) != 1 or found[0].end() != len(part) or not found[0].start():
            return None
        value, own = scaled(found[0]["n"], found[0]["unit"])
        if own not in (whole[1], other):
            return None
        together += value
    if abs(together - whole[0]) <= max(abs(whole[0]) * 0.001, 1e-9):
        return None
    scale = whole[0] / float(number) if float(number) else 1.0
    return _hit(low, end, f"{together / scale:.10g}{unit}", context.text[slice(*_number_at(text, at, end))])


def _from(text: str, at: int, marks: str, far: int) -> int:
    """Where what ends at a place begins: after the last of some marks, and no further back than `far`."""
    low = max(0, at - far)
    return max(low, max(text.rfind(mark, low, at) for mark in marks) + 1)


def _number_at(text: str, at: int, end: int) -> tuple[int, int]:
    found = _FIGURE.search(text, at, end)
    return found.span() if found else (at, end)


def _row_summed(context: Context, text: str, stop: int, total: regex.Match[str]) -> Hit | None:
    """新建12座，改建9座，合计20座: the clauses up to `stop`, right before a total, against it. Where the row begins
    nobody says: it is right if any number of them makes the total."""
    whole, unit = scaled(total["n"], total["unit"])
    low = _from(text, stop, "。：\n", 160)
    together, count, start = 0.0, 0, stop
    end = stop
    while end > low:
        begin = max(text.rfind(mark, low, end) for mark in "，；、")
        begin = begin + 1 if begin >= 0 else low
        found = [*_FIGURE.finditer(text, begin, end)]
        if len(found) != 1 or found[0].end() != end or found[0].start() == begin or _CHANGES.search(text, begin, end):
            break
        value, own = scaled(found[0]["n"], found[0]["unit"])
        if own != unit:
            break
        together, count, start = together + value, count + 1, begin
        if count > 1 and abs(together - whole) <= max(abs(whole) * 0.001, 1e-9):
            return None
        end = begin - 1
    if count < 2 or "、" in text[start:stop]:
        return None
    scale = whole / float(total["n"]) if float(total["n"]) else 1.0
    return _hit(start, total.end(), f"{together / scale:.10g}{total['unit']}", _total_shown(context, total))


def _halves_summed(context: Context, text: str, total: regex.Match[str]) -> Hit | None:
    """一季度完成3.2亿元，二季度完成4.1亿元，上半年累计完成7.6亿元."""
    first, second = _HALVES[total["whole"]]
    low = _from(text, total.start(), "。；\n", _FAR)
    clauses = text[low : total.start()].split("，")
    if len(clauses) != 3 or clauses[2] or not (clauses[0].startswith(first) and clauses[1].startswith(second)):
        return None
    values = []
    whole, unit = scaled(total["n"], total["unit"])
    for clause in clauses[:2]:
        found = [*_FIGURE.finditer(clause)]
        if len(found) != 1 or found[0].end() != len(clause) or _CHANGES.search(clause):
            return None
        value, own = scaled(found[0]["n"], found[0]["unit"])
        if own != unit:
            return None
        values.append(value)
    if unit in ("%", "％", "个百分点", "倍") or abs(sum(values) - whole) <= max(abs(whole) * 0.001, 1e-9):
        return None
    scale = whole / float(total["n"]) if float(total["n"]) else 1.0
    return _hit(low, total.end(), f"{sum(values) / scale:.10g}{total['unit']}", _total_shown(context, total))


def _by_state(context: Context, text: str, states: regex.Match[str]) -> Hit | None:
    """What is done and what is being done against the last figure of their unit before them in their sentence; some
    may not have been begun, so that much less is no slip."""
    low, at = _from(text, states.start("a"), "。\n", _FAR), states.start("a")
    figures = [m for m in _FIGURE.finditer(text, low, at) if m["unit"] == states["unit"]]
    if not figures or "." in figures[-1]["n"]:
        return None
    total, whole = int(states["a"]) + int(states["b"]), int(figures[-1]["n"])
    if total < whole and _CHOICE.search(text, figures[-1].end(), at):
        return None
    if any(int(float(m["n"])) == total for m in figures) or total < whole - max(1, whole // 10):
        return None
    start, end = figures[-1].span()
    return _hit(start, end, f"{total}{states['unit']}", context.text[start:end], "" if total > whole else "less")


def _total_shown(context: Context, total: regex.Match[str]) -> str:
    return context.text[total.start("n") : total.end()]


def _hit(start: int, end: int, total: str, whole: str, variant: str = "less") -> Hit:
    return Hit(start, end, {"total": total, "whole": whole}, (), variant)
