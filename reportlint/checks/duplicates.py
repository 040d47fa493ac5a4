"""Kind `duplicate-text`: the same sentence, or the same run of clauses, twice."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from typing import Any

import regex

from reportlint.checks.base import Context, Hit
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_CLAUSE = pattern(r"[^，。；：！？\n]+")
_QUOTED = pattern(r"“[^”\n]{0,200}”|《[^》\n]{0,100}》")
_MARKS = "，。；：！？ \u3000\t"
# Rules say the same of several cases; a government report looks back at a task and ahead to it by the same words.
_SAYS_AGAIN = frozenset({"notice", "request", "government-report"})
_OF_ANY_KIND = frozenset({"general", "letter", "opinion"})
_ALIKE = "；：、,;:"  # a copy is one with another of these for a comma
_TASK = 30  # code points of a sentence that names a task
# A copy of an item may have lost its place in the list, and with it what makes its words a marker.
_ITEM = pattern(r"(?:[一二三四五六七八九十]{1,2}[是要]|第[一二三四五六七八九十][，、]|首先，|其次，|再次，|最后，)")
_GAP = 40  # code points of short clauses or breaks between two pieces of one copy
_MARKER = 3  # code points of a mark and a marker between clauses: ；一是
_LONG = 600  # code points
_BESIDE = 8  # code points between a sentence and its copy: no rule is laid down twice in one breath
_WORDS = pattern(r"[\u4e00-\u9fff0-9.%]")
_SENTENCE = pattern(r"[^。；！？\n]{20,}")
_PROVISION = pattern(
    r"[，）]?的，|应当|不得|之日起|有关规定|规定的|办法|条例|本方案|本规定|部门(?:负责|按|会同)|万元以[上下]"
)


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """The second of two equal runs of clauses that are long enough, one hit for each piece of text that was copied;
    what is quoted is another's. Of a notice or the like, whole sentences only."""
    if _is_report(context):
        found = _repeated(context, params["least"], params["unless"])
    else:
        found = _sentences(context, params["unless"])
    copy: tuple[int, int, int] | None = None  # start, end, and how far before it the original stands
    for start, end, shift in found:
        if copy is not None and shift == copy[2] and start - copy[1] <= _GAP:
            copy = (copy[0], max(copy[1], end), shift)
            continue
        if copy is not None:
            yield _hit(context, *copy)
        copy = (start, end, shift) if copy is None or start >= copy[1] else copy
    if copy is not None:
        yield _hit(context, *copy)


def _hit(context: Context, start: int, end: int, shift: int) -> Hit:
    text = context.text
    line = text.rfind("\n", 0, start) + 1
    # What is too short to be told for itself belongs to it too, and so does the marker before it: 四是加强管理。
    while start > line and text[start - 1] == text[start - 1 - shift] and not text[start - 1].isspace():
        start -= 1
    # The marker and the heading belong to the copy where the item stands twice as a whole.
    while (
        shift <= line
        and text[line:start] == text[line - shift : start - shift]
        and text[line - shift - 1 : line - shift] in "\n"
    ):
        start = line
        blank = line
        while blank and text[blank - 1] in "\n\x00 \u3000":
            blank -= 1
        line = text.rfind("\n", 0, blank) + 1
        if start - shift >= line:
            break
    return Hit(start, end, {"row": context.draft.source.position(start - shift)[0]})


def _sentences(context: Context, formulas: tuple[regex.Pattern[str], ...]) -> Iterator[tuple[int, int, int]]:
    """Whole sentences that stand twice, in a draft of a kind that says the same of several cases; provisions may."""
    text, plain = context.text, context.memo(_plain)
    annexes = context.outline.annexes
    markers = {n.start: n.marker_end for n in context.outline.walk()}
    body = _body(context)
    parts = [n.start for n in context.outline.sections if n.form != "item"]
    first: dict[int, int] = {}
    for match in _SENTENCE.finditer(text):
        start, end = _start(markers, text, match.start()), match.end()
        before = _first(first, plain, start, end)
        if before == start or start < body:
            continue
        parted = bisect_left(annexes, before) != bisect_left(annexes, start)
        # What was done last year and goes on this year, in as many words.
        parted |= end - start < _TASK and bisect_left(parts, before) != bisect_left(parts, start)
        beside = start - before - (end - start) <= _BESIDE
        if parted or (not beside and (_PROVISION.search(match[0]) or any(f.search(match[0]) for f in formulas))):
            continue
        if len(_WORDS.findall(match[0])) >= len(match[0]) * 0.7:
            yield start, end, start - before


