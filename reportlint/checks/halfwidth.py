"""Kind `half-width`: half-width punctuation next to Han text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from reportlint.checks.base import Context, Hit, marker_brackets
from reportlint.model import Edit
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_FULL = {",": "，", ":": "：", ";": "；", "?": "？", "!": "！", "(": "（", ")": "）", ".": "。", '"': "“"}
_HAN = r"[\u3400-\u9fff〇“”‘’《》（）、。，；：？！％]"
_MARK = pattern(
    rf"(?<={_HAN})[,;?!:]|[,;?!:](?={_HAN})|(?<=[\u3400-\u9fff％%”》）])\.(?=\n|\Z|[\u3400-\u9fff“])|[()（）]|\""
)
_HAN_CHAR = pattern(_HAN)
_INSIDE = 200  # code points of a bracket in which Han text is looked for


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Half-width marks beside Han text; a pair of brackets or quotation marks is one hit, and so is a mark that is
    half-width all over the draft: its writer has a habit, not a hundred slips."""
    found: dict[str, list[Hit]] = {}
    for hit in _marks(context):
        assert hit.args
        found.setdefault(hit.args["mark"], []).append(hit)
    for hits in found.values():
        if len(hits) >= params["habit"]:
            first = hits[0]
            edits = tuple(edit for hit in hits for edit in hit.edits)
            yield first._replace(args={**(first.args or {}), "count": len(hits)}, edits=edits, variant="habit")
        else:
            yield from hits


def _marks(context: Context) -> Iterator[Hit]:
    text = context.text
    skip = context.memo(marker_brackets)
    opened: list[int] = []
    quotes: list[int] = []
    line_end = -1
    for match in _MARK.finditer(text):
        at = match.start()
        if at >= line_end:
            yield from _quoted(text, quotes)
            opened.clear()
            quotes.clear()
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
        if at in skip:
            continue
        mark = match[0]
        if mark in "(（":
            opened.append(at)
        elif mark in ")）":
            yield from _closed(text, opened.pop(), at) if opened else ()
        elif mark == '"':
            quotes.append(at)
        elif not _is_latin(text, at):
            yield _hit(mark, _FULL[mark], at)
    yield from _quoted(text, quotes)


def _quoted(text: str, quotes: list[int]) -> Iterator[Hit]:
    """The straight quotation marks of a line, two by two, where Han text is quoted or quotes. The last of an odd
    number stands alone, and which of “” it stands for nobody knows."""
    for start, end in zip_longest(quotes[::2], quotes[1::2]):
        if end is None:
            if _HAN_CHAR.search(text[start - 1 : start] + text[start + 1 : start + 2]):
                yield Hit(start, start + 1, {"mark": '"', "right": "“”"})
        elif _HAN_CHAR.search(text, start + 1, min(end, start + _INSIDE)) or (
            _HAN_CHAR.match(text, start - 1) and _HAN_CHAR.match(text, end + 1)
        ):
            yield _hit('"', "“”", start, end)


def _closed(text: str, start: int, end: int) -> Iterator[Hit]:
    """What is wrong with the brackets at `start` and `end`: half-width in Han text, or of two widths."""
    widths = text[start] + text[end]
    if widths == "()":
        around = text[start - 1 : start] + text[end + 1 : end + 2]
        if _HAN_CHAR.search(around) or _HAN_CHAR.search(text, start + 1, min(end, start + _INSIDE)):
            yield _hit("( )", "（）", start, end)
    elif widths == "(）":
        yield _hit("(", "（", start)
    elif widths == "（)":
        yield _hit(")", "）", end)


def _hit(mark: str, right: str, *places: int) -> Hit:
    edits = tuple(Edit(at, at + 1, full) for at, full in zip(places, right, strict=True))
    return Hit(places[0], places[0] + 1, {"mark": mark, "right": right}, edits)


def _is_latin(text: str, at: int) -> bool:
    """Marks of addresses, times and ratios: http:, 8:30, 1,000."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    return before.isascii() and after.isascii() and bool(before.strip()) and bool(after.strip())


KIND = Kind(
    "half-width",
    "Reports half-width punctuation next to Han text.",
    {"habit": Param("int", "so many of one mark are one finding", default=5)},
    run,
)
