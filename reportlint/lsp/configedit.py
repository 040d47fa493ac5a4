"""Edits of a configuration file that add one value and leave everything else, comments and layout included, as it is.

The places come from the parser of the file. Every edit is tried first: the file with it has to say what it said before
and the new value, else there is no edit. That is why a parser of our own is not needed for what YAML allows.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from typing import Any

import yaml

from reportlint.configkeys import TABLE
from reportlint.located import Source, Value, YamlError
from reportlint.model import Edit
from reportlint.patterns import pattern
from reportlint.toml import table_in

_PLAIN = pattern(r"[A-Za-z\u4e00-\u9fff][A-Za-z0-9_\u4e00-\u9fff“”《》（）·-]*")
_HEADER = pattern(r"(?m)^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*reportlint[ \t]*\][ \t]*(?:#[^\n\r]*)?(?=[\r\n]|\Z)")
_SUBHEADER = pattern(
    r"""(?m)^[ \t]*\[[ \t]*tool[ \t]*\.[ \t]*reportlint[ \t]*\.[ \t]*["']?per-file-ignores["']?[ \t]*\]"""
    r"[ \t]*(?:#[^\n\r]*)?(?=[\r\n]|\Z)"
)
_FLOW = frozenset(",[]{}")
PER_FILE = "per-file-ignores"


def add(text: str, key: str, value: str, *, toml: bool = False) -> list[Edit] | None:
    """The edits that add a value to a list such as `accept`; empty where it is there, None where it cannot be done."""
    said = _said(text, toml)
    if said is None:
        return None
    if value in _strings(said.get(key)):
        return []
    wanted = said | {key: [*_strings(said.get(key)), value]}
    return _tried(text, _added(text, key, value, toml), wanted, toml)


def add_for_file(text: str, glob: str, code: str, *, toml: bool = False) -> list[Edit] | None:
    """The edits that leave a rule out for the files that a pattern fits, as `add`."""
    said = _said(text, toml)
    if said is None:
        return None
    before = said.get(PER_FILE)
    globs = before if isinstance(before, dict) else {}
    if before is not None and not isinstance(before, dict):
        return None
    if code in _strings(globs.get(glob)):
        return []
    wanted = said | {PER_FILE: globs | {glob: [*_strings(globs.get(glob)), code]}}
    return _tried(text, _added_for_file(text, glob, code, toml), wanted, toml)


def pattern_for(path: str) -> str:
    """The pattern, as `.gitignore` has them, that fits a file (relative to the configuration, with slashes) alone."""
    return "/" + "".join(f"\\{c}" if c in "*?[]\\" else c for c in path)


def _said(text: str, toml: bool) -> dict[str, Any] | None:
    """What a file says; None where it is none, or not of a form that one can add to."""
    try:
        if toml:
            found: Any = tomllib.loads(text)
            for name in TABLE:
                found = found.get(name, {}) if isinstance(found, dict) else None
        else:
            found = yaml.safe_load(text)
    except (yaml.YAMLError, tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    return {} if found is None else found if isinstance(found, dict) else None


def _strings(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [] if value is None else [value]


def _tried(text: str, edits: Iterator[Edit], wanted: dict[str, Any], toml: bool) -> list[Edit] | None:
    """The edits, if the file with them says what is wanted."""
    try:
        made = list(edits)
    except (YamlError, LookupError, AssertionError):
        return None
    after = text
    for edit in sorted(made, reverse=True):
        after = after[: edit.start] + edit.content + after[edit.end :]
    found = _said(after, toml)
    same = found is not None and {k: _lists(v) for k, v in found.items()} == {k: _lists(v) for k, v in wanted.items()}
    return made if made and same else None


def _lists(value: Any) -> Any:
    """A value with its lists as lists, so that one alone and a list of one are the same."""
    return {k: _strings(v) for k, v in value.items()} if isinstance(value, dict) else _strings(value)


def _added(text: str, key: str, value: str, toml: bool) -> Iterator[Edit]:
    found = _find(text, key, toml)
    if found is not None:
        yield _in_list(text, found[0], found[1], value, toml)
    elif toml:
        yield _below_header(text, f"{key} = [{_quoted(value, toml)}]")
    else:
        yield _new_key(text, key, [f"- {_quoted(value, toml)}"], f"{key}: [{_quoted(value, toml)}]")


def _added_for_file(text: str, glob: str, code: str, toml: bool) -> Iterator[Edit]:
    name = json.dumps(glob, ensure_ascii=False)
    entry = f"{name} = [{_quoted(code, toml)}]" if toml else f"{name}: [{code}]"
    found = _find(text, PER_FILE, toml)
    if found is None:
        if toml:
            yield _below_header(text, f"{PER_FILE} = {{ {entry} }}")
        else:
            yield _new_key(text, PER_FILE, [entry], f"{PER_FILE}: {{{entry}}}")
        return
    node = found[1]
    if not isinstance(node, yaml.MappingNode):
        if node.value == "" and node.start_mark.index == node.end_mark.index:
            yield Edit(node.start_mark.index, node.end_mark.index, f" {{{entry}}}")
        return
    for name_node, value in node.value:
        if name_node.value == glob:
            yield _in_list(text, name_node, value, code, toml)
            return
    open_bracket = text[node.start_mark.index : node.start_mark.index + 1] == "{"
    if open_bracket:
        if node.value:
            at = node.value[-1][1].end_mark.index
            yield Edit(at, at, f", {entry}")
        else:
            yield Edit(node.start_mark.index + 1, node.start_mark.index + 1, entry)
    elif toml:
        header = _SUBHEADER.search(text)
        assert header
        yield Edit(header.end(), header.end(), f"{_newline(text)}{entry}")
    else:
        first = node.value[0][0]
        yield _after_line(text, _end(node.value[-1][1]), " " * first.start_mark.column + entry)


def _find(text: str, key: str, toml: bool) -> tuple[yaml.Node, yaml.Node] | None:
    """The nodes of a key and its value."""
    if toml:
        table = table_in(Source("", text), TABLE)
        root = table.node if isinstance(table, Value) else None
    else:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    if not isinstance(root, yaml.MappingNode):
        return None
    return next(((name, value) for name, value in root.value if name.value == key), None)


def _in_list(text: str, key: yaml.Node, node: yaml.Node, value: str, toml: bool) -> Edit:
    start, end = node.start_mark.index, node.end_mark.index
    quoted = _quoted(value, toml)
    assert start >= key.end_mark.index  # an alias stands for what is written elsewhere
    if isinstance(node, yaml.SequenceNode):
        if text[start] == "[":
            if not node.value:
                return Edit(start + 1, start + 1, quoted)
            last = node.value[-1]
            at, begin = last.end_mark.index, last.start_mark.index
            line = begin - last.start_mark.column
            # A list with a line for each item gets another line.
            alone = not text[line:begin].strip() and line > start
            return Edit(at, at, f",{_newline(text)}{text[line:begin]}{quoted}" if alone else f", {quoted}")
        dash = " " * node.start_mark.column
        return _after_line(text, _end(node.value[-1]), f"{dash}- {quoted}")
    assert isinstance(node, yaml.ScalarNode)
    if start == end:
        return Edit(start, end, f" [{quoted}]")
    raw = text[start:end]
    if node.tag.endswith(":null"):
        return Edit(start, end, f"[{quoted}]")
    if raw[0] not in "\"'":
        assert raw[0] not in "|>&!*"
        if _FLOW & set(raw):
            raw = json.dumps(node.value, ensure_ascii=False)
    return Edit(start, end, f"[{raw}, {quoted}]")


def _end(node: yaml.Node) -> int:
    """Where a node's own text ends: that of a block ends where its last part does."""
    if not isinstance(node, yaml.CollectionNode) or not node.value or node.flow_style:
        return int(node.end_mark.index)
    last = node.value[-1]
    return _end(last[1] if isinstance(last, tuple) else last)


def _after_line(text: str, at: int, line: str) -> Edit:
    """A new line below the one that holds `at`."""
    while at < len(text) and text[at] not in "\r\n":
        at += 1
    return Edit(at, at, _newline(text) + line)


def _new_key(text: str, key: str, lines: list[str], flow: str) -> Edit:
    """A key that the file has not yet, at its end, or below the line that shows how it would be written."""
    newline = _newline(text)
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if isinstance(root, yaml.MappingNode) and text[root.start_mark.index] == "{":
        at = root.value[-1][1].end_mark.index if root.value else root.start_mark.index + 1
        return Edit(at, at, f", {flow}" if root.value else flow)
    indent = " " * (root.start_mark.column if isinstance(root, yaml.MappingNode) else 0)
    block = newline.join([f"{indent}{key}:", *(f"{indent}  {line}" for line in lines)])
    shown = pattern(rf"(?m)^#[ \t]?{key}:[^\r\n]*").search(text)
    if shown:
        return Edit(shown.end(), shown.end(), newline + block)
    lead = "" if not text or text.endswith(("\n", "\r")) else newline
    return Edit(len(text), len(text), f"{lead}{block}{newline}")


def _below_header(text: str, line: str) -> Edit:
    header = _HEADER.search(text)
    assert header
    return Edit(header.end(), header.end(), _newline(text) + line)


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _quoted(value: str, toml: bool) -> str:
    """A value as it is written in a list."""
    if not toml and _PLAIN.fullmatch(value) and yaml.safe_load(f"[{value}]") == [value]:
        return value
    return json.dumps(value, ensure_ascii=False)
