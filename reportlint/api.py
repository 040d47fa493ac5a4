"""What both shells and other programs call: text, a file or paths to reports."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from reportlint.discover import NoDraft, discover
from reportlint.draft import Draft
from reportlint.engine import Options, Report, check, chosen, profile_named, shipped
from reportlint.frame import Frame, frame
from reportlint.model import ReportlintError
from reportlint.outline import Outline, outline
from reportlint.profiles import Recognised, recognise
from reportlint.readers import read, read_text
from reportlint.rules import Rule

_OFFICE = {
    b"PK\x03\x04": "Word/WPS 文档或压缩包，请另存为 .txt 或 .md 后再检查 (save it as text first)",
    b"\xd0\xcf\x11\xe0": "旧版 Word/WPS 文档（.doc），请另存为 .txt 后再检查 (save it as text first)",
    b"%PDF": "PDF 文件，请先导出为文本 (export it as text first)",
}


class Failure(NamedTuple):
    """A file that could not be checked, and why: one line that names it."""

    filename: str
    reason: str


class Checker:
    """Rules and options, resolved once for many drafts. ReportlintError for an unknown code or profile."""

    def __init__(self, options: Options | None = None) -> None:
        self.options = options or Options()
        self.ruleset = shipped()
        self.rules: list[Rule] = chosen(self.ruleset.rules, self.options)
        if self.options.profile:
            profile_named(self.ruleset.profiles, self.options.profile)

    def check_draft(self, draft: Draft) -> Report:
        """The report on a draft that was read already."""
        return check(draft, self.ruleset, self.rules, self.options)

    def check_bytes(self, filename: str, data: bytes, encoding: str | None = None) -> Report:
        """The report on a file's bytes. ReportlintError where they are no draft, or an empty one."""
        return self.check_draft(_read(filename, data, encoding))


def _read(filename: str, data: bytes, encoding: str | None) -> Draft:
    """The draft in a file's bytes, with advice where they are another program's."""
    for magic, advice in _OFFICE.items():
        if data.startswith(magic):
            raise ReportlintError(advice)
    draft = read(filename, data, encoding)
    if not draft.paragraphs:
        raise ReportlintError("文件是空的，没有可检查的文字 (nothing to check: the file is empty)")
    return draft


def check_text(text: str, filename: str = "<text>", options: Options | None = None) -> Report:
    """The report on a text; `filename` decides how it is read."""
    return Checker(options).check_draft(read_text(filename, text))


def check_file(path: str, options: Options | None = None, encoding: str | None = None) -> Report:
    """The report on one file. ReportlintError where it cannot be read."""
    result = _check_path(Checker(options), path, encoding)
    if isinstance(result, Failure):
        raise ReportlintError(result.reason)
    return result


def check_paths(
    paths: Iterable[str], options: Options | None = None, encoding: str | None = None
) -> Iterator[Report | Failure]:
    """A report on every draft of the paths, or why there is none, one at a time."""
    checker = Checker(options)
    for found in discover(paths):
        yield found_result(checker, found, encoding)


def found_result(checker: Checker, found: str | NoDraft, encoding: str | None) -> Report | Failure:
    """The report on what `discover` yielded."""
    if isinstance(found, NoDraft):
        return Failure(str(found).split(": ")[0], str(found))
    return _check_path(checker, found, encoding)


def _check_path(checker: Checker, path: str, encoding: str | None) -> Report | Failure:
    try:
        with open(path, "rb") as file:
            data = file.read()
    except OSError as error:
        return Failure(path, f"{path}: 无法读取：{error.strerror or error} (cannot be read)")
    except ValueError as error:
        return Failure(path, f"{path!r}: 无法读取：{error} (cannot be read)")
    try:
        return checker.check_bytes(path, data, encoding)
    except ReportlintError as error:
        return Failure(path, f"{path}: {error}")
    except Exception as error:
        if os.environ.get("REPORTLINT_DEBUG"):
            raise
        # A slip of ours in one draft must not cost the user the reports on the others.
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        return Failure(path, f"{path}: 内部错误，请报告给开发者：{what} (internal error; REPORTLINT_DEBUG=1 shows it)")


def relative(path: str) -> str:
    """The path as reports show it: relative to the working folder where it lies below it."""
    try:
        short = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return path if short.startswith("..") else short


def read_draft(path: str, encoding: str | None = None, stdin_filename: str | None = None) -> Draft:
    """The draft of a file or, for `-`, of standard input. ReportlintError where there is none."""
    import sys

    if path == "-":
        name, data = stdin_filename or "<stdin>", sys.stdin.buffer.read()
    else:
        name = path
        try:
            with open(path, "rb") as file:
                data = file.read()
        except OSError as error:
            raise ReportlintError(f"{path}: 无法读取：{error.strerror or error} (cannot be read)") from None
    try:
        return _read(name, data, encoding)
    except ReportlintError as error:
        raise ReportlintError(f"{name}: {error}") from None


def recognised(draft: Draft, profile: str | None = None) -> tuple[Outline, Frame, Recognised]:
    """The outline, the frame and the genre of a draft, without checking it."""
    profiles = shipped().profiles
    tree = outline(draft)
    around = frame(draft, tree)
    if profile:
        return tree, around, Recognised(profile_named(profiles, profile), (("option", profile),))
    return tree, around, recognise(profiles, draft, tree, around)
