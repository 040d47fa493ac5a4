"""Titles in 《》 that are one slip away from that of a law or document: a word lost, wrong, misplaced or too many."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from operator import ne

from reportlint.checks.base import Hit
from reportlint.model import Edit
from reportlint.patterns import pattern

_STATE = "中华人民共和国"
_LONGEST = 60  # code points of a title
_KEPT = 4_000  # titles whose slips are remembered
_VERSION = pattern(r"[（(][^（）()]*[）)]$")  # （试行）, （2023年修正）
_COUNTED = pattern(r"[0-9０-９一二三四五六七八九十百〇A-Za-z]")
_SHORTEST, _LONG = 4, 8
_MOST = 4  # code points that a title may lack
_KINDS = (
    "实施条例",
    "实施细则",
    "实施办法",
    "暂行条例",
    "暂行规定",
    "暂行办法",
    "条例",
    "规定",
    "办法",
    "准则",
    "规则",
    "细则",
    "制度",
    "章程",
    "法",
)
_PARTY = "中国共产党"
_CLAUSE = 60  # code points before a title in which the verb stands
_OWN = pattern(r"出台|制定|制订|印发|修订|起草|拟定|拟订|草拟|编制|建立|完善|健全|发布|下发|形成|研究|审议|通过|代拟")
_FOLLOWED = pattern(
    r"(?:贯彻|落实|执行|实施|学习|宣传|宣讲|遵守|遵循|依据|依照|根据|按照|对照|违反|严格|履行|践行|普及|领会|解读)"
    r"[^。；，！？\n]*$"
)


def title_slips(titles: str, text: str) -> Iterator[Hit]:
    """The titles of a text that are almost one of those that stand, each between two line breaks, in `titles`."""
    start = text.find("《")
    while start >= 0:
        end = text.find("》", start, start + _LONGEST)
        if end > 0 and "\n" not in text[start:end]:
            inner = text[start + 1 : end]
            right = _right(titles, inner)
            if right and _is_meant(inner, right, text[max(0, start - _CLAUSE) : start]):
                args = {"text": text[start : end + 1], "right": f"《{right}》", "name": right}
                yield Hit(start, end + 1, args, (Edit(start + 1, end, right),), "title")
        start = text.find("《", start + 1)


def _is_meant(inner: str, right: str, before: str) -> bool:
    """Whether a title can be that of the law, by what is done with it: a unit makes 《资金管理办法》 of its own, and a
    region has regulations that are called as the law is, but for their kind."""
    if inner.startswith((_STATE, _PARTY)):
        return True
    clause = before[max(before.rfind(c) for c in "。；！？\n") + 1 :]
    given, _ = _parted(inner)
    stem, kind = _parted(right)
    if given == stem and kind == "法":
        return False  # regions have 《安全生产条例》
    if given == stem or (kind != "法" and not _is_close(inner, right)):
        return bool(_FOLLOWED.search(clause)) and not _OWN.search(clause)
    return True


def _is_close(a: str, b: str) -> bool:
    """Whether a title has all characters of another, or all but one."""
    return sorted(a) == sorted(b) or abs(len(a) - len(b)) == 1 or sum(map(ne, a, b)) == 1


def _parted(title: str) -> tuple[str, str]:
    """A title without its version, and without its kind; and the kind."""
    title = _VERSION.sub("", title)
    kind = next((kind for kind in _KINDS if title.endswith(kind)), "")
    return title[: len(title) - len(kind)], kind


@lru_cache(maxsize=_KEPT)
def _right(titles: str, inner: str) -> str:
    """The title that was meant, empty for one that is right or unknown."""
    version = _VERSION.search(inner)
    if version and f"\n{inner}\n" not in titles:
        right = _right(titles, inner[: version.start()])
        return right + version[0] if right else ""
    state = _STATE if inner.startswith(_STATE) else ""
    given = inner[len(state) :]
    if len(given) < _SHORTEST - 1 or f"\n{given}\n" in titles or f"\n{inner}\n" in titles:
        return ""
    ranked = [(rank, title) for title in _candidates(titles, given) if (rank := _slip(given, title))]
    return state + min(ranked, key=lambda r: r[0])[1] if ranked else ""


def _candidates(titles: str, given: str) -> Iterator[str]:
    """The titles that hold what a title begins with, or end as it does: one slip leaves one of the two as it was."""
    for piece in (given[:2], f"{given[-3:]}\n"):
        at = titles.find(piece)
        while at >= 0:
            start = titles.rfind("\n", 0, at) + 1
            end = titles.index("\n", start)
            yield titles[start:end]
            at = titles.find(piece, end)


def _slip(given: str, title: str) -> int:
    """How far a title is from another, 0 for too far; by the one place where they differ."""
    if abs(len(given) - len(title)) > _MOST or len(title) < _SHORTEST:
        return 0
    if len(given) == len(title) and sorted(given) == sorted(title):
        return 1
    start, stop = 0, 0
    shortest = min(len(given), len(title))
    while start < shortest and given[start] == title[start]:
        start += 1
    while stop < shortest - start and given[-1 - stop] == title[-1 - stop]:
        stop += 1
    is_, was = given[start : len(given) - stop], title[start : len(title) - stop]
    if _COUNTED.search(is_ + was):
        return 0
    if _is_of_wrong_kind(given, title):
        return 3
    sizes = (len(is_), len(was))
    if not is_ and not start:
        # A region has 《安全生产条例》 beside 《煤矿安全生产条例》 of the state.
        return 4 if len(was) <= 2 and title.endswith("法") and not title.endswith("办法") else 0
    if sizes in ((1, 1), (0, 1)):
        return 1
    if sizes == (1, 0):
        return 1 if start else 0  # 《省信访工作条例》
    if not is_:
        # There is no law but those of the table; of ordinances there are many more.
        telling = title.endswith("法") and not title.endswith("办法") and start > 1 and stop
        return 2 if len(given) >= _SHORTEST and (len(was) == 2 or telling) else 0
    if sizes == (2, 0):
        return 2 if start and stop else 0
    if max(sizes) == 2 and min(sizes) > 0:
        return 3 if stop and len(title) >= _least(title) else 0
    return 0


def _least(title: str) -> int:
    """How long a title must be of which a word may be wrong."""
    return _SHORTEST + 1 if title.endswith("法") and not title.endswith("办法") else _LONG


def _is_of_wrong_kind(given: str, title: str) -> bool:
    (stem, kind), (wanted, right) = _parted(given), _parted(title)
    return stem == wanted and "" != kind != right and len(stem) >= _SHORTEST
