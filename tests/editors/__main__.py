"""`python -m tests.editors install` gets the editors for their tests; without `install` it says what is there."""

from __future__ import annotations

import sys

from tests.editors.find import PACKAGES, install, missing


def main() -> int:
    if sys.argv[1:] == ["install"]:
        return install()
    lacking = {program: missing(program) for program in PACKAGES}
    for program, lacks in lacking.items():
        print(lacks or f"{program}: there")
    return int(any(lacking.values()))


if __name__ == "__main__":
    sys.exit(main())
