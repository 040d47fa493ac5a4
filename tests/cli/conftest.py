"""Fixtures of the command line's tests."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.helper import DRAFTS, Cli


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all runs, so that only the first one compiles."""
    folder = tmp_path_factory.mktemp("cache")
    folder.chmod(0o700)
    return folder


@pytest.fixture
def cli(tmp_path: Path, cache: Path) -> Cli:
    """The command, in a folder that holds a copy of the drafts."""
    folder = tmp_path / "work"
    shutil.copytree(DRAFTS, folder)
    return Cli(folder, cache)
