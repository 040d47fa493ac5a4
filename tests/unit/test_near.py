"""The kind near: what is one slip away from a fixed phrase, and what only looks so."""

import pytest

from reportlint.api import check_text
from reportlint.checks import lexicon, near
from reportlint.engine import shipped

RULE = next(r for r in shipped().rules if r.code == "TYP005")


def found(text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.right) for s in near.slips(RULE.params, text)]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("各项任务落到是处。", "落到是处", "落到实处"),
        ("绩效考核同奖惩挂起勾来。", "挂起勾来", "挂起钩来"),
        ("服务水平进步提升。", "进步提升", "进一步提升"),
        ("坚持统推筹进。", "统推筹进", "统筹推进"),
        ("要狠抓抓落实。", "狠抓抓落实", "狠抓落实"),
        ("防范化解重大凤险。", "重大凤险", "重大风险"),
        ("我们将再接再励。", "再接再励", "再接再厉"),
    ],
)
def test_slips(text: str, wrong: str, right: str) -> None:
    assert (wrong, right) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "科技进步提升了效率。",
        "组建全国统一队伍，各级党委副书记到场。",
        "某某同志统筹xx推进，落到某处。",
        "单位或个人不得占用，取消或下放审批事项。",
        "第二产业和第三产业协调发展，共九个方面。",
        "中央宣传部部务会议成员参加，省教育厅厅务会研究。",
        "",
        "进",
        "进步",
    ],
)
def test_what_only_looks_so(text: str) -> None:
    assert found(text) == []


def test_a_long_text_is_searched_line_by_line() -> None:
    line = "各项任务落到是处。\n"
    text = line * 3000
    assert len(found(text)) == 3000
    places = [s.start for s in near.slips(RULE.params, text)]
    assert places == [i * len(line) + line.index("落") for i in range(3000)]


def test_a_known_typo_speaks_for_itself() -> None:
    codes = [f.code for f in check_text("绩效考核同奖惩挂起沟来。", "a.txt").findings]
    assert "TYP001" in codes
    assert "TYP005" not in codes


def test_astral_characters_are_no_trouble() -> None:
    assert found("𠮷野同志说，各项任务落到是处。") == [("落到是处", "落到实处")]


def test_a_bad_row_is_named(tmp_path: pytest.TempPathFactory) -> None:
    path = tmp_path / "phrases.tsv"  # type: ignore[operator]
    path.write_text("phrase\nonly one column\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"phrases\.tsv:2"):
        lexicon.compile_params(dict.fromkeys(("phrases", "sounds", "shapes", "words"), str(path)), "")


def test_the_lexicon_is_large_and_each_phrase_has_its_source() -> None:
    phrases = RULE.params.phrases.split("\n")
    assert len(phrases) >= 5000
    assert phrases == sorted(set(phrases))
