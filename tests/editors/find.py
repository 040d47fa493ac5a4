"""Which editors are there, and how to get them. Used by the tests of the editors, and as `python -m tests.editors`."""

from __future__ import annotations

import os
import shutil
import subprocess
from functools import cache

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
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    for program, packages in PACKAGES.items():
        if missing(program) and shutil.which("apt-get") and root:
            # The lists of a new machine are empty or old.
            _apt("install", *packages) or (_apt("update") and _apt("install", *packages))
            missing.cache_clear()
        lacks = missing(program)
        print(f"tests of {program} will be skipped: {lacks}" if lacks else f"{program}: {shutil.which(program)}")
    return int(any(missing(program) for program in PACKAGES))


def _apt(what: str, *packages: str) -> bool:
    command = ["apt-get", what, "-q", *(["-y", "--no-install-recommends", *packages] if packages else [])]
    print("$", *command, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, check=False, timeout=900, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, flush=True)
        return False
    return done.returncode == 0
