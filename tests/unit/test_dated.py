"""The year in which a draft was written, and the rules that do not bind what is older than their standard."""

import pytest

from reportlint.api import Checker
from reportlint.checks.base import Context
from reportlint.checks.dated import written_before, year_of
from reportlint.engine import Options, shipped
from reportlint.frame import frame
from reportlint.outline import outline
from reportlint.readers import read_text

BODY = "全年完成投资3亿元，同比增长5%。\n"


def context(text: str) -> Context:
    draft = read_text("a.txt", text)
    tree = outline(draft)
    return Context(draft, tree, frame(draft, tree), shipped().profiles["general"])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (f"2019年工作总结\n{BODY}", 2019),
        (f"二〇一九年工作总结\n{BODY}", 2019),
        (f"关于印发实施方案的通知\n某政办发〔2008〕12号\n各科室：\n{BODY}二〇〇八年三月五日\n", 2008),
        (f"学习体会\n{BODY}某单位\n2007年3月5日\n", 2007),
        (BODY, None),
        ("2001年投资增长，2001年出口增长，2001年消费增长。\n", None),
    ],
)
def test_the_year_of_a_draft(text: str, year: int | None) -> None:
    assert year_of(context(text)) == year


@pytest.mark.parametrize(
    ("text", "before"),
    [
        # A goal is named less often than the year that is told of.
        ("2001年投资增长，2001年出口增长，2001年消费增长，到2010年翻一番。\n", True),
        ("１９９８年投资增长，１９９８年出口增长，１９９８年消费增长。\n", True),
        ("1949年建站，1949年通水，1949年移民，2022年扩建，2022年绿化，2022年验收。\n", False),
        ("2001年投资增长，2001年出口增长。\n", False),
    ],
)
def test_what_a_draft_without_a_year_names(text: str, before: bool) -> None:
    assert written_before(2003, context(text)) is before


def test_a_draft_whose_year_nothing_tells_is_bound() -> None:
    assert not written_before(2013, context(BODY))
    assert not written_before(0, context(f"1999年工作总结\n{BODY}"))
    assert written_before(2013, context(f"2012年工作总结\n{BODY}"))


@pytest.mark.parametrize(("year", "codes"), [(1999, []), (2009, ["TYP001"]), (2019, ["PUN003", "TYP001"])])
def test_a_standard_does_not_bind_what_is_older(year: int, codes: list[str]) -> None:
    text = f"{year}年工作总结\n执行《档案条例》、《保密办法》，核销坏帐3笔。\n"
    report = Checker(Options(select=("PUN003", "TYP001"))).check_draft(read_text("draft.txt", text))
    assert [f.code for f in report.findings] == codes
