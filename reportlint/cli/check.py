"""`reportlint check`: the main job."""

from __future__ import annotations

import contextlib
import gc
import sys
from collections.abc import Iterable, Iterator

from reportlint.api import Failure, Project, relative
from reportlint.cli import fail
from reportlint.cli.options import Call
from reportlint.cli.output import parsed, spare, targets, write
from reportlint.config import Config, Given
from reportlint.discover import STDIN, NoDraft
from reportlint.engine import Report
from reportlint.model import ReportlintError, Severity
from reportlint.render import RunInfo
from reportlint.runs import check_all
from reportlint.visible import visible

_LEVELS = {"error": Severity.ERROR, "warning": Severity.WARNING, "info": Severity.INFO, "never": None}


def _codes(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for item in given for code in item.replace("，", ",").split(",") if code.strip())


def check(call: Call) -> int:
    """Does what the call wants, and yields the exit status. ReportlintError for what cannot be done."""
    # Findings and nodes hold no cycles; looking for some among a million of them would cost a fifth of the time.
    gc.set_threshold(200_000, 50, 50)
    gc.enable()
    outputs = targets(call.output_format, call.output_file, parsed(call.output), call.statistics)
    baseline = "" if call.no_baseline else call.baseline
    select, ignore = _codes(call.select), _codes(call.ignore)
    given = Given(select, ignore, call.profile, call.lang, call.fail_level, call.encoding, baseline)
    stdin_filename = call.stdin_filename
    project = Project(Config(given, call.config, call.isolated))
    found = list(project.drafts(call.paths or (".",), call.force_exclude))
    project.verify(stdin_filename or f if f == STDIN else f for f in found if not isinstance(f, NoDraft))
    names = [stdin_filename or "<stdin>" if f == STDIN else f for f in found if not isinstance(f, NoDraft)]
    spare(found, outputs, project, [*names, "draft"])
    found.sort(key=lambda f: "" if isinstance(f, NoDraft) else stdin_filename or f if f == STDIN else f)
    lang = call.lang or _language(project, found, stdin_filename)
    tally = _Tally(project)
    # Findings and a bar on one terminal would write over each other: on it, the findings are gathered first.
    progress = len(found) > 1 and not call.quiet and not call.no_progress and sys.stderr.isatty()
    mender = None
    if call.fix or call.unsafe_fixes or call.diff:
        from reportlint.cli.fixing import Mender

        mender = Mender(project, unsafe=call.unsafe_fixes, diff=call.diff)
        results = mender.results(found, stdin_filename)
    else:
        results = _results(project, found, stdin_filename, call.jobs, not call.no_cache)
    reports = tally.count(_with_progress(results, len(found)) if progress else results)
    at_end = progress and sys.stdout.isatty()
    run = RunInfo(lang, lambda: project.rules(names), tally.fail_level, tally.lost)
    if mender is not None and call.diff:
        # Each is shown while it is mended; what was found goes to files only.
        write(reports, [t for t in outputs if t.path is not None], run)
        if not call.quiet:
            print(mender.summary(lang), file=sys.stderr)
        return 2 if tally.lost else int(mender.changed > 0)
    # The mended text of standard input is the output; what is left to say of it goes beside it.
    aside = mender is not None and STDIN in found
    with contextlib.redirect_stdout(sys.stderr) if aside else contextlib.nullcontext():
        write(reports, outputs, run, mends=mender is not None, at_end=at_end)
        if not call.quiet:
            tally.remarks(lang)
            for remark in mender.remarks(lang) if mender else ():
                fail(remark)
            if outputs[0].path is not None or not outputs[0].form.machine:
                print((mender.summary(lang) if mender else "") + tally.summary(lang))
    return tally.status


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
