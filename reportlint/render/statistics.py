"""`--statistics`: how many findings of which rule, the commonest first."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

from reportlint.engine import Report


def render(reports: Iterable[Report], *, as_json: bool) -> Iterator[str]:
    """The table, or with `as_json` an array."""
    counts: Counter[str] = Counter()
    fixable: Counter[str] = Counter()
    named: dict[str, tuple[str, str]] = {}
    for report in reports:
        for finding in report.findings:
            counts[finding.code] += 1
            fixable[finding.code] += finding.fix is not None
            named[finding.code] = (finding.rule, finding.severity.label)
    rows = sorted(counts, key=lambda code: (-counts[code], code))
    if as_json:
        table = [
            {
                "code": c,
                "rule": named[c][0],
                "severity": named[c][1],
                "count": counts[c],
                "fixable": fixable[c],
            }
            for c in rows
        ]
        yield json.dumps(table, ensure_ascii=False, indent=2) + "\n"
        return
    width = len(str(max(counts.values(), default=0)))
    for code in rows:
        rule, severity = named[code]
        yield f"{counts[code]:>{width}}  {code}  {severity:<7}  {rule}\n"
