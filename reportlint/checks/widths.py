"""Kind `mixed-width`: full-width and half-width forms of one sign in one draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from reportlint.checks.base import Context, Hit
from reportlint.model import Edit
from reportlint.patterns import pattern
from reportlint.rules import Kind

_PERCENT = (pattern("[％﹪]"), pattern("%"))
_DIGITS = (pattern("[０-９]+(?:．[０-９]+)*"), pattern("[0-9]+"))
# Between two full-width digits it is a part of their number.
_POINTS = (pattern(r"(?<=[0-9])．(?=\d)|(?<=\d)．(?=[0-9])"), pattern(r"(?<=\d)\.(?=\d)"))
_IN_HALF = pattern(r"(?<=[0-9])．(?=[0-9])")  # one among half-width digits is mixed in itself
_TO_HALF = str.maketrans("０１２３４５６７８９％﹪．", "0123456789%%.")
_TO_FULL = str.maketrans("0123456789%", "０１２３４５６７８９％")


def run(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """The rarer width of ％ and %, of digits; where both are as common, the full-width one. Ordinals of markers are
    another rule's. One hit for a sign, its fix covers every place."""
    markers = [(n.start, n.marker_end) for n in context.outline.walk()]
    inside = {at for start, end in markers for at in range(start, end)}
    for full, half in (_PERCENT, _DIGITS, _POINTS):
        wide = [m for m in full.finditer(context.text) if m.start() not in inside]
        if not wide:
            continue
        narrow = [m for m in half.finditer(context.text) if m.start() not in inside]
        if not narrow and not (full is _POINTS[0] and len(wide) == 1 and _IN_HALF.search(context.text)):
            continue
        if full is _POINTS[0] and narrow and len(wide) > len(narrow):
            continue  # 3.5 is never wrong for being rarer
        rarer, table = (wide, _TO_HALF) if len(wide) <= max(len(narrow), 1) else (narrow, _TO_FULL)
        edits = tuple(Edit(*m.span(), m[0].translate(table)) for m in rarer)
        start, end, right = edits[0]
        yield Hit(start, end, {"right": right, "count": len(edits)}, edits, "many" if len(edits) > 1 else "")


KIND = Kind("mixed-width", "Reports the rarer width of percent signs and digits where a draft has both.", {}, run)
