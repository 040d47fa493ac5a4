"""Small texts and the outline that they have: (level, series, ordinal, row, column) of every marker."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

import pytest

from reportlint.api import check_text, recognised
from reportlint.draft import MASK
from reportlint.engine import Options
from reportlint.frame import frame
from reportlint.numerals import int_to_han
from reportlint.outline import Node, Outline, outline
from reportlint.readers import read_text
from reportlint.render.outline import as_dict, render


class Case(NamedTuple):
    """A text, and a line for each marker of it: `level series ordinal row:column`, `-` for no ordinal."""

    id: str
    text: str
    expected: str
    filename: str = "a.txt"


def shape(text: str, filename: str = "a.txt") -> list[str]:
    draft = read_text(filename, text)
    out = []
    for node in outline(draft).walk():
        row, column = draft.source.position(node.start)
        out.append(f"{node.level} {node.series} {node.ordinal or '-'} {row}:{column}")
    return out


def lines(expected: str) -> list[str]:
    return [line.strip() for line in expected.strip().splitlines() if line.strip()]


LOOKAHEAD = "what begins with 项 目 至 到 和 及 或 与 is taken for a reference to an item (项目, 目标, 及时, 到位 …)"

CASES = [
    # ------------------------------------------------------------------------------------- one series, its forms
    Case("no marker", "工作情况\n全年任务完成。\n", ""),
    Case("empty", "", ""),
    Case("blank", " \u3000\n\n", ""),
    Case(
        "stand-alone headings",
        "工作情况\n一、总体情况\n全年任务完成。\n（一）项目建设\n开工五个。\n（二）招商引资\n签约三个。\n二、存在问题\n进度不快。\n",
        """
        1 han-comma 1 2:1
        2 han-paren 1 4:1
        2 han-paren 2 6:1
        1 han-comma 2 8:1
        """,
    ),
    Case(
        "run-in headings",
        "一、总体情况。全年任务完成。\n（一）抓项目。开工五个。\n（二）抓招商。签约三个。\n二、存在问题。进度不快。",
        """
        1 han-comma 1 1:1
        2 han-paren 1 2:1
        2 han-paren 2 3:1
        1 han-comma 2 4:1
        """,
    ),
    Case(
        "whole-paragraph items",
        "组织实施\n（一）各地要把这项工作摆上重要位置，明确专人负责，建立台账，定期调度，确保各项任务按时完成；\n"
        "（二）有关部门要按照职责分工，加强协调配合，及时研究解决工作中遇到的困难和问题，形成工作合力；\n"
        "（三）对工作不力的，予以通报。\n",
        """
        1 han-paren 1 2:1
        1 han-paren 2 3:1
        1 han-paren 3 4:1
        """,
    ),
    Case(
        "five levels",
        "一、产业\n（一）农业\n1.种植\n（1）粮食\n①稳面积\n②提单产\n（2）蔬菜\n2.养殖\n（二）工业\n二、民生\n",
        """
        1 han-comma 1 1:1
        2 han-paren 1 2:1
        3 arabic-dot 1 3:1
        4 arabic-paren 1 4:1
        5 circled 1 5:1
        5 circled 2 6:1
        4 arabic-paren 2 7:1
        3 arabic-dot 2 8:1
        2 han-paren 2 9:1
        1 han-comma 2 10:1
        """,
    ),
    Case(
        "a skipped level is no error",
        "一、产业\n1.种植。面积稳定。\n2.养殖。存栏增加。\n二、民生\n1.就业。形势稳定。\n2.教育。质量提升。\n",
        """
        1 han-comma 1 1:1
        2 arabic-dot 1 2:1
        2 arabic-dot 2 3:1
        1 han-comma 2 4:1
        2 arabic-dot 1 5:1
        2 arabic-dot 2 6:1
        """,
    ),
    Case(
        "numbering that goes on across parents",
        "一、产业\n（一）抓农业。面积稳定。\n（二）抓工业。产值增加。\n二、民生\n（三）抓就业。形势稳定。\n（四）抓教育。质量提升。\n",
        """
        1 han-comma 1 1:1
        2 han-paren 1 2:1
        2 han-paren 2 3:1
        1 han-comma 2 4:1
        2 han-paren 3 5:1
        2 han-paren 4 6:1
        """,
    ),
    Case(
        "indents of every kind",
        "\u3000\u3000一、产业\n    二、民生\n\t三、改革\n\u00a0四、开放\n\u3000\u3000正文。\n",
        """
        1 han-comma 1 1:3
        1 han-comma 2 2:5
        1 han-comma 3 3:2
        1 han-comma 4 4:2
        """,
    ),
    Case(
        "half-width brackets",
        "(一)抓项目\n开工五个。\n(二)抓招商\n签约三个。\n",
        "1 han-paren 1 1:1\n1 han-paren 2 3:1",
    ),
    Case("mixed brackets", "（一)抓项目。好。\n(二）抓招商。好。\n", "1 han-paren 1 1:1\n1 han-paren 2 2:1"),
    Case(
        "brackets and a comma", "（一）、抓项目\n好。\n（二）、抓招商\n好。\n", "1 han-paren 1 1:1\n1 han-paren 2 3:1"
    ),
    Case(
        "a lost left bracket",
        "（一）抓项目。好。\n（二）抓招商。好。\n三）抓改革。好。\n（四）抓开放。好。\n",
        """
        1 han-paren 1 1:1
        1 han-paren 2 2:1
        1 han-paren 3 3:1
        1 han-paren 4 4:1
        """,
    ),
    Case(
        "a lost right bracket",
        "（一）抓项目。好。\n（二抓招商。好。\n（三）抓改革。好。\n",
        "1 han-paren 1 1:1\n1 han-paren 2 2:1\n1 han-paren 3 3:1",
    ),
    Case(
        "a dot for the comma",
        "一、产业\n好。\n二.民生\n好。\n三、改革\n好。\n",
        "1 han-comma 1 1:1\n1 han-comma 2 3:1\n1 han-comma 3 5:1",
    ),
    Case(
        "spellings of the third level",
        "1.抓项目。好。\n2．抓招商。好。\n3、抓改革。好。\n4﹒抓开放。好。\n",
        """
        1 arabic-dot 1 1:1
        1 arabic-dot 2 2:1
        1 arabic-dot 3 3:1
        1 arabic-dot 4 4:1
        """,
    ),
    Case("full-width digits", "１．抓项目。好。\n２．抓招商。好。\n", "1 arabic-dot 1 1:1\n1 arabic-dot 2 2:1"),
    Case("a blank after the dot", "1. 抓项目。好。\n2. 抓招商。好。\n", "1 arabic-dot 1 1:1\n1 arabic-dot 2 2:1"),
    Case(
        "fourth level, three spellings",
        "1.抓项目\n（1）抓开工。好。\n(2)抓竣工。好。\n3）抓达产。好。\n",
        """
        1 arabic-dot 1 1:1
        2 arabic-paren 1 2:1
        2 arabic-paren 2 3:1
        2 arabic-paren 3 4:1
        """,
    ),
    Case("circled", "①抓项目。好。\n②抓招商。好。\n", "1 circled 1 1:1\n1 circled 2 2:1"),
    Case("signs in one character", "⒈抓项目。好。\n⒉抓招商。好。\n", "1 arabic-dot 1 1:1\n1 arabic-dot 2 2:1"),
    Case("bracketed signs", "⑴抓项目。好。\n⑵抓招商。好。\n", "1 arabic-paren 1 1:1\n1 arabic-paren 2 2:1"),
    Case("bracketed Han signs", "㈠抓项目。好。\n㈡抓招商。好。\n", "1 han-paren 1 1:1\n1 han-paren 2 2:1"),
    Case(
        "beyond ten",
        "".join(f"{n}、抓工作\n好。\n" for n in map(int_to_han, range(1, 13))),
        "\n".join(f"1 han-comma {n} {2 * n - 1}:1" for n in range(1, 13)),
    ),
    # --------------------------------------------------------------------------------------- laws and decimals
    Case(
        "chapters, sections and articles",
        "管理办法\n第一章 总则\n第一条 为加强管理，制定本办法。\n第二条 本办法适用于全县。\n"
        "第二章 职责\n第一节 主管部门\n"
        "第三条 主管部门负责协调。\n（一）制定计划；\n（二）督促检查。\n第二节 有关单位\n第四条 有关单位予以配合。\n",
        """
        1 chapter 1 2:1
        2 article 1 3:1
        2 article 2 4:1
        1 chapter 2 5:1
        2 section 1 6:1
        3 article 3 7:1
        4 han-paren 1 8:1
        4 han-paren 2 9:1
        2 section 2 10:1
        3 article 4 11:1
        """,
    ),
    Case(
        "a part above chapters",
        "第一编 总则\n第一章 范围\n第一条 适用全县。\n第二编 分则\n第二章 处罚\n第二条 从重处理。\n",
        """
        1 part 1 1:1
        2 chapter 1 2:1
        3 article 1 3:1
        1 part 2 4:1
        2 chapter 2 5:1
        3 article 2 6:1
        """,
    ),
    Case(
        "an article named in a sentence",
        "第一条 为加强管理，制定本办法。\n第二条 违反第一条第三款的，予以通报。\n第一条、第二条所列情形除外。\n",
        "1 article 1 1:1\n1 article 2 2:1",
    ),
    Case(
        "decimals",
        "1.产业发展\n1.1 种植业\n稳面积。\n1.2 养殖业\n扩规模。\n2.社会民生\n2.1 就业\n稳岗位。\n",
        """
        1 arabic-dot 1 1:1
        2 decimal 1 2:1
        2 decimal 2 4:1
        1 arabic-dot 2 6:1
        2 decimal 1 7:1
        """,
    ),
    Case(
        "decimals of three figures",
        "1.1 种植业\n1.1.1 粮食\n稳面积。\n1.1.2 蔬菜\n提单产。\n1.2 养殖业\n1.2.1 生猪\n稳存栏。\n",
        """
        1 decimal 1 1:1
        2 decimal 1 2:1
        2 decimal 2 4:1
        1 decimal 2 6:1
        2 decimal 1 7:1
        """,
    ),
    # ------------------------------------------------------------------------------------------ what is no marker
    Case(
        "an item that begins with a year",
        "".join(f"{n}.抓好实事。如期完成。\n" for n in range(1, 20))
        + "20.2026年实施十件实事。全部办结。\n21.抓好收尾。完成验收。\n",
        "\n".join(f"1 arabic-dot {n} {n}:1" for n in range(1, 22)),
    ),
    Case(
        "an item that begins with a figure",
        "".join(f"{n}.抓好实事。如期完成。\n" for n in range(1, 21))
        + "21.5+2就业之家建成。全部运行。\n22.抓好收尾。完成验收。\n",
        "\n".join(f"1 arabic-dot {n} {n}:1" for n in range(1, 23)),
    ),
    Case(
        "a decimal figure at the start of a line",
        "1.抓开工。好。\n2.抓资金。好。\n18.45亿元资金到位。\n3.抓竣工。好。\n",
        "1 arabic-dot 1 1:1\n1 arabic-dot 2 2:1\n1 arabic-dot 3 4:1",
    ),
    Case("a percentage at the start of a line", "经济增长\n5.5%左右的目标。\n完成了任务。\n", ""),
    Case(
        "the decimal figure that would be next",
        "1.抓开工。好。\n2.抓资金。好。\n3.2亿元资金到位。\n3.抓竣工。好。\n",
        "1 arabic-dot 1 1:1\n1 arabic-dot 2 2:1\n1 arabic-dot 3 4:1",
    ),
    Case("a date at the start of a line", "2026-02-03\n2026.02.03\n2026年2月3日\n", ""),
    Case("a bare figure at the start of a line", "全县共有\n18 个月的时间。\n32个乡镇。\n", ""),
    Case("references to items", "按照前述\n（四）、（五）项所列情形办理。\n", ""),
    Case("a range of items", "按照前述\n（一）至（三）项规定办理。\n", ""),
    Case("industries", "第一、二、三产业协调发展。\n第一、第二、第三产业比重优化。\n", ""),
    Case("industries and ranks at the start of a line", "一、二、三产业融合发展。\n一、二级公路全部贯通。\n", ""),
    Case("first duty", "发展是第一要务，人才是第一资源，创新是第一动力。\n第一要务是发展。\n", ""),
    Case("on the one hand", "一方面抓发展，另一方面保安全。\n一方面，要抓好落实。另一方面，要守住底线。\n", ""),
    Case("elements", "三要素齐全。做好三要点。抓住一要害。\n", ""),
    Case("a year in old figures", "二○○四年，全县生产总值翻番。\n二〇二六年，工作有新进展。\n", ""),
    Case("a lone first", "首先，向大家问好。现在报告工作。\n", ""),
    Case("最后 with nothing before", "最后，祝大家工作顺利。\n", ""),
    Case("once, one, a", "一是一、二是二，实事求是。\n", ""),
    # ------------------------------------------------------------------------------------- lists inside paragraphs
    Case(
        "after a full stop",
        "主要做了三件事。一是建机制。二是强队伍。三是抓考核。\n",
        "1 shi 1 1:9\n1 shi 2 1:15\n1 shi 3 1:21",
    ),
    Case(
        "after a semicolon",
        "主要做法是：一是建机制；二是强队伍；三是抓考核。\n",
        "1 shi 1 1:7\n1 shi 2 1:13\n1 shi 3 1:19",
    ),
    Case(
        "after a comma",
        "我们突出重点，一是建机制，二是强队伍，三是抓考核。\n",
        "1 shi 1 1:8\n1 shi 2 1:14\n1 shi 3 1:20",
    ),
    Case("after a half-width semicolon", "主要是:一是建机制;二是强队伍。\n", "1 shi 1 1:5\n1 shi 2 1:11"),
    Case("after a blank", "一是建机制。 二是强队伍。\u00a0三是抓考核。\n", "1 shi 1 1:1\n1 shi 2 1:8\n1 shi 3 1:15"),
    Case("after a quotation mark", "打造“一张网”。一是“建机制。”二是强队伍。\n", "1 shi 1 1:9\n1 shi 2 1:17"),
    Case(
        "items in lines",
        "一、做法\n一是建机制。效果好。\n二是强队伍。效果好。\n三是抓考核。效果好。\n二、问题\n进度不快。\n",
        """
        1 han-comma 1 1:1
        2 shi 1 2:1
        2 shi 2 3:1
        2 shi 3 4:1
        1 han-comma 2 5:1
        """,
    ),
    Case(
        "a list that begins in the lead-in",
        "一年来，主要抓了三件事。一是建机制。出台三项制度。\n二是强队伍。培训两百人。\n三是抓考核。兑现奖惩。\n",
        "1 shi 1 1:13\n1 shi 2 2:1\n1 shi 3 3:1",
    ),
    Case(
        "要 after a colon",
        "下一步工作：一要抓学习；二要抓整改；三要抓落实。\n",
        "1 yao 1 1:7\n1 yao 2 1:13\n1 yao 3 1:19",
    ),
    Case(
        "第一 in lines",
        "同志们：\n第一，提高认识。意义重大。\n第二，强化措施。务求实效。\n第三，加强领导。落实责任。\n",
        "1 di 1 2:1\n1 di 2 3:1\n1 di 3 4:1",
    ),
    Case("第一 inside", "讲三点意见。第一，提高认识。第二，强化措施。\n", "1 di 1 1:7\n1 di 2 1:15"),
    Case("第一是", "讲两点意见。第一是提高认识。第二是强化措施。\n", "1 di 1 1:7\n1 di 2 1:15"),
    Case(
        "首先 其次 最后",
        "首先，提高认识。其次，强化措施。最后，加强领导。\n",
        "1 shou 1 1:1\n1 shou 2 1:9\n1 shou 3 1:17",
    ),
    Case(
        "首先 其次 再次 最后 in lines",
        "首先，提高认识。\n其次，强化措施。\n再次，压实责任。\n最后，加强领导。\n",
        "1 shou 1 1:1\n1 shou 2 2:1\n1 shou 3 3:1\n1 shou 4 4:1",
    ),
    Case(
        "其一 其二",
        "原因有两个：其一，认识不到位；其二，措施不具体。\n",
        "1 qi 1 1:7\n1 qi 2 1:16",
    ),
    Case("dashes", "主要指标：\n——生产总值增长。\n——财政收入增加。\n", "1 dash - 2:1\n1 dash - 3:1"),
    Case("a dash inside a sentence", "他们——全县的干部——很努力。\n", ""),
    Case(
        "figures inside a paragraph",
        "要求如下：1.提高认识；2.强化措施；3.加强领导。\n",
        "1 arabic-dot 1 1:6\n1 arabic-dot 2 1:13\n1 arabic-dot 3 1:20",
    ),
    Case(
        "bracketed figures inside a paragraph",
        "要求如下：（1）提高认识；（2）强化措施。\n",
        "1 arabic-paren 1 1:6\n1 arabic-paren 2 1:14",
    ),
    Case(
        "circled figures inside a paragraph", "要求如下：①提高认识；②强化措施。\n", "1 circled 1 1:6\n1 circled 2 1:12"
    ),
    Case(
        "Han figures inside a paragraph",
        "要求如下：（一）提高认识；（二）强化措施。\n",
        "1 han-paren 1 1:6\n1 han-paren 2 1:14",
    ),
    Case(
        "a list inside a section's paragraph",
        "一、做法\n（一）抓项目。主要做法：一是抓开工；二是抓竣工。\n（二）抓招商。签约三个。\n",
        """
        1 han-comma 1 1:1
        2 han-paren 1 2:1
        3 shi 1 2:13
        3 shi 2 2:19
        2 han-paren 2 3:1
        """,
    ),
    Case(
        "a list inside a list's item",
        "一是抓项目。一要开工，二要竣工。\n二是抓招商。一要引资，二要引智。\n",
        """
        1 shi 1 1:1
        2 yao 1 1:7
        2 yao 2 1:12
        1 shi 2 2:1
        2 yao 1 2:7
        2 yao 2 2:12
        """,
    ),
    Case(
        "two lists of one series under two sections",
        "一、做法\n一是建机制。二是强队伍。\n二、打算\n一是抓学习。二是抓整改。\n",
        """
        1 han-comma 1 1:1
        2 shi 1 2:1
        2 shi 2 2:7
        1 han-comma 2 3:1
        2 shi 1 4:1
        2 shi 2 4:7
        """,
    ),
    Case(
        "two series in one list",
        "一是建机制；二要强队伍；三是抓考核。\n",
        "1 shi 1 1:1\n1 yao 2 1:7\n1 shi 3 1:13",
    ),
    Case(
        "是 in the middle of a sentence",
        "问题之一是进度不快，原因之二是资金不足。\n",
        "",
    ),
    Case(
        "fifteen items",
        "做法：" + "".join(f"{n}是抓实。" for n in map(int_to_han, range(1, 16))),
        "\n".join(f"1 shi {n} 1:{4 + 5 * (n - 1) + max(0, n - 11)}" for n in range(1, 16)),
    ),
    # -------------------------------------------------------------------------------------------------- annexes
    Case(
        "numbering starts anew in an annex",
        "一、目标\n好。\n二、措施\n好。\n附件1\n任务清单\n一、产业\n好。\n二、民生\n好。\n附件2\n一、分工\n好。\n",
        """
        1 han-comma 1 1:1
        1 han-comma 2 3:1
        1 han-comma 1 7:1
        1 han-comma 2 9:1
        1 han-comma 1 12:1
        """,
    ),
    Case(
        "an annex named in a sentence",
        "一、目标\n详见附件1所列清单。\n二、措施\n好。\n",
        "1 han-comma 1 1:1\n1 han-comma 2 3:1",
    ),
    # -------------------------------------------------------------------------------------------------- Markdown
    Case(
        "Markdown headings with markers",
        "# 工作情况\n\n## 一、总体情况\n\n好。\n\n### （一）项目建设\n\n好。\n\n"
        "### （二）招商引资\n\n好。\n\n## 二、问题\n\n好。\n",
        """
        1 han-comma 1 3:4
        2 han-paren 1 7:5
        2 han-paren 2 11:5
        1 han-comma 2 15:4
        """,
        "a.md",
    ),
    Case(
        "Markdown headings without markers",
        "# 工作情况\n\n## 总体情况\n\n好。\n\n### 项目建设\n\n好。\n\n## 问题\n\n好。\n",
        """
        1 heading - 3:4
        2 heading - 7:5
        1 heading - 11:4
        """,
        "a.md",
    ),
    Case(
        "numbering below Markdown headings",
        "# 工作情况\n\n## 总体情况\n\n一、产业\n\n好。\n\n二、民生\n\n好。\n\n## 问题\n\n一是慢。\n\n二是弱。\n",
        """
        1 heading - 3:4
        2 han-comma 1 5:1
        2 han-comma 2 9:1
        1 heading - 13:4
        2 shi 1 15:1
        2 shi 2 17:1
        """,
        "a.md",
    ),
    Case(
        "bold headings",
        "**一、产业**\n\n好。\n\n**二、民生**\n\n好。\n",
        "1 han-comma 1 1:3\n1 han-comma 2 5:3",
        "a.md",
    ),
    Case(
        "a bold marker in a heading",
        "## **一、产业**\n\n好。\n\n## **二、民生**\n\n好。\n",
        "1 han-comma 1 1:6\n1 han-comma 2 5:6",
        "a.md",
    ),
    Case("bullets", "- 一是建机制。\n- 二是强队伍。\n", "1 shi 1 1:3\n1 shi 2 2:3", "a.md"),
    Case("quotes", "> 一是建机制。\n>\n> 二是强队伍。\n", "1 shi 1 1:3\n1 shi 2 3:3", "a.md"),
    Case("code is no text", "```\n一、代码\n二、代码\n```\n\n一、产业\n\n好。\n", "1 han-comma 1 6:1", "a.md"),
    Case("a table's cells are no items", "| 一、产业 |\n| --- |\n| 1.种植 |\n| 一是好。二是快。 |\n", "", "a.md"),
    # ------------------------------------------------------------------------------------- a document in one line
    Case(
        "blanks for breaks",
        "某县工作情况 一、总体情况 全年任务完成。 （一）重点工程 开工五个。 "
        "（二）招商引资 签约三个。 二、存在问题 进度不快。",
        """
        1 han-comma 1 1:8
        2 han-paren 1 1:23
        2 han-paren 2 1:37
        1 han-comma 2 1:51
        """,
    ),
    Case(
        "ideographic blanks for breaks",
        "某县工作情况\u3000\u3000一、总体情况\u3000\u3000全年任务完成。\u3000\u3000二、存在问题\u3000\u3000进度不快。\u3000\u3000三、下步打算\u3000\u3000加快进度。",
        """
        1 han-comma 1 1:9
        1 han-comma 2 1:26
        1 han-comma 3 1:41
        """,
    ),
    Case(
        "nothing for breaks",
        "总体较好。一、总体情况。全年任务完成。（一）抓项目。开工五个。（二）抓招商。签约三个。二、存在问题。进度不快。",
        """
        1 han-comma 1 1:6
        2 han-paren 1 1:20
        2 han-paren 2 1:32
        1 han-comma 2 1:44
        """,
    ),
    # ------------------------------------------------------ titles that begin with what follows a mere reference
    Case(
        "目的 opens a title",
        "（一）目的意义\n好。\n（二）目标任务\n好。\n",
        "1 han-paren 1 1:1\n1 han-paren 2 3:1",
    ),
    Case(
        "项目 and 及时 open items inside a paragraph",
        "要求如下：（一）项目要快；（二）资金要足；（三）及时上报。\n",
        "1 han-paren 1 1:6\n1 han-paren 2 1:14\n1 han-paren 3 1:22",
    ),
    Case(
        "目标 and 与 open bracketed figures inside a paragraph",
        "要求如下：（1）目标明确；（2）与各方协作。\n",
        "1 arabic-paren 1 1:6\n1 arabic-paren 2 1:14",
    ),
    Case(
        "verbs that begin like nouns with 要",
        "做法：一要因地制宜；二要务求实效；三要求真务实。\n",
        "1 yao 1 1:4\n1 yao 2 1:11\n1 yao 3 1:18",
    ),
    Case(
        "one such verb in a list",
        "做法：一要学习；二要务实；三要落实。\n",
        "1 yao 1 1:4\n1 yao 2 1:9\n1 yao 3 1:14",
    ),
    Case(
        "非 opens an item",
        "做法：一是非公经济壮大；二是民营投资回升。\n",
        "1 shi 1 1:4\n1 shi 2 1:13",
    ),
    Case(
        "一把手 opens a title",
        "一、现状\n好。\n二、一把手负总责\n好。\n三、打算\n好。\n",
        "1 han-comma 1 1:1\n1 han-comma 2 3:1\n1 han-comma 3 5:1",
    ),
    Case(
        "a year opens a title after 1、",
        "1、2025年工作情况\n好。\n2、2026年工作打算\n好。\n",
        "1 arabic-dot 1 1:1\n1 arabic-dot 2 3:1",
    ),
    Case(
        "a first item glued to its parent's heading",
        "一、主要工作（一）抓开工。开工五个。\n（二）抓招商。签约三个。\n二、打算\n好。\n",
        """
        1 han-comma 1 1:1
        2 han-paren 1 1:7
        2 han-paren 2 2:1
        1 han-comma 2 3:1
        """,
    ),
    Case(
        "a right bracket alone, inside a paragraph",
        "要求如下：1）抓项目；2）抓招商。\n",
        "1 arabic-paren 1 1:6\n1 arabic-paren 2 1:12",
    ),
    # ---------------------------------------------------------------------------------------------- line breaks
    Case("CRLF", "一、产业\r\n好。\r\n二、民生\r\n好。\r\n", "1 han-comma 1 1:1\n1 han-comma 2 3:1"),
    Case("lone CR", "一、产业\r好。\r二、民生\r好。\r", "1 han-comma 1 1:1\n1 han-comma 2 3:1"),
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c.id)
def test_outline(case: Case) -> None:
    assert shape(case.text, case.filename) == lines(case.expected)


def test_cases_have_names_of_their_own() -> None:
    assert len({c.id for c in CASES}) == len(CASES)


# ------------------------------------------------------------------------------------------------ titles and forms


def sections(text: str, filename: str = "a.txt") -> list[dict[str, Any]]:
    draft = read_text(filename, text)
    return list(as_dict(draft, *recognised(draft, "general"))["sections"])


def flat(nodes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [n for node in nodes for n in (node, *flat(node["children"]))]


@pytest.mark.parametrize(
    ("text", "title", "run_in", "inline"),
    [
        ("一、总体情况\n好。\n", "总体情况", False, False),
        ("一、总体情况。\n好。\n", "总体情况", False, False),
        ("一、总体情况：\n好。\n", "总体情况", False, False),
        ("一、 总体情况 \n好。\n", "总体情况", False, False),
        ("（一）抓项目。开工五个。\n", "抓项目", True, False),
        ("（一）抓项目！开工五个。\n", "抓项目", True, False),
        ("（一）、抓项目。开工五个。\n（二）、抓招商。好。\n", "抓项目", True, False),
        ("1.抓项目，扩投资。开工五个。\n", "抓项目，扩投资", True, False),
        ("1. 抓项目。开工五个。\n", "抓项目", True, False),
        ("第一，抓项目。开工五个。\n第二，抓招商。\n", "抓项目", True, False),
        ("一是抓项目。开工五个。\n", "抓项目", True, False),
        ("做法：一是抓项目；二是抓招商。\n", "抓项目", False, True),
        ("做法有二。一是抓项目。开工五个。二是抓招商。\n", "抓项目", True, True),
        (
            "（一）各地要把这项工作摆上重要位置，明确专人负责，建立台账，定期调度，及时解决困难，确保各项任务按时完成。好。\n",
            "各地要把这项工作摆上重要位置",
            False,
            False,
        ),
        ("第一条 为加强管理，制定本办法。\n第二条 好。\n", "为加强管理，制定本办法", False, False),
        ("一、总体情况\r\n好。\r\n", "总体情况", False, False),
    ],
)
def test_title_run_in_and_inline(text: str, title: str, run_in: bool, inline: bool) -> None:
    node = sections(text)[0]
    assert (node["title"], node["run_in"], node["inline"]) == (title, run_in, inline)


def test_title_of_a_markdown_heading() -> None:
    got = sections("# 情况\n\n## 一、总体 ##\n\n好。\n\n### 分项\n\n好。\n", "a.md")
    assert [(n["series"], n["marker"], n["ordinal"], n["title"]) for n in flat(got)] == [
        ("han-comma", "一、", 1, "总体"),
        ("heading", "", None, "分项"),
    ]


def test_a_bold_title_is_bare() -> None:
    assert sections("**一、总体情况**\n\n好。\n", "a.md")[0]["title"] == "总体情况"


@pytest.mark.parametrize(
    "text", ["**一、总体**情况\n\n好。\n", "一、抓**项目**建设\n\n好。\n", "（一）见[清单](a.md)落实\n\n好。\n"]
)
def test_no_mask_in_a_title(text: str) -> None:
    assert MASK not in sections(text, "a.md")[0]["title"]


@pytest.mark.parametrize("first", ["<div align=center>", "<!-- 说明 -->"])
def test_no_mask_for_a_document_title(first: str) -> None:
    draft = read_text("a.md", f"{first}\n\n某局工作情况\n\n一、总体情况\n\n好。\n")
    assert as_dict(draft, *recognised(draft))["title"]["text"] == "某局工作情况"


def test_json_has_the_fields_of_the_contract() -> None:
    text = "各位代表：\n一、总体情况\n（一）抓项目。开工五个。\n二、打算\n好。\n"
    draft = read_text("a.txt", text)
    got = json.loads(render(draft, *recognised(draft, "general")))
    assert {"filename", "profile", "title", "salutation", "closing", "sections"} <= set(got)
    first = got["sections"][0]
    fields = "series marker ordinal level title run_in inline location end_location children"
    assert set(first) == set(fields.split())
    assert first["location"] == {"row": 2, "column": 1}
    assert first["children"][0] == {
        "series": "han-paren",
        "marker": "（一）",
        "ordinal": 1,
        "level": 2,
        "title": "抓项目",
        "run_in": True,
        "inline": False,
        "location": {"row": 3, "column": 1},
        "end_location": {"row": 4, "column": 1},
        "children": [],
    }


def test_markers_are_spelt_as_in_the_draft() -> None:
    text = "(一)抓项目\n1． 开工。好。\n1.1 快。\n（1）好。\n①省。\n一是快。\n第一，好。\n"
    draft = read_text("a.txt", text)
    for node in flat(as_dict(draft, *recognised(draft, "general"))["sections"]):
        start = draft.source.offset(node["location"]["row"], node["location"]["column"])
        assert draft.source.text[start:].startswith(node["marker"])
        assert node["marker"] == node["marker"].strip()


# ------------------------------------------------------------------------------------------------- what always holds


@pytest.mark.parametrize("case", CASES, ids=[c.id for c in CASES])
def test_nodes_nest_and_stand_in_order(case: Case) -> None:
    draft = read_text(case.filename, case.text)
    tree = outline(draft)
    assert tuple(_walk(tree)) == tree.nodes
    starts = [n.start for n in tree.walk()]
    assert starts == sorted(set(starts))
    for node in tree.walk():
        assert node.start <= node.marker_end <= node.title_start <= node.title_end <= node.end <= len(case.text)
        for child in node.children:
            assert child.level == node.level + 1
            assert node.start < child.start < child.end <= node.end
    assert all(n.level == 1 for n in tree.sections)


def _walk(tree: Outline) -> list[Node]:
    return [n for section in tree.sections for n in section.walk()]


# ------------------------------------------------------------------------- what is numbered well is not reported

SILENT = [
    ("numbering that goes on", "一、甲\n（一）子。好。\n（二）丑。好。\n二、乙\n（三）寅。好。\n（四）卯。好。\n"),
    ("numbering that starts anew", "一、甲\n（一）子。好。\n（二）丑。好。\n二、乙\n（一）寅。好。\n（二）卯。好。\n"),
    ("an annex", "一、甲\n好。\n二、乙\n好。\n附件1\n一、丙\n好。\n二、丁\n好。\n"),
    ("a list of annexes", "一、甲\n好。\n二、乙\n好。\n附件：1.丙\n　　　2.丁\n"),
    ("a skipped level", "一、甲\n1.子。好。\n2.丑。好。\n二、乙\n1.寅。好。\n2.卯。好。\n"),
    ("a list that begins in the lead-in", "主要做法：一是甲。好。\n二是乙。好。\n三是丙。好。\n"),
    ("a list that another one interrupts", "一是甲。一要子，二要丑。\n二是乙。\n三是丙。\n"),
    ("a glued item", "一、甲\n好。\n二、乙\n好。三、丙\n好。\n四、丁\n好。\n"),
    ("a box", "1.甲。好。\n专栏1 重点工程\n1.子。\n2.丑。\n2.乙。好。\n3.丙。好。\n"),
    ("an inserted article", "第一条 甲。\n第一条之一 乙。\n第二条 丙。\n"),
    ("目的", "（一）目的意义\n好。\n（二）工作任务\n好。\n"),
    ("务实", "做法：一要学习；二要务实；三要落实。\n"),
    ("一线", "一、甲\n好。\n二、一线力量\n好。\n三、丙\n好。\n"),
    ("非公", "做法：一是非公经济壮大；二是民营投资回升。\n"),
    ("glued", "一、工作（一）甲。好。\n（二）乙。好。\n二、打算\n好。\n"),
]


@pytest.mark.parametrize(
    "text",
    [pytest.param(text, id=name) for name, text in SILENT],
)
def test_what_is_numbered_well_is_not_reported(text: str) -> None:
    found = check_text(text, options=Options(select=("NUM",), profile="general")).findings
    assert [(f.code, text[f.start : f.end]) for f in found] == []


def test_a_report_in_one_line_has_its_frame() -> None:
    text = (
        "清溪县水利局2024年工作总结 2024年，在县委领导下，各项工作有序推进。 一、工作完成情况 全年任务完成。 "
        "二、存在的问题 人手不足。 三、下一步打算 继续努力。 清溪县水利局 2024年12月26日"
    )
    draft = read_text("a.txt", text)
    tree = outline(draft)
    found = frame(draft, tree)
    assert found.title is not None
    assert draft.line(found.title) == "清溪县水利局2024年工作总结"
    assert found.date is not None
    assert draft.line(found.date) == "2024年12月26日"
    assert [(n.series, n.ordinal) for n in tree.nodes] == [("han-comma", 1), ("han-comma", 2), ("han-comma", 3)]
