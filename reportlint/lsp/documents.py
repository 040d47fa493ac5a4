"""What the client has open: its text, kept as the client has it, and what a check made of one version of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from lsprotocol import types as lsp

from reportlint.api import Checker
from reportlint.checks.base import Context
from reportlint.draft import Draft
from reportlint.engine import Report
from reportlint.frame import frame
from reportlint.lsp.positions import Place, Positions
from reportlint.readers import read_text
from reportlint.text import SourceText

_MARKDOWN = {"markdown", "md", "pandoc", "rmd", "quarto", "gfm", "mdx"}
_PLAIN = {"plaintext", "plain", "text", "txt", ""}
_SUFFIXES_MD = (".md", ".markdown")
_SUFFIXES = (".txt", *_SUFFIXES_MD)
_NO_DRAFTS = (".yaml", ".yml", ".toml", ".json", ".tsv", ".csv", ".log", ".ini", ".cfg", ".conf", ".xml", ".html")
_HIGH, _LOW = ("\ud800", "\udbff"), ("\udc00", "\udfff")


def path_of(uri: str) -> str | None:
    """The path of a `file:` URI, None for any other."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return None
    if parts.scheme != "file":
        return None
    path = unquote(parts.path)
    if os.name == "nt":
        path = f"//{parts.netloc}{path}" if parts.netloc else path.lstrip("/")
        path = path.replace("/", "\\")
    return os.path.normpath(path) if path else None


def uri_of(path: str) -> str:
    """The `file:` URI of a path."""
    path = os.path.abspath(path).replace(os.sep, "/")
    return "file://" + quote(path if path.startswith("/") else f"/{path}", safe="/")


class Buffer:
    """An open document: what `didOpen` and `didChange` have made of it. `due`: it was opened or saved, or what holds
    for it has changed, since the client last asked about it."""

    __slots__ = ("_positions", "due", "encoding", "language_id", "path", "text", "uri", "version")

    def __init__(self, uri: str, language_id: str, version: int, text: str, encoding: str) -> None:
        self.uri = uri
        self.path = path_of(uri)
        self.language_id = language_id.lower()
        self.version = version
        self.text = text
        self.encoding = encoding
        self.due = True
        self._positions: Positions | None = None

    @property
    def positions(self) -> Positions:
        """The line table of the text as it is now."""
        if self._positions is None:
            self._positions = Positions(SourceText(self.text), self.encoding)
        return self._positions

    @property
    def markdown(self) -> bool:
        """Whether it is read as Markdown: the client says so, or the name of its file does."""
        return self.language_id in _MARKDOWN or self.uri.lower().endswith(_SUFFIXES_MD)

    @property
    def draft(self) -> bool:
        """Whether it can be a draft at all: a client may send its code and configuration too."""
        if self.language_id in _MARKDOWN or self.uri.lower().endswith(_SUFFIXES):
            return True
        name = os.path.basename(self.path or "")
        return self.language_id in _PLAIN and not name.startswith(".") and not name.lower().endswith(_NO_DRAFTS)

    @property
    def filename(self) -> str:
        """What messages and file name patterns know it by."""
        return self.path or self.uri

    def change(self, version: int, changes: Iterable[Any]) -> None:
        """Applies what `didChange` says, one change after the other."""
        for change in changes:
            range_ = getattr(change, "range", None)
            if range_ is None:
                self.text = change.text
            else:
                start, end = self.positions.place(range_.start), self.positions.place(range_.end)
                if (end.offset, end.half) < (start.offset, start.half):
                    start, end = end, start
                self.text = _replaced(self.text, start, end, change.text)
            self._positions = None
        self.version = version


def _replaced(text: str, start: Place, end: Place, new: str) -> str:
    """A text with `[start, end)` replaced, in UTF-16 units where the range cuts a character in two."""
    head, tail = text[: start.offset], text[end.offset :]
    if start.half:
        head += _halves(text[start.offset])[0]
    if end.half:
        tail = _halves(text[end.offset])[1] + tail[1:]
    return _joined(_joined(head, new), tail)


def _halves(character: str) -> str:
    code = ord(character) - 0x10000
    return chr(0xD800 + (code >> 10)) + chr(0xDC00 + (code & 0x3FF))


def _joined(head: str, tail: str) -> str:
    """Two texts, one after the other: halves of a character that meet are the character again."""
    if head and tail and _HIGH[0] <= head[-1] <= _HIGH[1] and _LOW[0] <= tail[0] <= _LOW[1]:
        whole = chr(0x10000 + ((ord(head[-1]) - 0xD800) << 10) + ord(tail[0]) - 0xDC00)
        return head[:-1] + whole + tail[1:]
    return head + tail


class Snapshot(NamedTuple):
    """One version of an open document: all that a check needs, and nothing that an edit changes."""

    uri: str
    path: str | None
    filename: str
    version: int | None
    text: str
    markdown: bool
    encoding: str

    @classmethod
    def of(cls, buffer: Buffer) -> Snapshot:
        """The document as it is now."""
        return cls(
            buffer.uri, buffer.path, buffer.filename, buffer.version, buffer.text, buffer.markdown, buffer.encoding
        )

    def draft(self) -> Draft:
        """The text as its reader reads it."""
        draft = read_text("draft.md" if self.markdown else "draft.txt", self.text)
        return draft._replace(filename=self.filename)


class Document:
    """A checked version of a document: what every feature is computed from."""

    __slots__ = ("_context", "_recheck", "checker", "positions", "report", "snapshot")

    def __init__(
        self, snapshot: Snapshot, report: Report, checker: Checker, recheck: Callable[[Snapshot], Report]
    ) -> None:
        self.snapshot = snapshot
        self.report = report
        self.checker = checker
        self._recheck = recheck
        # The line table that the check made is the only one.
        self.positions = Positions(report.draft.source, snapshot.encoding)
        self._context: Context | None = None

    @property
    def text(self) -> str:
        """The text as the client has it."""
        return self.snapshot.text

    @property
    def language(self) -> str:
        """The language of messages: zh or en."""
        return self.checker.options.language

    @property
    def context(self) -> Context:
        """What the checks were given, for features that ask what a check knows."""
        if self._context is None:
            draft, tree = self.report.draft, self.report.outline
            self._context = Context(draft, tree, frame(draft, tree), self.report.genre.profile)
        return self._context

    def recheck(self, text: str) -> Report:
        """The report on another text of the same document."""
        return self.report if text == self.text else self._recheck(self.snapshot._replace(text=text))

    def position(self, offset: int) -> lsp.Position:
        """The position of an offset."""
        return self.positions.position(offset)

    def range(self, start: int, end: int) -> lsp.Range:
        """The range of `[start, end)`."""
        return self.positions.range(start, end)
