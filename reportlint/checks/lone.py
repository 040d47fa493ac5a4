"""Whether a measure word stands alone: told by the words on both sides of it and by the numbers of its neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint.checks.lexicon import Table
from reportlint.checks.segment import Words, is_han
from reportlint.patterns import pattern

_PHRASE = 3  # code points of what a row says at length to be no measure
_REACH = 6  # code points of context on either side
_LONGEST = 4
_NEAR = 20  # code points that hold a digit, or no neighbour has a number
_BEFORE, _AFTER = 48, 24  # code points in which a neighbour may have its number

_COUNTS = frozenset("个家名件条座项处场户支所台辆栋")
_MARKS = "，。；、：（"
_HAN = "\u4e00-\u9fff"
_NUMERALS = "一二三四五六七八九十百千万亿几两多余数零半〇第每各这那整首某哪单逐双该本此"
_BOUNDS = "以上|以下|以内|左右"
_BEYOND = pattern(_BOUNDS)
_PREPOSITIONS = frozenset("为由给将与和从")
_TOLD_BY_LITTLE = frozenset("有是做搞开当得买混要向入因按逐到以")
_ENDS = "，。；、）和及\n"
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹窦苏潘葛范彭郎鲁韦苗方俞任袁柳唐罗薛雷贺倪汤"
    "郝邬安常于傅齐康伍余顾孟黄穆萧尹姚邵汪毛宋庞熊纪舒屈祝董梁杜阮蓝席季贾路江童颜郭梅盛林钟徐邱骆高夏蔡田樊胡凌"
    "霍虞万柯卢莫房丁邓洪左石崔龚程邢裴陆荀段侯宁武刘龙叶黎白蒲卓乔谭申冉边燕尚温庄柴阎习艾耿欧关肖涂聂闫代覃"
)
_SURNAMES_TOO = frozenset("米项支宗部台")
_SEVERAL = pattern("[、和及与][\u4e00-\u9fff]{1,4}")
_RECKONED = pattern("(?:、[\u4e00-\u9fff]{1,4})?(?:计|为单位|核算|结算)")
_BY = pattern("[以按](?:[\u4e00-\u9fff]{1,4}、)?$")
_TITLE = pattern(
    "同志|先生|女士|教授|博士|书记|(?:常务)?副?(?:[省市县区镇乡局处科院校所队部厅]|董事|会)长|主任|主席|委员|主持|带队"
)
_BEFORE_NAMES = frozenset(("", "、", "：", "，", "。", "\n", "（", "和", "与"))
_BESIDE_NAMES = pattern(
    "、[\u4e00-\u9fff]{2,3}(?:[、三四五六]|[和等与]|同志)|[二三四五六两]名|[等和与][\u4e00-\u9fff两二三四五六\\d]"
)
_RARE = 12.5  # nats
_TITLED = pattern("(?:[长记任员授委席志理师]|专家|干部|带头人|负责人|选手|医生|模范)$")
_OPENING = frozenset("小大新老旧高低特省市县区国村乡镇")  # before a noun, they make a longer one
_UNIT = r"[\u4e00-\u9fff%％]{1,4}"
_NUMBER = r"(?<![0-9.])[0-9][0-9 ]*(?:\.[0-9]+)?"
# 省级交办24件，市级交办件; 发出提醒函份、督办通知9份
_COUNTED_BEFORE = pattern(
    rf"{_NUMBER}(?P<unit>(?![年月日时]){_UNIT})(?:（[^（）\n]{{1,8}}）)?(?:[，、；和及]|以及)[\u4e00-\u9fff“”《》]{{1,14}}$"
)
_COUNTED_AFTER = pattern(
    rf"(?:(?:[，、；和及]|以及)[\u4e00-\u9fff“”《》]{{1,14}}?|、?)(?<![0-9.]){_NUMBER}(?P<unit>(?![年月日时]){_UNIT})"
)
_DIGIT = pattern("[0-9]")
_COMPARED = pattern(r"增|降|升|减|提高|分别|占|超|达|均|率")
_NUMBERED_ITEM = pattern(rf"{_NUMBER}[\u4e00-\u9fff%％][^，。；\n0-9]{{0,16}}$")
_PEOPLE, _OF_PEOPLE = frozenset("人名"), frozenset("户人员头天本")


class Lone(NamedTuple):
    """What tells that the number of a unit is gone, where the unit's own row does not.

    at: an expression of the places where a unit is to be tried that counts what stands before it (宣传单份。) or behind
    it (新建座泵站). brief: units before which some words of one character tell nothing (有个). small: units that count
    a noun of one character (个县). endings: units that end many a word. groups: units that a number of people may
    follow (立案起3人). compounds: words that begin with a unit and stand in no table. words: the words of the
    language; rare: those that hold a unit and that it lacks. counted: words that oftener are a noun and its unit.
    """

    at: str
    brief: frozenset[str]
    small: frozenset[str]
    endings: frozenset[str]
    groups: frozenset[str]
    compounds: tuple[str, ...]
    words: Table
    rare: Table | None
    counted: tuple[str, ...]


def places(ending: Iterable[str], opening: Iterable[str], table: Table) -> str:
    """The expression `Lone.at`, of the units that end a clause and those that stand before what they count: none that
    makes a word of two with the character before it or behind it, nor has a number."""
    ending, opening = frozenset(ending), frozenset(opening)
    before: dict[str, list[str]] = {unit: [unit] for unit in ending | opening}
    behind: dict[str, list[str]] = {unit: [unit] for unit in ending | opening}
    for head in table.heads:
        for rest in _seconds(table.line(head)):
            if rest in before and head not in _PREPOSITIONS:
                before[rest].append(head)
            if head in behind:
                behind[head].append(rest)
    found = []
    for unit in sorted(before):
        tails = []
        if unit in ending:
            tails.append(f"(?=[{_ENDS}]|{_BOUNDS})")
        if unit in opening:
            word = "".join(sorted(set(behind[unit]) - {"人"}))
            tails.append(f"(?![{word}]|人(?![民大员])|{_BOUNDS})(?=[“{_HAN}])")  # 个人 is a word, but not in 个人民法庭
        found.append(f"{unit}(?<![{_NUMERALS}{''.join(sorted(before[unit]))}]{unit})(?:{'|'.join(tails)})")
    return f"(?:{'|'.join(found)})(?<=[{_HAN}{_MARKS}\n].)"


def _seconds(line: str) -> Iterator[str]:
    """The second characters of the words of two in a line of the table."""
    for word in line.split(" "):
        if len(word) == 2:
            yield word[0]


def _is_other_word(words: Words, piece: str) -> bool:
    """Whether a piece is what the table has of 十件民生实事: a unit with a word behind it."""
    if len(piece) != 3 or piece[0] not in _COUNTS or words.is_rare(piece):
        return False
    return words.cost(piece[1:]) is not None


def among_numbers(rule: Lone, words: Words, not_after: tuple[str, ...], text: str, start: int, end: int) -> bool:
    """Whether the unit at `[start, end)` ends a clause as a neighbour with its number does: 省级24件，市级件."""
    after = text[end : end + 1]
    unit, part = text[start:end], text.endswith(not_after, 0, start)
    if part and any(len(word) >= _PHRASE and text.endswith(word, 0, start) for word in not_after):
        return False  # 其中上访事件和信访件
    if not after or not (after in _ENDS or (after.isdigit() and unit in rule.groups)):
        return False
    if not is_han(text[start - 1]) or text.startswith(rule.compounds, start):
        return False
    if not _DIGIT.search(text, max(0, start - _NEAR), end + _NEAR):
        return False
    told = None if after.isdigit() else _COUNTED_BEFORE.search(text, _sentence(text, start), start)
    beside = told or _COUNTED_AFTER.match(text, end, end + _AFTER)
    if beside is None or (not told and _COMPARED.search(beside[0])):
        return False
    same = beside["unit"].startswith(unit)
    if after.isdigit() and (same or beside["unit"][0] not in _PEOPLE):
        return False
    if part and (unit[0] in "万亿" or unit in _OF_PEOPLE):
        return False
    if unit in rule.endings and not (same or after.isdigit()):
        return False
    apart = _apart(words, text, start, end)
    return apart is not None and apart[0] >= (1 if same and unit not in rule.endings else 2)


def stands_alone(
    rule: Lone, words: Words, not_after: tuple[str, ...], nouns: tuple[str, ...], text: str, start: int, end: int
) -> bool:
    """Whether the unit at `[start, end)`, found by `Lone.at`, is a word of its own: ，家企业落户; 吸纳名快递员."""
    unit, before, after = text[start:end], text[start - 1], text[end : end + 1]
    if text.startswith(rule.compounds, start):
        return False
    last = after in _ENDS or _BEYOND.match(text, end) is not None
    beside = _apart(words, text, start, end)
    if beside is None:
        return False
    left, right = beside
    part = text.endswith(not_after, 0, start)
    if last:
        return left > 1 and not part
    plain = left > 1 and (
        unit not in rule.brief or (text.startswith(nouns, end) and not text.endswith(nouns, 0, start))
    )
    if part and not plain and (left != 1 or before not in _PREPOSITIONS):
        return False
    if (left < 2 and unit in _OF_PEOPLE) or (not left and before == "、" and not _numbered(text, start)):
        return False  # 户分类、村收集
    if right < 2 and after != "“" and not (right and (plain or unit in rule.small)):
        return False
    return left != 1 or (right > 1 and unit not in rule.brief) or before not in _TOLD_BY_LITTLE


def _numbered(text: str, start: int) -> bool:
    """Whether the item of a list before the one at `start` has a number."""
    return _NUMBERED_ITEM.search(text, max(0, start - 24), start - 1) is not None


def _sentence(text: str, start: int) -> int:
    low = max(0, start - _BEFORE)
    return max(low, text.rfind("。", low, start) + 1, text.rfind("\n", low, start) + 1)


def is_within(
    words: Words, unless: tuple[str, ...], only_after: tuple[str, ...], text: str, start: int, end: int
) -> bool:
    """Whether the likeliest words have the unit at `[start, end)` inside a longer one (在座的各位, 党总支), but for one
    that oftener is a noun with its unit (企业家), and one that takes the end of what the row names (我校名学生)."""
    low, run_ = _run(text, start, end)
    ends = _cut(words, run_, start - low, end - low, unless)
    if start - low in ends and end - low in ends:
        return False
    begin = low + max(at for at in ends if at <= start - low)
    return not any(start - len(word) < begin and text.endswith(word, 0, start) for word in only_after if len(word) > 1)


def stands_apart(words: Words, text: str, start: int, end: int) -> bool:
    """Whether the likeliest words have a border at both ends of `[start, end)`, whatever stands behind it."""
    low = _run(text, start, end)[0]
    ends = words.cut(text[low:end], _LONGEST)[1]
    return start - low in ends


def is_of_person(words: Words | None, text: str, start: int, end: int) -> bool:
    """Whether a character that is a unit elsewhere is one of a person's name: 副局长赵良栋同志, 专家项立刚."""
    if end - start != 1 or words is None:
        return False
    if text[start - 2 : start - 1] in _SURNAMES and (
        _TITLED.search(text, max(0, start - 8), start - 2)
        or _TITLE.match(text, end)
        or (text[start - 3 : start - 2] in _BEFORE_NAMES and _BESIDE_NAMES.match(text, end))
    ):
        known = words.cost(text[start - 2 : start])
        return known is None or known >= _RARE
    if text[start] not in _SURNAMES_TOO:
        return False
    if _TITLE.match(text, end + 1) or _TITLE.match(text, end + 2):
        return True
    return _TITLED.search(text, max(0, start - 6), start) is not None and words.cost(text[end : end + 2]) is None


