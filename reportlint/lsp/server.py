"""The protocol: what the client says to the session, what the features say to the client. No more than that."""

from __future__ import annotations

import asyncio
import gc
import os
import sys
from collections.abc import Callable
from typing import IO, Any, BinaryIO, cast

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from reportlint import __version__
from reportlint.located import YamlError
from reportlint.lsp import actions, structure
from reportlint.lsp.clients import Client
from reportlint.lsp.diagnostics import diagnostics, of_errors, result_id
from reportlint.lsp.documents import Document, path_of, uri_of
from reportlint.lsp.projects import Outcome, Projects, Refused
from reportlint.lsp.session import Job, Session
from reportlint.lsp.settings import ON_TYPE, SECTION, Settings, read, section

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
        if isinstance(outcome, Refused):
            self.refused(uri, outcome)
        elif self.mistaken.get(uri):
            self.mended(uri)
        if not self.client.pulls:
            found = diagnostics(outcome) if isinstance(outcome, Document) else []
            self.publish(uri, found, job.snapshot.version)

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
            self.publish(uri_of(path), found)
        for error in outcome.errors:
            if isinstance(error, YamlError) and error.place:
                path, row, column, _ = error.place
                self.tell(f"reportlint: {path}:{row + 1}:{column + 1}: {error.said}")
            else:
                self.tell(f"reportlint: {str(error).splitlines()[0] if str(error) else type(error).__name__}")

    def mended(self, uri: str) -> None:
        """Takes back what was shown of a configuration, where no other document shows it still."""
        for path in self.mistaken.pop(uri, ()):
            self._clear(path)

    def _clear(self, path: str) -> None:
        if not any(path in paths for paths in self.mistaken.values()):
            self.publish(uri_of(path), [])

    # ---- what holds

    def renew(self) -> None:
        """Reads everything that results depend on anew, and checks what is open again."""
        self.told.clear()
        settings = {**self.settings, None: self.settings.get(None, self.initial)}
        self.session.renew(Projects(self.folders.values(), settings, self.session.projects.generation + 1))
        for uri in list(self.session.buffers):
            self.session.check(uri, announce=True)
        if self.client.refreshes_diagnostics:
            self.workspace_diagnostic_refresh(None)

    def runs_on_type(self, path: str | None) -> bool:
        """Whether a document is checked with every change."""
        return self.session.projects.settings(path).run == ON_TYPE

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
        server.renew()

    @server.feature(lsp.INITIALIZED)
    async def initialized(params: lsp.InitializedParams) -> None:
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
        session.open(item.uri, item.language_id, item.version, item.text)
        session.check(item.uri, announce=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: lsp.DidChangeTextDocumentParams) -> None:
        item = params.text_document
        buffer = session.change(item.uri, item.version, params.content_changes)
        if buffer is not None and server.runs_on_type(buffer.path):
            session.check(item.uri, announce=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: lsp.DidSaveTextDocumentParams) -> None:
        session.check(params.text_document.uri, announce=True)

    @server.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: lsp.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if session.close(uri):
            server.mended(uri)
            if not server.client.pulls:
                server.publish(uri, [])


def _diagnostics(server: Server) -> None:
    @server.feature(
        lsp.TEXT_DOCUMENT_DIAGNOSTIC,
        lsp.DiagnosticOptions(inter_file_dependencies=False, workspace_diagnostics=False, identifier="reportlint"),
    )
    async def pulled(params: lsp.DocumentDiagnosticParams) -> lsp.DocumentDiagnosticReport:
        document = await server.session.document(params.text_document.uri)
        found = diagnostics(document) if document else []
        name = result_id(found)
        if name == params.previous_result_id:
            return lsp.RelatedUnchangedDocumentDiagnosticReport(name)
        return lsp.RelatedFullDocumentDiagnosticReport(found, result_id=name)


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
        only, versioned = params.context.only, server.client.versions_edits
        found: list[lsp.CodeAction] = []
        if actions.wants(only, lsp.CodeActionKind.QuickFix):
            span = document.positions.span(params.range)
            found += actions.quick_fixes(document, actions.at(document, span), versioned=versioned)
        if actions.wants(only, actions.FIX_ALL):
            everything = actions.fix_all(document, versioned=versioned)
            found += [everything] if everything else []
        return found


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
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    server.start_io(cast(BinaryIO, _Input(sys.stdin.buffer)), output)
    os._exit(0 if server.protocol._shutdown else 1)
