"""Configuration, exclusion and baselines as the command line has them."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from reportlint.checks import KINDS
from reportlint.configkeys import KEYS
from tests.cli.helper import Cli

SLIP = "今年以来，我局周密布署，狠抓落实。\n"


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def empty(cli: Cli) -> Cli:
    """The command in a folder of its own, which is a repository."""
    cli.folder = cli.folder / "empty"
    (cli.folder / ".git").mkdir(parents=True)
    return cli


def checked(cli: Cli, *args: str) -> list[str]:
    """The drafts in which a run found the slip."""
    done = cli("check", "-q", "--select", "TYP001", "--output-format", "json", *args)
    return sorted(f["filename"].replace("\\", "/") for f in json.loads(done.stdout or "[]"))


# ---------------------------------------------------------------------------------------------------- what is left out


def test_what_git_ignores_is_not_walked(empty: Cli) -> None:
    names = ("a.txt", "b.tmp.txt", "out/c.txt", "sub/d.txt", "sub/e.md", "sub/keep.tmp.txt", "sub/in/f.txt")
    write(empty.folder, dict.fromkeys(names, SLIP))
    assert checked(empty) == sorted(names)
    write(empty.folder, {".gitignore": "# drafts\n*.tmp.txt\nout/\n", "sub/.gitignore": "!keep.tmp.txt\n/*.md\nin\n"})
    assert checked(empty) == ["a.txt", "sub/d.txt", "sub/keep.tmp.txt"]
    # The files above a folder hold in it too, up to the root of the repository.
    assert checked(empty, "sub") == ["sub/d.txt", "sub/keep.tmp.txt"]
    # What is named is checked.
    assert checked(empty, "b.tmp.txt", "out", "sub/e.md") == ["b.tmp.txt", "out/c.txt", "sub/e.md"]


def test_a_gitignore_above_the_repository_does_not_count(empty: Cli) -> None:
    write(empty.folder, {".gitignore": "*.txt\n", "own/a.txt": SLIP})
    assert checked(empty, "own") == []
    (empty.folder / "own" / ".git").mkdir()
    assert checked(empty, "own") == ["own/a.txt"]


def test_excluded_drafts(empty: Cli) -> None:
    write(empty.folder, dict.fromkeys(("a.txt", "存档/b.txt", "sub/存档/c.txt", "sub/d.txt"), SLIP))
    write(
        empty.folder, {".reportlint.yaml": "exclude: [存档/]\n", "sub/.reportlint.yaml": "exclude: ['!存档/', d.txt]\n"}
    )
    assert checked(empty) == ["a.txt", "sub/存档/c.txt"]
    assert checked(empty, "存档/b.txt", "sub/d.txt", "a.txt") == ["a.txt", "sub/d.txt", "存档/b.txt"]
    assert checked(empty, "--force-exclude", "存档/b.txt", "sub/d.txt", "a.txt") == ["a.txt"]
    assert checked(empty, "存档") == ["存档/b.txt"]
    assert checked(empty, "--isolated") == ["a.txt", "sub/d.txt", "sub/存档/c.txt", "存档/b.txt"]


def test_a_folder_of_which_all_is_excluded(empty: Cli) -> None:
    write(empty.folder, {"a.txt": SLIP, ".reportlint.yaml": "exclude: '*.txt'\n"})
    done = empty("check")
    assert done.status == 2
    assert "都被 exclude 或 .gitignore 排除" in done.stderr
    done = empty("check", "--force-exclude", "a.txt")
    assert (done.status, done.stderr) == (0, "")


# ------------------------------------------------------------------------------------------------------- what holds


def test_every_draft_has_its_own_settings(empty: Cli) -> None:
    write(empty.folder, {"a.txt": SLIP, "sub/b.txt": SLIP, "sub/述职.txt": SLIP, "off/c.txt": SLIP})
    write(empty.folder, {".reportlint.yaml": "severity: {TYP001: info}\nlanguage: en\nselect: TYP\n"})
    write(empty.folder, {"sub/.reportlint.yaml": "severity: {TYP001: warning}\nlanguage: zh\n"})
    write(empty.folder, {"off/.reportlint.yaml": "ignore: TYP\n"})
    done = empty("check", "--output-format", "concise")
    lines = done.stdout.splitlines()
    assert [line.split(" ")[2] for line in lines[:-1]] == ["info", "warning", "warning"]
    assert "布署” should be" in lines[0] or "should" in lines[0]
    assert "应为" in lines[1]
    assert lines[-1].startswith("3 problem(s)")
    assert done.status == 1
    assert empty("check", "-q", "a.txt", "off").status == 0


def test_the_fail_level_is_that_of_each_draft(empty: Cli) -> None:
    write(empty.folder, {"a/a.txt": SLIP, "b/b.txt": SLIP, "a/.reportlint.yaml": "fail-level: never\n"})
    assert empty("check", "-q", "a").status == 0
    assert empty("check", "-q", "a", "b").status == 1
    assert empty("check", "-q", "--fail-level", "error", "a").status == 1


def test_standard_input_is_where_its_name_says(empty: Cli) -> None:
    write(empty.folder, {"sub/.reportlint.yaml": "ignore: TYP\n"})
    stdin = SLIP.encode()
    assert empty("check", "-q", "-", stdin=stdin).status == 1
    assert empty("check", "-q", "--stdin-filename", "sub/a.txt", "-", stdin=stdin).status == 0


def test_a_code_of_a_pack_may_be_selected(empty: Cli) -> None:
    pack = (
        "rules:\n- code: OWN001\n  name: own\n  kind: pattern\n  severity: error\n"
        '  message: {zh: "不宜写“{text}”", en: "avoid “{text}”"}\n'
        "  params: {patterns: [{find: 狠抓}]}\n  examples: [{bad: ⟦狠抓⟧。}, {good: 好。}]\n"
    )
    write(empty.folder, {"a/a.txt": SLIP, "b/b.txt": SLIP, "a/own.yaml": pack, "a/.reportlint.yaml": "packs: own.yaml"})
    done = empty("check", "--select", "OWN001", "--output-format", "concise")
    assert done.stdout.splitlines()[0] == f"a{os.sep}a.txt:1:13: OWN001 error 不宜写“狠抓”"
    assert done.status == 1
    assert "2 个文件" in done.stdout
    done = empty("check", "--select", "OWN001", "b")
    assert (done.status, done.stdout) == (2, "")
    assert "OWN001" in done.stderr


def test_remarks_on_comments(empty: Cli) -> None:
    write(
        empty.folder,
        {"a.md": f"<!-- reportlint-disable-next-line TYP001 ZZZ -->\n{SLIP}<!-- reportlint-disable-fiel -->\n"},
    )
    done = empty("check", "--output-format", "concise", "--profile", "general")
    assert done.status == 0
    assert done.stderr == (
        "reportlint: a.md:1:1: 没有规则与“ZZZ”相符 (no such rule)\n"
        "reportlint: a.md:3:1: 未知的注释“reportlint-disable-fiel”，是否为“disable-file”？ (unknown comment)\n"
    )
    assert empty("check", "-q", "--profile", "general").stderr == ""


# --------------------------------------------------------------------------------------------------------- baseline


def test_a_baseline_and_after(empty: Cli) -> None:
    write(empty.folder, {"a.txt": SLIP, "sub/b.txt": SLIP})
    options = ("--profile", "general")
    assert empty("check", *options).status == 1
    done = empty("baseline")
    assert (done.status, done.stdout) == (0, ".reportlint-baseline.json：记有 2 个问题\n")
    done = empty("check", *options)
    assert (done.status, done.stderr) == (0, "")
    assert done.stdout == "检查 2 个文件，未发现问题；基线中已有的 2 个未列出。\n"
    assert empty("check", "--lang", "en", "sub").stdout == (
        "No problems in 1 file(s); 1 known from the baseline left out.\n"
    )
    assert empty("check", "--no-baseline", *options).status == 1
    # An equal slip more is new; one that was mended is stale.
    write(empty.folder, {"a.txt": "\n另一段文字。\n" + SLIP + "下半年要抓紧布署。\n", "sub/b.txt": "好。\n"})
    done = empty("check", "--output-format", "concise", *options)
    assert done.status == 1
    assert done.stdout.splitlines()[0].startswith("a.txt:4:7: TYP001")
    assert done.stderr == (
        "reportlint: .reportlint-baseline.json: 基线中有 1 个问题已不存在，"
        "可用 reportlint baseline --prune 清理 (stale entries)\n"
    )
    done = empty("baseline", "--prune")
    assert done.stdout == ".reportlint-baseline.json：记有 1 个问题，删去 1 个已不存在的\n"
    done = empty("check", "-q", *options)
    assert (done.status, done.stderr) == (1, "")
    assert empty("baseline", "sub").stdout == ".reportlint-baseline.json：记有 1 个问题\n"
    assert empty("baseline").stdout == ".reportlint-baseline.json：记有 2 个问题\n"
    assert empty("check", "-q").status == 0


def test_a_baseline_elsewhere(empty: Cli) -> None:
    write(empty.folder, {"a.txt": SLIP, "sub/b.txt": SLIP})
    done = empty("baseline", "--output", "known/k.json", "--lang", "en")
    assert done.status == 2
    (empty.folder / "known").mkdir()
    done = empty("baseline", "--output", "known/k.json", "--lang", "en")
    assert done.stdout.splitlines() == [
        "known/k.json: 2 known finding(s)",
        "To use it: reportlint check --baseline known/k.json, or baseline: known/k.json in .reportlint.yaml",
    ]
    assert '"file": "../sub/b.txt"' in (empty.folder / "known" / "k.json").read_text(encoding="utf-8")
    assert empty("check", "-q").status == 1
    assert empty("check", "-q", "--baseline", "known/k.json").status == 0
    write(empty.folder, {"sub/.reportlint.yaml": "baseline: ../known/k.json\n"})
    assert empty("check", "-q", "sub").status == 0
    assert empty("check", "-q", "a.txt").status == 1


def test_a_baseline_forgets_files_that_are_gone(empty: Cli) -> None:
    write(empty.folder, {"a.txt": SLIP, "b.txt": SLIP})
    empty("baseline")
    (empty.folder / "b.txt").unlink()
    assert "删去 1 个" in empty("baseline", "a.txt").stdout


@pytest.mark.parametrize("args", ["check --baseline no.json", "baseline --prune", "baseline -", "baseline nothing.txt"])
def test_wrong_uses_of_a_baseline(args: str, empty: Cli) -> None:
    write(empty.folder, {"a.txt": SLIP})
    done = empty(*args.split())
    assert done.status == 2
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_same_findings_make_the_same_baseline(empty: Cli) -> None:
    write(empty.folder, {"b.txt": SLIP * 2, "a.txt": SLIP})
    empty("baseline")
    path = empty.folder / ".reportlint-baseline.json"
    first = path.read_bytes()
    empty("baseline")
    assert path.read_bytes() == first
    path.write_bytes(first.replace(b"\n", b"\r\n"))
    assert empty("check", "-q").status == 0


# ------------------------------------------------------------------------------------------------- init and schemas


def test_init_writes_once(empty: Cli) -> None:
    assert empty("init").stdout == "已写出 .reportlint.yaml\n"
    path = empty.folder / ".reportlint.yaml"
    text = path.read_text(encoding="utf-8")
    done = empty("init")
    assert done.status == 2
    assert done.stderr.startswith("reportlint: .reportlint.yaml: 已有配置文件")
    assert path.read_text(encoding="utf-8") == text
    write(empty.folder, {"sub/.reportlint.yml": ""})
    assert empty("init", "sub").status == 2
    assert empty("init", "nowhere").status == 2
    write(empty.folder, {"a.txt": "好。\n"})
    assert empty("check", "-q", "a.txt").status == 0


def test_the_schemas_name_what_there_is(cli: Cli) -> None:
    config: dict[str, Any] = json.loads(cli("config", "schema").stdout)
    assert list(config["properties"]) == list(KEYS)
    assert config["additionalProperties"] is False
    assert "NUM001" in config["definitions"]["code"]["anyOf"][0]["enum"]
    assert "述职报告" in config["definitions"]["profile"]["enum"]
    pack: dict[str, Any] = json.loads(cli("rules", "schema").stdout)
    rule = pack["definitions"]["rule"]
    assert rule["properties"]["kind"]["enum"] == list(KINDS)
    for case, kind in zip(rule["allOf"], KINDS.values(), strict=True):
        assert list(case["then"]["properties"]["params"]["properties"]) == list(kind.params)


def test_config_show_keeps_to_the_width(empty: Cli) -> None:
    write(empty.folder, {"很长的文件夹名称/很长的子文件夹名称/.reportlint.yaml": "accept: [" + "甲乙丙丁" * 30 + "]\n"})
    done = empty("config", "show", "很长的文件夹名称/很长的子文件夹名称/a.txt")
    assert done.status == 0
    from reportlint.render.terminal import text_width

    assert max(map(text_width, done.stdout.splitlines()[3:])) <= 80


def test_a_configuration_that_was_read_before_is_read_again_when_it_changes(empty: Cli) -> None:
    write(empty.folder, {"a.txt": SLIP, ".reportlint.yaml": "extends: base.yaml\n", "base.yaml": "ignore: NUM\n"})
    assert [empty("check", "-q").status for _ in range(2)] == [1, 1]
    write(empty.folder, {"base.yaml": "ignore: [NUM, TYP]\n"})
    assert empty("check", "-q").status == 0
    write(empty.folder, {".reportlint.yaml": "ignore: TYP\nexclude: b.txt\n", "b.txt": "一、好。\n三、好。\n"})
    assert [empty("check", "-q").status for _ in range(2)] == [0, 0]
    write(empty.folder, {".reportlint.yaml": "extends: base.yaml\nignore: [NUM, TPY]\n"})
    assert [empty("check", "-q").status for _ in range(2)] == [2, 2]
    write(empty.folder, {".reportlint.yaml": "extends: base.yaml\n"})
    assert empty("check", "-q").status == 0
    (empty.folder / "base.yaml").unlink()
    assert "base.yaml (no such file)" in empty("check", "-q").stderr


def test_what_was_read_before_is_placed_from_where_we_are(empty: Cli) -> None:
    write(empty.folder, {"sub/a.txt": SLIP, ".reportlint.yaml": "ignore: [NUM, TPY]\n"})
    for _ in range(2):
        assert empty("check", "-q", "sub").stderr.startswith("reportlint: .reportlint.yaml:1:15: ")
    empty.folder = empty.folder / "sub"
    for _ in range(2):
        assert empty("check", "-q").stderr.startswith(f"reportlint: ..{os.sep}.reportlint.yaml:1:15: ")


# ------------------------------------------------------------------------------------------------- packs of one's own

OWN = """\
rules:
  - code: OWN001
    name: own-rule
    kind: pattern
    severity: warning
    message: {zh: "不宜写“{text}”", en: "avoid “{text}”"}
    params: {patterns: [{find: 甲乙}]}
    examples: [{bad: 有⟦甲乙⟧。}, {good: 没有。}]
