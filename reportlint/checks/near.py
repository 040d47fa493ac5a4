"""Kind `near`: strings one slip away from a fixed phrase: one character taken for another that sounds or looks like it,
one missing, one too many, or two that changed places.

A phrase is met in the text by what the slip leaves of it. Every draft is looked up once for each place, whatever the
number of phrases: the text itself for phrases that lack a character or have two swapped, and the text less each third
character, in its three phases, for phrases in which the character left out is a wrong or a needless one. What is met so
is weighed: the words of the text as it stands against its words with the phrase in place.
"""

from __future__ import annotations

import os
from array import array
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from reportlint.checks.base import Context, Hit
from reportlint.model import Edit
from reportlint.rules import Kind, Param

_LETTERS = "".join(map(chr, range(35, 127)))  # what stands for characters when they are looked up
_OTHER, _RARE = " ", "!"  # no Han character; one that no phrase has
_BASE = len(_LETTERS)
_REST, _ENTRY = "\x01", "\x02"  # after the end of a form, and before each entry
_WRONG, _EXTRA = "we"  # what is needed besides a form: another character in its gap, or one too many there
_FIXED, _IDIOM = "fi"  # kinds of phrases
_REACH = 5  # code points of context on either side
_UNKNOWN = 19.0  # nats
_SHORT = 20_000
_LONGEST = 10
_BORDERS = 0x4000  # makes characters of sets of places
_MANY = 6


class Index(NamedTuple):
    """Forms by their first two letters: those of pair i stand in `entries[places[i]:places[i + 1]]`."""

    entries: str
    places: bytes


class Table(NamedTuple):
    """Lines by a character: that of the n-th of `heads` stands in `lines[places[n]:places[n + 1]]`."""

    heads: str
    lines: str
    places: bytes

    def line(self, head: str) -> str:
        """The line of a character, empty if it has none."""
        at = self.heads.find(head)
        if at < 0:
            return ""
        low, high = memoryview(self.places).cast("I")[at : at + 2]
        return self.lines[low:high]


class Params(NamedTuple):
    """The tables as a check loads them: a few long strings, of which a draft touches little."""

    letters: str
    phrases: str
    counts: str
    kinds: str
    borders: str
    lacking: str
    text: Index
    thinned: Index
    sounds: str
    others: str
    shapes: Table
    words: Table
    prefixes: str
    suffixes: str
    known: str


class Slip(NamedTuple):
    """A place `[start, end)` where phrase `right` was probably meant; `at` counts from the start."""

    start: int
    end: int
    right: str
    number: int
    kind: str
    at: int


# --- tables ---


def compile_params(params: dict[str, Any], folder: str) -> Params:
    """Reads the tables. ValueError, with the line, for a row that is none."""
    rows = {row[0].replace(" ", ""): row for row in _rows(params["phrases"], 5)}
    phrases = sorted(p for p, row in rows.items() if row[2] != "known")
    sounds = [(row[1], row[2]) for row in _rows(params["sounds"], 3)]
    shapes = dict(_rows(params["shapes"], 2))
    words = dict(_rows(params["words"], 2))
    letters = _letters(phrases, [first for first, _ in sounds])
    borders = [sum(1 << at for at in accumulate(map(len, rows[p][0].split(" ")))) | 1 for p in phrases]
    known = set(phrases)
    text: list[str] = []
    thinned: list[str] = []
    for number, phrase in enumerate(phrases):
        lacking = set(map(int, rows[phrase][4]))
        spelling = _Spelling(phrase, phrase.translate(letters), _numeral(number))
        _forms(spelling, _within(phrase, known, borders[number]), lacking, text, thinned)
    return Params(
        letters,
        "\n".join(phrases),
        "".join(chr(35 + min(int(rows[p][1]), 90)) for p in phrases),
        "".join(rows[p][2][0] for p in phrases),
        "".join(chr(_BORDERS + b) for b in borders),
        "".join(chr(_BORDERS + sum(1 << int(at) for at in rows[p][4])) for p in phrases),
        _index(text),
        _index(thinned),
        "\n".join(map("".join, sounds)),
        "".join(other for _, other in sounds),
        _table(shapes),
        _table(words),
        *_affixes(words),
        "\n".join(["", *(p for p, row in rows.items() if row[2] == "known"), ""]),
    )


