"""Kind `conflicting-figures`: one indicator of one period with two values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit, half_width
from reportlint.checks.figures import NUMBER, UNIT, UNIT_FIRST, scaled
from reportlint.checks.setting import (
    DERIVED_WORDS,
    OWN_NAME,
    TIME,
    Figure,
    Setting,
    agree,
    counted_alike,
    setting_of,
    spans_years,
)
from reportlint.patterns import pattern
from reportlint.rules import Kind

_FIGURE = pattern(
    rf"(?<=[\u4e00-\u9fff”）])(?P<n>{NUMBER})(?=[{UNIT_FIRST}])(?P<unit>{UNIT})(?![多余]|左右|[至～—-]|，占比)(?P<bound>以[上下内])?+"
)
# Read backwards from a figure: the verb, and what stands before it up to the beginning of its clause.
_NAME = pattern(
    r"(?r)(?P<name>[\u4e00-\u9fffA-Za-z0-9“”—]{0,32})(?P<verb>(?:同比|年均|环比|(?:比|较)(?:上年|去年)(?:同期|末|底)?)?(?:实际|名义)?(?:增长|增加|提高|上升|下降|降低|减少)了?|"
    r"完成|实现|达到了?|达|为|是|合计|共计|共|累计|(?:增长|增加|提高|提升|上升|下降|降低|减少|压缩|压减|缩短|缩减)(?:到了?|至)|(?:稳定|保持)在)?"
)
_EACH = pattern(
    rf"分别(?<=(?:(?<=[，。；\n])|^)(?P<names>[\u4e00-\u9fff“”]{{2,16}}(?:、[\u4e00-\u9fff“”]{{2,16}}){{0,4}}(?:、|和|与|及)[\u4e00-\u9fff“”]{{2,20}}?)(?:同比|比上年|较上年)?分别)"
    rf"(?:同比)?(?P<verb>增长|增加|提高|上升|下降|降低|减少|为|是|达到?|完成|实现|(?:提高|增加|增长|下降|减少)[到至])?"
    rf"(?P<values>{NUMBER}{UNIT}(?:(?:、|和|，){NUMBER}{UNIT}){{1,5}})"
)
_EACH_FIGURE = pattern(rf"(?<![0-9.])(?P<n>{NUMBER})(?P<unit>{UNIT})")
_JOINT = pattern(r"、|(?<=[\u4e00-\u9fff]{2})[和与及](?=[\u4e00-\u9fff]{2})")
_COUNTED = pattern(r"[\u4e00-\u9fff]{0,6}[0-9]+[名个家位](?=[\u4e00-\u9fff]{4})")  # 全县312名河湖长累计巡河
_TIERS = pattern(r"[村组乡镇县市区][两二三四五六]级(?=[\u4e00-\u9fff]{4})")  # 县、乡、村三级河湖长
_NEW = "新增"
# 地区生产总值120亿元，按可比价格计算，增长6%
_RECKONED = pattern(r"[，、（](?:(?:若|均)?(?:按|扣除|剔除)[^，。；0-9\n]{2,10}，)?")
_AGED = pattern(r"[0-9]{2}周?岁(?:及?以[上下])?的?")  # 60周岁以上老年人有9.8万人
_SHORT = frozenset(
    [
        "造林",
        "植树",
        "税收",
        "拆迁",
        "拆违",
        "征地",
        "供地",
        "退税",
        "减税",
        "搬迁",
        "播种",
        "春播",
        "夏播",
        "秋播",
        "清淤",
        "引资",
        "就业",
        "营造林",
        "进出口",
    ]
)
"""What is an indicator by so short a name if it is 完成 or 实现."""
_MEANS = pattern(r"^平均(?=[\u4e00-\u9fff]+(?:周期|时间|时长|时限|年限|天数|寿命|工资|浓度|价格)$)")
_OF_WHAT = pattern(
    r"(?P<subject>[\u4e00-\u9fff]{3,8}?)(?:累计|共)?(?:完成|实现|达到)?(?P<noun>投资|产值|营业收入|销售收入|销售额|利润|税收|产量|交易额)"
)
_NOUN_OF = pattern(r"(?:投资|产值|营业收入|销售收入|销售额|利润|税收|产量|交易额)")
# 15个问题中，已完成整改13个, of what was 反馈 before
_AMONG = pattern(
    r"(?P<what>问题|任务|事项|线索|隐患|意见|建议)中，(?<=(?<![0-9.])(?P<n>[0-9]{1,4})(?P<unit>[个项条件处])[\u4e00-\u9fff]{0,4}(?P=what)中，)"
)
_GIVEN = pattern(
    r"(?:反馈|指出|移交|交办|提出|梳理|排查|查摆|列出|认领|收集|征求)[^，。；：、0-9\n]{0,8}"
    r"(?:[0-9]{1,2}(?:个方面|大?类)(?:共)?)?(?<![0-9.])(?P<n>[0-9]{1,4})(?P<unit>[个项条件处])[\u4e00-\u9fff]{0,4}?(?P<what>问题|任务|事项|线索|隐患|意见|建议)"
)
_SAME_VERBS = pattern(r"(?:组织开展|组织|开展|举办|举行)(?!实施|部)")
_CHANGES = ("增长", "增加", "提高", "上升", "下降", "降低", "减少")
_FALLS = ("下降", "降低", "减少")
_VAGUE = "约近超逾破足过每"
_OPENS = "，。；：（(\n、"
_LEAD = pattern(
    rf"(?:{TIME}|[一二三四五六七八九十][是要]|[底末初]|以来|期间|截至|到|至|我们?|[本该]项目(?=总)|[本该](?=项目)|[全我本](?:系统|街道|行业|集团|公司|社区|园区|[国省州盟市县旗区镇乡村局校院])|预计|累计|共计?|已|先后|共同|主要|预期|完成|实现|达到|其中|的)+"
)
_HELD = pattern(r"(?:街道|全?系统|单位)?(?:现有|共有|有)(?P<noun>[\u4e00-\u9fff]{2,10})")
_ROSE = pattern(r"(?r)(?:由|从)[^，。；\n]{0,14}[0-9][0-9.]*(?:%|[\u4e00-\u9fff]{0,4})")
_NO_NAME = pattern(rf"{DERIVED_WORDS}|^正在|^尚未|分别|将|计划|目标|预计|安排(?!专项)")
_PLAIN = pattern(
    r"(?:新|总|年|计划|累计|完成|预算|项目|新增|实现|争取|到位|落实|下达|拨付|投入|发放|筹集|筹措|建设|建筑|占地|占|用地|实施|开展|组织|召开|举办|办理|查处|排查|整改|建成|"
    r"建立|培训|走访|慰问|培育|引进|签约|开工|竣工|带动|惠及|受益|涉及|投资|面积|资金|规模|产值|产能|产量|收入|利润|长度|里程|人数|人员|群众|职工|户数|金额|总额|工期|"
    r"比例|比重|占比|增速|以上|企业|案件|问题|任务|活动|会议|检查|隐患|道路|公路|管网|各类|各级|重点|专项|有效|工作|事项|款物|补助|补贴|奖补|全部|达标|覆盖|率|工程|单体|最高|最低)+"
)
_PROJECT = pattern(r"项目总投资|项目建设工期|建设工期|项目总工期")  # of the one project that a request is about
_SWAPPED = 2
_KEPT = 4  # different values of one name; with more of them it names no one indicator
_LONG_RATE = 7  # code points
_SUBJECT = 80  # code points before a rate in which what it is a rate of may stand
_BOUND = pattern(r"以[上下内]$")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """The later of two values of one indicator, of the same period, place and kind."""
    text = half_width(context)
    figures: dict[tuple[str, str, str], list[Figure]] = {}
    rates: list[tuple[str, Figure]] = []
    plain: list[tuple[str, str, Figure]] = []
    name, name_at, name_end, stock = "", 0, -1, -1
    for match in _FIGURE.finditer(text):
        start = match.start()
        found = _NAME.match(text, max(0, start - 40), start)
        verb = (found and found["verb"]) or ""
        change = next((c for c in _CHANGES if c in verb), "") if verb and verb[-1] not in "到至" else ""
        begin = found.start("name") if found else start
        if found is not None and verb and verb[-1] in "到至":
            rose = _ROSE.match(text, max(0, start - 60), found.start("verb"))
            if rose is not None:  # 负债率由71%下降至64%
                found = _NAME.match(text, max(0, rose.start() - 40), rose.start())
                begin = found.start("name") if found else start
        tiers = _TIERS.match(text, begin, found.end("name")) if found is not None else None
        if found is None or text[start - 1] in _VAGUE or (begin and not tiers and not _opens(text, begin)):
            name = ""
            continue
        lead = None if tiers else _LEAD.match(text, begin, found.end("name"))
        at = tiers.end() if tiers else lead.end() if lead else begin
        numbered = _COUNTED.match(text, begin, found.end("name"))
        if numbered:
            at = numbered.end()
        own = text[at : found.end("name")]
        held = _HELD.fullmatch(own)
        if held and at == begin and text[begin - 1] in "。；" and own[0] in "现共有":
            name = ""  # whose they are stands in the sentence before
            continue
        listed = stock == begin - 1 and text[stock] == "、" and len(own) > 1 and own.isalpha()
        stock = -1
        if held or listed:
            noun = held["noun"] if held else own
            name = noun if len(noun) > 3 else f"有{noun}"
            name_at, name_end, stock = begin, match.end(), match.end()
        elif not own and change and 0 <= name_end < begin and _RECKONED.fullmatch(text, name_end, begin):
            name_end = match.end()  # 地区生产总值120亿元，增长6%
        elif (len(own) > 3 or (len(own) == 3 and own[-1] == "量")) and own.isalpha():
            name, name_at, name_end = _canonical(own), at, match.end()
        elif own in _SHORT and text.endswith(("完成", "实现"), 0, at):
            name, name_at, name_end = f"完成{own}", at, match.end()
        elif (aged := _AGED.match(own)) and own[aged.end() :].isalpha():
            name, name_at, name_end = own.removesuffix("有"), at, match.end()
        else:
            name = ""
        if (
            match["unit"] in "%％"
            and not change
            and not match["bound"]
            and 2 < len(own) < _LONG_RATE
            and own[-1] == "率"
            and own.isalpha()
        ):
            value, precision = _measured(match)
            rates.append((own, Figure(value, precision, start, match.end(), at)))
        if not change and own and _NOUN_OF.fullmatch(own):
            value, precision = _measured(match)
            plain.append((own, scaled(match["n"], match["unit"])[1], Figure(value, precision, start, match.end(), at)))
        if not name:
            continue
        value, step = _measured(match)
        unit = scaled(match["n"], match["unit"])[1]
        if change in _FALLS:
            value, change = -value, "增长"
        kind = ("年均" if "年均" in verb else "环比" if "环比" in verb else "增长") if change else ""
        kind += match["bound"] or ""
        known = figures.setdefault((name, kind, unit), [])
        if len(known) < _KEPT and all(abs(f.value - value) > max(f.precision, step) * 1.01 for f in known):
            known.append(Figure(value, step, start, match.end(), name_at))
    for (name, kind, unit), figure in _respectively(text):
        known = figures.setdefault((name, kind, unit), [])
        if len(known) < _KEPT and all(
            abs(f.value - figure.value) > max(f.precision, figure.precision) * 1.01 for f in known
        ):
            known.append(figure)
            known.sort(key=lambda f: f.start)
    yield from _conflicts(figures, text, context)
    yield from _of_short_names(rates, figures, text, context)
    yield from _of_their_subject(plain, figures, text, context)
    yield from _among(text, context)


def _among(text: str, context: Context) -> Iterator[Hit]:
    """15个问题中 where 16个问题 have been 反馈, and no other number of them."""
    given: list[regex.Match[str]] | None = None
    for match in _AMONG.finditer(text):
        given = [*_GIVEN.finditer(text)] if given is None else given
        alike = [g for g in given if (g["what"], g["unit"]) == (match["what"], match["unit"])]
        numbers = {g["n"] for g in alike}
        if len(numbers) != 1 or match["n"] in numbers or alike[0].end() > match.start():
            continue
        if abs(int(match["n"]) - int(alike[0]["n"])) > max(2, int(match["n"]) // 10):
            continue
        spans = [(m.start("n"), m.end("unit")) for m in (alike[0], match)]
        first, second = (Figure(float(text[a : b - 1]), 0.5, a, b, a) for a, b in spans)
        yield _hit(f"{match['what']}总数", first, second, context)


def _of_their_subject(
    plain: list[tuple[str, str, Figure]],
    figures: dict[tuple[str, str, str], list[Figure]],
    text: str,
    context: Context,
) -> Iterator[Hit]:
    """完成投资4.72亿元 after 实施水利工程23项, and 水利工程完成投资4.27亿元 elsewhere: alike but for a slip."""
    if not plain:
        return
    for (name, kind, unit), known in figures.items():
        of = None if kind or len(known) > 1 or _NO_NAME.search(name) else _OF_WHAT.fullmatch(name)
        if of is None:
            continue
        for noun, its, first in plain:
            if (noun, its) != (of["noun"], unit) or first.start == known[0].start:
                continue
            low = max(text.rfind("。", 0, first.name), text.rfind("\n", 0, first.name), first.name - _SUBJECT, 0)
            pair = sorted((first, known[0]), key=lambda f: f.start)
            if of["subject"] not in text[low : first.name] or not _is_slip(text, *pair):
                continue
            settings = [setting_of(f, OWN_NAME, text, context) for f in pair]
            if None not in settings:
                bare = [s and s._replace(places=frozenset()) for s in settings]
                if agree(bare[0], bare[1], context.memo(spans_years)):
                    yield _hit(name, pair[0], pair[1], context)
                    break


def _is_slip(text: str, first: Figure, second: Figure) -> bool:
    """Whether one figure is the other with two digits changed over, or with one wrong."""
    one, two = (text[f.start : f.end] for f in (first, second))
    if len(one) != len(two) or one == two:
        return False
    wrong = [i for i, (a, b) in enumerate(zip(one, two, strict=True)) if a != b]
    return len(wrong) == 1 or (sorted(one) == sorted(two) and len(wrong) == _SWAPPED)


def _canonical(name: str) -> str:
    """One name for 新增城镇就业 and 城镇新增就业, and for what is 组织 here and 开展 there."""
    if _NEW in name[1:]:
        name = _NEW + name.replace(_NEW, "", 1)
    verb = _SAME_VERBS.match(name)
    return "开展" + name[verb.end() :] if verb and len(name) > verb.end() + 2 else name


def _respectively(text: str) -> Iterator[tuple[tuple[str, str, str], Figure]]:
    """The figures of 城镇、农村居民收入分别增长5%、6%, each with the name that is its own."""
    for match in _EACH.finditer(text):
        values = [*_EACH_FIGURE.finditer(text, match.start("values"), match.end("values"))]
        lead = _LEAD.match(text, match.start("names"), match.end("names"))
        begin = lead.end() if lead else match.start("names")
        items = _JOINT.split(text[begin : match.end("names")])
        sizes = {len(item) for item in items[:-1]}
        if len(items) != len(values) or len(items) < 2:
            continue
        # 农村居民收入 lends its end to 城镇; of 道路交通事故起数、死亡人数 only the first is whole
        lends = len(sizes) == 1 and len(items[-1]) > min(sizes) + 3
        if lends:
            items = [item + items[-1][min(sizes) :] for item in items[:-1]] + items[-1:]
        elif len(items[0]) > len(items[-1]) and len(items[0]) > OWN_NAME:
            items, values = items[:1], values[:1]
        else:
            continue
        verb = match["verb"] or ""
        change = next((c for c in _CHANGES if c in verb), "") if verb[-1:] not in ("到", "至") else ""
        for item, found in zip(items, values, strict=True):
            value, step = _measured(found)
            unit = scaled(found["n"], found["unit"])[1]
            if len(item) > 3 and item.isalpha():
                key = item, "增长" if change else "", unit
                yield key, Figure(-value if change in _FALLS else value, step, found.start(), found.end(), begin)


def _measured(match: regex.Match[str]) -> tuple[float, float]:
    """The value of a figure and half a unit of its last digit."""
    value, _ = scaled(match["n"], match["unit"])
    fraction = match["n"].partition(".")[2]
    return value, value / float(match["n"]) * 10.0 ** -len(fraction) / 2 if value else 0.5


def _of_short_names(
    rates: list[tuple[str, Figure]], figures: dict[tuple[str, str, str], list[Figure]], text: str, context: Context
) -> Iterator[Hit]:
    """整改率 after 排查河湖问题…, and 河湖问题整改率 elsewhere, with another value."""
    for (name, kind, unit), known in figures.items():
        if kind or unit not in "%％" or name[-1] != "率" or len(known) > 1 or _NO_NAME.search(name):
            continue
        for short, first in rates:
            subject = name.removesuffix(short)
            if subject == name or len(subject) < 4 or first.start == known[0].start:
                continue
            around = text[max(text.rfind("\n", 0, first.name), first.name - _SUBJECT, 0) : first.name]
            if not all(subject[i : i + 2] in around for i in [*range(0, len(subject) - 1, 2), len(subject) - 2]):
                continue
            pair = sorted((first, known[0]), key=lambda f: f.start)
            if abs(first.value - known[0].value) <= max(first.precision, known[0].precision) * 1.01:
                break  # said again as it is
            settings = [_apart_from(name, setting_of(f, OWN_NAME, text, context)) for f in pair]
            if agree(settings[0], settings[1], context.memo(spans_years)):
                yield _hit(name, pair[0], pair[1], context)
                break


def _apart_from(name: str, setting: Setting | None) -> Setting | None:
    """A setting without the places that an indicator's own name is taken for: 义务教育阶段学校."""
    return setting and setting._replace(places=frozenset(p for p in setting.places if p not in name))


