"""Everything that can be wrong with a configuration: named with file, line, column, a frame and what was meant."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from reportlint.visible import visible
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
        line = lines[int(place[2]) - 1]
        assert (int(number), text) == (int(place[2]), visible(line))
        assert frame[-1].strip(" |　").strip("^") == ""
        assert frame[-1].partition(" | ")[2].index("^") == len(visible(line[: int(place[3]) - 1]))


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


@pytest.mark.parametrize(
    ("data", "place"),
    [(b"root: true\nlanguage: \xe9\n", "2:11"), (b"language: \x00\n", "1:11"), (b"[" * 3000, "1:101")],
)
def test_a_configuration_that_cannot_be_read(data: bytes, place: str, cli: Cli) -> None:
    (cli.folder / ".reportlint.yaml").write_bytes(data)
    done = cli("check", "summary.txt")
    assert done.status == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith(f"reportlint: .reportlint.yaml:{place}: ")
    assert " | " in done.stderr


def test_an_alias_of_aliases_takes_no_time(cli: Cli) -> None:
    lines = ["a: &a0 [x]"] + [f"b{n}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(40)]
    (cli.folder / ".reportlint.yaml").write_text("\n".join(lines), encoding="utf-8")
    assert "未知的键" in cli("check", "summary.txt", timeout=20).stderr


# --- what is no file ---


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
@pytest.mark.parametrize("name", [".reportlint.yaml", ".reportlint-baseline.json"])
def test_a_pipe_in_the_place_of_a_file_is_an_error(name: str, cli: Cli) -> None:
    os.mkfifo(cli.folder / name)
    done = cli("check", "summary.txt", timeout=20)
    assert (done.status, done.stderr) == (2, f"reportlint: {name}: 无法读取：不是普通文件 (cannot be read)\n")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_a_pipe_for_git_is_passed_over(cli: Cli) -> None:
    os.mkfifo(cli.folder / "folder" / ".gitignore")
    os.mkfifo(cli.folder / "folder" / "pyproject.toml")
    assert cli("check", "-q", "folder", timeout=20).status == 1


def test_a_link_to_nowhere_is_an_error(cli: Cli) -> None:
    (cli.folder / ".reportlint.yaml").symlink_to("nowhere.yaml")
    assert cli("check", "summary.txt").stderr == (
        "reportlint: .reportlint.yaml: 无法读取：没有这个文件或文件夹 (cannot be read: No such file or directory)\n"
    )


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no devices in the file system")
@pytest.mark.parametrize("option", ["--config", "--baseline"])
def test_a_device_without_an_end_is_not_read(option: str, cli: Cli) -> None:
    done = cli("check", option, "/dev/zero", "summary.txt", timeout=20)
    assert (done.status, done.stderr) == (2, "reportlint: /dev/zero: 无法读取：不是普通文件 (cannot be read)\n")


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="no devices in the file system")
def test_a_device_is_no_draft(cli: Cli) -> None:
    done = cli("check", "-q", "/dev/zero", "crlf.txt", timeout=20)
    assert (done.status, done.stderr) == (2, "reportlint: /dev/zero: 是设备，不是文件 (a device, not a file)\n")
    assert "crlf.txt:4:3" in done.stdout


@pytest.mark.skipif(not os.path.exists("/dev/stdin"), reason="no devices in the file system")
def test_a_configuration_may_be_nothing_or_piped(cli: Cli) -> None:
    (cli.folder / ".reportlint.yaml").write_text("ignore: ALL\n", encoding="utf-8")
    assert cli("check", "crlf.txt").status == 0
    assert cli("check", "--config", os.devnull, "crlf.txt").status == 1
    assert cli("check", "--config", "/dev/stdin", "crlf.txt", stdin=b"ignore: [PUN, TYP, NUM, PLH]\n").status == 0
    wrong = cli("check", "--config", "/dev/stdin", "crlf.txt", stdin=b"ingore: PUN\n")
    assert wrong.status == 2
    assert "1:1: 未知的键“ingore”" in wrong.stderr
    assert "\n1 | ingore: PUN\n" in wrong.stderr