def _table(lines: dict[str, str]) -> Table:
    places = array("I", accumulate(map(len, lines.values()), initial=0)).tobytes()
    return Table("".join(lines), "".join(lines.values()), places)


def _affixes(words: dict[str, str]) -> tuple[str, str]:
    """The characters that many words of two take before or after them, to make one of three: 力 in 承载力."""
    known = {head + word[:-1] for head, line in words.items() for word in line.split(" ")}
    longer = [w for w in known if len(w) == 3]
    first = Counter(w[0] for w in longer if w[1:] in known)
    last = Counter(w[2] for w in longer if w[:2] in known)
    prefixes, suffixes = ("".join(sorted(c for c, n in found.items() if n >= _MANY)) for found in (first, last))
    return prefixes, suffixes


def _rows(path: str, columns: int) -> Iterator[list[str]]:
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            row = line.rstrip("\n").split("\t")
            if number == 1 or line.startswith("#"):
                continue
            if len(row) != columns or not row[0]:
                raise ValueError(f"{os.path.basename(path)}:{number}: 应为 {columns} 列 (bad row)")
            yield row


def _letters(phrases: list[str], groups: list[str]) -> str:
    """The letter of each code point: as evenly spread over the phrases as characters that sound alike allow."""
    weight = Counter("".join(phrases))
    load = [0] * _BASE
    table = [_OTHER] * 0x4E00 + [_RARE] * 0x5200 + [_OTHER] * 0x6000
    for group in sorted(groups, key=lambda g: -sum(weight[c] for c in g)):
        letter = min(range(_BASE), key=load.__getitem__)
        load[letter] += sum(weight[c] for c in group)
        for c in group:
            table[ord(c)] = _LETTERS[letter]
    return "".join(table)


