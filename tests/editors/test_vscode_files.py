"""What the VS Code extension and the rest of the project say of each other. Its own tests want Node.js."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

from reportlint import __version__
from reportlint.lsp.settings import Settings
from tests.editors.conftest import ROOT

EXTENSION = ROOT / "editors" / "vscode"


def load(name: str) -> Any:
    return json.loads((EXTENSION / name).read_text(encoding="utf-8"))


def test_the_settings_are_those_of_the_server() -> None:
    offered = {
        name.removeprefix("reportlint.") for name in load("package.json")["contributes"]["configuration"]["properties"]
    }
    # Where the program lies, and what is traced, is for the editor alone.
    assert offered - {"path", "trace.server"} == set(Settings._fields)


def test_no_command_of_the_server_is_one_of_the_extension() -> None:
    # VS Code registers those of the server, too, and starts nothing where a name is taken.
    own = {command["command"] for command in load("package.json")["contributes"]["commands"]}
    source = "\n".join(path.read_text(encoding="utf-8") for path in Path(ROOT, "reportlint", "lsp").glob("*.py"))
    assert not own & set(re.findall(r'"(reportlint\.[A-Za-z.]+)"', source))


def test_the_versions_are_the_same() -> None:
    assert load("package.json")["version"] == load("package-lock.json")["version"] == __version__


def test_the_lock_files_name_no_registry() -> None:
    for name in ("package-lock.json", "e2e/package-lock.json"):
        for path, package in load(name)["packages"].items():
            assert "resolved" not in package, path
            assert path == "" or package.get("integrity") or package.get("link"), path


def test_every_setting_and_command_is_in_both_halves_of_the_readme() -> None:
    contributes = load("package.json")["contributes"]
    chinese, english = (EXTENSION / "README.md").read_text(encoding="utf-8").split("\n---\n")
    for name in contributes["configuration"]["properties"]:
        assert f"`{name}`" in chinese, name
        assert f"`{name}`" in english, name
    titles = load("package.nls.zh-cn.json")
    for command in contributes["commands"]:
        assert titles[command["title"].strip("%")] in chinese, command


def test_the_pictures_of_the_manual_are_there() -> None:
    for page in (ROOT / "docs").glob("*.md"):
        for target in re.findall(r"!\[[^\]]*\]\(([^)#:]+)\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).is_file(), f"{page.name}: {target}"


def test_the_snippets_of_the_manual_are_those_that_are_tested() -> None:
    manual = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
    for language, name in (("lua", "neovim/reportlint.lua"), ("elisp", "emacs/reportlint.el")):
        snippet = (ROOT / "editors" / name).read_text(encoding="utf-8")
        assert f"```{language}\n{snippet}```" in manual, name
    for block in re.findall(r"```json\n(.*?)```", manual, re.DOTALL):
        json.loads(block)
    for block in re.findall(r"```toml\n(.*?)```", manual, re.DOTALL):
        tomllib.loads(block)
