"""An editor's text, edited at random: what any editor holds is UTF-16 units, and a cursor may stand between any two."""

from __future__ import annotations

import random
from typing import Any

PIECES = (
    *("一是", "二、", "（三）", "。", "，", ",", "；", "\r\n", "\n", "\r", "𠮷", "😀", "布署", "挂起沟来", "工作"),
    *(" ", "\u3000", "\u2028", "1.", "①", "三个方面：", "同比增长％", "XX县", "“", "”", "\x85", "\x0c", "é", ""),
    *("# ", "<!-- ", " -->", "|", "`"),
)


class Editor:
    """A text and its line table, kept as an editor keeps them."""

    def __init__(self, text: str) -> None:
        self.units = text.encode("utf-16-le", "surrogatepass")

    @property
    def text(self) -> str:
        """The text; halves of characters that stand alone stay halves."""
        return self.units.decode("utf-16-le", "surrogatepass")

    def __len__(self) -> int:
        return len(self.units) // 2

    def _unit(self, at: int) -> int:
        return int.from_bytes(self.units[2 * at : 2 * at + 2], "little")

    def place(self, at: int) -> tuple[int, dict[str, int]]:
        """A place where a cursor can stand, `at` or just before, with its position: none lies within a CRLF."""
        if 0 < at < len(self) and self._unit(at - 1) == 13 and self._unit(at) == 10:
            at -= 1
        before = self.units[: 2 * at].decode("utf-16-le", "surrogatepass")
        lines = before.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return at, {"line": len(lines) - 1, "character": len(lines[-1].encode("utf-16-le", "surrogatepass")) // 2}

    def edit(self, low: int, high: int, new: str) -> dict[str, Any]:
        """Replaces `[low, high)`; the change as the protocol tells it."""
        low, start = self.place(low)
        high, end = self.place(high)
        written = new.encode("utf-16-le", "surrogatepass")
        self.units = self.units[: 2 * low] + written + self.units[2 * high :]
        return {"range": {"start": start, "end": end}, "text": new}


def random_change(editor: Editor, dice: random.Random, about: int) -> dict[str, Any]:
    """One random edit of a text that is to stay about so long."""
    low = dice.randint(0, len(editor))
    longest = 40 if dice.random() < 0.1 else 3
    size = dice.randint(0, longest) if dice.random() < (0.7 if len(editor) > about else 0.4) else 0
    new = "".join(dice.choice(PIECES) for _ in range(dice.choice((0, 1, 1, 2))))
    if dice.random() < 0.02:
        new = "一是抓落实，" * dice.randint(1, 8)
    return editor.edit(low, min(len(editor), low + size), new)
