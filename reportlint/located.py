"""YAML that knows where it stands: a mistake is reported with file, line, column and a frame of the text.

PyYAML is imported only here, and only when something has to be read that is not in the cache.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from reportlint.model import ReportlintError
from reportlint.regular import contents
from reportlint.visible import trouble, visible

if TYPE_CHECKING:
    import yaml


overlaid: dict[str, str] = {}
"""What an editor has made of files, by their absolute paths, and not saved yet: it counts, not what is on disk."""


class YamlError(ReportlintError):
    """A mistake in a YAML file; the text begins `path:line:column:` and ends with a frame of the file. `place` is the
    path, row and column (both from 0) and length of what is wrong, `said` the message alone."""

    place: tuple[str, int, int, int] | None = None
    said = ""


class Source:
    """A YAML file's path and text, for messages."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text

    def error(self, line: int, column: int, message: str, length: int = 1) -> YamlError:
        """The error at a place; `line` and `column` from 0, as PyYAML counts."""
        lines = self.text.splitlines() or [""]
        line = min(line, len(lines) - 1)
        width = len(str(line + 1))
        frame = [f"{n + 1:>{width}} | {visible(lines[n])}" for n in range(max(0, line - 1), line + 1)]
        # A Han character fills two cells; the caret has to stand below the right one.
        before = "".join("　" if ord(c) > 0x2E7F else " " for c in visible(lines[line][:column]))
        marked = visible(lines[line][column : column + length])
        frame.append(f"{' ' * width} | {before}{''.join('^^' if ord(c) > 0x2E7F else '^' for c in marked) or '^'}")
        error = YamlError(f"{visible(self.path)}:{line + 1}:{column + 1}: {message}\n" + "\n".join(frame))
        error.place, error.said = (self.path, line, column, length), message
        return error


class Value:
    """A node of a YAML document with its place."""

    def __init__(self, source: Source, node: yaml.Node) -> None:
        self.source = source
        self.node = node

    @property
    def line(self) -> int:
        """The row it begins in, from 1."""
        row: int = self.node.start_mark.line + 1
        return row

    def error(self, message: str) -> YamlError:
        """An error that points at this value."""
        start, end = self.node.start_mark, self.node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return self.source.error(start.line, start.column, message, length)

    def scalar(self) -> Any:
        """The value as YAML types it: str, int, float, bool or None."""
        import yaml

        if not isinstance(self.node, yaml.ScalarNode):
            raise self.error("应为单个值 (expected a single value)")
        try:
            return yaml.SafeLoader("").construct_object(self.node)
        except (yaml.YAMLError, ValueError):
            raise self.error("无法解释的值，如为文字请加引号 (cannot be read; quote it if it is text)") from None

    def string(self) -> str:
        """The value, which has to be a string."""
        value = self.scalar()
        if not isinstance(value, str):
            raise self.error("应为字符串，必要时加引号 (expected a string; quote it if need be)")
        return value

    def boolean(self) -> bool:
        """The value, which has to be true or false."""
        value = self.scalar()
        if not isinstance(value, bool):
            raise self.error("应为 true 或 false (expected true or false)")
        return value

    def integer(self) -> int:
        """The value, which has to be a whole number."""
        value = self.scalar()
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error("应为整数 (expected a whole number)")
        return value

    def choice(self, choices: tuple[str, ...]) -> str:
        """The value, which has to be one of `choices`."""
        value = self.string()
        if value not in choices:
            raise self.error(f"应为 {'、'.join(choices)} 之一{suggest(value, choices)} (expected one of these)")
        return value

    def items(self) -> list[Value]:
        """The elements; a single value counts as a list of one."""
        import yaml

        if isinstance(self.node, yaml.SequenceNode):
            return [Value(self.source, n) for n in self.node.value]
        return [self]

    def strings(self) -> tuple[str, ...]:
        """The elements as strings."""
        return tuple(item.string() for item in self.items())

    def mapping(self, keys: tuple[str, ...], required: tuple[str, ...] = ()) -> Mapping:
        """The value as a mapping with no other keys than `keys`."""
        return Mapping(self, keys, required)

    def entries(self) -> Iterator[tuple[Value, Value]]:
        """Keys and values of a mapping with free keys."""
        import yaml

        if not isinstance(self.node, yaml.MappingNode):
            raise self.error("应为键值对 (expected a mapping)")
        for key, value in self.node.value:
            yield Value(self.source, key), Value(self.source, value)