def is_of_row(text: str, start: int, end: int) -> bool:
    """Whether what stands beside a unit ends as it does with no number, so that all are words (企业家、收藏家),
    or whether it is what something is measured in (以立方米计)."""
    unit = text[start:end]
    if text[start - 1] in "以按、" and _RECKONED.match(text, end) and _BY.search(text, max(0, start - 10), start):
        return True
    behind, before = text.find(unit, end + 2, end + 7), text.rfind(unit, max(0, start - 6), start - 1)
    return (behind > 0 and _SEVERAL.fullmatch(text, end, behind) is not None) or (
        before >= 0 and _SEVERAL.fullmatch(text, before + len(unit), start) is not None
    )


def _cut(words: Words, run: str, start: int, end: int, unless: tuple[str, ...]) -> list[int]:
    """The borders of the likeliest words around a unit at `[start, end)` of a run of characters."""

    def is_none(piece: str) -> bool:
        return piece in unless or _is_other_word(words, piece)

    return words.cut(run, _LONGEST, is_none)[1]


def _run(text: str, start: int, end: int) -> tuple[int, str]:
    """The Han characters around a unit, and where they begin."""
    low, high = start, end
    while low > max(0, start - _REACH) and is_han(text[low - 1]):
        low -= 1
    while high < min(len(text), end + _REACH) and is_han(text[high]):
        high += 1
    return low, text[low:high]


def _apart(words: Words, text: str, start: int, end: int) -> tuple[int, int] | None:
    """The lengths of the words before and after a unit that the likeliest words leave alone; None where they do not."""
    low, run_ = _run(text, start, end)
    phrase = text[start - 1 : end] if text[start - 1] in _PREPOSITIONS else ""  # 以检修为名, but 为名老人送餐
    _, ends = words.cut(run_, _LONGEST, lambda piece: piece == phrase or _is_other_word(words, piece))
    here, there = start - low, end - low
    if here not in ends or there not in ends:
        return None
    left = here - ends[ends.index(here) - 1] if here else 0
    after = ends.index(there) + 1
    right = ends[after] - there if after < len(ends) else 0
    if right == 1 and text[end] in _OPENING and after + 1 < len(ends):
        right = ends[after + 1] - there
    return left, right
