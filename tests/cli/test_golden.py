"""What the commands write, to the last character. `UPDATE_GOLDEN=1 pytest tests/cli` rewrites the golden files."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from tests.cli.helper import GOLDEN, Cli, golden


class Case(NamedTuple):
    """A golden file and the command that yields it; `stdin` is a draft to be piped in."""

    name: str
    args: tuple[str, ...]
    stdin: str = ""
    colour: bool = False


def case(name: str, args: str, stdin: str = "", colour: bool = False) -> Case:
    return Case(name, tuple(args.split()), stdin, colour)


CASES = [
    case("check-full", "check summary.txt"),
    case("check-full-en", "check --lang en summary.txt"),
    case("check-concise", "check --output-format concise summary.txt"),
    case("check-concise-en", "check --output-format concise --lang en summary.txt"),
    case("check-json", "check --output-format json summary.txt"),
    case("check-json-en", "check --output-format json --lang en briefing.md"),
    case("check-statistics", "check --statistics summary.txt briefing.md"),
    case("check-statistics-json", "check --statistics --output-format json summary.txt briefing.md"),
    case("check-statistics-clean", "check --statistics clean.txt"),
    case("check-markdown", "check briefing.md"),
    case("check-clean", "check clean.txt"),
    case("check-clean-en", "check --lang en clean.txt"),
    case("check-clean-json", "check --output-format json clean.txt"),
    case("check-clean-quiet", "check -q clean.txt"),
    case("check-crlf", "check crlf.txt"),
    case("check-crlf-json", "check --output-format json crlf.txt"),
    case("check-gb18030", "check gb18030.txt"),
    case("check-encoding", "check -q --encoding gbk gb18030.txt"),
    case("check-long", "check long.txt"),
    case("check-wide", "check wide.txt"),
    case("check-stdin", "check -", "crlf.txt"),
    case("check-stdin-filename", "check --stdin-filename 来稿/briefing.md -", "briefing.md"),
    case("check-stdin-gb18030", "check --output-format concise -", "gb18030.txt"),
    case("check-files", "check --output-format concise summary.txt crlf.txt briefing.md"),
    case("check-twice", "check --output-format concise crlf.txt ./crlf.txt crlf.txt"),
    case("check-folder", "check --output-format concise folder"),
    case("check-folder-json", "check --output-format json folder"),
    case("check-here", "check --output-format concise"),
    case("check-select", "check --output-format concise --select NUM summary.txt"),
    case("check-select-two", "check --output-format concise --select plh0,TYP001 --select PUN summary.txt"),
    case("check-ignore", "check --output-format concise --ignore NUM,PLH001 summary.txt"),
    case("check-select-ignore", "check --output-format concise --select PLH --ignore PLH001 summary.txt"),
    case("check-profile", "check --output-format concise --profile 述职报告 crlf.txt"),
    case("check-profile-name", "check --output-format concise --profile request crlf.txt"),
    case("check-quiet", "check -q crlf.txt"),
    case("check-fail-error", "check --output-format concise --select PUN --fail-level error summary.txt"),
    case("check-fail-info", "check --output-format concise --select STR008 --fail-level info briefing.md"),
    case("check-fail-never", "check --output-format concise --fail-level never summary.txt"),
    case("check-colour", "check summary.txt", colour=True),
    case("check-colour-concise", "check --output-format concise crlf.txt", colour=True),
    case("outline", "outline summary.txt"),
    case("outline-json", "outline --format json summary.txt"),
    case("outline-markdown", "outline briefing.md"),
    case("outline-markdown-json", "outline --format json briefing.md"),
    case("outline-none", "outline wide.txt"),
    case("outline-profile", "outline --profile 讲话 clean.txt"),
    case("outline-stdin", "outline --stdin-filename 来稿.md -", "briefing.md"),
    case("explain", "explain NUM001"),
    case("explain-en", "explain --lang en NUM001"),
    case("explain-fix", "explain typ001"),
    case("explain-name", "explain mixed-spelling"),
    case("rules-list", "rules list"),
    case("rules-list-en", "rules list --lang en"),
    case("rules-list-json", "rules list --output-format json"),
    case("config-show", "config show office/讲话/讲话稿.txt"),
    case("config-show-en", "config show --lang en office/讲话/讲话稿.txt"),
    case("config-show-json", "config show --output-format json office/讲话/讲话稿.txt"),
    case("config-show-none", "config show summary.txt"),
    case("check-office", "check --output-format concise office"),
]


@pytest.mark.parametrize("case", CASES, ids=[c.name for c in CASES])
def test_golden(case: Case, cli: Cli) -> None:
    stdin = (cli.folder / case.stdin).read_bytes() if case.stdin else b""
    env = {"FORCE_COLOR": "1"} if case.colour else {}
    golden(case.name, case.args, cli(*case.args, stdin=stdin, env=env))


def test_every_golden_file_has_a_case() -> None:
    assert {p.stem for p in GOLDEN.glob("*.txt")} - {c.name for c in CASES} == set(_of_errors())


def _of_errors() -> list[str]:
    from tests.cli.test_errors import CASES as ERRORS

    return [e.name for e in ERRORS]
