"""Han numerals, as ordinals are written: 一 … 九百九十九, and back."""

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_HAN = "零一二三四五六七八九"


def han_to_int(text: str) -> int | None:
    """123 for 一百二十三, 10 for 十, 2026 for 二〇二六; None where the text is no Han numeral below 10,000."""
    if not text:
        return None
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total = digit = 0
    last_unit = 10000
    for c in text:
        if c in _DIGITS:
            if digit:
                return None
            digit = _DIGITS[c]
        elif c in _UNITS and _UNITS[c] < last_unit:
            last_unit = _UNITS[c]
            if not digit and total:
                return None
            total += (digit or 1) * last_unit
            digit = 0
        else:
            return None
    return total + digit


def int_to_han(number: int) -> str:
    """一百二十三 for 123, 十五 for 15. ValueError outside 1..9999."""
    if not 1 <= number <= 9999:
        raise ValueError(f"no Han ordinal for {number}")
    out, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            out += ("零" if zero and out else "") + _HAN[digit] + name
            zero = False
        else:
            zero = bool(out)
    return out[1:] if out.startswith("一十") else out


def to_int(text: str) -> int | None:
    """The number of a Han or decimal (also full-width) numeral; None if it is neither."""
    if text.isdecimal():
        return int(text)
    return han_to_int(text)
