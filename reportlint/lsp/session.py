"""What one client has open, and the checks of it: one at a time in a thread beside the protocol's.

A thread, not a process: a report takes some tens of milliseconds, less than a process would need to be handed text
and hand back its outline, and while a check runs the protocol's thread only has to note what is typed. A check starts
at once where none is running; what is typed meanwhile is checked once, as it is when its turn comes. The result of a
version that is no longer current goes to those who asked for that version and to nobody else.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import Any

from reportlint.engine import Stopped
from reportlint.lsp.documents import Buffer, Document, Snapshot
from reportlint.lsp.projects import Outcome, Projects, Refused


class Job:
    """The check of one version of a document. `announce`: its result is to be published unasked."""

    __slots__ = ("announce", "future", "projects", "snapshot", "superseded", "waiting")

    def __init__(self, snapshot: Snapshot, projects: Projects, future: asyncio.Future[Outcome]) -> None:
        self.snapshot = snapshot
        self.projects = projects
        self.future = future
        self.superseded = False
        self.announce = False
        self.waiting = 0

    @property
    def unwanted(self) -> bool:
        """Whether nobody would look at the result."""
        return self.superseded and not self.waiting

    def run(self) -> Outcome:
        """Checks, in the thread for it."""
        return self.projects.check(self.snapshot, lambda: self.unwanted)


class Session:
    """The open documents and their checks. `announce` is called with every result that is to be published."""

    def __init__(self, announce: Callable[[Job, Outcome], None]) -> None:
        self.announce = announce
        self.encoding = "utf-16"
        self.buffers: dict[str, Buffer] = {}
        self.projects = Projects((), {})
        self.worker = ThreadPoolExecutor(1, "reportlint-check")
        self._jobs: dict[str, Job] = {}  # the last of each document
        self._queue: deque[Job] = deque()
        self._running: Job | None = None
        self._paused = False

    def open(self, uri: str, language_id: str, version: int, text: str) -> Buffer:
        """A document was opened."""
        self._supersede(uri)
        buffer = self.buffers[uri] = Buffer(uri, language_id, version, text, self.encoding)
        return buffer

    def change(self, uri: str, version: int, changes: Iterable[Any]) -> Buffer | None:
        """A document was edited; None for one that is not open."""
        buffer = self.buffers.get(uri)
        if buffer is not None:
            buffer.change(version, changes)
            self._supersede(uri)
        return buffer

    def close(self, uri: str) -> bool:
        """A document was closed; whether it was open."""
        self._supersede(uri)
        self._jobs.pop(uri, None)
        return self.buffers.pop(uri, None) is not None

    def renew(self, projects: Projects) -> None:
        """Something that the results depend on has changed: none of them holds any more."""
        self.projects = projects
        for uri, buffer in self.buffers.items():
            buffer.due = True
            self._supersede(uri)

    def check(self, uri: str, *, announce: bool = False) -> Job | None:
        """The check of a document as it is now, begun if it was not; None for one that is not open or no draft."""
        buffer = self.buffers.get(uri)
        if buffer is None or not buffer.draft:
            return None
        job = self._jobs.get(uri)
        if job is None or job.superseded:
            job = Job(Snapshot.of(buffer), self.projects, asyncio.get_running_loop().create_future())
            self._jobs[uri] = job
            self._queue.append(job)
            job.announce = announce
            self._next()
        elif announce and not job.announce:
            job.announce = True
            if job.future.done():
                self._tell(job)
        return job

    async def document(self, uri: str) -> Document | None:
        """A document, checked as it is now; None where it is not to be checked or cannot be."""
        outcome = await self.outcome(uri)
        return outcome if isinstance(outcome, Document) else None

    async def outcome(self, uri: str) -> Outcome:
        """What the check of a document as it is now yields."""
        job = self.check(uri)
        if job is None:
            return None
        job.waiting += 1
        try:
            return await asyncio.shield(job.future)
        finally:
            job.waiting -= 1

    def pause(self) -> None:
        """Begins no check until `resume`: what the client wants is not known yet."""
        self._paused = True

    def resume(self) -> None:
        """Begins what was asked for meanwhile."""
        self._paused = False
        self._next()

    def shutdown(self) -> None:
        """Begins no more checks."""
        self._queue.clear()
        for uri in self.buffers:
            self._supersede(uri)
        self.worker.shutdown(wait=False, cancel_futures=True)

    def _supersede(self, uri: str) -> None:
        job = self._jobs.get(uri)
        if job is not None:
            job.superseded = True

    def _next(self) -> None:
        if self._running is not None or self._paused:
            return
        while self._queue:
            job = self._queue.popleft()
            if job.unwanted:
                job.future.cancel()
                continue
            # What the client was told while the job waited in the queue holds for it too.
            job.projects = self.projects
            self._running = job
            running = asyncio.get_running_loop().run_in_executor(self.worker, job.run)
            running.add_done_callback(lambda done, job=job: self._done(job, done))  # type: ignore[misc]
            return

    def _done(self, job: Job, done: asyncio.Future[Outcome]) -> None:
        self._running = None
        outcome: Outcome = None
        if not done.cancelled():
            error = done.exception()
            if isinstance(error, Stopped):
                job.future.cancel()
            else:
                outcome = Refused((error,)) if isinstance(error, Exception) else done.result()
        try:
            if not job.future.done():
                job.future.set_result(outcome)
                if job.announce:
                    self._tell(job)
        finally:
            with suppress(RuntimeError):  # the worker was shut down
                self._next()

    def _tell(self, job: Job) -> None:
        if not job.superseded and not job.future.cancelled():
            self.announce(job, job.future.result())
