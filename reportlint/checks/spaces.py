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
_BLANK = pattern(
    rf"(?<={_CJK})(?P<hit>[ \t\u3000\u00a0\u2002\u2003]+)(?={_CJK})"
    rf"|(?<=[%\d])(?P<hit>[ \u3000\u00a0]+)(?=[，。；])"
)
# A name of two characters is set with a blank to match those of three.
_NAME = pattern(
    r"(?<=[：:、，（(长员任记席理授志师人])[\u4e00-\u9fff][ \u3000][\u4e00-\u9fff]"
    r"(?=[、，；。）)]|主持|出席|同志|讲话|参加|汇报|\n|\Z)"
)
# Some set a blank beside every figure. One or two among many without are slips, though small ones.
_BESIDE_FIGURE = pattern(
    r"(?<=[\u4e00-\u9fff，、（《“])[ \u3000\u00a0]{1,8}(?=[0-9])"
    r"|(?<=[0-9%％])[ \u3000\u00a0]{1,8}(?=[\u4e00-\u9fff）》”])"
    r"|(?<=[0-9])[ \u3000\u00a0]{1,8}(?=[%％])"
    r"|(?<=[0-9])[ \u3000\u00a0]{1,8}(?=[0-9]{1,2}(?![0-9])|[0-9]{4})"
)
_FIGURE = pattern(r"(?<=[\u4e00-\u9fff])[0-9]+(?=[\u4e00-\u9fff])")
# 2 025年 is no number of thousands.
_IN_YEAR = pattern(r"(?<=(?<![0-9.,，])[12])[ \u3000\u00a0](?=[09][0-9]{2}(?:年|[—－-]20[0-9]{2}))")
_FEW, _MANY = 2, 5
_PROSE = pattern(r"[\u3400-\u9fff][，。；]")
_NUMBERED = frozenset({"han-comma", "han-paren", "arabic-dot"})
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
    yield from _beside_figures(context)
    text = context.text
    for match in _IN_YEAR.finditer(text):
        paragraph = context.paragraph_at(match.start())
        if paragraph is not None and not paragraph.table:
            yield Hit(match.start(), match.end(), None, (Edit(match.start(), match.end(), ""),), "year")
    found: dict[int, list[regex.Match[str]]] = {}
    for match in _BLANK.finditer(text):
        paragraph = context.paragraph_at(match.start())
        if paragraph is not None and not paragraph.table and not paragraph.level:
            found.setdefault(paragraph.start, []).append(match)
    if not found:
        return
    titles = {n.marker_end for n in context.outline.walk()}
    headings = {n.start for n in context.outline.walk() if n.form == "heading" and n.series in _NUMBERED}
    head = context.draft.paragraphs[context.frame.body - 1].end if context.frame.body else 0
    for start, matches in found.items():
        paragraph = context.paragraph_at(start)
        assert paragraph is not None
        if start < head or len(matches) > _MOST:
            continue
        # Of lines that are no prose only numbered headings are sure to be no layout; one blank in them is a slip.
        heading = start in headings and sum(m.start() not in titles for m in matches) == 1
        if not heading and not _PROSE.search(text, paragraph.start, paragraph.end):
            continue
        for match in matches:
            if match.start() in titles or match.end() in titles or _laid_out(text, match):
                continue
            # A quotation mark is set with white of its own: there a blank is hardly seen, and many a copy adds it.
            quoted = text[match.start() - 1] in "”’" or text[match.end()] in "“‘"
            edits = (Edit(match.start(), match.end(), ""),)
            if quoted:
                yield Hit(match.start(), match.end(), None, edits, "quote", Severity.INFO)
            else:
                # Several in one paragraph may part the names of a list: a person has to look.
                yield Hit(match.start(), match.end(), None, edits, safe=None if len(matches) == 1 else False)


def _beside_figures(context: Context) -> Iterator[Hit]:
    """The one or two blanks between a figure and a character, in a draft whose figures have none else."""
    text = context.text
    found = list(islice(_BESIDE_FIGURE.finditer(text), 3 * _FEW + 1))
    if not 0 < len(found) <= 3 * _FEW:
        return
    titles = {n.marker_end for n in context.outline.walk()}
    matches = []
    for match in found:
        paragraph = context.paragraph_at(match.start())
        if paragraph is None or paragraph.table or paragraph.level or match.end() in titles or match.start() in titles:
            continue
        if not _DATE_OPEN.search(text, match.start() - 1, match.end() + 1):
            matches.append(match)
    if not 0 < len(matches) <= _FEW or len(list(islice(_FIGURE.finditer(text), _MANY))) < _MANY:
        return
    for match in matches:
        edits = (Edit(match.start(), match.end(), ""),)
        yield Hit(match.start(), match.end(), None, edits, "figure", Severity.INFO)


def _laid_out(text: str, match: regex.Match[str]) -> bool:
    """Whether the blank is one of letter-spaced words or of a date left open."""
    low, high = max(0, match.start() - 12), match.end() + 12
    if _JUMP.match(text, low, match.start()):
        return True
    return any(
        m.start() <= match.start() and m.end() >= match.end()
        for layout in (_SPACED, _DATE, _ISSUERS, _NAME)
        for m in layout.finditer(text, low, high)
    )


KIND = Kind("stray-space", "Reports blanks inside Han text.", {}, run)
