"""What a figure is a figure of: its period, its places, and whether it is planned."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from typing import Any, NamedTuple

from reportlint.checks.base import Context
from reportlint.patterns import pattern

TIME = (
    r"(?:(?:20[0-9]{2}|今|去|上|前|明|本|当|全|近|[一两三四五])年(?:度|来|间|以来)?|上半年|下半年|第?[一二三四]季度|前[一二三]季度|[0-9]{1,2}(?:—[0-9]{1,2})?月份?|"
    r"[全本上下]学[年期]|年[初中末底]|“十[一二三四五]五”(?:时期|期间|以来|规划)?|目前|至今|过去)"
)
_TIMES = pattern(TIME)
_PLANNED = pattern(r"目标|力争|计划|确保|争取|预期|拟|将|不低于|打算|下一步|明年|今后|要(?=[实完达推加把继全])")
_PLAN = pattern(
    r"打算|安排|思路|下一?步|明年|今后|努力方向|[重主]要?点?任务|总体要求|(?:预期|主要|工作)目标|(?:计划|目标|目标任务|建议|工作要求)$"
)
_TOTAL = pattern(r"累计[^，。；]{0,16}$")
_SAID = pattern(r"(?<![0-9])20[0-9]{2}(?=年)")
_HALF = pattern(r"上半年|前三季度|一季度")
_EXPECTED = pattern(r"预计")
_LATER = pattern(r"下半年|下一?步|到20[0-9]{2}年|年底前|将")
_SO_FAR = pattern(r"截至|截止|目前|至今|前[二三]季度|[0-9]月(?![^，。；]{0,12}全年)")
_ABOUT = 1.5  # times
_LOOKS_BACK = pattern(r"回顾|完成情况|总结|开展情况|成绩|成效")
_AS_OF = pattern(r"[由从][^，。；\n]{0,6}20[0-9]{2}年[底末]?的?|截至[^，。；\n]{0,14}?[月年][^，。；\n]{0,4}|目前|至今")
_EVENT = pattern(r"20[0-9]{2}年[0-9]{1,2}(?:[—至-][0-9]{1,2})?月")
_TURN = pattern(r"预期目标|主要目标是|总体要求是|工作打算|工作安排|工作思路|工作计划|下一步|下步|明年|努力方向")
DERIVED_WORDS = (
    r"由|每|从(?![\u4e00-\u9fff]{1,6}看)|各(?![项类级种])|(?<![同环])比(?![上去例重])|"
    r"相当于|折合|其余|另|剩余|第[一二三四]|平均"
)
_DERIVED = pattern(rf"{DERIVED_WORDS}|分别[^，]*$")
_PLACE = pattern(
    r"其中|(?:(?![年月日来时全我本该各建设办个数多些不出有挥入和及与造]|服务)[\u4e00-\u9fff]){2}"
    r"(?:镇|乡|(?<!农)村|街道|社区|园区|开发区|公司|集团|厂|县|市|区|省|州|旗|学校|中学|小学|医院|银行)|"
    r"(?:(?<![\u4e00-\u9fff])|(?<=[前年来度末底月日间期]))[全我本][国省州盟市县旗区镇乡村局校院]"
)
_QUOTED = pattern(r"《[^》\n]*》|“[^”\n]*”")  # a place in a title or slogan is not where a figure is from
_WIDE = frozenset({"全国", "全省", "全市"})
_LEVELS = ("全国", "全省", "全市", "全县", "全区", "全镇", "全乡", "全州", "全盟", "全旗")
_PLACE_TITLE = pattern(r"^[\u4e00-\u9fff]{2,4}(?:镇|乡|村|街道|社区|园区|公司|集团|县|市|区|局)(?<!强.)$")
_YEARS = pattern(
    r"[二两三四五六几多]年来|(?:过去|这|近)[二三四五六]年|本届政府|“十[一二三四五]五”(?:时期|期间|以来)[^。]{0,30}(?:取得|实现|完成|累计|达到)|收官"
)
_PART = frozenset({"上半年", "下半年", "一季度", "二季度", "三季度", "四季度", "前三季度", "前二季度"})
_FEW = 4  # years
_HAS = ("共有", "现有", "有")
_IS = ("共有", "现有", "全街道共有", "街道共有", "全系统共有", "全系统现有")
_PAST = pattern(r"一年来|今年以来|年初以来|截至目前|上半年(?=[^，。；]*$)")
OWN_NAME = 6  # code points: what is 其中 of a thing and has so long a name is an indicator of its own
_MEMORY = 1500  # code points of a paragraph before a figure that may tell its period


class Figure(NamedTuple):
    """A figure: its value without 万 and 亿, half a unit of its last digit, and where it and its name stand."""

    value: float
    precision: float
    start: int
    end: int
    name: int


class Setting(NamedTuple):
    """What a figure is a figure of: its period (of the sentence, if that says one; implied by those before), its
    places, whether it is planned, how often the draft has turned to plans before it, and how it was counted (累计,
    预计, 截至)."""

    period: tuple[str, ...]
    here: bool
    implied: tuple[str, ...]
    places: frozenset[str]
    planned: bool
    turns: int
    counted: frozenset[str] = frozenset()


def _home(context: Context) -> str:
    """The head of the draft, and 全市 or the like where it says that most: a place that it names is the draft's own."""
    body = context.frame.body
    head = context.text[: context.draft.paragraphs[body - 1].end] if body else ""
    level = max(_LEVELS, key=context.text.count)
    return head + level if context.text.count(level) > 1 else head


