"""What a rule checks, why, and what to do: the texts of rules/explain/, in Chinese and English."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from reportlint.patterns import pattern
from reportlint.resources import data_path
from reportlint.store import cached

_FIELD = pattern(r"\{\w+\}")
_DOTS = {"zh": "……", "en": "…"}


def load_explanation(code: str) -> dict[str, Any]:
    """The explanation of a rule, empty where none is written: `what`, `why` and `remedy` in zh and en, `standard`."""
    return all_explanations().get(code, {})


def all_explanations() -> dict[str, dict[str, Any]]:
    """Every rule's explanation, by code."""
    return cached("explanations", _contents(), _load)


def what(code: str, message: str, language: str) -> str:
    """What a rule checks. Of a rule that nobody explained it is its message, with dots for what a finding fills in."""
    text = load_explanation(code).get("what")
    return in_language(text, language) if text else _FIELD.sub(_DOTS[language], message)


def _contents() -> Iterator[bytes]:
    folder = data_path("rules", "explain")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as file:
            yield name.encode() + b"\0" + file.read()


def _load() -> dict[str, dict[str, Any]]:
    import yaml

    out: dict[str, dict[str, Any]] = {}
    for content in _contents():
        out.update(yaml.safe_load(content.partition(b"\0")[2]))
    return out


def in_language(text: Any, language: str) -> str:
    """A text of an explanation in a language: some, such as the name of a standard, are the same in every one."""
    if isinstance(text, dict):
        return str(text.get(language) or next(iter(text.values()))).strip()
    return str(text or "").strip()
