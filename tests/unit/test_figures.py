"""Figures, dates, names and terms of a draft against each other, where the examples of the rules cannot reach."""

from __future__ import annotations

import time

import pytest

from reportlint.api import Checker
from reportlint.engine import Options
from reportlint.readers import read_text


def found(text: str, code: str) -> list[str]:
    """What the rule reports, as it stands in the draft."""
    report = Checker(Options(select=(code,))).check_draft(read_text("draft.txt", text))
    return [text[f.start : f.end] for f in report.findings]


def message(text: str, code: str) -> str:
    report = Checker(Options(select=(code,))).check_draft(read_text("draft.txt", text))
    return report.findings[0].message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("全年税收收入20.5亿元，同比增长6.2%。\n一年来，税收收入增长7.1%，结构更优。\n", ["7.1%"]),
        ("空气质量优良天数328天。\n全年空气质量优良天数达到318天。\n", ["318天"]),
        ("全年新增城镇就业5200人。\n城镇新增就业5800人。\n", ["5800人"]),
        ("全年开展集中学习24次。\n组织集中学习26次。\n", ["26次"]),
        ("全年累计接待游客126万人次。\n接待游客162万人次。\n", ["162万人次"]),
        ("接待游客126万人次。\n建成以来累计接待游客162万人次。\n", []),
        ("县、乡、村三级林长累计巡林2.4万人次。\n林长累计巡林4.2万人次。\n", ["4.2万人次"]),
        ("审批时限压缩至3个工作日以内。\n审批时限压缩至5个工作日以内。\n", ["5个工作日以内"]),
        ("审批时限压缩至3个工作日以内。\n审批时限压缩至2个工作日。\n", []),
        (
            "一、工作成绩\n新增学位5400个。\n二、下一步打算\n一年来新增学位4500个，仍有缺口；明年新增学位6000个。\n",
            ["4500个"],
        ),
        ("一、工作成绩\n全县现有合作社120家。\n二、下一步打算\n到年底全县现有合作社150家。\n", []),
        ("税收收入达到9860万元。\n总的看，税收收入实现0.986亿元。\n", []),
        ("税收收入达到20.46亿元。\n总的看，税收收入20.5亿元。\n", []),
        ("税收收入达到20.46亿元。\n总的看，税收收入超过21亿元，税收收入约22亿元。\n", []),
        ("税收收入完成20亿元。\n明年，税收收入力争达到22亿元。\n", []),
        ("上半年税收收入完成9亿元。\n全年税收收入完成20亿元。\n", []),
        ("石桥镇税收收入完成9亿元。\n上坪镇税收收入完成7亿元。\n", []),
        ("2023年税收收入完成18亿元，2024年税收收入完成20亿元。\n", []),
        ("税收收入由18亿元增加到20亿元。\n税收收入达到20亿元。\n", []),
        ("完成投资5亿元。\n完成投资7亿元。\n", []),
        ("税收收入增长5%。\n税收收入下降5%。\n", ["5%"]),
        ("税收收入达到１２亿元。\n税收收入达到１５亿元。\n", ["１５亿元"]),
        ("税收收入达到1 200万元。\n总的看，税收收入达到1,020万元。\n", ["1,020万元"]),
        ("税收收入达到1 200万元。\n总的看，税收收入达到0.12亿元。\n", []),
        ("2023年工作总结\n全年完成水利投资6.7亿元。\n2023年全县完成水利投资6.2亿元。\n", ["6.2亿元"]),
        ("发现河湖问题387个，整改率为99.2%。\n总的看，全县河湖问题整改率为92.2%。\n", ["92.2%"]),
        ("发现河湖问题387个，整改率为99.2%。\n总的看，消防隐患整改率为92.2%。\n", []),
        ("资产负债率由71.2%下降至64.5%。\n总的看，资产负债率下降至65.4%。\n", ["65.4%"]),
        ("累计完成水利投资9亿元。\n总的看，完成水利投资6亿元。\n", []),
        ("街道共有基层党组织186个、党员5 327名。\n总的看，街道共有党员5 372名。\n", ["5 372名"]),
        ("一是城关支部。现有党员30名。\n二是河东支部。现有党员20名。\n", []),
        ("石桥村地处城东，现有党员30名。\n上坪村地处城西，现有党员20名。\n", []),
        ("税收收入20亿元，其中石桥镇税收收入5亿元。\n", []),
    ],
)
def test_one_indicator_of_one_period_has_one_value(text: str, expected: list[str]) -> None:
    assert found(text, "CON003") == expected


def test_a_conflict_names_line_and_value_of_the_first_mention() -> None:
    text = "开头。\n税收收入达到12亿元。\n总的看，税收收入达到15亿元。\n"
    assert message(text, "CON003") == "“税收收入”前后不一致：此处为 15亿元，第 2 行为 12亿元"


