"""A small client that talks to a real `reportlint server` process, and keeps its own copy of every text."""

from __future__ import annotations

import itertools
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from queue import Empty, Queue
from typing import Any

PATIENCE = 60.0

CAPABILITIES: dict[str, Any] = {
    "general": {"positionEncodings": ["utf-16"]},
    "textDocument": {
        "synchronization": {"dynamicRegistration": False},
        "documentSymbol": {"hierarchicalDocumentSymbolSupport": True},
        "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": []}}},
        "publishDiagnostics": {"versionSupport": True, "codeDescriptionSupport": True},
    },
    "workspace": {
        "workspaceEdit": {"documentChanges": True, "resourceOperations": ["create"]},
        "didChangeWatchedFiles": {"dynamicRegistration": True, "relativePatternSupport": True},
        "workspaceFolders": True,
    },
}


def merged(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    """Both, key by key."""
    out = dict(one)
    for key, value in other.items():
        both = isinstance(value, dict) and isinstance(out.get(key), dict)
        out[key] = merged(out[key], value) if both else value
    return out


class LspError(Exception):
    """An error that the server answered with."""

    def __init__(self, error: dict[str, Any]) -> None:
        super().__init__(str(error))
        self.code = error["code"]


class Client:
    """One server process, and what it has said so far."""

    def __init__(self, cache: Path, folder: Path, env: dict[str, str] | None = None) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "reportlint", "server"],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=os.environ | {"REPORTLINT_CACHE_DIR": str(cache), "PYTHONUTF8": "1"} | (env or {}),
        )
        self.notes: list[dict[str, Any]] = []
        self.asked: list[dict[str, Any]] = []
        self.settings: Any = None
        self.answers: dict[str, Callable[[Any], Any]] = {
            "workspace/configuration": lambda p: [self._setting(i) for i in p["items"]]
        }
        self._inbox: Queue[dict[str, Any] | None] = Queue()
        self._replies: dict[int, dict[str, Any]] = {}
        self._ids = itertools.count(1)
        self.errors: list[bytes] = []
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._drain, daemon=True).start()

    def _setting(self, item: dict[str, Any]) -> Any:
        return self.settings(item.get("scopeUri")) if callable(self.settings) else self.settings

    def _drain(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.errors.append(line)

    def _read(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while True:
            size = 0
            while (line := stream.readline()).strip():
                name, _, value = line.partition(b":")
                if name.lower() == b"content-length":
                    size = int(value)
            if not line:
                self._inbox.put(None)
                return
            self._inbox.put(json.loads(stream.read(size)))

    def raw(self, body: bytes, header: bytes | None = None) -> None:
        """Writes bytes as they are."""
        assert self.process.stdin is not None
        self.process.stdin.write((header or b"Content-Length: %d\r\n\r\n" % len(body)) + body)
        self.process.stdin.flush()

    def _send(self, message: dict[str, Any]) -> None:
        self.raw(json.dumps({"jsonrpc": "2.0"} | message).encode())

    def _pump(self, until: float) -> None:
        """Takes in one message, or waits in vain."""
        try:
            message = self._inbox.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            raise AssertionError(f"nothing came; stderr: {b''.join(self.errors).decode(errors='replace')}") from None
        if message is None:
            raise AssertionError(f"the server has gone: {b''.join(self.errors).decode(errors='replace')}")
        if "method" not in message:
            self._replies[message["id"]] = message
        elif "id" in message:
            self.asked.append(message)
            answer = self.answers.get(message["method"], lambda _: None)
            self._send({"id": message["id"], "result": answer(message.get("params"))})
        else:
            self.notes.append(message)

    def send_request(self, method: str, params: Any = None) -> int:
        """Asks, and does not wait for the answer."""
        number = next(self._ids)
        self._send({"id": number, "method": method, "params": params})
        return number

    def reply(self, number: int, timeout: float = PATIENCE) -> Any:
        """The answer to a question. LspError where it is an error."""
        until = time.monotonic() + timeout
        while number not in self._replies:
            self._pump(until)
        message = self._replies.pop(number)
        if "error" in message:
            raise LspError(message["error"])
        return message["result"]

    def request(self, method: str, params: Any = None, timeout: float = PATIENCE) -> Any:
        """Asks and waits."""
        return self.reply(self.send_request(method, params), timeout)

    def notify(self, method: str, params: Any = None) -> None:
        """Tells."""
        self._send({"method": method, "params": params})

    def note(self, method: str, wanted: Callable[[Any], bool] = lambda _: True, timeout: float = PATIENCE) -> Any:
        """The next notification of a method that is wanted; those before it are forgotten."""
        until = time.monotonic() + timeout
        while True:
            for index, message in enumerate(self.notes):
                if message["method"] == method and wanted(message["params"]):
                    del self.notes[: index + 1]
                    return message["params"]
            self._pump(until)

    def wait_asked(self, method: str, timeout: float = PATIENCE) -> Any:
        """What the server asks, the next time that it asks it."""
        until = time.monotonic() + timeout
        while True:
            for index, message in enumerate(self.asked):
                if message["method"] == method:
                    del self.asked[index]
                    return message["params"]
            self._pump(until)

    def quiet(self, seconds: float) -> None:
        """Takes in what comes within a time."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                self._pump(until)
            except AssertionError:
                return

    # ---- what every test says

    def initialize(
        self, folders: list[Path] | None = None, capabilities: dict[str, Any] | None = None, options: Any = None
    ) -> dict[str, Any]:
        """Shakes hands."""
        named = [{"uri": f.as_uri(), "name": f.name} for f in folders or []]
        result: dict[str, Any] = self.request(
            "initialize",
            {
                "processId": os.getpid(),
                "rootUri": named[0]["uri"] if named else None,
                "workspaceFolders": named or None,
                "capabilities": merged(CAPABILITIES, capabilities or {}),
                "initializationOptions": options,
            },
        )
        self.notify("initialized", {})
        return result

    def open(self, uri: str, text: str, language: str = "plaintext", version: int = 1) -> None:
        """Opens a document."""
        item = {"uri": uri, "languageId": language, "version": version, "text": text}
        self.notify("textDocument/didOpen", {"textDocument": item})

    def change(self, uri: str, version: int, *changes: dict[str, Any]) -> None:
        """Edits a document."""
        what = {"textDocument": {"uri": uri, "version": version}, "contentChanges": list(changes)}
        self.notify("textDocument/didChange", what)

    def close(self, uri: str) -> None:
        """Closes a document."""
        self.notify("textDocument/didClose", {"textDocument": {"uri": uri}})

    def diagnostics(self, uri: str, version: int | None = None, timeout: float = PATIENCE) -> list[dict[str, Any]]:
        """The next diagnostics of a document, of a version where one is given."""
        found: list[dict[str, Any]] = self.note(
            "textDocument/publishDiagnostics",
            lambda p: p["uri"] == uri and (version is None or p.get("version") == version),
            timeout,
        )["diagnostics"]
        return found

    def stop(self) -> int:
        """Says goodbye; the server's exit status."""
        self.request("shutdown")
        self.notify("exit")
        return self.process.wait(10)

    def kill(self) -> None:
        """Ends a server that a test has left running."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait(10)
