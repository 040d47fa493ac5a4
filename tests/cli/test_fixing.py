"""`check --fix`, `--unsafe-fixes` and `--diff`: what is written, and that nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportlint import fixes
from reportlint.model import ReportlintError
from reportlint.replacing import Replacement
from tests.cli.helper import Cli

WRONG = "周密布署，狠抓落实。\n全面完成任务,取得实效。\n一是抓开工。二是抓进度。四是抓竣工。\n"
SAFE = "周密部署，狠抓落实。\n全面完成任务，取得实效。\n一是抓开工。二是抓进度。四是抓竣工。\n"
ALL = SAFE.replace("四是", "三是")
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "gb18030"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_only_the_edits_change_in_any_encoding(cli: Cli, encoding: str, end: str) -> None:
    draft = cli.folder / "draft.txt"
    draft.write_bytes(WRONG.replace("\n", end).encode(encoding))
    done = cli("check", "--fix", "-q", "--output-format", "concise", "draft.txt")
    assert draft.read_bytes() == SAFE.replace("\n", end).encode(encoding)
    assert done.status == 1
    assert "NUM001" in done.stdout
    assert "TYP001" not in done.stdout


def test_all_fixes(cli: Cli) -> None:
    (cli.folder / "draft.txt").write_text(WRONG, encoding="utf-8")
    done = cli("check", "--unsafe-fixes", "draft.txt")
    assert (cli.folder / "draft.txt").read_text(encoding="utf-8") == ALL
    assert done.status == 0
    assert done.stdout == "已改正 1 个文件中的 3 处。检查 1 个文件，未发现问题。\n"


def test_nothing_to_mend_is_said_so(cli: Cli) -> None:
    (cli.folder / "draft.txt").write_text("周密部署，狠抓落实。\n", encoding="utf-8")
    said = cli("check", "--fix", "draft.txt").stdout
    assert said == "没有可自动改正的问题。检查 1 个文件，未发现问题。\n"
    assert cli("check", "--diff", "--lang", "en", "draft.txt").stderr == "Nothing to mend. \n"


def test_a_diff_shows_and_writes_nothing(cli: Cli) -> None:
    (cli.folder / "draft.txt").write_text(WRONG, encoding="utf-8")
    done = cli("check", "--diff", "draft.txt")
    assert (cli.folder / "draft.txt").read_text(encoding="utf-8") == WRONG
    assert done.status == 1
    assert done.stdout.splitlines()[:6] == [
        "--- a/draft.txt",
        "+++ b/draft.txt",
        "@@ -1,3 +1,3 @@",
        "-周密布署，狠抓落实。",
        "-全面完成任务,取得实效。",
        "+周密部署，狠抓落实。",
    ]
    assert "-四是" not in done.stdout
    assert "三是抓竣工" in cli("check", "--diff", "--unsafe-fixes", "draft.txt").stdout
    (cli.folder / "draft.txt").write_text(ALL, encoding="utf-8")
    assert cli("check", "--diff", "draft.txt").status == 0


PROGRAMS = {"git": ["git", "apply", "-p1", "--whitespace=nowarn"], "patch": ["patch", "-p1", "-s"]}
NAMES = [
    "-n 报告 (终稿).txt",
    "tab\there.txt",
    'quo"te.txt',
    "new\nline.txt",
    "a\\b.txt",
    "\x1b[1m.txt",
    " a .txt",
]


def _assert_applies(cli: Cli, program: str, name: str, data: bytes, path: str, *options: str) -> None:
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed")
    (cli.folder / name).write_bytes(data)
    patch = cli.raw("check", "-q", "--diff", *options, path).stdout
    subprocess.run(PROGRAMS[program], cwd=cli.folder, input=patch, check=True)
    patched = (cli.folder / name).read_bytes()
    (cli.folder / name).write_bytes(data)
    cli("check", "--fix", *options, path)
    assert data != patched == (cli.folder / name).read_bytes()


@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", ""])
def test_a_diff_is_a_patch_in_the_bytes_of_the_draft(cli: Cli, program: str, encoding: str, end: str) -> None:
    text = WRONG + "上下一心，再上新台阶。\n"  # 上 holds the byte of a line break in UTF-16
    data = (text.replace("\n", end) if end else text[:-1]).encode(encoding)
    _assert_applies(cli, program, "草稿.txt", data, "草稿.txt")


@pytest.mark.skipif(os.name == "nt", reason="no such names")
@pytest.mark.parametrize("program", PROGRAMS)
@pytest.mark.parametrize("name", [*NAMES, os.fsdecode(b"\xff.txt")])
def test_a_diff_is_a_patch_whatever_the_name(cli: Cli, program: str, name: str) -> None:
    _assert_applies(cli, program, name, WRONG.encode(), f"./{name}")


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_diff_of_an_absolute_path_and_of_a_link(cli: Cli, program: str) -> None:
    _assert_applies(cli, program, "a b.txt", WRONG.encode(), str(cli.folder / "a b.txt"))
    (cli.folder / "link.txt").symlink_to("real.txt")
    _assert_applies(cli, program, "real.txt", WRONG.encode(), "link.txt")


def test_a_diff_of_a_file_elsewhere_is_seen_from_the_root(cli: Cli) -> None:
    (cli.folder.parent / "a.txt").write_text(WRONG, encoding="utf-8")
    header = cli("check", "-q", "--diff", "../a.txt").stdout.splitlines()[0]
    assert header == f"--- a{os.path.realpath(cli.folder.parent / 'a.txt')}"


def test_standard_input_goes_mended_to_standard_output(cli: Cli) -> None:
    done = cli.raw("check", "--fix", "--output-format", "concise", "-", stdin=WRONG.encode("gb18030"))
    assert done.stdout == SAFE.encode("gb18030")
    assert "NUM001" in done.stderr.decode()


def test_permissions_and_links_stay(cli: Cli) -> None:
    real, link = cli.folder / "real.txt", cli.folder / "link.txt"
    real.write_text(WRONG, encoding="utf-8")
    real.chmod(0o640)
    link.symlink_to(real.name)
    cli("check", "--fix", "link.txt")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == SAFE
    assert real.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(not hasattr(os, "link"), reason="no hard links")
def test_a_hard_link_keeps_the_old_content_and_that_is_said(cli: Cli) -> None:
    draft, other = cli.folder / "draft.txt", cli.folder / "other.txt"
    draft.write_text(WRONG, encoding="utf-8")
    os.link(draft, other)
    done = cli("check", "--fix", "draft.txt")
    assert "reportlint: draft.txt: 另有硬链接" in done.stderr
    assert (draft.read_text(encoding="utf-8"), other.read_text(encoding="utf-8")) == (SAFE, WRONG)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names")
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(ReportlintError, match="不是普通文件"):
        fixes.write(str(tmp_path / "pipe.txt"), b"mended", b"old")
    with pytest.raises(OSError, match="不是普通文件"):
        Replacement(os.devnull)


def test_what_the_encoding_lacks_is_not_written(cli: Cli) -> None:
    draft = cli.folder / "draft.txt"
    old = "布署工作--狠抓落实。".encode("gb2312")
    draft.write_bytes(old)
    done = cli("check", "--fix", "--encoding", "gb2312", "draft.txt")
    assert done.status == 2
    assert done.stderr == "reportlint: draft.txt: gb2312 编码中没有“—”，未修改 (cannot be encoded)\n"
    assert draft.read_bytes() == old
    cli("check", "--fix", "draft.txt")
    assert draft.read_bytes() == "部署工作——狠抓落实。".encode("gb18030")


def test_a_file_that_changed_meanwhile_is_left_alone(tmp_path: Path) -> None:
    draft = tmp_path / "draft.txt"
    draft.write_bytes(b"new")
    with pytest.raises(ReportlintError, match="已被改动"):
        fixes.write(str(draft), b"mended", b"old")
    assert draft.read_bytes() == b"new"
    assert fixes.write(str(draft), b"new", b"old") == 0  # by another run, which did the same
    assert [p.name for p in tmp_path.iterdir()] == ["draft.txt"]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_may_not_be_written_is_an_error(cli: Cli) -> None:
    (cli.folder / "draft.txt").write_text(WRONG, encoding="utf-8")
    cli.folder.chmod(0o500)
    try:
        done = cli("check", "--fix", "draft.txt")
    finally:
        cli.folder.chmod(0o700)
    assert done.status == 2
    assert "无法写入" in done.stderr


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal")
def test_killed_at_any_moment_it_leaves_the_old_or_the_new(cli: Cli) -> None:
    old, new = {}, {}
    for n in range(40):
        old[f"{n}.txt"] = f"{n} 号文稿。{WRONG}" * 20
        new[f"{n}.txt"] = f"{n} 号文稿。{SAFE}" * 20
    folder = cli.folder / "many"
    folder.mkdir()
    states = set()
    for delay in (0, 0, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05):
        for name, text in old.items():
            (folder / name).write_text(text, encoding="utf-8")
        env = os.environ | {"REPORTLINT_CACHE_DIR": str(cli.cache)}
        command = [sys.executable, "-m", "reportlint", "check", "--fix", "-q", "--ignore", "CON,NUM", str(folder)]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env) as process:
            # The first of the drafts is mended: it is at work, however long it took to start.
            while process.poll() is None and (folder / "0.txt").read_text(encoding="utf-8") == old["0.txt"]:
                time.sleep(0.001)
            time.sleep(delay)
            process.send_signal(signal.SIGKILL)
        found = {p.name: p.read_text(encoding="utf-8") for p in folder.glob("*.txt")}
        assert set(found) == set(old)
        for name, text in found.items():
            assert text in (old[name], new[name])
            states.add(text == new[name])
    assert states == {True, False}, "no run was killed in the middle"


# --- a run that is ended ---


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no such signals")
@pytest.mark.parametrize("number", ["SIGTERM", "SIGINT", "SIGHUP"])
def test_a_run_that_is_ended_leaves_nothing_beside_the_drafts(tmp_path: Path, number: str) -> None:
    (tmp_path / "draft.txt").write_bytes(b"old")
    code = (
        "import sys, time\n"
        "from reportlint.replacing import Replacement\n"
        "with Replacement(sys.argv[1]) as new:\n"
        "    new.file.write(b'half')\n"
        "    new.complete()\n"
        "    print('here', flush=True)\n"
        "    time.sleep(60)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "draft.txt")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        process.stdout.readline()
        assert len(list(tmp_path.iterdir())) == 2
        process.send_signal(getattr(signal, number))
        assert process.wait(30) != 0
    assert [(p.name, p.read_bytes()) for p in tmp_path.iterdir()] == [("draft.txt", b"old")]


def test_what_a_killed_run_has_left_is_taken_away(cli: Cli) -> None:
    names = {".reportlint-1-dead.tmp": 60, ".reportlint-1-fresh.tmp": 0, ".reportlint-1.txt": 60, "mine.tmp": 60}
    for name, age in names.items():
        (cli.folder / name).write_bytes(b"half")
        os.utime(cli.folder / name, (time.time() - age,) * 2)
    (cli.folder / "draft.txt").write_text(WRONG, encoding="utf-8")
    cli("check", "draft.txt")
    assert all((cli.folder / name).exists() for name in names)
    with Replacement(str(cli.folder / "live.txt")) as live:
        [written] = [p for p in cli.folder.glob(".reportlint-*.tmp") if str(os.getpid()) in p.name]
        os.utime(written, (time.time() - 60,) * 2)
        cli("check", "--fix", "draft.txt")
        live.put()
    assert (cli.folder / "live.txt").exists()
    assert {name for name in names if (cli.folder / name).exists()} == set(names) - {".reportlint-1-dead.tmp"}


@pytest.mark.skipif(os.name == "nt", reason="pipes are other things there")
@pytest.mark.parametrize("stderr", ["open", "closed"])
def test_nobody_reading_the_findings_stops_no_fix(cli: Cli, stderr: str) -> None:
    folder = cli.folder / "many"
    folder.mkdir()
    for n in range(30):
        (folder / f"{n}.txt").write_text(WRONG * 30, encoding="utf-8")
    (folder / "bad.txt").write_bytes(b"\0")
    command = [sys.executable, "-m", "reportlint", "check", "--fix", "--ignore", "CON,NUM", str(folder), "missing.txt"]
    reading, writing = os.pipe()
    os.close(reading)
    env = os.environ | {"REPORTLINT_CACHE_DIR": str(cli.cache), "COLUMNS": "80"}
    try:
        subprocess.run(
            command, env=env, stdout=writing, stderr=writing if stderr == "closed" else None, timeout=60, check=False
        )
    finally:
        os.close(writing)
    assert [p.name for p in folder.glob("*.txt") if "布署" in p.read_text(encoding="utf-8")] == []


@pytest.mark.skipif(os.name == "nt", reason="pipes are other things there")
def test_nobody_reading_the_findings_stops_no_other_output(cli: Cli) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    env = os.environ | {"REPORTLINT_CACHE_DIR": str(cli.cache)}
    command = [sys.executable, "-m", "reportlint", "check", "--output", "json=out.json", "crlf.txt", "summary.txt"]
    try:
        subprocess.run(command, env=env, cwd=cli.folder, stdout=writing, timeout=60, check=False)
    finally:
        os.close(writing)
    assert {f["filename"] for f in json.loads((cli.folder / "out.json").read_bytes())} == {"crlf.txt", "summary.txt"}
