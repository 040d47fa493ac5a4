"""What stands in a configuration file: the table of its keys, and the reading of it with a place for every value.

The table is the only list of the keys: it validates, it is the JSON Schema (`schema`) and it is what
`reportlint init` writes. Imported only where a configuration file was found.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from reportlint.engine import OFF, Choice, Ruleset, fits
from reportlint.globs import Globs
from reportlint.located import Source, Value, YamlError, load_if_any, read_source, shown_path, suggest
from reportlint.model import ReportlintError, ReportlintErrors
from reportlint.patterns import pattern
from reportlint.profiles import named
from reportlint.rules import LANGUAGES, SEVERITIES

LEVELS = (*reversed(SEVERITIES), OFF)
FAIL_LEVELS = (*reversed(SEVERITIES), "never")
TABLE = ("tool", "reportlint")


class Key(NamedTuple):
    """One key of a configuration file.

    `type`: `bool`, `choice` (of `choices`), `profile`, `encoding`, `path`, `paths`, `codes`, `words`, `globs`,
    `levels` (code to level), `profiles` (glob to profile), `codes-by-glob`. `joins`: what files farther up say holds
    as well; else the nearest file that has the key is the only one that counts.
    """

    type: str
    joins: bool
    doc: dict[str, str]
    default: str
    example: str
    choices: tuple[str, ...] = ()


KEYS: dict[str, Key] = {
    "root": Key(
        "bool", False,
        {"zh": "到此为止，不再向上级文件夹查找配置", "en": "stop here: look for no configuration in the folders above"},
        "false", "true",
    ),
    "extends": Key(
        "paths", False,
        {
            "zh": "以别的配置文件为基础，路径相对于本文件；几个之中后面的优先，本文件又优先于它们",
            "en": "files that this one builds on, relative to it; a later one wins over an earlier, this one over all",
        },
        "", "../公共/reportlint.yaml",
    ),
    "packs": Key(
        "paths", True,
        {
            "zh": "自编规则包：YAML 文件，或者存放这种文件的文件夹，路径相对于本文件",
            "en": "rule packs of your own: YAML files, or folders of them, relative to this file",
        },
        "", "[own-rules.yaml]",
    ),
    "select": Key(
        "codes", False,
        {"zh": "只用这些规则，可写代码的前几位", "en": "use these rules only; codes or their beginnings"},
        "", "[NUM, PLH, TYP001]",
    ),
    "ignore": Key(
        "codes", True,
        {"zh": "不用这些规则，可写代码的前几位", "en": "leave these rules out; codes or their beginnings"},
        "", "[CON002, NUM008]",
    ),
    "severity": Key(
        "levels", True,
        {
            "zh": "各规则的级别：error 错误、warning 警告、info 提示、off 不用；可写代码的前几位，写得长的优先",
            "en": "how grave each rule is, or off; codes or their beginnings, the longer wins",
        },
        "", "{PUN001: error, NUM: warning, CON002: off}", LEVELS,
    ),
    "profile": Key(
        "profile", False,
        {"zh": "文种，不写则自动识别", "en": "the genre; recognised where it is not given"},
        "", "工作总结",
    ),
    "profiles": Key(
        "profiles", True,
        {
            "zh": "按文件名指定文种；几条都符合的，以后一条为准",
            "en": "the genre of the files that a pattern fits; of several the last counts",
        },
        "", '{"述职/**/*.txt": duty-report, "*讲话*": speech}',
    ),
    "per-file-ignores": Key(
        "codes-by-glob", True,
        {
            "zh": "某些文件不用某些规则；以 ! 开头的，指其余的文件",
            "en": "rules left out for the files that a pattern fits; with ! in front, for the others",
        },
        "", '{"附件/*": [STR, NUM008], "!*讲话*": [CON001]}',
    ),
    "exclude": Key(
        "globs", True,
        {
            "zh": "查文件夹时不查的文件，写法同 .gitignore；.gitignore 排除的本来就不查",
            "en": "left out when a folder is checked, written as in .gitignore, whose own patterns hold anyway",
        },
        "", "[存档/, '*.bak.txt']",
    ),
    "accept": Key(
        "words", True,
        {
            "zh": "本单位认可的词和名称：问题所在的文字就是它，或者包含在它里面的，不报",
            "en": "words and names that are right: a finding that is one, or lies inside one, is not reported",
        },
        "", "[XX云平台, 县委县政府]",
    ),
    "baseline": Key(
        "path", False,
        {
            "zh": "基线文件，由 reportlint baseline 生成，其中记下的问题不再报告；路径相对于本文件",
            "en": "the baseline that reportlint baseline wrote, relative to this file: what it knows is not reported",
        },
        ".reportlint-baseline.json", ".reportlint-baseline.json",
    ),
    "fail-level": Key(
        "choice", False,
        {
            "zh": "有此级别以上的问题时退出码为 1；never 为始终不是",
            "en": "findings from this level on make the exit status 1; never: none does",
        },
        "warning", "error", FAIL_LEVELS,
    ),
    "language": Key(
        "choice", False,
        {"zh": "信息的语言：zh 或 en", "en": "the language of messages: zh or en"},
        "zh", "zh", LANGUAGES,
    ),
    "encoding": Key(
        "encoding", False,
        {
            "zh": "文稿编码；不写则自动识别 UTF-8、UTF-16、GB18030",
            "en": "the encoding of drafts; UTF-8, UTF-16 and GB18030 are told apart where it is not given",
        },
        "", "gb18030",
    ),
}  # fmt: skip

# What the same thing is called in other tools.
_MEANT = {
    "disable": "ignore", "disabled": "ignore", "extend-ignore": "ignore", "enable": "select", "rules": "severity",
    "extend-select": "select", "levels": "severity", "extend": "extends", "inherit": "extends", "plugins": "packs",
    "rulesets": "packs", "ignores": "exclude", "ignore-files": "exclude", "ignorepatterns": "exclude",
    "files-exclude": "exclude", "overrides": "per-file-ignores", "vocab": "accept", "words": "accept",
    "names": "accept", "allow": "accept", "dictionary": "accept", "locale": "language", "genre": "profile",
    "fail-on": "fail-level", "charset": "encoding", "代码": "select",
}  # fmt: skip
_SCALARS = {"bool": "真假值", "int": "数字", "float": "数字"}
_COLON = pattern(r"(?m)^[ \t]*(?P<key>[a-z-]+)[ \t]*(?P<colon>：|:(?=[^\s:]))")
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


class Layer:
    """One configuration file, read. `base` is the folder that its patterns are seen from; `path` is how it is shown."""

    def __init__(self, path: str, base: str, atoms: Mapping[str, tuple[Atom, ...]]) -> None:
        self.path = path
        self.base = base
        self.atoms = atoms
        self._made: dict[tuple[str, ...], Globs] = {}

    @property
    def root(self) -> bool:
        """Whether no configuration above it counts."""
        return any(a.value == "true" for a in self.atoms.get("root", ()))

    @cached_property
    def choice(self) -> Choice | None:
        """What it says of the rules, None if nothing."""
        if not {"select", "ignore", "severity"} & self.atoms.keys():
            return None
        return Choice(
            tuple(a.value for a in self.atoms["select"]) if "select" in self.atoms else None,
            tuple(a.value for a in self.atoms.get("ignore", ())),
            tuple((a.name, a.value) for a in self.atoms.get("severity", ())),
        )

    def fitting(self, key: str, path: str) -> Iterator[Atom]:
        """The atoms of a key of patterns whose pattern fits a file (an absolute path), in their order."""
        within = relative_to(path, self.base)
        if within is None:
            return
        for atom in self.atoms.get(key, ()):
            if bool(self._globs(atom.name.removeprefix("!")).check(within)) is not atom.name.startswith("!"):
                yield atom

    def exclusion(self, path: str, folder: bool = False) -> tuple[bool, Atom] | None:
        """Whether `exclude` leaves a path out (True) or, with !, takes it in again, and where it says so."""
        within = relative_to(path, self.base) if self.atoms.get("exclude") else None
        if not within:
            return None
        found = self._globs(*(a.value for a in self.atoms["exclude"])).check(within + "/" * folder)
        return (found[0], self.atoms["exclude"][found[1]]) if found else None

    def _globs(self, *globs: str) -> Globs:
        if globs not in self._made:
            self._made[globs] = Globs(globs)
        return self._made[globs]

    def __getstate__(self) -> tuple[str, str, Mapping[str, tuple[Atom, ...]]]:
        return self.path, self.base, self.atoms

    def __setstate__(self, state: tuple[str, str, Mapping[str, tuple[Atom, ...]]]) -> None:
        self.__init__(*state)  # type: ignore[misc]


def relative_to(path: str, base: str) -> str | None:
    """A path as patterns see it, from `base` and with forward slashes; None if it does not lie below."""
    if path == base:
        return ""
    prefix = base if base.endswith(os.sep) else base + os.sep
    return path[len(prefix) :].replace(os.sep, "/") if path.startswith(prefix) else None


def read_layers(path: str, base: str, required: bool = False) -> tuple[Layer, ...]:
    """The layers of a configuration file, what it extends first; none for a pyproject.toml that does not speak of
    us, which is an error if it is `required` to. ReportlintErrors with every mistake in one of the files."""
    layers = _read(path, base, ())
    if layers is None and required:
        raise YamlError(f"{shown_path(path)}: {_NO_TABLE}")
    return layers or ()


def sources(layers: Iterable[Layer]) -> list[str]:
    """Every file and folder that the layers of a configuration file were made from."""
    paths: dict[str, None] = {}
    for layer in layers:
        paths[os.path.abspath(layer.path)] = None
        for atom in layer.atoms.get("packs", ()):
            paths |= {atom.value: None, os.path.dirname(atom.value): None}
    return list(paths)


_NO_TABLE = "没有 [tool.reportlint] (no such table)"


def _read(path: str, base: str, above: tuple[str, ...]) -> tuple[Layer, ...] | None:
    root = _root(path)
    if root is None:
        return None
    atoms, errors = _atoms(root, path) if isinstance(root, Value) else ({}, [])
    below: list[Layer] = []
    for atom in atoms.get("extends", ()):
        chain = (*above, path)
        if any(os.path.realpath(atom.value) == os.path.realpath(p) for p in chain):
            loop = " → ".join(shown_path(p) for p in (*chain, atom.value))
            errors.append(atom.at.error(f"循环引用：{loop} (files that extend each other)"))
            continue
        try:
            layers = _read(atom.value, base, chain)
        except ReportlintErrors as error:
            errors += error.errors
        except ReportlintError as error:
            errors.append(error)
        else:
            below += layers or ()
            if layers is None:
                errors.append(atom.at.error(f"{shown_path(atom.value)} 中{_NO_TABLE}"))
    if errors:
        raise ReportlintErrors(errors)
    return (*below, Layer(shown_path(path), base, atoms))


def _root(path: str) -> Value | Source | None:
    shown = shown_path(path)
    if path.endswith(".toml"):
        from reportlint.toml import load_table

        return load_table(shown, TABLE)
    try:
        return load_if_any(shown)
    except YamlError as error:
        raise _typing_slip(read_source(shown)) or error from None


def _typing_slip(source: Source) -> YamlError | None:
    """What a Chinese keyboard or a hurry does to a colon, which YAML would explain in its own words."""
    slip = next((m for m in _COLON.finditer(source.text) if m["key"] in KEYS), None)
    if slip is None:
        return None
    row = source.text.count("\n", 0, slip.start("colon"))
    column = slip.start("colon") - slip.start()
    if slip["colon"] == ":":
        return source.error(row, column, "冒号后面要空一格 (a blank is wanted after the colon)")
    return source.error(row, column, "冒号应为半角“:”，后面空一格 (full-width colon)")


def _atoms(root: Value, path: str) -> tuple[dict[str, tuple[Atom, ...]], list[ReportlintError]]:
    found: dict[str, tuple[Atom, ...]] = {}
    errors: list[ReportlintError] = []
    try:
        _no_tags(root)
        entries = list(_entries(root, "配置应为“键: 值”的形式，如“ignore: [NUM008]” (expected keys and values)"))
    except YamlError as error:
        return {}, [_typing_slip(root.source) or error]
    for key, value in entries:
        try:
            name = key.string()
            if name not in KEYS:
                raise key.error(f"未知的键“{name}”{_suggested(name)} (unknown key)")
            if name in found:
                raise key.error(f"键“{name}”重复 (duplicate key)")
            found[name] = ()
            if _is_null(value):
                raise key.error(f"“{name}”没有值；不需要的，请删去这一行 (no value)")
            found[name] = tuple(_READERS[KEYS[name].type](value, name, path, errors))
        except YamlError as error:
            errors.append(error)
    return found, errors


def _no_tags(value: Value) -> None:
    """A tag such as !!set would be passed over without a word."""
    node = value.node
    if "/" in node.tag or not node.tag.startswith("tag:yaml.org,2002:"):
        raise value.error("配置中不用标签（!…） (tags mean nothing here)")
    if not isinstance(node.value, str):
        for item in node.value:
            for part in item if isinstance(item, tuple) else (item,):
                _no_tags(Value(value.source, part))


def _suggested(name: str) -> str:
    plain = name.lower().replace("_", "-")
    if plain in KEYS:
        return f"，是否为“{plain}”？"
    meant = _MEANT.get(plain)
    return f"，是否为“{meant}”？" if meant else suggest(plain, tuple(KEYS)) or f"；可用：{'、'.join(KEYS)}"


def _entries(value: Value, wanted: str) -> Iterator[tuple[Value, Value]]:
    if type(value.node).__name__ != "MappingNode":
        raise value.error(wanted)
    return value.entries()


def _is_null(value: Value) -> bool:
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
            inside = sorted(n for n in os.listdir(whole) if n.endswith((".yaml", ".yml")))
            if not inside:
                errors.append(at.error(f"文件夹中没有规则包（.yaml）：{shown_path(whole)} (no packs in this folder)"))
            yield from (_atom("", os.path.join(whole, n), at) for n in inside)
        else:
            errors.append(at.error(f"没有这个文件：{shown_path(whole)} (no such file)"))


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
    for key, item in _entries(value, wanted):
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
    for key, item in _entries(value, wanted):
        try:
            glob = _text(key, name, "文件名模式")
            if glob in seen:
                raise key.error(f"键“{glob}”重复 (duplicate key)")
            seen.add(glob)
            if _is_glob(glob, key, errors):
                yield glob, item
        except YamlError as error:
            errors.append(error)


_READERS: dict[str, Reader] = {
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


def validate(layers: Iterable[Layer], ruleset: Ruleset) -> None:
    """ReportlintErrors with every code and profile in the files that nothing is called."""
    names = {r.name: r.code for r in ruleset.rules}
    codes = tuple(r.code for r in ruleset.rules)
    errors: list[ReportlintError] = []
    for layer in layers:
        for key in ("select", "ignore", "severity", "per-file-ignores"):
            for atom in layer.atoms.get(key, ()):
                code = atom.name if key == "severity" else atom.value
                if not fits(code, codes):
                    meant = names.get(code.lower())
                    near = f"，是否为“{meant}”？" if meant else suggest(code, codes)
                    said = f"没有规则与“{code}”相符{near or '，见 reportlint rules list'} (no such rule)"
                    errors.append(atom.at.error(said))
        for key in ("profile", "profiles"):
            for atom in layer.atoms.get(key, ()):
                if named(ruleset.profiles, atom.value) is None:
                    known = [n for p in ruleset.profiles.values() for n in (p.name, p.title["zh"], *p.aliases)]
                    near = suggest(atom.value, tuple(known)) or f"；可用：{'、'.join(ruleset.profiles)}"
                    errors.append(atom.at.error(f"没有名为“{atom.value}”的文种{near} (unknown profile)"))
    if errors:
        raise ReportlintErrors(errors)
