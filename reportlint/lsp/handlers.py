"""What the client says, handed to the session and the features; thin, for what there is to say is said there."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from lsprotocol import types as lsp

from reportlint.config import NAMES
from reportlint.lsp import actions, completion, silencing, structure, watching
from reportlint.lsp.clients import Client
from reportlint.lsp.diagnostics import diagnostics, result_id
from reportlint.lsp.documents import Document, path_of, uri_of
from reportlint.lsp.hints import hints
from reportlint.lsp.hover import hover
from reportlint.lsp.renumbering import renumbering
from reportlint.lsp.settings import SECTION, section
from reportlint.visible import trouble

if TYPE_CHECKING:
    from reportlint.lsp.server import Server

FIX_ALL, RELOAD = "reportlint.fixAll", "reportlint.reload"
TEXT = "reportlint/text"
"""A request of our own: a document as the server has it."""
_FEW, _MANY = 8, 50  # rules, findings


def register(server: Server) -> None:
    """Makes a server answer."""
    _lifecycle(server)
    _synchronization(server)
    _diagnostics(server)
    _features(server)
    _commands(server)


def _lifecycle(server: Server) -> None:
    @server.feature(lsp.INITIALIZE)
    def initialize(params: lsp.InitializeParams) -> None:
        server.client = Client(params.capabilities)
        server.session.encoding = str(
            getattr(server.workspace.position_encoding, "value", server.workspace.position_encoding)
        )
        root = params.root_uri or (uri_of(params.root_path) if params.root_path else None)
        roots = [f.uri for f in params.workspace_folders or ()] or ([root] if root else [])
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
            try:
                await server.pull_settings()
            finally:
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


def _commands(server: Server) -> None:
    session = server.session

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
        # One silences at a place; a whole document's worth of such actions nobody could read.
        if len(findings) <= _MANY and len({f.code for f in findings}) <= _FEW:
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
        server.tell(f"reportlint: {path}: {trouble('无法写出', 'cannot be written', error)}")
    server.renew()
