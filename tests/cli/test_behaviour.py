"""What holds for every run: drafts are never touched, the same input gives the same bytes, paths stay as given."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.cli.helper import DRAFTS, Cli

FIELDS = {"filename", "code", "rule", "severity", "message", "location", "end_location", "text", "fix", "url"}


def findings(cli: Cli, *args: str, stdin: bytes = b"") -> list[dict[str, Any]]:
    done = cli("check", "--output-format", "json", *args, stdin=stdin)
    assert done.status in (0, 1)
    assert done.stderr == ""
    return list(json.loads(done.stdout))


def _state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()
    }


def test_nothing_is_written_beside_or_into_a_draft(cli: Cli) -> None:
    before = _state(cli.folder)
    for args in (
        ("check",),
        ("check", "--output-format", "json", "."),
        ("check", "--statistics", "--no-cache", "summary.txt"),
        ("outline", "summary.txt"),
        ("outline", "--format", "json", "briefing.md"),
    ):
        assert cli(*args).status in (0, 1)
        assert _state(cli.folder) == before


@pytest.mark.parametrize("command", [("check", "--output-format", "json"), ("check",), ("outline", "--format", "json")])
def test_the_same_input_gives_the_same_bytes(command: tuple[str, ...], cli: Cli) -> None:
    runs = [cli.raw(*command, "summary.txt", env={"PYTHONHASHSEED": seed}).stdout for seed in ("1", "2")]
    assert runs[0]
    assert runs[0] == runs[1]


def test_with_and_without_the_cache_it_is_the_same(cli: Cli, tmp_path: Path) -> None:
    with_cache = cli.raw("check", "--output-format", "json", "summary.txt").stdout
    env = {"REPORTLINT_CACHE_DIR": str(tmp_path / "no" / "such" / "\0".strip("\0") / "file")}
    assert cli.raw("check", "--output-format", "json", "summary.txt", env=env).stdout == with_cache
    (tmp_path / "plain").write_text("", encoding="utf-8")
    env = {"REPORTLINT_CACHE_DIR": str(tmp_path / "plain" / "sub")}
    assert cli.raw("check", "--output-format", "json", "summary.txt", env=env).stdout == with_cache


def test_json_has_the_fields_of_the_contract(cli: Cli) -> None:
    found = findings(cli, "summary.txt", "briefing.md")
    assert found
    for finding in found:
        assert set(finding) == FIELDS
        assert finding["severity"] in ("error", "warning", "info")
        assert set(finding["location"]) == set(finding["end_location"]) == {"row", "column"}
        if finding["fix"] is not None:
            assert set(finding["fix"]) == {"applicability", "message", "edits"}
            assert finding["fix"]["applicability"] in ("safe", "unsafe")
            for edit in finding["fix"]["edits"]:
                assert set(edit) == {"content", "location", "end_location"}


def test_json_is_sorted(cli: Cli) -> None:
    found = findings(cli, "summary.txt", "folder", "crlf.txt", "briefing.md")
    keys = [(f["filename"], f["location"]["row"], f["location"]["column"], f["code"]) for f in found]
    assert keys == sorted(keys)


@pytest.mark.parametrize("name", ["summary.txt", "crlf.txt", "gb18030.txt", "wide.txt", "long.txt", "briefing.md"])
def test_places_count_code_points_of_the_line(name: str, cli: Cli) -> None:
    encoding = "gb18030" if name == "gb18030.txt" else "utf-8"
    lines = (DRAFTS / name).read_bytes().decode(encoding).replace("\r\n", "\n").split("\n")
    found = findings(cli, name)
    assert found
    for finding in found:
        start, end = finding["location"], finding["end_location"]
        assert start["row"] == end["row"]
        assert lines[start["row"] - 1][start["column"] - 1 : end["column"] - 1] == finding["text"]


def test_line_breaks_and_encodings_change_nothing(cli: Cli) -> None:
    text = (DRAFTS / "summary.txt").read_text(encoding="utf-8")
    expected = [{k: v for k, v in f.items() if k != "filename"} for f in findings(cli, "summary.txt")]
    for line_break in ("\n", "\r\n", "\r"):
        for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-be"):
            (cli.folder / "again.txt").write_bytes(text.replace("\n", line_break).encode(encoding))
            again = [{k: v for k, v in f.items() if k != "filename"} for f in findings(cli, "again.txt")]
            assert again == expected


@pytest.mark.parametrize("path", ["crlf.txt", "./crlf.txt", "folder/../crlf.txt", "folder/sub/../one.txt"])
def test_paths_are_as_given(path: str, cli: Cli) -> None:
    assert {f["filename"] for f in findings(cli, path)} == {path}
    assert cli("check", "-q", "--output-format", "concise", path).stdout.startswith(f"{path}:")
    assert json.loads(cli("outline", "--format", "json", path).stdout)["filename"] == path


def test_an_absolute_path_stays_absolute(cli: Cli) -> None:
    path = str(cli.folder / "crlf.txt")
    assert {f["filename"] for f in findings(cli, path)} == {path}


def test_paths_with_blanks_and_han(cli: Cli) -> None:
    folder = cli.folder / "来稿 一"
    folder.mkdir()
    (folder / "县局：总结（稿）.txt").write_bytes((DRAFTS / "crlf.txt").read_bytes())
    assert {Path(f["filename"]).name for f in findings(cli, "来稿 一")} == {"县局：总结（稿）.txt"}


def test_a_folder_is_walked_without_what_is_hidden(cli: Cli) -> None:
    assert [Path(n).as_posix() for n in sorted({f["filename"] for f in findings(cli, "folder")})] == [
        "folder/one.txt",
        "folder/sub/two.md",
    ]


def test_a_file_that_is_named_is_checked_whatever_its_suffix(cli: Cli) -> None:
    (cli.folder / "draft.text").write_bytes((DRAFTS / "crlf.txt").read_bytes())
    (cli.folder / "draft").write_bytes((DRAFTS / "crlf.txt").read_bytes())
    assert {f["filename"] for f in findings(cli, "draft.text", "draft", "folder/.hidden.txt")} == {
        "draft.text",
        "draft",
        "folder/.hidden.txt",
    }


def test_a_draft_is_checked_once(cli: Cli) -> None:
    once = findings(cli, "folder")
    assert findings(cli, "folder", "folder/one.txt", "folder") == once


def test_standard_input_beside_files(cli: Cli) -> None:
    stdin = (DRAFTS / "crlf.txt").read_bytes()
    assert {f["filename"] for f in findings(cli, "-", "crlf.txt", stdin=stdin)} == {"<stdin>", "crlf.txt"}


def test_the_name_of_standard_input_decides_its_format(cli: Cli) -> None:
    stdin = "一、**重点**XX\n".encode()
    for name, masked in (("a.md", True), ("a.txt", False)):
        out = cli("outline", "--format", "json", "--stdin-filename", name, "-", stdin=stdin).stdout
        assert json.loads(out)["filename"] == name
        assert ("**" not in out) is masked


@pytest.mark.parametrize(
    ("args", "status"),
    [
        ("summary.txt", 1),
        ("clean.txt", 0),
        ("--fail-level error clean.txt", 0),
        ("--fail-level info clean.txt", 0),
        ("--select PUN summary.txt", 1),
        ("--select PUN --fail-level error summary.txt", 0),
        ("--select NUM --fail-level error summary.txt", 1),
        ("--select STR008 briefing.md", 0),
        ("--select STR008 --fail-level info briefing.md", 1),
        ("--fail-level never summary.txt", 0),
        ("--fail-level never nothing.txt", 2),
        ("clean.txt summary.txt", 1),
    ],
)
def test_exit_status(args: str, status: int, cli: Cli) -> None:
    assert cli("check", "--output-format", "concise", *args.split()).status == status


@pytest.mark.parametrize("option", ["--output-format json", "--output-format full", "--statistics", "-q"])
def test_exit_status_whatever_the_form(option: str, cli: Cli) -> None:
    for name, status in (("summary.txt", 1), ("clean.txt", 0), ("nothing.txt", 2)):
        assert cli("check", *option.split(), name).status == status


def test_quiet_says_nothing_but_findings(cli: Cli) -> None:
    loud = cli("check", "--output-format", "concise", "summary.txt").stdout.splitlines()
    quiet = cli("check", "-q", "--output-format", "concise", "summary.txt").stdout.splitlines()
    assert quiet == loud[:-1]
    assert cli("check", "-q", "clean.txt").stdout == ""


def test_json_is_utf8_whatever_the_terminal(cli: Cli) -> None:
    plain = cli.raw("check", "--output-format", "json", "summary.txt").stdout
    for encoding in ("ascii", "gbk"):
        env = {"PYTHONUTF8": "0", "PYTHONIOENCODING": encoding}
        assert cli.raw("check", "--output-format", "json", "summary.txt", env=env).stdout == plain
        assert cli.raw("check", "wide.txt", env=env).returncode == 1
        assert cli.raw("outline", "wide.txt", env=env).returncode == 0
        assert cli.raw("explain", "NUM001", env=env).returncode == 0
        failed = cli.raw("check", "没有.txt", env=env)
        assert (failed.returncode, failed.stderr.count(b"\n")) == (2, 1)


def test_colours(cli: Cli) -> None:
    colour = cli("check", "summary.txt", env={"FORCE_COLOR": "1"}).stdout
    plain = cli("check", "summary.txt").stdout
    assert "\x1b[" in colour
    assert "\x1b" not in plain
    assert cli("check", "summary.txt", env={"FORCE_COLOR": "1", "NO_COLOR": "1"}).stdout == plain
    for form in ("json", "concise"):
        assert "\x1b" not in cli("check", "--output-format", form, "summary.txt", env={"FORCE_COLOR": "1"}).stdout


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_full_output_keeps_to_the_width(width: int, cli: Cli) -> None:
    out = cli("check", "-q", "summary.txt", "long.txt", "wide.txt", env={"COLUMNS": str(width)}).stdout
    for line in out.splitlines():
        assert sum(2 if ord(c) > 0x2E7F else 1 for c in line) <= width


def test_the_mark_stands_below_what_it_marks(cli: Cli) -> None:
    blocks = cli("check", "-q", "--select", "TYP001", "long.txt", "crlf.txt").stdout.split("\n\n")
    for block in filter(str.strip, blocks):
        shown, mark = (line.partition("| ")[2] for line in block.splitlines()[2:4])
        cells = [c for c in shown for _ in range(2 if ord(c) > 0x2E7F else 1)]
        marked = [cells[i] for i, c in enumerate(mark) if c == "^"]
        assert "".join(marked) == "布布署署"


def test_control_characters_never_reach_the_terminal(cli: Cli) -> None:
    (cli.folder / "control.txt").write_bytes("情况\n投入\x1b[31mXX\x1b[0m万元\x07布署。\u202e\n".encode())
    for args in (("check",), ("check", "--output-format", "concise"), ("outline",)):
        out = cli(*args, "control.txt").stdout
        assert not set(out) & {"\x1b", "\x07", "\u202e", "\x00"}


def test_a_closed_pipe_is_no_crash(cli: Cli) -> None:
    (cli.folder / "many.txt").write_text("情况\n" + "投入XX万元。\n" * 20000, encoding="utf-8")
    env = {**os.environ, "REPORTLINT_CACHE_DIR": str(cli.cache)}
    with subprocess.Popen(
        [sys.executable, "-m", "reportlint", "check", "many.txt"],
        cwd=cli.folder,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.read(100)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(30) in (0, 1)


# ------------------------------------------------------------------------------------------------------- odd sizes


def _seconds(cli: Cli, text: str, name: str = "big.txt") -> tuple[float, int]:
    (cli.folder / name).write_bytes(text.encode())
    start = time.perf_counter()
    status = cli.raw("check", "-q", "--output-format", "concise", name, timeout=50).returncode
    return time.perf_counter() - start, status


@pytest.mark.parametrize(
    ("unit", "count"),
    [("统筹推进项目建设，进度明显加快。", 62_500), ("a", 1_000_000), ("12", 500_000)],
    ids=["sentences", "a letter", "digits"],
)
def test_a_line_of_a_million_characters(unit: str, count: int, cli: Cli) -> None:
    seconds, status = _seconds(cli, f"情况\n{unit * count}。\n")
    assert status in (0, 1)
    assert seconds < 15


@pytest.mark.parametrize("blank", [" ", "\u3000", "\t", "\u00a0"])
def test_a_line_of_a_million_blanks(blank: str, cli: Cli) -> None:
    seconds, status = _seconds(cli, f"情况\n{blank * 1_000_000}\n好。\n")
    assert status in (0, 1)
    assert seconds < 10
    seconds, status = _seconds(cli, blank * 1_000_000)
    assert status == 2
    assert seconds < 10


def test_the_finding_in_a_long_line_is_shown_short(cli: Cli) -> None:
    unit = "统筹推进项目建设，进度明显加快。" * 30_000
    (cli.folder / "big.txt").write_text(f"情况\n{unit}布署到位。{unit}\n", encoding="utf-8")
    done = cli("check", "-q", "--select", "TYP001", "big.txt")
    assert "^^^^" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines()) < 100


@pytest.mark.parametrize(
    ("unit", "name"),
    [
        ("…", "a.txt"),
        ("——", "a.txt"),
        ("一是", "a.txt"),
        ("1.", "a.txt"),
        ("①", "a.txt"),
        ("《", "a.txt"),
        ("[", "a.md"),
        ("[甲](", "a.md"),
        ("<!-- ", "a.md"),
        ("`甲", "a.md"),
        ("**甲", "a.md"),
        ("__甲", "a.md"),
    ],
)
def test_what_is_repeated_costs_linear_time(unit: str, name: str, cli: Cli) -> None:
    seconds, _ = _seconds(cli, f"情况\n{unit * (60_000 // len(unit))}\n", name)
    assert seconds < 8


def test_a_paragraph_of_markers_costs_linear_time(cli: Cli) -> None:
    seconds, _ = _seconds(cli, f"情况\n{'（一）' * 20_000}\n")
    assert seconds < 8


def test_marks_that_are_open_at_once_cost_linear_time(cli: Cli) -> None:
    for closing in "）”":
        seconds, _ = _seconds(cli, f"情况\n{'（' * 40_000}好{closing * 40_000}\n")
        assert seconds < 8


def test_bare_headings_beside_inverted_levels_cost_linear_time(cli: Cli) -> None:
    inverted = "（一）抓投资\n一、强化谋划\n谋划一批。\n二、加快建设\n建成一批。\n（二）抓消费\n市场回暖。\n"
    bare = "".join(f"（三）抓外贸{number}号\n" for number in range(20_000))
    seconds, _ = _seconds(cli, f"情况\n{inverted}{bare}")
    assert seconds < 10


# ------------------------------------------------------------------------------------------------- known to be broken


def test_standard_input_is_sorted_by_its_name(cli: Cli) -> None:
    stdin = (DRAFTS / "crlf.txt").read_bytes()
    names = [f["filename"] for f in findings(cli, "--stdin-filename", "z.txt", "-", "crlf.txt", stdin=stdin)]
    assert names == sorted(names)


def test_standard_input_is_read_once(cli: Cli) -> None:
    stdin = (DRAFTS / "crlf.txt").read_bytes()
    assert cli("check", "-", "-", stdin=stdin).status == 1


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="file names are bytes on Linux")
@pytest.mark.parametrize(
    "command", [("check", "--output-format", "json", "."), ("outline", "--format", "json", "\udcff")]
)
def test_a_file_name_that_is_no_unicode(command: tuple[str, ...], cli: Cli) -> None:
    Path(os.fsdecode(os.fsencode(cli.folder) + b"/\xff.txt")).write_bytes((DRAFTS / "crlf.txt").read_bytes())
    done = cli(*(f"{a}.txt" if a == "\udcff" else a for a in command))
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error(cli: Cli) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "reportlint", "check", "summary.txt"],
            cwd=cli.folder,
            env={**os.environ, "REPORTLINT_CACHE_DIR": str(cli.cache)},
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert b"Traceback" not in done.stderr
    assert done.returncode == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_named_pipe_in_a_folder_is_no_draft(cli: Cli) -> None:
    os.mkfifo(cli.folder / "folder" / "pipe.txt")
    assert cli("check", "folder", timeout=2).status in (1, 2)


def test_rules_list_says_all_it_has_to_say(cli: Cli) -> None:
    from reportlint.explanations import all_explanations

    shown = "".join(line.strip() for line in cli("rules", "list").stdout.splitlines())
    for explanation in all_explanations().values():
        assert explanation["what"]["zh"][-10:].replace(" ", "") in shown.replace(" ", "")
