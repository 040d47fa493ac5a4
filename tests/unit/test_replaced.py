"""Set phrases of which one word was replaced, and misquoted slogans."""

from __future__ import annotations

import pytest

from reportlint.api import Checker
from reportlint.engine import Options
from reportlint.readers import read_text

_CHECKER = Checker(Options(select=("TYP004",), profile="general"))


def found(text: str) -> list[str]:
    return [text[f.start : f.end] for f in _CHECKER.check_draft(read_text("draft.txt", text)).findings]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("推动构建人类价值共同体。", "推动构建人类价值共同体"),  # in the middle
        ("铸牢中华民族共同体观念。", "铸牢中华民族共同体观念"),  # at the end
        ("贯彻新时代党的建设总体要求。", "新时代党的建设总体要求"),  # a word and the next
        ("坚持批评和自我表扬。", "批评和自我表扬"),  # a part of a word
        ("推进国家治理体系和治理能力现代性。", "推进国家治理体系和治理能力现代性"),  # a last character
        ("用好监督执纪“五种形态”。", "用好监督执纪“五种形态”"),  # a number inside quotation marks
        ("全面推进振兴乡村。", "全面推进振兴乡村"),  # two words that changed places
        ("落实“三个区份开来”要求。", "三个区份开来"),
        ("深化“放管复”改革。", "放管复"),
        ("实施“十五四”发展规划。", "十五四"),
    ],
)
def test_a_replaced_word_is_found(text: str, form: str) -> None:
    assert found(text) == [form]


@pytest.mark.parametrize(
    "text",
    [
        "推动构建人类命运共同体。",
        "推动构建人类卫生健康共同体。",  # another phrase
        "推动经济社会发展，营造风清气正的教育生态。",  # words that are not taken for one another
        "扎实推进共同富裕，守牢不发生规模性返贫底线。",  # words that stand for one another at will
        "党的十六届五中全会",  # a number outside quotation marks
        "推行“跨域通办”“一企一策”“最多访一次”。",  # slogans of one's own
        "贯彻新发展理念和",
        "",
    ],
)
def test_what_is_right_or_another_phrase_is_not(text: str) -> None:
    assert found(text) == []


def test_a_title_of_the_wrong_kind_is_found_where_the_text_follows_it() -> None:
    assert found("落实《残疾人教育办法》要求。") == ["《残疾人教育办法》"]
    assert found("印发《残疾人教育办法》。") == []
    assert found("出台《人才引进办法》《项目管理办法》。") == []