"""
BROKEN = OWN.replace("find: 甲乙", "find: (甲乙")


def test_rules_of_ones_own_are_explained_and_listed(empty: Cli) -> None:
    write(empty.folder, {".reportlint.yaml": "packs: own.yaml\n", "own.yaml": OWN})
    for name in ("OWN001", "own1", "own-rule"):
        done = empty("explain", name)
        assert (done.status, "是否为“OWN001”" in done.stderr) == ((2, True) if name == "own1" else (0, False))
    assert "不宜写“……”" in empty("explain", "OWN001").stdout
    assert "不宜写“……”" in empty("rules", "list").stdout
    assert "⟦甲乙⟧" in empty("explain", "OWN001", "--lang", "en").stdout
    assert "OWN001" in empty("rules", "list").stdout
    assert {"OWN001", "NUM001"} < {
        r["code"] for r in json.loads(empty("rules", "list", "--output-format", "json").stdout)
    }
    (empty.folder / ".reportlint.yaml").rename(empty.folder / "named.yaml")
    assert empty("explain", "OWN001").status == 2
    assert empty("explain", "OWN001", "--config", "named.yaml").status == 0
    assert "OWN001" in empty("rules", "list", "--config", "named.yaml").stdout


def test_a_folder_of_packs_is_tested_as_it_is_read(empty: Cli) -> None:
    files = {
        "packs/own.yaml": OWN,
        "packs/.reportlint.yaml": "packs: [own.yaml]\n",
        ".reportlint.yaml": "packs: packs\n",
    }
    write(empty.folder, {**files, "a.txt": SLIP})
    assert empty("rules", "test", "packs").stdout == "2 个示例，0 个不符 (2 examples, 0 failed)\n"
    assert "OWN001" in empty("rules", "list").stdout
    (empty.folder / "none").mkdir()
    assert empty("rules", "test", "none").status == 2


def test_a_broken_pack_is_said_where_it_matters(empty: Cli) -> None:
    write(empty.folder, {".reportlint.yaml": "packs: own.yaml\n", "own.yaml": BROKEN, "a.txt": SLIP})
    place = "reportlint: own.yaml:7:32: "
    assert empty("explain", "NUM001").status == 0
    for args in (
        "explain OWN001",
        "rules list",
        "check a.txt",
        "check --select OWN a.txt",
        "check --ignore OWN001 a.txt",
    ):
        done = empty(*args.split())
        assert done.status == 2
        assert done.stderr.startswith(place)
        assert done.stderr.count("reportlint: ") == 1


def test_unknown_codes_are_said_beside_other_mistakes(empty: Cli) -> None:
    config = "packs: own.yaml\ningore: PUN\nselect: [OWN, QQQ]\n"
    write(empty.folder, {".reportlint.yaml": config, "own.yaml": OWN, "a.txt": SLIP})
    write(empty.folder, {"sub/.reportlint.yaml": "ignroe: PUN\nselect: [OWN, RRR]\n", "sub/a.txt": SLIP})
    own = ["未知的键“ingore”", "没有规则与“QQQ”相符"]
    below = ["未知的键“ignroe”", "没有规则与“RRR”相符"]
    for args, wanted in (
        ("check a.txt", own),
        ("check --config .reportlint.yaml a.txt", own),
        ("check sub", [*below, *own]),
        ("check --select SSS,OWN --ignore TTT --profile 小说 a.txt", [*own, "“SSS”", "“TTT”", "没有名为“小说”的文种"]),
        ("check --isolated --select SSS,TTT a.txt", ["“SSS”", "“TTT”"]),
    ):
        done = empty(*args.split())
        assert done.status == 2
        said = done.stderr.split("reportlint: ")[1:]
        assert len(said) == len(wanted)
        assert all(any(w in s for s in said) for w in wanted)
    write(empty.folder, {"own.yaml": BROKEN})
    said = empty("check", "--select", "OWN,SSS", "a.txt").stderr.split("reportlint: ")[1:]
    assert [s.split(": ")[0] for s in said] == [
        ".reportlint.yaml:2:1",
        "own.yaml:7:32",
        ".reportlint.yaml:3:15",
        "没有规则与“SSS”相符，见 reportlint rules list (no such rule)\n",
    ]


# ------------------------------------------------------------------------------------------------ what a baseline knows


def test_a_baseline_tells_which_part_is_missing(empty: Cli) -> None:
    text = "某县交通局2025年工作总结\n一、主要工作完成情况\n修建农村公路12公里。\n{}"
    write(empty.folder, {"a.txt": text.format("")})
    missing = ("check", "--select", "STR002", "--output-format", "json", "a.txt")
    both = json.loads(empty(*missing).stdout)
    assert len(both) == 2
    empty("baseline")
    known = json.loads((empty.folder / ".reportlint-baseline.json").read_bytes())
    parts = [f["text"] for f in known["findings"] if f["code"] == "STR002"]
    assert len(set(parts)) == 2
    assert all(parts)
    # One of the two is known: the other is new, whichever it is.
    for part in parts:
        kept = [f for f in known["findings"] if f["code"] != "STR002" or f["text"] == part]
        (empty.folder / "known.json").write_text(json.dumps({"version": 1, "findings": kept}), encoding="utf-8")
        [new] = json.loads(empty(*missing, "--baseline", "known.json").stdout)
        assert new in both
    # As baselines were written before.
    old = [f | {"text": ""} for f in known["findings"] if f["code"] == "STR002"]
    (empty.folder / "known.json").write_text(json.dumps({"version": 1, "findings": old}), encoding="utf-8")
    assert json.loads(empty(*missing, "--baseline", "known.json").stdout) == []


def test_a_habit_stays_known_when_its_first_place_is_mended(empty: Cli) -> None:
    lines = [f"今年以来第{n},我们抓好落实工作第{n}项。\n" for n in "一二三四五六七八"]
    write(empty.folder, {"a.txt": "".join(lines)})
    args = ("check", "--select", "PUN001", "--output-format", "json", "a.txt")
    assert len(json.loads(empty(*args).stdout)) == 1
    empty("baseline")
    assert json.loads(empty(*args).stdout) == []
    write(empty.folder, {"a.txt": "".join([lines[0].replace(",", "，"), "新的一段。\n", *lines[1:]])})
    assert json.loads(empty(*args).stdout) == []


def test_entries_of_a_deleted_file_are_reported_and_pruned(empty: Cli) -> None:
    write(empty.folder, {"a.txt": SLIP, "b.txt": SLIP})
    empty("baseline")
    assert "已不存在" not in empty("check", "a.txt").stderr
    (empty.folder / "b.txt").unlink()
    assert "基线中有 1 个问题已不存在" in empty("check", "a.txt").stderr
    assert "删去 1 个" in empty("baseline", "--prune").stdout
    assert empty("check", ".").stderr == ""


# ----------------------------------------------------------------------------------------------------------- the cache


def test_a_spoilt_cache_is_made_anew(empty: Cli) -> None:
    write(empty.folder, {"a.txt": SLIP, "b.txt": SLIP})
    kept = empty.folder / "kept"
    kept.mkdir(mode=0o700)
    env = {"REPORTLINT_CACHE_DIR": str(kept)}
    first = empty("check", "a.txt", "b.txt", env=env)
    results = kept / "results.sqlite"
    for name in list(kept.glob("results.sqlite*")):
        name.unlink()
    results.write_bytes(b"no database" * 500)
    assert empty("check", "a.txt", "b.txt", env=env) == first
    assert results.read_bytes().startswith(b"SQLite format 3")
    assert empty("check", "a.txt", "b.txt", env=env) == first


def test_what_a_first_run_has_found_a_second_one_knows(empty: Cli) -> None:
    # The first compiles the rules, which reads dictionaries, the second does not: neither may tell in what is kept.
    write(empty.folder, {"a.txt": SLIP, "b.txt": SLIP + SLIP})
    kept = empty.folder / "kept"
    kept.mkdir(mode=0o700)

    def rows() -> int:
        done = empty("check", "a.txt", "b.txt", env={"REPORTLINT_CACHE_DIR": str(kept)})
        assert done.status == 1
        with closing(sqlite3.connect(kept / "results.sqlite")) as file:
            return int(file.execute("SELECT count(*) FROM results").fetchone()[0])

    assert [rows(), rows()] == [2, 2]


def test_files_that_extend_each_other_without_end(empty: Cli) -> None:
    write(empty.folder, {f"{n}.yaml": f"extends: {n + 1}.yaml\n" for n in range(300)} | {"a.txt": SLIP})
    done = empty("check", "--config", "0.yaml", "a.txt")
    assert done.status == 2
    assert done.stderr.startswith("reportlint: 50.yaml:1:10: extends 超过 50 层")


@pytest.mark.parametrize("long", [False, True])
def test_a_dictionary_without_words_finds_nothing(long: bool, empty: Cli) -> None:
    pack = OWN.replace("kind: pattern", "kind: words").replace("patterns: [{find: 甲乙}]", "file: words.tsv")
    write(
        empty.folder, {".reportlint.yaml": "packs: own.yaml\n", "own.yaml": pack, "a.txt": SLIP * (400 if long else 1)}
    )
    write(empty.folder, {"words.tsv": "wrong\tright\tguard\tsource\n"})
    assert checked(empty, "--ignore", "CON", "a.txt").count("a.txt") == (400 if long else 1)
    (empty.folder / "words.tsv").write_bytes("wrong\tright\tguard\tsource\n甲\t乙\t\t\n".encode("gb18030"))
    assert empty("check", "a.txt").stderr.startswith("reportlint: own.yaml:7:13: 所引用的文件不是 UTF-8 文本")
