"""Code actions that silence a finding: accept its word, or ignore its rule here, in this file or in this folder.

In Markdown a comment does it; everything else is an edit of the configuration that is nearest to the document.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import NamedTuple

from lsprotocol import types as lsp

from reportlint.config import NAMES
from reportlint.lsp.configedit import add, add_for_file, pattern_for
from reportlint.lsp.diagnostics import diagnostic
from reportlint.lsp.documents import Document, uri_of
from reportlint.lsp.edits import of_document
from reportlint.lsp.positions import Positions
from reportlint.model import Edit, Finding
from reportlint.patterns import pattern
from reportlint.text import SourceText

WRITE = "reportlint.writeConfiguration"
"""The command that writes a configuration for a client that cannot create a file."""
_OF_WORDS = ("TYP", "PLH", "VAL", "CON002")
_LONGEST = 30  # code points of a word
_NEXT_LINE = pattern(
    r"[ \t>]*<!--\s*reportlint-disable-next-line\b(?P<codes>(?:(?!\s--\s|-->).)*?)(?P<end>\s*(?:\s--\s.*?)?-->)[ \t]*"
)
_PREFIX = pattern(r"[ \t]{0,3}(?:>[ \t]?)*")
_WORDS = {
    "zh": {
        "accept": "认可“{word}”（写入 {file}）",
        "here": "此处不查 {code}",
        "file": "本文件不查 {code}（写入 {file}）",
        "folder": "本文件夹不查 {code}（写入 {file}）",
    },
    "en": {
        "accept": "Accept “{word}” (in {file})",
        "here": "Ignore {code} here",
        "file": "Ignore {code} in this file (in {file})",
        "folder": "Ignore {code} in this folder (in {file})",
    },
}


class Configuration(NamedTuple):
    """A configuration file as it is now: the uri and version by which the client knows it, None where it is not open;
    `text` is None where there is no such file yet. Its patterns are seen from `base`."""

    path: str
    text: str | None
    uri: str
    version: int | None
    base: str


class Silencer:
    """What silences the findings of a document. `nearest` is the configuration file that holds for it, `own` that of
    its folder, each with what it says now; None for a document that lies in no folder."""

    def __init__(
        self,
        document: Document,
        nearest: Callable[[], Configuration] | None,
        own: Callable[[], Configuration] | None,
        *,
        versioned: bool,
        creates: bool,
    ) -> None:
        self.document = document
        self.nearest = nearest
        self.own = own
        self.versioned = versioned
        self.creates = creates

    def actions(self, findings: list[Finding]) -> Iterator[lsp.CodeAction]:
        """The actions for some findings, each once."""
        seen: set[tuple[str, str]] = set()
        for finding in findings:
            word = self._word(finding)
            if word and self.nearest and ("accept", word) not in seen:
                seen.add(("accept", word))
                yield from self._accept(finding, word)
        for finding in findings:
            if ("code", finding.code) not in seen:
                seen.add(("code", finding.code))
                yield from self._ignore(finding)

    def _word(self, finding: Finding) -> str:
        """What is found at a word, and could be right; a missing part or a mark of punctuation could not."""
        if not finding.code.startswith(_OF_WORDS):
            return ""
        word = self.document.text[finding.start : finding.end].strip()
        fit = len(word) <= _LONGEST and "\n" not in word and "\r" not in word
        return word if fit and any(map(str.isalnum, word)) else ""

    def _accept(self, finding: Finding, word: str) -> Iterator[lsp.CodeAction]:
        assert self.nearest is not None
        config = self.nearest()
        edits = add(config.text or "", "accept", word, toml=config.path.endswith(".toml"))
        yield from self._configured("accept", finding, config, edits, word=word)

    def _ignore(self, finding: Finding) -> Iterator[lsp.CodeAction]:
        code = finding.code
        if self.document.snapshot.markdown:
            yield self._action("here", finding, self._comment(finding), code=code)
        elif self.nearest and self.document.snapshot.path:
            config = self.nearest()
            within = os.path.relpath(self.document.snapshot.path, config.base).replace(os.sep, "/")
            if not within.startswith("../"):
                toml = config.path.endswith(".toml")
                edits = add_for_file(config.text or "", pattern_for(within), code, toml=toml)
                yield from self._configured("file", finding, config, edits, code=code)
        if self.own:
            config = self.own()
            edits = add(config.text or "", "ignore", code, toml=config.path.endswith(".toml"))
            yield from self._configured("folder", finding, config, edits, code=code)

    def _comment(self, finding: Finding) -> lsp.WorkspaceEdit:
        """A comment on the line above; in a table, which a line between would cut in two, at the end of the row."""
        source, text, code = self.document.positions.source, self.document.text, finding.code
        row = source.position(finding.start)[0]
        start, end = source.offset(row, 1), source.line_end(row)
        paragraph = self.document.context.paragraph_at(finding.start)
        if paragraph is not None and paragraph.table:
            edit = Edit(end, end, f" <!-- reportlint-disable-line {code} -->")
            return of_document(self.document, [edit], versioned=self.versioned)
        above = next((r for r in range(row - 1, 0, -1) if text[source.offset(r, 1) : source.line_end(r)].strip()), 0)
        given = _NEXT_LINE.fullmatch(text, source.offset(above, 1), source.line_end(above)) if above else None
        if given and given["codes"].strip():
            at = given.end("codes")
            edit = Edit(at, at, f", {code}")
        else:
            prefix = _PREFIX.match(text, start, end)
            newline = "\r\n" if "\r\n" in text else "\n"
            edit = Edit(
                start, start, f"{prefix[0] if prefix else ''}<!-- reportlint-disable-next-line {code} -->{newline}"
            )
        return of_document(self.document, [edit], versioned=self.versioned)

    def _configured(
        self, kind: str, finding: Finding, config: Configuration, edits: list[Edit] | None, **said: str
    ) -> Iterator[lsp.CodeAction]:
        if not edits:
            return
        said["file"] = os.path.basename(config.path)
        if config.text is None and not self.creates:
            content = "".join(edit.content for edit in edits)
            title = _WORDS[self.document.language][kind].format(**said)
            action = self._action(kind, finding, None, **said)
            action.command = lsp.Command(title, WRITE, arguments=[config.path, content])
            yield action
            return
        positions = Positions(SourceText(config.text or ""), self.document.snapshot.encoding)
        made = [lsp.TextEdit(positions.range(e.start, e.end), e.content) for e in edits]
        if not self.versioned:
            yield self._action(kind, finding, lsp.WorkspaceEdit(changes={config.uri: made}), **said)
            return
        named = lsp.OptionalVersionedTextDocumentIdentifier(uri=config.uri, version=config.version)
        change = lsp.TextDocumentEdit(named, list(made))
        create = lsp.CreateFile(uri=config.uri, options=lsp.CreateFileOptions(ignore_if_exists=True))
        changes: list[lsp.TextDocumentEdit | lsp.CreateFile | lsp.RenameFile | lsp.DeleteFile] = [change]
        if config.text is None:
            changes.insert(0, create)
        yield self._action(kind, finding, lsp.WorkspaceEdit(document_changes=changes), **said)

    def _action(self, kind: str, finding: Finding, edit: lsp.WorkspaceEdit | None, **said: str) -> lsp.CodeAction:
        return lsp.CodeAction(
            title=_WORDS[self.document.language][kind].format(**said),
            kind=lsp.CodeActionKind.QuickFix,
            diagnostics=[diagnostic(self.document, finding)],
            edit=edit,
        )


def new_in(folder: str) -> str:
    """The configuration file of a folder: the one that is there, else the one that would be written."""
    return next((p for n in NAMES[:2] if os.path.isfile(p := os.path.join(folder, n))), os.path.join(folder, NAMES[0]))


def on_disk(path: str) -> Configuration:
    """A configuration file that the client has not open. It is read as a client would: a mark of its encoding is none
    of its text."""
    try:
        with open(path, encoding="utf-8-sig", newline="") as file:
            text: str | None = file.read()
    except OSError:
        text = None
    except UnicodeDecodeError:
        text = "\0"  # nothing that an edit could be made of
    return Configuration(path, text, uri_of(path), None, os.path.dirname(path))
