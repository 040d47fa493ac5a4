"""`--output-format html`: one page that needs nothing else, the drafts with their findings marked in place.

The page begins with totals, so the drafts are kept as HTML until the last one is in; the reports are not. Its
style, script and frame are the files in page/. Text of a draft stands between tags and in attributes only, never in
the script, and the page's policy lets no script run but that one.
"""

from __future__ import annotations

import os
from base64 import b64encode
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from string import Template
from typing import Any, NamedTuple

from reportlint import __version__, render
from reportlint.draft import MASK
from reportlint.engine import Report
from reportlint.explanations import all_explanations, in_language
from reportlint.frame import frame
from reportlint.model import Finding, Severity
from reportlint.outline import Node
from reportlint.render.words import fix_label, severity_name

_PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "page")
_ROWS_MARKED = 40
"""A finding on more lines than this is marked on the first of them: a mark says where to look."""

_WORDS: dict[str, dict[str, str]] = {
    "zh": {
        "lang": "zh-CN",
        "heading": "文稿检查结果",
        "summary": "{files} 篇文稿，{findings} 处问题",
        "clean": "{files} 篇文稿，未发现问题",
        "skip": "跳到正文",
        "by_level": "按级别筛选",
        "by_rule": "规则",
        "all": "全选",
        "none": "全不选",
        "expand": "展开全部说明",
        "previous": "上一处",
        "next": "下一处",
        "previous_key": "上一处（按键 p）",
        "next_key": "下一处（按键 n）",
        "shown_text": "显示 {n} / {m} 处",
        "outline": "文稿结构",
        "genre": "文种：{genre}",
        "nothing": "未发现问题",
        "where": "第 {row} 行第 {column} 列",
        "line": "第 {row} 行",
        "lost": "未能检查的文件",
        "rules": "规则说明",
        "why": "为什么：",
        "remedy": "怎么改：",
        "standard": "依据：",
        "counted": "{name} {count}",
        "colon": "：",
    },
    "en": {
        "lang": "en",
        "heading": "Findings in the drafts",
        "summary": "{findings} finding(s) in {files} draft(s)",
        "clean": "no findings in {files} draft(s)",
        "skip": "Skip to the drafts",
        "by_level": "By severity",
        "by_rule": "Rules",
        "all": "All",
        "none": "None",
        "expand": "Show every note",
        "previous": "Previous",
        "next": "Next",
        "previous_key": "Previous (key p)",
        "next_key": "Next (key n)",
        "shown_text": "{n} of {m} shown",
        "outline": "Outline",
        "genre": "genre: {genre}",
        "nothing": "no findings",
        "where": "line {row}, column {column}",
        "line": "line {row}",
        "lost": "Files that could not be checked",
        "rules": "The rules",
        "why": "Why: ",
        "remedy": "What to do: ",
        "standard": "Standard: ",
        "counted": "{name}: {count}",
        "colon": ": ",
    },
}
# Control characters would vanish or break the page; their pictures show that they are there.
_ESCAPES: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n"},
    0x7F: "\u2421",
    **dict.fromkeys((*range(0x80, 0xA0), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)), "\ufffd"),
    **{ord(c): entity for c, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#39;"))},
}


def escaped(text: str) -> str:
    """The text as it may stand between tags and in a quoted attribute."""
    return text.translate(_ESCAPES)


class _Marked(NamedTuple):
    """A finding's part of one line: offsets, its number on the page, and whether it begins and ends there."""

    start: int
    end: int
    number: int
    begins: bool
    ends: bool


