"""What a text costs with a phrase in it and without: how the kind `near` tells a slip from an accident of words."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import NamedTuple

from reportlint.checks.lexicon import BORDERS, SHORTEST, Params
from reportlint.checks.nearsearch import Slip
from reportlint.checks.segment import UNKNOWN, is_han, words_of

_LONGEST = 10
_REACH = 5  # code points of context on either side
_MOST = 50_000  # pairs of characters that are remembered
_FIXED, _IDIOM = "fi"  # kinds of phrases


class Language:
    """What is known of characters and words: which are taken for which, and what a text costs, in nats."""

    def __init__(self, params: Params, phrases: list[str]) -> None:
        self._params = params
        self._phrases = phrases
        self._sounds = params.sounds.split("\n")
        self.words = words_of(params.words)
        self._pairs: dict[str, str] = {}

    def confusable(self, given: str, right: str) -> str:
        """Why one is taken for the other: `sound`, `shape` or `other`."""
        pair = given + right
        if pair not in self._pairs:
            if len(self._pairs) >= _MOST:
                self._pairs.clear()
            self._pairs[pair] = self._confusable(given, right)
        return self._pairs[pair]

    def _confusable(self, given: str, right: str) -> str:
        letters, others = self._params.letters, self._params.others
        same = letters[ord(given)] == letters[ord(right)] or given in others or right in others
        if same and any(right in group and given in group for group in self._sounds):
            return "sound"
        shapes = self._params.shapes
        return "shape" if given in shapes.line(right) or right in shapes.line(given) else "other"

    def is_known(self, form: str) -> bool:
        """Whether a form is itself a word or a phrase."""
        index = bisect_left(self._phrases, form)
        return self.words.cost(form) is not None or self._phrases[index : index + 1] == [form]

    def coined(self, number: int) -> bool:
        """Whether a phrase is but words that often meet, which a name may play on."""
        return self._params.kinds[number] not in _FIXED + _IDIOM

    def begins(self, form: str, right: str) -> bool:
        """Whether another phrase begins with a form."""
        index = bisect_left(self._phrases, form)
        return self._phrases[index : index + 1] != [right] and any(
            p.startswith(form) for p in self._phrases[index : index + 1]
        )

    def lacks(self, number: int, at: int) -> bool:
        """Whether it shows when a phrase lacks a character."""
        return bool((ord(self._params.lacking[number]) - BORDERS) >> at & 1)

    def broken(self, right: str, at: int) -> bool:
        """Whether a word of three lacks its middle and so looks like another: 进步 for 进一步."""
        word = right[at - 1 : at + 2] if at else ""
        cost = self.words.cost(word) if len(word) == 3 else None
        return cost is not None and cost <= _COMMON and self.words.cost(word[0] + word[2]) is not None

    def phrase(self, number: int) -> float:
        """What phrase costs: the rarer the more."""
        return _COSTS[ord(self._params.counts[number]) - 35]

    def affixed(self, c: str, tokens: list[tuple[int, int]], place: int) -> bool:
        """Whether a character is one that words take, and has such a word beside it."""
        before = place and tokens[place - 1][1] - tokens[place - 1][0] > 1
        after = place + 1 < len(tokens) and tokens[place + 1][1] - tokens[place + 1][0] > 1
        return bool((before and c in self._params.suffixes) or (after and c in self._params.prefixes))

    def inner(self, number: int, at: int) -> bool:
        """Whether a character of a phrase belongs to a longer word of it, which is none without it."""
        borders = ord(self._params.borders[number]) - BORDERS
        return borders >> at & 3 != 3

    def bound(self, number: int, at: int) -> bool:
        """Whether a phrase has no border of words before a character."""
        return not (ord(self._params.borders[number]) - BORDERS) >> at & 1

    def cut(self, run: str, start: int = 0, number: int = -1) -> tuple[float, list[int]]:
        """The best words of a run of Han characters: what they cost, and where each ends. With phrase `number`
        at `start`, as one of them."""
        best = [0.0] + [1e9] * len(run)
        back = [0] * (len(run) + 1)
        for at in range(len(run)):
            here = best[at]
            for length in range(1, min(_LONGEST, len(run) - at) + 1):
                piece = run[at : at + length]
                cost = self.words.cost(piece) if length <= SHORTEST else None
                if cost is None and length == 1:
                    cost = UNKNOWN
                begins = length < SHORTEST
                if not begins:
                    index = bisect_left(self._phrases, piece)
                    begins = index < len(self._phrases) and self._phrases[index].startswith(piece)
                    if begins and self._phrases[index] == piece:
                        cost = self.phrase(index)
                if cost is not None and here + cost < best[at + length]:
                    best[at + length] = here + cost
                    back[at + length] = at
                if not begins:
                    break  # nor does any phrase begin with a longer piece
            if number >= 0 and at == start:
                end = start + len(self._phrases[number])
                if here + self.phrase(number) < best[end]:
                    best[end] = here + self.phrase(number)
                    back[end] = at
        ends = [len(run)]
        while ends[-1]:
            ends.append(back[ends[-1]])
        return best[-1], ends[-2::-1]


_COSTS = [13.0, *(12.9 - 0.5 * (n.bit_length() * 1.386) + 0.35 for n in range(1, 91))]
OPEN, CLOSE = frozenset("“‘《「"), frozenset("”’》」")
KEPT = frozenset("某XxＸｘ*＊×○□_")


class Weight(NamedTuple):
    """How a slip weighs: the nats that the phrase saves, the nats of its rarest single character, and whether the
    words beside it leave it alone."""

    kind: str
    gain: float
    orphan: float
    strict: float
    bound: bool


def weighed(language: Language, slip: Slip, text: str) -> Weight | None:
    """The weight of a slip, None for what cannot be one."""
    start, end, right, number, kind, at = slip
    given = text[start:end]
    if language.is_known(given) or text[start - 1 : start] in KEPT or text[end : end + 1] in KEPT:
        return None
    if kind == "wrong":
        wrong = given[at]
        if not is_han(wrong) or wrong in KEPT:
            return None
        if (wrong in SMALL and right[at] in SMALL) or wrong in _BETWEEN:
            return None
        if not at and start and (text[start - 1].isdigit() or text[start - 1] in _NUMERALS):
            return None  # a measure word
        kind = language.confusable(wrong, right[at])
        if kind == "other" and language.words.alone(wrong) < _NEEDED[kind][2]:
            return None
    elif kind == "extra":
        if not is_han(given[at]) or given[at] in KEPT:
            return None
        if given[at] in _VERBS and not given[at:].strip(given[at]):
            return None  # 就今年工作作简要汇报
        if given[at] in right[at - 1 : at + 1]:
            kind = "doubled"
        elif given[at] in ADDED:
            return None
    elif kind == "missing":
        if not language.lacks(number, at):
            return None
        if language.begins(given, right):
            return None
        if language.broken(right, at):
            kind = "broken"
    elif kind == "swapped" and given[at] in LANDS and given[at + 1] in LANDS:
        return None
    low, high = start, end
    while low > max(0, start - _REACH) and is_han(text[low - 1]):
        low -= 1
    while high < min(len(text), end + _REACH) and is_han(text[high]):
        high += 1
    left, after = text[low:start], text[end:high]
    if language.coined(number) and text[low - 1 : low] in OPEN and text[high : high + 1] in CLOSE:
        return None  # the name of something, in quotation marks
    before, ends = language.cut(left + given + after)
    begin, stop = len(left), len(left) + len(given)
    tokens = [*pairwise([0, *ends])]
    clear, orphan, strict = True, 0.0, 0.0
    for place, (first, last) in enumerate(tokens):
        if first < begin < last or first < stop < last:
            clear = clear and last - first >= SHORTEST
        elif last == first + 1:
            c = text[low + first]
            cost = language.words.alone(c)
            if begin <= first < stop:
                orphan = max(orphan, cost)
                alone = len(right) > SHORTEST or not language.affixed(c, tokens, place)
                if alone and not (kind == "missing" and c in _UNITS):
                    strict = max(strict, cost)
            elif cost > _PARTICLE and kind in ("missing", "extra"):
                # A lone character beside another makes a word that no dictionary has, or a phrase of its own.
                inner = tokens[place + 1] if last == begin else tokens[place - 1] if first == stop else (0, 2)
                edge = not at if last == begin else at == len(given) and first == stop
                clear = clear and not edge and inner[1] - inner[0] > 1
    least = _LEAST_OF_LONG if kind == "missing" and len(right) > SHORTEST else _LEAST
    if not clear or (kind in ("missing", "extra") and strict < least):
        return None
    gain = before - language.cut(left + right + after, len(left), number)[0]
    bound = language.bound(number, at) if slip.kind == "extra" else language.inner(number, at)
    return Weight(kind, gain, orphan, strict, bound)


def is_slip(slip: Slip, weight: Weight, trusted: bool) -> bool:
    """Whether a slip weighs enough; `trusted` phrases are fixed ones of the trade."""
    # The thresholds were chosen on documents that the tables had not been made from.
    kind, gain, orphan, strict, bound = weight
    if kind == "missing":
        if len(slip.right) > SHORTEST:
            return gain >= 5
        if slip.at in (0, SHORTEST - 1):
            return gain >= 11 and strict >= 9  # 坚决遏增量: a word of one character of its own
        return gain >= 5 if trusted else gain >= 9 and strict >= 9
    if kind == "extra":
        return gain >= 8 if bound else (gain >= 12 and strict >= 10.5)
    if kind == "shape" and not bound:
        return gain >= 12 and strict >= 13
    if kind == "doubled" and trusted and 0 < slip.at < len(slip.right) - 1:
        return gain >= 4
    sure, likely, lone = _NEEDED[kind]
    return gain >= sure or (gain >= likely and orphan >= lone)


_PARTICLE = 7.0
_COMMON = 7.5
_LEAST = 8.5
_LEAST_OF_LONG = 6.5  # what is left of a long phrase is hardly an accident
_NUMERALS = frozenset("二三四五六七八九十百千万亿两几多")
SMALL = frozenset("一或和与及同向对于以的在是把被从为") | _NUMERALS
_VERBS = frozenset("作做为是有在")
_BETWEEN = frozenset("之")  # stands between any two words
LANDS = frozenset("中美俄日韩英法德欧澳印朝越泰蒙港台粤沪京津冀苏浙皖")
_UNITS = frozenset("乡镇县区市省州村组社部委厅局")  # name their office by themselves
ADDED = frozenset("和与及或不没未无非更最很太再也都每各均共按谨副正总大小多少新老真") | _NUMERALS
_NEEDED = {
    "sound": (11.0, 4.0, 8.0),
    "shape": (12.0, 5.0, 8.0),
    "other": (99.0, 10.0, 16.0),
    "swapped": (12.0, 4.0, 8.0),
    "doubled": (9.0, 4.0, 6.0),
    "broken": (4.0, 4.0, 0.0),
}
LIKELIER = {"sound": 5.0, "other": -5.0}


def lacking(params: Params, number: int) -> list[int]:
    """The places of a phrase that show when they lack their character: what is left is no word, no phrase and no
    sequence of words, but for a word of three that lost its middle."""
    phrases = params.phrases.split("\n")
    language, phrase = Language(params, phrases), phrases[number]
    out = []
    for at in range(len(phrase)):
        left = phrase[:at] + phrase[at + 1 :]
        if phrase[at] in _NUMERALS or language.is_known(left) or not language.inner(number, at):
            continue
        cost, ends = language.cut(left)
        tokens = [*pairwise([0, *ends])]
        lone = (
            language.words.alone(left[first])
            for place, (first, last) in enumerate(tokens)
            if last == first + 1 and (len(phrase) > SHORTEST or not language.affixed(left[first], tokens, place))
        )
        least = _LEAST if len(phrase) == SHORTEST else _LEAST_OF_LONG
        if language.broken(phrase, at) or (max(lone, default=0) >= least and cost >= language.phrase(number) + 3):
            out.append(at)
    return out
