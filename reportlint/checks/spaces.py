"""Kind `stray-space`: blanks inside Han text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.model import Edit, Severity
from reportlint.patterns import pattern
from reportlint.rules import Kind

_CJK = r"[\u3400-\u9fff，。；：、？！“”‘’《》（）〔〕【】％]"
_WHITE = r"[ \t\u3000\u00a0\u2002\u2003\u2009]"
_BLANK = pattern(
    rf"(?<={_CJK})(?P<hit>{_WHITE}+)(?={_CJK})|(?<=[%0-9])(?P<hit>{_WHITE}+)(?=[，。；！？）》”])|(?<=%)(?P<hit>{_WHITE}+)(?=、)"
)
# A name of two characters is set with a blank to match those of three.
_NAME = pattern(
    r"(?<=[：:、，（(长员任记席理授志师人])[\u4e00-\u9fff][ \u3000][\u4e00-\u9fff]"
    r"(?=[、，；。）)]|主持|出席|同志|讲话|参加|汇报|\n|\Z)"
)
_SPEAKER = pattern(
    rf"(?<=[长员任记席理授师事]){_WHITE}+[\u4e00-\u9fff·]{{2,4}}(?=[）)]?{_WHITE}*(?:\n|\Z))"
)  # 县长　高振华
_MOTTO = pattern(rf"“(?P<left>[\u4e00-\u9fff]{{4,8}}){_WHITE}(?P<right>[\u4e00-\u9fff]{{4,8}})”")  # “清风润心 廉洁齐家”
# Some set a blank beside every figure. One or two among many without are slips, though small ones.
_BESIDE_FIGURE = pattern(
    rf"(?<=[\u4e00-\u9fff，、。；（《“]){_WHITE}{{1,8}}(?=[0-9])"
    rf"|(?<=[0-9%％]){_WHITE}{{1,8}}(?=[\u4e00-\u9fff）》”])"
    rf"|(?<=[0-9]){_WHITE}{{1,8}}(?=[%％])"
    rf"|(?<=[0-9]){_WHITE}{{1,8}}(?=[0-9]{{1,2}}(?![0-9])|[0-9]{{4}}|\.[0-9])"
    rf"|(?<=[0-9])(?:[\t\u3000]|{_WHITE}{{2}}){_WHITE}{{0,7}}(?=[0-9])"
    rf"|(?<=[\u4e00-\u9fff、，][0-9]{{1,6}}\.){_WHITE}{{1,8}}(?=[0-9]{{1,2}}[%％\u4e00-\u9fff])"
)
# What is a blank inside a figure, however few there are.
_IN_FIGURE = pattern(
    rf"(?<=[\u4e00-\u9fff〔（，、][0-9]{{1,4}}){_WHITE}{{1,8}}(?=(?:[0-9]{{1,2}}|[0-9]{{4}})[年月日〕％%\u4e00-\u9fff]|\.[0-9])"
    rf"|(?<=[\u4e00-\u9fff、，][0-9]{{1,6}}\.){_WHITE}{{1,8}}(?=[0-9]{{1,2}}[%％\u4e00-\u9fff])"
)
_FIGURE = pattern(r"(?<=[\u4e00-\u9fff])[0-9]+(?:\.[0-9]+)?(?=[%％\u4e00-\u9fff])")
_PARTED = pattern(rf"(?<=[0-9]){_WHITE}+(?=[0-9])")
# 2 025年 is no number of thousands.
_IN_YEAR = pattern(rf"(?<=(?<![0-9.,，])[12]){_WHITE}{{1,8}}(?=[09][0-9]{{2}}(?:年|[—－-]20[0-9]{{2}}))")
# 2 025 is a number of thousands, unless all the others of the draft are written 2025.
_THOUSANDS = pattern(rf"(?<=[\u4e00-\u9fff][1-9][0-9]{{0,2}}){_WHITE}(?=[0-9]{{3}}[\u4e00-\u9fff])")
_PLAIN = pattern(r"(?<=[\u4e00-\u9fff])[1-9][0-9]{3,}(?=[\u4e00-\u9fff])(?!年)")
_FEW, _MANY, _TRIED = 2, 2, 400
_ANY = pattern(rf"{_WHITE}+")
_PROSE = pattern(r"[\u3400-\u9fff”）%0-9][，。；]")
_NUMBERED = frozenset({"han-comma", "han-paren", "arabic-dot"})
_SPOKEN = frozenset({"shi", "yao", "di", "shou", "qi"})  # markers that are words, which no blank follows
_LINES = 8  # short lines with a blank: more are a layout
_MARK = frozenset("，。；、")
_HAN = pattern(r"[\u4e00-\u9fff]{3}")
_MOST = 4  # blanks in one paragraph: more are a layout (names in columns, a flattened page), not slips
_SPACED = pattern(r"(?:[\u3400-\u9fff][ \u3000\u00a0]+){2,}[\u3400-\u9fff](?![\u3400-\u9fff])")
# The issuers of a joint document stand apart in its title: 《中共中央 国务院关于…》.
_JUMP = pattern(r"(?r)[（(](?:上接|紧接|下转)第?[\u4e00-\u9fff\d]{1,3}版[）)]")  # of a newspaper page
_ISSUERS = pattern(
    r"(?:中共中央|党委|省委|市委|县委|区委)(?:办公厅|办公室)?[ \u3000\u00a0]+\S{2,12}(?:关于|印发)"
    r"|中共中央[ \u3000\u00a0]+国务院"
)
_DATE_OPEN = pattern(r"[年月第][ \u3000\u00a0]+[月日号]")
_DATE = pattern(r"[年月][ \u3000\u00a0]+[月日]")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Blanks between Han characters or marks, in paragraphs of prose."""
    text = context.text
    parted = [match.start() for match in _PARTED.finditer(text)]
    yield from _beside_figures(context, parted)
    for match in filter(None, (_IN_YEAR.match(text, at) for at in parted)):
        paragraph = context.paragraph_at(match.start())
        if paragraph is not None and not paragraph.table:
            yield Hit(match.start(), match.end(), None, (Edit(match.start(), match.end(), ""),), "year")
    found: dict[int, list[regex.Match[str]]] = {}
    for match in _BLANK.finditer(text):
        paragraph = context.paragraph_at(match.start())
        if paragraph is not None and not paragraph.table:
            found.setdefault(paragraph.start, []).append(match)
    if not found:
        return
    titles = {n.marker_end for n in context.outline.walk() if n.series not in _SPOKEN}
    headings = {n.start for n in context.outline.walk() if n.form == "heading" and n.series in _NUMBERED}
    head = context.draft.paragraphs[context.frame.body - 1].end if context.frame.body else 0
    salutation = context.frame.salutation
    short: list[regex.Match[str]] = []
    for start, matches in found.items():
        paragraph = context.paragraph_at(start)
        assert paragraph is not None
        if len(matches) > _MOST:
            continue
        matches = [m for m in matches if m.start() not in titles and m.end() not in titles]
        # Of lines that are no prose only numbered headings are sure to be no layout; one blank in them is a slip.
        heading = (start in headings or paragraph.level > 1 or paragraph == salutation) and len(matches) == 1
        if (start < head and paragraph != salutation) or not (
            heading or _PROSE.search(text, paragraph.start, paragraph.end)
        ):
            short += matches if len(matches) == 1 else ()
            continue
        for match in matches:
            if _laid_out(text, match):
                continue
            # A quotation mark is set with white of its own: there a blank is hardly seen, and many a copy adds it.
            quoted = text[match.start() - 1] in "”’" or text[match.end()] in "“‘"
            edits = (Edit(match.start(), match.end(), ""),)
            if quoted:
                yield Hit(match.start(), match.end(), None, edits, "quote", Severity.INFO)
            else:
                # Several in one paragraph may part the names of a list: a person has to look.
                yield Hit(match.start(), match.end(), None, edits, safe=None if len(matches) == 1 else False)
    if len(short) <= _LINES:
        for match in short:
            if _broken(text, match, match.start() < head) and not _laid_out(text, match):
                yield Hit(match.start(), match.end(), None, (Edit(match.start(), match.end(), ""),), safe=False)


