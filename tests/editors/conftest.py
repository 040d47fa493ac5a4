"""A folder with a draft in it, and `reportlint` on the path, as the editors of users have them."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.editors import annotated
from tests.editors.annotated import Expected

ROOT = Path(__file__).resolve().parents[2]


class Office(NamedTuple):
    """A folder that reportlint looks at, the draft in it, and what is to be found there."""

    folder: Path
    draft: Path
    text: str
    expected: list[Expected]
    environment: dict[str, str]

    def cli(self, *args: str) -> str:
        """What the command line prints, run on the draft."""
        return subprocess.run(
            [sys.executable, "-m", "reportlint", *args, str(self.draft)],
            env=self.environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        ).stdout

    def findings(self) -> Any:
        """The findings of the command line."""
        return json.loads(self.cli("check", "--output-format", "json"))

    def run(self, *command: str, timeout: float = 120) -> None:
        """Runs an editor in the folder; what it says is shown where it fails."""
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
        assert done.returncode == 0, (done.stdout + done.stderr).decode("utf-8", "replace")

    def written(self, name: str) -> Any:
        """What a script has left in a file of the folder, as JSON."""
        return json.loads((self.folder / name).read_text(encoding="utf-8"))


@pytest.fixture
def office(tmp_path: Path) -> Callable[..., Office]:
    def made(name: str = "工作总结.txt", newline: str = "\n", configured: bool = True) -> Office:
        folder = tmp_path / "稿件 2025"
        folder.mkdir()
        text, expected = annotated.read(name)
        draft = folder / name
        draft.write_text(text, encoding="utf-8", newline=newline)
        if configured:
            (folder / ".reportlint.yaml").write_text("# 空\n", encoding="utf-8")
        programs = tmp_path / "bin"
        programs.mkdir()
        program = programs / "reportlint"
        program.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m reportlint "$@"\n', encoding="utf-8")
        program.chmod(0o755)
        environment = os.environ | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "XDG_DATA_HOME": str(tmp_path / "data"),
            "XDG_STATE_HOME": str(tmp_path / "state"),
            "XDG_CACHE_HOME": str(tmp_path / "cache"),
            "REPORTLINT_CACHE_DIR": str(tmp_path / "cache"),
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
        }
        return Office(folder, draft, text, expected, environment)

    return made
