"""Which configuration holds for a draft: the files found from its folder upward, and the command line.

For every key the nearest file that has it wins, and the command line over all files. Keys that join (`configkeys.KEYS`)
hold together: words, patterns and packs of all files add up, and of what is said for the same code or the same
pattern the nearest counts. What this module imports is all that a run without a configuration pays for; the reading
of files is `configfile`.
"""

from __future__ import annotations

import atexit
import os
from typing import TYPE_CHECKING, NamedTuple

import regex

from reportlint.engine import Options, Ruleset
from reportlint.located import overlaid
from reportlint.model import ReportlintError
from reportlint.patterns import pattern
from reportlint.store import load_entry, save_entry

if TYPE_CHECKING:
    from reportlint.configfile import Layer
    from reportlint.configvalues import Atom

NAMES = (".reportlint.yaml", ".reportlint.yml", "pyproject.toml")
"""Where a folder may hold its configuration; the first that does counts."""
BASELINE = ".reportlint-baseline.json"
_ENTRY = "config"
_MOST = 64  # files that are kept
# [tool.reportlint], [tool.reportlint.severity], and [tool] or tool.… in which the name may follow.
_TABLE = pattern(
    r"""^[ \t]*(?:\[{1,2}[ \t]*(["']?)tool\1[ \t]*(?:\.[ \t]*["']?reportlint\b|\])|(["']?)tool\2[ \t]*[.=])""",
    regex.MULTILINE,
)


class Settings(NamedTuple):
    """What holds for a draft. Equal settings are one object's worth of work: drafts share what is made of them."""

    options: Options = Options()
    packs: tuple[str, ...] = ()
    fail_level: str = "warning"
    encoding: str | None = None
    baseline: str | None = None


