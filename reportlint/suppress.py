"""What is not to be reported: accepted words, and the comments of a Markdown draft.

Comments: `<!-- reportlint-disable-next-line PLH001 -->` (or `-disable-line`, `-disable`, `-enable`, `-disable-file`),
with codes or their beginnings, none meaning all, and a reason after ` -- `. Plain text has no comments: a baseline
or the configuration does it there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from reportlint.draft import BLANKS, Draft
from reportlint.model import Edit, Finding
from reportlint.patterns import pattern

VERBS = ("disable-next-line", "disable-line", "disable", "enable", "disable-file")
# What is not found at a word: a missing number or section, a sentence twice, has no word that could be right. Rules of
# the user's own are nearly always about words.
_OF_NO_WORD = ("NUM", "STR", "FRM", "CON001", "CON003")
_COMMENT = pattern(
    r"<!--\s*reportlint(?P<joint>[-:\s]+)(?P<verb>[A-Za-z][\w-]*)(?P<rest>(?s:.*?))(?:\s--\s(?s:.*))?-->"
)
_SEPARATOR = pattern(r"[\s,，、;；:：]+")


class _Range(NamedTuple):
    """Where findings of a code or family (empty: any) are not reported; `but`: those wanted again from a place on."""

    start: int
    end: int
    code: str
    comment: int
    but: tuple[tuple[int, str], ...] = ()

    def covers(self, finding: Finding) -> bool:
        return (
            self.start <= finding.start < self.end
            and finding.code.startswith(self.code)
            and not any(at <= finding.start and finding.code.startswith(code) for at, code in self.but)
        )


def without_accepted(findings: list[Finding], text: str, words: Iterable[str], language: str = "zh") -> list[Finding]:
    """The findings that are no accepted word, lie in none and would change none; of one that stands for many what is
    left of it."""
    known = frozenset(words)
    lengths = sorted({len(w) for w in known})

    def accepted(start: int, end: int, shortest: int = 1) -> bool:
        wanted = max(end - start, shortest)
        return any(
            text[at : at + n] in known for n in lengths if n >= wanted for at in range(max(0, end - n), start + 1)
        )

    def judged(finding: Finding) -> Finding | None:
        if finding.code.startswith(_OF_NO_WORD):
            return finding
        if finding.start < finding.end and accepted(finding.start, finding.end) and not _is_bundle(finding):
            return None
        return _without(finding, lambda e: accepted(*_changed(e, text), shortest=2), text, language)

    return _sorted(f for f in map(judged, findings) if f is not None)


def _sorted(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda f: (f.start, f.code, f.end))  # one of which a part was taken may have moved


def _is_bundle(finding: Finding) -> bool:
    """Whether a finding stands for many of one kind, each with an edit of its own: a habit of the writer's. To renumber
    a list is one thing."""
    return finding.fix is not None and len(finding.fix.edits) > 1 and not finding.code.startswith("NUM")


def _without(finding: Finding, silent: Callable[[Edit], bool], text: str, language: str) -> Finding | None:
    """A finding without those of its edits that are not wanted, None where none is."""
    edits = finding.fix.edits if finding.fix else ()
    if finding.fix is None or not edits:
        return finding
    kept = tuple(e for e in edits if not silent(e))
    if not kept:
        return None
    if len(kept) == len(edits) or not _is_bundle(finding):
        return finding
    from reportlint.engine import advice

    fix = finding.fix._replace(edits=kept, message=advice(kept, text, language))
    if any(finding.start == e.start for e in kept):
        return finding._replace(fix=fix)
    return finding._replace(start=kept[0].start, end=kept[0].end, fix=fix)


def _changed(edit: Edit, text: str) -> tuple[int, int]:
    """What an edit does not leave as it is; of an insertion the characters on both sides."""
    start, end, content = edit
    while start < end and content and text[start] == content[0]:
        start, content = start + 1, content[1:]
    while start < end and content and text[end - 1] == content[-1]:
        end, content = end - 1, content[:-1]
    return (start, end) if start < end else (max(0, start - 1), start + 1)


def without_commented(
    findings: list[Finding], draft: Draft, known: Sequence[str], run: Sequence[str], all_run: bool, language: str
) -> tuple[list[Finding], list[tuple[int, str]]]:
    """The findings that no comment of the draft silences; and notes, with their offsets, on comments that cannot be
    understood or silence nothing. `known` are the codes there are, `run` those that were looked for."""
    zh = language == "zh"
    notes: list[tuple[int, str]] = []
    ranges: list[_Range] = []
    opened: list[_Range] = []
    for start, end in draft.comments:
        match = _COMMENT.fullmatch(draft.source.text, start, end)
        if match is None:
            continue
        verb = match["verb"].lower()
        if match["joint"] != "-" or verb not in VERBS:
            note = _misspelt(match["joint"], verb, zh)
            if note:
                notes.append((start, note))
            continue
        codes = _codes(match["rest"], known, start, notes, zh)
        if verb == "enable":
            opened = [r for item in opened for r in _narrowed(item, codes, start, ranges)]
        elif verb == "disable":
            opened += [_Range(end, len(draft.text) + 1, code, start) for code in codes]
        else:
            low, high = _extent(verb, draft, start, end)
            ranges += [_Range(low, high, code, start) for code in codes]
    ranges += opened
    used: set[tuple[int, str]] = set()
    kept = []

    def covered(finding: Finding) -> bool:
        covering = [r for r in ranges if r.covers(finding)]
        used.update((r.comment, r.code) for r in covering)
        return bool(covering)

    for finding in findings:
        if _is_bundle(finding):
            place = finding
            left = _without(finding, lambda e: covered(place._replace(start=e.start)), draft.text, language)  # noqa: B023
            kept += [left] if left else []
        elif not covered(finding):
            kept.append(finding)
    for comment, code in dict.fromkeys((r.comment, r.code) for r in ranges):
        looked_for = any(c.startswith(code) for c in run) if code else all_run
        if (comment, code) not in used and looked_for:
            what = f"“{code}”" if code else ""
            notes.append(
                (
                    comment,
                    f"屏蔽注释{what}没有屏蔽任何问题，可以删去 (unused suppression)"
                    if zh
                    else f"unused suppression{f' of {code}' if code else ''}: it silences nothing",
                )
            )
    return _sorted(kept), sorted(notes)


def _misspelt(joint: str, verb: str, zh: bool) -> str | None:
    from reportlint.located import suggest

    plain = verb.removeprefix("reportlint-")
    if joint == "-":
        said = f"未知的注释“reportlint-{verb}”" if zh else f"unknown comment “reportlint-{verb}”"
        near = suggest(plain, VERBS)
        return (said + near if zh else f"{said}; known are {', '.join(VERBS)}") + (" (unknown comment)" if zh else "")
    if plain not in VERBS:
        return None  # a remark on reportlint
    return f"应写作“reportlint-{plain}” (wrong form)" if zh else f"should be written “reportlint-{plain}”"


def _codes(rest: str, known: Sequence[str], at: int, notes: list[tuple[int, str]], zh: bool) -> list[str]:
    """The codes of a comment, `[""]` for all; one that is unknown silences nothing."""
    given = [c.upper() for c in _SEPARATOR.split(rest) if c]
    if not given:
        return [""]
    codes = []
    for code in given:
        if code == "ALL":
            codes.append("")
        elif any(k.startswith(code) for k in known):
            codes.append(code)
        else:
            from reportlint.located import suggest

            near = suggest(code, tuple(known))
            said = f"没有规则与“{code}”相符{near} (no such rule)" if zh else f"no such rule: {code}"
            notes.append((at, said))
    return codes


def _narrowed(item: _Range, codes: list[str], at: int, closed: list[_Range]) -> Iterable[_Range]:
    """What is left open of a range after an `enable`."""
    if any(item.code.startswith(c) for c in codes):
        closed.append(item._replace(end=at))
        return ()
    again = tuple((at, c) for c in codes if c.startswith(item.code))
    return (item._replace(but=item.but + again),)


def _extent(verb: str, draft: Draft, start: int, end: int) -> tuple[int, int]:
    source = draft.source
    if verb == "disable-file":
        return 0, len(draft.text) + 1
    row, last = source.position(start)[0], source.position(end)[0]
    if verb == "disable-next-line":
        # Formatters of Markdown put a blank line between a comment and what follows.
        rows = range(last + 1, len(source.line_starts) + 1)
        row = last = next((r for r in rows if _line(draft, r).strip(BLANKS)), last + 1)
        if row > len(source.line_starts):
            return len(draft.text), len(draft.text)
    return source.offset(row, 1), source.line_end(last) + 1


def _line(draft: Draft, row: int) -> str:
    return draft.source.text[draft.source.offset(row, 1) : draft.source.line_end(row)]
