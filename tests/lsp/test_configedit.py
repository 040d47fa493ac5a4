from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reportlint.api import Project
from reportlint.cli.init import template
from reportlint.config import Config
from reportlint.fixes import apply
from reportlint.lsp.configedit import add, add_for_file, pattern_for
from reportlint.model import Edit, Finding, Fix, Severity


def applied(text: str, edits: list[Edit] | None) -> str:
    assert edits is not None
    return apply(text, [Finding(0, 0, "X", "x", Severity.INFO, "", Fix(True, "", tuple(edits)))])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "accept:\n  - 云平台\n"),
        ("# 说明\n", "# 说明\naccept:\n  - 云平台\n"),
        ("language: zh", "language: zh\naccept:\n  - 云平台\n"),
        ("language: zh\r\n", "language: zh\r\naccept:\r\n  - 云平台\r\n"),
        ("accept: [甲]  # 名称\n", "accept: [甲, 云平台]  # 名称\n"),
        ("accept: []\n", "accept: [云平台]\n"),
        ("accept: [甲, 乙,]\n", "accept: [甲, 乙, 云平台,]\n"),
        ("accept: 甲\nlanguage: zh\n", "accept: [甲, 云平台]\nlanguage: zh\n"),
        ("accept: 甲，乙\n", "accept: [甲，乙, 云平台]\n"),
        ("accept: '甲'\n", "accept: ['甲', 云平台]\n"),
        ("accept: a, b\n", 'accept: ["a, b", 云平台]\n'),
        ("accept:\nlanguage: zh\n", "accept: [云平台]\nlanguage: zh\n"),
        ("accept: ~ # 无\n", "accept: [云平台] # 无\n"),
        (
            "accept:\n  - 甲  # 简称\n\n# 语言\nlanguage: zh\n",
            "accept:\n  - 甲  # 简称\n  - 云平台\n\n# 语言\nlanguage: zh\n",
        ),
        ("accept:\n- 甲\n- 乙", "accept:\n- 甲\n- 乙\n- 云平台"),
        ("accept:\r\n    - 甲\r\nroot: true\r\n", "accept:\r\n    - 甲\r\n    - 云平台\r\nroot: true\r\n"),
        ("accept: [\n  甲,  # 一\n  乙   # 二\n]\n", "accept: [\n  甲,  # 一\n  乙,\n  云平台   # 二\n]\n"),
        ("{language: zh}\n", "{language: zh, accept: [云平台]}\n"),
        ("{}", "{accept: [云平台]}"),
        (
            "# accept: [甲]\n# root: true\nlanguage: zh\n",
            "# accept: [甲]\naccept:\n  - 云平台\n# root: true\nlanguage: zh\n",
        ),
        ("\ufeff# 有 BOM\nlanguage: zh\n", "\ufeff# 有 BOM\nlanguage: zh\naccept:\n  - 云平台\n"),
    ],
)
def test_a_word_is_added_and_nothing_else_changes(before: str, after: str) -> None:
    assert applied(before, add(before, "accept", "云平台")) == after


@pytest.mark.parametrize(
    "text",
    [
        "accept: {a: b}\n",
        "- a\n",
        "accept: [a\n",
        "words: &w [甲]\naccept: *w\n",
        "a: b\n---\nc: d\n",
        "just text",
        "accept: |\n  甲\n",
    ],
)
def test_what_cannot_be_edited_safely_is_left_alone(text: str) -> None:
    assert add(text, "accept", "云平台") is None


