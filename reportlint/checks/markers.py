"""Kinds `marker-spelling`, `marker-form` and `marker-punctuation`: how markers are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from reportlint.checks.base import Context, Hit
from reportlint.checks.listing import Listing
from reportlint.checks.numbering import analyse
from reportlint.checks.spelling import respell, spelling
from reportlint.model import Edit
from reportlint.outline import Node
from reportlint.patterns import pattern
from reportlint.rules import Kind

_SPELT = ("han-paren", "arabic-dot", "arabic-paren")
_BRACKET = pattern(r"[（(）)\n]")
_NEAR = 12  # code points
_FORMED = ("han-comma", "circled", "di", *_SPELT)


def _is_odd(node: Node, marker: str) -> bool:
    """Whether a marker is malformed, not merely one that needed its context to be told: `21.` before a digit,
    `第一章` without a blank, a bare `1` in a decimal scheme."""
    return node.odd and node.series in _FORMED and not (marker[:-1].isdecimal() and marker[-1] in ".．")


def _usual(context: Context) -> Counter[tuple[str, str]]:
    """How often each series is spelt in each way in a draft."""
    text = context.text
    return Counter((n.series, spelling(n.series, text[n.start : n.marker_end])) for n in context.outline.walk())


def _norm(listing: Listing, text: str, usual: Counter[tuple[str, str]] | None = None) -> str:
    """The spelling that most well-formed markers of a list have; where two are even, the one usual in the draft, else
    the first."""
    found = Counter(
        spelling(n.series, text[n.start : n.marker_end])
        for i, n in enumerate(listing.items)
        if i not in listing.strangers and not n.odd
    )
    found.pop("crossed", None)
    series = listing.items[0].place
    return max(found, key=lambda s: (found[s], usual[series, s] if usual else 0)) if found else ""


def run_spelling(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Markers spelt otherwise than the rest of their list."""
    text = context.text
    for listing in context.memo(analyse).lists:
        series = listing.items[0].place
        if series not in _SPELT:
            continue
        norm = _norm(listing, text, context.memo(_usual)) or "full"
        for index, node in enumerate(listing.items):
            marker = text[node.start : node.marker_end].strip()
            odd = node.odd
            if index in listing.strangers or odd or node.ordinal is None or spelling(series, marker) == norm:
                continue
            right = respell(series, node.ordinal, norm)
            end = node.start + len(marker)
            yield Hit(node.start, end, {"marker": marker, "right": right}, (Edit(node.start, end, right),))


def run_form(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """Malformed markers."""
    text = context.text
    for listing in context.memo(analyse).lists:
        markers = [text[n.start : n.marker_end].strip() for n in listing.items]
        bare = [m.isdecimal() for m in markers]  # the numbers of a scheme 1, 1.1, 1.2
        for node, marker in zip(listing.items, markers, strict=True):
            if node.ordinal is None or not _is_odd(node, marker) or all(bare):
                continue
            right = respell(node.series, node.ordinal, _norm(listing, text))
            end = node.marker_end
            said = {"marker": marker, "right": right}
            edits = () if _closes_later(text, marker, end) else (Edit(node.start, end, right),)
            yield Hit(node.start, node.start + len(marker), said, edits)


def _closes_later(text: str, marker: str, end: int) -> bool:
    """Whether the bracket that a marker lacks stands farther on, as in （4完）成: another would be one too many."""
    lacking = marker[0] in "（(" and marker[-1] not in "）)"
    found = _BRACKET.search(text, end, end + _NEAR) if lacking else None
    return found is not None and found[0] in "）)"


_COMMA_AFTER = ("di", "shou", "qi")  # GB/T 15834-2011 B.3.1; 一是 takes no mark at all (B.3.7)


def run_punctuation(params: dict[str, Any], context: Context) -> Iterator[Hit]:
    """List forms with a 顿号 after them, and 一是 with any mark (GB/T 15834-2011 B.3.7)."""
    text = context.text
    for listing in context.memo(analyse).lists:
        marks = Counter(_mark_behind(n, text) for n in listing.items)
        for node in listing.items:
            if node.series != node.place:
                continue
            if node.series == "circled":
                yield from _bracketed(node, text)
            if node.series in ("shi", "yao", *_COMMA_AFTER):
                end = node.marker_end
                at = end - 1 if text[end - 1] == "、" else end
                wrong = "、" if node.series in _COMMA_AFTER else "、，：,:"
                if node.series in _COMMA_AFTER and marks["，"] > marks["："] + marks[":"]:
                    at, wrong = (end - 1 if text[end - 1] in "、：:" else end), "、：:"
                if text[at : at + 1] and text[at] in wrong:
                    right = "，" if node.series in _COMMA_AFTER else ""
                    name = text[node.start : at]
                    variant = "comma" if right else ""
                    yield Hit(
                        node.start,
                        at + 1,
                        {"marker": name, "mark": text[at]},
                        (Edit(at, at + 1, right),),
                        variant,
                    )


def _mark_behind(node: Node, text: str) -> str:
    """The mark of a marker, which the grammar takes into 第一， but not into 首先，."""
    end = node.marker_end
    return text[end - 1] if text[end - 1] in "，、：:" else text[end : end + 1]


def _bracketed(node: Node, text: str) -> Iterator[Hit]:
    """A mark after ① inside a paragraph (GB/T 15834-2011 B.3.4); NUM007 has those that open one."""
    end = node.marker_end
    if node.inline and text[end : end + 1] and text[end] in "、，.．":
        yield Hit(node.start, end + 1, {"marker": text[node.start : end], "mark": text[end]}, (Edit(end, end + 1, ""),))


KINDS = (
    Kind("marker-spelling", "Reports markers spelt otherwise than the rest of their list.", {}, run_spelling),
    Kind("marker-form", "Reports malformed markers.", {}, run_form),
    Kind("marker-punctuation", "Reports a wrong mark after 一是, 第一, 首先.", {}, run_punctuation),
)
