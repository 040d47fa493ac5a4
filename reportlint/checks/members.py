"""The members of a set phrase where a draft lists them: one that is missing, wrong, too many or in another place."""

from __future__ import annotations

from operator import ne
from typing import NamedTuple

from reportlint.checks.base import Context, Hit
from reportlint.checks.setphrase import CLOSE_QUOTES, OPEN_QUOTES, Phrase, excepted, in_force, shown
from reportlint.model import Edit
from reportlint.patterns import pattern

_LOOSE = 9  # code points of an item that stands for a member, beyond the member's own length
_NEAR = 4  # code points between an enumeration and its name

_PLACEHOLDER = pattern(r"[xX×＊*○□_…\x00]|某某|待定|待补")
# What may stand between two members; the words repeat before each member in some lists.
_BETWEEN = pattern(r"[”’]?[、，；,;]?(?:以及|及|和|与|并|又|更)?(?:必须坚持|坚持|必须|始终代表|代表)?[“‘]?")
_JOINER = r"(?:以及|及|和|与|并|又|更)"
_ITEM = pattern(
    rf"([”’]?[、，,]{_JOINER}?[“‘]?)([^、，；。：:！？,;“”‘’（）《》\s]+)([”’]?[、，,]{_JOINER}?[“‘]?|以及|和|与)"
)
_CLOSED = "）)。；，"
_BRACKETS = ("（", "(")
_OPENED = (*_BRACKETS, "即", "为", "是", "包括", "：", "——")
_NUMERALS = "两二三四五六七八九十"
_LAST_ITEM = pattern(r"[、，](?P<item>[\u4e00-\u9fff]{2,14})(?:(?=[）)])|(?<=、(?P=item))(?=[。；，]))")
_NAMED_ITEM = pattern(r"[、，](?P<item>[\u4e00-\u9fff]{2,14})等?[“‘]")
_FIRST_ITEM = pattern(r"(?<=[（(即为是括：—])(?P<item>[\u4e00-\u9fff]{2,14})[、，]$")
_ITEM_FOLLOWS = pattern(r"[”’]?(?:[、，,]|和|与|及|以及|等|[xX×*…])")
_ITEM_PRECEDES = pattern(r"(?:[、，,]|和|与|及|[xX×*…])[“‘]?$")
_QUOTED_BEFORE = pattern(r"[“‘](?P<name>[^“”‘’\n]+)[”’](?:[（(]|，?即：?)$")
_QUOTED_BEHIND = pattern(r"等?[“‘](?P<name>[^“”‘’\n]+)[”’]")
_HAN = pattern(r"[\u4e00-\u9fff]")
_JOINT_BEFORE = pattern(r"[”’]?[、，][“‘]?$")
_HAN_ONLY = pattern(r"[\u4e00-\u9fff、，]+")


class Slot(NamedTuple):
    """A place of an enumeration: the member there, -1 for a stranger."""

    member: int
    start: int
    end: int


def enumeration(phrase: Phrase, text: str, at: int) -> list[Slot]:
    """The members of the phrase in a row around a place, and at most one stranger among them."""
    reach = sum(max(map(len, forms)) + 6 for forms in phrase.members) + 2 * _LOOSE
    low, high = max(0, at - reach), min(len(text), at + reach)
    found: list[Slot] = []
    for index, forms in enumerate(phrase.members):
        for form in forms:
            place = text.find(form, low, high)
            while place >= 0:
                found.append(Slot(index, place, place + len(form)))
                place = text.find(form, place + len(form), high)
    found.sort(key=lambda s: (s.start, -s.end))
    run: list[Slot] = []
    for slot in found:
        if run and slot.start < run[-1].end:
            continue
        joint = _joint(phrase, text, run, slot) if run else None
        if joint is None:
            if run and run[-1].end > at:
                break
            run = []
        run += [*(joint or ()), slot]
    return run


def _joint(phrase: Phrase, text: str, run: list[Slot], slot: Slot) -> list[Slot] | None:
    """What stands between the enumeration so far and the next member: nothing, a stranger, None for other text."""
    start = run[-1].end
    if _BETWEEN.fullmatch(text, start, slot.start):
        return []
    item = _ITEM.fullmatch(text, start, slot.start)
    if item is None or any(s.member < 0 for s in run):
        return None
    return [Slot(-1, *item.span(2))] if len(item[2]) <= max(len(f[0]) for f in phrase.members) + _LOOSE else None


