"""Checks that take as long as a test wants: what is told, and what never is."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from typing import Any

from reportlint.engine import Stopped
from reportlint.lsp.documents import Snapshot
from reportlint.lsp.projects import Outcome, Projects, Refused
from reportlint.lsp.session import Job, Session

URI = "untitled:1"


class Slow(Projects):
    """Checks that wait until they are let go, and say which version they were of."""

    def __init__(self) -> None:
        super().__init__((), {})
        self.begun: list[int | None] = []
        self.stopped: list[int | None] = []
        self.started = threading.Semaphore(0)
        self.go = threading.Semaphore(0)

    def check(self, snapshot: Snapshot, stopped: Callable[[], bool] | None = None) -> Outcome:
        self.begun.append(snapshot.version)
        self.started.release()
        assert self.go.acquire(timeout=10)
        if stopped is not None and stopped():
            self.stopped.append(snapshot.version)
            raise Stopped
        return Refused((ValueError(str(snapshot.version)),))


class Play:
    """A session whose checks are slow, and what it told."""

    def __init__(self) -> None:
        self.told: list[int | None] = []
        self.slow = Slow()
        self.session = Session(self._tell)
        self.session.renew(self.slow)

    def _tell(self, job: Job, outcome: Outcome) -> None:
        self.told.append(job.snapshot.version)

    def type(self, version: int) -> None:
        self.session.change(URI, version, [])
        self.session.check(URI, announce=True)

    async def begun(self) -> None:
        await asyncio.get_running_loop().run_in_executor(None, lambda: self.slow.started.acquire(timeout=10))

    async def let_go(self, count: int = 1) -> None:
        for _ in range(count):
            self.slow.go.release()
        await asyncio.sleep(0.1)


def played(scene: Callable[[Play], Coroutine[Any, Any, None]]) -> Play:
    async def run() -> Play:
        play = Play()
        play.session.open(URI, "plaintext", 1, "一")
        play.session.check(URI, announce=True)
        await play.begun()
        await scene(play)
        for _ in range(20):
            play.slow.go.release()
        await asyncio.sleep(0.1)
        play.session.shutdown()
        return play

    return asyncio.run(run())


def test_what_is_typed_during_a_check_is_checked_once() -> None:
    async def scene(play: Play) -> None:
        for version in range(2, 10):
            play.type(version)
        await play.let_go()

    play = played(scene)
    assert play.slow.begun == [1, 9]
    assert play.slow.stopped == [1]
    assert play.told == [9]


def test_a_closed_document_is_not_told_of() -> None:
    async def scene(play: Play) -> None:
        play.session.close(URI)

    assert played(scene).told == []


def test_a_document_closed_and_opened_again_is_told_of_as_it_is() -> None:
    async def scene(play: Play) -> None:
        play.session.close(URI)
        play.session.open(URI, "plaintext", 1, "二")
        play.session.check(URI, announce=True)

    play = played(scene)
    assert play.slow.begun == [1, 1]
    assert play.told == [1]


def test_who_asked_for_a_version_gets_it_though_it_is_old() -> None:
    got: list[Outcome] = []

    async def scene(play: Play) -> None:
        asked = asyncio.ensure_future(play.session.outcome(URI))
        await asyncio.sleep(0)
        play.type(2)
        await play.let_go(2)
        got.append(await asked)

    play = played(scene)
    (outcome,) = got
    assert isinstance(outcome, Refused)
    assert str(outcome.errors[0]) == "1"
    assert play.told == [2]


def test_who_cancels_does_not_keep_an_old_check_alive() -> None:
    async def scene(play: Play) -> None:
        asked = asyncio.ensure_future(play.session.outcome(URI))
        await asyncio.sleep(0)
        asked.cancel()
        await asyncio.sleep(0)
        play.type(2)

    play = played(scene)
    assert play.slow.stopped == [1]
    assert play.told == [2]


def test_a_changed_configuration_makes_a_running_check_old() -> None:
    async def scene(play: Play) -> None:
        play.session.renew(play.slow)
        play.session.check(URI, announce=True)

    play = played(scene)
    assert play.slow.begun == [1, 1]
    assert play.told == [1]


def test_nothing_is_checked_while_paused() -> None:
    async def scene(play: Play) -> None:
        await play.let_go()
        play.session.pause()
        play.type(2)
        await play.let_go()
        assert play.slow.begun == [1]
        play.session.resume()
        await play.let_go()

    assert played(scene).told == [1, 2]


def test_a_check_that_fails_is_not_the_last() -> None:
    async def scene(play: Play) -> None:
        def fail(snapshot: Snapshot, stopped: Callable[[], bool] | None = None) -> Outcome:
            raise ValueError

        await play.let_go()
        good, play.slow.check = play.slow.check, fail  # type: ignore[method-assign]
        play.type(2)
        await asyncio.sleep(0.1)
        play.slow.check = good  # type: ignore[method-assign]
        play.type(3)

    assert played(scene).told == [1, 2, 3]
