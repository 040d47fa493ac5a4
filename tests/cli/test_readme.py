"""The samples of the two READMEs are what the program prints."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from reportlint.engine import documented, load_ruleset
from reportlint.ruletest import run_examples
from tests.cli.helper import Cli

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = "examples/年度工作总结（草稿）.txt"
READMES = {"README.md": "en", "README.zh-CN.md": "zh"}


@pytest.fixture
def here(cache: Path) -> Cli:
    """The command in the folder of the project."""
    return Cli(ROOT, cache)


def fences(readme: str, kind: str) -> list[str]:
    text = (ROOT / readme).read_text(encoding="utf-8")
    return re.findall(rf"```{kind}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize(("readme", "language"), READMES.items())
def test_every_finding_shown_is_one_that_is_printed(here: Cli, readme: str, language: str) -> None:
    printed = here("check", "--lang", language, EXAMPLE).stdout
    blocks = fences(readme, "text")[0].rstrip("\n").split("\n\n")
    assert len(blocks) > 4
    for block in blocks:
        assert block in printed


@pytest.mark.parametrize("readme", READMES)
def test_the_outline_shown_is_the_one_that_is_printed(here: Cli, readme: str) -> None:
    shown = fences(readme, "text")[1].rstrip("\n")
    assert here("outline", EXAMPLE).stdout.startswith(shown.removesuffix("…").rstrip())


@pytest.mark.parametrize("readme", READMES)
def test_the_json_shown_is_an_element_that_is_printed(here: Cli, readme: str) -> None:
    printed = json.loads(here("check", "--output-format", "json", EXAMPLE).stdout)
    assert json.loads(fences(readme, "json")[0]) in printed


@pytest.mark.parametrize("readme", READMES)
def test_the_pack_shown_is_one_that_proves_itself(readme: str, tmp_path: Path) -> None:
    (tmp_path / "profiles").symlink_to(ROOT / "rules" / "profiles")
    (tmp_path / "own.yaml").write_text(fences(readme, "yaml")[0], encoding="utf-8")
    count, problems = run_examples(load_ruleset(str(tmp_path)))
    assert count == 2
    assert problems == []


@pytest.mark.parametrize("readme", READMES)
def test_the_families_named_are_those_there_are(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    families = {rule.code[:3] for rule in documented().rules}
    assert families == set(re.findall(r"^\| `([A-Z]{3})` \|", text, re.MULTILINE))


@pytest.mark.parametrize(("readme", "language"), READMES.items())
def test_the_configuration_shown_is_good_and_shown_as_it_is(
    cache: Path, readme: str, language: str, tmp_path: Path
) -> None:
    (tmp_path / "examples").mkdir()
    (tmp_path / ".reportlint.yaml").write_text(fences(readme, "yaml")[1], encoding="utf-8")
    here = Cli(tmp_path, cache)
    printed = here("config", "show", "--lang", language, "examples/督查汇报（草稿）.md").stdout
    assert "\n".join(line.rstrip() for line in printed.split("\n")).strip() == fences(readme, "text")[2].strip()


def test_the_example_that_is_finished_is_silent(here: Cli) -> None:
    assert here("check", "--output-format", "concise", "examples/述职报告（定稿）.txt").status == 0
