"""`reportlint check`: the main job."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator

import click

from reportlint.api import Checker, Failure, found_result
from reportlint.cli import fail
from reportlint.cli.output import Target, parsed, spare, targets, write
from reportlint.discover import STDIN, NoDraft, discover
from reportlint.engine import Options, Report
from reportlint.model import ReportlintError, Severity
from reportlint.render import FORMATS, RunInfo

_LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, "never": None}


def _codes(ctx: click.Context, param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for item in value for code in item.replace("，", ",").split(",") if code.strip())


@click.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path())
@click.option("--output-format", type=click.Choice(tuple(FORMATS)), default="full", show_default=True, help="输出格式")
@click.option("--output-file", metavar="FILE", type=click.Path(), help="把结果写入文件（UTF-8），不写到标准输出")
@click.option(
    "--output",
    multiple=True,
    metavar="FORMAT=FILE",
    callback=parsed,
    help="一次检查，再写一种格式的结果，可多次使用，如 --output html=结果.html --output sarif=结果.sarif",
)
@click.option("--select", multiple=True, metavar="CODES", callback=_codes, help="只用这些规则，可用前缀：NUM,PLH0")
@click.option("--ignore", multiple=True, metavar="CODES", callback=_codes, help="不用这些规则，可用前缀")
@click.option("--profile", metavar="NAME", help="文种，如 述职报告 或 duty-report；缺省时自动识别")
@click.option(
    "--fail-level",
    type=click.Choice(tuple(_LEVELS)),
    default="warning",
    show_default=True,
    help="有此级别以上的问题时退出码为 1",
)
@click.option("--stdin-filename", metavar="NAME", help="标准输入的文件名，用于报告和判断格式")
@click.option("--encoding", metavar="NAME", help="文稿编码；缺省时自动识别 UTF-8、UTF-16、GB18030")
@click.option("--lang", type=click.Choice(("zh", "en")), default="zh", show_default=True, help="信息的语言")
@click.option("--statistics", is_flag=True, help="只列出各规则的问题数")
@click.option("-q", "--quiet", is_flag=True, help="不显示小结和进度")
@click.option("--no-progress", is_flag=True, help="不显示进度")
@click.option("--no-cache", is_flag=True, help="不用结果缓存（目前没有结果缓存，为日后保留）")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output_format: str,
    output_file: str | None,
    output: tuple[Target, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    profile: str | None,
    fail_level: str,
    stdin_filename: str | None,
    encoding: str | None,
    lang: str,
    statistics: bool,
    quiet: bool,
    no_progress: bool,
    no_cache: bool,
) -> None:
    """检查文稿。PATH 是文件、文件夹（含下级）或 -（标准输入），缺省为当前文件夹。

    退出码：0 没有问题，1 有问题，2 用法或文件有误。

    Check drafts: files, folders (recursively) or - for standard input.
    """
    # Findings and nodes hold no cycles; looking for some among a million of them would cost a fifth of the time.
    gc.set_threshold(200_000, 50, 50)
    gc.enable()
    outputs = targets(output_format, output_file, output, statistics)
    checker = Checker(Options(select, ignore, profile, lang))
    found = list(discover(paths or (".",)))
    spare(found, outputs)
    found.sort(key=lambda f: "" if isinstance(f, NoDraft) else stdin_filename or f if f == STDIN else f)
    tally = _Tally(_LEVELS[fail_level])
    # Findings and a bar on one terminal would write over each other: on it, the findings are gathered first.
    progress = len(found) > 1 and not quiet and not no_progress and sys.stderr.isatty()
    results = _results(checker, found, encoding, stdin_filename)
    reports: Iterable[Report] = tally.count(_with_progress(results, len(found)) if progress else results)
    if progress and outputs[0].path is None and sys.stdout.isatty():
        reports = list(reports)
    write(reports, outputs, RunInfo(lang, checker.rules, _LEVELS[fail_level], tally.lost), statistics)
    if not quiet and (outputs[0].path is not None or not FORMATS[output_format].machine):
        click.echo(tally.summary(lang))
    ctx.exit(tally.status)


def _results(
    checker: Checker, found: Iterable[str | NoDraft], encoding: str | None, stdin_filename: str | None
) -> Iterator[Report | Failure]:
    for item in found:
        if item == STDIN:
            name = stdin_filename or "<stdin>"
            try:
                yield checker.check_bytes(name, sys.stdin.buffer.read(), encoding)
            except ReportlintError as error:
                yield Failure(name, f"{name}: {error}")
        else:
            yield found_result(checker, item, encoding)


class _Tally:
    """Counts what goes by, and says what went wrong."""

    def __init__(self, level: Severity | None) -> None:
        self.level = level
        self.by_severity = dict.fromkeys(Severity, 0)
        self.fixable = 0
        self.files = 0
        self.lost: list[Failure] = []

    def count(self, results: Iterable[Report | Failure]) -> Iterator[Report]:
        for result in results:
            if isinstance(result, Failure):
                self.lost.append(result)
                fail(result.reason)
                continue
            self.files += 1
            for finding in result.findings:
                self.by_severity[finding.severity] += 1
                self.fixable += finding.fix is not None and finding.fix.safe
            yield result

    @property
    def status(self) -> int:
        if self.lost:
            return 2
        level = self.level
        return int(level is not None and any(n and s >= level for s, n in self.by_severity.items()))

    def summary(self, language: str) -> str:
        e, w, i = (self.by_severity[s] for s in (Severity.ERROR, Severity.WARNING, Severity.INFO))
        total = e + w + i
        if language == "en":
            lost = f"; {len(self.lost)} could not be checked" if self.lost else ""
            if not self.files:
                return f"Nothing was checked{lost}."
            if not total:
                return f"No problems in {self.files} file(s){lost}."
            return (
                f"{total} problem(s) in {self.files} file(s): {e} error(s), {w} warning(s), {i} info; "
                f"{self.fixable} with a safe fix{lost}."
            )
        lost = f"；另有 {len(self.lost)} 处未能检查" if self.lost else ""
        if not self.files:
            return "没有检查任何文件。"
        if not total:
            return f"检查 {self.files} 个文件，未发现问题{lost}。"
        return (
            f"检查 {self.files} 个文件，发现 {total} 个问题：错误 {e}，警告 {w}，提示 {i}；"
            f"其中 {self.fixable} 个有确定的改法{lost}。"
        )


def _with_progress(results: Iterator[Report | Failure], total: int) -> Iterator[Report | Failure]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("检查"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        for result in results:
            yield result
            bar.advance(task)
