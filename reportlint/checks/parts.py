"""Kind `parts`: figures that make up another one, against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit, half_width
from reportlint.checks.figures import NUMBER, UNIT, scaled
from reportlint.checks.rests import UNCOUNTED, rests, shown_sum
from reportlint.checks.sums import sums
from reportlint.patterns import pattern
from reportlint.rules import Kind

# A lookbehind finds the whole from what introduces the parts: there are fewer of these than of figures.
_NAMED = pattern(
    r"其中(?<=[，,（(：:；。]\s?其中)(?:包括|包含)?[：:，,]?|(?<=，)(?:包括|包含|含)(?![有在])[：:]?|(?<=，)分别[为是有][：:]?(?=[^、，；：。0-9\n]{1,12}[0-9])"
)
_SEEN = pattern(r"(?:看|分|统计)[，：:](?<=[，。；](?:从|按)[\u4e00-\u9fff]{2,7}[，：:])")
_COLON = pattern(
    rf"(?<=(?<![0-9.]){NUMBER}(?P<unit>{UNIT}))(?:：|（(?!其中)|\((?!其中))(?=[^，；。：\n（）()0-9]{{1,16}}{NUMBER}(?P=unit)[、，；和])"
)
_FIGURE = pattern(rf"(?<![0-9.第])(?P<n>{NUMBER})(?P<unit>{UNIT})")
_PART = pattern(
    rf"(?P<label>(?:[^、，；：。0-9\n]|（[0-9]）){{0,16}}?)(?P<n>(?<![0-9.]){NUMBER})(?P<unit>{UNIT})[^、，；：。0-9\n）)以多余]{{0,8}}(?P<end>[、，；。）)\n]|(?:和|以及)|\Z)"
)
# What a clause between the whole and 其中 may say: how the whole compares, no second figure of its own.
_ASIDE = pattern(
    r"(?:同比|环比|比|较|增|降|减|提高|上升|下降|占|为年|完成年|超|居|列|位|连续|创|实现|参保率|完成率|平均)[^。]*|"
    r"[^0-9。]*[0-9.]+(?:%|个百分点|倍)[^0-9。]*|[^0-9。]*"
)
_CHANGE = pattern(r"比|较|增加|增长|增收|减收|减少|提高|下降|降低|压减|净增|多|少")
_VAGUE = pattern(r"(?:近|约|超|超过|逾|每|均|上?限|至少|不少于|不低于|突破|由|从)[^，。；、0-9]{0,2}$")
_NO_PART = pattern(r"总|共|均|每|达|超|累计|增长|下降|增加|减少|提高|降低|比上|较上|同比|占|不足|近|约|由|从|为$|至")
# Who is a 女党员 may be a 大专以上 too: such parts overlap.
_OVERLAPS = pattern(
    r"女|少数民族|学历|大专|本科|研究生|硕士|博士|文化程度|岁|以[上下]|党员|青年|高级|中级|贫困|脱贫|涉农|重点|新增|优秀|先进|主要|当年|本年|今年|已|"
    r"民间|民营|技改|技术改造|制造业|高新|高技术|外资|规上|亿元|享受|获|参加|纳入|开通|通过|首次|配套|应|正?在(?![编职岗校册])"
)
_LEVELS = pattern(r"[省市县]级|国家级")  # a 省级 firm may be a 国家级 one; money is of one budget
_CLOSED = (
    ("男", "女"),
    ("城镇", "农村"),
    ("城市", "农村"),
    ("新建", "续建"),
    ("上半年", "下半年"),
    ("一产", "二产", "三产"),
    ("正式党员", "预备党员"),
    ("线上", "线下"),
    ("公益林", "商品林"),
    ("集体访", "个体访"),
    ("集体访", "个人访"),
    ("公办", "民办"),
    ("省内", "省外"),
    ("境内", "境外"),
    ("室内", "室外"),
)
"""Parts that make up the whole, where all of them are given."""
_REST = pattern(r"(?:其他|其它|其余)")
_KIND_OF = "类"
_CHOSEN = pattern(r"主要|集中|较多|居多|突出|最|重点|尤其|特别|包括|前[二三四五]|等")
_ANSWERS = pattern(
    rf"(?<=(?<![0-9.])(?P<hit>{NUMBER}(?P<unit>{UNIT}))[^，。；\n0-9]{{0,4}}中，)(?=(?:满意|同意|赞成|合格|达标|优秀|支持|非常满意|很满意)(?:的|票)?{NUMBER}(?P=unit))"
)
_RATE = pattern(r"标准|单价|价格|限额|定额|上限|下限|门槛|奖金|罚款")
_ALREADY_PARTS = pattern(r"\s*其中")
_FAR = 160  # code points from a whole to its parts


_SECOND_UNIT = pattern(r"(?<=[0-9](?P<a>[卷件个家次批册名期]))（(?P<b>[卷件个名家次批册盒])）")  # 卷（件）
_NEAR = 6  # code points
_MOST = 40  # parts of one whole


class _Part(NamedTuple):
    label: str
    value: float
    text: str
    step: float


class _Whole(NamedTuple):
    value: float
    unit: str
    start: int
    end: int


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """“共23件，其中…15件、…9件”, “23件：…15件、…9件”, “23件，已办结15件，正在办理9件”: parts that together, or one
    that alone, are more than the whole."""
    text = context.memo(_plain)
    done = -1
    for kind, match in _introduced(text):
        if match.end() <= done:
            continue
        double = _SECOND_UNIT.search(context.text, max(0, match.start() - _NEAR), match.start())
        parts = _parts(context, match.end(), double.group("a", "b") if double else ())
        if not parts:
            continue
        found = _judged(parts, kind, match, context)
        if found is not None:
            done = match.end()
            yield found
    yield from rests(context, text)
    yield from sums(context)


def _plain(context: Context) -> str:
    """The text without the second of two units, at the same places."""
    return _SECOND_UNIT.sub("\u3000\u3000\u3000", half_width(context))


def _introduced(text: str) -> list[tuple[str, regex.Match[str]]]:
    kinds = (("named", _NAMED), ("seen", _SEEN), ("listed", _COLON), ("answers", _ANSWERS))
    return sorted(((k, m) for k, p in kinds for m in p.finditer(text)), key=lambda found: found[1].start())


def _judged(parts: list[tuple[_Part, str]], kind: str, match: regex.Match[str], context: Context) -> Hit | None:
    """What is wrong with parts that are introduced at a place."""
    text = context.memo(_plain)
    unit = parts[0][1]
    if unit in UNCOUNTED:
        return None
    wholes = (_seen_wholes if kind == "seen" else _wholes)(text, match.start(), unit)
    if not wholes:
        return None
    nearest = max(wholes, key=lambda w: w.value) if kind == "seen" else wholes[-1]
    whole = max(w.value for w in wholes)
    subject = text[max(0, nearest.start - 14) : nearest.end]
    if kind == "listed" and _RATE.search(subject):
        return None
    rows = [p for p, _ in parts]
    args = {"whole": _shown(context, (nearest.start, nearest.end))}
    begin = _begin(text, nearest.start)
    over = next((p for p in rows if p.value > whole), None)
    if over is not None and kind in ("named", "seen") and (len(rows) > 1 or match[0].startswith("其中")):
        return Hit(begin, nearest.end, {**args, "part": over.text}, (), "part")
    closed = _is_closed(rows) or kind == "answers" or _REST.match(rows[-1].label) is not None
    if len(rows) < 2 or (not closed and any(_overlaps(p.label, unit, subject) for p in rows)):
        return None
    total = sum(p.value for p in rows)
    complete = _is_closed(rows) or _is_complete(rows, kind, match, text)
    step = max(p.step for p in rows) * (len(rows) + 1) / 2
    apart = all(abs(total - w.value) > max(w.value * 0.001, step) for w in wholes)
    differs = complete and apart and (len({w.value for w in wholes}) == 1 or kind == "seen")
    if not (total > whole * 1.0001 or differs):
        return None
    args["total"] = shown_sum(total, nearest.unit)
    return Hit(begin, nearest.end, args, (), "" if total > whole else "less")


def _wholes(text: str, at: int, unit: str) -> list[_Whole]:
    """The figures that the parts may be parts of: the last of their unit, if nothing but a comparison stands between;
    all of the sentence before if 其中 opens a sentence of its own."""
    at -= 1
    apart = text[at] in "。；"
    while at > 0 and text[at] in "，,（(：:；。 ":
        at -= 1
    low = max(text.rfind("。", 0, at), text.rfind("\n", 0, at), text.rfind("；", 0, at), at - _FAR) + 1
    if apart and _ALREADY_PARTS.match(text, low):
        return []
    found: list[_Whole] = []
    clear = True
    for start, end in reversed(list(_clauses(text, low, at + 1))):
        mine = []
        for m in _FIGURE.finditer(text, start, end):
            value, own = scaled(m["n"], m["unit"])
            if own == unit:
                mine.append(_Whole(value, m["unit"], m.start(), m.end()))
        change = _CHANGE.search(text, start, end) is not None
        if mine and not change:
            if not found and (not clear or _VAGUE.search(text, start, mine[-1].start)):
                return []
            found = mine + found
            if not apart:
                break
        elif not found and not _ASIDE.fullmatch(text, start, end):
            clear = False
    return found


def _seen_wholes(text: str, at: int, unit: str) -> list[_Whole]:
    """What “从类别看，…” may be parts of: any figure of the unit before it in its paragraph."""
    low = max(text.rfind("\n", 0, at) + 1, at - _FAR)
    found = []
    for match in _FIGURE.finditer(text, low, at):
        value, own = scaled(match["n"], match["unit"])
        if own == unit:
            found.append(_Whole(value, match["unit"], match.start(), match.end()))
    return found


def _clauses(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    at = low
    while at < high:
        stop = min((i for i in (text.find("，", at, high), text.find("（", at, high)) if i >= 0), default=high)
        yield at, stop
        at = stop + 1


def _begin(text: str, at: int) -> int:
    """Where the words begin that belong to a figure."""
    begin = at
    while begin > max(0, at - 14) and "\u4e00" <= text[begin - 1] <= "\u9fff":
        begin -= 1
    return begin


def _shown(context: Context, span: tuple[int, int]) -> str:
    return context.text[slice(*span)]


def _overlaps(label: str, unit: str, subject: str) -> bool:
    """Whether what a label names may be counted under another label too; not by the word that all are."""
    shared = [m[0] for m in _OVERLAPS.finditer(label) if m[0] not in subject]
    if unit.endswith("元"):
        shared = [word for word in shared if word != "配套"]
    return bool(shared or (not unit.endswith("元") and _LEVELS.search(label)))


def _parts(context: Context, at: int, double: tuple[str, ...]) -> list[tuple[_Part, str]]:
    """The parts in a row from `at`, each with its unit, as far as they have one unit and nothing but a label.
    `double`: the two units of a whole in 卷（件）, of which its parts may have either."""
    text = context.memo(_plain)
    parts: list[tuple[_Part, str]] = []
    while len(parts) < _MOST and (match := _PART.match(text, at)):
        value, kind = scaled(match["n"], match["unit"])
        kind = double[0] if kind in double else kind
        if (parts and kind != parts[0][1]) or _NO_PART.search(match["label"]):
            break
        shown = _shown(context, (match.start("n"), match.end("unit")))
        parts.append((_Part(match["label"], value, shown, _step(match["n"], value)), kind))
        at = match.end()
        if match["end"] not in ("、", "，", "；", "和", "以及"):
            break
    return parts


def _is_closed(parts: list[_Part]) -> bool:
    labels = [p.label for p in parts]
    return any(
        len(names) == len(labels) and all(any(n in label for label in labels) for n in names) for names in _CLOSED
    )


def _is_complete(parts: list[_Part], kind: str, match: regex.Match[str], text: str) -> bool:
    """Whether a row says that it leaves nothing out: by 其他 at its end, 分别为 or a colon before it, or by classes."""
    if any(_CHOSEN.search(p.label) for p in parts) or _CHOSEN.match(match[0].lstrip("，")):
        return False
    if _REST.match(parts[-1].label) or kind == "listed":
        return True
    if kind == "named" and match[0].startswith("，分别"):
        return True
    classes = [p.label for p in parts]
    return len(classes) > 2 and all(label.endswith(_KIND_OF) for label in classes)


def _step(number: str, value: float) -> float:
    """One of the last digit of a figure that may be rounded: of 1.2万 and 1万, not of 12."""
    scale = value / float(number) if value else 0.0
    fraction = number.partition(".")[2]
    return scale * 10.0 ** -len(fraction) if fraction or scale > 1 else 0.0


KIND = Kind("parts", "Reports parts that together exceed the whole.", {}, run)
