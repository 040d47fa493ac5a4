"""Many drafts: results of earlier runs, and processes beside this one where there is enough to do."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reportlint.api import Checker, Failure, Project, contents, no_draft
from reportlint.discover import NoDraft
from reportlint.engine import Options, Report, pack_stamps, rule_stamps
from reportlint.model import ReportlintError
from reportlint.profiles import Recognised
from reportlint.readers import read

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from reportlint.cache import Result, ResultCache

_AHEAD_FILES, _AHEAD_BYTES = 64, 8_000_000  # drafts read at a time
_WORTH = 1_500_000  # bytes to check, from which on a process beside this one gains time
_SMALL = 100_000  # bytes: one draft of less is checked before the cache is open


class _Job(NamedTuple):
    """A draft that was read, and what checks it."""

    filename: str
    data: bytes
    checker: Checker
    encoding: str | None


def check_all(
    project: Project, drafts: Iterable[str | NoDraft], *, jobs: int | None = None, use_cache: bool = True
) -> Iterator[Report | Failure]:
    """The report on each draft, in their order. `jobs` is the number of processes (None: as many as there are
    processors, where it is worth it). Never holds more than some drafts at a time."""
    drafts = list(drafts)
    kept = _open_cache(drafts) if use_cache else None
    pool = _Pool(jobs, sum(_size(d) for d in drafts if not isinstance(d, NoDraft)) if jobs is None else 0)
    try:
        for batch in _batches(project, drafts):
            yield from _checked(project, batch, pool, kept)
    finally:
        pool.close()
        if kept is not None:
            kept.close()


def _open_cache(drafts: list[str | NoDraft]) -> ResultCache | None:
    if len(drafts) == 1 and (isinstance(drafts[0], NoDraft) or _size(drafts[0]) < _SMALL):
        return None
    from reportlint.cache import ResultCache

    return ResultCache()


def _size(path: str) -> int:
    try:
        return os.path.getsize(path)
    except (OSError, ValueError):
        return 0


def _batches(project: Project, drafts: list[str | NoDraft]) -> Iterator[list[_Job | Failure]]:
    batch: list[_Job | Failure] = []
    size = 0
    for item in drafts:
        job = no_draft(item) if isinstance(item, NoDraft) else _job(project, item)
        batch.append(job)
        size += 0 if isinstance(job, Failure) else len(job.data)
        if len(batch) >= _AHEAD_FILES or size >= _AHEAD_BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _job(project: Project, filename: str) -> _Job | Failure:
    checker = project.ready(filename)
    if isinstance(checker, Failure):
        return checker
    data = contents(filename)
    if isinstance(data, Failure):
        return data
    return _Job(filename, data, checker, project.config.settings(filename).encoding)


def _checked(
    project: Project, batch: list[_Job | Failure], pool: _Pool, kept: ResultCache | None
) -> Iterator[Report | Failure]:
    """The reports on a batch: first what the cache knows, then what has to be checked."""
    found: dict[int, Result] = {}
    keys: dict[int, bytes] = {}
    if kept is not None:
        for index, job in enumerate(batch):
            if isinstance(job, _Job):
                keys[index] = _key(job)
                result = kept.get(keys[index])
                if result is not None:
                    found[index] = result
    todo = {i: job for i, job in enumerate(batch) if isinstance(job, _Job) and i not in found}
    futures = pool.start(todo, sum(len(job.data) for job in batch if isinstance(job, _Job)))
    for index, job in enumerate(batch):
        if isinstance(job, Failure):
            yield job
            continue
        if index in found:
            yield project.known(job.filename, _report(job, found[index]))
            continue
        outcome = pool.outcome(futures[index]) if index in futures else None
        report = _from_worker(job, outcome) if outcome is not None else _check(job)
        if kept is not None and isinstance(report, Report):
            from reportlint.cache import Result

            reasons = report.genre.reasons
            kept.put(keys[index], Result(report.findings, report.genre.profile.name, reasons, report.notes))
        yield project.known(job.filename, report)


def _check(job: _Job) -> Report | Failure:
    return job.checker.check_file(job.filename, job.data, job.encoding)


def _key(job: _Job) -> bytes:
    from reportlint.cache import result_key

    checker = job.checker
    suffix = os.path.splitext(job.filename)[1].lower()
    depends = _depends(checker.options, checker.packs)
    return result_key(job.data, (*depends, f"{suffix} {job.encoding}".encode()))


@cache
def _depends(options: Options, packs: tuple[str, ...]) -> tuple[bytes, ...]:
    return (repr(options).encode(), repr(packs).encode(), *rule_stamps(), *pack_stamps(packs))


def _report(job: _Job, result: Result) -> Report | Failure:
    """A report whose findings are known already."""
    profile = job.checker.ruleset.profiles.get(result.genre)
    try:
        draft = read(job.filename, job.data, job.encoding)
    except ReportlintError:
        draft = None
    if profile is None or draft is None:
        return _check(job)
    return Report(draft, None, Recognised(profile, result.reasons), result.findings, notes=result.notes)


# --- processes beside this one ---


class _Pool:
    """Processes that check drafts, started when there is enough for them to do: in the drafts that were read, and in
    those to come if as many of them have changed. `left` is the number of bytes of all drafts."""

    def __init__(self, jobs: int | None, left: int) -> None:
        self.forced = jobs is not None
        self.left = left
        self.jobs = jobs or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None
        self._broken = False

    def start(self, todo: dict[int, _Job], read: int) -> dict[int, Future[Result | Failure]]:
        """Gives the drafts to the processes, if that is worth it; else nothing, and they are checked here. `read` is
        the number of bytes of these drafts and of those beside them that need no check."""
        size = sum(len(job.data) for job in todo.values())
        self.left = max(0, self.left - read)
        if self.jobs < 2 or len(todo) < 2 or self._broken:
            return {}
        expected = size + self.left * size // max(read, 1)
        if self._pool is None and expected < _WORTH and not self.forced:
            return {}
        if self._pool is None:
            from concurrent.futures import ProcessPoolExecutor

            self._pool = ProcessPoolExecutor(self.jobs, initializer=_follow, initargs=(os.getpid(),))
        try:
            return {
                i: self._pool.submit(_work, j.checker.options, j.checker.packs, j.filename, j.data, j.encoding)
                for i, j in todo.items()
            }
        except (OSError, RuntimeError):
            self._broken = True
            return {}

    def outcome(self, future: Future[Result | Failure]) -> Result | Failure | None:
        """What a process found, None where the process was lost."""
        from concurrent.futures import BrokenExecutor

        try:
            return future.result()
        except (BrokenExecutor, OSError):
            self._broken = True
            return None

    def close(self) -> None:
        """Ends the processes."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)


def _follow(parent: int) -> None:
    """Ends this process when the one that started it is gone, even if it was killed."""
    from threading import Thread

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    Thread(target=watch, daemon=True).start()


@cache
def _checker(options: Options, packs: tuple[str, ...]) -> Checker:
    return Checker(options, packs, verified=True)


def _work(
    options: Options, packs: tuple[str, ...], filename: str, data: bytes, encoding: str | None
) -> Result | Failure:
    from reportlint.cache import Result

    report = _checker(options, packs).check_file(filename, data, encoding)
    if isinstance(report, Failure):
        return report
    return Result(report.findings, report.genre.profile.name, report.genre.reasons, report.notes)


def _from_worker(job: _Job, outcome: Result | Failure) -> Report | Failure:
    return outcome if isinstance(outcome, Failure) else _report(job, outcome)
