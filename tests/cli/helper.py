"""Runs the command line in a process of its own and compares what it writes with golden files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
DRAFTS = HERE / "drafts"
GOLDEN = HERE / "golden"
BAD_PACKS = HERE / "bad_packs"
UPDATE = os.environ.get("UPDATE_GOLDEN") == "1"

# What a shell may have set and the output depends on.
_UNWANTED = {"NO_COLOR", "FORCE_COLOR", "COLORTERM", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "PYTHONIOENCODING", "LINES"}


class Done(NamedTuple):
    """What a run has left: its exit status and what it wrote."""

    status: int
    stdout: str
    stderr: str


class Cli:
    """The command in a working folder."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.cache = cache

    def raw(
        self, *args: str, stdin: bytes = b"", env: dict[str, str] | None = None, timeout: float = 60
    ) -> subprocess.CompletedProcess[bytes]:
        """Runs it; the output as bytes."""
        inherited = {k: v for k, v in os.environ.items() if k not in _UNWANTED}
        fixed = {"COLUMNS": "80", "TERM": "xterm", "PYTHONUTF8": "1", "REPORTLINT_CACHE_DIR": str(self.cache)}
        return subprocess.run(
            [sys.executable, "-m", "reportlint", *args],
            cwd=self.folder,
            input=stdin,
            env=inherited | fixed | (env or {}),
            capture_output=True,
            timeout=timeout,
            check=False,
        )

    def to(self, output: str, *args: str) -> Done:
        """Runs it with its standard output going to a file or device."""
        with open(output, "wb") as file:
            environment = os.environ | {"PYTHONUTF8": "1", "REPORTLINT_CACHE_DIR": str(self.cache)}
            command = [sys.executable, "-m", "reportlint", *args]
            done = subprocess.run(
                command, cwd=self.folder, env=environment, stdout=file, stderr=subprocess.PIPE, timeout=60, check=False
            )
        return Done(done.returncode, "", done.stderr.decode("utf-8"))

    def __call__(self, *args: str, stdin: bytes = b"", env: dict[str, str] | None = None, timeout: float = 60) -> Done:
        """Runs it; the output as text, its line breaks LF."""
        done = self.raw(*args, stdin=stdin, env=env, timeout=timeout)
        out, err = (stream.decode("utf-8").replace("\r\n", "\n") for stream in (done.stdout, done.stderr))
        return Done(done.returncode, out, err)


def golden(name: str, args: tuple[str, ...], done: Done) -> None:
    """Compares a run with `golden/NAME.txt`; with UPDATE_GOLDEN=1 in the environment the file is rewritten."""
    parts = [f"$ reportlint {' '.join(args)}\n", f"exit {done.status}\n"]
    for title, text in (("stdout", done.stdout), ("stderr", done.stderr)):
        if text:
            # Rich pads its tables to the width of the terminal.
            shown = "\n".join(line.rstrip() for line in text.split("\n"))
            parts.append(f"--- {title}\n{shown}")
    compare(GOLDEN / f"{name}.txt", "".join(parts))


def compare(path: Path, text: str) -> None:
    """Compares a text with what a file holds, or writes it there."""
    if UPDATE:
        path.write_text(text, encoding="utf-8", newline="\n")
    assert path.is_file(), f"{path.name} is missing; UPDATE_GOLDEN=1 writes it"
    assert text == path.read_text(encoding="utf-8")
