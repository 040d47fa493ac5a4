"""Kind `words`: dictionaries of wrong and right forms."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportlint.checks.words import Params, compile_params

HEAD = "wrong\tright\tguard\tsource\tsince\n"


def read(folder: Path, rows: str) -> Params:
    path = folder / "words.tsv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return compile_params({"file": str(path), "words": None}, str(folder))


def test_a_guard_with_a_name_is_kept_once(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "@verb\tan action follows\t..的(?=开展)\town\n有序的\t有序地\t@verb\town\n逐步的\t逐步地\t@verb\town\n",
    )
    assert found.wrong == "有序的\n逐步的"
    assert found.readings.count("开展") == 0
    assert found.guards.count("开展") == 1


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("有序的\t有序地\t@verb\town\n", "没有定义"),
        ("@verb\tan action follows\t(\town\n", "guard 有误"),
        ("有序的\t有序的\t\town\n", "应为"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, rows: str, problem: str) -> None:
    with pytest.raises(ValueError, match=rf"words.tsv:2: .*{problem}"):
        read(tmp_path, rows)
