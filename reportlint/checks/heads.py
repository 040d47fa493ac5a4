"""The characters that a match of an expression can begin with, so that a text without them need not be searched."""

from __future__ import annotations

_MOST = 16  # characters that are still sought sooner than the expression
_SPECIAL = frozenset("^$.*+?{}()|\\[]")


def heads(expression: str) -> str | None:
    """The characters one of which every match begins with; None where they are too many or are not told.

    Read are alternatives, groups, literal characters and plain sets, behind any conditions; of everything else, such
    as ranges and flags, None is true.
    """
    found = first_characters(expression)
    return "".join(sorted(found)) if found and len(found) <= _MOST else None


def first_characters(expression: str) -> set[str] | None:
    """The characters that a match can begin with, however many; None where that is not told."""
    found: set[str] = set()
    for branch in _branches(expression):
        head = _of_sequence(branch)
        if head is None:
            return None
        found |= head
    return found


def _of_sequence(sequence: str) -> set[str] | None:
    while sequence.startswith(("(?=", "(?!", "(?<=", "(?<!")):
        sequence = sequence[_end(sequence) :]
    if not sequence:
        return None
    end = _end(sequence)
    first, rest = sequence[:end], sequence[end:]
    found = _of_first(first)
    if found is None or not rest.startswith(("?", "*", "{0", "{,")):
        return found
    # It may be left out: what follows can begin the match too.
    after = rest[1:] if rest[0] != "{" else rest[rest.index("}") + 1 :]
    following = _of_sequence(after.lstrip("?+"))
    return None if following is None else found | following


def _of_first(first: str) -> set[str] | None:
    if first[0] == "(":
        for opening in ("(?:", "(?P<hit>"):
            if first.startswith(opening):
                return first_characters(first[len(opening) : -1])
        return None if first.startswith("(?") else first_characters(first[1:-1])
    if first[0] == "[":
        return _of_set(first[1:-1])
    if first[0] == "\\":
        return None if first[1].isalnum() else {first[1]}
    return None if first in _SPECIAL else {first}


def _of_set(inside: str) -> set[str] | None:
    if inside.startswith("^") or "-" in inside[1:-1]:
        return None
    found = set()
    at = 0
    while at < len(inside):
        if inside[at] == "\\":
            at += 1
            if inside[at].isalnum():
                return None
        elif inside[at] == "[":
            return None
        found.add(inside[at])
        at += 1
    return found


def _branches(expression: str) -> list[str]:
    branches = [""]
    while expression:
        end = _end(expression)
        if expression[0] == "|":
            branches.append("")
        else:
            branches[-1] += expression[:end]
        expression = expression[end:]
    return branches


def _end(expression: str) -> int:
    """Where the first element ends: a group, a set, an escaped character or a character."""
    if expression[0] == "\\":
        return 2
    if expression[0] == "[":
        at = 2 if expression[1:2] != "\\" else 3
        while expression[at] != "]":
            at += 2 if expression[at] == "\\" else 1
        return at + 1
    if expression[0] == "(":
        at = 1
        while expression[at] != ")":
            at += _end(expression[at:])
        return at + 1
    return 1
