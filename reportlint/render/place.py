"""Where a finding is, as other programs want it: paths, URIs, and a name that outlives an edit elsewhere."""

from __future__ import annotations

import os
from collections import Counter
from urllib.parse import quote

from reportlint.baseline import Entry, entries
from reportlint.engine import Report
from reportlint.text import SourceText


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
    never the same twice. Made of what a baseline knows a finding by."""

    def __init__(self) -> None:
        self._seen: Counter[Entry] = Counter()

    def of(self, report: Report) -> list[str]:
        """32 hexadecimal digits for each finding. To be asked once for each report: equal findings are counted."""
        from hashlib import blake2b

        out = []
        for entry in entries(report, path_of(report.draft.filename)):
            self._seen[entry] += 1
            named = "\0".join((*entry, str(self._seen[entry])))
            out.append(blake2b(named.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest())
        return out