def _repeated(context: Context, least: int, formulas: tuple[regex.Pattern[str], ...]) -> Iterator[tuple[int, int, int]]:
    """Every run of clauses that stands earlier too, and how many code points earlier."""
    text, plain = context.text, context.memo(_plain)
    markers = {n.start: n.marker_end for n in context.outline.walk()}
    headings = {n.title_start for n in context.outline.walk() if n.form == "heading"}
    titled = {text.rfind("\n", 0, at) + 1 for at in headings}
    quoted = [m.span() for m in _QUOTED.finditer(text)]
    body = _body(context)
    first: dict[int, int] = {}
    lines: dict[int, int] = {}
    last, copied = -1, 0  # where the copy that is being followed ends, and its shift
    for low, high in _lines(text):
        # A line that stands earlier as a whole is settled by the first of its runs.
        whole = low - _first(lines, plain, low, high) if high - low >= least else 0
        if whole and whole == copied and low - last <= _GAP and low not in titled:
            last = low + len(text[low:high].rstrip(_MARKS))
            yield low, last, copied
            continue
        clauses = [(_start(markers, text, m.start()), m.end()) for m in _CLAUSE.finditer(text, low, high)]
        for start, end in _runs(clauses, text, least):
            before = _first(first, plain, start, end)
            if before == start or (start in headings and not text.startswith("。", end)):
                continue
            if start - before != copied or start - last > _GAP:
                if start < body:
                    continue
                run_text = text[start:end]
                formula = any(f.search(run_text) for f in formulas) and not _doubled(plain, before, start)
                if formula or len(_WORDS.findall(run_text)) < len(run_text) * 0.7:
                    continue
                if _is_quoted(quoted, start, end, least):
                    continue
                copied = start - before
            last = max(last, end) if start - before == copied else end
            if whole == copied:
                last = clauses[-1][1]
                yield start, last, copied
                break
            yield start, end, copied


def _start(markers: dict[int, int], text: str, at: int) -> int:
    """Where the words begin of what begins at a place: behind its marker."""
    if at in markers:
        return markers[at]
    item = _ITEM.match(text, at)
    return item.end() if item is not None else at


def _body(context: Context) -> int:
    """Where the body begins: title and occasion may stand on a cover too."""
    paragraphs = context.draft.paragraphs
    return paragraphs[context.frame.body].start if context.frame.body < len(paragraphs) else 0


def _doubled(plain: str, before: int, start: int) -> bool:
    """Whether what stands between a run and its copy stands behind the copy too: the same twice in one breath."""
    return start - before <= _LONG and plain.startswith(plain[before:start], start)


def _plain(context: Context) -> str:
    """The text with one mark for all that part clauses, at the same places."""
    text = context.text
    for mark in _ALIKE:
        text = text.replace(mark, "，")
    return text


def _lines(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line)
        at += len(line) + 1


def _first(seen: dict[int, int], text: str, start: int, end: int) -> int:
    """Where the text of `[start, end)` stands first. Kept by its hash: the texts would be the draft twice over."""
    words = text[start:end]
    before = seen.setdefault(hash(words), start)
    return before if text.startswith(words, before) else start


def _is_report(context: Context) -> bool:
    """Whether a run of words that stands twice is a slip: in a report, or a draft without a title."""
    name = context.profile.name
    return name not in _SAYS_AGAIN and (name not in _OF_ANY_KIND or context.frame.title is None)


def _runs(clauses: list[tuple[int, int]], text: str, least: int) -> Iterator[tuple[int, int]]:
    """Each clause that is long enough, or with as many of the next of its sentence as make it so."""
    count = len(clauses)
    for index, (start, end) in enumerate(clauses):
        last = index
        while (
            end - start < least and last + 1 < count and text[end] in "，；：" and clauses[last + 1][0] - end <= _MARKER
        ):
            last += 1
            end = clauses[last][1]
        if end - start >= least:
            yield start, end


def _is_quoted(quoted: list[tuple[int, int]], start: int, end: int, least: int) -> bool:
    """Whether less than a run is left when what stands in quotation marks is taken away."""
    index = max(0, bisect_left(quoted, (start, 0)) - 1)
    own = end - start
    while index < len(quoted) and quoted[index][0] < end:
        low, high = max(start, quoted[index][0]), min(end, quoted[index][1])
        own -= max(0, high - low)
        index += 1
    return own < least * 0.6


KIND = Kind(
    "duplicate-text",
    "Reports the second of two equal runs of clauses.",
    {
        "least": Param("int", "how many code points such a run has at least", default=20),
        "unless": Param("regexes", "what shows a fixed formula, which may be said again", default=()),
    },
    run,
)
