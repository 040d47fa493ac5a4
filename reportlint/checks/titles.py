"""Titles in 《》 that are one slip away from that of a law or document: a word lost, wrong, misplaced or too many."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

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


def title_slips(titles: str, text: str) -> Iterator[Hit]:
    """The titles of a text that are almost one of those that stand, each between two line breaks, in `titles`."""
    start = text.find("《")
    while start >= 0:
        end = text.find("》", start, start + _LONGEST)
        if end > 0 and "\n" not in text[start:end]:
            inner = text[start + 1 : end]
            right = _right(titles, inner)
            if right:
                args = {"text": text[start : end + 1], "right": f"《{right}》", "name": right}
                yield Hit(start, end + 1, args, (Edit(start + 1, end, right),), "title")
        start = text.find("《", start + 1)


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
    sizes = (len(is_), len(was))
    if sizes in ((1, 1), (0, 1)):
        return 1
    if sizes == (1, 0):
        return 1 if start else 0  # 《省信访工作条例》
    if not is_:
        # There is no law but those of the table; of ordinances there are many more.
        telling = title.endswith("法") and start > 1 and stop
        return 2 if len(given) >= _SHORTEST and (len(was) == 2 or telling) else 0
    if sizes == (2, 0):
        return 2 if start and stop else 0
    if max(sizes) == 2 and min(sizes) > 0:
        return 3 if stop and len(title) >= (_SHORTEST + 1 if title.endswith("法") else _LONG) else 0
    return 0
