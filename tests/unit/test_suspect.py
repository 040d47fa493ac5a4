"""The kind suspect: what makes no word where it stands, and what only is not known."""

import pytest

from reportlint.api import check_text
from reportlint.checks import neighbours, suspect
from reportlint.engine import shipped

PARAMS = next(r for r in shipped().rules if r.code == "TYP006").params


def found(text: str) -> list[tuple[str, str]]:
    return [(text[s.start : s.end], s.right) for s in suspect.suspects(PARAMS, text)]


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("各单位认委工作进展顺利。", "认委", "认为"),
        ("要加快推近规划编制。", "推近", "推进"),
        ("一年来，持续提创高服务质量。", "提创高", "提高"),
        ("妥善解决群众题问，取得实效。", "题问", "问题"),
        ("同党央保持高度一致。", "党央", "党中央"),
        ("办理取水许证36本。", "许证", "许可证"),
        ("部门立建联席会议制度。", "立建", "建立"),
        ("全县农品加工企业稳步发展。", "农品", "农产品"),
    ],
)
def test_slips(text: str, wrong: str, right: str) -> None:
    assert found(text) == [(wrong, right)]


@pytest.mark.parametrize(
    "text",
    [
        "各单位认为工作进展顺利。",
        "把责任压得实、抓得紧，队伍拉得出、打得赢。",
        "某某同志认某为例。",
        "",
        "认",
        "全面落实村规民约。",
        "对安全生产工作进行再动员、再部署。",
        "防大震、救大灾，进一步扩范围、降门槛。",
        "中央宣传部部务会议研究，县安委会办公室牵头。",
        "进一步加大强农惠农富农政策力度。",
        "小事不出村、大事不出乡，严禁公车私用。",
        "hello, world\n\n",
    ],
)
def test_what_is_none(text: str) -> None:
    assert found(text) == []


def test_a_line_says_the_same_wherever_it_stands() -> None:
    line = "各单位认委工作进展顺利。"
    after = f"会议召开。\n{line}\n第二行。"
    (slip,) = suspect.suspects(PARAMS, after)
    assert after[slip.start : slip.end] == "认委"
    assert suspect.suspects(PARAMS, after) == [slip]


def test_what_a_draft_repeats_is_a_term() -> None:
    assert found("各单位认委工作进展顺利。\n各部门认委工作进展顺利。") == []


def test_a_draft_of_unknown_words_is_left_alone() -> None:
    strange = "蚕丛鱼凫茫然猿猱愁攀，扪参历井胁息抚膺，砯崖转石万壑惊雷，剑阁峥嵘崔嵬。\n青泥盘桓百步萦峦。\n"
    assert found(strange + "各单位认委工作进展顺利。") == []


def test_a_phrase_that_is_mistyped_is_told_once() -> None:
    codes = [f.code for f in check_text("各项任务落到是处，成效明显。", "a.txt").findings]
    assert codes.count("TYP005") == 1
    assert "TYP006" not in codes


def test_pairs_tell_how_often_they_meet() -> None:
    pairs = neighbours.Neighbours(PARAMS.neighbours)
    assert neighbours.inner(pairs["工作"])
    assert neighbours.count(pairs["工作"]) > neighbours.count(pairs["作进"]) > 0
    assert pairs["认鳖"] == neighbours.UNKNOWN
    assert pairs["。工"] == pairs["a作"] == pairs["作a"] == neighbours.BORDER