def test_an_indicator_with_many_values_is_none() -> None:
    text = "".join(f"新建冷库面积{n}万平方米。\n" for n in range(1, 9))
    assert found(text, "CON003") == []


def test_a_draft_that_repeats_its_indicators_takes_linear_time() -> None:
    line = "".join(f"{name}产值达到{n}亿元，增长{n}%。" for n, name in enumerate(("茶叶", "烤烟", "生猪", "柑橘"), 3))

    def seconds(lines: int) -> float:
        text = f"{line}\n" * lines
        begin = time.perf_counter()
        found(text, "CON003")
        return time.perf_counter() - begin

    seconds(10)
    assert seconds(4000) < 40 * max(seconds(400), 0.01)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("规范招投标，推进招标投标改革，招标投标程序更严。\n", ["招投标"]),
        ("规范招标投标。\n整治招投标乱象。\n", ["招投标"]),
        ("执行招标投标法，规范招投标行为。\n", []),
        ("印发《关于规范招投标的意见》，推进招标投标改革。\n", []),
        ("推进“互联网+”，发展“互联网+政务服务”。\n", []),
        ("谋划“十四五”，“十四五”开局，完成十四五任务。\n", ["十四五"]),
        ("推进市县乡三级贯通，市、县、乡同步，市县乡一体。\n", ["市、县、乡"]),
    ],
)
def test_the_rarer_spelling_of_a_term_is_reported(text: str, expected: list[str]) -> None:
    assert found(text, "CON002") == expected


