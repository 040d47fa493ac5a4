"""Findings that are known and left for later: a file of fingerprints, so that only new ones count.

A fingerprint is the file, the code, the text of the finding and the words next to it in its paragraph, never a row or
a column: moved lines and edits elsewhere change nothing. Words are compared by their letters alone, so that a mended
comma or figure beside a finding does not bring it back. Equal fingerprints are told apart by their number.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from reportlint.engine import Report
from reportlint.located import YamlError, load, read_source
from reportlint.model import Finding, ReportlintError
from reportlint.visible import visible

VERSION = 1
_AROUND = 6  # letters on each side
_NEXT = 2  # letters that have to be the same on one side for a finding whose other side was edited
_PAIR = 2  # edits: of brackets or quotation marks
_LONG = 12  # letters: a text from this length on needs no words beside it
_WHOLE = ("STR001", "STR002", "STR006", "STR007", "STR008")  # said of the draft, not of the place it is reported at
_FIELDS = ("file", "code", "text", "before", "after")


class Entry(NamedTuple):
    """The fingerprint of a finding. `file` is relative to the folder of the baseline, with forward slashes."""

    file: str
    code: str
    text: str
    before: str
    after: str


class Matched(NamedTuple):
    """The findings of a report that a baseline does not know, how many it does, and its entries that nothing of the
    report fits."""

    new: list[Finding]
    known: int
    stale: list[Entry]


def entries(report: Report, file: str) -> list[Entry]:
    """The fingerprints of a report's findings, in their order."""
    text, paragraphs = report.draft.text, report.draft.paragraphs
    starts = [p.start for p in paragraphs]
    return [_entry(f, text, paragraphs, starts, file) for f in report.findings]


def _entry(finding: Finding, text: str, paragraphs: Sequence[Any], starts: list[int], file: str) -> Entry:
    from bisect import bisect_right

    if finding.code in _WHOLE:
        return Entry(file, finding.code, finding.key, "", "")
    start, end = finding.start, finding.end
    own = _letters(text[start:end])
    if finding.fix and len(finding.fix.edits) > _PAIR and not finding.code.startswith("NUM"):
        # A habit of the writer's is said of the draft: the first place may be mended, and the others stay known.
        return Entry(file, finding.code, own or "".join(text[start:end].split()), "", "")
    if len(own) >= _LONG:
        shown = own if len(own) <= 2 * _LONG else f"{own[:_LONG]}…{own[-_LONG:]}"
        return Entry(file, finding.code, shown, "", "")
    index = max(0, bisect_right(starts, start) - 1)
    low, high = (paragraphs[index].start, paragraphs[index].end) if paragraphs else (0, len(text))
    # Three signs to a letter is more than any text has, and a paragraph may be a million of them.
    before = _letters(text[max(low, start - 3 * _AROUND) : start])[-_AROUND:]
    after = _letters(text[end : min(max(high, end), end + 3 * _AROUND)])[:_AROUND]
    return Entry(file, finding.code, own or "".join(text[start:end].split()), before, after)


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text) if c.isalpha())


class Baseline:
    """The entries of a baseline file. `seen` collects the files that were matched with it, and what was stale."""

    def __init__(self, path: str, known: Counter[Entry]) -> None:
        self.path = path
        self.folder = os.path.dirname(os.path.abspath(path))
        self.known = known
        self._by_file: dict[str, Counter[Entry]] = {}
        for entry, count in known.items():
            self._by_file.setdefault(entry.file, Counter())[entry] = count
        self.stale: list[Entry] = []

    def name(self, path: str) -> str:
        """A path as the entries of this baseline name it."""
        path = os.path.abspath(path)
        try:
            return os.path.relpath(path, self.folder).replace(os.sep, "/")
        except ValueError:  # another drive
            return path.replace(os.sep, "/")

    def entries(self, report: Report, path: str) -> Counter[Entry]:
        """The fingerprints of a report's findings."""
        return Counter(entries(report, self.name(path)))

    def kept(self, report: Report, path: str) -> Counter[Entry]:
        """The fingerprints of those findings of a report that are known, as they read now."""
        new = self.match(report, path, ()).new
        return self.entries(report, path) - self.entries(report._replace(findings=new), path)

    def gone(self) -> int:
        """How many entries are of files that are no longer there."""
        there = (name for name in self._by_file if not os.path.lexists(os.path.join(self.folder, name)))
        return sum(self._by_file[name].total() for name in there)

    def match(self, report: Report, path: str, codes: Iterable[str]) -> Matched:
        """What of a report is new; `codes` are the rules that were run, without which no entry can be stale."""
        name = self.name(path)
        left = Counter(self._by_file.get(name, Counter()))
        if not left:
            return Matched(report.findings, 0, [])
        prints = entries(report, name)
        new: list[int] = []
        for index, entry in enumerate(prints):
            # Baselines of before did not say which of the parts is missing.
            known = entry if left[entry] > 0 or entry.code not in _WHOLE else entry._replace(text="")
            if left[known] > 0:
                left[known] -= 1
            else:
                new.append(index)
        remaining = +left
        still = set(_without_edited(prints, new, remaining))
        run = frozenset(codes)
        stale = sorted(e for e in (+remaining).elements() if e.code in run)
        return Matched([report.findings[i] for i in new if i in still], len(prints) - len(still), stale)


