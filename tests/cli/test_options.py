"""Arguments read without click mean what click makes of them, and what is wrong with them is click's to say."""

from typing import Any

import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportlint.cli import commands
from reportlint.cli.options import CHECK, COUNT, FLAG, Call, plain

values = st.sampled_from(
    ["a.txt", "json", "full", "zh", "error", "NUM,PLH", "3", "0", "-1", "-", "", "x=y", "--fix", "报告.txt"]
)
names = st.sampled_from(
    [name for option in CHECK for name in option.names] + ["--jobs", "--no-such", "--outputs", "-x"]
)
arguments = st.lists(st.one_of(values, names, st.tuples(names, values).map("=".join), st.just("--")), max_size=6)


def _by_click(args: list[str]) -> Call:
    """The call that click makes of the arguments; ClickException where they are wrong."""
    found: list[Call] = []

    def take(**given_values: Any) -> None:
        found.append(Call(**given_values))

    command = click.Command("check", params=commands.command.params, callback=take)
    command.main(args, standalone_mode=False)
    return found[0]


@given(arguments)
def test_what_is_read_without_click_is_what_click_reads(args: list[str]) -> None:
    call = plain(args)
    if call is not None:
        assert call == _by_click(args)


@pytest.mark.parametrize("option", CHECK, ids=lambda option: option.names[-1])
def test_every_option_is_read_without_click(option: Any) -> None:
    value = option.choices[-1] if option.choices else "2" if option.kind == COUNT else "甲.txt"
    for name in option.names:
        args = [name, "稿.txt"] if option.kind == FLAG else [name, value, "稿.txt"]
        assert plain(args) == _by_click(args) != Call(("稿.txt",))
        if option.kind != FLAG:
            assert plain([f"{name}={value}", "稿.txt"]) == plain(args)


@pytest.mark.parametrize(
    "args", [["--help"], ["--jobs", "0"], ["--lang", "fr"], ["--select"], ["--fix=yes"], ["--", "-a.txt"], ["-qx"]]
)
def test_what_is_unusual_or_wrong_is_left_to_click(args: list[str]) -> None:
    assert plain(args) is None
