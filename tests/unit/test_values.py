"""Dates, ranges, counts, years and copies: what the examples of the rules have no room for."""

from __future__ import annotations

import pytest

from reportlint.api import Checker
from reportlint.checks import partitions
from reportlint.engine import Options
from reportlint.readers import read_text
from reportlint.resources import data_path

SUMMARY = "县水利局{0}年工作总结及{1}年工作打算\n\n2024年，任务完成。\n"
MEETING = (
    "政府工作报告\n——2025年1月9日在县人民代表大会上\n一、2024年工作回顾\n任务完成。\n二、{0}年工作安排\n继续努力。\n"
)


def found(text: str, code: str) -> list[str]:
    """What the rule reports, as it stands in the draft."""
    report = Checker(Options(select=(code,))).check_draft(read_text("draft.txt", text))
    return [text[f.start : f.end] for f in report.findings]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("VAL001", "整治于11月至9月开展。", ["11月至9月"]),
        ("VAL001", "供暖期为11月至3月，学年为9月至次年7月。", []),
        ("VAL001", "公示期为2024年10月8日至2024年10月1日。", ["2024年10月8日至2024年10月1日"]),
        ("VAL001", "施工期为2024年10月8日至2025年3月1日。", []),
        ("VAL001", "于12月下旬至11月上旬开展，12月上旬至12月下旬验收。", ["12月下旬至11月上旬"]),
        ("VAL001", "定于6月3日9时至8时30分召开。", ["9时至8时30分"]),
        ("VAL001", "值班时间为22时至6时，会议时间为8:30—11:30。", []),
        ("VAL001", "会议时间为6月3日8时至25时。", ["25时"]),
        ("VAL002", "今年面积3．5万亩，增长5%。", ["．"]),
        ("VAL002", "今年面积3．5万亩，去年3．2万亩。", []),
        ("VAL004", "投资3亿-5亿元，第1-3季度完成，定于8-11时召开。", ["3亿-5亿元", "1-3", "8-11"]),
        ("VAL006", "谋划项目三个，分别是供水工程、道路工程、泵站工程和校舍工程。", ["三个"]),
        ("VAL006", "会同教育部、工业和信息化部、财政部3个部门印发。", []),
        ("VAL006", "由民政局、人社局、教育局和交通局3家单位组成专班。", ["3家"]),
        ("VAL006", "形成“例会”“督查”“闭环”四项制度。", ["四项"]),
        ("VAL006", "共安排4个项目，包括供水工程、道路工程、泵站工程。", ["4个项目"]),
        ("VAL006", "安排4个项目，包括供水工程、道路工程、泵站工程。", []),
        ("VAL006", "建成站点73个，分别为城区28个、镇区31个、村级14个。", []),
        ("VAL006", "覆盖甲家村、乙家村及丙园、丁园两个社区。", []),
        ("VAL007", "旧存案件10件，新收120件，审结110件，未结20件。", []),
        ("VAL007", "收入20亿元，其中税收12亿元、非税8亿元；支出50亿元，其中民生40亿元。", []),
        ("VAL007", "共征集作品120件，其中一等奖3件、二等奖8件、三等奖15件。", []),
        ("VAL007", "满意率98%，不满意率1%。非常满意25%、满意58%、不满意17%。", []),
        ("VAL008", "存款余额上升至60亿元，比上年的85亿元明显改善。", ["上升至"]),
        ("VAL008", "存款余额60亿元，去年为85亿元，同比增长。", ["增长"]),
        ("VAL008", "时限由年初的12天，缩短至年末的15天。", ["缩短至年末的15"]),
        ("VAL008", "存款余额上升至90亿元，比上年的85亿元多5亿元。", []),
        ("NUM009", "主要原因有三：一是认识不足；二是责任不实。", ["三"]),
        ("NUM009", "讲三层意思：一是形势；二是任务。", ["三层意思"]),
        ("NUM009", "确定三个试点村：甲村、乙村、丙村。\n一是抓产业。好。\n二是抓治理。好。\n", []),
        ("VAL005", SUMMARY.format(2024, 2026), ["2026年"]),
        ("VAL005", SUMMARY.format(2024, 2025), []),
        ("VAL005", MEETING.format(2024), ["2024年"]),
        ("VAL005", MEETING.format(2025), []),
        (
            "CON001",
            "开展执法检查，查处违法建设案件四十余起，整改隐患。\n开展执法检查；查处违法建设案件四十余起，整改隐患。\n",
            ["开展执法检查；查处违法建设案件四十余起，整改隐患"],
        ),
        ("CON003", "预计全年税收收入20.5亿元。\n全年税收收入25.0亿元。\n", ["25.0亿元"]),
        ("CON003", "截至目前税收收入20.5亿元。\n预计全年税收收入25.0亿元。\n", []),
        ("CON003", "从全年看，税收收入20.5亿元。\n今年以来，税收收入25.0亿元。\n", ["25.0亿元"]),
        ("CON003", "累计减免税收5.8亿元。制造业受益最大，减免税收2.4亿元，占比42%。\n", []),
    ],
)
def test_values(code: str, text: str, expected: list[str]) -> None:
    assert found(text, code) == expected


@pytest.mark.parametrize(
    ("labels", "whole", "closed"),
    [
        (["男教师", "女教师"], "", True),
        (["满意", "不满意"], "", True),
        (["基本满意", "不满意"], "", False),
        (["出口", "进口"], "进出口总额", True),
        (["出口", "进口"], "生产总值", False),
        (["办结", "未办结"], "", True),
        (["新建", "储备"], "", False),
        (["续建", "新建", "前期"], "", True),
    ],
)
def test_some_parts_leave_nothing_out(labels: list[str], whole: str, closed: bool) -> None:
    table = partitions.read(data_path("rules", "words", "partitions.tsv"))
    assert partitions.closes(table, labels, whole) is closed


def test_a_row_that_is_no_partition_is_named(tmp_path: object) -> None:
    path = tmp_path / "partitions.tsv"  # type: ignore[operator]
    path.write_text("parts\tof\tbare\n男|女\t\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"partitions\.tsv:2"):
        partitions.read(str(path))
