"""TOML that knows where it stands: a table of a TOML file as the same located values that YAML gives.

`tomllib` says whether a file is TOML and what each scalar means; it keeps no places, so they are found beside it by
a scanner, which can be small because it only ever sees files that are right.
"""

from __future__ import annotations

import tomllib
from typing import Any

import yaml

from reportlint.located import Source, Value, read_source
from reportlint.patterns import pattern

_BLANK = pattern(r"(?:[ \t\r\n]|#[^\n]*)+")
_BARE = pattern(r"[^,\]}\n#]+")
_NAME = pattern(r"[A-Za-z0-9_-]+")
_STRING = pattern(
    r'"""(?:[^\\]|\\(?s:.))*?"{3,5}|' + r"'''(?s:.)*?'{3,5}" + r'|"(?:[^"\\\n]|\\.)*"|' + r"'[^'\n]*'",
)
_PLACE = pattern(r"(.*?) \(at (?:line (\d+), column (\d+)|end of document)\)")
_PREFIX = "tag:yaml.org,2002:"


def load_table(path: str, names: tuple[str, ...]) -> Value | Source | None:
    """The table of these names in a TOML file: its source where the table is empty, None where there is none.
    YamlError where the file cannot be read or is no TOML."""
    return table_in(read_source(path), names)


def table_in(source: Source, names: tuple[str, ...]) -> Value | Source | None:
    """The same of a TOML text that was read already."""
    try:
        found: Any = tomllib.loads(source.text)
    except tomllib.TOMLDecodeError as error:
        said = _PLACE.match(str(error))
        lines = source.text.count("\n")
        row, column = (int(said[2]) - 1, int(said[3]) - 1) if said and said[2] else (lines, 0)
        raise source.error(row, column, f"TOML 语法错误：{said[1] if said else error} (syntax error)") from None
    except RecursionError:
        raise source.error(0, 0, "嵌套过深 (nested too deeply)") from None
    for name in names:
        if not isinstance(found, dict) or name not in found:
            return None
        found = found[name]
    node: yaml.Node = _Scanner(source.text).document()
    for name in names:
        assert isinstance(node, yaml.MappingNode)
        node = next(value for key, value in node.value if key.value == name)
    return Value(source, node) if found != {} else source


class _Scanner:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def document(self) -> yaml.MappingNode:
        root = table = self._table(0)
        self._skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                many = self.text.startswith("[[", self.at)
                self.at += 1 + many
                table = self._below(root, self._path(), many)
                self.at += 1 + many
            else:
                self._pair(table)
            self._skip()
        return root

    def _mark(self, at: int) -> yaml.Mark:
        line = self.text.count("\n", 0, at)
        return yaml.Mark("", at, line, at - (self.text.rfind("\n", 0, at) + 1), None, 0)

    def _table(self, start: int) -> yaml.MappingNode:
        return yaml.MappingNode(_PREFIX + "map", [], self._mark(start), self._mark(start))

    def _skip(self) -> None:
        blank = _BLANK.match(self.text, self.at)
        if blank:
            self.at = blank.end()

    def _path(self) -> list[yaml.ScalarNode]:
        """The keys of a dotted name; stands after it."""
        path = []
        while True:
            self._skip()
            start = self.at
            found = _STRING.match(self.text, start) or _NAME.match(self.text, start)
            assert found
            self.at = found.end()
            name = found[0] if found[0][0] not in "\"'" else tomllib.loads(f"v={found[0]}")["v"]
            path.append(yaml.ScalarNode(_PREFIX + "str", name, self._mark(start), self._mark(self.at)))
            self._skip()
            if self.text[self.at] != ".":
                return path
            self.at += 1

    def _below(self, table: yaml.MappingNode, path: list[yaml.ScalarNode], many: bool = False) -> yaml.MappingNode:
        for number, key in enumerate(path, 1):
            found = next((value for name, value in table.value if name.value == key.value), None)
            if number == len(path) and many:
                new = self._table(key.start_mark.index)
                if isinstance(found, yaml.SequenceNode):
                    found.value.append(new)
                else:
                    sequence = yaml.SequenceNode(_PREFIX + "seq", [new], key.start_mark, key.end_mark)
                    table.value.append((key, sequence))
                return new
            if isinstance(found, yaml.SequenceNode):
                found = found.value[-1]
            if found is None:
                found = self._table(key.start_mark.index)
                found.end_mark = key.end_mark
                table.value.append((key, found))
            table = found
        return table

    def _pair(self, table: yaml.MappingNode) -> None:
        *above, key = self._path()
        self.at += 1
        self._below(table, above).value.append((key, self._value()))

    def _value(self) -> yaml.Node:
        self._skip()
        start = self.at
        if self.text[start] == "[":
            items: list[yaml.Node] = []
            while self._inside("]"):
                items.append(self._value())
            return yaml.SequenceNode(_PREFIX + "seq", items, self._mark(start), self._mark(self.at))
        if self.text[start] == "{":
            table = self._table(start)
            while self._inside("}"):
                self._pair(table)
            table.end_mark = self._mark(self.at)
            return table
        found = _STRING.match(self.text, start) or _BARE.match(self.text, start)
        assert found
        raw = found[0].rstrip()
        self.at = start + len(raw)
        return self._scalar(tomllib.loads(f"v={raw}")["v"], start)

    def _inside(self, close: str) -> bool:
        """Steps over the opening bracket or a comma; False, behind the closing one, where nothing follows."""
        self._skip()
        if self.text[self.at] in "[{," and self.text[self.at] != close:
            self.at += 1
            self._skip()
        if self.text[self.at] == close:
            self.at += 1
            return False
        return True

    def _scalar(self, value: Any, start: int) -> yaml.ScalarNode:
        tag, text = "str", str(value)
        if isinstance(value, bool):
            tag, text = "bool", text.lower()
        elif isinstance(value, int | float):
            tag = type(value).__name__
        elif not isinstance(value, str):
            tag = "timestamp"
        return yaml.ScalarNode(_PREFIX + tag, text, self._mark(start), self._mark(self.at))
