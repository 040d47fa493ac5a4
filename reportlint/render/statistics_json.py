"""`--statistics --output-format json`: the table as an array."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reportlint.render import statistics


class Output(statistics.Output):
    """The array."""

    def end(self) -> Iterator[str]:
        """The array, whole."""
        table = [
            {"code": r.code, "rule": r.rule, "severity": r.severity, "count": r.found, "fixable": r.fixable}
            for r in self.rows()
        ]
        yield json.dumps(table, ensure_ascii=False, indent=2) + "\n"