def test_a_word_that_is_there_needs_no_edit() -> None:
    assert add("accept: 云平台\n", "accept", "云平台") == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'per-file-ignores:\n  "/a.txt": [NUM001]\n'),
        ('per-file-ignores:\n  "b/*": PUN\n', 'per-file-ignores:\n  "b/*": PUN\n  "/a.txt": [NUM001]\n'),
        ('per-file-ignores:\n  "/a.txt": PUN # 留\n', 'per-file-ignores:\n  "/a.txt": [PUN, NUM001] # 留\n'),
        (
            "per-file-ignores:\n  b:\n    - PUN\nroot: true\n",
            'per-file-ignores:\n  b:\n    - PUN\n  "/a.txt": [NUM001]\nroot: true\n',
        ),
        ("per-file-ignores: {b: [PUN]}\n", 'per-file-ignores: {b: [PUN], "/a.txt": [NUM001]}\n'),
        ("per-file-ignores: {}\n", 'per-file-ignores: {"/a.txt": [NUM001]}\n'),
        ("per-file-ignores:\n", 'per-file-ignores: {"/a.txt": [NUM001]}\n'),
    ],
)
def test_a_rule_is_left_out_for_a_file(before: str, after: str) -> None:
    assert applied(before, add_for_file(before, "/a.txt", "NUM001")) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[tool.reportlint] # 配置\nroot = true\n", '[tool.reportlint] # 配置\naccept = ["云平台"]\nroot = true\n'),
        (
            '[tool.reportlint]\naccept = ["甲"] # 名称\n[tool.x]\n',
            '[tool.reportlint]\naccept = ["甲", "云平台"] # 名称\n[tool.x]\n',
        ),
        ('[tool.reportlint]\naccept = "甲"\n', '[tool.reportlint]\naccept = ["甲", "云平台"]\n'),
    ],
)
def test_toml(before: str, after: str) -> None:
    assert applied(before, add(before, "accept", "云平台", toml=True)) == after


def test_toml_for_a_file() -> None:
    table = '[tool.reportlint]\nroot = true\n[tool.reportlint.per-file-ignores]\n"b" = ["PUN"]\n'
    after = applied(table, add_for_file(table, "/a.txt", "NUM001", toml=True))
    assert tomllib.loads(after)["tool"]["reportlint"]["per-file-ignores"] == {"b": ["PUN"], "/a.txt": ["NUM001"]}
    plain = "[tool.reportlint]\nroot = true\n"
    after = applied(plain, add_for_file(plain, "/a.txt", "NUM001", toml=True))
    assert tomllib.loads(after)["tool"]["reportlint"]["per-file-ignores"] == {"/a.txt": ["NUM001"]}


def test_the_file_that_init_writes_takes_a_value_below_its_own_line() -> None:
    text = template("zh")
    after = applied(text, add(text, "ignore", "NUM008"))
    assert yaml.safe_load(after) == {"ignore": ["NUM008"]}
    lines = after.splitlines()
    assert lines[lines.index("ignore:") - 1].startswith("# ignore:")


@pytest.mark.parametrize("name", ["a.txt", "二季度 [终稿]*.txt", "!草稿.md", "#1.txt", "文件夹/b?.txt"])
def test_the_pattern_of_a_file_fits_it_alone(name: str, tmp_path: Path) -> None:
    text = applied("", add_for_file("", pattern_for(name), "TYP001"))
    (tmp_path / ".reportlint.yaml").write_text(text, encoding="utf-8")
    project = Project(Config())
    assert project.config.settings(str(tmp_path / name)).options.dropped == ("TYP001",)
    assert project.config.settings(str(tmp_path / "other" / name)).options.dropped == ()
    assert project.config.settings(str(tmp_path / "二季度 终*.txt")).options.dropped == ()


VALUES: st.SearchStrategy[Any] = st.one_of(
    st.text(st.characters(categories=("L", "N", "P", "S", "Zs")), min_size=1, max_size=8).map(str.strip).filter(bool),
    st.sampled_from(["yes", "null", "1.5", "2026-01-01", "- a", "a: b", "# x", "@甲", "'", '"', "\\", "甲\U00020bb7"]),
)


@given(st.lists(VALUES, max_size=4), VALUES, st.sampled_from(["block", "flow", "json"]), st.booleans())
def test_whatever_the_words(words: list[str], new: str, style: str, crlf: bool) -> None:
    if style == "json":
        text = yaml.safe_dump({"accept": words}, default_style='"', allow_unicode=True)
    else:
        text = yaml.safe_dump({"accept": words}, default_flow_style=style == "flow", allow_unicode=True)
    text = text.replace("\n", "\r\n") if crlf else text
    edits = add(text, "accept", new)
    assert yaml.safe_load(applied(text, edits))["accept"] == (words if new in words else [*words, new])
