"""`reportlint check --fix`, `--unsafe-fixes` and `--diff`: mends drafts, or shows what would be mended."""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Iterable, Iterator

from reportlint import fixes
from reportlint.api import Failure, Project, contents, no_draft
from reportlint.cli import hush
from reportlint.discover import STDIN, NoDraft
from reportlint.engine import Report
from reportlint.model import ReportlintError
from reportlint.replacing import sweep
from reportlint.text import decode
from reportlint.visible import trouble, visible, visible_lines


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
        self.linked: list[str] = []

    def results(self, found: Iterable[str | NoDraft], stdin_filename: str | None) -> Iterator[Report | Failure]:
        """The report on each draft as it is after mending, or why there is none. A draft that cannot be written is
        left as it is."""
        for item in found:
            if isinstance(item, NoDraft):
                yield no_draft(item)
                continue
            name = (stdin_filename or "<stdin>") if item == STDIN else item
            if item != STDIN and not self.diff:
                sweep(os.path.dirname(os.path.realpath(item)))
            try:
                yield self._mend(name, None if item == STDIN else item)
            except ReportlintError as error:
                reason, shown = str(error), visible(name)
                yield Failure(name, reason if reason.startswith(shown) else f"{shown}: {reason}")

    def summary(self, language: str) -> str:
        """How much was mended, or would be."""
        if not self.changed:
            return "Nothing to mend. " if language == "en" else "没有可自动改正的问题。"
        if language == "en":
            verb = "Would mend" if self.diff else "Mended"
            return f"{verb} {self.mended} problem(s) in {self.changed} file(s). "
        return f"{'可' if self.diff else '已'}改正 {self.changed} 个文件中的 {self.mended} 处。"

    def remarks(self, language: str) -> Iterator[str]:
        """What is to be known of the files that were written."""
        for name in self.linked:
            if language == "en":
                yield f"{visible(name)}: has other names (hard links), which keep the old content"
            else:
                yield f"{visible(name)}: 另有硬链接，那些名字下仍是旧内容 (other hard links keep the old content)"

    def _mend(self, name: str, path: str | None) -> Report | Failure:
        if path is None:
            old = sys.stdin.buffer.read()
        else:
            found = contents(path)
            if isinstance(found, Failure):
                return found
            old = found
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
            self._show(difference(path or name, old, data), decode(old, encoding).encoding)
            return first
        if path is None:
            self._put(data)
        elif data != old and fixes.write(path, data, old):
            self.linked.append(name)
        self._count(fixed, data != old)
        return fixed.report

    def _show(self, patch: bytes, encoding: str) -> None:
        if self.out.isatty():
            # For a person to read; a patch it is where it is written somewhere.
            self.out.write(visible_lines(patch.decode(encoding, "replace").replace("\r\n", "\n")))
            return
        self.out.flush()
        self.out.buffer.write(patch)
        self.out.buffer.flush()

    def _put(self, data: bytes) -> None:
        try:
            self.out.buffer.write(data)
            self.out.buffer.flush()
        except BrokenPipeError:
            hush(self.out)  # other drafts are to be mended
        except OSError as error:
            hush(self.out)
            raise ReportlintError(f"标准输出: {trouble('无法写入', 'cannot be written', error)}") from None

    def _count(self, fixed: fixes.Fixed, changed: bool) -> None:
        self.mended += sum(fixed.mended.values())
        self.changed += changed


def difference(path: str, old: bytes, new: bytes) -> bytes:
    """A unified diff of two contents, as `patch -p1` and `git apply` take it; empty if nothing changes. Its lines are
    the bytes of the file in its own encoding: in another, they would fit nothing."""
    if old == new:
        return b""
    name = _in_patch(path)
    ours, theirs = (_name_in_patch(side + name) for side in (b"a/", b"b/"))
    # Each byte as a character: what difflib compares are strings.
    before, after = ([line.decode("latin-1") for line in _lines(data)] for data in (old, new))
    lines = [line.encode("latin-1") for line in difflib.unified_diff(before, after)][2:]
    shown = [line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n" for line in lines]
    return b"".join([b"--- ", ours, b"\n+++ ", theirs, b"\n", *shown])


def _lines(data: bytes) -> list[bytes]:
    # Of the ends that splitlines knows, a patch knows one.
    pieces = data.split(b"\n")
    return [piece + b"\n" for piece in pieces[:-1]] + ([pieces[-1]] if pieces[-1] else [])


def _in_patch(path: str) -> bytes:
    """A path as a patch names it: from the working folder or, where it does not lie below that, from the root, for
    `patch -d /`. No patch goes through a link, so it is the file that the path leads to."""
    if path.startswith("<"):
        return os.fsencode(path)
    real, here = os.path.realpath(path), os.path.realpath(os.curdir)
    try:
        short = os.path.relpath(real, here)
    except ValueError:  # another drive
        short = os.pardir
    if short.split(os.sep)[0] == os.pardir:
        short = os.path.splitdrive(real)[1].lstrip(os.sep)
    return os.fsencode(short.replace(os.sep, "/"))


_QUOTED = {7: b"\\a", 8: b"\\b", 9: b"\\t", 10: b"\\n", 11: b"\\v", 12: b"\\f", 13: b"\\r", 34: b'\\"', 92: b"\\\\"}


def _name_in_patch(name: bytes) -> bytes:
    """A name as git writes it: quoted where it must be, with a tab behind it where a blank in it might end it."""
    if any(byte in _QUOTED or byte < 32 or byte == 127 for byte in name):
        escaped = (_QUOTED.get(b) or (b"\\%03o" % b if b < 32 or b == 127 else bytes([b])) for b in name)
        return b'"' + b"".join(escaped) + b'"'
    return name + b"\t" if b" " in name else name