def judged(phrase: Phrase, context: Context, slots: list[Slot]) -> Hit | None:
    """What is wrong with an enumeration that has at least all members but one."""
    text, size = context.text, len(phrase.members)
    present = [s.member for s in slots if s.member >= 0]
    known = set(present)
    if len(known) < max(size - 1, 2) or not in_force(phrase, context):
        return None
    start, end = slots[0].start, slots[-1].end
    if excepted(phrase, text, start, end):
        return None
    if len(known) == size:
        extra = _extra(phrase, text, slots) or _misnamed(phrase, text, start, end)
        if extra is not None:
            return extra
        if not phrase.ordered or len(slots) != size or present == sorted(present):
            return None
        # The separators stay, the members change places.
        given = {s.member: text[s.start : s.end] for s in slots}
        ends = [*(s.start for s in slots[1:]), end]
        right = "".join(given[i] + text[s.end : stop] for i, (s, stop) in enumerate(zip(slots, ends, strict=True)))
        return Hit(start, end, {"right": shown(right), "name": shown(phrase.name)}, (Edit(start, end, right),), "order")
    missing = next(i for i in range(size) if i not in known)
    wanted = phrase.members[missing][0]
    named = _is_named(phrase, text, start, end)
    for place, slot in enumerate(slots):
        # A stranger, or a member for the second time, in the missing member's place.
        doubled = slot.member in [s.member for s in slots[:place]] and slot.member >= 0
        if slot.member < 0 or doubled:
            if doubled and len(slots) == size and size > 2 and place == missing + 1:
                # 甲、丙、丙 lacks 乙, whose place is the first one's.
                return _member(phrase, slots[missing].start, slots[missing].end, wanted)
            item = text[slot.start : slot.end]
            if len(slots) != size or place != missing or _PLACEHOLDER.search(item):
                return None
            sure = named or (doubled and size > 2)
            return _member(phrase, slot.start, slot.end, wanted) if sure or _alike(item, wanted) else None
    edge = _at_edge(text, slots, missing, size, wanted) or (
        _bracketed(phrase, text, slots, missing, size) if size > 2 else None
    )
    if edge:
        return _member(phrase, *edge, wanted)
    follows, precedes = _ITEM_FOLLOWS.match(text, end), _ITEM_PRECEDES.search(text, max(0, start - 3), start)
    # What stands before it may be the first member gone wrong; where that begins, nothing tells.
    replaced = precedes and not missing and _name_follows(phrase, text, end)
    if not named or follows or (precedes and not replaced) or present != sorted(present) or size < 3:
        return None
    at = slots[missing].start if missing < len(slots) else end
    edit = Edit(at, at, f"{wanted}、" if missing < len(slots) else f"、{wanted}")
    args = {"right": shown(wanted), "name": shown(phrase.name)}
    return Hit(start, end, args, () if replaced else (edit,), "missing")


def _misnamed(phrase: Phrase, text: str, start: int, end: int) -> Hit | None:
    """The name beside a full list of the members that has one character wrong, such as its number."""
    name = phrase.name.strip(OPEN_QUOTES + CLOSE_QUOTES)
    before = _QUOTED_BEFORE.search(text, max(0, start - len(name) - _NEAR), start)
    item = before or _QUOTED_BEHIND.match(text, end)
    if item is None or len(item["name"]) != len(name) or sum(map(ne, item["name"], name)) != 1:
        return None
    span = item.span("name")
    return Hit(*span, {"right": shown(name), "name": shown(phrase.name)}, (Edit(*span, name),))


def _name_follows(phrase: Phrase, text: str, at: int) -> bool:
    name = phrase.name.strip(OPEN_QUOTES + CLOSE_QUOTES)
    return name in text[at : at + len(name) + 2]


