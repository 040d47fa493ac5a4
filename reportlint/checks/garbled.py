"""What a slip makes of a set phrase: one character lost or wrong, or two neighbours that changed places.

A slip leaves one half of a phrase as it was: the halves are sought, and what stands beside them is compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportlint.checks.segment import is_han
from reportlint.checks.setphrase import CLOSE_QUOTES, OPEN_QUOTES

_SHORTEST = 4  # code points of a phrase; of a shorter one too little is left to tell
_HALF = 3  # code points of a half, if the phrase is long enough
_FREE = "的和与"  # words that are left out at will
_JOINERS = "和与及同跟"
_NUMERALS = "第一二三四五六七八九十百两双"


def halves(name: str) -> list[tuple[int, str]]:
    """The two halves of a name, with their places; none of one whose halves would be words of every sentence."""
    if len(name) == _SHORTEST and _is_counted(name):
        return [(0, name[:2]), (2, name[2:])]
    if len(name) <= _SHORTEST:
        return []
    half = max(_HALF, len(name) // 2)
    rest = max(_HALF, len(name) - half)
    return [(0, name[:half]), (len(name) - rest, name[-rest:])]


def broken(name: str) -> Iterator[str]:
    """The forms of a name that no half is left of."""
    if sum(map(is_han, name)) < _SHORTEST:
        return
    sought = halves(name)
    for at in range(1, len(name) - 1):
        for form in (name[:at] + name[at + 1 :], name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :]):
            left = any(form.endswith(half) if place else form.startswith(half) for place, half in sought)
            if not left and form != name and _may_be(name, form, at):
                yield form


def _is_counted(name: str) -> bool:
    """Whether it is a phrase such as 三会一课, not 四个自信: one that few others differ from in a character."""
    return sum(c in _NUMERALS for c in name) > 1


def slip(name: str, place: int, half: str, text: str, start: int) -> tuple[int, int, bool] | None:
    """Where the text holds a name with one slip, whose half that begins at `place` stands at `start`; True if it has
    all its characters but one. None if there is no slip, or more."""
    if text.startswith(name, start - place):
        return None
    if place:
        low = max(0, start - place - 1)
        found = _ahead(name[:place][::-1], text[low:start][::-1])
        if found is None:
            return None
        at, size, wrong = place - 1 - found[0], found[1], found[2]
        first, last = start - size, start + len(half)
    else:
        end = start + len(half)
        found = _ahead(name[len(half) :], text[end : end + len(name)])
        if found is None:
            return None
        at, size, wrong = len(half) + found[0], found[1], found[2]
        first, last = start, end + size
    if wrong:
        return (first, last, True) if _may_stand(name, text, first, at) else None
    return (first, last, False) if _may_be(name, text[first:last], at) else None


def _ahead(rest: str, given: str) -> tuple[int, int, bool] | None:
    """Where what should follow and what does differ, how many code points the latter takes, and whether it has a wrong
    character there; None if they do not differ in one place."""
    if given[:1] != rest[:1] and given[:1] != rest[1:2] and given[1:2] != rest[1:2]:
        return None
    at = 0
    while at < len(rest) and given[at : at + 1] == rest[at]:
        at += 1
    if at == len(rest) or len(given) < len(rest) - 1:
        return None
    if at + 1 < len(rest):
        turned = rest[at + 1] + rest[at]
        if given.startswith(turned + rest[at + 2 :], at):
            return at, len(rest), False
        if given.startswith(rest[at + 1 :], at):
            return at, len(rest) - 1, False
    if given.startswith(rest[at + 1 :], at + 1) and len(given) > at:
        return at, len(rest), True
    return None


def _may_be(name: str, form: str, at: int) -> bool:
    """Whether a form is none that people write on purpose: 河长制 for 河湖长制 has only lost a word."""
    return is_han(name[at]) and (len(form) == len(name) or name[at] not in _FREE)


def _may_stand(name: str, text: str, start: int, at: int) -> bool:
    """Whether a character is wrong where another should stand; of the first and the last, and of those of a short
    name, only quotation marks tell."""
    end, given = start + len(name), text[start + at]
    if not (is_han(given) and is_han(name[at])) or given in _NUMERALS or name[at] in _NUMERALS:
        return False
    if given in _JOINERS and name[at] in _JOINERS:
        return False
    short = len(name) == _SHORTEST
    if not short and 0 < at < len(name) - 1:
        return True
    opened, closed = text[start - 1 : start], text[end : end + 1]
    return bool(opened and closed) and opened in OPEN_QUOTES and closed in CLOSE_QUOTES
