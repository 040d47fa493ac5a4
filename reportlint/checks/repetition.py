"""Kind `repetition`: a character or a word written twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import regex

from reportlint.checks.base import Context, Hit
from reportlint.checks.pattern import covered
from reportlint.model import Edit
from reportlint.rules import Kind, Param

_NEAR = 20_000  # code points on each side in which a text's own words are counted


class Params(NamedTuple):
    """The characters that are wrong when doubled, and the exceptions."""

    characters: str
    unless: tuple[regex.Pattern[str], ...]


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """The parameters as `run` wants them."""
    return Params(params["characters"], params["unless"])


@cache
def _doubled(characters: str) -> re.Pattern[str]:
    # `re` runs a back-reference four times as fast as `regex`.
    return re.compile(rf"([\u4e00-\u9fff]{{2,4}})\1|([{re.escape(characters)}])\2")


def run(params: Params, context: Context) -> Iterator[Hit]:
    """Doubled words; not 就业创业创新, where the doubled pair is no word of the text and its turn is."""
    text = context.text
    for match in _doubled(params.characters).finditer(text):
        start, end = match.span()
        unit = text[start : (start + end) // 2]
        if len(unit) > 1 and len(set(unit)) == 1:
            continue  # one character over and over is a rule or a slip of the keyboard, not a word
        if len(unit) == 2 and _straddles(text, start, unit):
            continue
        if not any(covered(text, e, start, end) for e in params.unless):
            yield Hit(start, end, None, (Edit(start, end, unit),))


def _straddles(text: str, at: int, unit: str) -> bool:
    turned = unit[1] + unit[0]
    low, high = max(0, at - _NEAR), at + _NEAR
    # The place itself holds the unit twice and its turn once.
    return text.count(turned, low, high) - 1 > text.count(unit, low, high) - 2


KIND = Kind(
    "repetition",
    "Reports words of two to four characters, and certain characters, written twice.",
    {
        "characters": Param("string", "the characters that are wrong when doubled", required=True),
        "unless": Param("regexes", "exceptions: a match that takes in the whole hit silences it", default=()),
    },
    run,
    compile_params,
)
