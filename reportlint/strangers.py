"""Where markers of the wrong series belong: （一） 二、 （三） is a list of three."""

from __future__ import annotations

from bisect import bisect_right

from reportlint.draft import Draft, Paragraph
from reportlint.judge import LIST_FORMS, Candidate, series_of

_RANKED = ("han-comma", "han-paren", "arabic-dot", "arabic-paren", "circled")
_WORDS = frozenset({"shi", "yao", "di", "qi"})
_HEADING = 45  # code points
_CLOSING = "。；;！？，：:"


def settle_strangers(markers: list[Candidate], draft: Draft) -> list[Candidate]:
    """Puts a marker of the wrong series into the list whose ordinal it fills: （一） 二、 （三） is a list of three.

    Its type, and so its place in the tree, becomes that list's; its series stays what is written.
    """
    headings = [i for i, m in enumerate(markers) if m.series in _RANKED and not m.inline]
    before, after = _neighbours(markers, headings), _neighbours(markers, headings[::-1])
    taken: dict[str, set[int]] = {series: set() for series in _RANKED}
    out = list(markers)
    filled: dict[str, int] = {}  # the last stranger put into each series' list
    for i in headings:
        m = markers[i]
        n = m.ordinal or 0
        reached = max(before[i].get(m.series, -1), filled.get(m.series, -1))
        own = reached if reached >= 0 else None
        own_next = _ordinal(markers, after[i], m.series)
        fits = own is not None and markers[own].ordinal == n - 1
        if n >= 2 and not (fits and own_next == n + 1):
            for rank, series in enumerate(_RANKED):
                prior, later = before[i].get(series), _ordinal(markers, after[i], series)
                if series == m.series or prior is None or markers[prior].ordinal != n - 1 or n in taken[series]:
                    continue
                if series_of(out[prior].type) != series:
                    continue
                # Its own list has a place for it, and nothing after it says that the place is another's.
                outranks = _RANKED.index(m.series) < rank
                natural = fits and ((own or 0) > prior or (outranks and own_next is None))
                natural = natural and (outranks or not _is_section(draft, markers, i, prior, own or 0))
                below = min(after[i].values(), default=-1)
                # One that a list of its own series follows is the section that holds it.
                holds = below >= 0 and markers[below].series == m.series and markers[below].ordinal == 1
                # A paragraph between the two may be a section whose marker was lost.
                near = holds and markers[below].paragraph == m.paragraph + 1
                natural = natural and (outranks or not near or not _is_heading(draft, draft.paragraphs[m.paragraph]))
                if natural:
                    continue
                # At the end of a list: only where its own series has nothing to do with it, or gives its ordinal to
                # another one that looks more like it.
                open_ = all(before[i].get(above, -1) < prior for above in _RANKED[:rank])
                ends = open_ and (later in (None, 1) or _is_closed(after[i], series))
                if own is None:
                    stray = n > 2 and own_next != n + 1
                else:
                    alike = _looks_like(draft, markers, i, prior, own)
                    top = markers[own].ordinal or 0
                    if not outranks:
                        stray = own_next != n + 1 and (alike or holds)
                    elif own_next == top + 1 and not fits:
                        # Its own list has no gap for it; but what has such a list below it is a section, and an
                        # ordinal as low as the last is a doubled or a late one.
                        section = below >= 0 and markers[below].series == series and markers[below].ordinal == 1
                        stray = alike or (n > top and not section and _has_no_room(markers, headings, i))
                    else:
                        # A list of one, （1） before 2. 2., is none.
                        stray = (own_next == n and (alike or n == 2)) or (own_next is None and top >= n and alike)
                if (later == n + 1 and not _is_taken(markers, before, prior, n)) or (ends and stray):
                    out[i] = _placed(m, series)
                    filled[series] = i
                    break
        if n == 1 and 1 in taken[m.series]:
            taken[m.series] = set()
        taken[series_of(out[i].type)].add(n)
    return _settle_words(_settle_among_words(out), draft)


def _is_closed(after: dict[str, int], series: str) -> bool:
    """Whether a section of a higher rank begins before the next marker of a series."""
    return any(after.get(above, after[series]) < after[series] for above in _RANKED[: _RANKED.index(series)])


def _is_taken(markers: list[Candidate], before: dict[int, dict[str, int]], prior: int, ordinal: int) -> bool:
    """Whether the place after `prior` is filled before its list begins: 三、 （一） 一、 二、 （二） 四、."""
    series = markers[prior].series
    at: int | None = prior
    while at is not None and markers[at].ordinal != 1:
        below = before[at].get(series)
        at = below if below is not None and markers[below].ordinal == (markers[at].ordinal or 0) - 1 else None
    above = None if at is None else before[at].get(series)
    return above is not None and markers[above].ordinal == ordinal


def _placed(marker: Candidate, series: str) -> Candidate:
    return marker._replace(type=series.replace("-", "_").upper())


def _is_section(draft: Draft, markers: list[Candidate], index: int, prior: int, own: int) -> bool:
    """Whether what may go on with a list of sentences is a heading with something below it, as the section before."""
    paragraph = markers[index].paragraph
    if not _looks_like(draft, markers, index, prior, own) or not _is_heading(draft, draft.paragraphs[paragraph]):
        return False
    if index + 1 < len(markers) and markers[index + 1].paragraph == paragraph + 1:
        return markers[index + 1].ordinal == 1
    return paragraph + 1 < len(draft.paragraphs)


