"""Everything that can be wrong with a call, a draft or a pack: exit status 2, one clear line, no traceback."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from reportlint.visible import visible
from tests.cli.helper import BAD_PACKS, Cli, Done, compare, golden


class Case(NamedTuple):
    """A golden file and the command that fails; `english` is Click's part of the message, which is not ours."""

    name: str
    args: tuple[str, ...]
    english: bool = False


def case(name: str, args: str, english: bool = False) -> Case:
    return Case(f"error-{name}", tuple(args.split()), english)


CASES = [
    case("missing-file", "check nothing.txt"),
    case("empty-folder", "check empty"),
    case("binary", "check binary.txt"),
    case("undecodable", "check shift-jis.txt"),
    case("damaged", "check damaged.txt"),
    case("wrong-encoding", "check --encoding utf-8 gb18030.txt"),
    case("empty", "check empty.txt"),
    case("empty-bom", "check bom.txt"),
    case("blank", "check blank.txt"),
    case("blank-json", "check --output-format json blank.txt"),
    case("docx", "check report.docx"),
    case("doc", "check report.doc"),
    case("pdf", "check report.pdf"),
    case("docx-named-txt", "check docx.txt"),
    case("code", "check --select NUM,ZZZ summary.txt"),
    case("ignored-code", "check --ignore NUM0011 summary.txt"),
    case("profile", "check --profile 小说 summary.txt"),
    case("encoding", "check --encoding utf-9 summary.txt"),
    case("no-text-encoding", "check --encoding base64 summary.txt"),
    case("format", "check --output-format xml summary.txt", english=True),
    case("output-nowhere", "check --output-file nowhere/out.json summary.txt"),
    case("output-folder", "check --output-file folder summary.txt"),
    case("output-draft", "check --output-file summary.txt summary.txt"),
    case("output-other-draft", "check --output html=./crlf.txt summary.txt crlf.txt"),
    case("output-no-file", "check --output html summary.txt"),
    case("output-stdout", "check --output html=- summary.txt"),
    case("output-format", "check --output pdf=out.pdf summary.txt"),
    case("output-twice", "check --output json=out --output sarif=./out summary.txt"),
    case("output-statistics", "check --statistics --output-format sarif summary.txt"),
    case("fail-level", "check --fail-level fatal summary.txt", english=True),
    case("language", "check --lang fr summary.txt", english=True),
    case("option", "check --no-such-option summary.txt", english=True),
    case("no-value", "check summary.txt --select", english=True),
    case("command", "chekc summary.txt", english=True),
    case("outline-missing-file", "outline nothing.txt"),
    case("outline-binary", "outline binary.txt"),
    case("outline-format", "outline --format xml summary.txt", english=True),
    case("outline-profile", "outline --profile 小说 summary.txt"),
    case("outline-no-path", "outline", english=True),
    case("explain-code", "explain NUM999"),
    case("explain-short-code", "explain num1"),
    case("explain-family", "explain num"),
    case("explain-nothing-near", "explain 序号"),
    case("explain-no-code", "explain", english=True),
    case("rules-command", "rules lst", english=True),
    case("rules-test-pack", "rules test nothing.yaml"),
]


