"""Where the results of `reportlint check` go: standard output and files, each in its format."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from io import TextIOWrapper
from typing import IO, NamedTuple

from reportlint import render
from reportlint.api import Project
from reportlint.cli import hush
from reportlint.config import BASELINE, NAMES
from reportlint.discover import STDIN, NoDraft
from reportlint.engine import Report
from reportlint.model import ReportlintError, ReportlintErrors
from reportlint.render import FORMATS, STATISTICS, Format, RunInfo
from reportlint.visible import trouble, visible


class Target(NamedTuple):
    """A format and the file it goes to; None is standard output."""

    form: Format
    path: str | None


def parsed(value: tuple[str, ...]) -> tuple[Target, ...]:
    """The targets that `--output FORMAT=FILE` names. ReportlintError for what is none."""
    out = []
    for item in value:
        name, equals, path = item.partition("=")
        if not equals or not path or path == STDIN:
            raise ReportlintError(f"--output {item}: 应写作 FORMAT=FILE，如 html=report.html (wants FORMAT=FILE)")
        if name not in FORMATS:
            raise ReportlintError(f"--output {item}: 没有格式“{name}”，可用：{'、'.join(FORMATS)} (unknown format)")
        out.append(Target(FORMATS[name], path))
    return tuple(out)


def targets(output_format: str, output_file: str | None, more: Sequence[Target], statistics: bool) -> list[Target]:
    """Every output of the run, the main one first. ReportlintError where one cannot be."""
    if statistics and output_format not in STATISTICS:
        known = "、".join(STATISTICS)
        raise ReportlintError(f"--statistics 只有 {known} 三种格式 (no statistics in this format)")
    form = (STATISTICS if statistics else FORMATS)[output_format]
    out = [Target(form, None if output_file == STDIN else output_file), *more]
    seen: set[str] = set()
    for path in (t.path for t in out if t.path is not None):
        real = os.path.realpath(path)
        folder = os.path.dirname(real)
        if os.path.isdir(real):
            raise ReportlintError(f"{visible(path)}: 是文件夹，不能写入结果 (the output is a folder)")
        if not os.path.isdir(folder):
            raise ReportlintError(f"{visible(path)}: 所在的文件夹不存在 (the folder of the output does not exist)")
        if real in seen:
            raise ReportlintError(f"{visible(path)}: 两种输出写往同一个文件 (two outputs go to this file)")
        seen.add(real)
    return out


def spare(found: Iterable[str | NoDraft], outputs: Iterable[Target], project: Project, names: Iterable[str]) -> None:
    """ReportlintError where an output would overwrite a draft that was found, or what the run is told by: a
    configuration, a baseline, a pack of one's own. `names` are those by which the drafts are configured."""
    ours = [t.path for t in outputs if t.path is not None]
    if not ours:
        return
    drafts = [path for path in found if not isinstance(path, NoDraft) and path != STDIN]
    used = project.config.sources(names)
    for path in ours:
        if any(_same(path, other) for other in drafts):
            said = "是要检查的文稿，不能又作输出文件，请换一个文件名 (the output would overwrite a draft)"
            raise ReportlintError(f"{visible(path)}: {said}")
        if os.path.basename(path) in (*NAMES, BASELINE) or any(_same(path, other) for other in used):
            raise ReportlintError(
                f"{visible(path)}: 是配置、基线或规则包，不能作输出文件，请换一个文件名 "
                "(the output would overwrite a configuration, baseline or pack)"
            )


def _same(one: str, other: str) -> bool:
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return os.path.samefile(one, other)
    except OSError:
        return False


class _Sink:
    """An output and where it goes. What cannot be written is an error that names it; nobody reading standard output
    any more (`| head`) is the end of that output, and of the run where it has nothing else to do."""

    def __init__(self, made: render.Output, file: IO[str], path: str | None, goes_on: bool, at_end: bool) -> None:
        self.made = made
        self._file = file
        self._path = path
        self._goes_on = goes_on
        self._given_up = False
        self._waiting: list[str] | None = [] if at_end else None
        self.error: ReportlintError | None = None

    def put(self, pieces: Iterable[str]) -> None:
        """Writes pieces of the output."""
        if self._waiting is not None:
            self._waiting.extend(pieces)
            return
        for piece in pieces:
            if self._given_up:
                return
            self._try(lambda piece=piece: self._file.write(piece))  # type: ignore[misc]

    def flush(self) -> None:
        """Writes what is not written yet."""
        waiting, self._waiting = self._waiting or [], None
        self.put(waiting)
        if not self._given_up:
            self._try(self._file.flush)

    def _try(self, step: Callable[[], object]) -> None:
        try:
            step()
        except OSError as error:
            broken = isinstance(error, BrokenPipeError) and self._path is None
            said = None if broken else _unwritable(self._path, error)
            if not self._goes_on:
                raise (said or error) from None
            self.error = said
            self._given_up = True
            if self._path is None:
                hush(sys.stdout)


def write(
    reports: Iterable[Report], outputs: Iterable[Target], run: RunInfo, *, mends: bool = False, at_end: bool = False
) -> None:
    """Writes every output, a report at a time; what goes to standard output only `at_end` of all. A file appears whole
    or not at all. Where making the reports `mends` drafts, all of them are made, whatever becomes of the outputs."""
    outputs = list(outputs)
    goes_on = mends or len(outputs) > 1
    with ExitStack() as stack:
        sinks: list[_Sink] = []
        for form, path in outputs:
            file = _standard_output(form) if path is None else stack.enter_context(_file(path))
            own = run._replace(colour=path is None and not form.machine and _colour())
            sinks.append(_Sink(render.output(form, own), file, path, goes_on, at_end and path is None))
        for sink in sinks:
            sink.put(sink.made.start())
        for report in reports:
            for sink in sinks:
                sink.put(sink.made.report(report))
        for sink in sinks:
            sink.put(sink.made.end())
            sink.flush()
        errors = [sink.error for sink in sinks if sink.error]
        if errors:
            raise ReportlintErrors(errors)


def _standard_output(form: Format) -> IO[str]:
    if form.machine and hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    return sys.stdout


def _colour() -> bool:
    from reportlint.render.terminal import wants_colour

    return wants_colour(sys.stdout.isatty())


@contextmanager
def _file(path: str) -> Iterator[IO[str]]:
    """A file to write into, put in place when everything is in it. ReportlintError where that cannot be done."""
    from reportlint.replacing import Replacement

    real = os.path.realpath(path)
    # A pipe or a device is no file to be replaced.
    direct = os.path.exists(path) and not stat.S_ISREG(os.stat(path).st_mode)
    try:
        if direct:
            with open(path, "w", encoding="utf-8", errors="backslashreplace", newline="") as file:
                yield file
            return
        if os.path.exists(real) and not os.access(real, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        with Replacement(real) as new:
            text = TextIOWrapper(new.file, encoding="utf-8", errors="backslashreplace", newline="")
            try:
                yield text
                text.flush()
                new.complete()
                new.put()
            finally:
                with suppress(OSError):
                    text.detach()
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: str | None, error: OSError) -> ReportlintError:
    name = "标准输出" if path is None else visible(path)
    return ReportlintError(f"{name}: {trouble('无法写入', 'cannot be written', error)}")
