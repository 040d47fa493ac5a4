"""Markdown: `#` headings are levels; front matter, code, comments, link targets and emphasis marks are masked."""

import regex

from reportlint.draft import BLANKS, Draft, Paragraph
from reportlint.patterns import pattern
from reportlint.readers.txt import mask, normalise_breaks
from reportlint.text import SourceText

_FRONT_MATTER = pattern(r"\ufeff?(---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*)(?:\n|\Z)", regex.DOTALL)
_FENCE = pattern(r"(?:[ \t]{0,3}>[ \t]?){0,8}[ \t]{0,12}(`{3,}|~{3,})[^`\n]*")
_HEADING = pattern(r" {0,3}(#{1,6})(?:[ \t\u3000]+|$)")
_CLOSING_HASHES = pattern(r"[ \t]+#+[ \t]*$")
_UNDERLINE = pattern(r" {0,3}(=+|-{2,})[ \t]*")
_RULE = pattern(r" {0,3}(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})")
_PREFIX = pattern(r"[ \t\u3000]*(?:>[ \t]?)*[ \t\u3000]*(?:[-*+](?:[ \t]+|$)(?:\[[ xX]\][ \t]+)?)?")
# Marks inside a line that a reader of the rendered page does not see: the groups `a` and `b` of each. Every length
# is bounded, so that a line of a million brackets costs no more than its length.
_INLINE = (
    pattern(r"(?P<a><!--.{0,5000}?-->)", regex.DOTALL),
    pattern(r"(?P<a><(?P<tag>pre|script|style|code)\b.{0,3000}?</(?P=tag)>)", regex.DOTALL),
    pattern(r"(?P<a>\$\$.{1,5000}?\$\$)", regex.DOTALL),
    pattern(r"(?P<a>(?<!`)(?P<ticks>`{1,3})(?!`)(?:[^\n]|\n(?![ \t]*\n)){1,400}?(?<!`)(?P=ticks)(?!`))"),
    pattern(r"(?m)^[ \t]{0,3}(?P<a>\[[^\]\n]{1,300}\]:[ \t]*(?:\n[ \t]*)?\S[^\n]{0,600})"),
    pattern(r"(?P<a>(?:https?|ftp)://[^\s<>，。；、）》”)]{1,600})"),
    pattern(r"(?P<a>!?\[)[^\[\]\n]{0,300}(?P<b>\]\([^()\n]{0,600}\))"),
    pattern(r"(?P<a></?[A-Za-z][^<>]{0,300}>|<https?://[^<>\s]{0,600}>)"),
    pattern(r"(?P<a>&(?:[A-Za-z]{2,8}|#\d{1,6});)"),
    pattern(r"(?P<a>\*{2,3})(?=[^\s*])[^\n]{1,300}?(?<=[^\s*])(?P<b>\*{2,3})"),
    pattern(r"(?<![\w*])(?P<a>\*)(?=[^\s*])[^*\n]{1,300}(?<=[^\s*])(?P<b>\*)(?![\w*%％])"),
    pattern(r"(?<![A-Za-z0-9_])(?P<a>_{2,3})(?=[^\s_])[^_\n]{1,300}(?<=[^\s_])(?P<b>_{2,3})(?![A-Za-z0-9_])"),
)
_CODE_OR_COMMENT = pattern(
    r"(?<!`)(?P<ticks>`{1,3})(?!`)[^\n]{1,400}?(?<!`)(?P=ticks)(?!`)|(?P<comment><!--.{0,5000}?-->)", regex.DOTALL
)


def read(filename: str, text: str) -> Draft:
    """The draft of a Markdown text."""
    plain = normalise_breaks(text)
    masked: list[tuple[int, int]] = []
    paragraphs: list[Paragraph] = []
    start = 0
    front = _FRONT_MATTER.match(plain)
    if front:
        start = front.end()
        masked.append(front.span(1))
    fence: str | None = None
    for line in plain[start:].split("\n"):
        end = start + len(line)
        opened = _FENCE.fullmatch(line)
        if fence is not None:
            masked.append((start, end))
            if opened and opened[1].startswith(fence) and line.strip(" \t>") == opened[1]:
                fence = None
        elif opened:
            fence = opened[1]
            masked.append((start, end))
        else:
            _read_line(line, start, plain, paragraphs, masked)
        start = end + 1
    blocks = mask(plain, masked)
    visible = _mask_inline(blocks)
    return Draft(filename, SourceText(text), visible, _trimmed(paragraphs, visible), _comments(blocks))


def _comments(text: str) -> tuple[tuple[int, int], ...]:
    """The comments that speak to us, but for those that a code span only shows."""
    if "reportlint" not in text:
        return ()
    found = (m for m in _CODE_OR_COMMENT.finditer(text) if m["comment"])
    return tuple(m.span() for m in found if "reportlint" in m["comment"])


def _read_line(line: str, start: int, text: str, paragraphs: list[Paragraph], masked: list[tuple[int, int]]) -> None:
    """Adds the paragraph of one line outside code, or turns the one before it into a heading."""
    heading = _HEADING.match(line)
    if heading:
        closing = _CLOSING_HASHES.search(line, heading.end())
        end = closing.start() if closing else len(line.rstrip(BLANKS))
        masked.append((start, start + heading.end()))
        if closing:
            masked.append((start + closing.start(), start + closing.end()))
        if end > heading.end():
            paragraphs.append(Paragraph(start + heading.end(), start + end, len(heading[1])))
        return
    underline = _UNDERLINE.fullmatch(line)
    if underline and paragraphs and not paragraphs[-1].level and text[paragraphs[-1].end : start].strip(BLANKS) == "\n":
        above = paragraphs[-1]
        paragraphs[-1] = above._replace(level=1 if underline[1].startswith("=") else 2)
        masked.append((start, start + len(line)))
        return
    if _RULE.fullmatch(line):
        masked.append((start, start + len(line)))
        return
    prefix = _PREFIX.match(line)
    first = prefix.end() if prefix else 0
    if prefix and line[:first].strip(BLANKS):
        masked.append((start, start + first))
    body = line[first:].strip(BLANKS)
    if body:
        begin = line.index(body[0], first)
        paragraphs.append(Paragraph(start + begin, start + begin + len(body), 0, body.startswith("|")))


def _mask_inline(text: str) -> str:
    hidden: list[tuple[int, int]] = []
    for marks in _INLINE:
        for match in marks.finditer(text):
            hidden += [span for span in map(match.span, marks.groupindex.keys() & {"a", "b"}) if span[0] >= 0]
    merged: list[tuple[int, int]] = []
    for start, end in sorted(hidden):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return mask(text, merged)


def _trimmed(paragraphs: list[Paragraph], text: str) -> list[Paragraph]:
    """The paragraphs without what was masked at their ends; none that is all mask: `**一、总体**` opens with 一、."""
    out = []
    for p in paragraphs:
        line = text[p.start : p.end]
        body = line.strip(BLANKS)
        if body:
            start = p.start + line.index(body[0])
            out.append(p._replace(start=start, end=start + len(body)))
    return out
