"""A set phrase as its row in the table has it, and when and where it holds."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reportlint.checks.base import Context
from reportlint.checks.dated import written_before
from reportlint.checks.pattern import covered
from reportlint.patterns import pattern

OPEN_QUOTES, CLOSE_QUOTES = '“‘「『"', '”’」』"'


class Phrase(NamedTuple):
    """One set phrase. A member is a tuple of its right forms; `since` and `until` are years, 0 where not known."""

    name: str
    members: tuple[tuple[str, ...], ...]
    ordered: bool
    verbs: tuple[str, ...]
    wrong_verbs: tuple[str, ...]
    unless: str
    since: int
    until: int
    now: str


@cache
def phrase_of(row: str) -> Phrase:
    """The phrase of a row, with the columns of the kind `formulation`. ValueError where its years are none."""
    name, members, verbs, wrong_verbs, _wrong, unless, valid, now, _source = row.split("\t")
    since, _, until = valid.partition("-")
    return Phrase(
        name,
        tuple(tuple(m.split("/")) for m in members.lstrip("~").split("|")) if members else (),
        not members.startswith("~"),
        tuple(verbs.split("|")) if verbs else (),
        tuple(wrong_verbs.split("|")) if wrong_verbs else (),
        unless,
        int(since or 0),
        int(until or 0),
        now,
    )


def shown(words: str) -> str:
    """A phrase as it stands inside the quotation marks of a message."""
    if words.startswith("“") and words.find("”") == len(words) - 1:
        words = words[1:-1]
    return words.replace("“", "‘").replace("”", "’")


def excepted(phrase: Phrase, text: str, start: int, end: int) -> bool:
    """Whether what stands around `[start, end)` says that the phrase is not meant there."""
    return bool(phrase.unless) and covered(text, pattern(phrase.unless), start, end)


def in_force(phrase: Phrase, context: Context) -> bool:
    """Whether the phrase was coined when the draft was written, as far as both are known."""
    return not written_before(phrase.since, context)
