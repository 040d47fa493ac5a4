"""Findings to text, one file per output format.

A format is a module with a class `Output`. It is fed a report at a time, so that one run can write several
formats without keeping the reports; what a format must know before it can begin, it keeps itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib import import_module
from typing import NamedTuple, cast

from reportlint.engine import Report
from reportlint.model import Severity
from reportlint.rules import Rule


class RunInfo(NamedTuple):
    """What a format may have to know of the run beside its reports.

    `rules` yields those that run, in the order of their codes. `fail_level` yields for a draft's name the severity
    from which on a finding counts, None where none does. `failures` are the files that could not be checked, each with
    its name and what is said of it; it grows while the run goes on and is complete at `Output.end`. `colour` is for
    terminals.
    """

    language: str = "zh"
    rules: Callable[[], Sequence[Rule]] = tuple
    fail_level: Callable[[str], Severity | None] = lambda _: Severity.WARNING
    failures: Sequence[tuple[str, str]] = ()
    colour: bool = False


class Output:
    """One output of a run: `start`, then `report` for every draft in order, then `end`; each yields the pieces
    to be written. A base for the formats, which override what they need."""

    def __init__(self, run: RunInfo) -> None:
        self.run = run

    def start(self) -> Iterable[str]:
        """What stands before the first report."""
        return ()

    def report(self, report: Report) -> Iterable[str]:
        """What is written of one draft."""
        raise NotImplementedError

    def end(self) -> Iterable[str]:
        """What stands after the last report."""
        return ()


class Format(NamedTuple):
    """An output format: the module of `reportlint.render` that writes it, and whether a program reads it, which
    wants UTF-8 and nothing else beside it."""

    module: str
    machine: bool


FORMATS = {
    "full": Format("full", machine=False),
    "concise": Format("concise", machine=False),
    "json": Format("json", machine=True),
    "sarif": Format("sarif", machine=True),
    "github": Format("github", machine=True),
    "gitlab": Format("gitlab", machine=True),
    "junit": Format("junit", machine=True),
    "rdjson": Format("rdjson", machine=True),
    "html": Format("html", machine=True),
}
"""The formats by the names that users write."""

STATISTICS = {
    "full": Format("statistics", machine=False),
    "concise": Format("statistics", machine=False),
    "json": Format("statistics_json", machine=True),
}
"""What `--statistics` makes of a format; the others have no table to show."""


def output(form: Format, run: RunInfo) -> Output:
    """The output of a format for a run. Only the format's own module is imported."""
    made = import_module(f"reportlint.render.{form.module}").Output(run)
    return cast(Output, made)


def render(name: str, reports: Iterable[Report], run: RunInfo | None = None) -> Iterator[str]:
    """The pieces of one output of all the reports. KeyError for a name that is none of FORMATS."""
    made = output(FORMATS[name], run or RunInfo())
    yield from made.start()
    for report in reports:
        yield from made.report(report)
    yield from made.end()
