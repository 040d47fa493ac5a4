"""Where a Chromium is, and how to get one. Used by the tests of the HTML page, and as `python -m tests.browser`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from tests import installing

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge", "microsoft-edge")
HOW = "`python -m tests.browser install` installs it; REPORTLINT_BROWSER=PATH names one that lies elsewhere"


def browser() -> str | None:
    """The path of a Chromium, Chrome or Edge; None where there is none."""
    named = os.environ.get("REPORTLINT_BROWSER")
    if named:
        return named if os.path.exists(named) else None
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return found
    return _playwrights_own()


def _playwrights_own() -> str | None:
    """The browser that `playwright install` has fetched into the user's cache."""
    if find_spec("playwright") is None:
        return None
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).exists() else None


def missing() -> str | None:
    """What the browser tests lack, with the way to get it; None where they can run."""
    if find_spec("playwright") is None:
        return "the Python package playwright is missing: pip install -e '.[test]' installs it"
    if browser() is None:
        named = os.environ.get("REPORTLINT_BROWSER")
        what = f"REPORTLINT_BROWSER={named} does not exist" if named else f"no browser: none of {', '.join(NAMES)}"
        return f"{what}; {HOW}"
    return None


def install() -> int:
    """Installs Chromium, and a Chinese font where there is none, if it can: with apt as root, else with playwright
    into the user's cache. 0 if the browser tests can run afterwards."""
    if browser() is None:
        if installing.has_apt():
            installing.install("chromium")
        if browser() is None and find_spec("playwright") is not None:
            installing.run(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")
    if installing.has_apt() and not _has_chinese_font():
        installing.install("fonts-wqy-zenhei")
    lacks = missing()
    print(f"browser tests will be skipped: {lacks}" if lacks else f"browser: {browser()}", flush=True)
    return int(lacks is not None)


def _has_chinese_font() -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    return bool(subprocess.run([lister, ":lang=zh"], capture_output=True, check=False).stdout.strip())
