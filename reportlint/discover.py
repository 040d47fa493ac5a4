"""Paths on the command line to the drafts to check."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from reportlint.model import ReportlintError
from reportlint.readers import SUFFIXES

STDIN = "-"


class NoDraft(ReportlintError):
    """A path that leads to no draft."""


def discover(paths: Iterable[str]) -> Iterator[str | NoDraft]:
    """Every draft of the paths, each once, in the order of the paths and sorted within a folder. A path that
    leads to none yields a NoDraft in its place, so that the rest is still checked."""
    seen: set[str] = set()
    for path in paths:
        if path == STDIN:
            if STDIN not in seen:
                seen.add(STDIN)
                yield path
            continue
        for found in _drafts(path):
            if isinstance(found, NoDraft):
                yield found
                continue
            real = os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield found


def _drafts(path: str) -> list[str | NoDraft]:
    if os.path.isdir(path):
        found: list[str | NoDraft] = []
        for folder, names, files in os.walk(path):
            names[:] = sorted(n for n in names if not n.startswith(".") and n not in ("node_modules", "__pycache__"))
            wanted = [os.path.join(folder, f) for f in sorted(files) if f.lower().endswith(SUFFIXES) and f[0] != "."]
            # A pipe or a device among the drafts would make us wait for ever.
            found += [f.removeprefix(f".{os.sep}") for f in wanted if os.path.isfile(f)]
        kinds = "、".join(SUFFIXES)
        return found or [NoDraft(f"{path}: 文件夹中没有可检查的文稿（{kinds}）(no drafts in this folder)")]
    if not os.path.exists(path):
        return [NoDraft(f"{path}: 没有这个文件或文件夹 (no such file or folder)")]
    return [path]
