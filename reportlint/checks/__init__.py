"""The closed set of check kinds: one file each, a small function over one draft."""

from reportlint.checks import (
    counts,
    dates,
    duplicates,
    figures,
    formulation,
    halfwidth,
    headings,
    markers,
    near,
    numbering,
    pairs,
    paragraphs,
    pattern,
    profile,
    repetition,
    separators,
    spaces,
    styles,
    widths,
    words,
    years,
)
from reportlint.rules import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        counts.KIND,
        *dates.KINDS,
        duplicates.KIND,
        *figures.KINDS,
        formulation.KIND,
        halfwidth.KIND,
        headings.KIND,
        *markers.KINDS,
        near.KIND,
        numbering.KIND,
        pairs.KIND,
        paragraphs.KIND,
        pattern.KIND,
        profile.KIND,
        repetition.KIND,
        separators.KIND,
        spaces.KIND,
        styles.KIND,
        widths.KIND,
        words.KIND,
        years.KIND,
    )
}
