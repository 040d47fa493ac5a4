"""`reportlint check`: the main job."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterable, Iterator

import click

from reportlint.api import Failure, Project, relative
from reportlint.cli import fail
from reportlint.cli.output import Target, parsed, spare, targets, write
from reportlint.config import Config, Given
from reportlint.discover import STDIN, NoDraft
from reportlint.engine import Report
from reportlint.model import ReportlintError, Severity
from reportlint.render import FORMATS, RunInfo
from reportlint.runs import check_all
from reportlint.visible import visible

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
@click.option("--fix", is_flag=True, help="改正有确定改法的问题，写回文稿")
@click.option("--unsafe-fixes", is_flag=True, help="连同须核对的修改建议一并采用，写回文稿")
@click.option("--diff", is_flag=True, help="只显示会作哪些改动，不写回；与 --unsafe-fixes 连用时包括须核对的建议")
@click.option("--profile", metavar="NAME", help="文种，如 述职报告 或 duty-report；缺省时自动识别")
@click.option(
    "--fail-level",
    type=click.Choice(tuple(_LEVELS)),
    help="有此级别以上的问题时退出码为 1，缺省为 warning",
)
@click.option("--config", metavar="FILE", type=click.Path(), help="用这个配置文件，不用找到的")
@click.option("--isolated", is_flag=True, help="不用任何配置文件和基线")
@click.option("--force-exclude", is_flag=True, help="命令行上指名的文件，被 exclude 排除的也不查")
@click.option("--baseline", metavar="FILE", type=click.Path(), help="用这个基线，其中已有的问题不报")
@click.option("--no-baseline", is_flag=True, help="不用基线，全部问题都报")
@click.option("--stdin-filename", metavar="NAME", help="标准输入的文件名，用于报告和判断格式")
@click.option("--encoding", metavar="NAME", help="文稿编码；缺省时自动识别 UTF-8、UTF-16、GB18030")
@click.option("--lang", type=click.Choice(("zh", "en")), help="信息的语言，缺省为 zh")
@click.option("--statistics", is_flag=True, help="只列出各规则的问题数")
@click.option("-q", "--quiet", is_flag=True, help="不显示小结和进度")
@click.option("--no-progress", is_flag=True, help="不显示进度")
@click.option("--no-cache", is_flag=True, help="不用以前的检查结果，全部重新检查")
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="用几个进程；缺省时按要检查的字节数决定要不要用多个")
@click.pass_context
def command(
    ctx: click.Context,
    paths: tuple[str, ...],
    output_format: str,
    output_file: str | None,
    output: tuple[Target, ...],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,
    unsafe_fixes: bool,
    diff: bool,
    profile: str | None,
    fail_level: str | None,
    config: str | None,
    isolated: bool,
    force_exclude: bool,
    baseline: str | None,
    no_baseline: bool,
    stdin_filename: str | None,
    encoding: str | None,
    lang: str | None,
    statistics: bool,
    quiet: bool,
    no_progress: bool,
    no_cache: bool,
    jobs: int | None,
) -> None:
    """检查文稿。PATH 是文件、文件夹（含下级）或 -（标准输入），缺省为当前文件夹。

    退出码：0 没有问题，1 有问题，2 用法、配置或文件有误。

    Check drafts: files, folders (recursively) or - for standard input.
    """
    # Findings and nodes hold no cycles; looking for some among a million of them would cost a fifth of the time.
    gc.set_threshold(200_000, 50, 50)
    gc.enable()
    outputs = targets(output_format, output_file, output, statistics)
    given = Given(select, ignore, profile, lang, fail_level, encoding, "" if no_baseline else baseline)
    project = Project(Config(given, config, isolated))
    found = list(project.drafts(paths or (".",), force_exclude))
    project.verify(stdin_filename or f if f == STDIN else f for f in found if not isinstance(f, NoDraft))
    names = [stdin_filename or "<stdin>" if f == STDIN else f for f in found if not isinstance(f, NoDraft)]
    spare(found, outputs, project, [*names, "draft"])
    found.sort(key=lambda f: "" if isinstance(f, NoDraft) else stdin_filename or f if f == STDIN else f)
    lang = lang or _language(project, found, stdin_filename)
    tally = _Tally(project)
    # Findings and a bar on one terminal would write over each other: on it, the findings are gathered first.
    progress = len(found) > 1 and not quiet and not no_progress and sys.stderr.isatty()
    mender = None
    if fix or unsafe_fixes or diff:
        from reportlint.cli.fixing import Mender

        mender = Mender(project, unsafe=unsafe_fixes, diff=diff)
        results = mender.results(found, stdin_filename)
    else:
        results = _results(project, found, stdin_filename, jobs, not no_cache)
    reports = tally.count(_with_progress(results, len(found)) if progress else results)
    at_end = progress and sys.stdout.isatty()
    run = RunInfo(lang, lambda: project.rules(names), tally.fail_level, tally.lost)
    if mender is not None and diff:
        # Each is shown while it is mended; what was found goes to files only.
        write(reports, [t for t in outputs if t.path is not None], run)
        if not quiet:
            click.echo(mender.summary(lang), err=True)
        ctx.exit(2 if tally.lost else int(mender.changed > 0))
    # The mended text of standard input is the output; what is left to say of it goes beside it.
    aside = mender is not None and STDIN in found
    with contextlib.redirect_stdout(sys.stderr) if aside else contextlib.nullcontext():
        write(reports, outputs, run, mends=mender is not None, at_end=at_end)
        if not quiet:
            tally.remarks(lang)
            for remark in mender.remarks(lang) if mender else ():
                fail(remark)
            if outputs[0].path is not None or not outputs[0].form.machine:
                click.echo((mender.summary(lang) if mender else "") + tally.summary(lang))
    ctx.exit(tally.status)


def _language(project: Project, found: Iterable[str | NoDraft], stdin_filename: str | None) -> str:
    """The language of what is said of the whole run: that of its first draft."""
    first = next((f for f in found if not isinstance(f, NoDraft)), "")
    try:
        return project.config.settings(stdin_filename or first if first == STDIN else first).options.language
    except ReportlintError:
        return "zh"


def _results(
    project: Project, found: list[str | NoDraft], stdin_filename: str | None, jobs: int | None, use_cache: bool
) -> Iterator[Report | Failure]:
    at = found.index(STDIN) if STDIN in found else len(found)
    yield from check_all(project, found[:at], jobs=jobs, use_cache=use_cache)
    if at < len(found):
        yield project.check(stdin_filename or "<stdin>", sys.stdin.buffer.read())
        yield from check_all(project, found[at + 1 :], jobs=jobs, use_cache=use_cache)


class _Tally:
    """Counts what goes by, and says what went wrong."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.failing = False
        self.by_severity = dict.fromkeys(Severity, 0)
        self.fixable = 0
        self.files = 0
        self.lost: list[tuple[str, str]] = []
        self.known = 0
        self.notes: list[str] = []
        self._said: set[str] = set()

    def count(self, results: Iterable[Report | Failure]) -> Iterator[Report]:
        for result in results:
            if isinstance(result, Failure):
                self.lost.append((result.filename, result.reason))
                for error in result.errors or (result.reason,):
                    if error not in self._said:
                        fail(error)
                        self._said.add(error)
                continue
            self.files += 1
            self.known += result.known
            level = self.fail_level(result.draft.filename)
            for finding in result.findings:
                self.by_severity[finding.severity] += 1
                self.fixable += finding.fix is not None and finding.fix.safe
                self.failing = self.failing or (level is not None and finding.severity >= level)
            for offset, note in result.notes:
                row, column = result.draft.source.position(offset)
                self.notes.append(f"{visible(result.draft.filename)}:{row}:{column}: {note}")
            yield result

    def fail_level(self, filename: str) -> Severity | None:
        """From which severity on a finding in a draft counts."""
        return _LEVELS[self.project.config.settings(filename).fail_level]

    def remarks(self, language: str) -> None:
        """Says what the run noticed beside its findings."""
        for note in self.notes:
            fail(note)
        for path, count in self.project.leftovers().items():
            if language == "en":
                said = f"{count} finding(s) of the baseline are gone; reportlint baseline --prune takes them out"
            else:
                said = f"基线中有 {count} 个问题已不存在，可用 reportlint baseline --prune 清理 (stale entries)"
            fail(f"{visible(relative(path))}: {said}")

    @property
    def status(self) -> int:
        if self.lost:
            return 2
        return int(self.failing)

    def summary(self, language: str) -> str:
        e, w, i = (self.by_severity[s] for s in (Severity.ERROR, Severity.WARNING, Severity.INFO))
        total = e + w + i
        if language == "en":
            known = f"; {self.known} known from the baseline left out" if self.known else ""
            lost = known + (f"; {len(self.lost)} could not be checked" if self.lost else "")
            if not self.files:
                return f"Nothing was checked{lost}."
            if not total:
                return f"No problems in {self.files} file(s){lost}."
            return (
                f"{total} problem(s) in {self.files} file(s): {e} error(s), {w} warning(s), {i} info; "
                f"{self.fixable} with a safe fix{lost}."
            )
        known = f"；基线中已有的 {self.known} 个未列出" if self.known else ""
        lost = known + (f"；另有 {len(self.lost)} 处未能检查" if self.lost else "")
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
