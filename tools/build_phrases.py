#!/usr/bin/env python3
"""Makes rules/words/phrases.tsv and rules/words/frequencies.tsv: the fixed phrases of the trade, and how common
words are.

    python tools/build_phrases.py FOLDER_OF_PUBLISHED_DOCUMENTS

Phrases come from three places, and each says which: `own`, tools/trade_phrases.txt and tools/idioms.txt; `count`,
sequences of words that several of the published documents use, with their number; `jieba`, idioms and terms of
jieba's dictionary (MIT). A
dictionary holds wrong forms too, so an entry that sounds like a much commoner one, or that typos.tsv lists, stays out.
Forms that the documents use and that the check would take for slips are added as `known`, but for the real slips of
tools/slips.txt. The documents themselves leave nothing but these numbers. NOTICE names the packages' licences.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Container
from itertools import pairwise
from pathlib import Path
from typing import Any

from packages import RULES, dictionary

LONGEST, SHORTEST = 10, 4
LEAST, DOCUMENTS = 4, 3
"""How often, and in how many documents, a sequence of words must stand to be fixed."""
IDIOM, TERM = 12, 60
"""How frequent an idiom or a term of jieba's must be if the documents do not know it."""
HAN = re.compile(r"[\u4e00-\u9fff]+")
NO_START = set(
    "的了着过和与及等在是为以对将把被从到由于不也都就还又并而且但或其这那此该们里上下中内外后前时所之已最更较很可会能要应须有无个项年月日次第一二三四五六七八九十百千万亿两零〇"
)
NO_END = set(
    "的和与及在是为以对将把被从到由于并而且但或不也都就还又其这那此该已最更较很可要应须个第一二三四五六七八九十百千万亿两零〇了着过等"
)
FUNCTION = set(
    "的了着过和与及等在是为以对将把被从到由于不也都就还又并而且但或其这那此该们我你他她它有要会能可应须很更最再一二三四五六七八九十百千万亿两零〇个年月日"
)
OWN = 2e-5
"""The share of the counts that a word of tools/words.txt has at least."""
HALF = set("党新高大小多全总副中双请省市县区")
"""Single characters that end no phrase: the next word begins with them."""
FREE = {"一步", "一体", "一律"}


class Words:
    """Costs of words in nats, learned from jieba's counts and from the documents."""

    def __init__(self, counts: dict[str, float]) -> None:
        self.counts = counts
        self.total = sum(counts.values())

    def cut(self, run: str, longest: int = 6) -> list[str]:
        """The likeliest words of a run of Han characters, up to a length."""
        best: list[tuple[float, int]] = [(0.0, 0)]
        for end in range(1, len(run) + 1):
            choices = []
            for start in range(max(0, end - longest), end):
                count = self.counts.get(run[start:end], 0.5 if end - start == 1 else 0)
                if count:
                    choices.append((best[start][0] + math.log(self.total / count), start))
            best.append(min(choices))
        out, end = [], len(run)
        while end:
            start = best[end][1]
            out.append(run[start:end])
            end = start
        return out[::-1]