def test_a_long_draft_is_searched_for_terms_as_a_short_one() -> None:
    filler = "各项工作有序推进，任务圆满完成，成效逐步显现。\n" * 400
    text = f"招标投标规范。\n{filler}招标投标规范。\n{filler}整治招投标乱象。\n"
    assert found(text, "CON002") == ["招投标"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("完成东沟、西坪、上庄X个村的改造。", "3"),
        ("项目X个，分别为：东沟水厂、西坪泵站。", "2"),
        ("组建X个工作组（综合协调组、项目推进组、督查考核组）。", "3"),
        ("做好以下X个方面：一是学；二是练；三是比；四是评。", "四"),
        ("主要存在X个问题。\n一是资金不足。\n二是人手偏少。\n", "两"),
        ("培育茶叶、烤烟、生猪等X个产业。", None),
        ("新建、改建X个项目。", None),
        ("省委、省政府X项决定。", None),
        ("东沟、西坪、上庄X", None),
    ],
)
def test_the_number_of_a_list_fills_its_placeholder(text: str, number: str | None) -> None:
    report = Checker(Options(select=("PLH001",))).check_draft(read_text("draft.txt", text))
    (finding,) = report.findings
    assert (finding.fix.edits[0].content if finding.fix else None) == number
    assert finding.fix is None or not finding.fix.safe


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("48时内办结，比例为3:75，25点建议，共48时。", "VAL001"),
        ("农历二月三十日举办庙会，第四季度开工，2021年至2025年实施，9月25日至10月5日公示。", "VAL001"),
        ("咨询电话0000-1234567，第3-5页，3:2获胜，800至1万元，5月1日至20%以上，2-3号楼。", "VAL004"),
        ("8个县（市、区），12个乡镇（街道），新建、改建、扩建4所学校，茶叶、烤烟和生猪3大产业。", "VAL006"),
        ("重点项目12个，包括水厂、泵站。实施工程3项，分别为道路、桥梁、隧道，总投资2亿元。", "VAL006"),
        ("党员120名，其中女50名、大专以上80名；补助由50元提高到100元，其中由40元提高到80元。", "VAL007"),
        ("由4类提升至2类，由1:18提高到1:15，由-3%提高到2%，由第12位上升到第8位。", "VAL008"),
        ("由9800万元增加到1.2亿元，由5天压缩到3天，从12个村抽调干部，服务队增加到8个。", "VAL008"),
        ("实施“三项行动”：一是抓项目、抓投资；二是抓民生。推行“三同”：同学习、同部署，同落实。", "VAL006"),
        ("在江苏、浙江、安徽三省交界处，上坪、石桥、西苑三村六组，荣获国家级、省级3项荣誉。", "VAL006"),
        ("学习《甲办法》《乙办法》《丙办法》三部规章，县委、县政府3个部门发文。", "VAL006"),
    ],
)
def test_what_is_right_is_left_alone(text: str, code: str) -> None:
    assert found(text, code) == []


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("要打好三场硬仗：一是攻坚；二是整治。\n", 1),
        ("从扩大供给和稳定需求两方面发力。一要稳，二要保，三要强。\n", 0),
        ("在12个乡镇推行以下做法：一是学；二是练。\n", 0),
        ("做好三项工作，重点抓好以下两个方面：一是学；二是练。\n", 0),
        ("要做到五个到位。\n（一）认识到位\n深化认识。\n（二）责任到位\n压实责任。\n", 1),
        ("增强“四个意识”。一是学；二是练；三是比。\n", 0),
    ],
)
def test_the_announcement_nearest_to_a_list_counts(text: str, listed: int) -> None:
    assert len(found(text, "NUM009")) == listed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("开展宣讲12场、座谈5场，共17场。", []),
        ("开展宣讲12场、座谈5场，共19场。", ["开展宣讲12场、座谈5场，共19场"]),
        ("评选先进集体10个、先进个人35名，合计45个（名）。", []),
        ("同比增长5个、减少3个，共20个。", []),
        ("来信占45%，来电占32%，网络占23%。", []),
        ("来信占45%，来电占32%，网络占31%。", ["来信占45%，来电占32%，网络占31%"]),
        ("女干部占45%，大专以上学历占82%，党员占61%。", []),
        ("三次产业结构调整为18.2∶39.5∶42.3。", []),
        ("三次产业结构由20∶41∶39调整为18.2:39.5:45.3。", ["18.2:39.5:45.3"]),
        ("接收档案63卷（件），其中文书档案35卷（件）、科技档案28卷（件）。", []),
        ("到位资金9亿元，其中中央资金4亿元、省级资金3亿元、县级配套4亿元。", ["到位资金9亿元"]),
        ("现有职工90人（含在编42人、聘用31人、劳务派遣28人）。", ["现有职工90人"]),
        ("接收档案50卷（件），其中文书档案35件、科技档案28卷。", ["接收档案50卷"]),
        (
            "积案86件，已化解71件；正在办理15件。从类别看，征地31件、劳动40件、物业27件。",
            ["积案86件"],
        ),
        ("积案86件，已化解71件。从类别看，征地31件、劳动30件、物业25件。从来源看，来信40件、来访46件。", []),
        ("参加测评的200人中，满意的188人，基本满意的9人，不满意的3人。", []),
        ("抽检食品420批次，合格409批次，不合格11批次；抽检药品90批次，合格80批次，不合格8批次，待复检2批次。", []),
        ("抽检食品420批次，合格409批次，不合格21批次。", ["抽检食品420批次"]),
        ("同比增加20件，办结12件，未办结10件。", []),
        ("应到代表85人，实到80人，请假3人，缺席2人。", []),
        ("全年完成投资9亿元，上半年完成4亿元，下半年完成6亿元。", ["全年完成投资9亿元"]),
        ("累计完成投资9亿元，上半年完成2亿元，下半年完成3亿元。", []),
        ("废止文件20件，修改文件30件，修改规程10件，合计40件。", []),
        ("废止文件20件，修改文件30件，合计60件。", ["废止文件20件，修改文件30件，合计60件"]),
        (
            "上半年完成3亿元，下半年完成4亿元，全年累计完成7.6亿元。",
            ["上半年完成3亿元，下半年完成4亿元，全年累计完成7.6亿元"],
        ),
        ("上半年增长3%，下半年增长4%，全年共增长3.6%。", []),
        ("贷款23.9亿元，其中工业贷款12.4亿元、农业贷款8.3亿元、其他贷款3.1亿元。", []),
    ],
)
def test_parts_are_added_up(text: str, expected: list[str]) -> None:
    assert found(text, "VAL007") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "全县城镇居民人均可支配收入达到39820元。\n城镇、农村居民人均可支配收入分别达到38920元和18460元。\n",
            ["38920元"],
        ),
        ("花生种植、收获机械化率分别达到65%和55%。\n油菜种植、收获机械化率分别达到50%和65%。\n", []),
        ("工业、制造业、工业技改投资分别增长9.4%、13.3%、6.1%。\n工业技改投资增长9.4%。\n", []),
    ],
)
def test_figures_of_a_list_have_names_of_their_own(text: str, expected: list[str]) -> None:
    assert found(text, "CON003") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("排查线索41条，立案起3人。", ["起"]),
        ("惠及农户200户，种植户、养殖户都有收益。", []),
        ("对家高风险企业进行约谈。", ["家"]),
        ("对家庭困难学生予以资助，对个人和单位都一样。", []),
        ("件民生实事全部办结，家校协同育人。", []),
        ("支出占81.3%，件民生实事全部办结。", ["件"]),
        ("全国重点实验室由7家增加到12家，家长学校达到8所。", []),
        ("接待游客、旅游收入分别增长20.7%和18%。", []),
    ],
)
def test_a_unit_alone_lacks_its_number(text: str, expected: list[str]) -> None:
    assert found(text, "PLH003") == expected
