"""No phrase is a slip, and a phrase with one slip in it is found and mended."""

from __future__ import annotations

from hypothesis import assume, given
from hypothesis import strategies as st

from reportlint.checks import language, lexicon, near
from reportlint.engine import shipped

PARAMS = next(r for r in shipped().rules if r.code == "TYP005").params
PHRASES = PARAMS.phrases.split("\n")
SOUNDS = [group for group in PARAMS.sounds.split("\n") if len(group) > 1]
FREQUENT = [p for p, n in zip(PHRASES, PARAMS.counts, strict=True) if n > "+"]
FIXED = [p for p, kind in zip(PHRASES, PARAMS.kinds, strict=True) if kind == "f"]
LANGUAGE = language.Language(PARAMS, PHRASES)


def in_a_sentence(words: str) -> str:
    return f"会议要求，{words}。"


@given(st.sampled_from(PHRASES))
def test_no_phrase_is_a_slip(phrase: str) -> None:
    assert near.slips(PARAMS, in_a_sentence(phrase)) == []


def common(c: str) -> bool:
    return LANGUAGE.words.alone(c) < 15


def nonsense(words: str) -> bool:
    """Whether a text is surely none: two of its characters or more stand alone, and are rarely words."""
    _, ends = LANGUAGE.cut(words)
    alone = [words[e - 1] for b, e in zip([0, *ends], ends, strict=False) if e - b == 1]
    return sum(LANGUAGE.words.alone(c) >= 9 for c in alone) >= 2


@given(st.sampled_from(FREQUENT), st.data())
def test_a_wrong_character_is_mended(phrase: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(phrase) - 1))
    alike = sorted({c for g in SOUNDS if phrase[at] in g for c in g if c != phrase[at] and common(c)})
    assume(alike)
    wrong = phrase[:at] + data.draw(st.sampled_from(alike)) + phrase[at + 1 :]
    assume(nonsense(wrong))
    mended(wrong, phrase)


def rate(slipped: list[tuple[str, str]]) -> float:
    """The share of wrong forms that are mended."""
    good = 0
    for wrong, phrase in slipped:
        text = in_a_sentence(wrong)
        for slip in reversed(near.slips(PARAMS, text)):
            text = text[: slip.start] + slip.right + text[slip.end :]
        good += text == in_a_sentence(phrase)
    return good / len(slipped)


def test_most_swapped_characters_are_mended() -> None:
    slipped = [
        (p[:at] + p[at + 1] + p[at] + p[at + 2 :], p)
        for p in FREQUENT[::7]
        for at in range(len(p) - 1)
        # 中美 and 美中 are both right.
        if p[at] != p[at + 1] and not {p[at], p[at + 1]} <= language.LANDS
    ]
    slipped = [(wrong, p) for wrong, p in slipped if nonsense(wrong)]
    assert len(slipped) > 200
    assert rate(slipped) >= 0.96


def test_most_doubled_characters_are_mended() -> None:
    slipped = [(p[:at] + p[at] + p[at:], p) for p in FIXED[::3] for at in range(1, len(p) - 1)]
    assert rate(slipped) >= 0.85


def test_most_missing_characters_that_show_are_found() -> None:
    slipped = [
        (p[:at] + p[at + 1 :], p)
        for number, p in enumerate(PHRASES)
        for at in range(len(p))
        if len(p) > lexicon.SHORTEST and LANGUAGE.lacks(number, at) and number % 11 == 0
    ]
    assert rate(slipped) >= 0.5


def mended(wrong: str, phrase: str) -> None:
    text = in_a_sentence(wrong)
    slips = near.slips(PARAMS, text)
    assert slips
    for slip in reversed(slips):
        text = text[: slip.start] + slip.right + text[slip.end :]
    # Another phrase may be as near.
    assert text == in_a_sentence(phrase) or all(s.right in PHRASES for s in slips)
