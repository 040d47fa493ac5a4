"""A real client: Neovim with nothing but its built-in one, headless."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("neovim.lua")
LINES = [
    "𠮷县2025年工作总结",
    "一、主要工作",
    "😀𠮷布署三个方面工作：一是抓学习；三是抓落实。",
    "二、下一步打算",
    "继续努力,再接再厉。",
]


@pytest.mark.skipif(shutil.which("nvim") is None, reason="no Neovim")
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_neovim(cache: Path, tmp_path: Path, newline: str) -> None:
    draft = tmp_path / "总结.txt"
    draft.write_bytes(newline.join([*LINES, ""]).encode())
    env = os.environ | {"DRAFT": str(draft), "PYTHON": sys.executable, "REPORTLINT_CACHE_DIR": str(cache)}
    env |= {"PYTHONPATH": str(Path(__file__).parents[2]), "HOME": str(tmp_path)}
    command = ["nvim", "--headless", "--clean", "-c", f"luafile {SCRIPT}"]
    done = subprocess.run(command, env=env, capture_output=True, timeout=90, check=False, stdin=subprocess.DEVNULL)
    seen = json.loads(done.stdout.decode("utf-8", "replace") or done.stderr.decode())
    typo = LINES[2].index("布署")
    column = len(LINES[2][:typo].encode())
    assert [2, column, column + 6, "TYP001"] in seen["before"]
    assert seen["fixed"] == [line.replace("布署", "部署") for line in LINES]
    assert seen["all"] == [line.replace("布署", "部署").replace(",", "，") for line in LINES]
    assert not {"TYP001", "PUN001"} & {code for *_, code in seen["after"]}
