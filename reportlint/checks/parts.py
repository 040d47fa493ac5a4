"""Kind `parts`: figures that make up another one, against it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit, half_width
from reportlint.checks.figures import NUMBER, UNIT, scaled
from reportlint.checks.partitions import Partition, closes, openings, read
from reportlint.checks.rows import UNCOUNTED, Part, Row, row_at, shown_sum, step_of
from reportlint.checks.sums import sums
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

# A lookbehind finds the whole from what introduces the parts: there are fewer of these than of figures.
_NAMED = pattern(
    r"其中(?<=[，,（(：:；。]\s?其中)(?:包括|包含)?[：:，,]?|(?<=，)(?:包括|包含|含)(?![有在])[：:]?|(?<=，)分别[为是有][：:]?(?=[^、，；：。0-9\n]{1,12}[0-9])"
)
_SEEN = pattern(r"(?:看|分|统计)[，：:](?<=[，。；](?:从|按|分)[\u4e00-\u9fff]{2,7}[，：:])")
_COLON = pattern(
    rf"(?<=(?<![0-9.]){NUMBER}(?P<unit>{UNIT})(?:[^，。；：0-9\n]{{0,4}}组成)?)(?:：|（(?!其中)|\((?!其中))(?=[^，；。：\n（）()0-9]{{1,16}}{NUMBER}(?P=unit)[、，；和])"
)
_AMONG = pattern(
    rf"(?<=(?<![0-9.]){NUMBER}(?P<unit>{UNIT})[^，。；\n0-9]{{0,6}})中，(?=[\u4e00-\u9fff]{{1,12}}{NUMBER}(?P=unit))"
)
# 对45件积案逐案落实措施，目前已化解41件，其余4件正在推进: what is left tells that there is a whole
_LEFT = pattern(rf"[，、；](?:其余|剩余|余下|剩下)的?(?={NUMBER}{UNIT})")
_DONE = pattern(rf"(?=[已获完][^，。；：、0-9\n]{{1,10}}{NUMBER}{UNIT}[^，。；：、0-9\n]{{0,6}}$)")
_BEHIND = r"，(?<=[0-9][^，。；、0-9\n]{1,8}，)"
# 合格409批次，不合格11批次
_DENIED = r"[\u4e00-\u9fff]{2,10}[0-9.]+[^0-9，。；、\n]{1,4}[，、；][\u4e00-\u9fff]{0,6}[不未无][\u4e00-\u9fff]"
_FIGURE = pattern(rf"(?<![0-9.第])(?P<n>{NUMBER})(?P<unit>{UNIT})")
# What a clause between the whole and 其中 may say: how the whole compares, no second figure of its own.
_ASIDE = pattern(
    r"(?:同比|环比|比|较|增|降|减|提高|上升|下降|占|为年|完成年|超|居|列|位|连续|创|实现|参保率|完成率|平均)[^。]*|"
    r"[^0-9。]*[0-9.]+(?:%|个百分点|倍)[^0-9。]*|[^0-9。]*"
)
_CHANGE = pattern(r"比|较|增加(?!值)|增长|增收|减收|减少|提高|下降|降低|压减|净增|多|少")
_VAGUE = pattern(r"(?:近|约|超|超过|逾|每|均|上?限|至少|不少于|不低于|突破|由|从)[^，。；、0-9]{0,2}$")
_AVERAGE = pattern(r"人均|户均|平均|亩均|均价|单价|每[人户亩个名]|[位倍]数|工资")
# Who is a 女党员 may be a 大专以上 too: such parts overlap.
_OVERLAPS = pattern(
    r"女|少数民族|学历|大专|本科|研究生|硕士|博士|文化程度|岁|以[上下]|党员|青年|高级|中级|贫困|脱贫|涉农|重点|新增|优秀|先进|主要|当年|本年|今年|已|"
    r"民间|民营|技改|技术改造|制造业|高新|高技术|外资|规上|亿元|享受|获|参加|纳入|开通|通过|首次|配套|应(?!急)|正?在(?![编职岗校册])"
)
_LEVELS = pattern(r"[省市县]级|国家级")  # a 省级 firm may be a 国家级 one
_OF_ONE_LEVEL = frozenset({"元", "美元", "人", "名"})
_REST = pattern(r"(?:其他|其它|其余|余下)")
_KIND_OF = "类"
_CHOSEN = pattern(r"主要|集中|较多|居多|突出|最|重点|尤其|特别|包括|前[二三四五]|等(?!级)")
_MADE_UP = pattern(r"组成|构成")
_YEAR = pattern(r"20[0-9]{2}年")
_YEARS = pattern(r"(?P<n>[两二三四五])年(?:来|间)?")
_SPAN = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_RATE = pattern(r"标准|单价|价格|限额|定额|上限|下限|门槛|奖金|罚款")
_GIVEN_BACK = pattern(r"(?:收回|回收).*有效")  # some of the copies that were handed out are lost
_CARRIED = pattern(r"旧存|结转|结存|遗留|往年")  # is more to be done than what came in
_ALREADY_PARTS = pattern(r"\s*其中")
_FAR = 160  # code points from a whole to its parts
_SECOND_UNIT = pattern(r"(?<=[0-9](?P<a>[卷件个家次批册名期]))（(?P<b>[卷件个名家次批册盒])）")  # 卷（件）
_NEAR = 6  # code points
_CLAUSE = 24  # code points
_LEAST = pattern(r"(?P<level>国家|省|市|县|区)级(?:及以上|以上|\(含\)以上|（含）以上)")
_LEVEL = pattern(r"国家级|部级|省部级|省级|市级|市厅级|县级|区级")
_RANKS = {"国": 0, "部": 0, "省": 1, "市": 2, "县": 3, "区": 3}
_ALIKE = 2  # code points that parts of one kind end in


class Params(NamedTuple):
    """The partitions, and an expression that finds where parts of one stand with nothing to introduce them."""

    partitions: tuple[Partition, ...]
    bare: str


class _Whole(NamedTuple):
    value: float
    unit: str
    start: int
    end: int
    near: bool  # nothing but a comparison between it and its parts
    step: float  # one of its last digit, if it may be rounded


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """Reads the table of partitions. ValueError, with the line, for a row that is none."""
    partitions = read(params["file"])
    return Params(partitions, rf"{_BEHIND}(?:(?=(?:截至)?(?:目前|现)?(?:{openings(partitions)}))|(?={_DENIED}))")


def run(params: Params, context: Context) -> Iterator[Hit]:
    """“共23件，其中…15件、…9件”, “23件：…15件、…9件”, “23件，已办结15件，正在办理9件”: parts that together, or one
    that alone, are more than the whole; parts that leave nothing out and are less."""
    text = context.memo(_plain)
    done = -1
    for kind, match in _introduced(text, params.bare):
        if match.end() <= done:
            continue
        double = _SECOND_UNIT.search(context.text, max(0, match.start() - _NEAR), match.start())
        row = row_at(text, match.end(), double.group("a", "b") if double else ())
        found = row and _judged(params, row, kind, match, context)
        if row and kind in ("bare", "left") and len(row.parts) > 1:
            done = row.parts[-1].end  # 已完成30个，基本完成5个，正在推进4个: no part of it is a whole
        if found:
            done = max(done, match.end())
            yield found
    yield from sums(context, params.partitions)


def _plain(context: Context) -> str:
    """The text without the second of two units, at the same places."""
    return _SECOND_UNIT.sub("\u3000\u3000\u3000", half_width(context))


def _introduced(text: str, bare: str) -> list[tuple[str, regex.Match[str]]]:
    kinds = (("named", _NAMED), ("seen", _SEEN), ("listed", _COLON), ("among", _AMONG), ("bare", pattern(bare)))
    found = [(k, m) for k, p in kinds for m in p.finditer(text)]
    for left in _LEFT.finditer(text):
        done = _DONE.search(text, max(0, left.start() - _CLAUSE), left.start())
        if done is not None:
            found.append(("left", done))
    return sorted(found, key=lambda each: (each[1].start(), each[0]))


def _judged(params: Params, row: Row, kind: str, match: regex.Match[str], context: Context) -> Hit | None:
    """What is wrong with parts that are introduced at a place."""
    text, parts, unit = context.memo(_plain), row.parts, row.unit
    if unit in UNCOUNTED:
        return None
    wholes = (_seen_wholes if kind == "seen" else _wholes)(text, match.start(), unit)
    if not wholes:
        return None
    wholes = _of_their_verb(wholes, parts, text)
    nearest = max(wholes, key=lambda w: w.value) if kind == "seen" else wholes[-1]
    whole = max(w.value for w in wholes)
    begin = _begin(text, nearest.start)
    subject = text[begin : match.start()]
    if kind in ("bare", "left") and _CARRIED.search(text, max(0, begin - _FAR, text.rfind("。", 0, begin)), begin):
        return None
    if _AVERAGE.search(subject) or (kind == "listed" and _RATE.search(subject)):
        return None
    closed = _is_closed(params, parts, kind, subject)
    own = all(w.near for w in wholes) or all(p.label[-_ALIKE:] in subject for p in parts)
    far = kind in ("bare", "left") or not own or (kind == "among" and not _alike(parts))
    if far and not closed:
        return None
    args = {"whole": context.text[nearest.start : nearest.end]}
    over = next((p for p in parts if p.value > whole), None)
    if over is not None and kind in ("named", "seen") and (len(parts) > 1 or match[0].startswith("其中")):
        return Hit(begin, nearest.end, {**args, "part": context.text[over.start : over.end]}, (), "part")
    if len(parts) < 2 or (not closed and any(_overlaps(p.label, unit, subject) for p in parts)):
        return None
    total = sum(p.value for p in parts)
    tails = (sum(p.value for p in parts[at:]) for at in range(1, len(parts) - 1))
    if any(abs(tail - whole) < whole * 0.001 for tail in tails):
        return None  # 其中重大隐患5处，已整改118处，其余2处: of all, and not of these
    # Each is rounded by half of its last digit at the most.
    step = (sum(p.step for p in parts) + max(w.step for w in wholes)) / 2 * 1.0001
    apart = all(abs(total - w.value) > max(w.value * 0.001, step) for w in wholes)
    differs = apart and (closed or _is_complete(parts, kind, match, subject))
    differs = differs and (len({w.value for w in wholes}) == 1 or kind == "seen")
    if not (total > whole * 1.0001 or differs):
        return None
    if kind in ("bare", "left") and _is_said(text, begin, unit, total):
        return None
    if total < whole and any(_GIVEN_BACK.search(p.label) for p in parts):
        return None
    args["total"] = shown_sum(total, nearest.unit)
    return Hit(begin, nearest.end, args, (), "" if total > whole else "less")


def _of_their_verb(wholes: list[_Whole], parts: tuple[Part, ...], text: str) -> list[_Whole]:
    """Of 共受理86件，执结81件。其中，中院受理4件、各区县法院受理82件 the whole that has the verb of all parts."""
    verbs = {p.label[-_ALIKE:] for p in parts}
    if len(wholes) == 1 or len(verbs) > 1 or len(parts) < 2:
        return wholes
    verb = verbs.pop()
    own = [w for w in wholes if verb in text[max(0, text.rfind("，", 0, w.start), w.start - 14) : w.start]]
    return own if len(own) == 1 else wholes


def _is_said(text: str, at: int, unit: str, total: float) -> bool:
    """Whether the paragraph gives a total before a place: 隐患120处，其中重大隐患5处，已整改118处，未整改2处."""
    low = max(text.rfind("\n", 0, at) + 1, at - _FAR)
    figures = (scaled(m["n"], m["unit"]) for m in _FIGURE.finditer(text, low, at))
    return any(own == unit and abs(value - total) < total * 0.001 for value, own in figures)


def _is_closed(params: Params, parts: tuple[Part, ...], kind: str, subject: str) -> bool:
    """Whether parts leave nothing out, by what they are called."""
    labels = [p.label for p in parts]
    return (
        closes(params.partitions, labels, subject, kind in ("bare", "left"))
        or (kind not in ("bare", "left") and _REST.match(labels[-1]) is not None)
        or (len(parts) > 1 and _is_scale(labels))
        or _years_of(labels, subject)
        or (kind != "bare" and _levels_of(labels, subject))
    )


def _is_scale(labels: list[str]) -> bool:
    """Whether parts go from the lowest to the highest: 35岁以下、36岁至50岁、51岁以上."""
    ends = labels[0], labels[-1]
    return any("以下" in a and "以上" in b for a, b in (ends, ends[::-1])) and not any("以" in w for w in labels[1:-1])


def _years_of(labels: list[str], subject: str) -> bool:
    """Whether parts are those of each year of the three that a whole is of."""
    span = _YEARS.search(subject)
    return span is not None and len(labels) == _SPAN[span["n"]] and all(map(_YEAR.search, labels))


def _levels_of(labels: list[str], subject: str) -> bool:
    """Whether parts are those of each level down to the lowest that a whole is of: 省级以上奖励, 国家级, 省级."""
    least = _LEAST.search(subject)
    if least is None or len(labels) < _ALIKE:
        return False
    found = [_LEVEL.match(label) for label in labels]
    ranks = [_RANKS[level[0][0]] for level in found if level is not None]
    lowest = _RANKS[least["level"][0]]
    return len(ranks) == len(labels) and ranks == sorted(set(ranks)) and ranks[-1] == lowest


def _alike(parts: tuple[Part, ...]) -> bool:
    """Whether all parts are called by one noun, and so are of one kind: 工业项目、农业项目."""
    ends = {p.label[-_ALIKE:] for p in parts}
    return len(ends) == 1 and len(parts) > 1 and all(len(p.label) > _ALIKE and p.label[-1] != "的" for p in parts)


def _wholes(text: str, at: int, unit: str) -> list[_Whole]:
    """The figures that the parts may be parts of: the last of their unit, and whether nothing but a comparison stands
    between; all of the sentence before if 其中 opens a sentence of its own."""
    at -= 1
    apart = text[at] in "。；"
    while at > 0 and text[at] in "，,（(：:；。 ":
        at -= 1
    low = max(text.rfind("。", 0, at), text.rfind("\n", 0, at), text.rfind("；", 0, at), at - _FAR) + 1
    if apart and _ALREADY_PARTS.match(text, low):
        return []
    found: list[_Whole] = []
    near = True
    for start, end in reversed(list(_clauses(text, low, at + 1))):
        figures = [(scaled(m["n"], m["unit"]), m) for m in _FIGURE.finditer(text, start, end)]
        mine = [
            _Whole(v, m["unit"], m.start(), m.end(), near, step_of(m["n"], v)) for (v, own), m in figures if own == unit
        ]
        change = _CHANGE.search(text, start, end) is not None
        if mine and not change:
            if not found and not near and _VAGUE.search(text, start, mine[-1].start):
                return []
            found = mine + found
            if not apart:
                break
        elif not found and not _ASIDE.fullmatch(text, start, end):
            near = False
    return found


def _seen_wholes(text: str, at: int, unit: str) -> list[_Whole]:
    """What “从类别看，…” may be parts of: any figure of the unit before it in its paragraph."""
    low = max(text.rfind("\n", 0, at) + 1, at - _FAR)
    found = []
    for match in _FIGURE.finditer(text, low, at):
        value, own = scaled(match["n"], match["unit"])
        if own == unit:
            step = step_of(match["n"], value)
            found.append(_Whole(value, match["unit"], match.start(), match.end(), True, step))
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
    while begin > max(0, at - 14) and ("\u4e00" <= text[begin - 1] <= "\u9fff" or text[begin - 1] in "“”"):
        begin -= 1
    return begin


def _overlaps(label: str, unit: str, subject: str) -> bool:
    """Whether what a label names may be counted under another label too; not by the word that all are."""
    shared = [m[0] for m in _OVERLAPS.finditer(label) if m[0] not in subject]
    if unit.endswith("元"):
        shared = [word for word in shared if word != "配套"]
    return bool(shared or (unit not in _OF_ONE_LEVEL and _LEVELS.search(label)))


def _is_complete(parts: tuple[Part, ...], kind: str, match: regex.Match[str], subject: str) -> bool:
    """Whether a row says that it leaves nothing out: by 分别为 or a colon before it, by 由…组成, or by classes."""
    if any(_CHOSEN.search(p.label) for p in parts) or _CHOSEN.match(match[0]):
        return False
    if kind == "listed" or match[0].startswith("分别") or _MADE_UP.search(subject):
        return True
    return len(parts) > 2 and all(p.label.endswith(_KIND_OF) for p in parts)


KIND = Kind(
    "parts",
    "Reports parts that together exceed the whole.",
    {"file": Param("file", "a TSV of parts, of, bare; the first line is its header", required=True)},
    run,
    compile_params,
)
