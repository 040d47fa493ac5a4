"""Emacs in batch mode, with Eglot: the right places, and a buffer that is right after each fix."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.editors.conftest import ROOT, Office
from tests.editors.find import missing

_LACKS = missing("emacs")
pytestmark = pytest.mark.skipif(_LACKS is not None, reason=str(_LACKS))
HERE = Path(__file__).parent
SNIPPET = ROOT / "editors" / "emacs" / "reportlint.el"


def drive(office: Office, **options: str) -> None:
    office.environment.update(
        DRAFT=str(office.draft), FOLDER=str(office.folder), EXPECTED=str(len(office.expected)), **options
    )
    office.run(
        "emacs", "--batch", "-f", "package-initialize", "-l", str(SNIPPET), "-l", str(HERE / "drive.el")
    )  # fmt: skip


def placed(findings: Any) -> list[tuple[Any, ...]]:
    return sorted((f["row"], f["column"], f["text"]) for f in findings)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_findings_quick_fix_and_fix_all(office: Callable[..., Office], newline: str) -> None:
    made = office(newline=newline)
    before = made.findings()
    drive(made)

    shown = made.written("shown.json")
    assert placed(shown) == sorted((e.row, e.column, e.text) for e in made.expected)
    # Eglot shows the code of a rule in front of its message, or not, as its version likes.
    for finding, cli in zip(sorted(shown, key=lambda f: (f["row"], f["column"])), before, strict=True):
        assert cli["message"] in finding["message"]

    quick = made.written("quick.json")
    mended = made.text.replace("布署", "部署", 1)
    assert quick["buffer"] == mended
    assert placed(quick["shown"]) == sorted(
        (e.row, e.column, e.text) for e in made.expected if (e.code, e.row) != ("TYP001", 3)
    )

    everything = made.written("all.json")
    written = made.draft.read_bytes()
    made.draft.write_text(mended, encoding="utf-8", newline=newline)
    made.cli("check", "--fix", "-q")
    assert written == made.draft.read_bytes()
    assert placed(everything["shown"]) == sorted(
        (f["location"]["row"], f["location"]["column"], f["text"]) for f in made.findings()
    )


def test_a_folder_without_a_configuration_is_left_alone(office: Callable[..., Office]) -> None:
    made = office(configured=False)
    drive(made, SILENT="1")
    assert made.written("shown.json") == {"clients": 0}