class Given(NamedTuple):
    """What the command line says; None and empty where it is silent. An empty `baseline` asks for none."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    profile: str | None = None
    language: str | None = None
    fail_level: str | None = None
    encoding: str | None = None
    baseline: str | None = None


class _Place(NamedTuple):
    """What holds in a folder: the files, the farthest first, and the nearest baseline."""

    layers: tuple[Layer, ...] = ()
    baseline: str | None = None


class _Read:
    """The files that this and earlier runs have read: a parser for YAML takes 15 ms to import."""

    found: dict[tuple[str, str], tuple[list[_Stamp], tuple[Layer, ...]]] | None = None
    grown = False

    @classmethod
    def get(cls, path: str, base: str) -> tuple[Layer, ...]:
        """The layers of a file, from an earlier run where nothing that it was made from has changed since."""
        if cls.found is None:
            cls.found = load_entry(_ENTRY, _here(), dict) or {}
            atexit.register(cls.keep)
        if overlaid:
            from reportlint.configfile import read_layers

            return read_layers(path, base)
        stamps, layers = cls.found.get((path, base), ([], ()))
        if layers and stamps == [_stamp(name) for name, *_ in stamps]:
            return layers
        from reportlint.configfile import read_layers, sources

        layers = read_layers(path, base)
        if layers:
            cls.found[path, base] = [_stamp(name) for name in sources(layers)], layers
            cls.grown = True
        return layers

    @classmethod
    def keep(cls) -> None:
        if cls.grown and cls.found is not None:
            save_entry(_ENTRY, _here(), dict(list(cls.found.items())[-_MOST:]))


_Stamp = tuple[str, int, int]


def _stamp(path: str) -> _Stamp:
    """Changes when a file does, or a folder gains or loses one."""
    try:
        stat = os.stat(path)
    except OSError:
        return path, -1, -1
    return path, stat.st_size, stat.st_mtime_ns


def _here() -> list[bytes]:
    return [os.fsencode(os.getcwd())]  # what files are called in messages depends on it


class Config:
    """The settings of any draft. Each folder is looked at once, each file is read once."""

    def __init__(self, given: Given | None = None, file: str | None = None, isolated: bool = False) -> None:
        """`file` stands for all files that would be found, `isolated` for none. ReportlintError for a bad `file`."""
        self.given = given or Given()
        self._places: dict[str, _Place | ReportlintError] = {}
        self._settings: dict[_Place, Settings] = {}
        self._validated: set[tuple[int, ...]] = set()
        self._fixed: _Place | None = _Place() if isolated else None
        if file is not None:
            from reportlint.configfile import read_layers

            self._fixed = _Place(read_layers(os.path.abspath(file), os.getcwd(), required=True))

    def layers(self, path: str) -> tuple[Layer, ...]:
        """The files that hold for a draft, the farthest first. ReportlintError where one of them is wrong."""
        return self._place(os.path.dirname(os.path.abspath(path))).layers

    def settings(self, path: str) -> Settings:
        """What holds for a draft, which need not exist. ReportlintError where a file is wrong."""
        path = os.path.abspath(path)
        place = self._place(os.path.dirname(path))
        if place in self._settings:
            return self._settings[place]
        made = self._made(place, path)
        if not any({"profiles", "per-file-ignores"} & layer.atoms.keys() for layer in place.layers):
            self._settings[place] = made
        return made

    def validate(self, path: str, ruleset: Ruleset) -> None:
        """ReportlintError where the files that hold for a draft name a rule or profile that does not exist."""
        layers = self.layers(path)
        key = tuple(map(id, layers))
        if layers and key not in self._validated:
            from reportlint.configfile import validate

            validate(layers, ruleset)
            self._validated.add(key)

    def excluded(self, path: str, folder: bool = False, top: str | None = None) -> Atom | None:
        """Where the configuration leaves a file or folder out, None if nowhere. What would leave out `top`, the
        folder that is walked because it was asked for, does not count."""
        path = os.path.abspath(path)
        try:
            layers = self._place(os.path.dirname(path)).layers
        except ReportlintError:
            return None  # said of the drafts themselves
        if top is not None:
            top = os.path.abspath(top)
            layers = tuple(x for x in layers if not _leaves_out(x, top))
        said = [found for layer in layers if (found := layer.exclusion(path, folder))]
        return said[-1][1] if said and said[-1][0] else None

    def files(self) -> set[str]:
        """Every file that says, or could say, what holds for the drafts seen so far."""
        found = {os.path.join(folder, name) for folder in self._places for name in (*NAMES, BASELINE)}
        for place in [self._fixed] if self._fixed is not None else self._places.values():
            if isinstance(place, ReportlintError):
                for error in getattr(place, "errors", (place,)):
                    at = getattr(error, "place", None)
                    found |= {os.path.abspath(at[0])} if at else set()
            elif place.layers:
                from reportlint.configfile import sources

                found |= {*sources(place.layers), *(a.value for x in place.layers for a in x.atoms.get("baseline", ()))}
        return found

    def origin(self, path: str, key: str) -> Atom | None:
        """The value of a key of which only the nearest counts, None where no file has it."""
        return next((layer.atoms[key][-1] for layer in reversed(self.layers(path)) if layer.atoms.get(key)), None)

    def _place(self, folder: str) -> _Place:
        if self._fixed is not None:
            return self._fixed
        found = self._places.get(folder)
        if found is None:
            try:
                found = self._looked_up(folder)
            except ReportlintError as error:
                found = error
            self._places[folder] = found
        if isinstance(found, ReportlintError):
            raise found
        return found

    def _looked_up(self, folder: str) -> _Place:
        own = self._own(folder)
        own_baseline = os.path.join(folder, BASELINE)
        baseline = own_baseline if os.path.isfile(own_baseline) else None
        parent = os.path.dirname(folder)
        if parent == folder or (own and own[-1].root):
            return _Place(own, baseline)
        above = self._place(parent)
        return _Place((*above.layers, *own), baseline or above.baseline)

    def _own(self, folder: str) -> tuple[Layer, ...]:
        for name in NAMES:
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (not name.endswith(".toml") or _speaks_of_us(path)):
                own = _Read.get(path, folder)
                if own:
                    return own
        return ()

    def _made(self, place: _Place, path: str) -> Settings:
        given = self.given
        layers = place.layers
        options = Options(given.select, given.ignore, given.profile, given.language or "zh")
        if not layers:
            return Settings(
                options, (), given.fail_level or "warning", given.encoding, _baseline(given, place.baseline)
            )

        def nearest(key: str) -> str | None:
            return next((a[-1].value for layer in reversed(layers) if (a := layer.atoms.get(key))), None)

        def joined(key: str) -> tuple[str, ...]:
            return tuple(dict.fromkeys(a.value for layer in layers for a in layer.atoms.get(key, ())))

        genre = profile_of(layers, path)
        options = options._replace(
            profile=given.profile or (genre.value if genre else None),
            language=given.language or nearest("language") or "zh",
            choices=tuple(layer.choice for layer in layers if layer.choice),
            dropped=tuple(sorted({a.value for layer in layers for a in layer.fitting("per-file-ignores", path)})),
            accept=tuple(sorted(joined("accept"))),
        )
        return Settings(
            options,
            joined("packs"),
            given.fail_level or nearest("fail-level") or "warning",
            given.encoding or nearest("encoding"),
            _baseline(given, nearest("baseline") or place.baseline),
        )


def _leaves_out(layer: Layer, folder: str) -> bool:
    said = layer.exclusion(folder, folder=True)
    return said is not None and said[0]


def _baseline(given: Given, found: str | None) -> str | None:
    return found if given.baseline is None else os.path.abspath(given.baseline) if given.baseline else None


def profile_of(layers: tuple[Layer, ...], path: str) -> Atom | None:
    """Where the files give the profile of a draft (an absolute path): in the nearest that does, `profiles` before
    `profile`, and of several patterns the last that fits."""
    for layer in reversed(layers):
        said = [*layer.atoms.get("profile", ()), *layer.fitting("profiles", path)]
        if said:
            return said[-1]
    return None


def _speaks_of_us(path: str) -> bool:
    """Whether a pyproject.toml may have our table: most have not, and are not worth a parser."""
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            text = file.read()
    except OSError:
        return False
    return "reportlint" in text and _TABLE.search(text) is not None
