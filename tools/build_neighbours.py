#!/usr/bin/env python3
"""Makes rules/words/neighbours.tsv: which character follows which in published documents, and how often.

    python tools/build_neighbours.py FOLDER_OF_PUBLISHED_DOCUMENTS

The documents leave nothing but these numbers. Pairs inside words are not needed here: frequencies.tsv has them.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from pathlib import Path

from packages import RULES

HAN = re.compile(r"[\u4e00-\u9fff]+")


def main() -> None:
    """Writes the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="published documents, .txt")
    parser.add_argument("--out", metavar="FOLDER", default=str(RULES), help="where the table goes")
    parser.add_argument("--part", metavar="K/N", help="leave out each N-th document, from the K-th on (to measure)")
    given = parser.parse_args()
    files = sorted(Path(given.folder).glob("*.txt"))
    if given.part:
        k, n = map(int, given.part.split("/"))
        files = [f for i, f in enumerate(files) if i % n != k]
    counts: Counter[str] = Counter()
    for file in files:
        for run in HAN.findall(file.read_text(encoding="utf-8")):
            counts.update(map(str.__add__, run, run[1:]))
    rows: dict[str, list[str]] = defaultdict(list)
    for pair in sorted(counts):
        rows[pair[0]].append(pair[1] + chr(65 + round(2 * math.log(counts[pair] + 1))))
    with open(Path(given.out) / "neighbours.tsv", "w", encoding="utf-8") as file:
        file.write("character\tcharacters that follow it, each with how often: half nats from A\n")
        file.write("# counts over published documents\n")
        for c, followers in rows.items():
            file.write(f"{c}\t{''.join(followers)}\n")
    print(len(counts), "pairs")


if __name__ == "__main__":
    main()
