"""The outline as JSON (CONTRACT section 2)."""

from __future__ import annotations

import json
from typing import Any

from reportlint.draft import Draft, Paragraph
from reportlint.frame import Frame
from reportlint.outline import Node, Outline
from reportlint.profiles import Recognised
from reportlint.render.json import location


def as_dict(draft: Draft, outline: Outline, frame: Frame, genre: Recognised) -> dict[str, Any]:
    """The outline in the form of the contract."""

    def part(paragraph: Paragraph | None) -> dict[str, Any] | None:
        if paragraph is None:
            return None
        return {"row": draft.source.position(paragraph.start)[0], "text": draft.shown(*paragraph[:2])}

    return {
        "filename": draft.filename,
        "profile": genre.profile.name,
        "profile_reasons": [{"sign": sign, "text": text} for sign, text in genre.reasons],
        "title": part(frame.title),
        "salutation": part(frame.salutation),
        "closing": part(frame.closing),
        "sections": [_node(draft, n) for n in outline.sections],
    }


def _node(draft: Draft, node: Node) -> dict[str, Any]:
    return {
        "series": node.series,
        "marker": draft.shown(node.start, node.marker_end).rstrip(),
        "ordinal": node.ordinal,
        "level": node.level,
        "title": draft.shown(node.title_start, node.title_end),
        "run_in": node.run_in,
        "inline": node.inline,
        "location": location(draft.source, node.start),
        "end_location": location(draft.source, node.end),
        "children": [_node(draft, c) for c in node.children],
    }


def render(draft: Draft, outline: Outline, frame: Frame, genre: Recognised) -> str:
    """The JSON text."""
    return json.dumps(as_dict(draft, outline, frame, genre), ensure_ascii=False, indent=2) + "\n"