def _bad_files(folder: Path) -> None:
    (folder / "empty").mkdir()
    (folder / "empty" / "notes.csv").write_text("a,b\n", encoding="utf-8")
    for name, data in (
        ("binary.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00"),
        ("shift-jis.txt", "報告書の概要を以下に示します。".encode("cp932")),
        ("damaged.txt", "一、总体情况\n".encode() + b"\xff\n"),
        ("empty.txt", b""),
        ("bom.txt", b"\xef\xbb\xbf"),
        ("blank.txt", " \t\u3000\r\n\n\u00a0\n".encode()),
        ("report.docx", b"PK\x03\x04\x14\x00\x06\x00"),
        ("docx.txt", b"PK\x03\x04\x14\x00\x06\x00"),
        ("report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("report.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    ):
        (folder / name).write_bytes(data)


def assert_one_line(done: Done, lines: int = 1) -> None:
    assert done.status == 2
    assert "Traceback" not in done.stdout + done.stderr
    assert done.stderr.startswith("reportlint: ")
    assert done.stderr.endswith("\n")
    assert done.stderr.count("\n") == lines


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_an_error_is_one_line(case: Case, cli: Cli) -> None:
    _bad_files(cli.folder)
    done = cli(*case.args)
    assert_one_line(done)
    if case.english:
        assert re.search(r" \([^\n]+\)\n$", done.stderr)
        done = done._replace(stderr=re.sub(r" \(.*\)\n$", " (…)\n", done.stderr))
    golden(case.name, case.args, done)


def test_a_files_error_names_the_file(cli: Cli) -> None:
    _bad_files(cli.folder)
    for name in ("nothing.txt", "empty", "binary.txt", "shift-jis.txt", "empty.txt", "blank.txt", "report.docx"):
        assert cli("check", name).stderr.startswith(f"reportlint: {name}: ")


BAD = ("nothing.txt", "empty", "binary.txt", "shift-jis.txt", "damaged.txt", "empty.txt", "blank.txt", "report.docx")


@pytest.mark.parametrize("form", ["full", "concise", "json", "rdjson"])
def test_the_other_files_are_still_checked(form: str, cli: Cli) -> None:
    _bad_files(cli.folder)
    options = ("check", "-q", "--output-format", form)
    alone = cli(*options, "crlf.txt", "summary.txt")
    assert alone.status == 1
    for paths in (("crlf.txt", *BAD, "summary.txt"), (*BAD, "crlf.txt", "summary.txt")):
        done = cli(*options, *paths)
        assert_one_line(done, lines=len(BAD))
        assert done.stdout == alone.stdout


@pytest.mark.parametrize("bad", BAD)
def test_the_other_file_is_still_checked(bad: str, cli: Cli) -> None:
    _bad_files(cli.folder)
    done = cli("check", "-q", "--output-format", "concise", bad, "crlf.txt")
    assert_one_line(done)
    assert [line.split(": ")[0] for line in done.stdout.splitlines()] == [
        "crlf.txt:4:3",
        "crlf.txt:4:12",
        "crlf.txt:5:1",
    ]


def test_every_bad_file_is_named(cli: Cli) -> None:
    _bad_files(cli.folder)
    done = cli("check", "nothing.txt", "binary.txt", "empty.txt", "crlf.txt")
    assert_one_line(done, lines=3)
    assert "另有 3 处未能检查" in done.stdout
    assert all(f"reportlint: {name}: " in done.stderr for name in ("nothing.txt", "binary.txt", "empty.txt"))


def test_a_bad_file_in_a_folder(cli: Cli) -> None:
    (cli.folder / "folder" / "sub" / "bad.txt").write_bytes(b"\x00\x01")
    done = cli("check", "--output-format", "concise", "folder")
    assert_one_line(done)
    assert done.stdout.count("\n") == 3
    assert done.stderr.startswith(f"reportlint: {os.path.join('folder', 'sub', 'bad.txt')}: ")


@pytest.mark.parametrize("stdin", [b"", b"\x00", b" \n", b"\xff\xff\xff", b"PK\x03\x04"])
def test_bad_standard_input(stdin: bytes, cli: Cli) -> None:
    assert_one_line(done := cli("check", "-", stdin=stdin))
    assert done.stderr.startswith("reportlint: <stdin>: ")
    assert_one_line(done := cli("check", "--stdin-filename", "来稿.txt", "-", stdin=stdin))
    assert done.stderr.startswith("reportlint: 来稿.txt: ")


@pytest.mark.parametrize("stdin", [b"PK\x03\x04\x14\x00", b"%PDF-1.7\n", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_outline_of_an_office_file_says_what_it_is(stdin: bytes, cli: Cli) -> None:
    checked = cli("check", "-", stdin=stdin)
    assert cli("outline", "-", stdin=stdin).stderr == checked.stderr


@pytest.mark.parametrize("name", ["empty.txt", "blank.txt"])
def test_outline_of_an_empty_draft(name: str, cli: Cli) -> None:
    _bad_files(cli.folder)
    assert_one_line(cli("outline", name))


def _unreadable_file(folder: Path) -> str:
    (folder / "secret.txt").write_text("好。", encoding="utf-8")
    (folder / "secret.txt").chmod(0)
    return "secret.txt"


def _broken_link(folder: Path) -> str:
    (folder / "link.txt").symlink_to("nowhere.txt")
    return "link.txt"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs the permissions of POSIX")
@pytest.mark.parametrize("make", [_unreadable_file, _broken_link])
def test_a_file_that_cannot_be_opened(make: Callable[[Path], str], cli: Cli) -> None:
    name = make(cli.folder)
    if name == "secret.txt" and os.geteuid() == 0:
        pytest.skip("root may read every file")
    assert_one_line(done := cli("check", name))
    assert done.stderr.startswith(f"reportlint: {name}: ")


def test_without_a_command_there_is_help(cli: Cli) -> None:
    done = cli()
    assert done.status == 2
    assert all(name in done.stdout for name in ("check", "outline", "explain", "rules"))
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("args", ["--help", "check --help", "outline -h", "explain -h", "rules -h", "--version"])
def test_help_is_no_error(args: str, cli: Cli) -> None:
    done = cli(*args.split())
    assert done.status == 0
    assert done.stdout
    assert not done.stderr


# -------------------------------------------------------------------------------------------------- broken packs

PACKS = sorted(BAD_PACKS.glob("*.yaml"))


@pytest.mark.parametrize("pack", PACKS, ids=[p.stem for p in PACKS])
def test_a_broken_pack(pack: Path, cli: Cli) -> None:
    shutil.copy(pack, cli.folder)
    done = cli("rules", "test", pack.name)
    assert done.status == 2
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    first, *frame = done.stderr.splitlines()
    place = re.match(rf"reportlint: {re.escape(pack.name)}:(\d+):(\d+): \S.* \(.+\)$", first)
    assert place
    row, column = int(place[1]), int(place[2])
    assert 2 <= len(frame) <= 3
    assert frame[-1].lstrip(" |　").strip("^") == ""
    assert frame[-1].count("^") >= 1
    # The frame shows the line that the message names, and the mark stands below the column.
    lines = pack.read_text(encoding="utf-8").split("\n")
    number, _, text = frame[-2].partition(" | ")
    assert (int(number), text) == (row, visible(lines[row - 1]))
    assert frame[-1].partition(" | ")[2].index("^") == len(visible(lines[row - 1][: column - 1]))
    compare(pack.with_suffix(".expected"), done.stderr)


def test_every_expected_message_has_its_pack() -> None:
    assert {p.stem for p in BAD_PACKS.glob("*.expected")} == {p.stem for p in PACKS}
    assert len(PACKS) >= 25


PACK = """\
rules:
  - code: DEM001
    name: demo-rule
    kind: pattern
    severity: warning
    message:
      zh: 不宜写“{text}”
      en: avoid “{text}”
    params:
      patterns:
        - find: 甲乙
    examples:
      - bad: 这里有⟦甲乙⟧。
      - good: 这里没有。
"""


def test_the_pack_that_the_broken_ones_are_made_of_is_good(cli: Cli) -> None:
    (cli.folder / "demo.yaml").write_text(PACK, encoding="utf-8")
    done = cli("rules", "test", "demo.yaml")
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout.startswith("2 个示例，0 个不符")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("⟦甲乙⟧", "⟦甲⟧乙", "应报"),
        ("这里没有", "这里也有甲乙", "应报"),
        ("⟦甲乙⟧。", "⟦甲乙⟧。\n        fixed: 丙", "修正后应为"),
    ],
)
def test_an_example_that_does_not_hold_is_a_finding(old: str, new: str, said: str, cli: Cli) -> None:
    (cli.folder / "demo.yaml").write_text(PACK.replace(old, new), encoding="utf-8")
    done = cli("rules", "test", "demo.yaml")
    assert done.status == 1
    assert re.match(r"reportlint: demo\.yaml:\d+: DEM001: ", done.stderr)
    assert said in done.stderr


CRASHING = {
    "an open brace": ("不宜写“{text}”", "不宜写“{text”"),
    "an attribute of a field": ("不宜写“{text}”", "不宜写“{text.foo}”"),
    "a variant that has no wording": ("- find: 甲乙", "- find: 甲乙\n          variant: soft"),
    "a group that the pattern lacks": ("- find: 甲乙", "- find: 甲乙\n          replace: '\\9'"),
    "an impossible date": ("name: demo-rule", "name: 2026-13-45"),
    "a tag": ("name: demo-rule", "name: !demo rule"),
    "a merge key": ("    kind: pattern", "    <<: {kind: pattern}"),
    "too deep": (PACK, "[" * 3000),
}


@pytest.mark.parametrize("name", CRASHING)
def test_a_broken_pack_never_ends_in_a_traceback(name: str, cli: Cli) -> None:
    old, new = CRASHING[name]
    assert old in PACK
    (cli.folder / "demo.yaml").write_text(PACK.replace(old, new), encoding="utf-8")
    done = cli("rules", "test", "demo.yaml")
    assert done.status == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("reportlint: demo.yaml:")


def test_an_unknown_profile_in_an_example_is_placed(cli: Cli) -> None:
    text = PACK.replace("- good: 这里没有。", "- good: 这里没有。\n        profile: 小说")
    (cli.folder / "demo.yaml").write_text(text, encoding="utf-8")
    assert cli("rules", "test", "demo.yaml").stderr.startswith("reportlint: demo.yaml:14:")


@pytest.mark.parametrize("data", [b"rules: \xe9\n", b"rules: \x00\n"])
def test_a_pack_that_is_no_text_is_placed(data: bytes, cli: Cli) -> None:
    (cli.folder / "demo.yaml").write_bytes(data)
    done = cli("rules", "test", "demo.yaml")
    assert done.status == 2
    assert done.stderr.startswith("reportlint: demo.yaml:1:8: ")


def test_a_folder_is_no_pack(cli: Cli) -> None:
    (cli.folder / "demo.yaml").mkdir()
    assert_one_line(done := cli("rules", "test", "demo.yaml"))
    assert done.stderr.startswith("reportlint: demo.yaml: ")


# --- names that are more than they seem ---

STRANGE = "\x1b[31m红\n::error::行\u202e.txt"
SHOWN = "\\x1b[31m红\\n::error::行\\u202e.txt"


@pytest.mark.skipif(os.name == "nt", reason="no such names")
@pytest.mark.parametrize("form", ["full", "concise", "github"])
def test_a_name_is_shown_not_obeyed(form: str, cli: Cli) -> None:
    (cli.folder / STRANGE).write_text("周密布署。\n", encoding="utf-8")
    done = cli("check", "--output-format", form, f"./{STRANGE}", f"missing/{STRANGE}", "--config", os.devnull)
    assert done.status == 2
    assert SHOWN in done.stdout
    assert f"reportlint: missing/{SHOWN}: " in done.stderr
    for text in (done.stdout, done.stderr):
        assert not set("\x1b\u202e") & set(text)
        assert not any(line.startswith("::error::") for line in text.splitlines())


@pytest.mark.skipif(os.name == "nt", reason="no such names")
def test_names_of_other_files_are_shown_too(cli: Cli) -> None:
    folder = cli.folder / "a\x1bb"
    folder.mkdir()
    (folder / "draft.txt").write_text("周密布署。\n", encoding="utf-8")
    (folder / ".reportlint.yaml").write_text("ingore: PUN\n", encoding="utf-8")
    assert cli("check", "a\x1bb").stderr.startswith("reportlint: a\\x1bb/.reportlint.yaml:1:1: ")
    assert cli("baseline", "--output", "a\x1bb/known.json", "crlf.txt").stdout.startswith("a\\x1bb/known.json：")
    (folder / ".reportlint.yaml").write_text("ignore: PUN\n", encoding="utf-8")
    for command in ("outline", "config show"):
        assert "a\\x1bb" in cli(*command.split(), "a\x1bb/draft.txt").stdout


def test_what_a_draft_holds_is_shown_not_obeyed(cli: Cli) -> None:
    (cli.folder / "draft.txt").write_text("一、总体\x1b情况\n周密布\x1b署，XX\x1b[2Jxx万元。\n", encoding="utf-8")
    for args in ("check --output-format full", "check --output-format concise", "outline"):
        assert "\x1b" not in cli(*args.split(), "draft.txt").stdout


# --- outputs ---


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is full")
@pytest.mark.parametrize("args", ["--output-file /dev/full", "--output json=/dev/full", "--output html=/dev/full"])
def test_a_full_output_is_named(args: str, cli: Cli) -> None:
    done = cli("check", *args.split(), "crlf.txt")
    assert done.status == 2
    assert done.stderr == "reportlint: /dev/full: 无法写入：磁盘已满 (cannot be written: No space left on device)\n"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no device that is full")
@pytest.mark.parametrize("args", ["", "--fix", "--diff", "--output-format json", "--output json=out.json"])
def test_a_full_standard_output_is_named(args: str, cli: Cli) -> None:
    done = cli.to("/dev/full", "check", *args.split(), "crlf.txt")
    assert done.status == 2
    assert done.stderr == "reportlint: 标准输出: 无法写入：磁盘已满 (cannot be written: No space left on device)\n"
    assert ("--fix" in args) is ("部署" in (cli.folder / "crlf.txt").read_text(encoding="utf-8"))


OURS = (".reportlint.yaml", "pyproject.toml", ".reportlint-baseline.json", "known.json", "own.yaml", "base.yaml")


@pytest.mark.parametrize("name", OURS)
def test_an_output_never_takes_the_place_of_what_the_run_is_told_by(name: str, cli: Cli) -> None:
    (cli.folder / "own.yaml").write_text(PACK, encoding="utf-8")
    (cli.folder / "base.yaml").write_text("ignore: PUN\n", encoding="utf-8")
    (cli.folder / "known.json").write_text('{"version": 1, "findings": []}\n', encoding="utf-8")
    text = "extends: base.yaml\npacks: own.yaml\nbaseline: known.json\n"
    (cli.folder / ".reportlint.yaml").write_text(text, encoding="utf-8")
    before = {p.name: p.read_bytes() for p in cli.folder.iterdir() if p.is_file()}
    for args in (("--output", f"json=./{name}"), ("--output-file", name)):
        done = cli("check", "crlf.txt", *args)
        assert_one_line(done)
        assert "不能作输出文件" in done.stderr
    assert {p.name: p.read_bytes() for p in cli.folder.iterdir() if p.is_file()} == before


def test_an_output_never_takes_the_place_of_the_named_configuration(cli: Cli) -> None:
    (cli.folder / "own.yaml").write_text("ignore: PUN\n", encoding="utf-8")
    os.link(cli.folder / "own.yaml", cli.folder / "same.yaml")
    for name in ("own.yaml", "same.yaml"):
        assert_one_line(cli("check", "--config", "own.yaml", "--output", f"json={name}", "crlf.txt"))


@pytest.mark.skipif(os.name == "nt", reason="shells differ")
@pytest.mark.parametrize(("closed", "args"), [("<&-", "check -"), (">&-", "check crlf.txt"), ("2>&-", "check no.txt")])
def test_a_closed_stream_is_no_crash(closed: str, args: str, cli: Cli) -> None:
    command = f"exec '{sys.executable}' -m reportlint {args} {closed}"
    environment = os.environ | {"PYTHONUTF8": "1", "REPORTLINT_CACHE_DIR": str(cli.cache)}
    done = subprocess.run(
        ["sh", "-c", command], cwd=cli.folder, env=environment, stderr=subprocess.PIPE, timeout=60, check=False
    )
    assert done.returncode in (1, 2)
    assert "内部错误" not in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