class Output(render.Output):
    """The page."""

    def __init__(self, run: render.RunInfo) -> None:
        super().__init__(run)
        self._words = _WORDS[run.language]
        self._drafts: list[str] = []
        self._navigation: list[str] = []
        self._names: list[str] = []
        self._findings = 0
        self._levels: Counter[Severity] = Counter()
        self._rules: Counter[str] = Counter()
        self._rule_names: dict[str, str] = {}

    def report(self, report: Report) -> Iterable[str]:
        """Nothing yet: the totals come first."""
        first = self._findings
        self._findings += len(report.findings)
        for finding in report.findings:
            self._levels[finding.severity] += 1
            self._rules[finding.code] += 1
            self._rule_names[finding.code] = finding.rule
        self._names.append(report.draft.filename)
        number = len(self._names)
        self._navigation.append("".join(self._outline(report, number, first)))
        self._drafts.append("".join(self._draft(report, number, first)))
        return ()

    def end(self) -> Iterator[str]:
        """The whole page."""
        words = self._words
        style, early, script = (_file(name) for name in ("page.css", "early.js", "page.js"))
        texts = all_explanations() if self._rules else {}
        totals = {"files": len(self._names), "findings": self._findings}
        title = words["heading"]
        if len(self._names) == 1:
            title += words["colon"] + os.path.basename(self._names[0])
        yield Template(_file("page.html")).substitute(
            {key: escaped(words[key]) for key in words},
            version=__version__,
            title=escaped(title),
            style=style,
            style_hash=_hash(style),
            early=early,
            early_hash=_hash(early),
            script=script,
            script_hash=_hash(script),
            summary=escaped(words["summary" if self._findings else "clean"].format(**totals)),
            shown=escaped(words["shown_text"].format(n=self._findings, m=self._findings)),
            levels="".join(self._level_filters()),
            rules_filter="".join(self._rule_filters(texts)),
            navigation=f"<ul>\n{''.join(self._navigation)}</ul>",
            failures="".join(self._failures()),
            drafts="".join(self._drafts),
            rules="".join(self._explanations(texts)),
        )

    def _level_filters(self) -> Iterator[str]:
        for severity in sorted(Severity, reverse=True):
            yield (
                f'<label class="chip {severity.label}"><input type="checkbox" data-level="{severity.label}" checked> '
                f"{severity_name(severity, self.run.language)} <b>{self._levels[severity]}</b></label>"
            )

    def _rule_filters(self, texts: dict[str, Any]) -> Iterator[str]:
        if not self._rules:
            return
        words = self._words
        yield (
            f'<details class="list" id="rules"><summary>{words["by_rule"]} {len(self._rules)}</summary>'
            '<div class="panel">'
            f'<div class="pick"><button type="button" data-pick="all">{words["all"]}</button>'
            f'<button type="button" data-pick="none">{words["none"]}</button></div>'
        )
        for code, count in sorted(self._rules.items()):
            what = escaped(in_language(texts.get(code, {}).get("what"), self.run.language) or self._rule_names[code])
            yield (
                f'<label title="{what}"><input type="checkbox" data-rule="{code}" checked> <code>{code}</code> '
                f"<span>{what}</span> <b>{count}</b></label>"
            )
        yield "</div></details>"

    def _failures(self) -> Iterator[str]:
        if self.run.failures:
            yield f'<section class="lost"><h2>{self._words["lost"]}</h2>'
            for _, reason in self.run.failures:
                yield f"<p>{escaped(reason)}</p>"
            yield "</section>\n"

    def _explanations(self, texts: dict[str, Any]) -> Iterator[str]:
        known = [code for code in sorted(self._rules) if code in texts]
        if not known:
            return
        yield f'<section class="rules"><h2>{self._words["rules"]}</h2>\n'
        for code in known:
            explained = texts[code]
            yield f'<details id="r-{code}"><summary><code>{code}</code> <span>{self._rule_names[code]}</span></summary>'
            yield f"<p>{escaped(in_language(explained.get('what'), self.run.language))}</p>"
            for part in ("why", "standard", "remedy"):
                if part in explained:
                    said = escaped(in_language(explained[part], self.run.language))
                    yield f"<p><b>{self._words[part]}</b>{said}</p>"
            yield "</details>\n"
        yield "</section>\n"

    def _outline(self, report: Report, number: int, first: int) -> Iterator[str]:
        starts = [f.start for f in report.findings]
        total = f'<b class="count" data-range="{first} {first + len(starts)}">{len(starts) or ""}</b>'
        name = escaped(report.draft.filename)
        yield f'<li class="file"><a href="#d{number}"><span class="name">{name}</span>{total}</a>'
        yield from self._branch(report, report.outline.sections, number, first, starts)
        yield "</li>\n"

    def _branch(
        self, report: Report, nodes: Sequence[Node], number: int, first: int, starts: list[int]
    ) -> Iterator[str]:
        """The sections that open a paragraph; the items inside one are too many for the side of a page."""
        shown = [n for n in nodes if not n.inline]
        if not shown:
            return
        yield "<ul>"
        draft = report.draft
        for node in shown:
            begin, end = bisect_left(starts, node.start), bisect_left(starts, node.end)
            title = f"{draft.shown(node.start, node.marker_end)}{draft.shown(node.title_start, node.title_end)}"
            row = draft.source.position(node.start)[0]
            yield (
                f'<li><a href="#d{number}l{row}"><span class="name">{escaped(" ".join(title.split()))}</span>'
                f'<b class="count" data-range="{first + begin} {first + end}">{end - begin or ""}</b></a>'
            )
            yield from self._branch(report, node.children, number, first, starts)
            yield "</li>"
        yield "</ul>"

    def _draft(self, report: Report, number: int, first: int) -> Iterator[str]:
        words, language = self._words, self.run.language
        source, text = report.draft.source, report.draft.text
        levels = Counter(f.severity for f in report.findings)
        counted = [
            words["counted"].format(name=severity_name(s, language), count=levels[s])
            for s in sorted(levels, reverse=True)
        ]
        genre = words["genre"].format(genre=report.genre.profile.title[language])
        yield (
            f'<section class="draft" id="d{number}"><header><h2>{escaped(report.draft.filename)}</h2>'
            f'<p>{escaped(" · ".join([genre, *(counted or [words["nothing"]])]))}</p></header><div class="paper">\n'
        )
        looks = _looks(report)
        parts = _by_row(report, first)
        rows = len(source.line_starts)
        if rows > 1 and rows not in parts and source.line_starts[-1] == len(source.text):
            rows -= 1
        for row in range(1, rows + 1):
            start, end = source.line_starts[row - 1], source.line_end(row)
            line = text[start:end]
            look = looks.get(row, "")
            if not line.strip():
                look = "blank"
            elif not line.strip(MASK + " \t\u3000\r"):
                look = "masked"
            here = parts.get(row, [])
            yield (
                f'<div class="line{" " + look if look else ""}" id="d{number}l{row}">'
                f'<a class="no" href="#d{number}l{row}" tabindex="-1" '
                f'aria-label="{words["line"].format(row=row)}">{row}</a>'
                f"<p>{''.join(_segments(source.text, start, end, here, report.findings, first))}</p></div>\n"
            )
            begun = [part.number for part in here if part.begins]
            if begun:
                yield '<div class="notes">'
                for index in begun:
                    yield self._note(report, report.findings[index - first], index)
                yield "</div>\n"
        yield "</div></section>\n"

    def _note(self, report: Report, finding: Finding, number: int) -> str:
        words, language = self._words, self.run.language
        row, column = report.draft.source.position(finding.start)
        level = finding.severity.label
        fix = ""
        if finding.fix:
            fix = f'<p class="fix">{escaped(fix_label(finding.fix.safe, language) + finding.fix.message)}</p>'
        code = f'<a href="#r-{finding.code}"><code>{finding.code}</code></a>'
        return (
            f'<div class="note {level}" id="f{number}" data-level="{level}" data-rule="{finding.code}" role="note">'
            f'<p class="{level}"><span class="number">[{number + 1}] </span>'
            f'<span class="level">{severity_name(finding.severity, language)}</span> '
            f'<span class="say">{escaped(finding.message)}</span></p>{fix}'
            f'<p class="where">{code} {words["where"].format(row=row, column=column)}</p></div>'
        )


