"""What a check yields: findings, their severity and their fixes. Imports nothing of the project.

Every position is an offset in code points into the one text of the draft, half-open: `[start, end)`.
Rows, columns, UTF-16 and byte columns are computed at the edge (`text.SourceText`), never here.
"""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple


class Severity(IntEnum):
    """How grave a finding is; ordered, so that a fail level is a comparison."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def label(self) -> str:
        """The name that users write and read: `error`, `warning`, `info`."""
        return _LABELS[self]


_LABELS = {s: s.name.lower() for s in Severity}


class Edit(NamedTuple):
    """Replace the text of `[start, end)` by `content`."""

    start: int
    end: int
    content: str


class Fix(NamedTuple):
    """A way to mend a finding. `safe`: the meaning cannot change; else the writer has to look at it."""

    safe: bool
    message: str
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """One diagnostic. A NamedTuple because a bad draft of 20 MB yields a hundred thousand of them. `key` tells apart
    what is said at one place, the same in every language: which of several things is missing."""

    start: int
    end: int
    code: str
    rule: str
    severity: Severity
    message: str
    fix: Fix | None = None
    key: str = ""


class ReportlintError(Exception):
    """Something the user can mend: bad input, bad configuration, a broken pack. Its text is one clear line
    (for YAML followed by a frame of the file)."""


class ReportlintErrors(ReportlintError):
    """Several of them at once, so that all can be mended at once."""

    def __init__(self, errors: Iterable[ReportlintError]) -> None:
        self.errors = tuple(one for error in errors for one in each(error))
        super().__init__("\n".join(map(str, self.errors)))


def each(error: ReportlintError) -> tuple[ReportlintError, ...]:
    """The errors of several, or the one."""
    return error.errors if isinstance(error, ReportlintErrors) else (error,)
