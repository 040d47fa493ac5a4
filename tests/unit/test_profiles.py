"""The genre of a draft: recognised by its signs, or named."""

from __future__ import annotations

import pytest

from reportlint.api import check_text, recognised
from reportlint.engine import Options, profile_named, shipped
from reportlint.model import ReportlintError
from reportlint.profiles import GENERAL, named
from reportlint.readers import read_text

PROFILES = shipped().profiles

DRAFTS = {
    "work-summary": [
        "某局2025年工作总结\n一、工作完成情况\n全年完成投资12亿元。\n二、存在的问题\n进度不快。\n三、下一步打算\n加快进度。\n某局\n2026年1月5日\n",
        "本学年，学校全面落实教育方针。\n一、主要工作\n好。\n二、不足\n慢。\n三、下学年打算\n快。\n",
        "一年来，在县委领导下，全局上下齐心协力。\n一、工作完成情况\n好。\n二、存在的问题\n慢。\n三、下一步工作打算\n快。\n",
    ],
    "duty-report": [
        "述职述廉报告\n各位领导：\n现将本人履职情况报告如下。\n一、履职情况\n好。\n二、廉洁自律情况\n好。\n以上述职，请予评议。\n",
        "2025年度履职情况报告\n一、主要工作\n好。\n二、存在的不足\n慢。\n",
    ],
    "briefing": [
        "关于春耕生产工作的汇报\n县委督查组：\n现将有关情况汇报如下。\n一、工作开展情况\n好。\n以上汇报，请批评指正。\n",
        "现将我镇防汛工作汇报如下：\n一、工作进展情况\n好。\n二、存在问题\n慢。\n三、下一步打算\n快。\n",
    ],
    "government-report": [
        "政府工作报告\n——2026年1月8日在县人民代表大会上\n各位代表：\n现在，我代表县人民政府，向大会报告工作，请予审议。\n一、工作回顾\n好。\n",
        "各位代表：\n现在，我代表县人民政府向大会报告工作，请予审议，并请县政协委员提出意见。\n一、2025年工作回顾\n好。\n",
    ],
    "notice": [
        "关于做好防汛工作的通知\n各乡镇人民政府：\n现将有关事项通知如下。\n一、加强值守\n好。\n特此通知。\n某县人民政府\n2026年6月1日\n",
    ],
    "plan": [
        "某局2026年工作计划\n一、指导思想\n好。\n二、重点任务\n好。\n三、保障措施\n好。\n",
        "某县防汛应急演练实施方案\n一、工作目标\n好。\n二、组织领导\n好。\n",
    ],
    "report": [
        "关于某水库险情处置的报告\n县人民政府：\n6月3日，坝体出现渗漏。现将有关情况报告如下。\n险情已经排除。\n特此报告。\n某局\n2026年6月5日\n",
    ],
    "situation-report": [
        "关于2025年林长制工作情况的报告\n县人民政府：\n现将有关情况报告如下。\n一、工作开展情况\n好。\n二、存在问题\n慢。\n三、下一步安排\n快。\n特此报告。\n",
        "关于重点项目的督查报告\n县委：\n现报告如下。\n一、主要做法\n好。\n二、存在问题\n慢。\n三、意见建议\n快。\n",
    ],
    "experience": [
        "党建引领促振兴\n——河东村的经验做法\n近年来，河东村走出了一条强村富民的新路子。\n一、建强队伍\n好。\n",
    ],
    "request": [
        "关于增拨防汛经费的请示\n县人民政府：\n因防汛需要，拟增拨经费。\n妥否，请批示。\n某局\n2026年5月1日\n",
    ],
    "research": [
        "关于农村养老服务的调研报告\n调研组开展了专题调研。\n一、基本情况\n好。\n二、存在问题\n慢。\n三、原因分析\n少。\n四、对策建议\n多。\n",
    ],
    "speech": [
        "在党建述职评议会上的点评\n同志们：\n刚才，8位书记作了述职。下面，我讲三点意见。\n一、成绩值得肯定\n好。\n",
        "在全县经济工作会议上的讲话\n同志们：\n刚才，三个单位作了发言。下面，我讲三点意见。\n一、认清形势\n好。\n谢谢大家！\n",
        "各位来宾、女士们、先生们：\n今天，我代表县委讲几句话，向大家表示欢迎。\n谢谢大家！\n",
    ],
    "letter": [
        "关于商请提供地名资料的函\n县民政局：\n因编修县志需要，请提供地名资料。\n特此函达，请予函复。\n某局\n2026年5月1日\n",
    ],
    "opinion": [
        "关于加快发展庭院经济的实施意见\n各乡镇人民政府：\n为发展庭院经济，提出如下意见。\n一、总体要求\n好。\n二、主要任务\n好。\n",
    ],
    "general": [
        "某县人民政府关于同意设立开发区的批复\n某局：\n同意设立。\n此复。\n",
        "春耕时节\n田间一派繁忙。\n",
        "一\n",
    ],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in DRAFTS.items() for text in texts])
