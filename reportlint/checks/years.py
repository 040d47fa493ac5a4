"""Kind `reporting-year`: the year that a report is about, in title, headings, opening and date."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit, half_width
from reportlint.draft import Paragraph
from reportlint.outline import Node
from reportlint.patterns import pattern
from reportlint.rules import Kind

_YEAR = pattern(r"(?<![\d—–至～~-])(?P<year>20\d\d)年(?:度|上半年|下半年)?(?!以来|[至—～~-])")
_PLACEHOLDER = pattern(r"(?<![A-Za-z0-9])(?:[xX×*＊○]{2,4}|20[xX×*＊○]{2})年")
_PLAN = pattern(r"打算|计划|安排|思路|任务|部署|要点|下一?步|目标|建议|措施|明年|今后")
_REPORTED = pattern(
    r"(?:将|就|对|把)[^，。；\n]{0,16}?(?P<hit>(?P<year>20\d\d)年(?:度|上半年|下半年)?)[^，。；\n0-9]{0,20}(?:报告|汇报|总结|述职|通报|说明|函告|报送)如下"
)
_OWN_YEAR = frozenset({"work-summary", "duty-report", "briefing"})
_OF_SOME_YEAR = frozenset({"general", "letter", "opinion", "situation-report", "report"})
"""Genres that report on a year if their title says so."""
_FOLLOWING = frozenset({"government-report"})
"""Genres whose title has the year of the meeting: they look back on the year before."""
_OF_A_YEAR = pattern(r"20\d\d年(?:度|上半年|下半年)?[^，。《]{0,20}(?:情况|总结)的?(?:总结|报告|汇报|函|说明|自查)?$")
_PLANS = frozenset({"plan"})
_NOTICES = frozenset({"notice"})
_ORDERS = pattern(
    r"(?:做好|开展|组织|举办|召开|加强|落实)20\d\d年(?!.*(?:总结|考核|决算|评|年报|统计|表彰|通报|申报|验收|检查|督查|审计))"
)
_AND_NEXT = pattern(
    r"(?P<year>20\d\d)年[^，。\n0-9]{0,16}(?:总结|情况|汇报|报告)(?:及|和|暨|与|以及)(?P<hit>(?P<next>20\d\d)年)"
    r"[^，。\n0-9]{0,10}(?:打算|计划|安排|思路|要点)"
)
_DATED = pattern(r"(?P<year>20\d\d)年\s*(?P<month>\d{1,2})月")
_EARLY = pattern(r"20\d\d年(?:上半年|[一二三]季度|前[二三]季度)")
_HAN_YEAR = pattern(r"(?:二[〇○零OoＯ0０]|20)[一二三四五六七八九〇○零OoＯ0-9]{2}(?=年)|二[〇○零OoＯ0０][0-9]{2}(?=年)")
_TO_DIGITS = str.maketrans("一二三四五六七八九〇○零OoＯ", "123456789000000")
# 三、2026年工作打算: the year itself is what is planned
_AHEAD = pattern(
    r"(?P<year>20\d\d)年度?的?[\u4e00-\u9fff]{0,10}?(?:打算|计划|安排|思路|任务|目标|要点|重点工作|工作重点|总体要求|总体部署|谋划|努力方向|工作举措)$"
)
_BEHIND = pattern(r"完成|落实|执行|回顾|情况|[上下]半年|季度|剩余|后[几二三四]|总结|开展|月|十.五")
_OVER = pattern(r"一年来|这一年|过去一年|过去的一年|全年|收官之年|年终")
_EARLIER = pattern(r"20\d\d年(?:上半年|第?[一二三四]季度|前[一二三]季度|\d)")
_AIM = pattern(
    r"[\u4e00-\u9fff]{0,14}?(?:工作)?的?(?:总体要求|总体思路|指导思想|主要目标|工作目标|主要任务|工作思路|目标任务|重点任务|奋斗目标)"
)
_GENERIC = pattern(r"工作|全[省市县区镇乡校院局]|我[省市县区镇乡校院局]|度?工|政府|[上下]半|第|重点|前|以|度|全")
_LATE = 11  # month
_MANY = 3
_TWO = 2  # code points
_HEAD = 6  # paragraphs of the body in which 现将2024年工作情况汇报如下 stands


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Years in headings, openings and date of issue that the title's contradicts; headings that contradict each
    other; a year in a heading where the title or the rest of the draft has a placeholder."""
    text = context.memo(year_text)
    headings = [n for n in context.outline.sections if n.region == 0 and n.form != "item"]
    blanks = sum(1 for _ in _PLACEHOLDER.finditer(text))
    numbers = [m for n in headings for m in _YEAR.finditer(text, n.title_start, n.title_end)]
    title = context.frame.title
    blank = _PLACEHOLDER.search(text, title.start, title.end) if title is not None else None
    if blank is not None:
        # The title stands alone: nothing else is to be said of the years that are given.
        given = [m["year"] for m in (*numbers, _reported(context)) if m is not None]
        if blanks < _MANY and given:
            yield Hit(*blank.span(), {"title": given[0]}, (), "unnamed")
            return
        blanks = max(blanks, 1)
    if blank is not None or (blanks >= _MANY and len(numbers) * 3 <= blanks):
        for match in numbers:
            yield Hit(*match.span(), {"count": blanks}, (), "placeholder")
        return
    years = title_years(context)
    name = context.profile.name
    if name in _PLANS and years:
        yield from _of_a_plan(years, headings, context)
    if name in _NOTICES and len(years) == 1:
        yield from _of_a_notice(max(years), context)
    own = title is not None and name in _OF_SOME_YEAR and _OF_A_YEAR.search(text, title.start, title.end)
    if name in _FOLLOWING and not years:
        years = _held(context)
    if name not in _OWN_YEAR | _FOLLOWING and not own:
        return
    if not years:
        yield from _against_each_other(headings, context)
        return
    hits = list(_of_the_next(title, context))
    allowed = years | ({max(years) - 1} if name in _FOLLOWING else set())
    told: list[tuple[tuple[int, int], set[int]]] = []
    backed = False
    ahead = max(years) if name in _FOLLOWING else 0
    for span, reported in _told(headings, context, ahead):
        if allowed.isdisjoint(reported):
            told.append((span, reported))
        elif len(reported) == 1:
            backed = True
    if hits:
        # One of the two years in the title is wrong: which, the rest of the draft says.
        both = _AND_NEXT.search(text, title.start, title.end) if title is not None else None
        if both is not None and any(int(both["next"]) - 1 in reported for _, reported in told):
            span = both.start("year"), both.end("year") + 1
            hits = [Hit(*span, {"title": str(int(both["next"]) - 1)}, (), "title")]
        yield from hits
        return
    if name not in _FOLLOWING:
        yield from _planned_again(years, headings, context)
    agreed = set.intersection(*(reported for _, reported in told)) if told else set()
    wrong = _YEAR.search(text, title.start, title.end) if title is not None else None
    if len(told) > 1 and agreed and not backed and wrong is not None and len(years) == 1:
        yield Hit(*wrong.span(), {"title": str(max(agreed))}, (), "title")
        return
    for (start, end), _ in told:
        yield _hit(start, end, years)


