"""Patterns mean what pathspec says they mean."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pathspec import GitIgnoreSpec

from reportlint.globs import Globs

PARTS = ("a", "存档", "*.txt", "**", "a*", "?", "[ab]", "b.txt", "*")
globs = st.tuples(
    st.sampled_from(["", "", "!", "/"]),
    st.lists(st.sampled_from(PARTS), min_size=1, max_size=3).map("/".join),
    st.sampled_from(["", "", "/"]),
).map("".join) | st.sampled_from(["", "# a", "\\#a", " "])
paths = st.tuples(
    st.lists(st.sampled_from(["a", "b", "存档", "ab", "b.txt", "#a", "a.txt"]), min_size=1, max_size=4).map("/".join),
    st.sampled_from(["", "/"]),
).map("".join)


@given(globs, paths)
@settings(max_examples=500, deadline=None)
def test_a_pattern_means_what_pathspec_makes_of_it(line: str, path: str) -> None:
    expected = GitIgnoreSpec.from_lines([line]).check_file(path).include
    found = Globs([line]).check(path)
    assert (found[0] if found else None) is expected


@pytest.mark.parametrize(
    ("lines", "path", "out"),
    [
        (["a", "!a"], "a", False),
        (["!a", "a"], "a", True),
        (["a/", "!b.txt"], "a/b.txt", False),
        (["!b.txt", "a/"], "a/b.txt", True),
        (["b.txt", "!a/"], "a/b.txt", True),
        (["*", "!a/", "!*.txt"], "a/b.txt", False),
    ],
)
def test_the_last_pattern_that_fits_decides(lines: list[str], path: str, out: bool) -> None:
    found = Globs(lines).check(path)
    assert found is not None
    assert found[0] is out


@given(st.text("[]!-^az09*?/\\\\(){}+.|: #\n\u3000章", max_size=8), paths)
@settings(max_examples=1000, deadline=None)
def test_any_text_is_a_pattern_or_a_mistake(line: str, path: str) -> None:
    try:
        found = Globs([line])
    except ValueError:
        found = Globs(["*.txt", line], lenient=True)
        assert (found.check(path) is not None) is (Globs(["*.txt"]).check(path) is not None)
    found.check(path)
