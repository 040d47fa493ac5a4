"""Whatever is typed: the server has the client's text, and finds in it what a fresh check finds."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportlint.lsp.diagnostics import diagnostics
from reportlint.lsp.documents import Document, Snapshot
from reportlint.lsp.projects import Projects
from tests.lsp.client import Client
from tests.lsp.edits import Editor, random_change

START = (
    "𠮷县2025年工作总结\r\n一、😀主要工作\r\n𠮷𠮷布署三个方面工作：一是抓学习；三是抓落实。\r\n"
    "三、下一步打算\r\n继续努力,再接再厉。\r\n"
)


def fresh(text: str, encoding: str) -> list[tuple[Any, ...]]:
    """What a check of a text finds, with positions."""
    document = Projects((), {}).check(Snapshot("untitled:1", None, "untitled:1", 1, text, False, encoding))
    assert isinstance(document, Document)
    return [told(d.range.start.line, d.range.start.character, d.code, d.message) for d in diagnostics(document)]


def told(*parts: Any) -> tuple[Any, ...]:
    return parts


@pytest.fixture(scope="module")
def client(cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    client = Client(cache, tmp_path_factory.mktemp("work"))
    client.initialize(capabilities={"textDocument": {"diagnostic": {}}})
    yield client
    client.kill()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 12))
def test_random_edits(client: Client, seed: int, count: int) -> None:
    dice = random.Random(seed)
    editor = Editor(START)
    client.open("untitled:1", START)
    version = 1
    for _ in range(count):
        version += 1
        client.change("untitled:1", version, *(random_change(editor, dice, 120) for _ in range(dice.randint(1, 3))))
    has = client.request("reportlint/text", {"uri": "untitled:1"})
    assert has == {"version": version, "text": editor.text}
    found = client.request("textDocument/diagnostic", {"textDocument": {"uri": "untitled:1"}})["items"]
    places = [(d["range"]["start"], d["code"], d["message"]) for d in found]
    assert [told(p["line"], p["character"], c, m) for p, c, m in places] == fresh(editor.text, "utf-16")
    client.close("untitled:1")
