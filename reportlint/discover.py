"""Paths on the command line to the drafts to check."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator

from reportlint.model import ReportlintError
from reportlint.readers import SUFFIXES
from reportlint.visible import visible

STDIN = "-"
_OFFICE = (".docx", ".doc", ".wps")


class NoDraft(ReportlintError):
    """A path that leads to no draft, and why."""

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        super().__init__(f"{visible(path)}: {why}")


Excluded = Callable[[str, bool, str | None], object]
"""Whether the configuration leaves out a path (a folder: True) below a walked folder, or one that was named (None)."""


def discover(
    paths: Iterable[str], excluded: Excluded | None = None, force_exclude: bool = False
) -> Iterator[str | NoDraft]:
    """Every draft of the paths, each once, in the order of the paths and sorted within a folder. A path that
    leads to none yields a NoDraft in its place, so that the rest is still checked. In a folder, what .gitignore files
    and `excluded` leave out is passed over; a path that is named only with `force_exclude`."""
    seen: set[str] = set()
    for path in paths:
        if path == STDIN:
            if STDIN not in seen:
                seen.add(STDIN)
                yield path
            continue
        if force_exclude and excluded and excluded(path, os.path.isdir(path), None):
            continue
        for found in _drafts(path, excluded):
            if isinstance(found, NoDraft):
                yield found
                continue
            real = os.path.realpath(found)
            if real not in seen:
                seen.add(real)
                yield found


def _drafts(path: str, excluded: Excluded | None) -> list[str | NoDraft]:
    if os.path.isdir(path):
        return _below(path, excluded)
    if not os.path.exists(path):
        return [NoDraft(path, "没有这个文件或文件夹 (no such file or folder)")]
    if _is_device(path):
        return [NoDraft(path, "是设备，不是文件 (a device, not a file)")]
    return [path]


def _is_device(path: str) -> bool:
    """Whether reading a path might never come to an end. What a shell hands over as a file is a pipe."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False  # reading it will say why
    return stat.S_ISCHR(mode) or stat.S_ISBLK(mode)


def _below(path: str, excluded: Excluded | None) -> list[str | NoDraft]:
    from reportlint.ignores import GitIgnores

    git = GitIgnores(path)
    passed_over = False

    def wanted(name: str, folder: bool) -> bool:
        nonlocal passed_over
        out = git.ignores(name, folder) or bool(excluded and excluded(name, folder, path))
        passed_over = passed_over or out
        return not out

    found: list[str | NoDraft] = []
    office = 0
    for folder, names, files in os.walk(path):
        seen = sorted(n for n in names if not n.startswith(".") and n not in ("node_modules", "__pycache__"))
        names[:] = [n for n in seen if wanted(os.path.join(folder, n), True)]
        drafts = [os.path.join(folder, f) for f in sorted(files) if f.lower().endswith(SUFFIXES) and f[0] != "."]
        office += sum(f.lower().endswith(_OFFICE) and not f.startswith((".", "~$")) for f in files)
        # A pipe or a device among the drafts would make us wait for ever.
        found += [f.removeprefix(f".{os.sep}") for f in drafts if os.path.isfile(f) and wanted(f, False)]
    if found:
        return found
    kinds = "、".join(SUFFIXES)
    if passed_over:
        said = "文件夹中的文稿都被 exclude 或 .gitignore 排除 (all drafts in this folder are excluded)"
        return [NoDraft(path, said)]
    if office:
        said = f"文件夹中没有可检查的文稿（{kinds}），有 {office} 个 Word/WPS 文档，请另存为 .txt 或 .md 后再检查"
        return [NoDraft(path, f"{said} (no drafts in this folder; save its documents as text first)")]
    return [NoDraft(path, f"文件夹中没有可检查的文稿（{kinds}）(no drafts in this folder)")]
