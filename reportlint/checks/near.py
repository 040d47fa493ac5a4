"""Kind `near`: strings one slip away from a fixed phrase: one character taken for another that sounds or looks like
it, one missing, one too many, or two that changed places.

A phrase is met in the text by what the slip leaves of it. Every draft is looked up once for each place, whatever the
number of phrases: the text itself for phrases that lack a character or have two swapped, and the text less each third
character, in its three phases, for phrases in which the character left out is a wrong or a needless one. What is met so
is weighed: the words of the text as it stands against its words with the phrase in place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

from reportlint.checks.base import Context, Hit
from reportlint.checks.language import LIKELIER, Language, is_slip, weighed
from reportlint.checks.lexicon import Params, compile_params
from reportlint.checks.nearsearch import Slip, candidates, uncovered
from reportlint.model import Edit
from reportlint.patterns import pattern
from reportlint.rules import Kind, Param

_LONG = 4_000  # code points, from which on building the automaton of all phrases is worth it
_MOST = 5_000  # lines that are remembered
_FIXED = "f"  # kind of phrases
_THREE_BEFORE = pattern(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{3}(?:[、，；]|”[、，]?“)\Z")
_THREE_AFTER = pattern(r"(?:[、，；]|”[、，]?“)[\u4e00-\u9fff]{3}(?![\u4e00-\u9fff])")


@cache
def _phrases(joined: str) -> list[str]:
    return joined.split("\n")


def slips(params: Params, text: str) -> list[Slip]:
    """The slips of a text in its order; of overlapping ones the likeliest. No slip reaches past its line, so a line is
    looked at once, however often it stands in a text or in the versions of a draft that is being written."""
    # By the length of the draft alone: what it was checked with must not change what is found.
    covered = len(text) >= _LONG
    known = _known_lines(params, covered)
    lines = text.split("\n")
    new = [line for line in dict.fromkeys(lines) if line not in known]
    found: dict[str, list[Slip]] = {line: [] for line in new}
    ends = [*accumulate((len(line) + 1 for line in new), initial=0)]
    for slip in _slips_of(params, "\n".join(new), covered):
        index = bisect_right(ends, slip.start) - 1
        start = ends[index]
        found[new[index]].append(slip._replace(start=slip.start - start, end=slip.end - start))
    out: list[Slip] = []
    at = 0
    for line in lines:
        for slip in known.get(line) or found.get(line, []):
            out.append(slip._replace(start=slip.start + at, end=slip.end + at))
        at += len(line) + 1
    if len(known) + len(found) > _MOST:
        known.clear()
    known.update([(line, own) for line, own in found.items() if len(line) <= _LONG][-_MOST:])
    return out


@cache
def _known_lines(params: Params, covered: bool) -> dict[str, list[Slip]]:
    """The slips of lines that were looked at, by their places in the line."""
    return {}


@cache
def _language(params: Params) -> Language:
    return Language(params, _phrases(params.phrases))


def _slips_of(params: Params, text: str, covered: bool) -> list[Slip]:
    phrases = _phrases(params.phrases)
    language = _language(params)
    found = []
    open_ = uncovered(params.phrases, text) if covered else None
    for slip in dict.fromkeys(candidates(params, phrases, text, open_)):
        if slip.kind == "missing" and slip.end - slip.start == 3 and _in_threes(text, slip):
            continue
        weight = weighed(language, slip, text)
        if weight and is_slip(slip, weight, params.kinds[slip.number] == _FIXED):
            found.append((weight.gain + LIKELIER.get(weight.kind, 0.0), slip))
    found.sort(key=lambda f: (-f[0], f[1].start, f[1].end))
    taken: list[Slip] = []
    places: set[int] = set()
    for _, slip in found:
        if places.isdisjoint(range(slip.start, slip.end)):
            places.update(range(slip.start, slip.end))
            taken.append(slip)
    # A form that documents are known to use is what was meant, whatever else was found at its place.
    return sorted(s for s in taken if f"\n{text[s.start : s.end]}\n" not in params.known)


def _in_threes(text: str, slip: Slip) -> bool:
    """Whether a form of three characters is one of several such: 讲政治、敢担当, where 敢担当 lacks nothing."""
    before = _THREE_BEFORE.search(text, max(0, slip.start - 6), slip.start)
    return before is not None or _THREE_AFTER.match(text, slip.end) is not None


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