def _looks(report: Report) -> dict[int, str]:
    """How a line is set, by row: as the title, a heading of a level, or the signature and date."""
    source = report.draft.source
    looks: dict[int, str] = {}

    def headings(nodes: Iterable[Node]) -> None:
        for node in nodes:
            if node.form == "heading" and not node.inline:
                looks[source.position(node.start)[0]] = f"h{min(node.level, 3)}"
            headings(node.children)

    headings(report.outline.sections)
    around = frame(report.draft, report.outline)
    for paragraph, look in ((around.signature, "sign"), (around.date, "sign"), (around.title, "title")):
        if paragraph is not None:
            looks[source.position(paragraph.start)[0]] = look
    return looks


def _by_row(report: Report, first: int) -> dict[int, list[_Marked]]:
    """The parts of the findings on each line, in the order of the findings."""
    source = report.draft.source
    out: dict[int, list[_Marked]] = {}
    for number, finding in enumerate(report.findings, first):
        begin = source.position(finding.start)[0]
        last = source.position(max(finding.start, finding.end - 1))[0]
        if last - begin >= _ROWS_MARKED:
            last = begin
        for row in range(begin, last + 1):
            line_start, line_end = source.line_starts[row - 1], source.line_end(row)
            start = min(max(finding.start, line_start), line_end)
            end = max(start, min(finding.end, line_end))
            if end > start or row == begin:
                out.setdefault(row, []).append(_Marked(start, end, number, row == begin, row == last))
    return out


