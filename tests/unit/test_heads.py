"""The characters that a match begins with."""

import pytest

from reportlint.checks.heads import heads


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("某某+", "某"),
        ("(?<=[长任])[?？]{2,}", "?？"),
        (r"(?<!\d)[xX×]年|□{2,}", "Xx×□"),
        ("(?:数据|数字)(?:待|暂)", "数"),
        ("(?P<hit>[亿万]元)(?=大关)", "万亿"),
        ("位?列|居", "位列居"),
        ("(?:甲|乙)?丙", "丙乙甲"),
        ("甲{0,2}乙", "乙甲"),
        (r"[\]\[]甲|\$", "$[]"),
        (r"\{\{[^{}]*\}\}", "{"),
    ],
)
def test_what_a_match_begins_with(expression: str, expected: str) -> None:
    assert heads(expression) == "".join(sorted(expected))


@pytest.mark.parametrize(
    "expression",
    [
        r"\d+年",
        "[一-十]是",
        "[^甲]乙",
        ".甲",
        "^甲",
        "(?m)甲",
        "甲?",
        "甲|",
        "(?i:a)",
        r"\b甲",
        "(?<=甲)",
        r"[\d甲]",
        "(甲)|\\1",
    ],
)
def test_what_is_not_told(expression: str) -> None:
    assert heads(expression) is None


def test_too_many_are_sought_with_the_expression() -> None:
    assert heads("[甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳]") is not None
    assert heads("[甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午]") is None