def test_a_genre_is_recognised(name: str, text: str) -> None:
    draft = read_text("a.txt", text)
    _, _, genre = recognised(draft)
    assert genre.profile.name == name
    if name != GENERAL:
        assert genre.reasons
        assert all(found in text for _, found in genre.reasons)


def test_every_genre_has_a_draft_here() -> None:
    assert set(DRAFTS) == set(PROFILES)


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_a_genre_is_found_by_name_title_and_alias(name: str) -> None:
    profile = PROFILES[name]
    for word in (name, profile.title["zh"], *profile.aliases):
        assert named(PROFILES, word) is profile


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("工作总结", "work-summary"),
        ("年终总结", "work-summary"),
        ("述职报告", "duty-report"),
        ("述廉报告", "duty-report"),
        ("工作汇报", "briefing"),
        ("督查汇报", "briefing"),
        ("政府工作报告", "government-report"),
        ("讲话", "speech"),
        ("领导讲话", "speech"),
        ("调研报告", "research"),
        ("请示", "request"),
        ("通知", "notice"),
        ("工作要点", "plan"),
        ("实施方案", "plan"),
        ("报告", "report"),
        ("情况报告", "situation-report"),
        ("经验材料", "experience"),
        ("公函", "letter"),
        ("实施意见", "opinion"),
        ("通用", "general"),
    ],
)
def test_words_that_users_say(word: str, name: str) -> None:
    assert profile_named(PROFILES, word).name == name


def test_no_word_names_two_genres() -> None:
    words = [w for p in PROFILES.values() for w in {p.name, p.title["zh"], *p.aliases}]
    assert len(words) == len(set(words))


def test_an_unknown_genre_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(ReportlintError, match="unknown profile") as caught:
        profile_named(PROFILES, "小说")
    assert all(name in str(caught.value) for name in PROFILES)
    assert "\n" not in str(caught.value)


def test_what_a_draft_explains_is_not_what_it_is() -> None:
    text = "关于《政府工作报告》起草情况的说明\n各位委员：\n下面，我就起草情况作简要说明。\n《报告》几易其稿。\n"
    _, _, genre = recognised(read_text("draft.txt", text))
    assert genre.profile.name != "government-report"


def test_the_option_outweighs_the_signs() -> None:
    text = DRAFTS["speech"][0]
    assert check_text(text).genre.profile.name == "speech"
    assert check_text(text, options=Options(profile="工作总结")).genre.profile.name == "work-summary"
    assert check_text(text, options=Options(profile="duty-report")).genre.reasons == (("option", "duty-report"),)


def test_what_a_profile_wants_depends_on_the_profile() -> None:
    text = "某局情况\n一、产业\n发展较好。\n二、民生\n持续改善。\n"
    codes = {name: {f.code for f in check_text(text, options=Options(profile=name)).findings} for name in PROFILES}
    assert not {c for c in codes["general"] if c.startswith("STR")}
    assert "STR002" in codes["work-summary"]
    assert "STR006" in codes["notice"]
    assert "STR007" in codes["request"]
