"""Kind `half-width`: half-width punctuation next to Han text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.checks.base import Context, Hit, marker_brackets
from reportlint.model import Edit
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_FULL = {
    "﹐": "，",
    "．": "。",
    ",": "，",
    ":": "：",
    ";": "；",
    "?": "？",
    "!": "！",
    "(": "（",
    ")": "）",
    ".": "。",
    '"': "“",
    "＂": "“",
    "'": "‘",
}
_HAN = r"[\u3400-\u9fff〇“”‘’《》（）、。，；：？！％]"
_MARK = pattern(
    rf"(?<={_HAN})[,;?!:]|[,;?!:](?={_HAN})|(?<=[%0-9])[,;](?= [\u4e00-\u9fff])|(?<=%)[,;](?=[0-9])|﹐|[()（）]|[\"＂]"
    rf"|(?<={_HAN})'|'(?={_HAN})"
    r"|(?<=[\u3400-\u9fff％%”》）])[.．](?=[ \u3000]*(?:\n|\Z|[\u3400-\u9fff“（]"
    r"|[0-9]{1,5}(?:\.[0-9]+)?[\u4e00-\u9fff％%]))"
)
_HAN_CHAR = pattern(_HAN)
_INSIDE = 200  # code points of a bracket in which Han text is looked for


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Half-width marks beside Han text; a pair of brackets or quotation marks is one hit, and so are all of them
    where they stand all over the draft: its writer has a habit, not a hundred slips."""
    hits = list(_marks(context))
    if len(hits) >= params["habit"]:
        yield _together(hits)
    else:
        yield from hits


def _together(hits: list[Hit]) -> Hit:
    """One hit for all of them, at the first place; its fix mends them all."""
    shown: dict[str, str] = {}
    found: dict[str, int] = {}
    for hit in hits:
        assert hit.args
        found[hit.args["mark"]] = found.get(hit.args["mark"], 0) + 1
        shown[hit.args["mark"]] = hit.args["right"]
    args = {"mark": " ".join(found), "right": " ".join(shown.values()), "count": len(hits)}
    edits = tuple(edit for hit in hits for edit in hit.edits)
    return hits[0]._replace(args=args, edits=edits, variant="habit")


def _marks(context: Context) -> Iterator[Hit]:
    text = context.text
    skip = context.memo(marker_brackets)
    opened: list[int] = []
    quotes: list[int] = []
    inner: list[int] = []
    line_end = -1
    for match in _MARK.finditer(text):
        at = match.start()
        if at >= line_end:
            yield from _quoted(text, quotes)
            yield from _quoted(text, inner)
            opened.clear()
            quotes.clear()
            inner.clear()
            line_end = text.find("\n", at)
            line_end = len(text) if line_end < 0 else line_end
        if at in skip:
            continue
        mark = match[0]
        if mark in "(（":
            opened.append(at)
        elif mark in ")）":
            yield from _closed(text, opened.pop(), at) if opened else ()
        elif mark in '"＂':
            quotes.append(at)
        elif mark == "'":
            inner.append(at)
        elif not _is_latin(text, at):
            hit = _hit(mark, _FULL[mark], at)
            # A paragraph does not end in a comma of any width.
            ends = mark == "," and at + 1 == line_end
            yield hit._replace(edits=()) if ends or _collides(text, at) else hit
    yield from _quoted(text, quotes)
    yield from _quoted(text, inner)


def _quoted(text: str, quotes: list[int]) -> Iterator[Hit]:
    """The straight quotation marks of a line where Han text is quoted or quotes: each closes what stands open, or
    opens; the two of a pair are one hit."""
    if not quotes:
        return
    opened: int | None = None
    mark = text[quotes[0]]
    last = begin = text.rfind("\n", 0, quotes[0]) + 1
    left, right = "‘’" if mark == "'" else "“”"
    curly = 0
    for at in quotes:
        between = text[last:at]
        curly += between.count(left) - between.count(right)
        last = at + 1
        if opened is not None:
            around = text[opened - 1 : opened] + text[opened + 1 : min(at, opened + _INSIDE)] + text[at + 1 : at + 2]
            if _HAN_CHAR.search(around):
                # Single ones stand for double ones but where they quote inside a quotation.
                nested = text.count("“", begin, opened) > text.count("”", begin, opened)
                hit = _hit(mark, "‘’" if mark == "'" and nested else "“”", opened, at)
                yield hit if at > opened + 1 else hit._replace(edits=())
            opened = None
        elif curly > 0:
            curly -= 1
            hit = _hit(mark, right, at)
            yield hit._replace(edits=()) if text[at - 1 : at] == left else hit
        elif text[at - 1 : at].isdigit():
            continue  # 5" is five inches
        else:
            opened = at
    if opened is not None and _HAN_CHAR.search(text[opened - 1 : opened] + text[opened + 1 : opened + 2]):
        # Which of the two it should be, and where the other, nobody can say.
        yield _hit(mark, left, opened)._replace(edits=())


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


_STOPS = "，；：、"
_ENDS = "！？"


def _collides(text: str, at: int) -> bool:
    """Whether a mark stands beside another stop of another kind, of which one is too many: to make it full-width would
    only make two marks in a row of it."""
    before, mark, after = (_FULL.get(sign, sign) for sign in (text[at - 1 : at], text[at], text[at + 1 : at + 2]))
    return _is_pair(before, mark) or _is_pair(mark, after)


def _is_pair(left: str, right: str) -> bool:
    """Whether two full-width marks in a row are one too many, and nobody can say which. 。 swallows what it follows."""
    if not left or not right or left == right:
        return False
    return (right in _STOPS and left in f"。{_STOPS}{_ENDS}") or (right == "。" and left in _ENDS)


def _is_latin(text: str, at: int) -> bool:
    """Marks of addresses, times and ratios: http:, 8:30, 1,000."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if before == "%" and text[at] in ",;":
        return False
    return before.isascii() and after.isascii() and bool(before.strip()) and bool(after.strip())


KIND = Kind(
    "half-width",
    "Reports half-width punctuation next to Han text.",
    {"habit": Param("int", "so many in a draft are one finding", default=5)},
    run,
)
