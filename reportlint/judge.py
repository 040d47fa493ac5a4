"""Which of the candidates that the scans found are markers.

A candidate whose shape alone says marker (`firm`) is one. The others are kept only where their ordinal fits the list
that is open.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reportlint.draft import BLANKS, Draft

LIST_FORMS = frozenset({"shi", "yao", "di", "shou", "qi", "dash"})
_BESIDE = 20  # candidates
OPENS_CLAUSE = frozenset("。；：，,;:！？!?…”’）)》】" + BLANKS)
_OPENS_ITEM = frozenset("。；：;:！？!?…”）)》，," + BLANKS)
_GLUED = frozenset({"HAN_PAREN_IN", "ARABIC_PAREN_IN", "CIRCLED_IN"})
_OPENS_RUN = frozenset("。；：;:" + BLANKS)
_SLIP = 3  # how far an ordinal may be off that still belongs to its list
_NEAR = 6  # paragraphs: how far ahead the second item of a list may stand from a first that is glued to its lead-in


class Candidate(NamedTuple):
    """What may be a marker. `path`: the numbers before the last of a decimal, 1.2 of 1.2.3; `bare`: a number alone,
    whose mark was lost."""

    type: str
    start: int
    end: int
    series: str
    ordinal: int | None
    paragraph: int
    inline: bool
    firm: bool
    path: str = ""
    bare: bool = False


@cache
def series_of(terminal: str) -> str:
    """The series of CONTRACT section 3 that a terminal of the grammar spells."""
    name = terminal.removesuffix("_ODD").removesuffix("_IN").lower().replace("_", "-")
    return "decimal" if name.startswith("decimal") else name


class Judge:
    """Decides, in document order, which candidates are markers."""

    def __init__(self, draft: Draft, candidates: list[Candidate]) -> None:
        self.text = draft.text
        self.candidates = candidates
        self.last: dict[str, int] = {}
        self.where: dict[str, int] = {}  # the paragraph of each of these
        self.opened = {c.paragraph: c.series for c in candidates if not c.inline and c.firm}
        self.top = 0  # of the 首先 list: its highest ordinal, those of strangers in it included
        self.decimal = ""
        self.following = self._following_firm()
        self.runs = self._runs_inside()
        self.flat = self._flattened()

    def markers(self) -> list[Candidate]:
        """The candidates that are markers."""
        kept: list[Candidate] = []
        for index, candidate in enumerate(self.candidates):
            if candidate.type in ("ANNEX", "BOX"):
                if candidate.type == "ANNEX":
                    self.last.clear()
                kept.append(candidate)
                continue
            accepted = self._judge(index, candidate)
            if accepted is None:
                continue
            kept.append(accepted)
            if accepted.ordinal is not None:
                self.last[accepted.series] = accepted.ordinal
                self.where[accepted.series] = accepted.paragraph
            if accepted.series not in LIST_FORMS and not accepted.inline:
                self.last.pop("shou", None)
            if accepted.series == "shou" and accepted.ordinal == 1:
                self.top = 1
            elif accepted.series in LIST_FORMS and "shou" in self.last:
                self.top = max(self.top, accepted.ordinal or 0)
            if accepted.series == "decimal":
                self.decimal = f"{accepted.path}.{accepted.ordinal}"
        return kept

    def _judge(self, index: int, c: Candidate) -> Candidate | None:
        if c.series == "shou":
            return self._judge_shou(index, c)
        if c.series == "decimal":
            return c if self._fits_decimal(c) else self._as_dotted(index, c)
        if c.firm:
            return c
        if not c.inline:
            fits = self._fits(index, c, both=c.bare)
            if c.bare and c.ordinal == 1:
                fits = fits and not self.last.get(c.series)
            elif c.bare and not fits and c.series != "han-comma":
                fits = self.where.get(c.series) == c.paragraph - 1 and self._fits(index, c, both=False)
            return c if fits else None
        if c.series in LIST_FORMS:
            return c if self._fits(index, c, both=not self._opens_clause(c)) else None
        if index in self.runs:
            # In a document whose line breaks were lost, what looks like a run inside a paragraph is its headings.
            return c._replace(type=c.type.removesuffix("_IN")) if c.paragraph in self.flat else c
        # A first item may be glued to the heading that it stands under: 一、工作（一）…
        glued = c.ordinal == 1 and c.type in _GLUED and self.opened.get(c.paragraph) not in (None, c.series)
        if (glued or self.text[c.start - 1] in _OPENS_ITEM) and self._fits(index, c, both=True):
            return c._replace(type=c.type.removesuffix("_IN"))
        return None

    def _fits(self, index: int, c: Candidate, *, both: bool) -> bool:
        """Whether the ordinal continues the open list (`both`: and the next firm marker continues it), or is
        a first whose second follows."""
        after = self.following[index]
        following = self.candidates[after].ordinal if after is not None else None
        if c.ordinal is None:
            return False
        if c.ordinal == 1 and following == 2 and after is not None:
            return self.candidates[after].paragraph - c.paragraph <= _NEAR or not c.inline
        return (
            c.ordinal == self.last.get(c.series, 0) + 1 and c.ordinal > 1 and (not both or following == c.ordinal + 1)
        )

    def _opens_clause(self, c: Candidate) -> bool:
        return not c.inline or self.text[c.start - 1] in OPENS_CLAUSE

    def _following_firm(self) -> list[int | None]:
        """For each candidate the next of its series that is firm or opens a paragraph."""
        out: list[int | None] = [None] * len(self.candidates)
        nearest: dict[str, int] = {}
        for index in range(len(self.candidates) - 1, -1, -1):
            c = self.candidates[index]
            out[index] = nearest.get(c.series)
            if c.firm or not c.inline or (c.series in LIST_FORMS and self._opens_clause(c)):
                nearest[c.series] = index
            if c.type == "ANNEX":
                nearest.clear()
        return out

    def _runs_inside(self) -> set[int]:
        """The indexes of figures inside paragraphs that make a run: 1, 2, … after a stop or a blank."""
        groups: dict[tuple[int, str], list[int]] = {}
        opening: dict[tuple[int, str], int] = {}
        for index, c in enumerate(self.candidates):
            if c.type.endswith("_IN") and c.ordinal is not None and self.text[c.start - 1] in _OPENS_ITEM:
                groups.setdefault((c.paragraph, c.series), []).append(index)
            elif not c.inline and c.ordinal == 1:
                opening[c.paragraph, c.series] = 1
        runs: set[int] = set()
        for key, indexes in groups.items():
            ordinals = [self.candidates[i].ordinal or 0 for i in indexes]
            last = opening.get(key, 0)
            if not last and self._is_damaged_run(indexes, ordinals):
                runs.update(indexes)
                continue
            for position, (index, ordinal) in enumerate(zip(indexes, ordinals, strict=True)):
                if ordinal == 1 and 2 in ordinals[position + 1 : position + 40]:
                    last = 1
                elif last and last <= ordinal <= last + _SLIP:
                    last = ordinal
                else:
                    continue
                runs.add(index)
        return runs

    def _is_damaged_run(self, indexes: list[int], ordinals: list[int]) -> bool:
        """Whether figures after stops are a list with a slip in it: 2 3, 1 3, 1 3 2 4, 1 1 3."""
        if len(indexes) < 2 or any(self.text[self.candidates[i].start - 1] not in _OPENS_RUN for i in indexes):
            return False
        return len(set(ordinals)) >= max(2, len(ordinals) - 1) and max(ordinals) < len(ordinals) + _SLIP

    def _flattened(self) -> set[int]:
        """The paragraphs that hold a whole document: two or more 一、二、 stand inside them."""
        count: dict[int, int] = {}
        for index in self.runs:
            c = self.candidates[index]
            if c.series == "han-comma":
                count[c.paragraph] = count.get(c.paragraph, 0) + 1
        return {paragraph for paragraph, n in count.items() if n >= 2}

    def _judge_shou(self, index: int, c: Candidate) -> Candidate | None:
        """首先 is a marker only where 其次 (or another second) follows, the others only after it."""
        opens = not c.inline or self.text[c.start - 1] in OPENS_CLAUSE
        if not opens:
            return None
        open_at = self.last.get("shou")
        if c.ordinal == 1 or (c.ordinal == 2 and open_at is None):
            return c if self._goes_on(index, c.ordinal) or self._is_twin(index, c) else None
        if open_at is None:
            return None
        if c.ordinal is None:
            return c._replace(ordinal=self.top + 1) if self.top >= 2 else None
        return c

    def _is_twin(self, index: int, c: Candidate) -> bool:
        """Whether of a 首先 there are two in one paragraph, with no other item between them: one stands for 其次."""
        for step in (1, -1):
            near = range(index + step, index + step * _BESIDE, step)
            beside = (self.candidates[at] for at in near if 0 <= at < len(self.candidates))
            other = next((x for x in beside if x.series in LIST_FORMS), None)
            if other is None or other.paragraph != c.paragraph or other.series != "shou" or other.ordinal != 1:
                continue
            said = all(self.text[x.start + 2 : x.start + 3] == "，" for x in (c, other))
            if said and self.text[max(c.start, other.start) - 1] in "。；":
                return True
        return False

    def _goes_on(self, index: int, ordinal: int) -> bool:
        """Whether a 首先 (or a 其次 without it) opens a list: a later item follows before the next heading."""
        for later in self.candidates[index + 1 : index + 60]:
            if later.series not in LIST_FORMS:
                if not later.inline:
                    return False
                continue
            clause = later.firm or not later.inline or self.text[later.start - 1] in OPENS_CLAUSE
            if later.series == "shou" and later.ordinal == ordinal + 2 and clause:
                return True
            if later.ordinal == ordinal + 1:
                return clause and (ordinal == 1 or later.series == "shou")
            if later.ordinal == 1:
                return False
        return False

    def _fits_decimal(self, c: Candidate) -> bool:
        here = f"{c.path}.{c.ordinal}"
        if c.ordinal == 1:
            parent, _, last = c.path.rpartition(".")
            return not parent or self.decimal.startswith(c.path) or int(last) >= 1
        return (
            self.decimal.rpartition(".")[0] == c.path
            or self.decimal.startswith(f"{c.path}.{(c.ordinal or 0) - 1}.")
            or (self.decimal.startswith(c.path + ".") and self.decimal < here)
        )

    def _as_dotted(self, index: int, c: Candidate) -> Candidate | None:
        """Not 21.5 as a decimal, but perhaps item 21 whose text begins with a figure."""
        number = int(c.path.split(".")[0])
        if c.path.count(".") or self.last.get("arabic-dot") != number - 1:
            return None
        end = c.start + len(c.path) + 1
        return c._replace(type="ARABIC_DOT_ODD", series="arabic-dot", ordinal=number, end=end, path="")
