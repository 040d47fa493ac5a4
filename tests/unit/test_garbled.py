"""Set phrases and titles with one slip."""

from __future__ import annotations

import pytest

from reportlint.checks.garbled import broken, halves, slip
from reportlint.checks.titles import title_slips

NAME = "供给侧结构性改革"
TITLES = "\n安全生产法\n政府采购法\n固体废物污染环境防治法\n生产安全事故报告和调查处理条例\n信访工作条例\n"


def found(name: str, text: str) -> set[tuple[str, bool]]:
    """What the halves of a name find in a text, and what is left where there is no half."""
    hits = {(form, False) for form in broken(name) if form in text}
    for place, half in halves(name):
        at = text.find(half)
        while at >= 0:
            hit = slip(name, place, half, text, at)
            if hit:
                hits.add((text[hit[0] : hit[1]], hit[2]))
            at = text.find(half, at + 1)
    return hits


def test_every_slip_of_one_character_inside_a_name_is_found() -> None:
    for at in range(1, len(NAME) - 1):
        lost = NAME[:at] + NAME[at + 1 :]
        wrong = f"{NAME[:at]}错{NAME[at + 1 :]}"
        swapped = NAME[:at] + NAME[at + 1] + NAME[at] + NAME[at + 2 :]
        assert (lost, False) in found(NAME, f"推进{lost}。")
        assert (wrong, True) in found(NAME, f"推进{wrong}。")
        assert {s for s, _ in found(NAME, f"推进{swapped}。")} >= {swapped}


@pytest.mark.parametrize("text", ["推进供给侧结构性改革。", "推进供给侧改革。", "结构性改革", "供给侧", ""])
def test_what_is_right_or_further_off_is_not(text: str) -> None:
    assert not found(NAME, text)


@pytest.mark.parametrize(
    ("title", "right"),
    [
        ("安全产法", "安全生产法"),
        ("安全生产发", "安全生产法"),
        ("采购政府法", "政府采购法"),
        ("固体废物防治法", "固体废物污染环境防治法"),
        ("中华人民共和国安全生产管理法", "中华人民共和国安全生产法"),
        ("生产安全事故报告和处理调查条例", "生产安全事故报告和调查处理条例"),
        ("信访条例", "信访工作条例"),
        ("信访工做条例（试行）", "信访工作条例（试行）"),
        ("安全生产法", None),
        ("中华人民共和国安全生产法（2021年修正）", None),
        ("省信访工作条例", None),
        ("某市信访工作条例", None),
        ("安全生产条例", None),
        ("关于加强信访工作的意见", None),
    ],
)
def test_titles(title: str, right: str | None) -> None:
    hits = list(title_slips(TITLES, f"根据《{title}》办理。"))
    assert [h.args["right"] for h in hits if h.args] == ([f"《{right}》"] if right else [])
