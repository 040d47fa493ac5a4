"""How a marker is spelt, and the same marker with another ordinal or in another spelling."""

from __future__ import annotations

from reportlint.numerals import int_to_han
from reportlint.patterns import pattern

_NUMERAL = pattern(r"[一二三四五六七八九十百零〇]+|\d+")
_SIGNS = {"①": (20, "（{}）"), "⑴": (20, "（{}）"), "⒈": (20, "{}."), "㈠": (10, "（{}）")}
"""The first sign of each row, how many there are, and how a number beyond them is written."""
_SHOU = ("首先", "其次", "再次", "最后")


def spell(marker: str, ordinal: int) -> str:
    """The marker as it is spelt, with another ordinal: spell("（二）", 3) is "（三）"; 最后 stands for a 首先 beyond
    the third. The last number of a decimal is changed."""
    for first, (count, beyond) in _SIGNS.items():
        if marker and ord(first) <= ord(marker[0]) < ord(first) + count:
            if ordinal <= count:
                return chr(ord(first) + ordinal - 1) + marker[1:]
            return beyond.format(int_to_han(ordinal) if first == "㈠" else ordinal) + marker[1:]
    if any(marker.startswith(word) for word in _SHOU):
        return _SHOU[min(ordinal, 4) - 1] + marker[2:]
    found = list(_NUMERAL.finditer(marker))
    if not found or ordinal < 1:
        return marker
    last = found[-1]
    if last[0].isdecimal():
        full = last[0][0] > "9"
        number = "".join(chr(ord(c) + 0xFEE0) for c in str(ordinal)) if full else str(ordinal)
    else:
        number = int_to_han(ordinal)
    return marker[: last.start()] + number + marker[last.end() :]


def spelling(series: str, marker: str) -> str:
    """Which of its series' spellings a marker has; markers of one list should have one."""
    marker = marker.strip()
    if series in ("han-paren", "arabic-paren"):
        if marker[0] in "（(" and marker[-1] in "）)":
            return {"（）": "full", "()": "half"}.get(marker[0] + marker[-1], "crossed")
        return "sign" if len(marker) == 1 else "right"
    if series == "arabic-dot":
        return marker[-1] if len(marker) > 1 else "sign"
    return ""


def respell(series: str, ordinal: int, like: str) -> str:
    """The marker of an ordinal in a given spelling of its series."""
    if series == "han-comma":
        return f"{int_to_han(ordinal)}、"
    if series == "di":
        return f"第{int_to_han(ordinal)}，"
    if series == "circled":
        return spell("①", ordinal)
    number = int_to_han(ordinal) if series == "han-paren" else str(ordinal)
    if series in ("han-paren", "arabic-paren"):
        return f"({number})" if like == "half" else f"{number}）" if like == "right" else f"（{number}）"
    return f"{number}{like if like in '.．、﹒' and like else '.'}"
