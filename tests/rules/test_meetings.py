"""One defect, one finding: where two rules see the same defect, the more specific speaks.

`MEETINGS` has a text for every pair of the packs' `yields-to`; `TOGETHER` names the pairs that may stand at one place
because they say different things of it. Any other pair that meets in the examples of all rules fails.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from reportlint.api import Checker
from reportlint.engine import Options, documented
from reportlint.model import Finding
from reportlint.readers import read_text

RULES = {rule.code: rule for rule in documented().rules}

LINE = "举办各类促销活动二十场次，带动餐饮住宿零售企业销售额稳步回升。\n"
ITEM = f"（二）抓消费。{LINE}"
TWICE = f"（一）抓投资。重点项目全部按期开工。\n{ITEM}{ITEM}（三）抓出口。外贸订单稳定增长。\n"

MEETINGS = [  # text, which speaks, which is silent
    ("坚持经济建设、政冶建设、文化建设、社会建设、生态文明建设（“五位一体”总体布局）。", "TYP001", "TYP004"),
    ("坚持把权利关进制度的笼子里。", "TYP002", "TYP004"),
    ("逐项建立台帐，对账销号。", "TYP001", "TYP002"),
    ("对会议精神要贯彻落时。", "TYP001", "TYP005"),
    ("进步提升服务水平。", "TYP002", "TYP005"),
    ("坚持人与与自然和谐共生。", "TYP003", "TYP005"),
    ("会议要求与时具进。", "TYP001", "TYP006"),
    ("清醒的认识到差距。", "TYP002", "TYP006"),
    ("完善“双随饥、一公开”监管。", "TYP004", "TYP006"),
    ("加强预预警。", "TYP003", "TYP006"),
    ("坚持统推筹进。", "TYP005", "TYP006"),
    ("今年完成投资（填数）亿元。", "PLH004", "TYP006"),
    ("3月8日25时起，通报情况。", "VAL001", "TYP006"),
    ("用水量较二零二零年下降。", "VAL003", "TYP003"),
    ("严格执行三会一科制度。", "TYP004", "TYP005"),
    ("办公室20XX年工作总结\n现将2023年工作情况汇报如下。\n一、2023年工作完成情况\n任务完成。\n", "PLH001", "VAL005"),
    ("办公室20××年工作总结\n现将2023年工作情况汇报如下。\n一、2023年工作完成情况\n任务完成。\n", "PLH002", "VAL005"),
    ("全年办理案件件，成效明显。", "PLH003", "TYP003"),
    ("单位为[xx单位]，任务完成。", "PLH005", "PLH001"),
    ("单位为[××单位]，任务完成。", "PLH005", "PLH002"),
    ("县发展和改革局\nxxxx年  月  日\n", "PLH001", "PLH003"),
    ("覆盖率提高%数字%个百分点。", "PLH005", "PLH003"),
    ("县发展和改革局\n**年  月  日\n", "PLH002", "PLH003"),
    ("财政收入增长[填写数字]%。", "PLH005", "PLH004"),
    ("完成任务（此处填写XX）。", "PLH004", "PLH001"),
    ("完成任务（此处填写××）。", "PLH004", "PLH002"),
    ("任务完成（投资待补充，新增企业家）。", "PLH004", "PLH003"),
    ("招商引次成效明显。", "TYP005", "PLH003"),
    ("新增企业？？家。", "PLH002", "PUN004"),
    ("联系人（待补充，，请核实）。", "PLH004", "PUN004"),
    ("全年发生事故?起，已经办结。", "PLH003", "PUN001"),
    ("各单位于 年1月15日前完成任务，并报送有关情况。", "PLH003", "PUN005"),
    ("一,抓投资\n进度加快。\n二、抓消费\n市场回暖。\n", "NUM007", "PUN001"),
    ("建成文化广场？？个。", "PLH002", "PUN004"),
    ("第一，、抓学习。第二，抓落实。第三，抓督查。", "PUN004", "PUN009"),
    ("成绩明显,,群众满意。", "PUN004", "PUN001"),
    ("印发通知（县发(2024)3号）。", "PUN006", "PUN001"),
    ("主要做法：一是:抓投资；二是:抓消费。", "PUN009", "PUN001"),
    ("新增企业??家。", "PLH002", "PUN001"),
    ("联系人：(待补充)。", "PLH004", "PUN001"),
    ("{{单位:简称}}印发通知。", "PLH005", "PUN001"),
    ("包括组织领导、社会评议...。", "PUN007", "PUN004"),
    ("投资（ ）亿元，任务完成。", "PLH002", "PUN005"),
    ("（一）抓投资。进度加快。\n（二）抓消费 市场回暖。\n（三）抓出口。订单增长。\n", "STR009", "PUN005"),
    ("完成投资...亿元。", "PLH002", "PUN007"),
    ("今年以来，全县上下紧盯目标不放松，各项工作稳步推进。牵头单位和完成时限待定", "PLH004", "PUN008"),
    ("今年以来，全县上下紧盯目标不放松，各项工作稳步推进，取得了较为明显的成效，，", "PUN004", "PUN008"),
    ("主要做法：一是抓投资；二是抓消费。。三是抓出口；四是抓就业。", "PUN004", "PUN010"),
    ("做法是：\n1、建机制。\n2、，强队伍。\n3、抓考核。\n", "NUM007", "PUN004"),
    ("（一）抓投资。进度加快。\n（ 二）抓消费。市场回暖。\n（三）抓出口。订单增长。\n", "NUM007", "PUN005"),
    ("今年以来，全县上下紧盯目标不放松，各项工作稳步推进。取得了较为明显的成效．", "PUN001", "PUN008"),
    (
        "（一）狠抓投资。进度快。\n（二）促进消费，发放各类补贴八百万元，带动餐饮、住宿、零售、家电、汽车、家装等行业企业的销售额明显回升。"
        "市场活。\n（三）扩大出口。增长快。\n（四）鼓励创新。成果多。\n",
        "STR009",
        "STR011",
    ),
    (
        "（一）抓投资。\n进度快。\n（二）抓消费\n回暖快。\n（三）抓出口。\n增长快。\n（四）抓创新。\n成果多。\n",
        "STR009",
        "PUN008",
    ),
    ("一、抓投资,\n进度加快。\n二、抓消费\n市场回暖。\n三、抓出口\n订单增长。\n", "STR009", "PUN001"),
    ("一、加强领导\n好。\n二、压实责任\n二、压实责任\n好。\n三、严格考核\n好。\n", "STR010", "NUM002"),
    ("坚定“三个自信”（道路自信、理论自信、制度自信、文化自信）。", "TYP004", "VAL006"),
    (TWICE, "CON001", "NUM002"),
    (f"一、加强组织领导\n{LINE}二、压实工作责任\n层层传导压力。\n一、加强组织领导\n{LINE}", "CON001", "STR010"),
    ("（一）抓投资。进度加快。\n（二）抓消费：市场回暖。\n（三）抓出口。订单增长。\n", "STR009", "STR004"),
]

# At one place, of different things: what is missing from the whole draft is reported at its first or last words.
TOGETHER = [
    ("PLH", "PLH006"),
    ("PLH001", "PUN006"),
    ("STR", "*"),
]


def found(text: str, *select: str) -> list[Finding]:
    checker = Checker(Options(select=select, profile="general"))
    return checker.check_draft(read_text("draft.txt", text)).findings


def overlap(a: Finding, b: Finding) -> bool:
    return a.start < max(b.end, b.start + 1) and b.start < max(a.end, a.start + 1)


@pytest.mark.parametrize(("text", "speaks", "silent"), MEETINGS, ids=lambda x: x if len(x) == 6 else "")
def test_the_more_specific_speaks(text: str, speaks: str, silent: str) -> None:
    own, other = found(text, speaks), found(text, silent)
    assert any(overlap(a, b) for a in own for b in other), "they do not meet in this text"
    both = found(text, speaks, silent)
    assert [f for f in both if f.code == speaks] == own
    assert not any(overlap(a, b) for a, b in combinations(both, 2))


@pytest.mark.parametrize(("code", "target"), [(r.code, t) for r in RULES.values() for t in r.yields_to])
def test_every_yield_of_the_packs_has_its_meeting(code: str, target: str) -> None:
    assert any(silent == code and speaks.startswith(target) for _, speaks, silent in MEETINGS)


@pytest.mark.parametrize(
    ("text", "speaks"),
    [("收入增长XX（待确认）%。", "PLH004"), ("收入达到待定亿元。", "PLH004"), ("收入（  ）亿元。", "PLH002")],
)
def test_placeholders_side_by_side_are_one_defect(text: str, speaks: str) -> None:
    assert [f.code for f in found(text, "PLH", "PUN005") if f.code != "PLH006"] == [speaks]


def test_no_other_pair_meets_in_the_examples_of_all_rules() -> None:
    checker = Checker(Options())
    met = set()
    for rule in RULES.values():
        for example in rule.examples:
            findings = checker.check_draft(read_text(example.filename or "draft.txt", example.text)).findings
            met |= {(a.code, b.code) for a, b in combinations(findings, 2) if overlap(a, b)}
    unforeseen = [
        (a, b)
        for a, b in met
        if not any(
            x.startswith(left) and (right == "*" or y.startswith(right))
            for left, right in TOGETHER
            for x, y in ((a, b), (b, a))
        )
    ]
    assert unforeseen == []
