"""Kind `pattern`: text that matches a regular expression, with exceptions."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.heads import heads
from reportlint.model import Edit, Severity
from reportlint.rules import SEVERITIES, Kind, Param

_AROUND = 30  # code points on each side in which an exception may lie


class Pattern(NamedTuple):
    """One pattern: a hit is its group `hit`, or the whole match. See `KIND` for the rest."""

    find: regex.Pattern[str]
    heads: str | None
    unless: tuple[regex.Pattern[str], ...]
    replace: str | None
    variant: str
    severity: Severity | None
    weak: bool
    safe: bool | None


class Params(NamedTuple):
    """The patterns of a rule, and what a draft must hold for any of them to be tried."""

    patterns: tuple[Pattern, ...]
    when: regex.Pattern[str] | None
    at: regex.Pattern[str] | None
    unless_at: regex.Pattern[str] | None
    habit: int = 0


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """The parameters as `run` wants them. ValueError for an impossible pattern."""
    patterns = []
    for item in params["patterns"]:
        severity = SEVERITIES[item["severity"]] if item["severity"] else None
        safe = None if item["fix"] is None else item["fix"] == "safe"
        _check_replacement(item["replace"] or "", item["find"])
        unless = _united((*item["unless"], *params["unless"]))
        find = item["find"]
        patterns.append(
            Pattern(find, heads_of(find), unless, item["replace"], item["variant"], severity, item["weak"], safe)
        )
    return Params(tuple(patterns), params["when"], params["at"], params["unless-at"], params["habit"])


def heads_of(find: regex.Pattern[str]) -> str | None:
    """The characters one of which every match begins with, if they are few and told."""
    return None if find.flags & (regex.IGNORECASE | regex.VERBOSE) else heads(find.pattern)


def _check_replacement(template: str, find: regex.Pattern[str]) -> None:
    for match in regex.finditer(r"\\(?:(\d+)|g<(\w+)>)", template):
        group = match[1] or match[2]
        known = int(group) <= find.groups if group.isdecimal() else group in find.groupindex
        if not known:
            raise ValueError(f"replace 引用了不存在的组“{match[0]}” (no such group)")


def _united(patterns: tuple[regex.Pattern[str], ...]) -> tuple[regex.Pattern[str], ...]:
    """The same exceptions in as few patterns as can be: groups are numbered anew in a union, so that one with a
    back-reference stays alone."""
    alone = tuple(p for p in patterns if p.groups)
    rest = "|".join(f"(?:{p.pattern})" for p in patterns if not p.groups)
    return (*alone, regex.compile(rest)) if rest else alone


def run(params: Params, context: Context) -> Iterator[Hit]:
    """Every match that no exception covers; weak ones only in a draft that has a strong one."""
    text = context.text
    if params.when is not None and not params.when.search(text):
        return
    matches = _everywhere(params, context) if params.at is None else _at_places(params, text)
    strong: list[Hit] = []
    weak: list[Hit] = []
    for pattern, match in matches:
        start, end = match.span("hit") if "hit" in pattern.find.groupindex else match.span()
        edits: tuple[Edit, ...] = ()
        if pattern.replace is not None and not _in_marker(context, start, end):
            edits = (Edit(start, end, match.expand(pattern.replace)),)
        hit = Hit(start, end, None, edits, pattern.variant, pattern.severity, pattern.safe)
        (weak if pattern.weak else strong).append(hit)
    hits = disjoint(strong + weak if strong else [])
    yield from _by_habit(list(hits), params.habit, text) if params.habit else hits


def _by_habit(hits: list[Hit], habit: int, text: str) -> Iterator[Hit]:
    """The hits; those of one text that stands all over the draft are one, whose fix mends all."""
    same: dict[str, list[Hit]] = {}
    for hit in hits:
        same.setdefault(text[hit.start : hit.end], []).append(hit)
    for hit in hits:
        group = same[text[hit.start : hit.end]]
        if len(group) < habit:
            yield hit
        elif hit is group[0]:
            edits = tuple(edit for one in group for edit in one.edits)
            yield hit._replace(args={"count": len(group)}, edits=edits, variant="habit")


def _in_marker(context: Context, start: int, end: int) -> bool:
    """Whether a place takes in the end of a marker, the 、 of 三、。, which no fix of another rule may touch."""
    ends = context.memo(_marker_ends)
    index = bisect_right(ends, start)
    return index < len(ends) and ends[index] <= end


def _marker_ends(context: Context) -> list[int]:
    return sorted(node.marker_end for node in context.outline.walk() if node.marker_end > node.start)


def _everywhere(params: Params, context: Context) -> Iterator[tuple[Pattern, regex.Match[str]]]:
    """What each pattern matches in the whole text; of those that start at one place the first pattern's."""
    text = context.text
    taken: set[int] = set()
    for pattern in params.patterns:
        group = "hit" if "hit" in pattern.find.groupindex else 0
        for match in matches(pattern.find, pattern.heads, context):
            start, end = match.span(group)
            if start not in taken and not (pattern.unless and _excepted(pattern.unless, text, start, end)):
                taken.add(start)
                yield pattern, match