def setting_of(figure: Figure, length: int, text: str, context: Context) -> Setting | None:
    """What two figures have to share to contradict each other; None for a figure that is derived from another, or
    one of several."""
    low = max(text.rfind(mark, max(0, figure.start - 200), figure.start) for mark in "。\n；！") + 1
    before = text[low : figure.name]
    if _DERIVED.search(before[-30:]):
        return None
    heading = _heading(figure.start, context)
    times = _times(_AS_OF.sub("", text[low : figure.start]))
    here = bool(times)
    around = text[max(text.rfind("\n", 0, low) + 1, low - _MEMORY) : low]
    implied = (
        ()
        if here
        else _period([t for t in _times(_EVENT.sub("", around)) or _times(heading) if "月" not in t], context)
    )
    # What one has is said of a subject that may stand sentences before.
    has = text.startswith(_HAS, figure.name)
    told = text[text.rfind("\n", 0, low) + 1 : figure.name] if has else before
    places = frozenset(
        p
        for p in _PLACE.findall(_QUOTED.sub("", told))
        if (p[0] not in "我本全" or p in _WIDE) and (p != "其中" or length < OWN_NAME) and p not in context.memo(_home)
    )
    counted = {"累计"} if not here and _TOTAL.search(before) else set()
    if _PLACE_TITLE.search(heading):
        places |= {heading}
    expected = _EXPECTED.search(before) is not None and not _LOOKS_BACK.search(heading)
    if expected and context.memo(_half) == "全年" and not _LATER.search(before):
        expected = False
        counted.add("预计")
    if _SO_FAR.search(text[low : figure.start]):
        counted.add("截至")
    planned = bool(expected or _PLANNED.search(before) or _PLAN.search(heading))
    turns = bisect_right(context.memo(_turns), figure.start)
    if here and f"{context.memo(_reported)}年" in text[low : figure.name] and not _PLANNED.search(before):
        planned, turns = False, 0  # what the year reported on has brought, wherever it is said
    elif (_PAST.search(before) or (text.startswith(_IS, figure.name) and not here)) and not _PLANNED.search(before):
        planned, turns = False, 0
    return Setting(_period(times, context), here, implied, places, planned, turns, frozenset(counted))


