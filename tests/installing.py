"""How the programs that tests need are got."""

from __future__ import annotations

import os
import shutil
import subprocess


def run(*command: str) -> bool:
    """Runs a command that asks nothing, and says whether it did what it should."""
    print("$", *command, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(command, env=environment, check=False, timeout=900, stdout=subprocess.DEVNULL)
    except (OSError, subprocess.TimeoutExpired) as error:
        print(error, flush=True)
        return False
    return done.returncode == 0


def has_apt() -> bool:
    """Whether Debian's packages can be installed: it takes root."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def install(*packages: str) -> bool:
    """Installs packages of Debian, and says whether they are there."""
    command = ("apt-get", "install", "-q", "-y", "--no-install-recommends", *packages)
    # The lists of a new machine are empty or old.
    return run(*command) or (run("apt-get", "update", "-q") and run(*command))