def _told(headings: list[Node], context: Context, ahead: int) -> Iterator[tuple[tuple[int, int], set[int]]]:
    """Where the draft says or implies which year it reports on, and which it may be. Headings and openings of
    sections, the first words, 现将…汇报如下, the date of issue. `ahead`: the one year that plans may be of, or 0."""
    text = context.memo(year_text)
    for node in headings:
        plan = _PLAN.search(text, node.title_start, node.title_end) is not None
        if ahead and not plan:
            plan = _ahead(node, text) is not None
        for match in _YEAR.finditer(text, node.title_start, node.title_end):
            year = int(match["year"])
            if plan and ahead:
                yield match.span(), {year} if year == ahead else set()
            else:
                yield match.span(), {year, year - 1} if plan else {year}
        opening = _opening(node, context)
        if opening is not None:
            year = int(opening["year"])
            yield opening.span(), {year, year - 1}
    opening = _first_words(headings, context)
    if opening:
        yield opening.span(), {int(opening["year"])}
    reported = _reported(context)
    if reported is not None:
        yield reported.span("hit"), {int(reported["year"])}
    date = context.frame.date
    if date is not None:
        title = context.frame.title
        early = title is not None and _EARLY.search(text, title.start, title.end) is not None
        for year in _years(text, date):
            yield (date.start, date.end), {year} if early else {year, year - 1}


