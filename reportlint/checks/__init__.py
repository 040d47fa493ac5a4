"""The closed set of check kinds: one file each, a small function over one draft."""

from reportlint.checks import (
    blanks,
    counts,
    dates,
    duplicates,
    enumerations,
    figures,
    formulation,
    halfwidth,
    headings,
    markers,
    numbering,
    pairs,
    paragraphs,
    pattern,
    profile,
    ranges,
    repetition,
    separators,
    spaces,
    styles,
    terms,
    widths,
    words,
    years,
)
from reportlint.rules import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        blanks.KIND,
        counts.KIND,
        *dates.KINDS,
        duplicates.KIND,
        enumerations.KIND,
        *figures.KINDS,
        formulation.KIND,
        halfwidth.KIND,
        headings.KIND,
        *markers.KINDS,
        numbering.KIND,
        pairs.KIND,
        paragraphs.KIND,
        pattern.KIND,
        profile.KIND,
        ranges.KIND,
        repetition.KIND,
        separators.KIND,
        spaces.KIND,
        styles.KIND,
        terms.KIND,
        widths.KIND,
        words.KIND,
        years.KIND,
    )
}
