"""Applies fixes: which edits of a draft's findings go together, pass after pass until nothing is left to mend."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Callable, Iterable
from typing import NamedTuple

from reportlint.engine import Report
from reportlint.model import Edit, Finding, ReportlintError
from reportlint.replacing import Replacement
from reportlint.text import decode
from reportlint.visible import trouble, visible

_BOMS = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff"}
_MOST_PASSES = 50
_MOST_GROWTH = 1_000  # code points that a text may grow by in any case


class Fixed(NamedTuple):
    """A mended text, the report on it as it is now, and how many findings were mended, by code."""

    text: str
    report: Report
    mended: dict[str, int]


def fix_text(text: str, check: Callable[[str], Report], *, unsafe: bool) -> Fixed:
    """Mends a text as far as it can be mended: the result has no finding whose fix could still be applied.

    `check` yields the report on a text. Where two rules undo each other's work, which no rules should, the text is
    left as it was before they began and theirs are applied no more.
    """
    mended: dict[str, int] = {}
    seen = {text: 0}
    path: list[tuple[str, dict[str, int], frozenset[str]]] = [(text, {}, frozenset())]
    given_up: frozenset[str] = frozenset()
    most = len(text) * 2 + _MOST_GROWTH
    report = check(text)
    for _ in range(_MOST_PASSES):
        chosen = choose(report.findings, unsafe=unsafe, without=given_up)
        if not chosen:
            break
        text = apply(text, chosen)
        codes = frozenset(f.code for f in chosen)
        if len(text) > most:
            # A fix that makes what it mends again, and more of it.
            text, mended, _ = path[0]
            mended = dict(mended)
            given_up |= codes.union(*(c for _, _, c in path))
            path, seen = path[:1], {text: 0}
        elif text in seen:
            text, mended, _ = path[seen[text]]
            mended = dict(mended)
            given_up |= codes.union(*(c for _, _, c in path[seen[text] + 1 :]))
            path = path[: seen[text] + 1]
            seen = {t: i for i, (t, _, _) in enumerate(path)}
        else:
            for finding in chosen:
                mended[finding.code] = mended.get(finding.code, 0) + 1
            seen[text] = len(path)
            path.append((text, dict(mended), codes))
        report = check(text)
    else:
        text, mended = path[0][0], {}
        report = check(text)
    return Fixed(text, report, mended)


def choose(findings: Iterable[Finding], *, unsafe: bool, without: frozenset[str] = frozenset()) -> list[Finding]:
    """The findings whose fixes can be applied in one pass: no two edits overlap or touch one place. Of two that do,
    the one with the first edit is taken; the other comes up again in the next pass, if it is still true."""
    starts: list[int] = []  # of the spans taken, in order, and beside each its end
    ends: list[int] = []
    out = []
    with_fix = [(f, f.fix) for f in findings if f.fix and f.fix.edits and f.code not in without]
    usable = [(f, fix) for f, fix in with_fix if fix.safe or unsafe]
    # Safe ones first: where a safe and an unsafe fix meet, the safe one is the smaller step.
    for finding, fix in sorted(usable, key=lambda x: (not x[1].safe, x[1].edits[0].start)):
        at = [bisect_right(starts, e.end) for e in fix.edits]
        if any(i and ends[i - 1] >= e.start for i, e in zip(at, fix.edits, strict=True)):
            continue
        for edit in fix.edits:
            i = bisect_right(starts, edit.end)
            starts.insert(i, edit.start)
            ends.insert(i, edit.end)
        out.append(finding)
    return out


def apply(text: str, findings: Iterable[Finding]) -> str:
    """The text with the edits of the findings' fixes, which do not overlap."""
    edits: list[Edit] = sorted(e for f in findings if f.fix for e in f.fix.edits)
    pieces: list[str] = []
    last = 0
    for edit in edits:
        pieces += (text[last : edit.start], edit.content)
        last = edit.end
    pieces.append(text[last:])
    return "".join(pieces)


def encode(text: str, data: bytes, encoding: str | None) -> bytes:
    """The bytes of a mended text in the encoding of the old `data`, byte order mark kept. ReportlintError where the
    encoding lacks a character of it, or does not give back the old bytes (then something else would change too)."""
    old = decode(data, encoding)
    mark = _BOMS[old.encoding] if old.bom else b""
    if mark + old.text.encode(old.encoding) != data:
        raise ReportlintError(f"按 {old.encoding} 写回会改动其他字节，未修改 (does not round-trip)")
    try:
        return mark + text.encode(old.encoding)
    except UnicodeEncodeError as error:
        sign = text[error.start]
        raise ReportlintError(f"{old.encoding} 编码中没有“{sign}”，未修改 (cannot be encoded)") from None


def write(path: str, data: bytes, old: bytes) -> int:
    """Replaces a file's content at once: whatever happens, it holds the old bytes or the new ones. Its permissions
    stay, a link stays a link; yields the number of other names (hard links) that keep the old bytes. ReportlintError
    where it cannot be written, or is no longer what was read."""
    target, name = os.path.realpath(path), visible(path)
    if os.path.exists(target) and not os.path.isfile(target):
        raise ReportlintError(f"{name}: 不是普通文件，未修改 (not a regular file)")
    if not os.access(target, os.W_OK):
        raise ReportlintError(f"{name}: 文件是只读的，未修改 (read-only)")
    try:
        with Replacement(target) as new:
            new.file.write(data)
            new.complete()
            with open(target, "rb") as file:
                now = file.read()
                if now == data:
                    return 0  # another run was quicker
                if now != old:
                    raise ReportlintError(f"{name}: 检查期间文件已被改动，未修改 (changed meanwhile)")
                names = os.fstat(file.fileno()).st_nlink
            new.put()
    except OSError as error:
        raise ReportlintError(f"{name}: {trouble('无法写入', 'cannot be written', error)}") from None
    return max(0, names - 1)
