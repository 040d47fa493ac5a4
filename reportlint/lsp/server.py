"""The server of one client: what it is told of results and of what holds."""

from __future__ import annotations

import asyncio
import atexit
import gc
import os
import sys
from functools import partial
from typing import Any, BinaryIO, cast

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import default_converter

from reportlint import __version__
from reportlint.located import YamlError, overlaid
from reportlint.lsp import actions, handlers, silencing, watching
from reportlint.lsp.clients import Client
from reportlint.lsp.diagnostics import diagnostics, of_errors
from reportlint.lsp.documents import Document, uri_of
from reportlint.lsp.pages import write_pages
from reportlint.lsp.projects import Outcome, Projects, Refused
from reportlint.lsp.protocol import Input, Protocol
from reportlint.lsp.session import Job, Session
from reportlint.lsp.settings import ON_TYPE, SECTION, Settings, read, section
from reportlint.lsp.workspace import Workspace
from reportlint.model import ReportlintError

_PATIENCE = 3.0  # seconds that checks wait for the client's settings


class Server(LanguageServer):
    """The server of one client."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            "reportlint", __version__, protocol_cls=Protocol, converter_factory=default_converter, max_workers=2
        )
        self.session = Session(self.announce)
        self.client = Client(lsp.ClientCapabilities())
        self.folders: dict[str, str] = {}  # uri to path
        self.initial = Settings()
        self.settings: dict[str | None, Settings] = {}
        self.workspace_drafts = Workspace(self.session)
        self.stamps: watching.Stamps | None = None
        self._seen: set[str | None] = set()
        self._watched: list[lsp.FileSystemWatcher] = []
        self._registrations = 0
        self._settled: set[str] = set()  # languages
        self.told: set[str] = set()  # what was said and need not be said again
        # Configuration files that hold mistakes, by the document that shows them.
        self.mistaken: dict[str, set[str]] = {}

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Says on standard error what went wrong: a user can do nothing about a message that was malformed."""
        print(f"reportlint: {type(error).__name__}: {error}", file=sys.stderr)

    def tell(self, message: str, kind: lsp.MessageType = lsp.MessageType.Error) -> None:
        """Shows a message to the user, the same one once."""
        if message not in self.told:
            self.told.add(message)
            self.window_show_message(lsp.ShowMessageParams(kind, message))

    # ---- results

    def announce(self, job: Job, outcome: Outcome) -> None:
        """Publishes what a check found, to a client that does not ask for it."""
        uri = job.snapshot.uri
        self.watch(job.snapshot.path)
        if isinstance(outcome, Document):
            self.settle(outcome.language)
        if isinstance(outcome, Refused):
            self.refused(uri, outcome)
        elif self.mistaken.get(uri):
            self.mended(uri)
        if not self.client.pulls:
            found = diagnostics(outcome) if isinstance(outcome, Document) else []
            self.publish(uri, found, job.snapshot.version)

    def uri(self, path: str) -> str:
        """The uri of a file, as the client writes it where it has it open."""
        return next((b.uri for b in self.session.buffers.values() if b.path == path), uri_of(path))

    def settle(self, language: str) -> None:
        """What can wait until the first findings are out."""
        if language not in self._settled:
            self._settled.add(language)
            self.session.worker.submit(_settle, language)

    def publish(self, uri: str, found: list[lsp.Diagnostic], version: int | None = None) -> None:
        """Publishes diagnostics."""
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, version))

    def refused(self, uri: str, outcome: Refused) -> None:
        """Shows why a document is not checked: in the configuration file that is wrong, and once in words."""
        by_path = of_errors(outcome.errors, self.session.encoding)
        before, self.mistaken[uri] = self.mistaken.get(uri, set()), set(by_path)
        for path in before - set(by_path):
            self._clear(path)
        for path, found in by_path.items():
            self.publish(self.uri(path), found)
        for error in outcome.errors:
            if isinstance(error, YamlError) and error.place:
                path, row, column, _ = error.place
                if any(b.path == os.path.abspath(path) for b in self.session.buffers.values()):
                    continue  # in front of the user's eyes
                self.tell(f"reportlint: {path}:{row + 1}:{column + 1}: {error.said}")
            elif isinstance(error, ReportlintError):
                self.tell(f"reportlint: {str(error).partition(chr(10))[0]}")
            else:
                what = f"{type(error).__name__}: {error}".partition("\n")[0]
                self.tell(f"reportlint: 内部错误，请报告给开发者：{what} (internal error)")

    def mended(self, uri: str) -> None:
        """Takes back what was shown of a configuration, where no other document shows it still."""
        self.told.clear()  # the same mistake, made again, is to be said again
        for path in self.mistaken.pop(uri, ()):
            self._clear(path)

    def _clear(self, path: str) -> None:
        if not any(path in paths for paths in self.mistaken.values()):
            self.publish(self.uri(path), [])

    def silencer(self, document: Document) -> silencing.Silencer:
        """What silences the findings of a document, with the configuration files as they are now."""
        path, projects = document.snapshot.path, self.session.projects
        folder = os.path.dirname(path) if path else projects.folder(None)
        place = projects.place(path)

        def nearest() -> silencing.Configuration:
            layers = projects.project(path).config.layers(place)
            if layers:
                return self.configuration(os.path.abspath(layers[-1].path))._replace(base=layers[-1].base)
            return self.configuration(silencing.new_in(projects.folder(path) or folder or os.getcwd()))

        def own() -> silencing.Configuration:
            layers = projects.project(path).config.layers(place)
            last = os.path.abspath(layers[-1].path) if layers else ""
            return self.configuration(
                last if last and os.path.dirname(last) == folder else silencing.new_in(folder or os.getcwd())
            )

        client = self.client
        return silencing.Silencer(
            document,
            nearest if folder else None,
            own if folder else None,
            versioned=client.versions_edits,
            creates=client.creates_files,
        )

    def configuration(self, path: str) -> silencing.Configuration:
        """A configuration file as the client has it, where it is open, else as it is on disk."""
        buffer = next((b for b in self.session.buffers.values() if b.path == path), None)
        if buffer is not None:
            return silencing.Configuration(path, buffer.text, buffer.uri, buffer.version, os.path.dirname(path))
        return silencing.on_disk(path)

    async def fix_all(self, document: Document, *, thorough: bool) -> lsp.CodeAction | None:
        """All safe fixes; where that takes checks, in the thread for them."""
        make = partial(actions.fix_all, document, versioned=self.client.versions_edits, thorough=thorough)
        return await asyncio.get_running_loop().run_in_executor(self.session.worker, make) if thorough else make()

    # ---- what holds

    def renew(self) -> None:
        """Reads everything that results depend on anew, and checks what is open again."""
        self.read_anew()
        for uri in list(self.session.buffers):
            self.session.check(uri, announce=True)
        self.stamps = None
        self._seen.clear()
        if self.client.refreshes_diagnostics:
            self.workspace_diagnostic_refresh(None)
        if self.client.refreshes_hints:
            self.workspace_inlay_hint_refresh(None)

    def read_anew(self) -> None:
        """Forgets all that was read of configurations."""
        settings = {**self.settings, None: self.settings.get(None, self.initial)}
        self.session.renew(Projects(self.folders.values(), settings, self.session.projects.generation + 1))

    def watch(self, path: str | None) -> None:
        """Has the files watched that a document turned out to depend on, if it is the first of its folder."""
        folder = os.path.dirname(path) if path else None
        if folder in self._seen or not self.client.watches:
            return
        self._seen.add(folder)
        wanted = watching.others(self.session.projects.sources(), relative=self.client.watches_outside)
        if repr(wanted) != repr(self._watched):
            if self._watched:
                gone = lsp.Unregistration(
                    f"reportlint-others-{self._registrations}", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES
                )
                self.client_unregister_capability(lsp.UnregistrationParams([gone]))
            self._registrations += 1
            self._watched = wanted
            if wanted:
                self.register(
                    f"reportlint-others-{self._registrations}",
                    lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                    lsp.DidChangeWatchedFilesRegistrationOptions(wanted),
                )

    def register(self, name: str, method: str, options: Any = None) -> None:
        """Asks the client for notifications."""
        self.client_register_capability(lsp.RegistrationParams([lsp.Registration(name, method, options)]))

    def look(self) -> None:
        """Reads what has changed on disk, for a client that does not watch it."""
        if self.client.watches:
            return
        now = watching.stamps(self.session.projects.sources())
        if self.stamps is None:
            self.stamps = now
        elif self.stamps != now:
            self.renew()

    def overlay(self, path: str | None, text: str | None) -> None:
        """Takes a configuration as the client has it, saved or not; None: as it is on disk."""
        if path is None or not watching.concerns(path, self.session.projects.sources()):
            return
        before = overlaid.get(path)
        if text is None:
            overlaid.pop(path, None)
        elif before is not None or silencing.on_disk(path).text != text:
            overlaid[path] = text
        if overlaid.get(path) != before:
            self.renew()

    def runs_on_type(self, path: str | None) -> bool:
        """Whether a document is checked with every change."""
        return self.session.projects.settings(path).run == ON_TYPE

    def due(self, uri: str) -> bool:
        """Whether a document that is asked about is to be checked as it is, asked once; else what the client has been
        told holds until it is saved."""
        buffer = self.session.buffers.get(uri)
        if buffer is None or self.runs_on_type(buffer.path):
            return True
        due, buffer.due = buffer.due, False
        return due

    async def pull_settings(self) -> None:
        """Asks the client for its settings, for each folder and for what lies in none."""
        scopes: list[str | None] = [None, *self.folders]
        items = [lsp.ConfigurationItem(scope_uri=uri, section=SECTION) for uri in scopes]
        try:
            answer = await asyncio.wait_for(
                self.workspace_configuration_async(lsp.ConfigurationParams(items)), _PATIENCE
            )
        except (TimeoutError, JsonRpcException):
            return
        if not isinstance(answer, list | tuple) or len(answer) != len(scopes):
            return
        found: dict[str | None, Settings] = {}
        for uri, value in zip(scopes, answer, strict=True):
            if section(value):
                found[self.folders[uri] if uri else None] = self.read(value)
        self.settings = found

    def read(self, value: Any) -> Settings:
        """Settings as the client sends them; says what is wrong with them."""
        found, wrong = read(value)
        for message in wrong:
            self.tell(message, lsp.MessageType.Warning)
        return found


def _settle(language: str) -> None:
    write_pages(language)
    # What is loaded by now stays to the end: looking through it again and again would cost more than a check.
    gc.collect()
    gc.freeze()


def serve() -> None:
    """Serves one client on standard input and output, and ends the process."""
    # Whatever prints would break the protocol: what is written to standard output goes to standard error, if any.
    output = os.fdopen(os.dup(1), "wb")
    try:
        os.dup2(2, 1)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    sys.setswitchinterval(0.001)  # seconds that a check keeps the thread of the protocol waiting
    server = Server()
    handlers.register(server)
    gc.enable()
    gc.set_threshold(50_000, 20, 20)
    server.start_io(cast(BinaryIO, Input(sys.stdin.buffer)), output)
    atexit._run_exitfuncs()  # what was read of configurations is kept for the next start
    os._exit(0 if server.protocol._shutdown else 1)
