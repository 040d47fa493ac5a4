"""`reportlint check --fix`, `--unsafe-fixes` and `--diff`: mends drafts, or shows what would be mended."""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterable, Iterator

from reportlint import fixes
from reportlint.api import Failure, Project
from reportlint.discover import STDIN, NoDraft
from reportlint.engine import Report
from reportlint.model import ReportlintError


class Mender:
    """Mends one draft after another and remembers how much. `unsafe`: with the fixes that want a look, too;
    `diff`: nothing is written, what would change goes to standard output."""

    def __init__(self, project: Project, *, unsafe: bool, diff: bool) -> None:
        self.project = project
        self.unsafe = unsafe
        self.diff = diff
        self.out = sys.stdout  # findings may be sent elsewhere, not the text
        self.mended = 0
        self.changed = 0

    def results(self, found: Iterable[str | NoDraft], stdin_filename: str | None) -> Iterator[Report | Failure]:
        """The report on each draft as it is after mending, or why there is none. A draft that cannot be written is
        left as it is."""
        for item in found:
            if isinstance(item, NoDraft):
                yield Failure(str(item).split(": ")[0], str(item))
                continue
            name = (stdin_filename or "<stdin>") if item == STDIN else item
            try:
                yield self._mend(name, None if item == STDIN else item)
            except ReportlintError as error:
                reason = str(error)
                yield Failure(name, reason if reason.startswith(name) else f"{name}: {reason}")

    def summary(self, language: str) -> str:
        """How much was mended, or would be."""
        if language == "en":
            verb = "Would mend" if self.diff else "Mended"
            return f"{verb} {self.mended} problem(s) in {self.changed} file(s). "
        return f"{'可' if self.diff else '已'}改正 {self.changed} 个文件中的 {self.mended} 处。"

    def _mend(self, name: str, path: str | None) -> Report | Failure:
        if path is None:
            old = sys.stdin.buffer.read()
        else:
            try:
                with open(path, "rb") as file:
                    old = file.read()
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or error
                raise ReportlintError(f"{path}: 无法读取：{reason} (cannot be read)") from None
        # Checked as without --fix, so that what is no draft is refused in the same words.
        first = self.project.check(name, old)
        if isinstance(first, Failure):
            return first
        encoding = self.project.config.settings(name).encoding
        text = first.draft.source.text

        def check(now: str) -> Report:
            return first if now == text else self.project.recheck(name, now)

        fixed = fixes.fix_text(text, check, unsafe=self.unsafe)
        data = old if fixed.text == text else fixes.encode(fixed.text, old, encoding)
        if self.diff:
            self._count(fixed, data != old)
            self.out.write(difference(name, text, fixed.text))
            return first
        if path is None:
            self.out.buffer.write(data)
            self.out.buffer.flush()
        elif data != old:
            fixes.write(path, data, old)
        self._count(fixed, data != old)
        return fixed.report

    def _count(self, fixed: fixes.Fixed, changed: bool) -> None:
        self.mended += sum(fixed.mended.values())
        self.changed += changed


def difference(name: str, old: str, new: str) -> str:
    """A unified diff, as `patch` and `git apply` take it; empty if nothing changes."""
    if old == new:
        return ""
    lines = difflib.unified_diff(_lines(old), _lines(new), f"a/{name}", f"b/{name}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    # Of the ends that str.splitlines knows, a patch knows one.
    pieces = text.split("\n")
    return [f"{piece}\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])
