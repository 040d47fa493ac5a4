"""What a rule checks, why, and what to do: the texts of rules/explain/, in Chinese and English."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from reportlint.resources import data_path
from reportlint.store import cached

PARTS = {
    "what": {"zh": "检查什么", "en": "What it does"},
    "why": {"zh": "为什么", "en": "Why"},
    "standard": {"zh": "依据", "en": "Standard"},
    "bad": {"zh": "错误示例", "en": "Bad"},
    "good": {"zh": "正确示例", "en": "Good"},
    "remedy": {"zh": "怎么改", "en": "What to do"},
    "options": {"zh": "选项", "en": "Options"},
}
"""What is to be known of a rule, in the order in which it is told, and what each part is called."""


def load_explanation(code: str) -> dict[str, Any]:
    """The explanation of a rule, empty where none is written: `what`, `why`, `remedy` and
    `options` in zh and en, `standard`."""
    return all_explanations().get(code, {})


def all_explanations() -> dict[str, dict[str, Any]]:
    """Every rule's explanation, by code."""
    return cached("explanations", _contents(), _load)


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