def _ahead(node: Node, text: str) -> regex.Match[str] | None:
    """The year that a heading plans, with nothing that says how far it has come."""
    if _BEHIND.search(text, node.title_start, node.title_end):
        return None
    return _AHEAD.search(text, node.title_start, node.title_end)


def _planned_again(years: set[int], headings: list[Node], context: Context) -> Iterator[Hit]:
    """2025年工作打算 as a later heading of a draft that sums up the year 2025 and looks back on it as over."""
    text = context.memo(year_text)
    title = context.frame.title
    year = min(years)
    if title is None or len(headings) < _MANY - 1 or _EARLIER.search(text, title.start, title.end):
        return
    again = [m for node in headings[1:] if (m := _ahead(node, text)) is not None and int(m["year"]) == year]
    if again and (len(years) > 1 or _is_over(year, context)):
        for match in again:
            yield Hit(match.start("year"), match.end("year") + 1, {"title": str(year)}, (), "heading")


def _is_over(year: int, context: Context) -> bool:
    """Whether a draft is written when a year has come to its end."""
    text, date = context.memo(year_text), context.frame.date
    dated = _DATED.search(text, date.start, date.end) if date is not None else None
    if dated is not None:
        return int(dated["year"]) > year or int(dated["month"]) >= _LATE
    return f"{year + 1}年" in text or _OVER.search(text) is not None


def _held(context: Context) -> set[int]:
    """The year of the meeting below the title of a government report."""
    body = context.frame.body
    paragraphs = context.draft.paragraphs
    head = paragraphs[body - 1].end if 0 < body <= len(paragraphs) else 0
    return {int(m["year"]) for m in _DATED.finditer(context.memo(year_text), 0, head)}


def _of_the_next(title: Paragraph | None, context: Context) -> Iterator[Hit]:
    """2024年工作总结及2026年工作打算: the year ahead is the next."""
    both = _AND_NEXT.search(context.memo(year_text), title.start, title.end) if title is not None else None
    if both is not None and int(both["next"]) not in (int(both["year"]), int(both["year"]) + 1):
        yield Hit(*both.span("hit"), {"title": both["year"]}, (), "heading")


def _of_a_plan(years: set[int], headings: list[Node], context: Context) -> Iterator[Hit]:
    """A plan of one year is not dated before the year above it, and does not speak of the next as its own."""
    wrong = list(_dated(years | {min(years) - 1}, context))
    opening = _first_words(headings, context)
    text = context.memo(year_text)
    if opening is not None and len(years) == 1:
        year, own = int(opening["year"]), max(years)
        aim = _AIM.match(text, opening.end()) is not None
        if (year > own and (aim or text[opening.end() : opening.end() + 1] in ("是", "，"))) or (year < own and aim):
            wrong = [_hit(*opening.span(), years)]
    if not wrong and len(years) == 1:
        ahead = [m for node in headings if (m := _ahead(node, text)) is not None and int(m["year"]) == max(years) - 1]
        wrong = [_hit(m.start("year"), m.end("year") + 1, years) for m in ahead]
    yield from wrong


def _of_a_notice(year: int, context: Context) -> Iterator[Hit]:
    """A notice that is dated long after the year it sends people to work in, a year that it names nowhere else."""
    text, frame = context.memo(year_text), context.frame
    if frame.title is None or not _ORDERS.search(text, frame.title.start, frame.title.end):
        return
    opening = _first_words([], context)
    if opening is not None and int(opening["year"]) != year and not _GENERIC.match(text, opening.end()):
        # 2026年元旦春节期间 in the title, 2025年元旦、春节将至 in the first words
        what = text[opening.end() : opening.end() + _TWO]
        if what.isalpha() and f"{year}年{what}" in text[frame.title.start : frame.title.end]:
            yield _hit(*opening.span(), {year})
            return
    if frame.date is None:
        return
    dated = _DATED.search(text, frame.date.start, frame.date.end)
    named = text.count(f"{year}年") > 1 or text.count(f"〔{year}〕") > 0
    if dated is not None and (int(dated["year"]) < year - 1 or (named and int(dated["year"]) > year + 1)):
        yield _hit(frame.date.start, frame.date.end, {year})
        return
    if dated is None or named:
        return
    late = int(dated["year"]) - year
    if late > 1 or (late == 1 and int(dated["month"]) > 3):
        wrong = _YEAR.search(text, frame.title.start, frame.title.end)
        if wrong is not None:
            yield Hit(*wrong.span(), {"title": dated["year"]}, (), "title")


