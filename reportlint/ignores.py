"""`.gitignore`: what git does not keep is no draft either. Imported only where a folder is walked."""

from __future__ import annotations

import os

from reportlint.globs import Globs
from reportlint.regular import contents

_FILE = ".gitignore"


class GitIgnores:
    """The .gitignore files that hold in a walked folder and below it: its own and nested ones and, inside a
    repository, those above it up to the repository's root. A folder that was asked for by name is not ignored."""

    def __init__(self, folder: str) -> None:
        self._specs: dict[str, Globs | None] = {}
        self._top = os.path.abspath(folder)
        above = self._repository(self._top)
        self._above = [f for f in above if not self._says(f, self._top, True)]

    def ignores(self, path: str, folder: bool) -> bool:
        """Whether a file or folder below the walked one is left out. The nearest file that speaks of it decides."""
        path = os.path.abspath(path)
        place = os.path.dirname(path)
        while len(place) >= len(self._top):
            said = self._says(place, path, folder)
            if said is not None:
                return said
            if place == self._top:
                break
            place = os.path.dirname(place)
        return next((said for f in self._above if (said := self._says(f, path, folder)) is not None), False)

    def _repository(self, folder: str) -> list[str]:
        """The folders above one in its repository, the nearest first; none outside a repository."""
        found = []
        while not os.path.exists(os.path.join(folder, ".git")):
            parent = os.path.dirname(folder)
            if parent == folder:
                return []
            folder = parent
            found.append(folder)
        return found

    def _says(self, place: str, path: str, folder: bool) -> bool | None:
        spec = self._spec(place)
        if spec is None:
            return None
        within = os.path.relpath(path, place).replace(os.sep, "/")
        said = spec.check(within + "/" * folder)
        return said[0] if said else None

    def _spec(self, place: str) -> Globs | None:
        if place not in self._specs:
            self._specs[place] = _read(os.path.join(place, _FILE))
        return self._specs[place]


def _read(path: str) -> Globs | None:
    if not os.path.isfile(path):
        return None
    try:
        text = contents(path).decode("utf-8-sig", "replace")
    except OSError:
        return None
    # Git's file, not ours to complain of: as for git, a pattern that is none fits nothing.
    return Globs(text.replace("\r\n", "\n").split("\n"), lenient=True)
