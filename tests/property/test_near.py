"""No phrase is a slip, and a phrase with one slip in it is found and mended."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from reportlint.checks import near
from reportlint.engine import shipped

PARAMS = next(r for r in shipped().rules if r.code == "TYP005").params
PHRASES = PARAMS.phrases.split("\n")
SOUNDS = [group for group in PARAMS.sounds.split("\n") if len(group) > 1]
FREQUENT = [p for p, n in zip(PHRASES, PARAMS.counts, strict=True) if n > "+"]
FIXED = [p for p, kind in zip(PHRASES, PARAMS.kinds, strict=True) if kind == "f"]
LACKING = [
    (p, at)
    for number, p in enumerate(PHRASES)
    for at in range(len(p))
    if len(p) > near.SHORTEST and (ord(PARAMS.lacking[number]) - 0x4000) >> at & 1
]
LANGUAGE = near.Language(PARAMS, PHRASES)


def in_a_sentence(words: str) -> str:
    return f"会议要求，{words}。"


@given(st.sampled_from(PHRASES))
def test_no_phrase_is_a_slip(phrase: str) -> None:
    assert near.slips(PARAMS, in_a_sentence(phrase)) == []


def common(c: str) -> bool:
    return LANGUAGE.words(c).get("", 19.0) < 15


def nonsense(words: str) -> bool:
    """Whether a text is surely none: two of its characters or more stand alone, and are rarely words."""
    _, ends = LANGUAGE.cut(words)
    alone = [words[e - 1] for b, e in zip([0, *ends], ends, strict=False) if e - b == 1]
    return sum(LANGUAGE.words(c).get("", 19.0) >= 9 for c in alone) >= 2


@given(st.sampled_from(FREQUENT), st.data())
def test_a_wrong_character_is_mended(phrase: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(phrase) - 1))
    alike = sorted({c for g in SOUNDS if phrase[at] in g for c in g if c != phrase[at] and common(c)})
    assume(alike)
    wrong = phrase[:at] + data.draw(st.sampled_from(alike)) + phrase[at + 1 :]
    assume(nonsense(wrong))
    mended(wrong, phrase)


@given(st.sampled_from(FREQUENT), st.data())
def test_swapped_characters_are_mended(phrase: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(phrase) - 2))
    wrong = phrase[:at] + phrase[at + 1] + phrase[at] + phrase[at + 2 :]
    # 中美 and 美中 are both right.
    assume(wrong != phrase and nonsense(wrong) and not {*phrase[at : at + 2]} <= near._LANDS)
    mended(wrong, phrase)


@given(st.sampled_from(FIXED), st.data())
def test_a_doubled_character_is_mended(phrase: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, len(phrase) - 2))
    wrong = phrase[:at] + phrase[at] + phrase[at:]
    assume(LANGUAGE.cut(wrong)[0] >= LANGUAGE.cut(phrase)[0] + 4)
    mended(wrong, phrase)


@given(st.sampled_from(LACKING))
def test_a_missing_character_is_found(case: tuple[str, int]) -> None:
    phrase, at = case
    wrong = phrase[:at] + phrase[at + 1 :]
    # 乡卫生院 is no slip for 乡镇卫生院.
    assume(not {*wrong} & near._UNITS)
    assume(not LANGUAGE.begins(wrong, phrase) and LANGUAGE.cut(wrong)[0] >= LANGUAGE.cut(phrase)[0] + 9)
    assert near.slips(PARAMS, in_a_sentence(wrong))


def mended(wrong: str, phrase: str) -> None:
    text = in_a_sentence(wrong)
    slips = near.slips(PARAMS, text)
    assert slips
    for slip in reversed(slips):
        text = text[: slip.start] + slip.right + text[slip.end :]
    # Another phrase may be as near.
    assert text == in_a_sentence(phrase) or all(s.right in PHRASES for s in slips)
