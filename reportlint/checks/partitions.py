"""Which parts leave nothing of a whole out: men and women, what is done and what is not."""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import regex

_NOT = "不未非无"
_HALF = ("基本", "比较", "较")
_BARE = {"": (True, False), "both": (True, True), "only": (False, True)}


class Partition(NamedTuple):
    """The forms of each part, which of the parts have to be named, what the whole has to be called (empty: anything),
    and whether the parts are introduced (其中) or stand right behind the whole."""

    parts: tuple[tuple[str, ...], ...]
    needed: frozenset[int]
    of: tuple[str, ...]
    introduced: bool
    bare: bool


def read(path: str) -> tuple[Partition, ...]:
    """The rows of a table. ValueError, with the line, for one that is no partition."""
    found = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if number == 1 or line.startswith("#") or not line.strip():
                continue
            cells = line.rstrip("\n").split("\t")
            parts = cells[0].split("|")
            if len(cells) != 3 or len(parts) < 2 or "" in parts or cells[2] not in _BARE:
                raise ValueError(f"{os.path.basename(path)}:{number}: 应为 parts、of、bare 三列 (bad row)")
            forms = tuple(tuple(part.rstrip("?").split("/")) for part in parts)
            needed = frozenset(i for i, part in enumerate(parts) if part[-1] != "?")
            found.append(Partition(forms, needed, tuple(cells[1].split()), *_BARE[cells[2]]))
    return tuple(found)


def closes(partitions: Sequence[Partition], labels: Sequence[str], whole: str, bare: bool = False) -> bool:
    """Whether parts with these labels make up a whole that is called so."""
    if len(labels) == 2 and any(_denies(a, b) for a, b in (labels, labels[::-1])):
        return True
    return any(_names_all(p, labels, whole) for p in partitions if (p.bare if bare else p.introduced))


def openings(partitions: Sequence[Partition]) -> str:
    """An expression of the words that parts begin with where nothing introduces them."""
    words = {form for p in partitions if p.bare for part in p.parts for form in part if len(form) > 1 or form in "已男"}
    return "|".join(sorted(words, key=lambda w: (-len(w), w)))


def _denies(label: str, other: str) -> bool:
    """Whether one is the other with 不 or the like: 办结, 未办结; 有效问卷, 无效问卷."""
    at = next((i for i, c in enumerate(other) if c in _NOT), -1)
    stem = other[at + 1 :].rstrip("的")
    if at < 0 or len(stem) < 2 or stem not in label.rstrip("的") or label == other:
        return False
    return not any(half in label for half in _HALF) and label[label.find(stem) - 1 : label.find(stem)] not in [*_NOT]


def _names_all(partition: Partition, labels: Sequence[str], whole: str) -> bool:
    if partition.of and not any(word in whole for word in partition.of):
        return False
    if not len(partition.needed) <= len(labels) <= len(partition.parts):
        return False
    named = [_part_of(partition.parts, label) for label in labels]
    return -1 not in named and len(set(named)) == len(named) and partition.needed.issubset(named)


def _part_of(parts: tuple[tuple[str, ...], ...], label: str) -> int:
    """Which part a label names by the first, and longest, word that it holds; -1 if none."""
    found = _forms(parts).search(label)
    if found is None:
        return -1
    return next(i for i, forms in enumerate(parts) if found[0] in forms)


@cache
def _forms(parts: tuple[tuple[str, ...], ...]) -> regex.Pattern[str]:
    words = sorted({form for forms in parts for form in forms}, key=len, reverse=True)
    return regex.compile("|".join(map(regex.escape, words)))