def _segments(
    text: str, start: int, end: int, parts: list[_Marked], findings: list[Finding], first: int
) -> Iterator[str]:
    """A line with its marks. Where findings overlap, the line is cut at every one's ends, so that marks never nest."""
    if not parts:
        yield escaped(text[start:end])
        return
    cuts = sorted({start, end, *(p.start for p in parts), *(p.end for p in parts)})
    points = {p.start for p in parts if p.start == p.end}
    active: list[_Marked] = []
    waiting = sorted(parts, key=lambda p: (p.start, p.number))[::-1]
    for at, to in zip(cuts, [*cuts[1:], end], strict=True):
        if at in points:
            here = [p for p in parts if p.start == p.end == at]
            yield _mark("", here, here, here, findings, first)
        active = [p for p in active if p.end > at]
        while waiting and waiting[-1].start <= at:
            part = waiting.pop()
            if part.end > at:
                active.append(part)
        if at == to:
            continue
        if active:
            begun = [p for p in active if p.begins and p.start == at]
            ended = [p for p in active if p.ends and p.end == to]
            yield _mark(text[at:to], active, begun, ended, findings, first)
        else:
            yield escaped(text[at:to])


def _mark(
    text: str, parts: list[_Marked], begun: list[_Marked], ended: list[_Marked], findings: list[Finding], first: int
) -> str:
    level = max(findings[p.number - first].severity for p in parts).label
    numbers = sorted(p.number for p in parts)
    opening = f'<mark class="{level}{"" if text else " point"}" data-f="{" ".join(map(str, numbers))}"'
    if begun:
        begins = [p.number for p in begun]
        controls = " ".join(f"f{n}" for n in numbers)
        opening += (
            f' data-b="{" ".join(map(str, begins))}" tabindex="0" role="button" aria-expanded="false" '
            f'aria-controls="{controls}"'
        )
    if ended:
        opening += f' data-e="[{",".join(str(p.number + 1) for p in ended)}]"'
    return f"{opening}>{escaped(text)}</mark>"


def _file(name: str) -> str:
    with open(os.path.join(_PAGE, name), encoding="utf-8") as file:
        return file.read()


def _hash(content: str) -> str:
    return b64encode(sha256(content.encode()).digest()).decode()
