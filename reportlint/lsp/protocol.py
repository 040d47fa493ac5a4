"""pygls, where it does not do what an editor needs."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Any

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.protocol import LanguageServerProtocol, lsp_method

_LONGEST = 1 << 30  # bytes of a message


class Protocol(LanguageServerProtocol):
    """pygls's protocol without its documents, which end lines where no editor does; and with an answer to every
    request, even one that cannot be read."""

    @lsp_method(lsp.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: lsp.DidOpenTextDocumentParams) -> None:
        """A document was opened."""
        self.fm.features[lsp.TEXT_DOCUMENT_DID_OPEN](params)

    # No generator, as pygls has here: it keeps something of each one for ever, and keystrokes are many.
    @lsp_method(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: lsp.DidChangeTextDocumentParams) -> None:
        """A document was edited."""
        self.fm.features[lsp.TEXT_DOCUMENT_DID_CHANGE](params)

    @lsp_method(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: lsp.DidCloseTextDocumentParams) -> None:
        """A document was closed."""
        self.fm.features[lsp.TEXT_DOCUMENT_DID_CLOSE](params)

    def structure_message(self, data: dict[str, Any]) -> Any:
        """A message as an object of its type; a request that is none is answered with an error."""
        try:
            return super().structure_message(data)
        except JsonRpcException as error:
            if "id" in data and "method" in data:
                self._send_response(data["id"], error=error.to_response_error())
            raise


class Input:
    """Standard input; a message that says it is longer than any is one that says nothing."""

    def __init__(self, file: IO[bytes]) -> None:
        self.readline = file.readline
        self._read: Callable[[int], bytes] = file.read

    def read(self, size: int) -> bytes:
        """The body of a message."""
        return self._read(size) if size <= _LONGEST else b"null"
