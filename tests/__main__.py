"""Runs everything that has to hold: `python -m tests`. Goes on after a failure and says at the end what failed."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = Path(sysconfig.get_path("scripts"))
# Without a browser or an editor its tests are skipped and say so: the rest is worth running.
INSTALLS = {name: [sys.executable, "-m", f"tests.{name}", "install"] for name in ("browser", "editors")}
ENVIRONMENT = {"HYPOTHESIS_PROFILE": "same"} | os.environ
STEPS = (
    ("tests", [sys.executable, "-m", "pytest"]),
    ("rule examples", [sys.executable, "-m", "reportlint", "rules", "test"]),
    ("ruff check", [str(SCRIPTS / "ruff"), "check", "."]),
    ("ruff format", [str(SCRIPTS / "ruff"), "format", "--check", "."]),
    ("mypy", [str(SCRIPTS / "mypy")]),
    ("layers", [str(SCRIPTS / "lint-imports")]),
)


def main() -> int:
    for name, command in INSTALLS.items():
        print(f"== {name}", flush=True)
        subprocess.run(command, cwd=ROOT, check=False)
    failed = []
    for name, command in STEPS:
        print(f"== {name}", flush=True)
        if subprocess.run(command, cwd=ROOT, check=False, env=ENVIRONMENT).returncode:
            failed.append(name)
    print("== " + (f"FAILED: {', '.join(failed)}" if failed else "all passed"), flush=True)
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
