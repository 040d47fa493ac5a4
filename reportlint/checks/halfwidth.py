"""Kind `half-width`: half-width punctuation next to Han text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.model import Edit
from reportlint.patterns import pattern
from reportlint.rules import Kind

_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。"}
_HAN = r"[\u3400-\u9fff〇“”‘’《》（）、。，；：？！％]"
_MARK = pattern(rf"(?<={_HAN})[,;?!:]|[,;?!:](?={_HAN})|(?<=[\u3400-\u9fff])\.(?=\n|\Z|[\u3400-\u9fff“])|[()]")
_HAN_CHAR = pattern(_HAN)


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Half-width marks beside Han text; a pair of brackets is one hit."""
    text = context.text
    markers = {n.start: n.marker_end for n in context.outline.walk()}
    opened: list[int] = []
    row_end = 0
    for match in _MARK.finditer(text):
        at = match.start()
        mark = match[0]
        if at >= row_end:
            opened.clear()
            row_end = text.find("\n", at)
            row_end = len(text) if row_end < 0 else row_end
        if at in markers or any(s in markers and at < markers[s] for s in range(max(0, at - 5), at)):
            continue
        if mark == "(":
            opened.append(at)
        elif mark == ")":
            start = opened.pop() if opened else -1
            if start >= 0:
                outside = text[start - 1 : start], text[at + 1 : at + 2]
                if any(c and _HAN_CHAR.match(c) for c in outside) or _HAN_CHAR.search(text, start + 1, at):
                    yield Hit(
                        start,
                        start + 1,
                        {"mark": "( )", "right": "（）"},
                        (Edit(start, start + 1, "（"), Edit(at, at + 1, "）")),
                    )
            elif _crossed(text, at):
                yield Hit(at, at + 1, {"mark": mark, "right": "）"}, (Edit(at, at + 1, "）"),))
        else:
            if _is_latin(text, at):
                continue
            yield Hit(at, at + 1, {"mark": mark, "right": _FULL[mark]}, (Edit(at, at + 1, _FULL[mark]),))
    yield from _crossed_open(text)


def _crossed(text: str, at: int) -> bool:
    """Whether a half-width ) closes a full-width （ of its line."""
    line = text.rfind("\n", 0, at) + 1
    part = text[line:at]
    return part.count("（") > part.count("）")


def _crossed_open(text: str) -> Iterator[Hit]:
    for match in regex.finditer(r"\((?=[^()（\n]{1,40}）)", text):
        at = match.start()
        if not regex.match(r"[\n\s]*\d{1,3}）", text, pos=at + 1) and not regex.match(
            r"[一二三四五六七八九十]{1,3}）", text, pos=at + 1
        ):
            yield Hit(at, at + 1, {"mark": "(", "right": "（"}, (Edit(at, at + 1, "（"),))


def _is_latin(text: str, at: int) -> bool:
    """Marks of addresses, times and ratios: http:, 8:30, 1,000."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isascii() and after.isascii() and bool(before.strip()) and bool(after.strip())


KIND = Kind("half-width", "Reports half-width punctuation next to Han text.", {}, run)
