"""Which editors are there, and how to get them. Used by the tests of the editors, and as `python -m tests.editors`."""

from __future__ import annotations

import shutil
import subprocess
from functools import cache

from tests import installing

PACKAGES = {"nvim": ("neovim",), "emacs": ("emacs-nox", "elpa-eglot")}
HOW = "`python -m tests.editors install` installs it on Debian and Ubuntu, as root"


@cache
def missing(program: str) -> str | None:
    """What the tests of an editor lack, with the way to get it; None where they can run."""
    if shutil.which(program) is None:
        return f"no {program}; {HOW}"
    if program == "emacs" and not _has_eglot():
        return f"this Emacs has no Eglot; {HOW}"
    return None


def _has_eglot() -> bool:
    asked = ["emacs", "--batch", "-f", "package-initialize", "--eval", "(require 'eglot)"]
    return subprocess.run(asked, capture_output=True, check=False, timeout=60).returncode == 0


def install() -> int:
    """Installs what is missing, with apt as root. 0 if the tests of every editor can run afterwards."""
    for program, packages in PACKAGES.items():
        if missing(program) and installing.has_apt():
            installing.install(*packages)
            missing.cache_clear()
        lacks = missing(program)
        print(f"tests of {program} will be skipped: {lacks}" if lacks else f"{program}: {shutil.which(program)}")
    return int(any(missing(program) for program in PACKAGES))
