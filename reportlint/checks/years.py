"""Kind `reporting-year`: the year that a report is about, in title, headings, opening and date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.checks.base import Context, Hit
from reportlint.draft import Paragraph
from reportlint.patterns import pattern
from reportlint.rules import Kind

_YEAR = pattern(r"(?<!\d)(?P<year>20\d\d)年(?:度|上半年|下半年)?")
_PLACEHOLDER = pattern(r"(?<![A-Za-z0-9])(?:[xX×*＊○]{2,4}|20[xX×*＊○]{2})年")
_PLAN = pattern(r"打算|计划|安排|思路|任务|部署|要点|下一步")
_OPENING = 14  # code points of the body in which its year stands
_OWN_YEAR = frozenset({"work-summary", "duty-report", "briefing"})
_MANY = 3


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Years in headings, opening and date of issue that the title's contradicts; a year in a heading where the rest
    of the draft has placeholders for years."""
    text = context.text
    headings = [n for n in context.outline.sections if n.region == 0 and n.form != "item"]
    blanks = sum(1 for _ in _PLACEHOLDER.finditer(text))
    numbers = [m for n in headings for m in _YEAR.finditer(text, n.title_start, n.title_end)]
    if blanks >= _MANY and len(numbers) * 3 <= blanks:
        for match in numbers:
            yield Hit(match.start(), match.end(), {"count": blanks}, (), "placeholder")
        return
    title = _years(text, context.frame.title)
    if not title or context.profile.name not in _OWN_YEAR:
        return
    for node in headings:
        plan = _PLAN.search(text[node.title_start : node.title_end]) is not None
        allowed = title | {max(title) + 1} if plan else title
        for match in _YEAR.finditer(text, node.title_start, node.title_end):
            if int(match["year"]) not in allowed:
                yield _hit(match.start(), match.end(), title)
    body = context.draft.paragraphs[context.frame.body : context.frame.body + 1]
    if body and not any(n.start == body[0].start for n in headings):
        opening = _YEAR.match(text, body[0].start)
        if opening and int(opening["year"]) not in title:
            yield _hit(opening.start(), opening.end(), title)
    date = context.frame.date
    for year in _years(text, date):
        if date is not None and year not in title | {max(title) + 1}:
            yield _hit(date.start, date.end, title)


def title_years(context: Context) -> set[int]:
    """The years in the title."""
    return _years(context.text, context.frame.title)


def _years(text: str, paragraph: Paragraph | None) -> set[int]:
    if paragraph is None:
        return set()
    return {int(m["year"]) for m in _YEAR.finditer(text, paragraph.start, paragraph.end)}


def _hit(start: int, end: int, title: set[int]) -> Hit:
    years = "、".join(map(str, sorted(title)))
    return Hit(start, end, {"title": years})


KIND = Kind("reporting-year", "Reports years that contradict the reporting year in the title.", {}, run)
