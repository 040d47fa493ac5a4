"""When processes are started beside the first: what there is to check decides, not how the drafts are batched."""

from __future__ import annotations

import concurrent.futures
from typing import Any

import pytest

from reportlint.api import Checker
from reportlint.runs import _Job, _Pool

KB = 1_000


class Executor:
    def __init__(self, *args: Any, **options: Any) -> None:
        pass

    def submit(self, *args: Any) -> str:
        return "started"


@pytest.mark.parametrize(
    ("drafts", "changed", "started"),
    [
        ([100] * 64, 64, False),
        ([100] * 640, 64, True),
        ([100] * 640, 2, False),  # of the first 64; the rest is expected to be like them
        ([100] * 6400, 2, True),
        ([8000, 8000], 2, True),
        ([20000], 1, False),
    ],
)
def test_processes_are_started_for_enough_bytes(
    drafts: list[int], changed: int, started: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(concurrent.futures, "ProcessPoolExecutor", Executor)
    checker = Checker()
    pool = _Pool(None, sum(drafts) * KB // 10)
    pool.jobs = 2
    batch = drafts[:64]
    todo = {n: _Job("a.txt", b" " * (size * KB // 10), checker, None) for n, size in enumerate(batch[:changed])}
    assert bool(pool.start(todo, sum(batch) * KB // 10)) is started
