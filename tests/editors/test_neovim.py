"""Neovim, headless, with its own client: the right columns, and a buffer that is right after each fix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.editors.conftest import ROOT, Office
from tests.editors.find import missing

_LACKS = missing("nvim")
pytestmark = pytest.mark.skipif(_LACKS is not None, reason=str(_LACKS))
HERE = Path(__file__).parent
SNIPPET = ROOT / "editors" / "neovim" / "reportlint.lua"
_SEVERITIES = {"error": 1, "warning": 2, "info": 3}


def drive(office: Office, **options: str) -> None:
    office.environment.update(
        DRAFT=str(office.draft), FOLDER=str(office.folder), EXPECTED=str(len(office.expected)), **options
    )
    office.run("nvim", "--headless", "-n", "-i", "NONE", "-u", str(SNIPPET), "-S", str(HERE / "drive.lua"))


def placed(findings: Any, text: str) -> list[tuple[Any, ...]]:
    """Where Neovim shows findings, its columns of bytes as the columns of code points that the command line has."""
    rows = text.split("\n")
    return sorted(
        (f["row"], len(rows[f["row"] - 1].encode()[: f["byte"]].decode()) + 1, f["code"], f["text"]) for f in findings
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_findings_quick_fix_and_fix_all(office: Callable[..., Office], newline: str) -> None:
    made = office(newline=newline)
    before = made.findings()
    drive(made)

    shown = made.written("shown.json")
    assert placed(shown, made.text) == sorted(made.expected)
    assert sorted((f["code"], f["message"], f["severity"], f["source"]) for f in shown) == sorted(
        (f["code"], f["message"], _SEVERITIES[f["severity"]], "reportlint") for f in before
    )

    quick = made.written("quick.json")
    mended = made.text.replace("布署", "部署", 1)
    assert quick["buffer"] == mended
    left = [e for e in made.expected if (e.code, e.row) != ("TYP001", 3)]
    assert placed(quick["shown"], mended) == sorted(left)

    everything = made.written("all.json")
    written = made.draft.read_bytes()
    made.draft.write_text(mended, encoding="utf-8", newline=newline)
    made.cli("check", "--fix", "-q")
    assert written == made.draft.read_bytes()
    assert everything["buffer"].replace("\n", newline).encode() == written
    assert placed(everything["shown"], everything["buffer"]) == sorted(
        (f["location"]["row"], f["location"]["column"], f["code"], f["text"]) for f in made.findings()
    )


def test_a_folder_without_a_configuration_is_left_alone(office: Callable[..., Office]) -> None:
    made = office(configured=False)
    drive(made, SILENT="1")
    assert made.written("shown.json") == {"clients": 0}