def sequences(documents: list[str], words: Words) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Words of the documents, sequences of words, and in how many documents each sequence stands."""
    single: Counter[str] = Counter()
    many: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    for document in documents:
        here: Counter[str] = Counter()
        for run in HAN.findall(document):
            tokens = words.cut(run)
            single.update(tokens)
            for i in range(len(tokens)):
                if tokens[i][0] in NO_START and tokens[i] not in FREE and len(tokens[i]) < 3:
                    continue
                phrase = ""
                for token in tokens[i : i + 5]:
                    phrase += token
                    if len(phrase) > LONGEST:
                        break
                    if len(phrase) >= SHORTEST and (token[-1] not in NO_END or len(token) > 2):
                        here[phrase] += 1
        many.update(here)
        spread.update(here.keys())
    return single, many, spread


def coined(documents: list[str], words: Words) -> Counter[str]:
    """Words of two characters, and of three with one of two, that no dictionary has: pieces that stand together in
    several documents and hardly ever apart."""
    pairs: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    for document in documents:
        here = set()
        for run in HAN.findall(document):
            tokens = words.cut(run)
            alone.update(t for t in tokens if len(t) == 1)
            for a, b in pairwise(tokens):
                if 1 in (len(a), len(b)) and len(a + b) <= 3 and not {a, b} & (FUNCTION | HALF):
                    pairs[a + b] += 1
                    here.add(a + b)
        spread.update(here)
    return Counter({w: n for w, n in pairs.items() if n >= 4 and spread[w] >= 2})


def sounds() -> dict[str, str]:
    """The first merged syllable of each character."""
    out = {}
    for line in (RULES / "sounds.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, first, _ = line.split("\t")
            out.update(dict.fromkeys(first, name))
    return out


def _covered(phrase: str, phrases: Container[str]) -> bool:
    """Whether two shorter phrases that overlap by a word make it up: a slip in it is one in them."""
    size = len(phrase)
    heads = [n for n in range(SHORTEST, size) if phrase[:n] in phrases]
    tails = [n for n in range(1, size - SHORTEST + 1) if phrase[n:] in phrases]
    return bool(heads and tails) and max(heads) >= min(tails) + 2


def _stands(phrase: str, at: int, everything: str) -> bool:
    """Whether what is left of a phrase without a character stands in the documents more than once, and not in it."""
    whole = everything.count(phrase) if at in (0, len(phrase) - 1) else 0
    return everything.count(phrase[:at] + phrase[at + 1 :]) - whole > LEAST


def _params(tables: Path) -> Any:
    """The tables as the check has them."""
    from reportlint.checks import lexicon

    names = {"phrases": tables, "words": tables, "sounds": RULES, "shapes": RULES}
    files = {n: str(place / ("frequencies.tsv" if n == "words" else f"{n}.tsv")) for n, place in names.items()}
    return lexicon.compile_params(files, "")


def _write_phrases(path: Path, rows: dict[str, list[str]]) -> None:
    with open(path, "w", encoding="utf-8") as file:
        file.write("words of a phrase\tcount\tkind\tsource\tplaces that show when they lack their character\n")
        file.write("# own: tools/trade_phrases.txt; count: published documents; jieba: jieba 0.42.1 (MIT)\n")
        for row in rows.values():
            file.write("\t".join(row) + "\n")


def main() -> None:
    """Writes the two tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", help="published documents, .txt")
    parser.add_argument("--packages", metavar="FOLDER", help="where downloaded packages are kept (default: nowhere)")
    parser.add_argument("--out", metavar="FOLDER", default=str(RULES), help="where the tables go")
    parser.add_argument("--part", metavar="K/N", help="leave out each N-th document, from the K-th on (to measure)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        known = dictionary(Path(given.packages or place))
    files = sorted(Path(given.folder).glob("*.txt"))
    if given.part:
        k, n = map(int, given.part.split("/"))
        files = [f for i, f in enumerate(files) if i % n != k]
    documents = [f.read_text(encoding="utf-8") for f in files]
    everything = "\n".join(documents)

    wrong = set()
    for name in ("typos.tsv",):
        for line in (RULES / name).read_text(encoding="utf-8").splitlines()[1:]:
            row = line.split("\t")
            if not line.startswith("#") and len(row) > 2 and not row[2]:
                wrong.add(row[0])
    clean = {w: n for w, (n, _) in known.items() if w not in wrong}
    # What the documents say over and over is a word, whether or not a dictionary has it.
    share = sum(clean.values()) / sum(map(len, documents))
    for _ in range(2):
        fresh = coined(documents, Words({w: float(n) for w, n in clean.items()}))
        clean |= {w: int(n * share) for w, n in fresh.items() if w not in clean}
    least = int(OWN * sum(clean.values()))
    for line in (Path(__file__).parent / "words.txt").read_text(encoding="utf-8").splitlines():
        clean |= {w: max(clean.get(w, 0), least) for w in ([] if line.startswith("#") else line.split())}
    single, many, spread = sequences(documents, Words({w: float(n) for w, n in clean.items()}))

    phrases: dict[str, tuple[int, str, str]] = {}
    for name, kind in (("idioms.txt", "idiom"), ("trade_phrases.txt", "fixed")):
        for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines():
            for phrase in () if line.startswith("#") else line.split():
                if len(phrase) >= SHORTEST:
                    phrases[phrase] = (max(many[phrase], everything.count(phrase)), kind, "own")
    for phrase, n in many.items():
        if n >= LEAST and spread[phrase] >= DOCUMENTS and phrase not in phrases:
            phrases[phrase] = (n, "common", "count")
    read = sounds()
    heard: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for word in known:
        if len(word) >= SHORTEST:
            heard[tuple(read.get(c, c) for c in word)].append(word)
    for word, (n, tag) in known.items():
        if not SHORTEST <= len(word) <= LONGEST or word in phrases or tag.startswith(("nr", "ns", "m", "t")):
            continue
        here = everything.count(word)
        rivals = [w for w in heard[tuple(read.get(c, c) for c in word)] if w != word]
        if word in wrong or any(known[w][0] >= 3 * n or w in phrases for w in rivals):
            continue
        if here >= 2 or n >= (IDIOM if tag in ("i", "l") else TERM):
            phrases[word] = (here, "idiom" if tag in ("i", "l") else "term", "jieba")

    for phrase in [p for p in phrases if any(w in p for w in wrong)]:
        del phrases[phrase]
    words = Words({w: float(n) for w, n in clean.items()})
    for phrase in [p for p, row in phrases.items() if row[2] == "count"]:
        cut = words.cut(phrase)
        # A phrase and one more character is two phrases, half of the second missing.
        ragged = (len(cut[0]) == 1 and phrase[1:] in phrases) or (len(cut[-1]) == 1 and phrase[:-1] in phrases)
        if ragged or cut[-1] in HALF or _covered(phrase, phrases):
            del phrases[phrase]
    out = Path(given.out)
    rows = {}
    for phrase in sorted(phrases):
        # A slip is told by the words it breaks, so the borders between them are kept.
        cut = phrase if phrases[phrase][1] == "idiom" else " ".join(words.cut(phrase, 3))
        rows[phrase] = [cut, *map(str, phrases[phrase]), ""]
    _write_frequencies(out / "frequencies.tsv", clean, single)
    _write_phrases(out / "phrases.tsv", rows)
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    from reportlint.checks import language, near

    params = _params(out)
    for number, phrase in enumerate(rows):
        here, _, source = phrases[phrase]
        if here or source == "own":
            # What the documents say without the character is no slip.
            rows[phrase][4] = "".join(
                str(at) for at in language.lacking(params, number) if not _stands(phrase, at, everything)
            )
    _write_phrases(out / "phrases.tsv", rows)
    slips = set((Path(__file__).parent / "slips.txt").read_text(encoding="utf-8").split())
    params = _params(out)
    known: Counter[str] = Counter()
    for document in documents:
        known.update(document[s.start : s.end] for s in near.slips(params, document))
    known = Counter({form: n for form, n in known.items() if form not in slips})
    own = (Path(__file__).parent / "known.txt").read_text(encoding="utf-8").splitlines()
    for form in (word for line in own if not line.startswith("#") for word in line.split()):
        rows[f"~{form}"] = [form, "0", "known", "own", ""]
    for form in sorted(known):
        rows[f"~{form}"] = [form, str(known[form]), "known", "count", ""]
    _write_phrases(out / "phrases.tsv", rows)
    print(len(known), "forms of the documents that are no slips", sorted(known)[:400])
    print(len(phrases), Counter(row[2] for row in phrases.values()))


def _write_frequencies(path: Path, clean: dict[str, int], single: Counter[str]) -> None:
    """The cost of a word is kept as one letter, in half nats from A."""
    total, seen = sum(clean.values()), sum(single.values())
    rows: dict[str, list[str]] = defaultdict(list)
    number = 0
    for word in sorted(clean):
        share = (clean[word] / total + 2 * single[word] / seen) / 3
        least = (0, 3e-8, 2.5e-7, 5e-7, 1e-6)[min(len(word), 4)]
        if len(word) <= 4 and (share >= least or single[word] >= 2):
            rows[word[0]].append(word[1:] + chr(65 + min(round(-2 * math.log(share)), 50)))
            number += 1
    with open(path, "w", encoding="utf-8") as file:
        file.write("character\twords that begin with it, less that character, each with its cost: half nats from A\n")
        file.write("# jieba 0.42.1 (MIT), and counts over published documents\n")
        for c, words in rows.items():
            file.write(f"{c}\t{' '.join(words)}\n")
    print(number, "words")


if __name__ == "__main__":
    main()
