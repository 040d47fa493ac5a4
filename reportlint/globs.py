"""File name patterns as `.gitignore` has them.

pathspec knows what such a pattern means and takes 20 ms to import, so what it makes of each is kept between runs and
it is imported for a pattern that was never seen.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterable
from importlib.machinery import PathFinder
from typing import NamedTuple

import regex

from reportlint.patterns import pattern
from reportlint.store import load_entry, save_entry

_ENTRY = "globs"
_FOLDER = "ps_d"  # pathspec's name for what matched as a folder above the path


class _Meaning(NamedTuple):
    """The regular expression of a pattern, and whether it takes out (True) or in; None for a blank or a comment."""

    regex: str | None
    out: bool


class _Known:
    """What pathspec made of the patterns of this and earlier runs."""

    found: dict[str, _Meaning] | None = None
    grown = False

    @classmethod
    def get(cls, glob: str) -> _Meaning:
        if cls.found is None:
            cls.found = load_entry(_ENTRY, _library(), dict) or {}
            atexit.register(cls.keep)
        meaning = cls.found.get(glob)
        if meaning is None:
            meaning = cls.found[glob] = _explained(glob)
            cls.grown = True
        return meaning

    @classmethod
    def keep(cls) -> None:
        if cls.grown:
            save_entry(_ENTRY, _library(), cls.found)


def _library() -> list[bytes]:
    spec = PathFinder.find_spec("pathspec")
    stat = os.stat(spec.origin) if spec and spec.origin else None
    return [f"{stat.st_size}.{stat.st_mtime_ns}".encode() if stat else b""]


def _explained(glob: str) -> _Meaning:
    import re

    from pathspec import GitIgnoreSpec

    try:
        for made in GitIgnoreSpec.from_lines([glob]).patterns:
            if made.include is not None:
                found = str(getattr(made, "regex").pattern)  # noqa: B009 - not in its types
                pattern(found).search("")
                return _Meaning(found, made.include)
    except (re.error, regex.error, OverflowError) as error:
        raise ValueError(f"{glob}: {error}") from None
    return _Meaning(None, False)


def _meaning(glob: str, lenient: bool) -> _Meaning:
    try:
        return _Known.get(glob)
    except ValueError:
        if lenient:
            return _Meaning(None, False)
        raise


class Globs:
    """Patterns, of which the last that fits decides. ValueError for one that is none."""

    def __init__(self, globs: Iterable[str], lenient: bool = False) -> None:
        """`lenient`: one that is none fits nothing."""
        self._meanings = [_meaning(glob, lenient) for glob in globs]

    def check(self, path: str) -> tuple[bool, int] | None:
        """Whether a path (relative, with forward slashes, a folder with one at its end) is meant, and the number of
        the pattern that says so; None if none does."""
        found: tuple[bool, int] | None = None
        by_name = False
        for index, (expression, out) in enumerate(self._meanings):
            match = pattern(expression).search(path) if expression is not None else None
            if match is None:
                continue
            # As git: what lies in a folder that was taken out is not taken in again by the folder's name.
            through_folder = bool(match.groupdict().get(_FOLDER))
            if (out and through_folder) or not through_folder or not by_name:
                found, by_name = (out, index), not through_folder
        return found