class Mapping:
    """A mapping whose keys are known: an unknown, doubled or missing one is an error."""

    def __init__(self, value: Value, keys: tuple[str, ...], required: tuple[str, ...]) -> None:
        self.value = value
        self.found: dict[str, Value] = {}
        for key, item in value.entries():
            name = key.string()
            if name not in keys:
                raise key.error(f"未知的键“{name}”{suggest(name, keys)} (unknown key)")
            if name in self.found:
                raise key.error(f"键“{name}”重复 (duplicate key)")
            self.found[name] = item
        for name in required:
            if name not in self.found:
                raise value.error(f"缺少键“{name}” (missing key)")

    def __getitem__(self, key: str) -> Value:
        return self.found[key]

    def get(self, key: str) -> Value | None:
        """The value of a key, None where it is not given."""
        return self.found.get(key)


def shown_path(path: str) -> str:
    """A path as messages name it: from the working folder, where that is not longer."""
    import os

    try:
        short = os.path.relpath(path)
    except ValueError:  # another drive
        return path
    return short if len(short) <= len(path) else path


def suggest(word: str, known: tuple[str, ...]) -> str:
    """“，是否为 X？” where a known word is near, else nothing."""
    from difflib import get_close_matches

    near = get_close_matches(word, known, 1, 0.6)
    return f"，是否为“{near[0]}”？" if near else ""


def load(path: str) -> Value:
    """The root of a YAML file. YamlError where it cannot be read, is no YAML or holds nothing."""
    found = load_if_any(path)
    if isinstance(found, Source):
        raise found.error(0, 0, "文件是空的 (the file is empty)")
    return found


def read_source(path: str) -> Source:
    """The text of a file. YamlError where it cannot be read or is not UTF-8."""
    if overlaid:
        import os

        open_in_editor = overlaid.get(os.path.abspath(path))
        if open_in_editor is not None:
            return Source(path, open_in_editor)
    try:
        data = contents(path)
    except OSError as error:
        raise YamlError(f"{visible(path)}: {trouble('无法读取', 'cannot be read', error)}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _universal(error.object[: error.start].decode("utf-8-sig"))
        row, column = before.count("\n"), len(before) - (before.rfind("\n") + 1)
        whole = Source(path, _universal(data.decode("utf-8-sig", "replace")))
        raise whole.error(row, column, "不是 UTF-8 文本 (not UTF-8)") from None
    return Source(path, _universal(text))


def _universal(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _code_point(character: str | int) -> int:
    return character if isinstance(character, int) else ord(character)


_DEEP = 100  # levels, far below what makes the parser give up


def _deepest(source: Source) -> tuple[int, int]:
    """Where a document opens more levels than any that is meant."""
    import yaml

    depth = 0
    for event in yaml.parse(source.text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEP and event.start_mark is not None:
                return event.start_mark.line, event.start_mark.column
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
    return 0, 0


def load_if_any(path: str) -> Value | Source:
    """The root of a YAML file; its source where there is nothing in it but comments."""
    import yaml

    source = read_source(path)
    try:
        node = yaml.compose(source.text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        raise source.error(line, column, f"YAML 语法错误：{error.problem or error.context} (syntax error)") from None
    except RecursionError:
        raise source.error(*_deepest(source), "嵌套过深 (nested too deeply)") from None
    except yaml.reader.ReaderError as error:
        before = source.text[: error.position]
        row, column = before.count("\n"), error.position - (before.rfind("\n") + 1)
        said = f"YAML 中不能有的字符 U+{_code_point(error.character):04X} (character that YAML does not allow)"
        raise source.error(row, column, said) from None
    except yaml.YAMLError as error:
        raise YamlError(f"{visible(path)}: YAML 语法错误：{' '.join(str(error).split())} (syntax error)") from None
    return source if node is None or node.tag.endswith(":null") else Value(source, node)
