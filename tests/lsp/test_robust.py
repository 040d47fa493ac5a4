"""What no editor should do, and some do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lsp.client import Client, LspError

Start = Callable[..., Client]
BAD = "𠮷县工作通报\n布署工作,很好。\n"


@pytest.fixture
def client(start: Start, tmp_path: Path) -> Client:
    client = start()
    client.initialize([tmp_path])
    return client


def alive(client: Client) -> None:
    uri = "untitled:alive"
    client.open(uri, BAD)
    assert {d["code"] for d in client.diagnostics(uri)} == {"TYP001", "PUN001"}
    assert client.stop() == 0


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"[]",
        b"null",
        b"3",
        b'"x"',
        b"\xff\xfe\xff",
        b"{}",
        b'{"jsonrpc": "1.0", "method": "x"}',
        b'{"jsonrpc": "2.0"}',
        b'{"jsonrpc": "2.0", "method": "none/none", "params": [1]}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {}}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didOpen", "params": {"textDocument": 3}}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didChange", "params": {"textDocument": {"uri": "x"}}}',
        b'{"jsonrpc": "2.0", "method": "$/cancelRequest", "params": {"id": 99}}',
        b'{"jsonrpc": "2.0", "id": 77, "result": null}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didClose", "params": {"textDocument": {"uri": "file:///none"}}}',
        b'{"jsonrpc": "2.0", "method": "textDocument/didSave", "params": {"textDocument": {"uri": "file:///none"}}}',
        b'{"jsonrpc": "2.0", "method": "workspace/didChangeConfiguration", "params": {"settings": 3}}',
        b'{"jsonrpc": "2.0", "method": "workspace/didChangeWatchedFiles", "params": {"changes": [{"uri": "x"}]}}',
    ],
)
def test_a_malformed_message(client: Client, body: bytes) -> None:
    client.raw(body)
    alive(client)


def test_a_malformed_request_is_answered(client: Client) -> None:
    client.raw(json.dumps({"jsonrpc": "2.0", "id": 5001, "method": "textDocument/hover", "params": {}}).encode())
    with pytest.raises(LspError):
        client.reply(5001)
    client.raw(json.dumps({"jsonrpc": "2.0", "id": 5002, "method": "none/none", "params": {}}).encode())
    with pytest.raises(LspError) as error:
        client.reply(5002)
    assert error.value.code == -32601
    alive(client)


def test_malformed_headers(client: Client) -> None:
    client.raw(b"", b"Nonsense\r\nContent-Type: x\r\n\r\n")
    client.raw(b"", b"Content-Length: 99999999999999999999\r\n\r\n")
    alive(client)


def test_a_document_closed_in_the_middle_of_its_check(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, BAD * 3000)
    number = client.send_request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    client.close(uri)
    assert client.diagnostics(uri) == []
    client.reply(number)
    client.quiet(1.0)
    assert not [n for n in client.notes if n["params"].get("uri") == uri and n["params"].get("diagnostics")]
    alive(client)


def test_a_document_opened_again(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, BAD * 300)
    client.close(uri)
    client.open(uri, "一切正常。", version=1)
    found = client.note("textDocument/publishDiagnostics", lambda p: p["uri"] == uri and p.get("version") == 1)
    assert found["diagnostics"] == []
    alive(client)


def test_edits_that_fit_no_text(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, "一\n")
    far = {"line": 99, "character": 99}
    client.change(uri, 2, {"range": {"start": far, "end": far}, "text": "布署。"})
    (typo,) = client.diagnostics(uri, 2)
    assert typo["range"]["start"] == {"line": 1, "character": 0}
    backwards = {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 0}}
    client.change(uri, 3, {"range": backwards, "text": "部署"})
    assert client.diagnostics(uri, 3) == []
    client.change("file:///none.txt", 3, {"text": "x"})
    alive(client)


@pytest.mark.parametrize(
    "text", ["", "\n", "\r\n\r\n", " \u3000", "\ufeff", "\x00\x01", "\ud842", "```\n", "---\n", "#"]
)
@pytest.mark.parametrize("language", ["plaintext", "markdown"])
def test_texts_without_text(client: Client, text: str, language: str) -> None:
    client.open("untitled:1", text, language)
    client.diagnostics("untitled:1")
    what = {"textDocument": {"uri": "untitled:1"}}
    at = {"line": 0, "character": 0}
    client.request("textDocument/documentSymbol", what)
    client.request("textDocument/foldingRange", what)
    client.request("textDocument/selectionRange", what | {"positions": [at]})
    client.request("textDocument/hover", what | {"position": at})
    client.request("textDocument/completion", what | {"position": at})
    client.request(
        "textDocument/codeAction", what | {"range": {"start": at, "end": at}, "context": {"diagnostics": []}}
    )
    client.request("textDocument/inlayHint", what | {"range": {"start": at, "end": at}})
    alive(client)


def test_what_is_no_draft_is_left_alone(client: Client) -> None:
    client.open("file:///a.py", "布署", "python")
    client.open("vscode-notebook-cell:/a#1", BAD, "python")
    client.open("git:/a.txt?ref", BAD, "plaintext")
    assert client.diagnostics("git:/a.txt?ref")
    client.quiet(0.2)
    assert not client.notes


def test_markdown_by_the_client_s_word(client: Client) -> None:
    text = "<!-- 布署工作。 -->\n"
    client.open("untitled:1", text, "plaintext")
    assert client.diagnostics("untitled:1")
    client.open("untitled:2", text, "markdown")
    assert client.diagnostics("untitled:2") == []


def test_a_very_large_document(client: Client, tmp_path: Path) -> None:
    uri, small = (tmp_path / "大.txt").as_uri(), (tmp_path / "小.txt").as_uri()
    client.open(uri, BAD * 40_000)
    for version in range(2, 6):
        client.change(
            uri,
            version,
            {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "text": "甲"},
        )
    client.close(uri)
    client.open(small, BAD)
    assert len(client.diagnostics(small)) == 2
    alive(client)


def test_a_cancelled_request(client: Client, tmp_path: Path) -> None:
    uri = (tmp_path / "a.txt").as_uri()
    client.open(uri, BAD * 2000)
    number = client.send_request("textDocument/documentSymbol", {"textDocument": {"uri": uri}})
    client.notify("$/cancelRequest", {"id": number})
    with pytest.raises(LspError) as error:
        client.reply(number)
    assert error.value.code == -32800
    alive(client)


def test_the_end(start: Start, tmp_path: Path) -> None:
    client = start()
    client.initialize([tmp_path])
    client.notify("exit")
    assert client.process.wait(10) == 1
    client = start()
    client.initialize([tmp_path])
    assert client.process.stdin is not None
    client.process.stdin.close()
    client.process.wait(10)
