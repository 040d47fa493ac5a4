"""The protocol: what the client says to the session, what the features say to the client. No more than that."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import IO, Any, BinaryIO, cast

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from reportlint import __version__
from reportlint.config import NAMES
from reportlint.located import YamlError, overlaid
from reportlint.lsp import actions, completion, silencing, structure, watching
from reportlint.lsp.clients import Client
from reportlint.lsp.diagnostics import diagnostics, of_errors, result_id
from reportlint.lsp.documents import Document, path_of, uri_of
from reportlint.lsp.hints import hints
from reportlint.lsp.hover import hover
from reportlint.lsp.pages import write_pages
from reportlint.lsp.projects import Outcome, Projects, Refused
from reportlint.lsp.renumbering import renumbering
from reportlint.lsp.session import Job, Session
from reportlint.lsp.settings import ON_TYPE, SECTION, Settings, read, section
from reportlint.lsp.workspace import Workspace

FIX_ALL, RELOAD = "reportlint.fixAll", "reportlint.reload"
TEXT = "reportlint/text"
"""A request of our own: a document as the server has it."""
_LONGEST = 1 << 30  # bytes of a message
_PATIENCE = 3.0  # seconds that checks wait for the client's settings


class _Protocol(LanguageServerProtocol):
    """pygls's protocol without its documents, which end lines where no editor does; and with an answer to every
    request, even one that cannot be read."""

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> Any:
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> Any:
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> Any:
        yield self.fm.features[lsp.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    def structure_message(self, data: dict[str, Any]) -> Any:
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise


class Server(LanguageServer):
    """The server of one client."""

    protocol: _Protocol

    def __init__(self) -> None:
        super().__init__(
            "reportlint", __version__, protocol_cls=_Protocol, converter_factory=default_converter, max_workers=2
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
        self.told: set[str] = set()  # what was said once and need not be said again
        self.mistaken: dict[
            str, set[str]
        ] = {}  # configuration files that hold mistakes, by the document that shows them

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
            else:
                self.tell(f"reportlint: {str(error).splitlines()[0] if str(error) else type(error).__name__}")

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


def create() -> Server:
    """A server with all features."""
    server = Server()
    _lifecycle(server)
    _synchronization(server)
    _diagnostics(server)
    _features(server)
    return server


def _lifecycle(server: Server) -> None:
    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        server.client = Client(params.capabilities)
        server.session.encoding = str(
            getattr(server.workspace.position_encoding, "value", server.workspace.position_encoding)
        )
        roots = [f.uri for f in params.workspace_folders or ()] or [u for u in (params.root_uri,) if u]
        server.folders = {uri: path for uri in roots if (path := path_of(uri))}
        server.initial = server.read(params.initialization_options)
        if server.client.configures:
            server.session.pause()
        server.read_anew()

    @server.feature(lsp.INITIALIZED)
    async def initialized(params: lsp.InitializedParams) -> None:
        if server.client.watches:
            options = lsp.DidChangeWatchedFilesRegistrationOptions(watching.usual())
            server.register("reportlint-usual", lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        if server.client.tells_settings:
            server.register(
                "reportlint-settings",
                lsp.WORKSPACE_DID_CHANGE_CONFIGURATION,
                lsp.DidChangeConfigurationRegistrationOptions(SECTION),
            )
        if server.client.configures:
            await server.pull_settings()
            server.session.resume()
            server.renew()

    @server.feature(lsp.SHUTDOWN)
    def shutdown(params: Any) -> None:
        server.session.shutdown()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def configured(params: lsp.DidChangeConfigurationParams) -> None:
        if server.client.configures:
            await server.pull_settings()
        else:
            given = section(params.settings)
            if given is not None:
                server.settings = {None: server.read(given)}
        server.renew()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def watched(params: lsp.DidChangeWatchedFilesParams) -> None:
        sources = server.session.projects.sources()
        if any((path := path_of(c.uri)) and watching.concerns(path, sources) for c in params.changes):
            server.renew()

    @server.feature(lsp.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)
    async def folders(params: lsp.DidChangeWorkspaceFoldersParams) -> None:
        for gone in params.event.removed:
            server.folders.pop(gone.uri, None)
        for new in params.event.added:
            path = path_of(new.uri)
            if path:
                server.folders[new.uri] = path
        if server.client.configures:
            await server.pull_settings()
        server.renew()


def _synchronization(server: Server) -> None:
    session = server.session

    @server.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: lsp.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        buffer = session.open(item.uri, item.language_id, item.version, item.text)
        if not buffer.draft:
            server.overlay(buffer.path, buffer.text)
        server.look()
        session.check(item.uri, announce=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        item = params.text_document
        buffer = session.change(item.uri, item.version, params.content_changes)
        if buffer is not None and not buffer.draft:
            server.overlay(buffer.path, buffer.text)
        elif buffer is not None and server.runs_on_type(buffer.path):
            session.check(item.uri, announce=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        server.look()
        buffer = session.buffers.get(params.text_document.uri)
        if buffer is not None:
            buffer.due = True
        session.check(params.text_document.uri, announce=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if session.close(uri):
            server.overlay(path_of(uri), None)
            server.mended(uri)
            if not server.client.pulls:
                server.publish(uri, [])


def _diagnostics(server: Server) -> None:
    @server.feature(
        lsp.TEXT_DOCUMENT_DIAGNOSTIC,
        lsp.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False, identifier="reportlint"),
    )
    async def pulled(params: lsp.DocumentDiagnosticParams) -> lsp.DocumentDiagnosticReport:
        uri, before = params.text_document.uri, params.previous_result_id
        if not server.due(uri) and before:
            return lsp.RelatedUnchangedDocumentDiagnosticReport(before)
        document = await server.session.document(uri)
        found = diagnostics(document) if document else []
        name = result_id(found)
        if name == before:
            return lsp.RelatedUnchangedDocumentDiagnosticReport(name)
        return lsp.RelatedFullDocumentDiagnosticReport(found, result_id=name)

    @server.feature(lsp.WORKSPACE_DIAGNOSTIC)
    async def whole(params: lsp.WorkspaceDiagnosticParams) -> lsp.WorkspaceDiagnosticReport:
        return await server.workspace_drafts.report({p.uri: p.value for p in params.previous_result_ids})


def _features(server: Server) -> None:
    session = server.session

    @server.feature(lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL)
    async def symbols(params: lsp.DocumentSymbolParams) -> Any:
        document = await session.document(params.text_document.uri)
        if document is None:
            return None
        found = structure.symbols(document)
        return found if server.client.symbol_tree else structure.flat(found, params.text_document.uri)

    @server.feature(lsp.TEXT_DOCUMENT_FOLDING_RANGE)
    async def folding(params: lsp.FoldingRangeParams) -> list[lsp.FoldingRange] | None:
        document = await session.document(params.text_document.uri)
        return structure.folding(document, server.client.most_folds) if document else None

    @server.feature(lsp.TEXT_DOCUMENT_SELECTION_RANGE)
    async def selection(params: lsp.SelectionRangeParams) -> list[lsp.SelectionRange] | None:
        document = await session.document(params.text_document.uri)
        return [structure.selection(document, p) for p in params.positions] if document else None

    @server.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions(code_action_kinds=list(actions.KINDS)))
    async def code_actions(params: lsp.CodeActionParams) -> list[lsp.CodeAction] | None:
        document = await session.document(params.text_document.uri)
        if document is None:
            return None
        found = _actions(server, document, params)
        if actions.wants(params.context.only, actions.FIX_ALL):
            everything = await server.fix_all(document, thorough=params.context.only is not None)
            found += [everything] if everything else []
        return found

    @server.feature(lsp.TEXT_DOCUMENT_HOVER)
    async def hovered(params: lsp.HoverParams) -> lsp.Hover | None:
        document = await session.document(params.text_document.uri)
        return hover(document, params.position) if document else None

    @server.feature(lsp.TEXT_DOCUMENT_COMPLETION, lsp.CompletionOptions(trigger_characters=list(completion.TRIGGERS)))
    async def completed(params: lsp.CompletionParams) -> list[lsp.CompletionItem] | None:
        document = await session.document(params.text_document.uri)
        return completion.completions(document, params.position) if document else None

    @server.feature(lsp.TEXT_DOCUMENT_INLAY_HINT)
    async def hinted(params: lsp.InlayHintParams) -> list[lsp.InlayHint] | None:
        document = await session.document(params.text_document.uri)
        return hints(document, document.positions.span(params.range)) if document else None

    @server.command(FIX_ALL)
    async def fix_everything(uri: str) -> None:
        document = await session.document(uri)
        action = await server.fix_all(document, thorough=True) if document else None
        if action and action.edit:
            await server.workspace_apply_edit_async(lsp.ApplyWorkspaceEditParams(action.edit, action.title))

    @server.feature(TEXT)
    def text(params: Any) -> dict[str, Any] | None:
        buffer = session.buffers.get(getattr(params, "uri", ""))
        return {"version": buffer.version, "text": buffer.text} if buffer else None

    @server.command(RELOAD)
    def reload() -> None:
        server.renew()

    @server.command(silencing.WRITE)
    def write(path: str, content: str) -> None:
        _write_new(server, path, content)


def _actions(server: Server, document: Document, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    only, versioned = params.context.only, server.client.versions_edits
    span = document.positions.span(params.range)
    found: list[lsp.CodeAction] = []
    if actions.wants(only, lsp.CodeActionKind.QuickFix):
        findings = actions.at(document, span)
        found += actions.quick_fixes(document, findings, versioned=versioned)
        # The same document may be asked about many findings at once; to silence them, one asks at one place.
        found += server.silencer(document).actions(findings)
    if actions.wants(only, lsp.CodeActionKind.RefactorRewrite):
        renumbered = renumbering(document, span[0], versioned=versioned)
        found += [renumbered] if renumbered else []
    return found


def _write_new(server: Server, path: str, content: str) -> None:
    """Writes a configuration that is not there yet, for a client that cannot; nothing else is ever written."""
    if os.path.basename(path) not in NAMES[:2]:
        return
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(content)
    except OSError as error:
        server.tell(f"reportlint: {path}: 无法写出：{error.strerror or error} (cannot be written)")
    server.renew()


def _settle(language: str) -> None:
    write_pages(language)
    # What is loaded by now stays to the end: looking through it again and again would cost more than a check.
    gc.collect()
    gc.freeze()


class _Input:
    """Standard input; a message that says it is longer than any is one that says nothing."""

    def __init__(self, file: IO[bytes]) -> None:
        self.readline = file.readline
        self._read: Callable[[int], bytes] = file.read

    def read(self, size: int) -> bytes:
        return self._read(size) if size <= _LONGEST else b"null"


def serve() -> None:
    """Serves one client on standard input and output, and ends the process."""
    # Whatever prints would break the protocol: what is written to standard output goes to standard error.
    output = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    sys.setswitchinterval(0.001)  # seconds that a check keeps the thread of the protocol waiting
    server = create()
    gc.enable()
    gc.set_threshold(50_000, 20, 20)
    server.start_io(cast(BinaryIO, _Input(sys.stdin.buffer)), output)
    os._exit(0 if server.protocol._shutdown else 1)
