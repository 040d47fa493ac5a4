"""`check --fix`, `--unsafe-fixes` and `--diff`: what is written, and that nothing is lost."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reportlint import fixes
from reportlint.model import ReportlintError
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


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_git_applies_the_diff(cli: Cli, end: str) -> None:
    old = f"周密布署{end}狠抓落实。{end}"
    (cli.folder / "草稿.txt").write_bytes(old.encode())
    patch = cli.raw("check", "-q", "--diff", "草稿.txt").stdout
    subprocess.run(["git", "apply", "-p1", "--whitespace=nowarn"], cwd=cli.folder, input=patch, check=True)
    assert (cli.folder / "草稿.txt").read_bytes() == old.replace("布", "部").encode()


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
