"""What a check found, kept between runs: a draft that has not changed is not checked again.

One SQLite file in the user's cache folder, which copes with runs at the same time. An entry is keyed by the bytes of
the draft, by everything that a check depends on, and by this program's files. Whatever goes wrong with the file, the
drafts are just checked.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from reportlint.model import Edit, Finding, Fix, Severity
from reportlint.store import blake2b, cache_folder, is_private, program_fingerprint

_NAME = "results.sqlite"
_MOST = 50_000  # entries
_DAY = 86_400  # seconds
_PENDING = 200  # entries written in one transaction
_WAIT = 5  # seconds for a run that writes at the same time


class Result(NamedTuple):
    """What a check found in a draft, without the draft: findings, the name of its genre and what showed it, notes."""

    findings: list[Finding]
    genre: str
    reasons: tuple[tuple[str, str], ...]
    notes: tuple[tuple[int, str], ...]


class ResultCache:
    """The results of earlier runs. `depends` is what all results depend on besides the program: rules, packs, options
    come with each key."""

    def __init__(self) -> None:
        self._pending: list[tuple[bytes, str, int]] = []
        self._now = int(time.time())
        self._file: sqlite3.Connection | None = None
        folder = cache_folder()
        try:
            os.makedirs(folder, mode=0o700, exist_ok=True)
            if is_private(folder):
                path = os.path.join(folder, _NAME)
                try:
                    self._open(path)
                except sqlite3.DatabaseError as error:
                    self._close()
                    if type(error) is sqlite3.DatabaseError:  # no database: nothing is lost with it
                        for name in (path, f"{path}-wal", f"{path}-shm"):
                            with suppress(FileNotFoundError):
                                os.unlink(name)
                        self._open(path)
        except (OSError, sqlite3.Error):
            self._close()

    def _open(self, path: str) -> None:
        self._file = sqlite3.connect(path, timeout=_WAIT)
        self._file.execute("PRAGMA journal_mode=WAL")
        self._file.execute("PRAGMA synchronous=OFF")  # what a crash of the machine loses is checked again
        self._file.execute(
            "CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, value TEXT, used INTEGER) WITHOUT ROWID"
        )

    def get(self, key: bytes) -> Result | None:
        """The result kept under a key."""
        if self._file is None:
            return None
        try:
            row = self._file.execute("SELECT value, used FROM results WHERE key = ?", (key,)).fetchone()
            found = None if row is None else _read(row[0])
        except (sqlite3.Error, ValueError, TypeError, IndexError, KeyError):
            return None
        if row is not None and self._now - row[1] > _DAY:
            self._keep(key, row[0])
        return found

    def put(self, key: bytes, result: Result) -> None:
        """Keeps a result."""
        self._keep(key, _written(result))

    def _keep(self, key: bytes, value: str) -> None:
        self._pending.append((key, value, self._now))
        if len(self._pending) >= _PENDING:
            self._write()

    def _write(self) -> None:
        if self._file is None:
            return
        with suppress(sqlite3.Error), self._file:
            self._file.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?)", self._pending)
        self._pending.clear()

    def close(self) -> None:
        """Writes what is not written yet, and forgets the oldest entries where there are too many."""
        if self._pending:
            self._write()
            if self._file is not None:
                with suppress(sqlite3.Error), self._file:
                    (count,) = self._file.execute("SELECT count(*) FROM results").fetchone()
                    if count > _MOST:
                        oldest = "SELECT key FROM results ORDER BY used LIMIT ?"
                        self._file.execute(f"DELETE FROM results WHERE key IN ({oldest})", (count - _MOST * 3 // 4,))
        self._close()

    def _close(self) -> None:
        if self._file is not None:
            with suppress(sqlite3.Error):
                self._file.close()
        self._file = None


def result_key(data: bytes, depends: Iterable[bytes]) -> bytes:
    """The key of a draft's bytes under everything that the result depends on."""
    key = blake2b(program_fingerprint(), digest_size=16)
    for part in (*depends, data):
        key.update(len(part).to_bytes(8, "big"))
        key.update(part)
    return key.digest()


def _written(result: Result) -> str:
    findings = [
        (
            *f[:4],
            int(f.severity),
            f.message,
            f.fix and [f.fix.safe, f.fix.message, [(e.start, e.end, e.content) for e in f.fix.edits]],
            f.key,
        )
        for f in result.findings
    ]
    return json.dumps([findings, result.genre, result.reasons, result.notes], ensure_ascii=False, separators=(",", ":"))


def _read(value: str) -> Result:
    findings, genre, reasons, notes = json.loads(value)
    found = []
    for start, end, code, rule, severity, message, fix, key in findings:
        mend = fix and Fix(fix[0], fix[1], tuple(Edit(*e) for e in fix[2]))
        found.append(Finding(start, end, code, rule, Severity(severity), message, mend or None, key))
    return Result(found, genre, tuple(map(tuple, reasons)), tuple(map(tuple, notes)))
