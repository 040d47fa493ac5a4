"""Kind `pairs`: quotation marks and brackets without a partner in their paragraph."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.rules import Kind

_PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "〔": "〕", "【": "】", "〈": "〉"}
_CLOSE = {v: k for k, v in _PAIRS.items()}
# Half-width brackets count with the full-width ones, so that a crossed pair is PUN001's alone.
_SAME = {"(": "（", ")": "）"}
_MARKS = regex.compile(r"[“”‘’《》（）()〔〕【】〈〉]")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Every mark that has no partner in its paragraph."""
    text = context.text
    markers = {n.start: n.marker_end for n in context.outline.walk() if "）" in text[n.start : n.marker_end] or ")" in text[n.start : n.marker_end] or "（" in text[n.start : n.marker_end]}
    paragraphs = context.draft.paragraphs
    quoting = False
    for index, paragraph in enumerate(paragraphs):
        stack: list[tuple[str, int]] = []
        lost: list[tuple[str, int]] = []
        skip = 0
        for match in _MARKS.finditer(text, paragraph.start, paragraph.end):
            at = match.start()
            if at < skip:
                continue
            if at in markers or _in_marker(markers, at):
                skip = next((e for s, e in markers.items() if s <= at < e), at + 1)
                continue
            mark = _SAME.get(match[0], match[0])
            if mark == "’" and text[at - 1 : at].isascii() and text[at + 1 : at + 2].isascii():
                continue  # an apostrophe
            if mark in _PAIRS:
                stack.append((mark, at))
            elif stack and stack[-1][0] == _CLOSE[mark]:
                stack.pop()
            elif any(m == _CLOSE[mark] for m, _ in stack):
                # What was opened inside and never closed is what lacks its partner.
                while stack[-1][0] != _CLOSE[mark]:
                    lost.append(stack.pop())
                stack.pop()
            elif mark == "”" and quoting:
                quoting = False
            else:
                lost.append((mark, at))
        following = text[paragraphs[index + 1].start] if index + 1 < len(paragraphs) else ""
        if stack and stack[-1][0] == "“" and following == "“":
            # A quotation of several paragraphs: each opens with “, only the last closes.
            stack.pop()
            quoting = True
        lost += stack
        for mark, at in sorted(lost, key=lambda x: x[1]):
            partner = _PAIRS.get(mark) or _CLOSE[mark]
            yield Hit(at, at + 1, {"mark": text[at], "partner": partner}, (), "open" if mark in _PAIRS else "close")


def _in_marker(markers: dict[int, int], at: int) -> bool:
    return any(start in markers and at < markers[start] for start in range(max(0, at - 6), at))


KIND = Kind("pairs", "Reports quotation marks and brackets without a partner in their paragraph.", {}, run)
