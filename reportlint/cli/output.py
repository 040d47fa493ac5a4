"""Where the results of `reportlint check` go: standard output and files, each in its format."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from typing import IO, NamedTuple

import click

from reportlint import render
from reportlint.discover import STDIN, NoDraft
from reportlint.engine import Report
from reportlint.model import ReportlintError
from reportlint.render import FORMATS, STATISTICS, Format, RunInfo


class Target(NamedTuple):
    """A format and the file it goes to; None is standard output."""

    form: Format
    path: str | None


def parsed(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[Target, ...]:
    """The callback of `--output FORMAT=FILE`. ReportlintError for what is none."""
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
            raise ReportlintError(f"{path}: 是文件夹，不能写入结果 (the output is a folder)")
        if not os.path.isdir(folder):
            raise ReportlintError(f"{path}: 所在的文件夹不存在 (the folder of the output does not exist)")
        if real in seen:
            raise ReportlintError(f"{path}: 两种输出写往同一个文件 (two outputs go to this file)")
        seen.add(real)
    return out


def spare(found: Iterable[str | NoDraft], outputs: Iterable[Target]) -> None:
    """ReportlintError where a draft that was found would be overwritten by an output."""
    ours = {os.path.realpath(t.path) for t in outputs if t.path is not None}
    for path in found if ours else ():
        if not isinstance(path, NoDraft) and path != STDIN and os.path.realpath(path) in ours:
            raise ReportlintError(
                f"{path}: 是要检查的文稿，不能又作输出文件，请换一个文件名 (the output would overwrite a draft)"
            )


def write(reports: Iterable[Report], outputs: Iterable[Target], run: RunInfo) -> None:
    """Writes every output, a report at a time. A file appears whole or not at all."""
    with ExitStack() as stack:
        sinks: list[tuple[render.Output, Callable[[str], object]]] = []
        for form, path in outputs:
            file = _standard_output(form) if path is None else stack.enter_context(_file(path))
            own = run._replace(colour=path is None and not form.machine and _colour())
            sinks.append((render.output(form, own), file.write))
        for made, put in sinks:
            _all(made.start(), put)
        for report in reports:
            for made, put in sinks:
                _all(made.report(report), put)
        for made, put in sinks:
            _all(made.end(), put)
        sys.stdout.flush()


def _all(pieces: Iterable[str], put: Callable[[str], object]) -> None:
    for piece in pieces:
        put(piece)


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
    real = os.path.realpath(path)
    try:
        # A pipe or a device is no file to be replaced.
        direct = os.path.exists(real) and not stat.S_ISREG(os.stat(real).st_mode)
        beside = real if direct else os.path.join(os.path.dirname(real), f".reportlint-{os.getpid()}-{hash(real):x}")
        file = open(beside, "w", encoding="utf-8", errors="backslashreplace", newline="")  # noqa: SIM115
    except OSError as error:
        raise _unwritable(path, error) from None
    try:
        with file:
            yield file
        if not direct:
            try:
                if os.path.exists(real):
                    os.chmod(beside, stat.S_IMODE(os.stat(real).st_mode))
                os.replace(beside, real)
            except OSError as error:
                raise _unwritable(path, error) from None
    except BaseException:
        if not direct:
            with suppress(OSError):
                os.unlink(beside)
        raise


def _unwritable(path: str, error: OSError) -> ReportlintError:
    return ReportlintError(f"{path}: 无法写入：{error.strerror or error} (cannot be written)")