def _without_edited(prints: Sequence[Entry], new: list[int], left: Counter[Entry]) -> Iterable[int]:
    """Those of the new findings that are no known one with an edit next to it; takes the known ones from `left`."""
    by_text: dict[tuple[str, str], list[Entry]] = {}
    for entry in left:
        by_text.setdefault((entry.code, entry.text), []).append(entry)
    pairs = sorted(
        (-likeness, index, entry)
        for index in new
        for entry in by_text.get((prints[index].code, prints[index].text), ())
        if (likeness := _likeness(prints[index], entry))
    )
    gone: set[int] = set()
    for _, index, entry in pairs:
        if index not in gone and left[entry] > 0:
            left[entry] -= 1
            gone.add(index)
    return (i for i in new if i not in gone)


def _likeness(one: Entry, other: Entry) -> int:
    """How many letters next to the finding are the same; 0 where too few are on both sides."""
    before = _same(one.before[::-1], other.before[::-1])
    after = _same(one.after, other.after)
    return before + after if max(before, after) >= _NEXT else 0


def _same(one: str, other: str) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def load_baseline(path: str, shown: str) -> Baseline:
    """The baseline in a file. ReportlintError, with its place, where it is none."""
    source = read_source(shown if os.path.lexists(shown) else path)
    try:
        found = json.loads(source.text)
    except json.JSONDecodeError as error:
        said = f"不是有效的 JSON：{error.msg} (not JSON)"
        raise source.error(error.lineno - 1, error.colno - 1, said) from None
    except RecursionError:
        raise YamlError(f"{visible(shown)}: 嵌套过深 (nested too deeply)") from None
    known: Counter[Entry] = Counter()
    try:
        if found["version"] != VERSION:
            raise _at(shown, "version", f"版本应为 {VERSION}；请用 reportlint baseline 重新生成 (another version)")
        if not isinstance(found["findings"], list):
            raise TypeError
        for item in found["findings"]:
            entry = Entry(*(item[field] for field in _FIELDS))
            if not all(isinstance(value, str) for value in entry):
                raise TypeError
            known[entry] += 1
    except (KeyError, TypeError):
        raise _malformed(shown) from None
    return Baseline(path, known)


def _at(path: str, key: str, said: str) -> ReportlintError:
    otherwise = YamlError(f"{visible(path)}: {said}")
    return next((k.error(said) for k, _ in load(path).entries() if k.string() == key), otherwise)


def _malformed(path: str) -> ReportlintError:
    """Where a file that is JSON is no baseline. JSON is YAML, which knows its places and takes its time."""
    advice = "不是基线文件，请用 reportlint baseline 重新生成 (no baseline)"
    root = load(path)
    try:
        top = root.mapping(("version", "findings"), ("version", "findings"))
        top["version"].integer()
        if top["findings"].node.tag.endswith(":map"):
            return top["findings"].error(advice)
        for item in top["findings"].items():
            given = item.mapping((*_FIELDS, "n"), _FIELDS)
            for field in _FIELDS:
                given[field].string()
    except YamlError as error:
        return error
    return root.error(advice)


def dump(known: Counter[Entry]) -> str:
    """The text of a baseline file: sorted, an entry a line, so that a difference reads as what came and went."""
    lines = []
    for entry in sorted(known):
        for number in range(1, known[entry] + 1):
            fields = dict(zip(_FIELDS, entry, strict=True)) | {"n": number}
            lines.append(json.dumps(fields, ensure_ascii=False))
    return f'{{"version": {VERSION}, "findings": [\n' + ",\n".join(lines) + "\n]}\n"