def _settle_words(markers: list[Candidate], draft: Draft) -> list[Candidate]:
    """Puts 一是 or its like into the list of sections whose ordinal it fills: 一、 二是 三、."""
    out = list(markers)
    blocks = [i for i, m in enumerate(markers) if not m.inline and m.ordinal is not None]
    last: dict[str, int] = {}  # by series, the last block before that no higher one has closed
    for position, i in enumerate(blocks):
        m = out[i]
        if m.series in _WORDS and series_of(m.type) == m.series and (m.ordinal or 0) > 1:
            own = last.get(m.series)
            home = None
            if own is None or out[own].ordinal != (m.ordinal or 0) - 1:
                following = (out[j] for j in blocks[position + 1 :])
                home = _section_list(out, last, m, next((c for c in following if c.series in _RANKED), None), draft)
            if home is not None:
                m = out[i] = _placed(m, home)
        series = series_of(m.type)
        if series in _RANKED:
            last = {s: j for s, j in last.items() if s in _RANKED[: _RANKED.index(series)]}
        last[series] = i
    return out


def _section_list(
    markers: list[Candidate], last: dict[str, int], m: Candidate, later: Candidate | None, draft: Draft
) -> str | None:
    """The series of the sections among which a word stands for the next one; `later` is the next figure."""
    heading = _is_heading(draft, draft.paragraphs[m.paragraph])
    for series in _RANKED:
        prior = markers[last[series]] if series in last else None
        if prior is None or prior.ordinal != (m.ordinal or 0) - 1:
            continue
        goes_on = later is not None and later.series == series and later.ordinal == (m.ordinal or 0) + 1
        if goes_on or (heading and _is_heading(draft, draft.paragraphs[prior.paragraph])):
            return series
    return None


def _has_no_room(markers: list[Candidate], headings: list[int], index: int) -> bool:
    """Whether a marker's own list, as it goes on after it, has its ordinal already or never comes as far."""
    m = markers[index]
    rest = []
    for j in headings[bisect_right(headings, index) :]:
        if markers[j].series == m.series:
            if markers[j].ordinal == 1:
                break
            rest.append(markers[j].ordinal or 0)
    # One short of it, and the two may have changed places.
    return m.ordinal in rest or max(rest, default=0) < (m.ordinal or 0) - 1


def _settle_among_words(markers: list[Candidate]) -> list[Candidate]:
    """Puts a figure into the list of 一是, 第一 or the like whose ordinal it fills: 一是 （二） 三是."""
    out = list(markers)
    if not any(m.series in _WORDS and not m.inline for m in markers):
        return out
    last: dict[str, int] = {}  # by series, the ordinal of the last before
    around = -1  # the rank of the section that the words stand in
    word: Candidate | None = None  # the last item of a list of words that opens a paragraph, with no figure after it
    blocks = [i for i, m in enumerate(markers) if not m.inline and m.ordinal is not None]
    for position, i in enumerate(blocks):
        m = markers[i]
        n = m.ordinal or 0
        if m.series in _WORDS:
            follows = word is not None and word.series == m.series and n == (word.ordinal or 0) + 1
            word = m if n == 1 or follows else None
        elif m.series in _RANKED:
            rank = _RANKED.index(m.series)
            if word is not None and series_of(m.type) == m.series and n == (word.ordinal or 0) + 1:
                likes = (m.series, word.series)
                later = (markers[blocks[k]] for k in range(position + 1, len(blocks)))
                after = next((c for c in later if c.series in likes), None)
                own = last.get(m.series) == n - 1
                goes_on = after is not None and after.series == word.series and after.ordinal == n + 1
                # Its own list may have lost one item: 四 … 六.
                ends = last.get(m.series, 0) < n - 2 and (after is None or after.ordinal == 1)
                if (goes_on and not (own and rank <= around)) or (ends and rank > around):
                    out[i] = m._replace(type=word.series.upper())
                    word = word._replace(ordinal=n)
                    continue
            word, around = None, rank
        elif m.series not in LIST_FORMS:
            word, around = None, -1
        last[m.series] = n
    return out


def _looks_like(draft: Draft, markers: list[Candidate], index: int, prior: int, own: int) -> bool:
    """Whether an item is of the form of the one list (a heading, or one that runs into its text) and not the other."""
    forms = [_is_heading(draft, draft.paragraphs[markers[i].paragraph]) for i in (index, prior, own)]
    return forms[0] == forms[1] != forms[2]


def _is_heading(draft: Draft, paragraph: Paragraph) -> bool:
    line = draft.line(paragraph)
    return len(line) <= _HEADING and line[-1:] not in _CLOSING and "。" not in line


def _neighbours(markers: list[Candidate], order: list[int]) -> dict[int, dict[str, int]]:
    """For each index in `order`, the nearest index before it in that order of each series."""
    near: dict[int, dict[str, int]] = {}
    seen: dict[str, int] = {}
    for i in order:
        near[i] = dict(seen)
        seen[markers[i].series] = i
    return near


def _ordinal(markers: list[Candidate], near: dict[str, int], series: str) -> int | None:
    return markers[near[series]].ordinal if series in near else None
