"""Compiled grammar tables and rule packs, kept between runs in the user's cache folder.

The folder belongs to the user alone (0700), because what is read from it is unpickled. An entry is keyed by
the content it was made from, by this program's own files and by Python, so nothing ever has to be cleared.
Where the folder cannot be had, everything is compiled anew: slower, and the same.
"""

import os
import pickle
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from typing import TypeVar, cast

try:
    from _blake2 import blake2b as blake2b  # without OpenSSL, which hashlib loads: 2 ms of a check that takes 60
except ImportError:
    from hashlib import blake2b as blake2b

T = TypeVar("T")

_FORMAT = 1
_KEPT = 3  # entries of a name: an editor, a hook and a terminal may each have a version of their own


def cache_folder() -> str:
    """Where compiled data is kept: `$REPORTLINT_CACHE_DIR`, else the platform's cache folder."""
    named = os.environ.get("REPORTLINT_CACHE_DIR")
    if named:
        return named
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.expanduser(r"~\AppData\Local")
    elif sys.platform == "darwin":
        base = os.path.expanduser("~/Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")
    return os.path.join(base, "reportlint")


@cache
def program_fingerprint() -> bytes:
    """Changes when any file of this program does, without reading one."""
    root = os.path.dirname(os.path.abspath(__file__))
    stamps = [f"{_FORMAT}{sys.version}"]
    for folder in (root, os.path.join(root, "checks"), os.path.join(root, "readers")):
        for entry in sorted(os.scandir(folder), key=lambda e: e.name):
            if entry.name.endswith(".py"):
                stat = entry.stat()
                stamps.append(f"{entry.name}{stat.st_size}.{stat.st_mtime_ns}")
    return "\n".join(stamps).encode()


def cached(name: str, content: Iterable[bytes], build: Callable[[], T]) -> T:
    """What `build()` yields, from the cache where it was made from the same `content` before."""
    content = list(content)
    found = load_entry(name, content, object)
    if found is not None:
        return cast(T, found)
    made = build()
    save_entry(name, content, made)
    return made


def load_entry(name: str, content: Iterable[bytes], kind: type[T]) -> T | None:
    """The entry kept under a name for this content, None if there is none that can be trusted and read."""
    if not is_private(cache_folder()):
        return None
    try:
        with open(_path(name, content), "rb") as file:
            found = pickle.load(file)
    except Exception:  # a damaged entry of any kind is just made anew
        return None
    return found if isinstance(found, kind) else None


def save_entry(name: str, content: Iterable[bytes], value: object) -> None:
    """Keeps an entry, in place of the oldest of its name; does nothing where that is impossible."""
    folder, path = cache_folder(), _path(name, content)
    # Written beside and renamed, so that a concurrent run reads the whole entry or none.
    temporary = f"{path}.{os.getpid()}"
    try:
        os.makedirs(folder, mode=0o700, exist_ok=True)
        if not is_private(folder):
            return
        older = [e for e in os.scandir(folder) if e.name.startswith(f"{name}-") and e.name.endswith(".pickle")]
        for entry in sorted(older, key=lambda e: e.stat().st_mtime)[: max(0, len(older) + 1 - _KEPT)]:
            os.unlink(entry.path)
        with open(temporary, "wb") as file:
            pickle.dump(value, file, protocol=pickle.HIGHEST_PROTOCOL)
        os.replace(temporary, path)
    except (OSError, pickle.PicklingError):
        with suppress(OSError):
            os.unlink(temporary)


def _path(name: str, content: Iterable[bytes]) -> str:
    key = blake2b(program_fingerprint(), digest_size=16)
    for part in content:
        key.update(len(part).to_bytes(8, "big") + part)
    return os.path.join(cache_folder(), f"{name}-{key.hexdigest()}.pickle")


def is_private(folder: str) -> bool:
    """Whether nobody but the user can have written there."""
    try:
        stat = os.stat(folder)
    except OSError:
        return False
    return sys.platform == "win32" or (stat.st_uid == os.getuid() and not stat.st_mode & 0o022)