def matches(find: regex.Pattern[str], begins: str | None, context: Context) -> Iterator[regex.Match[str]]:
    """What `finditer` yields; where few places can begin a match (hold one of `begins`), only these are tried."""
    places = None if begins is None else context.places(begins)
    return find.finditer(context.text) if places is None else _tried(find, context.text, places)


def _tried(find: regex.Pattern[str], text: str, places: list[int]) -> Iterator[regex.Match[str]]:
    end = 0
    for place in places:
        if place >= end and (match := find.match(text, place)):
            end = max(match.end(), place + 1)
            yield match


def _at_places(params: Params, text: str) -> Iterator[tuple[Pattern, regex.Match[str]]]:
    """What the first pattern that matches there matches at each of the places where one can begin."""
    assert params.at is not None
    last = -1
    for place in params.at.finditer(text):
        start = place.start()
        if start < last:
            continue
        if params.unless_at is not None and (excepted := params.unless_at.match(text, start)):
            last = excepted.end()
            continue
        for pattern in params.patterns:
            match = pattern.find.match(text, start)
            if match and not _excepted(pattern.unless, text, *match.span()):
                last = match.end()
                yield pattern, match
                break


def _excepted(exceptions: tuple[regex.Pattern[str], ...], text: str, start: int, end: int) -> bool:
    return any(covered(text, e, start, end) for e in exceptions)


def covered(text: str, exception: regex.Pattern[str], start: int, end: int) -> bool:
    """Whether the exception matches somewhere around `[start, end)` and takes in all of it."""
    window = max(0, start - _AROUND), min(len(text), end + _AROUND)
    return any(m.start() <= start and m.end() >= end for m in exception.finditer(text, *window, overlapped=True))


def disjoint(hits: list[Hit]) -> Iterator[Hit]:
    """The hits in order, without those that overlap an earlier one."""
    hits.sort(key=itemgetter(0))
    last = -1
    for hit in hits:
        start, end = hit[:2]
        if start >= last:
            yield hit
            last = end if end > start else start + 1


KIND = Kind(
    "pattern",
    "Reports what matches a regular expression, unless an exception covers it.",
    {
        "patterns": Param(
            "list",
            "the patterns, most specific first; of overlapping hits the first is kept",
            required=True,
            items={
                "find": Param("regex", "what to find; a group named `hit` narrows the report to it", required=True),
                "unless": Param("regexes", "exceptions: a match that takes in the whole hit silences it", default=()),
                "replace": Param("string", "the fix, with \\1 or \\g<name> for groups"),
                "fix": Param("choice", "whether this pattern's fix is safe", choices=("safe", "unsafe")),
                "variant": Param("string", "which wording of the message to use", default=""),
                "severity": Param("choice", "overrides the rule's", choices=tuple(SEVERITIES)),
                "weak": Param("bool", "counts only in a draft where another pattern of the rule hits", default=False),
            },
        ),
        "unless": Param("regexes", "exceptions for every pattern", default=()),
        "at": Param("regex", "where alone a pattern can begin; sought once for all of them, for speed"),
        "unless-at": Param("regex", "what must not begin at such a place"),
        "habit": Param("int", "so many hits of one text in a draft are one finding (wording `habit`)", default=0),
        "when": Param("regex", "what a draft must hold for the patterns to be tried at all; for speed"),
    },
    run,
    compile_params,
)
