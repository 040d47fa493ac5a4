"""`python -m tests.browser install` gets a Chromium for the browser tests; without `install` it says what is there."""

from __future__ import annotations

import sys

from tests.browser.find import browser, install, missing


def main() -> int:
    if sys.argv[1:] == ["install"]:
        return install()
    print(missing() or browser())
    return int(missing() is not None)


if __name__ == "__main__":
    sys.exit(main())
