"""Configuration files as they are read: what each says, what it extends, and every mistake in them at once.

Imported only where a configuration file was found.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from reportlint.configkeys import KEYS, MEANT, TABLE
from reportlint.configvalues import READERS, Atom, entries, is_null
from reportlint.engine import Choice, fits, shipped, with_packs
from reportlint.globs import Globs
from reportlint.located import Source, Value, YamlError, load_if_any, read_source, shown_path, suggest
from reportlint.model import ReportlintError, ReportlintErrors, each
from reportlint.patterns import pattern
from reportlint.profiles import named
from reportlint.rules import codes_named
from reportlint.visible import visible

_COLON = pattern(r"(?m)^[ \t]*(?P<key>[a-z-]+)[ \t]*(?P<colon>：|:(?=[^\s:]))")


class Mistakes(ReportlintErrors):
    """The mistakes in a file and in what it extends, and what is right in them."""

    def __init__(self, errors: Iterable[ReportlintError], layers: tuple[Layer, ...]) -> None:
        self.layers = layers
        super().__init__(errors)


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
        raise YamlError(f"{visible(shown_path(path))}: {_NO_TABLE}")
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


_DEEPEST = 50


def _read(path: str, base: str, above: tuple[str, ...]) -> tuple[Layer, ...] | None:
    root = _root(path)
    if root is None:
        return None
    atoms, errors = _atoms(root, path) if isinstance(root, Value) else ({}, [])
    below: list[Layer] = []
    for atom in atoms.get("extends", ()):
        chain = (*above, path)
        if any(os.path.realpath(atom.value) == os.path.realpath(p) for p in chain):
            loop = " → ".join(visible(shown_path(p)) for p in (*chain, atom.value))
            errors.append(atom.at.error(f"循环引用：{loop} (files that extend each other)"))
            continue
        if len(above) >= _DEEPEST:
            errors.append(atom.at.error(f"extends 超过 {_DEEPEST} 层 (files that extend each other too deeply)"))
            continue
        try:
            layers = _read(atom.value, base, chain)
        except Mistakes as error:
            errors += error.errors
            below += error.layers
        except ReportlintError as error:
            errors += each(error)
        else:
            below += layers or ()
            if layers is None:
                errors.append(atom.at.error(f"{visible(shown_path(atom.value))} 中{_NO_TABLE}"))
    layers = (*below, Layer(shown_path(path), base, atoms))
    if errors:
        raise Mistakes(errors, layers)
    return layers


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
        pairs = list(entries(root, "配置应为“键: 值”的形式，如“ignore: [NUM008]” (expected keys and values)"))
    except YamlError as error:
        return {}, [_typing_slip(root.source) or error]
    for key, value in pairs:
        try:
            name = key.string()
            if name not in KEYS:
                raise key.error(f"未知的键“{name}”{_suggested(name)} (unknown key)")
            if name in found:
                raise key.error(f"键“{name}”重复 (duplicate key)")
            found[name] = ()
            if is_null(value):
                raise key.error(f"“{name}”没有值；不需要的，请删去这一行 (no value)")
            found[name] = tuple(READERS[KEYS[name].type](value, name, path, errors))
        except YamlError as error:
            errors.append(error)
    return found, errors


def _no_tags(root: Value) -> None:
    """A tag such as !!set would be passed over without a word. An alias may stand inside what it names, or name what
    is made of many aliases: each node is looked at once."""
    seen: set[int] = set()

    def look(value: Value, inside: tuple[int, ...]) -> None:
        node = value.node
        if id(node) in inside:
            raise value.error("锚点（&…）的内容中又引用了它自己 (an alias inside its own anchor)")
        if id(node) in seen:
            return
        seen.add(id(node))
        if "/" in node.tag or not node.tag.startswith("tag:yaml.org,2002:"):
            raise value.error("配置中不用标签（!…） (tags mean nothing here)")
        if not isinstance(node.value, str):
            for item in node.value:
                for part in item if isinstance(item, tuple) else (item,):
                    look(Value(value.source, part), (*inside, id(node)))

    look(root, ())


def _suggested(name: str) -> str:
    plain = name.lower().replace("_", "-")
    if plain in KEYS:
        return f"，是否为“{plain}”？"
    meant = MEANT.get(plain)
    return f"，是否为“{meant}”？" if meant else suggest(plain, tuple(KEYS)) or f"；可用：{'、'.join(KEYS)}"


def validate(layers: Iterable[Layer], packs: tuple[str, ...]) -> list[ReportlintError]:
    """What is wrong with the packs that hold with the files, and every code and profile in the files that nothing is
    called."""
    errors: list[ReportlintError] = []
    only_named: set[str] = set()
    try:
        ruleset = with_packs(packs)
    except ReportlintError as error:
        errors += each(error)
        ruleset = shipped()
        only_named.update(*map(codes_named, packs))
    names = {r.name: r.code for r in ruleset.rules}
    codes = tuple(sorted({r.code for r in ruleset.rules} | only_named))
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
    return errors