def _first_words(headings: list[Node], context: Context) -> regex.Match[str] | None:
    """The year that opens the text before the first heading."""
    body = context.draft.paragraphs[context.frame.body : context.frame.body + 1]
    if not body or any(n.start == body[0].start for n in headings):
        return None
    return _YEAR.match(context.memo(year_text), body[0].start)


def _dated(allowed: set[int], context: Context) -> Iterator[Hit]:
    """The date of issue, if its year is none of those allowed."""
    date = context.frame.date
    for year in _years(context.memo(year_text), date):
        if date is not None and year not in allowed:
            yield _hit(date.start, date.end, title_years(context))


def _against_each_other(headings: list[Node], context: Context) -> Iterator[Hit]:
    """A plan, or a date of issue, of a year before the one reported on or after the next."""
    text = context.memo(year_text)
    for node in headings:
        named = {int(m["year"]) for m in _YEAR.finditer(text, node.title_start, node.title_end)}
        opening = _opening(node, context)
        if opening is not None and len(named) == 1 and int(opening["year"]) < min(named):
            yield Hit(*opening.span(), {"title": str(min(named))}, (), "heading")
    done: set[int] = set()
    planned = []
    for node in headings:
        plan = _PLAN.search(text, node.title_start, node.title_end) is not None
        for match in _YEAR.finditer(text, node.title_start, node.title_end):
            if plan:
                planned.append(match)
            else:
                done.add(int(match["year"]))
    told = [m for m in (_first_words(headings, context), _reported(context)) if m is not None]
    done = done or {int(m["year"]) for m in told}
    if len(done) == 1:
        year = max(done)
        date = context.frame.date
        if date is not None and not _years(text, date) <= {year, year + 1}:
            yield Hit(date.start, date.end, {"title": str(year)}, (), "heading")
        for match in planned:
            if int(match["year"]) not in (year, year + 1):
                yield Hit(match.start(), match.end(), {"title": str(year)}, (), "heading")


def _opening(node: Node, context: Context) -> regex.Match[str] | None:
    """The year that opens the text of a section: 2024年，……"""
    text = context.memo(year_text)
    at = node.title_end
    while at < node.end and text[at] in " \u3000\n\t\x00。：":
        at += 1
    found = _YEAR.match(text, at)
    return found if found is not None and text[found.end() : found.end() + 1] in ("，", "全", "我") else None


def _reported(context: Context) -> regex.Match[str] | None:
    """现将2024年工作情况汇报如下"""
    first = context.frame.body
    for paragraph in context.draft.paragraphs[first : first + _HEAD]:
        found = _REPORTED.search(context.memo(year_text), paragraph.start, paragraph.end)
        if found is not None:
            return found
    return None


def year_text(context: Context) -> str:
    """The text with all years in half-width digits, at the same places."""
    return _HAN_YEAR.sub(lambda m: "20" + m[0][2:].translate(_TO_DIGITS), half_width(context))


def title_years(context: Context) -> set[int]:
    """The years in the title."""
    return _years(context.memo(year_text), context.frame.title)


def _years(text: str, paragraph: Paragraph | None) -> set[int]:
    if paragraph is None:
        return set()
    return {int(m["year"]) for m in _YEAR.finditer(text, paragraph.start, paragraph.end)}


def _hit(start: int, end: int, title: set[int]) -> Hit:
    years = "、".join(map(str, sorted(title)))
    return Hit(start, end, {"title": years})


KIND = Kind("reporting-year", "Reports years that contradict the reporting year in the title.", {}, run)