def _at_edge(text: str, slots: list[Slot], missing: int, size: int, wanted: str) -> tuple[int, int] | None:
    """The item beside the enumeration that is almost the missing first or last member."""
    first = missing == 0 and [s.member for s in slots] == list(range(1, size))
    final = missing == size - 1 and [s.member for s in slots] == list(range(size - 1))
    if final:
        joint = _BETWEEN.match(text, slots[-1].end)
        if joint and joint[0]:
            for length in (len(wanted) + d for d in (0, -1, 1, -2, 2)):
                begin, stop = joint.end(), joint.end() + length
                closed = length == len(wanted) or not _HAN.match(text, stop)
                if closed and _alike(text[begin:stop], wanted):
                    return begin, stop
    elif first:
        joint = _JOINT_BEFORE.search(text, max(0, slots[0].start - 4), slots[0].start)
        if joint:
            begin = joint.start() - len(wanted)
            if begin >= 0 and _alike(text[begin : joint.start()], wanted):
                return begin, joint.start()
    return None


def _bracketed(phrase: Phrase, text: str, slots: list[Slot], missing: int, size: int) -> tuple[int, int] | None:
    """The stranger in the place of the first or last member of a list in brackets behind the name, which holds the
    phrase and nothing else."""
    start, end = slots[0].start, slots[-1].end
    if len(slots) != size - 1 or [s.member for s in slots] != [i for i in range(size) if i != missing]:
        return None
    if missing == size - 1 and _opened(phrase, text, start):
        item = _LAST_ITEM.match(text, end)
        return item.span("item") if item and not _PLACEHOLDER.search(item["item"]) else None
    named = _NAMED_ITEM.match(text, end) if missing == size - 1 else None
    if named and text.startswith(phrase.name.strip(OPEN_QUOTES + CLOSE_QUOTES), named.end()):
        return named.span("item")
    if missing == 0 and text[end : end + 1] in _CLOSED:
        item = _FIRST_ITEM.search(text, max(0, start - 2 * _LOOSE), start)
        found = item and _opened(phrase, text, item.start("item")) and not _PLACEHOLDER.search(item["item"])
        return item.span("item") if item and found else None
    return None


def _extra(phrase: Phrase, text: str, slots: list[Slot]) -> Hit | None:
    """What stands in brackets behind the name besides its members."""
    if len(slots) != len(phrase.members) or any(s.member < 0 for s in slots):
        return None
    bracketed = text.endswith(_BRACKETS, 0, slots[0].start) and _opened(phrase, text, slots[0].start)
    item = _LAST_ITEM.match(text, slots[-1].end) if bracketed else None
    if item is None or _PLACEHOLDER.search(item["item"]) or phrase.name[0] in _NUMERALS:
        return None  # one more than a number says is for those who count
    args = {"name": shown(phrase.name), "right": ""}
    return Hit(*item.span("item"), args, (Edit(slots[-1].end, item.end("item"), ""),), "extra")


def _opened(phrase: Phrase, text: str, at: int) -> bool:
    """Whether a bracket or a word such as 即 opens a list right before a place, behind the name of the phrase."""
    name = phrase.name.strip(OPEN_QUOTES + CLOSE_QUOTES)
    before = text[max(0, at - len(phrase.name) - 6) : at]
    return before.endswith(_OPENED) and name in before


def _member(phrase: Phrase, start: int, end: int, right: str) -> Hit:
    return Hit(start, end, {"right": shown(right), "name": shown(phrase.name)}, (Edit(start, end, right),), "member")


def _is_named(phrase: Phrase, text: str, start: int, end: int) -> bool:
    """Whether the phrase's name stands right beside its members."""
    name = phrase.name
    return name in text[max(0, start - len(name) - _NEAR) : start] or name in text[end : end + len(name) + _NEAR]


def _alike(item: str, wanted: str) -> bool:
    """Whether an item is a slip for the wanted member: one character off, two in a long one."""
    if item == wanted or abs(len(item) - len(wanted)) > 2 or not _HAN_ONLY.fullmatch(item):
        return False
    return 0 < _distance(item, wanted) <= (2 if len(wanted) >= 6 else 1)


def _distance(a: str, b: str) -> int:
    """The edit distance."""
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        before, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            before, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, before + (x != y))
    return row[-1]
