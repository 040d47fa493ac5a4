"""`--statistics --output-format json`: the table as an array."""

from __future__ import annotations

import json
from collections.abc import Iterator

from reportlint.render import statistics


class Output(statistics.Output):
    """The array."""

    def end(self) -> Iterator[str]:
        """The array, whole."""
        yield json.dumps([row._asdict() for row in self.rows()], ensure_ascii=False, indent=2) + "\n"