def _hit(name: str, first: Figure, second: Figure, context: Context) -> Hit:
    args = {
        "name": name,
        "value": context.text[second.start : second.end],
        "first": context.text[first.start : first.end],
        "row": context.draft.source.position(first.start)[0],
    }
    return Hit(second.start, second.end, args)


def _opens(text: str, begin: int) -> bool:
    """Whether a name begins at the beginning of a clause, or right after another figure."""
    before = text[begin - 1]
    return before in _OPENS and (
        before != "、" or not ("\u4e00" <= text[begin - 2] <= "\u9fff") or text[begin - 2] in _UNIT_ENDS
    )


_UNIT_ENDS = frozenset("元人次户亩吨里米瓦斤辆台套件头只株条个份场项家所座处名起批篇张本期栋间支对艘点日月天时分岁倍")


def _conflicts(figures: dict[tuple[str, str, str], list[Figure]], text: str, context: Context) -> Iterator[Hit]:
    for (name, kind, _), known in figures.items():
        if not 1 < len(known) < _KEPT or _NO_NAME.search(_MEANS.sub("", name)):
            continue
        if _PLAIN.fullmatch(name) and not (context.profile.name == "request" and _PROJECT.fullmatch(name)):
            continue
        settings = [setting_of(f, len(name), text, context) for f in known]
        for index in range(1, len(known)):
            same = [i for i in range(index) if _comparable(known, settings, (i, index), context)]
            if same:
                yield _hit(name + _BOUND.sub("", kind), known[same[0]], known[index], context)


def _comparable(known: list[Figure], settings: list[Setting | None], pair: tuple[int, int], context: Context) -> bool:
    first, second = (settings[i] for i in pair)
    if first is None or second is None or not agree(first, second, context.memo(spans_years)):
        return False
    return counted_alike(known[pair[0]], known[pair[1]], first.counted, second.counted, context)


KIND = Kind("conflicting-figures", "Reports an indicator that has two values for one period.", {}, run)
