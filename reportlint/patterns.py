"""The program's own regular expressions, compiled once per machine instead of once per run.

`regex` takes 1–3 ms to compile a pattern of some size and 0.02 ms to unpickle it. `pattern(...)` yields a stand-in
that compiles nothing; the first one that is used loads all those that earlier runs have used.
"""

from __future__ import annotations

import atexit
import re
from functools import cache
from typing import Any, cast

import regex

from reportlint.store import load_entry, save_entry

_ENTRY = "patterns"
_SHORT = 20_000  # code points
_METHODS = ("match", "fullmatch", "search", "finditer", "findall", "sub", "split", "groupindex")


class _Known:
    """The compiled patterns of this and earlier runs, by text and flags."""

    compiled: dict[tuple[str, int], regex.Pattern[str]] | None = None
    grown = False

    @classmethod
    def get(cls, key: tuple[str, int]) -> regex.Pattern[str]:
        if cls.compiled is None:
            cls.compiled = load_entry(_ENTRY, _key(), dict) or {}
            atexit.register(cls.keep)
        found = cls.compiled.get(key)
        if found is None:
            found = cls.compiled[key] = regex.compile(*key)
            cls.grown = True
        return found

    @classmethod
    def keep(cls) -> None:
        if cls.grown:
            save_entry(_ENTRY, _key(), cls.compiled)


def _key() -> list[bytes]:
    return [str(regex.__version__).encode()]


class _Pattern:
    def __init__(self, text: str, flags: int) -> None:
        self._key = (text, flags)

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        compiled = _Known.get(self._key)
        for method in _METHODS:
            # From now on the compiled pattern's own methods, with no detour.
            setattr(self, method, getattr(compiled, method))
        return getattr(self, name)


@cache
def pattern(text: str, flags: int = 0) -> regex.Pattern[str]:
    """A pattern of the `regex` module that is compiled, or taken from the cache, when it is first used."""
    return cast("regex.Pattern[str]", _Pattern(text, flags))


def pattern_for(text: str, expression: str) -> re.Pattern[str]:
    """An expression that both modules read alike, of the one that is sooner through with a text: `re` tries the places
    where a match can begin several times as fast, but is compiled anew in every run."""
    return cast("re.Pattern[str]", pattern(expression)) if len(text) < _SHORT else _of_re(expression)


@cache
def _of_re(expression: str) -> re.Pattern[str]:
    return re.compile(expression)
