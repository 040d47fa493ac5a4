"""What a client can do."""

from __future__ import annotations

from lsprotocol import types as lsp


class Client:
    """The client's capabilities, asked for by what they mean to us."""

    def __init__(self, capabilities: lsp.ClientCapabilities) -> None:
        workspace = capabilities.workspace or lsp.WorkspaceClientCapabilities()
        document = capabilities.text_document or lsp.TextDocumentClientCapabilities()
        edits = workspace.workspace_edit or lsp.WorkspaceEditClientCapabilities()
        diagnostics = workspace.diagnostics
        symbol, folding = document.document_symbol, document.folding_range
        watched, settings = workspace.did_change_watched_files, workspace.did_change_configuration
        hints = workspace.inlay_hint
        self.pulls = document.diagnostic is not None
        """Asks for diagnostics, and is therefore not sent any: it would show them twice."""
        self.refreshes_diagnostics = bool(diagnostics and diagnostics.refresh_support)
        self.refreshes_hints = bool(hints and hints.refresh_support)
        self.configures = bool(workspace.configuration)
        """Can be asked for its settings."""
        self.tells_settings = bool(settings and settings.dynamic_registration)
        self.watches = bool(watched and watched.dynamic_registration)
        self.watches_outside = bool(watched and watched.relative_pattern_support)
        self.versions_edits = bool(edits.document_changes)
        self.creates_files = bool(
            edits.document_changes
            and edits.resource_operations
            and lsp.ResourceOperationKind.Create in edits.resource_operations
        )
        self.symbol_tree = bool(symbol and symbol.hierarchical_document_symbol_support)
        self.most_folds = folding.range_limit if folding else None
