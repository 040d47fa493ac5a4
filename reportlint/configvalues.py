"""The values of a configuration file: what stands for each type of key, with a place for every value."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from reportlint.configkeys import KEYS, LEVELS
from reportlint.engine import OFF
from reportlint.globs import Globs
from reportlint.located import Value, YamlError, read_source, shown_path, suggest
from reportlint.model import ReportlintError
from reportlint.rules import pack_names
from reportlint.visible import visible

_SCALARS = {"bool": "真假值", "int": "数字", "float": "数字"}
_KINDS = {"MappingNode": "键值对", "SequenceNode": "列表", "ScalarNode": "单个值"}


class Place(NamedTuple):
    """Where a value stands, the row and column from 0, so that a file that was read in an earlier run need not be
    read for more than an error."""

    path: str
    row: int
    column: int
    length: int

    @property
    def line(self) -> int:
        """The row, from 1."""
        return self.row + 1

    def error(self, message: str) -> YamlError:
        """An error that points at the value."""
        return read_source(self.path).error(self.row, self.column, message, self.length)


class Atom(NamedTuple):
    """One value and where it stands. `name` is the code or pattern that it is given for, empty in a plain list."""

    name: str
    value: str
    at: Place


def _atom(name: str, value: str, at: Value) -> Atom:
    start, end = at.node.start_mark, at.node.end_mark
    length = end.column - start.column if end.line == start.line else 1
    return Atom(name, value, Place(at.source.path, start.line, start.column, length))


def entries(value: Value, wanted: str) -> Iterator[tuple[Value, Value]]:
    """The keys and values of a mapping; a YamlError that says what is wanted for anything else."""
    if type(value.node).__name__ != "MappingNode":
        raise value.error(wanted)
    return value.entries()


def is_null(value: Value) -> bool:
    """Whether a key has nothing behind it."""
    return type(value.node).__name__ == "ScalarNode" and value.scalar() is None


def _text(value: Value, name: str, wanted: str) -> str:
    """A string that is not blank."""
    kind = type(value.node).__name__
    if kind != "ScalarNode":
        raise value.error(f"“{name}”应为{wanted}，此处是{_KINDS[kind]} (wrong type)")
    found = value.scalar()
    if found is None:
        raise value.error(f"“{name}”没有值，应为{wanted} (no value)")
    if not isinstance(found, str):
        what = _SCALARS.get(type(found).__name__, "日期")
        if KEYS[name].type in ("words", "path", "paths", "globs"):
            raise value.error(f"“{name}”应为{wanted}，此处是{what}；如为文字，请加引号 (wrong type; quote it)")
        raise value.error(f"“{name}”应为{wanted}，此处是{what} (wrong type)")
    if not found.strip():
        raise value.error(f"“{name}”应为{wanted}，此处为空 (empty)")
    return found


Errors = list[ReportlintError]
Reader = Callable[[Value, str, str, Errors], Iterable[Atom]]


def _each(value: Value, name: str, wanted: str, errors: Errors) -> Iterator[tuple[str, Value]]:
    """The strings of a list, of which one may stand alone; a mistake in one does not hide those in others."""
    if type(value.node).__name__ == "MappingNode":
        raise value.error(f"“{name}”应为{wanted}的列表，此处是键值对 (expected a list)")
    for item in value.items():
        try:
            yield _text(item, name, wanted), item
        except YamlError as error:
            errors.append(error)


def _bool(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    yield _atom("", "true" if value.boolean() else "false", value)


def _choice(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    choices = KEYS[name].choices
    found = _text(value, name, f" {'、'.join(choices)} 之一")
    yield _atom("", _one_of(found, choices, value), value)


def _one_of(found: str, choices: tuple[str, ...], at: Value) -> str:
    if found not in choices:
        near = suggest(found.lower(), choices)
        raise at.error(f"“{found}”应为 {'、'.join(choices)} 之一{near} (expected one of these)")
    return found


def _word(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    yield _atom("", _text(value, name, "文种名称"), value)


def _encoding(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    import codecs

    found = _text(value, name, "编码名称")
    try:
        known = codecs.lookup(found)
    except (LookupError, ValueError):
        raise value.error(f"未知编码“{found}”，如 utf-8、gb18030 (unknown encoding)") from None
    if not getattr(known, "_is_text_encoding", True):
        raise value.error(f"“{found}”不是文本编码 (not a text encoding)")
    yield _atom("", found, value)


def _path(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    yield _atom("", _beside(_text(value, name, "文件路径"), path), value)


def _beside(name: str, path: str) -> str:
    return os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(path)), os.path.expanduser(name)))


def _paths(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    for found, at in _each(value, name, "文件路径", errors):
        whole = _beside(found, path)
        if os.path.isfile(whole):
            yield _atom("", whole, at)
        elif name == "packs" and os.path.isdir(whole):
            inside = pack_names(whole)
            if not inside:
                said = f"文件夹中没有规则包（.yaml）：{visible(shown_path(whole))} (no packs in this folder)"
                errors.append(at.error(said))
            yield from (_atom("", os.path.join(whole, n), at) for n in inside)
        else:
            errors.append(at.error(f"没有这个文件：{visible(shown_path(whole))} (no such file)"))


def _codes(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    for found, at in _each(value, name, "规则代码", errors):
        for code in found.replace("，", ",").split(","):
            if code.strip():
                yield _atom("", code.strip().upper(), at)


def _words(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    return (_atom("", found.strip(), at) for found, at in _each(value, name, "词或名称", errors))


def _globs(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    for found, at in _each(value, name, "文件名模式", errors):
        if _is_glob(found, at, errors):
            yield _atom("", found, at)


def _is_glob(glob: str, at: Value, errors: Errors) -> bool:
    try:
        Globs([glob])
    except ValueError:
        errors.append(at.error(f"“{glob}”不是有效的文件名模式，写法同 .gitignore (bad pattern)"))
        return False
    return True


def _levels(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    wanted = "“severity”应为“代码: 级别”，如“PUN001: error” (expected codes and levels)"
    seen = set()
    for key, item in entries(value, wanted):
        try:
            code = _text(key, name, "规则代码").strip().upper()
            if code in seen:
                raise key.error(f"键“{code}”重复 (duplicate key)")
            seen.add(code)
            # YAML 1.1 reads a bare off as false.
            off = type(item.node).__name__ == "ScalarNode" and item.scalar() is False
            level = OFF if off else _one_of(_text(item, name, f" {'、'.join(LEVELS)} 之一"), LEVELS, item)
            yield _atom(code, level, key)
        except YamlError as error:
            errors.append(error)


def _profiles(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    wanted = "“profiles”应为“文件名模式: 文种”，如“'述职*.txt': duty-report” (expected patterns and profiles)"
    for key, item in _by_glob(value, name, wanted, errors):
        try:
            yield _atom(key, _text(item, name, "文种名称"), item)
        except YamlError as error:
            errors.append(error)


def _codes_by_glob(value: Value, name: str, path: str, errors: Errors) -> Iterator[Atom]:
    wanted = "“per-file-ignores”应为“文件名模式: 代码”，如“'附件/*': [STR]” (expected patterns and codes)"
    for key, item in _by_glob(value, name, wanted, errors):
        try:
            yield from (atom._replace(name=key) for atom in _codes(item, name, path, errors))
        except YamlError as error:
            errors.append(error)


def _by_glob(value: Value, name: str, wanted: str, errors: Errors) -> Iterator[tuple[str, Value]]:
    seen = set()
    for key, item in entries(value, wanted):
        try:
            glob = _text(key, name, "文件名模式")
            if glob in seen:
                raise key.error(f"键“{glob}”重复 (duplicate key)")
            seen.add(glob)
            if _is_glob(glob, key, errors):
                yield glob, item
        except YamlError as error:
            errors.append(error)


READERS: dict[str, Reader] = {
    "bool": _bool,
    "choice": _choice,
    "profile": _word,
    "encoding": _encoding,
    "path": _path,
    "paths": _paths,
    "codes": _codes,
    "words": _words,
    "globs": _globs,
    "levels": _levels,
    "profiles": _profiles,
    "codes-by-glob": _codes_by_glob,
}
