"""Everything that can be wrong with a configuration: named with file, line, column, a frame and what was meant."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.cli.helper import HERE, Cli, compare

BAD_CONFIGS = HERE / "bad_configs"
CONFIGS = sorted(p for p in BAD_CONFIGS.iterdir() if p.suffix in (".yaml", ".toml"))


@pytest.mark.parametrize("config", CONFIGS, ids=[p.name for p in CONFIGS])
def test_a_wrong_configuration(config: Path, cli: Cli) -> None:
    shutil.copytree(BAD_CONFIGS / "more", cli.folder / "more")
    name = ".reportlint.yaml" if config.suffix == ".yaml" else "pyproject.toml"
    shutil.copy(config, cli.folder / name)
    done = cli("check", "-q", "summary.txt")
    assert done.status == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    _assert_placed(done.stderr, cli.folder)
    compare(config.with_name(f"{config.name}.expected"), done.stderr)


def _assert_placed(stderr: str, folder: Path) -> None:
    """Every message names a place, and its frame shows that place with the mark below it."""
    messages = re.split(r"^reportlint: ", stderr, flags=re.MULTILINE)[1:]
    assert messages
    for message in messages:
        first, *frame = message.rstrip("\n").split("\n")
        place = re.match(r"([^:]+):(\d+):(\d+): \S.*\(.+\)$", first)
        if place is None:
            assert re.match(r"[^:]+: \S.*\(.+\)$", first)
            continue
        lines = (folder / place[1]).read_text(encoding="utf-8").split("\n")
        number, _, text = frame[-2].partition(" | ")
        assert (int(number), text) == (int(place[2]), lines[int(place[2]) - 1])
        assert frame[-1].strip(" |　").strip("^") == ""
        assert frame[-1].partition(" | ")[2].index("^") == int(place[3]) - 1


def test_every_expected_message_has_its_configuration() -> None:
    assert {p.name for p in BAD_CONFIGS.glob("*.expected")} == {f"{p.name}.expected" for p in CONFIGS}
    assert len(CONFIGS) > 60


def test_a_wrong_configuration_costs_only_its_own_drafts(cli: Cli) -> None:
    (cli.folder / "folder" / ".reportlint.yaml").write_text("ingore: NUM\n", encoding="utf-8")
    done = cli("check", "--output-format", "concise", "folder", "crlf.txt")
    assert done.status == 2
    assert done.stderr.count("ingore: NUM") == 1
    assert {line.split(":")[0] for line in done.stdout.splitlines()[:-1]} == {"crlf.txt"}


@pytest.mark.parametrize("args", ["check summary.txt", "config show summary.txt", "baseline"])
def test_a_named_configuration_that_is_wrong(args: str, cli: Cli) -> None:
    (cli.folder / "own.yaml").write_text("ingore: NUM\nlanguage: cn\n", encoding="utf-8")
    done = cli(*args.split(), "--config", "own.yaml")
    assert (done.status, done.stdout) == (2, "")
    assert re.findall(r"^reportlint: own\.yaml:(\d):", done.stderr, re.MULTILINE) == ["1", "2"]
    missing = cli(*args.split(), "--config", "nothing.yaml")
    assert missing.status == 2
    assert missing.stderr.startswith("reportlint: nothing.yaml: ")
    assert missing.stderr.count("\n") == 1


@pytest.mark.parametrize("data", [b"language: \xe9\n", b"language: \x00\n", b"[" * 3000])
def test_a_configuration_that_cannot_be_read(data: bytes, cli: Cli) -> None:
    (cli.folder / ".reportlint.yaml").write_bytes(data)
    done = cli("check", "summary.txt")
    assert done.status == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("reportlint: .reportlint.yaml: ")
