"""A draft to the tokens of the grammar.

Every marker has its pattern in `grammar/numbering.lark`. Two scans find the candidates: one looks at the first
character of each paragraph, one runs over the whole text for markers inside paragraphs. A candidate whose shape
alone says marker (`firm`) is one. The others, doubtful shapes and shapes inside a sentence, are kept only where
their ordinal fits the list that is open: 三） between （二） and （四） is an item, 18.45亿 after item 4 is not.
"""

import unicodedata
from bisect import bisect_left
from functools import cache
from typing import NamedTuple

import regex

from reportlint.draft import Draft, Paragraph
from reportlint.judge import OPENS_CLAUSE, Candidate, Judge, series_of
from reportlint.numerals import to_int
from reportlint.parse import Token, load_grammar
from reportlint.store import cached
from reportlint.strangers import settle_strangers

_SHOU = {"首先": 1, "其次": 2, "再次": 3, "最后": None}


class _Scanners(NamedTuple):
    line: regex.Pattern[str]
    names: tuple[tuple[str, int], ...]  # of the terminals in `line`, with the numbers of their groups
    inline: tuple[tuple[str, regex.Pattern[str]], ...]  # one by one: their union is five times slower


@cache
def _scanners() -> _Scanners:
    terminals = load_grammar().terminals
    return cached("scanners", [repr(terminals).encode()], lambda: _compile(terminals))


def _compile(terminals: dict[str, str]) -> _Scanners:
    words = {"SHI", "YAO", "DI", "SHOU", "QI"}
    odd = {t for t in terminals if t.endswith("_ODD")}
    inside = {t for t in terminals if t.endswith("_IN")}
    firm = [t for t in terminals if t not in odd | inside]

    at_start = firm + [t for t in terminals if t in odd]
    line = regex.compile("|".join(f"(?P<{n}>{terminals[n]})" for n in at_start))
    return _Scanners(
        line,
        tuple((n, line.groupindex[n]) for n in at_start),
        tuple((n, regex.compile(terminals[n])) for n in terminals if n in inside or n in words),
    )


def tokenize(draft: Draft) -> list[Token]:
    """The tokens of a draft, in order; together they are its whole text."""
    candidates = _candidates(draft)
    return _cover(draft, settle_strangers(Judge(draft, candidates).markers(), draft))


def _candidates(draft: Draft) -> list[Candidate]:
    scanners, text = _scanners(), draft.text
    found: list[Candidate] = []
    for index, paragraph in enumerate(draft.paragraphs):
        if paragraph.table:
            continue
        match = scanners.line.match(text, paragraph.start)
        if match and match.end() <= paragraph.end:
            for name, group in scanners.names:  # noqa: B007
                if match.start(group) >= 0:
                    break
            found.append(_candidate(name, match, index, inline=False, firm=True))
    starts = [p.start for p in draft.paragraphs]
    for name, pattern in scanners.inline:
        for match in pattern.finditer(text):
            start, end = match.span()
            index = bisect_left(starts, start) - 1
            if index < 0:
                continue
            paragraph = draft.paragraphs[index]
            if start < paragraph.end >= end and not paragraph.table:
                found.append(_candidate(name, match, index, inline=True, firm=text[start - 1] in OPENS_CLAUSE))
    return _merge(found)


def _merge(found: list[Candidate]) -> list[Candidate]:
    """In document order; what begins inside another is none."""
    end, kept = -1, []
    for candidate in sorted(found, key=lambda c: (c.start, c.inline, -c.end)):
        if candidate.start >= end:
            kept.append(candidate)
            end = candidate.end
    return kept


def _candidate(name: str, match: regex.Match[str], paragraph: int, *, inline: bool, firm: bool) -> Candidate:
    known = match.re.groupindex
    sign, number, path = (match[group] if group in known else None for group in ("sign", "n", "path"))
    if name == "SHOU":
        ordinal = _SHOU[sign] if sign else None
    elif sign:
        ordinal = int(unicodedata.numeric(sign)) if len(sign) == 1 else None
    else:
        ordinal = to_int(number) if number else None
    sure = firm and not name.endswith(("_ODD", "_IN")) and name != "SHOU"
    if "doubt" in known and match["doubt"]:
        sure = False
    if "next" in known and match["next"] and ordinal is not None:
        # 一、二级公路 counts on within a sentence, 一、一季度 and 二、二季度 do not.
        sure = sure and (to_int(match["next"]) or 0) <= ordinal
    return Candidate(
        name,
        match.start(),
        match.end(),
        series_of(name),
        ordinal,
        paragraph,
        inline,
        sure,
        (path or "").replace("．", "."),
        "bare" in known and match.start("bare") >= 0,
    )


def _cover(draft: Draft, markers: list[Candidate]) -> list[Token]:
    """Markers, the text between them, and the breaks between paragraphs, without a gap."""
    tokens: list[Token] = []
    position = 0
    by_paragraph: dict[int, list[Candidate]] = {}
    for marker in markers:
        by_paragraph.setdefault(marker.paragraph, []).append(marker)
    title = _declared_title(draft, by_paragraph)
    for index, paragraph in enumerate(draft.paragraphs):
        if paragraph.start > position:
            tokens.append(Token("NL", position, paragraph.start))
        position = paragraph.start
        inside = by_paragraph.get(index, [])
        if paragraph.level and index != title:
            first = inside[0] if inside and inside[0].start == paragraph.start else None
            if first is not None:
                inside = inside[1:]
            tokens.append(_heading(paragraph, first))
            position = tokens[-1].end
        for marker in inside:
            if marker.start > position:
                tokens.append(Token("TEXT", position, marker.start))
            tokens.append(_token(marker.type, marker))
            position = marker.end
        if paragraph.end > position:
            tokens.append(Token("TEXT", position, paragraph.end))
        position = paragraph.end
    if position < len(draft.text):
        tokens.append(Token("NL", position, len(draft.text)))
    return tokens


def _heading(paragraph: Paragraph, marker: Candidate | None) -> Token:
    if marker is None:
        return Token(f"MD{paragraph.level}", paragraph.start, paragraph.start, "heading")
    return _token(f"MD{paragraph.level}", marker)


def _token(name: str, c: Candidate) -> Token:
    return Token(name, c.start, c.end, c.series, c.ordinal, c.inline, c.type.endswith("_ODD"))


def _declared_title(draft: Draft, markers: dict[int, list[Candidate]]) -> int | None:
    """The index of a Markdown `# title`: the first paragraph, if it is the only heading of its level."""
    paragraphs = draft.paragraphs
    if not paragraphs or not paragraphs[0].level or 0 in markers:
        return None
    level = paragraphs[0].level
    return 0 if all(p.level == 0 or p.level > level for p in paragraphs[1:]) else None
