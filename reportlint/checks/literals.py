"""What is written letter by letter and not in prose: addresses, file names and code."""

from __future__ import annotations

from bisect import bisect_right
from operator import itemgetter

from reportlint.checks.base import Context
from reportlint.patterns import pattern

_LITERAL = pattern(
    r"(?:https?|ftp)://[^\s\u4e00-\u9fff，。；、）》”]+(?:(?<=/)[\u4e00-\u9fff][^\s，。；、）》”]*)?"
    r"|www\.[A-Za-z0-9-]+\.[^\s\u4e00-\u9fff，。；、）》”]+"
    r"|[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
    r"|[^\s“”《》〈〉，。；：、]{1,80}\.(?:docx?|xlsx?|pptx?|wps|et|pdf|txt|md|csv|zip|rar|jpe?g|png|ofd)(?![A-Za-z0-9])"
    r"|`[^`\n]{1,80}`"
)
_HINT = pattern(r"://|www\.|@|`|\.(?:docx?|xlsx?|pptx?|wps|et|pdf|txt|md|csv|zip|rar|jpe?g|png|ofd)(?![A-Za-z])")


def literals(context: Context) -> list[tuple[int, int]]:
    """Where such names stand."""
    return context.memo(_spans)


def literal(spans: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether `[start, end)` lies inside one of the names, where the writer is bound to what it is called."""
    index = bisect_right(spans, start, key=itemgetter(0)) - 1
    return index >= 0 and end <= spans[index][1]


def _spans(context: Context) -> list[tuple[int, int]]:
    text = context.text
    # The hints are rare, what they belong to is costly to look for: only the lines that hold one are searched.
    out: list[tuple[int, int]] = []
    done = -1
    for hint in _HINT.finditer(text):
        if hint.start() < done:
            continue
        low, done = text.rfind("\n", 0, hint.start()) + 1, text.find("\n", hint.end())
        done = len(text) if done < 0 else done
        out += [m.span() for m in _LITERAL.finditer(text, low, done)]
    return out