def agree(a: Setting | None, b: Setting | None, strict: bool) -> bool:
    """Whether two figures speak of the same. A period that only the sentences before name does not bind one that
    names none."""
    if a is None or b is None or (a.places, a.planned, a.turns) != (b.places, b.planned, b.turns):
        return False
    if strict or a.planned or (a.here and b.here):
        return (a.period or a.implied) == (b.period or b.implied)
    if a.here != b.here:
        said, unsaid = (a, b) if a.here else (b, a)
        return said.period == unsaid.implied or (not said.period and not _PART.intersection(unsaid.implied))
    return not a.implied or not b.implied or a.implied == b.implied


def counted_alike(a: Figure, b: Figure, counted: frozenset[str], other: frozenset[str], context: Context) -> bool:
    """Whether two figures may be held against each other for how they were counted: what is expected of a year, or
    has come together, is not what there is so far; where one of two far apart says so, it is about as much."""
    either = counted ^ other
    if either <= {"截至"}:
        return True
    if "截至" in counted | other or context.memo(spans_years) or context.text.find("\n", a.end, b.start) < 0:
        return False
    return abs(b.value) < abs(a.value) * _ABOUT and abs(a.value) < abs(b.value) * _ABOUT


def spans_years(context: Context) -> bool:
    """Whether the draft looks back on several years: a figure without a period may then be of any of them."""
    return _YEARS.search(context.text) is not None


def _turns(context: Context) -> list[int]:
    """Where the draft may turn from what was done to what is to be done; its title and lead only announce that."""
    starts = context.memo(_sections)[0]
    return [m.start() for m in _TURN.finditer(context.text, starts[0] if starts else 0)]


def _times(words: str) -> list[str]:
    return _TIMES.findall(words)


def _period(times: list[str], context: Context) -> tuple[str, ...]:
    """The period that words name; the year of the report needs no words."""
    year = context.memo(_reported)
    own = {
        "全年",
        "今年",
        "今年以来",
        "本年",
        "一年来",
        "过去",
        "本年度",
        "去年",
        "上年",
        "当年",
        "一年",
        "全学年",
        "本学年",
        "本学期",
        f"{year}年",
        f"{year}年度",
        f"{year}年以来",
        f"{year}年末",
        f"{year}年底",
        _half(context),
    }
    if times and times[-1] in own:
        return ()  # 2023年完成18亿元，2024年完成20亿元
    return tuple(t for t in times[-2:] if t not in own)


def _reported(context: Context) -> int:
    """The year that the draft reports on, 0 where the title names none."""
    from reportlint.checks.years import title_years

    years = title_years(context)
    if years:
        return max(years) - (context.profile.name == "government-report")
    if context.profile.name == "government-report":
        held = _SAID.search(context.memo(_home))
        return int(held[0]) - 1 if held else 0
    said = Counter(_SAID.findall(context.text))
    (often, count), (_, others) = (*said.most_common(2), ("0", 0), ("0", 0))[:2]
    if count > max(1, others):
        return int(often)
    # Of a draft that names few years, the last is the one it reports on.
    return int(max(said)) if 0 < len(said) < _FEW else 0


def _half(context: Context) -> str:
    """上半年 in the title of a half-year report."""
    title = context.frame.title
    found = _HALF.search(context.text, title.start, title.end) if title is not None else None
    return found[0] if found else "全年"


def _heading(at: int, context: Context) -> str:
    """The title of the section that holds a place."""
    starts = context.memo(_sections)[0]
    index = bisect_right(starts, at) - 1
    if index < 0:
        return ""
    node = context.memo(_sections)[1][index]
    return context.text[node.title_start : node.title_end] if node.title_end <= at else ""


def _sections(context: Context) -> tuple[list[int], list[Any]]:
    nodes = [n for n in context.outline.nodes if n.form != "item" and not n.inline]
    return [n.start for n in nodes], nodes
