"""Kind `styles`: one thing written in several styles in one draft."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import regex

from reportlint.checks import pattern
from reportlint.checks.base import Context, Hit
from reportlint.rules import Kind, Param


class Style(NamedTuple):
    """A way of writing, and what shows it."""

    name: str
    find: regex.Pattern[str]
    heads: str | None


class Params(NamedTuple):
    """The styles that exclude each other."""

    styles: tuple[Style, ...]


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """The parameters as `run` wants them."""
    return Params(tuple(Style(s["name"], s["find"], pattern.heads_of(s["find"])) for s in params["styles"]))


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The first place of each style that is rarer than the commonest; of those that are as common, of each but the
    first to come."""
    found = [(s, [m.span() for m in pattern.matches(s.find, s.heads, context)]) for s in params.styles]
    found = [(s, spans) for s, spans in found if spans]
    if len(found) < 2:
        return
    found.sort(key=lambda f: f[1][0])
    norm = max(found, key=lambda f: len(f[1]))
    for style, spans in found:
        if style is not norm[0]:
            args = {"style": style.name, "count": len(spans), "norm": norm[0].name, "most": len(norm[1])}
            yield Hit(*spans[0], args, variant="even" if len(spans) == len(norm[1]) else "")


KIND = Kind(
    "styles",
    "Reports the minority where one draft writes the same thing in several styles.",
    {
        "styles": Param(
            "list",
            "the styles",
            required=True,
            items={
                "name": Param("string", "how the message names it", required=True),
                "find": Param("regex", "what shows it", required=True),
            },
        )
    },
    run,
    compile_params,
)