def _numeral(number: int) -> str:
    return chr(35 + number // _BASE**2) + chr(35 + number // _BASE % _BASE) + chr(35 + number % _BASE)


def _number(numeral: str) -> int:
    return (ord(numeral[0]) - 35) * _BASE**2 + (ord(numeral[1]) - 35) * _BASE + ord(numeral[2]) - 35


class _Spelling(NamedTuple):
    """A phrase, its letters and its number."""

    phrase: str
    letters: str
    numeral: str


def _within(phrase: str, known: set[str], borders: int) -> set[int]:
    """The places inside shorter phrases of a phrase, of whole words: a slip there is one in them."""
    size = len(phrase)
    return {
        at
        for length in range(SHORTEST, size)
        for start in range(size - length + 1)
        if phrase[start : start + length] in known and borders >> start & 1 and borders >> start + length & 1
        for at in range(start + 1, start + length - 1)
    }


def _forms(spelling: _Spelling, within: set[int], lacking: set[int], text: list[str], thinned: list[str]) -> None:
    """What each slip leaves of a phrase: its letters, then what else there is to say. A missing character is looked
    for where it shows, at the places `lacking`; what is left without the first or last also finds another there."""
    phrase, letters, numeral = spelling
    size = len(phrase)
    for at in range(size):
        edge = at in (0, size - 1)
        if (at in lacking or edge) and (not at or phrase[at] != phrase[at - 1]):
            text.append(f"{letters[:at]}{letters[at + 1 :]}{_REST}{numeral}")
        if at in within:
            continue
        if at and phrase[at] != phrase[at - 1]:
            text.append(f"{letters[: at - 1]}{letters[at]}{letters[at - 1]}{letters[at + 1 :]}{_REST}{numeral}")
        low = max(0, at - 2)
        if not edge:
            thinned.append(f"{letters[low:at]}{letters[at + 1 : at + 3]}{_REST}{numeral}{_WRONG}{low}")
        if at:
            thinned.append(f"{letters[low:at]}{letters[at : at + 2]}{_REST}{numeral}{_EXTRA}{low}")


def _index(forms: Iterable[str]) -> Index:
    pairs: list[list[str]] = [[] for _ in range(_BASE * _BASE)]
    for form in sorted(set(forms)):
        if _RARE not in form[: form.index(_REST)]:
            pairs[(ord(form[0]) - 35) * _BASE + ord(form[1]) - 35].append(_ENTRY + form[2:])
    entries = ["".join(pair) for pair in pairs]
    return Index("".join(entries), array("I", accumulate(map(len, entries), initial=0)).tobytes())


# --- search ---


def _met(index: Index, spelt: bytes) -> Iterator[tuple[int, int, str]]:
    """Every place of a spelt text where a form begins: (start, length, the rest of its entry)."""
    entries, places = index.entries, memoryview(index.places).cast("I")
    find, lead = entries.find, [_ENTRY + chr(c) for c in range(128)]
    text = spelt.decode("ascii")
    for at, (first, second, third) in enumerate(zip(spelt, spelt[1:], spelt[2:], strict=False)):
        if first < 35 or second < 35 or third < 35:
            continue
        pair = first * _BASE + second - 35 * _BASE - 35
        low, high = places[pair], places[pair + 1]
        found = find(lead[third], low, high)
        while found >= 0:
            stop = find(_REST, found)
            if text.startswith(entries[found + 1 : stop], at + 2):
                yield at, stop - found + 1, entries[stop + 1 : stop + 6]
            found = find(lead[third], stop, high)


def _slips(params: Params, phrases: list[str], text: str) -> Iterator[Slip]:
    spelt = text.translate(params.letters)
    if not spelt.isascii():
        spelt = "".join(c if c.isascii() else _OTHER for c in spelt)
    plain = spelt.encode("ascii")
    for at, length, rest in _met(params.text, plain):
        number = _number(rest)
        phrase = phrases[number]
        size = len(phrase)
        given = text[at : at + length]
        same = 0
        while same < length and given[same] == phrase[same]:
            same += 1
        if length == size:
            if (
                same < size
                and given[same : same + 2] == phrase[same : same + 2][::-1]
                and given[same + 2 :] == phrase[same + 2 :]
            ):
                yield Slip(at, at + size, phrase, number, "swapped", same)
        elif given[same:] == phrase[same + 1 :]:
            if same == size - 1:
                yield from _edge(text, at, at + size, at + length, phrase, number, same)
            elif same:
                yield Slip(at, at + length, phrase, number, "missing", same)
            if given == phrase[1:]:
                yield from _edge(text, at - 1, at + length, at - 1, phrase, number, 0)
    for phase in range(3):
        thinned = bytearray(plain)
        del thinned[phase::3]
        for at, _, rest in _met(params.thinned, bytes(thinned)):
            number = _number(rest)
            phrase = phrases[number]
            origin = at + (at + 2 - phase) // 2 if phase else at + at // 2 + 1
            start = origin - int(rest[4])
            size = len(phrase) + (rest[3] == _EXTRA)
            given = text[start : start + size]
            if start < 0 or len(given) < size:
                continue
            same = 0
            while same < len(phrase) and given[same] == phrase[same]:
                same += 1
            if rest[3] == _EXTRA:
                same = min(same, len(phrase) - 1)
                if same and given[same + 1 :] == phrase[same:]:
                    yield Slip(start, start + size, phrase, number, "extra", same)
            elif same < size and given[same + 1 :] == phrase[same + 1 :]:
                yield Slip(start, start + size, phrase, number, "wrong", same)


def _edge(text: str, start: int, end: int, at: int, phrase: str, number: int, same: int) -> Iterator[Slip]:
    """The first or the last character of a phrase is not there: another stands in its place, or none."""
    if start >= 0 and end <= len(text):
        if text[at] == phrase[same] or text[at] in _BLANK:
            return
        yield Slip(start, end, phrase, number, "wrong", same)
    yield Slip(start + (not same), end - bool(same), phrase, number, "missing", same)


# --- judgement ---


class Language:
    """What is known of characters and words: which are taken for which, and what a text costs, in nats."""

    def __init__(self, params: Params, phrases: list[str]) -> None:
        self._params = params
        self._phrases = phrases
        self._sounds = params.sounds.split("\n")
        self._known: dict[str, dict[str, float]] = {}
        self._pairs: dict[str, str] = {}

    def confusable(self, given: str, right: str) -> str:
        """Why one is taken for the other: `sound`, `shape` or `other`."""
        pair = given + right
        if pair not in self._pairs:
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
        return form[1:] in self.words(form[0]) or self._phrases[index : index + 1] == [form]

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
        return bool((ord(self._params.lacking[number]) - _BORDERS) >> at & 1)

    def broken(self, right: str, at: int) -> bool:
        """Whether a word of three lacks its middle and so looks like another: 进步 for 进一步."""
        word = right[at - 1 : at + 2] if at else ""
        cost = self.words(word[0]).get(word[1:], _UNKNOWN) if len(word) == 3 else _UNKNOWN
        return cost <= _COMMON and word[2] in self.words(word[0])

    def phrase(self, number: int) -> float:
        """What phrase costs: the rarer the more."""
        return _COSTS[ord(self._params.counts[number]) - 35]

    def words(self, c: str) -> dict[str, float]:
        """The words that begin with a character, less it, and their costs."""
        if c not in self._known:
            line = self._params.words.line(c)
            self._known[c] = {w[:-1]: (ord(w[-1]) - 65) / 2 for w in line.split(" ")} if line else {}
        return self._known[c]

    def affixed(self, c: str, tokens: list[tuple[int, int]], place: int) -> bool:
        """Whether a character is one that words take, and has such a word beside it."""
        before = place and tokens[place - 1][1] - tokens[place - 1][0] > 1
        after = place + 1 < len(tokens) and tokens[place + 1][1] - tokens[place + 1][0] > 1
        return bool((before and c in self._params.suffixes) or (after and c in self._params.prefixes))

    def inner(self, number: int, at: int) -> bool:
        """Whether a character of a phrase belongs to a longer word of it, which is none without it."""
        borders = ord(self._params.borders[number]) - _BORDERS
        return borders >> at & 3 != 3

    def bound(self, number: int, at: int) -> bool:
        """Whether a phrase has no border of words before a character."""
        return not (ord(self._params.borders[number]) - _BORDERS) >> at & 1

    def cut(self, run: str, start: int = 0, number: int = -1) -> tuple[float, list[int]]:
        """The best words of a run of Han characters: what they cost, and where each ends. With phrase `number`
        at `start`, as one of them."""
        best = [0.0] + [1e9] * len(run)
        back = [0] * (len(run) + 1)
        for at, c in enumerate(run):
            here = best[at]
            words = self.words(c)
            for length in range(1, min(_LONGEST, len(run) - at) + 1):
                piece = run[at : at + length]
                cost = words.get(piece[1:]) if length <= SHORTEST else None
                if cost is None and length == 1:
                    cost = _UNKNOWN
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
_BLANK = frozenset(" \t\u00a0\u3000\u200b\u200c\u200d\ufeff")
_OPEN, _CLOSE = frozenset("“‘《「"), frozenset("”’》」")
_KEPT = frozenset("某Xx")


def _is_han(c: str) -> bool:
    return "\u4e00" <= c <= "\u9fff"


class Weight(NamedTuple):
    """How a slip weighs: the nats that the phrase saves, the nats of its rarest single character, and whether the
    words beside it leave it alone."""

    kind: str
    gain: float
    orphan: float
    strict: float
    bound: bool


def _weighed(language: Language, slip: Slip, text: str) -> Weight | None:
    """The weight of a slip, None for what cannot be one."""
    start, end, right, number, kind, at = slip
    given = text[start:end]
    if language.is_known(given):
        return None
    if kind == "wrong":
        wrong = given[at]
        if not _is_han(wrong) or wrong in _KEPT:
            return None
        if (wrong in _SMALL and right[at] in _SMALL) or wrong in _BETWEEN:
            return None
        if not at and start and (text[start - 1].isdigit() or text[start - 1] in _NUMERALS):
            return None  # a measure word
        kind = language.confusable(wrong, right[at])
        if kind == "other" and language.words(wrong).get("", _UNKNOWN) < _NEEDED[kind][2]:
            return None
    elif kind == "extra":
        if not _is_han(given[at]) or given[at] in _KEPT:
            return None
        if given[at] in right[at - 1 : at + 1]:
            kind = "doubled"
        elif given[at] in _ADDED:
            return None
    elif kind == "missing":
        if not language.lacks(number, at):
            return None
        if language.begins(given, right):
            return None
        if language.broken(right, at):
            kind = "broken"
    elif kind == "swapped" and given[at] in _LANDS and given[at + 1] in _LANDS:
        return None
    low, high = start, end
    while low > max(0, start - _REACH) and _is_han(text[low - 1]):
        low -= 1
    while high < min(len(text), end + _REACH) and _is_han(text[high]):
        high += 1
    left, after = text[low:start], text[end:high]
    if language.coined(number) and text[low - 1 : low] in _OPEN and text[high : high + 1] in _CLOSE:
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
            cost = language.words(c).get("", _UNKNOWN)
            if begin <= first < stop:
                orphan = max(orphan, cost)
                if not language.affixed(c, tokens, place) and not (kind == "missing" and c in _UNITS):
                    strict = max(strict, cost)
            elif cost > _PARTICLE and kind in ("missing", "extra"):
                # A lone character beside another makes a word that no dictionary has, or a phrase of its own.
                inner = tokens[place + 1] if last == begin else tokens[place - 1] if first == stop else (0, 2)
                edge = not at if last == begin else at == len(given) and first == stop
                clear = clear and not edge and inner[1] - inner[0] > 1
    if not clear or (kind in ("missing", "extra") and strict < _LEAST):
        return None
    gain = before - language.cut(left + right + after, len(left), number)[0]
    bound = language.bound(number, at) if slip.kind == "extra" else language.inner(number, at)
    return Weight(kind, gain, orphan, strict, bound)


def _is_slip(slip: Slip, weight: Weight, trusted: bool) -> bool:
    # The thresholds were chosen on documents that the tables had not been made from.
    kind, gain, orphan, strict, bound = weight
    if kind == "missing":
        if len(slip.right) > SHORTEST or trusted:
            return gain >= 7
        return gain >= 9 and strict >= 9
    if kind == "extra":
        return gain >= 8 if bound else (gain >= 12 and strict >= 10.5)
    if kind == "shape" and not bound:
        return gain >= 12 and strict >= 13
    if kind == "doubled" and trusted and 0 < slip.at < len(slip.right) - 1:
        return gain >= 4
    sure, likely, lone = _NEEDED[kind]
    return gain >= sure or (gain >= likely and orphan >= lone)


SHORTEST = 4
_PARTICLE = 7.0
_COMMON = 7.5
_LEAST = 8.5
_NUMERALS = frozenset("二三四五六七八九十百千万亿两几多")
_SMALL = frozenset("一或和与及同向对于以的在是把被从为") | _NUMERALS
_BETWEEN = frozenset("之")  # stands between any two words
_LANDS = frozenset("中美俄日韩英法德欧澳印朝越泰蒙港台粤沪京津冀苏浙皖")
_UNITS = frozenset("乡镇县区市省州村组社部委厅局")  # name their office by themselves
_ADDED = frozenset("不没未无非更最很太再也都每各均共按谨副正总大小多少新老真") | _NUMERALS
_NEEDED = {
    "sound": (11.0, 4.0, 8.0),
    "shape": (12.0, 5.0, 8.0),
    "other": (99.0, 10.0, 16.0),
    "swapped": (12.0, 4.0, 8.0),
    "doubled": (9.0, 4.0, 6.0),
    "broken": (4.0, 4.0, 0.0),
}
_LIKELIER = {"sound": 5.0, "other": -5.0}


@cache
def _phrases(joined: str) -> list[str]:
    return joined.split("\n")


def lacking(params: Params, number: int) -> list[int]:
    """The places of a phrase that show when they lack their character: what is left is no word, no phrase and no
    sequence of words, but for a word of three that lost its middle."""
    phrases = _phrases(params.phrases)
    language, phrase = Language(params, phrases), phrases[number]
    out = []
    for at in range(len(phrase)):
        left = phrase[:at] + phrase[at + 1 :]
        if phrase[at] in _NUMERALS or language.is_known(left) or not language.inner(number, at):
            continue
        cost, ends = language.cut(left)
        tokens = [*pairwise([0, *ends])]
        lone = (
            language.words(left[first]).get("", _UNKNOWN)
            for place, (first, last) in enumerate(tokens)
            if last == first + 1 and not language.affixed(left[first], tokens, place)
        )
        if language.broken(phrase, at) or (max(lone, default=0) >= _LEAST and cost >= language.phrase(number) + 3):
            out.append(at)
    return out


def slips(params: Params, text: str) -> list[Slip]:
    """The slips of a text in its order; of overlapping ones the likeliest. A line that a long text repeats is looked
    at once: no slip reaches past its line."""
    if len(text) < _SHORT:
        return _slips_of(params, text)
    starts: dict[str, list[int]] = defaultdict(list)
    at = 0
    for line in text.split("\n"):
        starts[line].append(at)
        at += len(line) + 1
    once = "\n".join(starts)
    lines = list(starts.items())
    ends = [*accumulate((len(line) + 1 for line in starts), initial=0)]
    found = []
    for slip in _slips_of(params, once):
        index = bisect_right(ends, slip.start) - 1
        for start in lines[index][1]:
            moved = start - ends[index]
            found.append(slip._replace(start=slip.start + moved, end=slip.end + moved))
    return sorted(found)


def _slips_of(params: Params, text: str) -> list[Slip]:
    phrases = _phrases(params.phrases)
    language = Language(params, phrases)
    found = []
    for slip in dict.fromkeys(_slips(params, phrases, text)):
        weight = _weighed(language, slip, text)
        if weight and _is_slip(slip, weight, params.kinds[slip.number] == _FIXED):
            found.append((weight.gain + _LIKELIER.get(weight.kind, 0.0), slip))
    found.sort(key=lambda f: (-f[0], f[1].start, f[1].end))
    taken: list[Slip] = []
    for _, slip in found:
        if all(slip.end <= other.start or other.end <= slip.start for other in taken):
            taken.append(slip)
    # A form that documents are known to use is what was meant, whatever else was found at its place.
    return sorted(s for s in taken if f"\n{text[s.start : s.end]}\n" not in params.known)


def run(params: Params, context: Context) -> Iterator[Hit]:
    """The slips, each with the phrase in its place."""
    for slip in slips(params, context.text):
        edit = Edit(slip.start, slip.end, slip.right)
        yield Hit(slip.start, slip.end, {"right": slip.right}, (edit,), "" if slip.kind == "wrong" else slip.kind)


_FILES = {
    "phrases": "a TSV of words of a phrase, count, kind, source, places that show when they lack their character",
    "sounds": "a TSV of syllable, characters, characters also read so",
    "shapes": "a TSV of character, characters that look like it",
    "words": "a TSV of character, words that begin with it, each with the letter of its cost",
}

KIND = Kind(
    "near",
    "Reports strings one slip away from a fixed phrase.",
    {name: Param("file", f"{doc}; the first line is its header", required=True) for name, doc in _FILES.items()},
    run,
    compile_params,
)
