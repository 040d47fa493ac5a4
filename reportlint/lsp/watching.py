"""Which files to watch: configurations, baselines, packs and their dictionaries, wherever they are."""

from __future__ import annotations

import os
from collections.abc import Iterable

from lsprotocol import types as lsp

from reportlint.config import BASELINE, NAMES
from reportlint.lsp.documents import uri_of
from reportlint.patterns import pattern

USUAL = (*NAMES, BASELINE)
"""The names that count in whichever folder they are."""
_SPECIAL = pattern(r"[*?\[\]{}!,]")

Stamps = dict[str, tuple[int, int]]


def usual() -> list[lsp.FileSystemWatcher]:
    """The files of the usual names."""
    return [lsp.FileSystemWatcher(f"**/{name}") for name in USUAL]


def others(sources: Iterable[str], *, relative: bool) -> list[lsp.FileSystemWatcher]:
    """The files of other names. `relative`: the client takes patterns relative to a folder outside its own."""
    found = []
    for path in sorted(sources):
        folder, name = os.path.split(path)
        if name in USUAL:
            continue
        if relative:
            found.append(lsp.FileSystemWatcher(lsp.RelativePattern(uri_of(folder), _SPECIAL.sub("?", name))))
        else:
            found.append(lsp.FileSystemWatcher(_SPECIAL.sub("?", path.replace(os.sep, "/"))))
    return found


def concerns(path: str, sources: set[str]) -> bool:
    """Whether a file that has changed may change what holds: one that is read, or a new one in a folder of packs."""
    return os.path.basename(path) in USUAL or path in sources or os.path.dirname(path) in sources


def stamps(sources: Iterable[str]) -> Stamps:
    """What changes when one of the files does, for a client that cannot watch them."""
    found = {}
    for path in sources:
        try:
            stat = os.stat(path)
        except OSError:
            continue
        found[path] = stat.st_size, stat.st_mtime_ns
    return found
