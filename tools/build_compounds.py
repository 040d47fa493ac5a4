"""Makes rules/words/compounds.tsv: the words in which a unit of measure is none, as 座 in 在座 and 户 in 挨家挨户.

    python tools/build_compounds.py --documents FOLDER --packages FOLDER

Of jieba's dictionary, what the table of frequencies has no room for and holds a character of a unit; not what a number
may have been lost from, as 企业家 from 企业12家: such pairs are counted in the published documents.
"""

from __future__ import annotations

import argparse
import math
import re
from collections import Counter, defaultdict
from collections.abc import Container
from pathlib import Path

from packages import RULES, dictionary

LONGEST = 4
NUMERALS = "一二三四五六七八九十百千万亿两几多余数零半第每各这那哪某首若"
LEAST = 3
COMMON, SURE = 50, 2000  # as often as dictionaries meet a word of the trade; one that is hardly anything else
OFTEN = 3
UNITS = "份册支张只宗幅斤天轮眼趟页家项名条篇个户件次套辆座场株棵栋幢枚位吨亩米岁艘盏"
# Names of persons and of ordinals, and what jieba has learnt of texts that lacked their blanks.
OTHER = ("nr", "m", "q", "mq", "eng")


def main() -> None:
    """Writes the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=Path, required=True, help="a folder of published documents, *.txt")
    parser.add_argument("--packages", type=Path, required=True, help="where archives are kept")
    given = parser.parse_args()
    everything = "\n".join(p.read_text(encoding="utf-8") for p in sorted(given.documents.glob("*.txt")))
    rows = (line.split("\t") for line in (RULES / "measures.tsv").read_text(encoding="utf-8").splitlines()[1:])
    measures = {row[0]: row[2] for row in rows if not row[0].startswith("#")}
    # What may stand at the end of a clause only behind certain words needs no list of what it is not.
    single = {unit for unit, only_after in measures.items() if len(unit) == 1 and only_after[:1] in ("", "*")}
    single |= set(UNITS)
    known = dictionary(given.packages)
    common = _common()
    lines = (Path(__file__).parent / "compounds.txt").read_text(encoding="utf-8").splitlines()
    own = {word for line in lines if not line.startswith("#") for word in line.split()}
    none = {word[1:] for word in own if word[0] == "-"}
    own = {word for word in own if word[0] != "-"}
    counted = Counter(
        head[-size:] + unit
        for head, unit in re.findall(r"([\u4e00-\u9fff]{1,3})[0-9.]+([\u4e00-\u9fff])", everything)
        for size in range(1, len(head) + 1)
    )
    known.update({word: (COMMON if len(word) == 2 else SURE, "own") for word in own})
    total = sum(frequency for frequency, _ in known.values())
    found: dict[str, list[str]] = defaultdict(list)
    for word, (frequency, tag) in sorted(known.items()):
        if not 2 <= len(word) <= LONGEST or frequency < LEAST or word in common or word in none:
            continue
        if word not in own and not single.intersection(word):
            continue
        if word not in own and (
            tag in OTHER
            or word in measures
            or set(word) <= single
            or counted[word] >= OFTEN
            or _has_number(word, tag, known)
        ):
            continue
        found[word[0]].append(word[1:] + chr(65 + round(-2 * math.log(frequency / total))))
    with open(RULES / "compounds.tsv", "w", encoding="utf-8") as file:
        file.write("character\twords that begin with it, less that character, each with its cost: half nats from A\n")
        file.write("# jieba 0.42.1 (MIT); made by tools/build_compounds.py\n")
        for c in sorted(found):
            file.write(f"{c}\t{' '.join(found[c])}\n")
    print(sum(map(len, found.values())), "words")


def _has_number(word: str, tag: str, known: Container[str]) -> bool:
    """Whether a word is a number with its unit (万家, 若干), or a unit and a word that stood together (项发明)."""
    if word[0] in NUMERALS and (word[1] in NUMERALS or word[1] in UNITS):
        return True
    return word[0] in UNITS and len(word) > 2 and word[1:] in known and tag not in ("i", "l")


def _common() -> set[str]:
    """The words of the table of frequencies, which are weighed."""
    out = set()
    for line in (RULES / "frequencies.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        if not line.startswith("#"):
            head, rest = line.split("\t")
            out.update(head + word[:-1] for word in rest.split(" "))
    return out


if __name__ == "__main__":
    main()
