"""Words sought together are found as each would be alone."""

from typing import cast
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from reportlint.checks import repetition, vocabulary
from reportlint.checks.base import Context
from reportlint.readers import read_text

words = st.lists(st.text("甲乙丙丁", min_size=1, max_size=4), min_size=1, max_size=8, unique=True).map("\n".join)


class _Bare:
    """As much of a context as the search for words needs."""

    def __init__(self, text: str, vocabularies: tuple[str, ...]) -> None:
        self.text = text
        self.vocabularies = vocabularies
        self._memo: dict[object, object] = {}

    def memo(self, compute: object) -> object:
        if compute not in self._memo:
            self._memo[compute] = compute(self)  # type: ignore[operator]
        return self._memo[compute]


def _searched(vocabulary_words: str, text: str) -> list[vocabulary.Occurrence]:
    found = [
        vocabulary.Occurrence(index, at, at + len(word))
        for index, word in enumerate(vocabulary_words.split("\n"))
        for at in range(len(text))
        if text.startswith(word, at)
    ]
    return sorted(found, key=lambda o: (o.start, -o.end))


@given(st.lists(words, min_size=1, max_size=3, unique=True), st.text("甲乙丙丁。\n", max_size=60))
def test_one_pass_finds_what_single_searches_find(lists: list[str], text: str) -> None:
    context = cast("Context", _Bare(text, tuple(lists)))
    # The automaton for every text, and words across the borders of its pieces.
    with patch.object(vocabulary, "_SHORT", 0), patch.object(vocabulary, "_PIECE", 7):
        for vocabulary_words in lists:
            assert vocabulary.occurrences(vocabulary_words, context) == _searched(vocabulary_words, text)
    for vocabulary_words in lists:
        assert vocabulary.occurrences(vocabulary_words, context) == _searched(vocabulary_words, text)


@given(st.text("甲乙丙%％1\n😀", max_size=40), st.integers(1, 4))
def test_an_echo_is_a_run_that_stands_again_right_behind(text: str, size: int) -> None:
    def said(run: str) -> bool:
        return all("\u4e00" <= c <= "\u9fff" for c in run) or (size == 1 and run in "%％")

    places = [
        at
        for at in range(len(text) - 2 * size + 1)
        if text[at : at + size] == text[at + size : at + 2 * size] and said(text[at : at + size])
    ]
    assert list(repetition.echoes(text, size)) == places
    with patch.object(repetition, "_PIECE", 5):
        assert list(repetition.echoes(text, size)) == places


def test_a_short_draft_needs_no_automaton() -> None:
    draft = read_text("a.txt", "甲乙丙甲")
    context = cast("Context", _Bare(draft.text, ()))
    found = vocabulary.occurrences("甲\n甲乙", context)
    assert [(o.word, o.start, o.end) for o in found] == [(1, 0, 2), (0, 0, 1), (0, 3, 4)]
    assert vocabulary.longest(found) == [found[0], found[2]]
