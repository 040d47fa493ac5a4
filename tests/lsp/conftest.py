"""Fixtures of the server's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lsp.client import Client


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for all servers, so that only the first one compiles."""
    folder = tmp_path_factory.mktemp("cache")
    folder.chmod(0o700)
    return folder


@pytest.fixture
def start(cache: Path, tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """Starts servers that do not outlive the test."""
    clients: list[Client] = []

    def make(folder: Path = tmp_path, **kwargs: dict[str, str]) -> Client:
        clients.append(Client(cache, folder, **kwargs))
        return clients[-1]

    yield make
    for client in clients:
        client.kill()
