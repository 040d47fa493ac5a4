"""What the client sets: the section `reportlint` of its settings, and what of it is no use."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from reportlint.config import Given

SECTION = "reportlint"
ON_TYPE, ON_SAVE, AUTO = "onType", "onSave", "auto"
_LANGUAGES = ("zh", "en")


class Settings(NamedTuple):
    """The client's settings for a folder. `enable` is True, False or `auto`: only where there is a configuration."""

    enable: bool | str = True
    profile: str | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    config: str | None = None
    language: str | None = None
    run: str = ON_TYPE

    def given(self) -> Given:
        """The same as the command line says it."""
        return Given(self.select, self.ignore, self.profile, self.language)

    def file(self, folder: str | None) -> str | None:
        """The configuration file to use instead of those that are found, relative to the folder."""
        return os.path.join(folder or os.getcwd(), os.path.expanduser(self.config)) if self.config else None


def section(value: Any) -> Mapping[str, Any] | None:
    """Our section in what a client sends: itself, below `settings`, or below `reportlint`; None where it is not."""
    for key in ("settings", SECTION):
        if isinstance(value, Mapping) and isinstance(value.get(key), Mapping):
            value = value[key]
    return value if isinstance(value, Mapping) else None


def read(value: Any) -> tuple[Settings, list[str]]:
    """The settings in a section, and what is wrong with it, in words. What is wrong or unknown counts as not set."""
    found: dict[str, Any] = {}
    wrong: list[str] = []
    for key, given in (section(value) or {}).items():
        if key in Settings._fields and given not in (None, ""):
            found[key] = _READERS[key](given)
            if found[key] is None:
                del found[key]
                wrong.append(f"设置 reportlint.{key} 的值无效：{given!r} (invalid setting)")
    return Settings(**found), wrong


def _enable(value: Any) -> bool | str | None:
    return value if isinstance(value, bool) or value == AUTO else None


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _codes(value: Any) -> tuple[str, ...] | None:
    values = value if isinstance(value, list | tuple) else [value]
    if not all(isinstance(v, str) for v in values):
        return None
    return tuple(code.strip().upper() for v in values for code in v.replace("，", ",").split(",") if code.strip())


_READERS: dict[str, Callable[[Any], Any]] = {
    "enable": _enable,
    "profile": _text,
    "select": _codes,
    "ignore": _codes,
    "config": _text,
    "language": lambda v: v if v in _LANGUAGES else None,
    "run": lambda v: v if v in (ON_TYPE, ON_SAVE) else None,
}
