"""What is to be known of a rule, as Markdown: for a hover, and as the page that a diagnostic's code leads to."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from typing import Any

from reportlint.engine import documented, rule_stamps, shipped
from reportlint.explanations import all_explanations, in_language
from reportlint.lsp.documents import uri_of
from reportlint.render.words import PARTS
from reportlint.rules import CLOSE, OPEN, Example, Rule
from reportlint.store import blake2b, cache_folder, is_private, program_fingerprint

_MOST = 3  # examples of each sort


def explained(code: str, language: str) -> str:
    """What a rule checks, why, by which standard and what to do, as Markdown; empty where nothing is written."""
    texts = _explanations().get(code, {})
    parts = [
        f"**{PARTS[part][language]}**　{in_language(texts[part], language)}"
        for part in ("what", "why", "standard", "remedy")
        if texts.get(part)
    ]
    return "\n\n".join(parts)


def page_uri(code: str, language: str) -> str | None:
    """Where the page of a rule is kept, which `write_pages` writes: in the user's cache folder, since there is no site
    that has it. None where it cannot be kept, or for a rule that we know nothing of."""
    folder = _folder(language)
    return uri_of(os.path.join(folder, f"{code}.md")) if folder and code in _codes() else None


def write_pages(language: str) -> None:
    """Writes the pages of all rules, if those that are there are of other rules or another program."""
    folder = _folder(language)
    if folder is None:
        return
    stamp = blake2b(b"\0".join((program_fingerprint(), *rule_stamps())), digest_size=16).hexdigest()
    mark = os.path.join(folder, ".stamp")
    with suppress(OSError):
        os.makedirs(folder, exist_ok=True)
        with suppress(FileNotFoundError), open(mark, encoding="ascii") as file:
            if file.read() == stamp:
                return
        for rule in documented().rules:
            _write(os.path.join(folder, f"{rule.code}.md"), page(rule, language))
        _write(mark, stamp)


def _write(path: str, text: str) -> None:
    # Two servers may do so at the same time.
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    os.replace(temporary, path)


@cache
def _folder(language: str) -> str | None:
    with suppress(OSError):
        os.makedirs(cache_folder(), mode=0o700, exist_ok=True)
    return os.path.join(cache_folder(), "rules", language) if is_private(cache_folder()) else None


@cache
def _explanations() -> dict[str, dict[str, Any]]:
    return all_explanations()


@cache
def _codes() -> frozenset[str]:
    return frozenset(rule.code for rule in shipped().rules)


def page(rule: Rule, language: str) -> str:
    """The page of a rule, as Markdown."""
    texts = _explanations().get(rule.code, {})
    out = [f"# {rule.code} {rule.name}"]
    for part, heading in PARTS.items():
        if part in ("bad", "good"):
            wanted = [e for e in rule.examples if bool(e.spans) is (part == "bad")][:_MOST]
            body = "\n\n".join(f"```text\n{_marked(e)}\n```" for e in wanted)
        else:
            body = in_language(texts.get(part), language)
        if body:
            out.append(f"## {heading[language]}\n\n{body}")
    return "\n\n".join(out) + "\n"


def _marked(example: Example) -> str:
    text = example.text.rstrip("\n")
    for start, end in reversed(example.spans):
        text = f"{text[:start]}{OPEN}{text[start:end]}{CLOSE}{text[end:]}"
    return text + (f"\n→\n{example.fixed.rstrip()}" if example.fixed is not None else "")
