"""What a client does with edits, in UTF-16 units."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote


def offset_of(text: str, position: dict[str, int]) -> int:
    """The offset of a position that lies inside the text."""
    starts = [0, *(m.end() for m in re.finditer("\r\n|\r|\n", text))]
    start = starts[position["line"]]
    units = text[start:].encode("utf-16-le", "surrogatepass")[: position["character"] * 2]
    return start + len(units.decode("utf-16-le", "surrogatepass"))


def applied(text: str, edits: list[dict[str, Any]]) -> str:
    """The text with edits that do not overlap."""
    spans = [(offset_of(text, e["range"]["start"]), offset_of(text, e["range"]["end"]), e["newText"]) for e in edits]
    for start, end, new in sorted(spans, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def workspace_edit(edit: dict[str, Any]) -> None:
    """Applies an edit to the files on disk."""
    for change in edit["documentChanges"]:
        uri = change["uri"] if change.get("kind") == "create" else change["textDocument"]["uri"]
        path = Path(unquote(uri.removeprefix("file://")))
        if change.get("kind") == "create":
            path.touch()
        else:
            path.write_text(applied(path.read_text(encoding="utf-8"), change["edits"]), encoding="utf-8")
