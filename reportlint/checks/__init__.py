"""The closed set of check kinds: one file each, a small function over one draft."""

from reportlint.checks import (
    counts,
    halfwidth,
    headings,
    markers,
    numbering,
    pairs,
    paragraphs,
    pattern,
    profile,
    repetition,
    separators,
    spaces,
    styles,
    words,
)
from reportlint.rules import Kind

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        counts.KIND,
        halfwidth.KIND,
        headings.KIND,
        *markers.KINDS,
        numbering.KIND,
        pairs.KIND,
        paragraphs.KIND,
        pattern.KIND,
        profile.KIND,
        repetition.KIND,
        separators.KIND,
        spaces.KIND,
        styles.KIND,
        words.KIND,
    )
}