def _broken(text: str, match: regex.Match[str], head: bool) -> bool:
    """Whether the only blank of a line at the head of a draft, or of another short one, is sure to be a slip: it
    stands beside a comma, cuts off a character, or what it parts stands together elsewhere in the draft."""
    start, end = match.span()
    if text[start - 1] in _MARK or text[end] in _MARK or text[end] in "）》" or text[start - 1] in "（《第":
        return True
    left, right = text[max(0, start - 2) : start].strip(), text[end : end + 2].strip()
    if len(left) + len(right) == 3:
        return (head and len(right) == 1) or left[-1:] + right[:1] in text
    return any(_HAN.fullmatch(form) and form in text for form in (left + right[:1], left[-1:] + right))


def _beside_figures(context: Context, parted: list[int]) -> Iterator[Hit]:
    """The one or two blanks between a figure and a character, in a draft whose figures have none else."""
    text = context.text
    many = len(list(islice(_FIGURE.finditer(text), _MANY))) == _MANY
    titles = {n.marker_end for n in context.outline.walk()}
    matches: list[regex.Match[str]] = []
    for match in islice((_BESIDE_FIGURE if many else _IN_FIGURE).finditer(text), _TRIED):
        if match.end() not in titles and match.start() not in titles and _in_prose(context, match):
            matches.append(match)
            if len(matches) > _FEW:
                return
    thousands = list(islice(filter(None, (_THOUSANDS.match(text, at) for at in parted)), 2))
    if len(thousands) == 1 and len(list(islice(_PLAIN.finditer(text), _MANY))) == _MANY:
        matches += thousands
    for match in matches:
        edits = (Edit(match.start(), match.end(), ""),)
        yield Hit(match.start(), match.end(), None, edits, "figure", Severity.INFO)


def _in_prose(context: Context, match: regex.Match[str]) -> bool:
    """Whether a blank beside a figure stands in a sentence, or is the only one of its line."""
    text = context.text
    paragraph = context.paragraph_at(match.start())
    if (
        paragraph is None
        or paragraph.table
        or paragraph.level
        or _DATE_OPEN.search(text, match.start() - 1, match.end() + 1)
    ):
        return False
    if _PROSE.search(text, paragraph.start, paragraph.end):
        return True
    return len(list(islice(_ANY.finditer(text, paragraph.start, paragraph.end), 2))) == 1


def _laid_out(text: str, match: regex.Match[str]) -> bool:
    """Whether the blank is one of letter-spaced words or of a date left open."""
    low, high = max(0, match.start() - 12), match.end() + 12
    if _JUMP.match(text, low, match.start()):
        return True
    if (motto := _MOTTO.search(text, low, high)) and len(motto["left"]) == len(motto["right"]):
        return True
    return any(
        m.start() <= match.start() and m.end() >= match.end()
        for layout in (_SPACED, _DATE, _ISSUERS, _NAME, _SPEAKER)
        for m in layout.finditer(text, low, high)
    )


KIND = Kind("stray-space", "Reports blanks inside Han text.", {}, run)
