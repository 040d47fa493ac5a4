"""Kind `listed-count`: a number of things against the names that stand beside it, and how many names a list gives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit, half_width
from reportlint.numerals import han_to_int, to_int
from reportlint.patterns import pattern
from reportlint.rules import Kind

_HAN = "二三四五六七八九十两"
MEASURE = "个项家所座条处户名位人件类种批期次场辆台栋宗起大对支只款篇份本部张点步村镇乡县区市省"
_NOUN = r"[\u4e00-\u9fff“”]{0,14}?"
_NAMED = (
    r"[，,（(]?(?:(?:名称|名单|他们|它们)?分别(?:为|是|有|(?=[：:]))|[它他]们是|即|就是|"
    r"(?<=有[0-9二三四五六七八九十两]{1,3}[个项家座条所处名]，)为(?=[^，。；：\n0-9]{2,24}、)|(?<=[0-9二三四五六七八九十两][个项家座条处所名]，)为(?=[^，。；：、\n0-9]{2,12}(?P<tail>[\u4e00-\u9fff])(?:、[^，。；：、\n0-9]{1,12}(?P=tail))*[、和](?:[^，。；：、\n0-9]{1,12}(?P=tail))[。；\n])|依次[为是]|具体[为是有]|具体包括|名单如下|"
    r"(?<=[村镇乡县道])[是为](?=[^，。；：\n]{1,12}、))[：:]?(?=[^：:，。；\n])"
)
# May leave some out.
_PARTLY = (
    r"[，,](?:(?:主要|重点)(?:涉及|有|是)|(?:主要|重点)?(?:包括|包含|涵盖)|有(?=[：:]))[：:]?"
    r"(?=[^、，。；：:\n0-9]{2,24}、)"
)
_COLON = r"(?:[：:]|——)(?=[^\n])"
_BRACKET = r"[（(](?!以下|简称|含|不含)(?=[^）)\n]{0,80}、)"
_LEAD_TEXT = rf".{_NOUN}(?:{_NAMED}|{_PARTLY}|{_COLON}|{_BRACKET})"
_LEAD = pattern(rf"{_NOUN}(?:(?P<named>{_NAMED})|(?P<partly>{_PARTLY})|(?P<colon>{_COLON})|(?P<bracket>{_BRACKET}))")
_OF = rf"[{MEASURE}](?!(?<!个)[一{_HAN}][\u4e00-\u9fff]”)"  # “三支一扶” is no three
# A list after the number, or one that ends right before it. Digits alone are found six times as fast as numerals.
_COUNTED = (
    pattern(rf"[0-9](?={_OF})(?:(?={_LEAD_TEXT})|(?<=(?:、[^，。；：、\n0-9]{{1,16}}|[》”])等?[0-9]{{1,2}}))"),
    pattern(rf"[{_HAN}](?={_OF})(?:(?={_LEAD_TEXT})|(?<=(?:、[^，。；：、\n0-9]{{1,16}}|[》”])等?[{_HAN}]))"),
)
_NUMBER = pattern(rf"(?<![0-9.第之{_HAN}一百千万数几])(?:[0-9]{{1,3}}|[{_HAN}]{{1,3}})$")
_BODY = pattern(r"[^。\n]{2,400}?(?=[。\n]|\Z)")
_IN_BRACKET = pattern(r"[^）)。\n]{2,200}(?=[）)])")
_QUOTED = pattern(r"《[^》\n]*》|“[^”\n]*”|（[^）\n]*）|\([^)\n]*\)")
_JOINED_BY = r"以及|(?<![共饱温])和(?![谐平睦解])|(?<![涉以普波触顾提论危惠])及(?!时|格)|(?<![参赋给])与|(?<![合归])并"
_JOINED = pattern(_JOINED_BY)
_JOINTS = pattern(rf"(?<=[^和与及]{{2}})(?:{_JOINED_BY})(?=[^和与及]{{2}})")
_PARTED = pattern(rf"、|{_JOINED_BY}")
_OPEN_END = pattern(r"等(?!级|候|待|同|于|额|次|线)|其他|其它|……|有关|相关")
_ITEMISED = pattern(r"[一二三四][是要]|[（(]?[一二1①][）)、.．是]|①|首先|第[一二](?=[，、是：:])|其一")
_GOES_ON = pattern(r"以及|和|还有|及|另有|并|其中")
_CLAUSE = pattern(r"(?r)[^，。；：:！？\n（）()0-9“]+")  # read backwards, from where the names end
_SHARED = pattern(
    r"[xX×*＊○□_]|党|委|政府|政协|人大|会议|全会|精神|讲话|中央|国务院|^[省市县区乡镇村]$|^(?:新|改|扩|续|在|已|未|拟)建$"
)
_VERBS = (
    r"(?:新|改|扩|续|改扩|在|重|修|创|筹)建(?:及|和|或)?(?:改造)?|建成|改造|实施|推进|完成|开工|竣工|谋划|引进|培育|打造|创建|制定|修订|"
    r"办理|调处|化解|排查|整治|整改|出台|印发|清理|废止|申报|审核|争取|储备|投产|启动|召开|组织|开展|参加|参与|举办|承办|协办|签约|落地|研究|审议|讨论|受理"
)
_VERB = pattern(_VERBS)
_NOT_COUNTED = pattern(
    r".(?:以上|多|余|左右|配套|附件|子[项课方])|个(?:工作日|百分点|月|小时|人|别|大?字)|大(?:[部量会人]|于)|[件张](?!(?:大|实|要|好|民生实)?事|清单|网|图|表|牌|单|卡)"
)
_TITLES = pattern(r"(?r)(?:《[^》\n]*》[、和及与]?){2,}")
_QUOTES = pattern(r"(?r)(?:“[^”“、，。\n]*”[、和及与]?){2,}")
_QUOTE = pattern(r"(?r)“(?P<names>[^”“\n]*、[^”“\n]*)”")
_CLAUSES = pattern(r"[，；：。]")
_TOUCH = pattern(r"(?<=[”》])(?=[“《])")
_OFFICE = pattern(
    r".*[\u4e00-\u9fff]{2}(?:办|局|委|部|厅|院|科|处|所|站|队|社|行|校|中心|公司|学院|联合会|银行|法院|检察院|团委|妇联|工会)|"
    r".*(?:[残妇侨文]联|科协|工商联|红十字会|团[省市县区]委)"
)
_OF_OFFICES = pattern(r"[个家](?:部门|单位|职能部门|成员单位|责任单位|区直|县直|市直)")
_OF_HONOURS = pattern(r"[项个](?:荣誉|称号|奖项|表彰)")
_LEVEL = pattern(r"(?:级|层面|年度?)$")
_REGIONS = frozenset("省市县区镇乡村")
_REGION = pattern(r"[省市县区镇乡村](?![一二三四五六七八九十两级委政长直内域（(])")
# “三化”（规范化、标准化、精细化); 三会一课 holds two numbers.
_SLOGAN = pattern(
    rf"”[（(](?<=“(?P<n>[{_HAN}])(?P<what>[^一{_HAN}\d”\n]{{1,6}})”.)(?P<names>[^（）()。，；：\n]*、[^（）()。，；：\n]*)[）)]"
)
_CALLED = pattern(
    rf"”[\u4e00-\u9fff]{{0,8}}(?:，即|，就是|：)(?<=“(?P<n>[{_HAN}])(?P<what>统一|[^一{_HAN}\d”\n]{{1,4}})”[\u4e00-\u9fff]{{0,8}}(?:，即|，就是|：))(?=(?P<names>[^（）()。；：\n]{{1,120}}、[^。；：\n]{{1,120}})(?:[。；\n]|\Z))"
)
_SUMMED_UP = pattern(rf"“(?<=、[^，。；：、“”\n]{{1,16}}的?“)(?P<n>[{_HAN}])(?P<what>统一|[^一{_HAN}\d”\n]{{1,2}})”")
# 建立问题、任务、责任“三个清单”
_IN_QUOTES = pattern(
    rf"“(?<=、[^，。；：、“”\n]{{1,16}}“)(?P<n>[{_HAN}])[个张项类](?P<what>(?!一|必|务|维|确|服|自|意|全面)[^{_HAN}\d“”\n]{{2,4}})”"
)
_WITH_OBJECT = pattern(rf"(?:{_VERBS})[\u4e00-\u9fff]{{2}}")
_PAIR = pattern(r"(?:个(?:行政|自然|重点)?(?:村|乡|镇|社区|街道|项目|县|部门|单位)|家单位)")
_PLACES = pattern(r"个(?:行政|自然|重点)?(?:村|乡|镇|社区|街道|项目|县)")


_ALL = pattern(r"[共计][^，。；：、]{0,10}[0-9二三四五六七八九十两]{1,3}.$")
_NEAR = 16  # code points
_BY = pattern(r".*[由在对向将把以为](?=[\u4e00-\u9fff]{2})")
_WITH_FIGURE = pattern(r"[0-9]")
_SHORT = 4  # code points
_FULL = 12  # code points of one of two names
_TWO = 2
_PERSON = 3  # code points of a name
_GLOSSES = frozenset({"街道", "社区", "乡镇", "部门", "单位", "企业", "学校", "机关", "园区", "城区", "市区", "开发区"})


class Names(NamedTuple):
    """How many names a list gives: from `least` to `most`, for 甲和乙 may be one name or two; `open`
    if it ends in 等; `alike` if they are three or more of one length."""

    least: int
    most: int
    open: bool = False
    alike: bool = False


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """“3个项目，分别为：A、B” or “A、B3个项目” with another number of names than it says; a list that ends in 等
    says no more than that there are as many."""
    text = half_width(context)
    said: set[int] = set()
    for counted in _COUNTED:
        for match in counted.finditer(text):
            number = _NUMBER.search(text, max(0, match.start() - 4), match.end())
            declared = to_int(number[0]) if number else None
            if number is None or declared is None or not 0 < declared < 100:
                continue
            names, end, sure = None, match.end() + 1, False
            if 1 < declared < 13:
                names = names_before(text, number.start(), match.end())
            if names is None or (declared == _TWO and not _may_be_two(names, text, number.start(), match.end())):
                names, end, sure = names_after(text, match.end() + 1)
                if declared == 1 and not sure:
                    continue
            if names is None or names.least <= declared <= names.most or (names.open and names.least < declared):
                continue
            if sure or abs(names.least - declared) <= 2:
                said.add(number.start())
                yield Hit(number.start(), end, {"declared": declared, "listed": names.most})
    for match in _SLOGAN.finditer(text):
        declared, words = to_int(match["n"]), match["names"]
        if match.start("n") in said:
            continue
        names = None if _OPEN_END.search(words) or not _are_names(words) else _names(words)
        if sum(match["what"] in piece for piece in words.split("、")) == declared:
            continue  # 务必不忘初心、牢记使命、务必……: each of the things holds a mark of its own
        if names is not None and declared is not None and not names.least <= declared <= names.most:
            yield Hit(match.start("n"), match.end("what"), {"declared": declared, "listed": names.most})

    for match in _CALLED.finditer(text):
        declared, words = to_int(match["n"]), match["names"]
        names = _counted(words)
        whole = names is not None and "，" not in words and not _ITEMISED.match(words)
        if not whole or names is None or declared is None or names.least <= declared <= names.most:
            continue
        if sum(match["what"] in piece for piece in words.split("、")) != declared:
            yield Hit(match.start("n"), match.end("what"), {"declared": declared, "listed": names.most})
    for match in _SUMMED_UP.finditer(text):
        declared, listed = to_int(match["n"]), _alike(text, match.start(), match["what"])
        if listed > 1 and declared is not None and listed != declared:
            yield Hit(match.start("n"), match.end("what"), {"declared": declared, "listed": listed})

    for match in _IN_QUOTES.finditer(text):
        declared = to_int(match["n"])
        names = names_before(text, match.start(), match.end("n"))
        if names is None or declared is None or names.least <= declared <= names.most:
            continue
        if abs(names.least - declared) <= _TWO:
            yield Hit(match.start("n"), match.end("what"), {"declared": declared, "listed": names.most})


def _may_be_two(names: Names, text: str, at: int, measure: int) -> bool:
    """Whether names before a “two” are what it counts. 甲、乙和丙两条路 are often three things and a fourth."""
    return names.open or text[at - 1] in "”》" or _PAIR.match(text, measure) is not None or names.alike


def _alike(text: str, at: int, mark: str) -> int:
    """How many things that a place closes all hold one mark: 同谋划、同部署、同落实 before “三同”; else 0."""
    low = max(0, at - 120)
    low = max(low, max(text.rfind(stop, low, at) for stop in "，。；：\n") + 1)
    pieces = text[low:at].removesuffix("的").split("、")
    return len(pieces) if all(piece.count(mark) == 1 for piece in pieces) else 0


def names_after(text: str, at: int) -> tuple[Names | None, int, bool]:
    """The number of names listed after a counted noun whose measure word ends at `at`, where the noun ends, and
    whether 分别为 or the like says that all are listed; no names where no list follows."""
    head = _LEAD.match(text, at)
    if head is None:
        return None, at, False
    bracket = head["bracket"] is not None
    inside = bracket or "（" in head[0] or "(" in head[0]
    listing = (_IN_BRACKET if inside else _BODY).match(text, head.end())
    end = max(head.start(name) for name in ("named", "partly", "colon", "bracket"))
    if listing is None or _ITEMISED.match(listing[0]) or (bracket and not _are_names(listing[0])):
        return None, end, False
    named = head["named"] is not None and "分别" in head["named"]
    names = _counted(listing[0], named)
    if names is not None and head["partly"] and not _ALL.search(text, max(0, at - _NEAR), at):
        names = names._replace(open=True)
    return names, end, head["named"] is not None


def _are_names(listing: str) -> bool:
    """Whether a bracket holds names and no gloss such as （市、区）."""
    items = listing.split("、")
    return all(len(item) > 2 for item in items) or (
        len(items) > 2 and all(len(item) > 1 and item not in _GLOSSES for item in items)
    )


def _two(words: str) -> Names | None:
    """The two names of 分别是甲和乙; None where there may be another number of them."""
    halves = _JOINED.split(words)
    plain = len(halves) == _TWO and all(1 < len(half) <= _FULL and half.isalpha() for half in halves)
    return Names(_TWO, _TWO) if plain and "的" not in words else None


def _counted(listing: str, named: bool = False) -> Names | None:
    """The names of a list that goes up to a full stop; None where they cannot be told. `named`: 分别为 says that
    these are all, and of two that 和 joins too."""
    plain = _QUOTED.sub("〇〇〇", _TOUCH.sub("、", listing)).strip()
    items = plain.split("；")
    if len(items) > 1 and named and _PARTED.search(items[0]) and all(map(_WITH_FIGURE.search, items[1:])):
        plain, items = items[0], items[:1]  # 分别为甲、乙；引进博士6名
    if len(items) > 1:
        if "、" in items[0] or "，" in plain or _OPEN_END.search(plain):
            return None
        return Names(len(items), len(items))
    first, comma, rest = plain.partition("，")
    following = rest.partition("，")[0]
    goes_on = comma and (_GOES_ON.match(rest) or ("、" in following and not any(map(str.isdecimal, following))))
    if "、" not in first and named and not goes_on and not _OPEN_END.search(first):
        return _two(first)
    if "、" not in first or goes_on or _OPEN_END.search(first) or all(map(_WITH_FIGURE.search, first.split("、"))):
        return None
    return _names(first)


def _names(words: str) -> Names:
    """The names between 顿号; the last piece may hold two that 和 joins."""
    pieces = words.split("、")
    joints = sum(map(_joints, pieces))
    most = len(pieces) + joints
    if joints == 1 and _is_last_joint(pieces):
        return Names(most, most)
    # Of names as short as 石桥 none is made of two.
    short = (
        joints == 1
        and len(pieces) > 1
        and _JOINED.search(pieces[-1]) is not None
        and all(1 < len(name) < _SHORT for p in pieces[1:] for name in _JOINED.split(p))
    )
    return Names(most if short else len(pieces), most)


def _joints(piece: str) -> int:
    """How often 和 joins two names in a piece; in 住房和城乡建设局 it is a part of one."""
    if not _OFFICE.fullmatch(piece):
        return len(_JOINTS.findall(piece))
    return sum(_OFFICE.fullmatch(piece[: joint.start()]) is not None for joint in _JOINTS.finditer(piece))


def _is_last_joint(pieces: list[str]) -> bool:
    """Whether what joins two halves of the last piece is the end of the row, for each is as long as a name of it."""
    joint = _JOINED.search(pieces[-1])
    if joint is None or len(pieces) < _TWO:
        return False
    halves = pieces[-1][: joint.start()], pieces[-1][joint.end() :]
    if joint[0] == "以及" or all(map(_OFFICE.fullmatch, halves)):
        return True
    nouns = {p[-_TWO:] for p in pieces[:-1]}
    if len(nouns) == 1 and halves[1].endswith(noun := nouns.pop()) and not halves[0].endswith(noun):
        return False  # 供水工程、泵站工程、道路硬化和亮化工程
    sizes = [len(p) for p in pieces[1:-1]] or [_SHORT]
    return min(map(len, halves)) >= max(min(sizes) - 2, _SHORT)


def names_before(text: str, at: int, measure: int) -> Names | None:
    """The names between 顿号 that stand right before “3个村”, three or more (of places two); `at` is where the number
    begins, `measure` where its measure word does. 等 may stand between. None where these are no such names."""
    if text[measure] not in "个大项类家所条名位人种处件张部本次场座份篇期" and not _REGION.match(text, measure):
        return None
    if _NOT_COUNTED.match(text, measure):
        return None
    low = max(0, at - 120)
    more = text[at - 1] == "等"
    at -= more or text[at - 1] == "共"
    quoted = _quoted(text, low, at, more)
    if quoted is not None:
        return quoted
    if text[measure] in "部本份篇期":
        return None
    clause = _CLAUSE.match(_QUOTED.sub(_masked, text[low:at]))
    if clause is None or "、" not in clause[0] or "、、" in clause[0] or _OPEN_END.search(clause[0]):
        return None
    pieces = clause[0].split("、")
    if text[measure] in _REGIONS and (min(map(len, pieces)) < 2 or text[measure + 1 : measure + 2] == "、"):
        return None  # 京津冀、长三角、东三省
    if han_to_int(pieces[0]) is not None:
        del pieces[0]  # the marker 一、
    honours = _OF_HONOURS.match(text, measure) is not None and not any(_LEVEL.search(p) for p in pieces)
    least = 2 if honours or _PLACES.match(text, measure) else 3
    offices = _OF_OFFICES.match(text, measure) is not None and all(_OFFICE.fullmatch(p) for p in pieces)
    pieces[0] = pieces[0][by.end() :] if (by := _BY.match(pieces[0])) else pieces[0]
    shared = not offices and any(_SHARED.search(p) for p in pieces)
    if len(pieces) < 2 or shared or any(_VERB.fullmatch(p) for p in pieces) or _VERB.match(pieces[-1]):
        return None
    # 围绕速度、结构、效益提出三项指标: a verb after the last name
    longest = max(map(len, pieces[1:-1]), default=len(pieces[-1]))
    names = _names("、".join(pieces))
    if names.least > len(pieces):
        pieces[-1:] = _JOINED.split(pieces[-1])
    if text[measure] in "人位" and any(not 1 < len(p) <= _PERSON for p in pieces[1:]):
        return None
    if more and (any(_WITH_OBJECT.search(p) for p in pieces[1:]) or len(pieces) < 3):
        return None
    # 甲村、乙村及丙园、丁园两个社区: what is counted may begin behind the first 及
    tail = next((len(pieces) - i for i, p in enumerate(pieces[:-1]) if _JOINTS.search(p)), names.least)
    names = names._replace(least=min(names.least, tail))
    fits = offices or len(pieces[-1]) <= longest + 1
    sizes = [*map(len, pieces[1:])]
    alike = len(pieces) == names.most > _TWO and 1 < min(sizes) <= len(pieces[0]) and max(sizes) - min(sizes) < _TWO
    return names._replace(open=more, alike=alike) if fits and names.most >= least else None


def _quoted(text: str, low: int, at: int, more: bool) -> Names | None:
    """The titles, or the names between one pair of quotation marks, that end at a place; None where there are none."""
    titles = _TITLES.match(text, low, at)
    if titles is not None:
        count = titles[0].count("《")
        return Names(count, count, more)
    quotes = _QUOTES.match(text, low, at)
    if quotes is not None:
        count = quotes[0].count("“")
        return Names(count, count, more)
    quote = _QUOTE.match(text, low, at)
    if quote is None:
        return None
    # 小生产、大市场，投入高、产出低 are two things
    return None if _CLAUSES.search(quote["names"]) else _names(quote["names"])._replace(open=more)


def _masked(match: regex.Match[str]) -> str:
    return "〇" * len(match[0])


KIND = Kind("listed-count", "Reports a number of things that is not the number of names beside it.", {}, run)
