"""Where a finding is, as other programs want it: paths, URIs, and a name that outlives an edit elsewhere."""

from __future__ import annotations

import os
from collections import Counter
from urllib.parse import quote

from reportlint.engine import Report
from reportlint.model import Finding
from reportlint.text import SourceText

_AROUND = 16
"""Code points on either side of a finding that tell it from another of its kind."""


def path_of(filename: str) -> str:
    """The path as services expect it: with slashes, relative to the working folder where it lies below it."""
    path = filename
    if os.path.isabs(path):
        try:
            short = os.path.relpath(path)
        except ValueError:  # another drive
            short = os.pardir
        path = path if short.startswith(os.pardir) else short
    path = path.replace(os.sep, "/")
    while path.startswith("./"):
        path = path[2:].lstrip("/") or path
    return path


def uri_of(filename: str) -> str:
    """The path as a URI reference: percent-encoded, relative where `path_of` is."""
    path = path_of(filename)
    quoted = quote(os.fsencode(path), safe="/")
    if os.path.isabs(filename) and os.path.isabs(path):
        return "file://" + (quoted if quoted.startswith("/") else "/" + quoted)
    return quoted


def places(source: SourceText, start: int, end: int) -> tuple[int, int, int, int]:
    """Row and column of the start and of the end, in code points from 1; the end is exclusive."""
    return *source.position(start), *source.position(end)


class Fingerprints:
    """Names for findings: the same for the same defect in the same words, wherever its line has moved to, and
    never the same twice."""

    def __init__(self) -> None:
        self._seen: Counter[str] = Counter()

    def of(self, report: Report, finding: Finding) -> str:
        """32 hexadecimal digits. To be asked once for each finding, in order: equal findings are counted."""
        from hashlib import blake2b

        source = report.draft.source
        row = source.position(finding.start)[0]
        line_start, line_end = source.line_starts[row - 1], source.line_end(row)
        end = min(finding.end, line_end)
        around = (
            source.text[max(line_start, finding.start - _AROUND) : finding.start],
            source.text[finding.start : end],
            source.text[end : max(end, min(line_end, end + _AROUND))],
        )
        what = "\0".join((path_of(report.draft.filename), finding.code, *around))
        self._seen[what] += 1
        named = f"{what}\0{self._seen[what]}"
        return blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()
