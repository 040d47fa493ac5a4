"""Kind `pairs`: quotation marks and brackets without a partner in their paragraph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import zip_longest
from typing import Any

import regex

from reportlint.checks.base import Context, Hit, marker_brackets
from reportlint.draft import Paragraph
from reportlint.patterns import pattern
from reportlint.rules import Kind

_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "〔": "〕", "【": "】", "〈": "〉"}
_CLOSE = {v: k for k, v in _PAIRS.items()}
_NAMES = {
    "“": ("双引号", "quotation mark"),
    "‘": ("单引号", "inner quotation mark"),
    "《": ("书名号", "title mark"),
    "〈": ("单书名号", "inner title mark"),
    "（": ("圆括号", "parenthesis"),
    "〔": ("六角括号", "tortoise-shell bracket"),
    "【": ("方头括号", "lenticular bracket"),
}
# Half-width brackets count with the full-width ones, so that a crossed pair is PUN001's alone.
_SAME = {"(": "（", ")": "）"}
_MARKS = pattern(r"[“”‘’《》（）()〔〕【】〈〉\"]|(?<=[\u3400-\u9fff，。、“])'|'(?=[\u3400-\u9fff，。、”])")
_STRAIGHT = {'"': ("“", "”"), "'": ("‘", "’")}
_PLAIN = ("“”", "《》", "（）", "()", "〔〕", "【】", "〈〉")
_FEW = 200  # marks: of more the pairs cost more to take out than to look at
_TITLE_LINE = 45  # code points: a line up to this length without a sentence may be half a title

_STRAY = "“‘《（"
_QUOTED = pattern(r"[^，。；！？\n]{1,16}")

_Open = tuple[str, int]


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Every mark that has no partner in its paragraph."""
    text = context.text
    skip = context.memo(marker_brackets)
    stack: list[_Open] = []
    opened: Counter[str] = Counter()  # how many of each mark the stack holds
    quoting = False
    paragraphs = context.draft.paragraphs
    for paragraph, following in zip_longest(paragraphs, paragraphs[1:]):
        if not stack:
            marks = "".join(_MARKS.findall(text, paragraph.start, paragraph.end))
            if len(marks) <= _FEW and _balanced(marks):
                continue
        lost: list[_Open] = []
        straight: set[int] = set()
        for match in _MARKS.finditer(text, paragraph.start, paragraph.end):
            at = match.start()
            mark = _SAME.get(match[0], match[0])
            if mark in _STRAIGHT:
                # PUN001 reports it; here it is the half of a pair that it stands for.
                left, right = _STRAIGHT[mark]
                mark = right if opened[left] else left
                straight.add(at)
            if at in skip or (mark == "’" and _is_apostrophe(text, at)):
                continue
            if mark in _PAIRS:
                stack.append((mark, at))
                opened[mark] += 1
            elif opened[_CLOSE[mark]]:
                # What was opened inside and never closed is what lacks its partner.
                while stack[-1][0] != _CLOSE[mark]:
                    lost.append(stack.pop())
                    opened[lost[-1][0]] -= 1
                stack.pop()
                opened[_CLOSE[mark]] -= 1
            elif mark == "”" and quoting:
                quoting = False
            else:
                lost.append((mark, at))
        if stack and following and _goes_on(text, paragraph, following):
            yield from _hits([x for x in lost if x[1] not in straight], text)
            continue
        if stack and stack[-1][0] == "“" and following and text[following.start] == "“":
            # A quotation of several paragraphs: each opens with “, only the last closes.
            stack.pop()
            quoting = True
        yield from _hits([x for x in lost + stack if x[1] not in straight], text)
        stack = []
        opened.clear()


@lru_cache(maxsize=4096)
def _balanced(marks: str) -> bool:
    """Whether marks pair off as they should, with nothing to decide about any of them."""
    before = ""
    while marks != before:
        before = marks
        for pair in _PLAIN:
            marks = marks.replace(pair, "")
    return not marks


def _hits(lost: list[_Open], text: str) -> Iterator[Hit]:
    """A hit for each mark without a partner; “…》, ”…” or ”…“ is one slip of the pen, not two."""
    lost = sorted(lost, key=lambda x: x[1])
    crossed = False
    for (mark, at), following in zip_longest(lost, lost[1:]):
        if crossed:
            crossed = False
            continue
        crossed = following is not None and (
            (mark in _PAIRS and following[0] in _CLOSE) or (mark == following[0] and mark in "“”‘’")
        )
        if crossed:
            yield Hit(at, at + 1, {"mark": mark, "other": following[0]}, (), "crossed")
            continue
        if following and _CLOSE.get(mark) == following[0] in _STRAY and _QUOTED.fullmatch(text, at + 1, following[1]):
            crossed = True
            yield Hit(at, following[1] + 1, {"mark": mark, "other": following[0]}, (), "turned")
            continue
        zh, en = _NAMES[mark if mark in _PAIRS else _CLOSE[mark]]
        left, right = {"zh": f"左{zh}", "en": f"opening {en}"}, {"zh": f"右{zh}", "en": f"closing {en}"}
        name, partner = (left, right) if mark in _PAIRS else (right, left)
        yield Hit(at, at + 1, {"name": name, "partner": partner})


def _is_apostrophe(text: str, at: int) -> bool:
    return text[at - 1 : at].isascii() and text[at + 1 : at + 2].isascii()


def _goes_on(text: str, paragraph: Paragraph, following: Paragraph) -> bool:
    """Whether two lines are one title, broken in the middle of a bracket."""
    return all(
        p.end - p.start <= _TITLE_LINE and text[p.end - 1] not in "。；！？" for p in (paragraph, following)
    ) and bool(regex.match(r"[^“‘《（(〔【〈]*[”’》）)〕】〉]", text[following.start : following.end]))


KIND = Kind("pairs", "Reports quotation marks and brackets without a partner in their paragraph.", {}, run)
