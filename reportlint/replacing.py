"""Files are replaced at once: whatever happens, a name stands for the whole old content or the whole new one.

The new content is written beside the old under a name of ours and renamed. What a run leaves of it is taken away: at
its end, by the handler of a signal that ends it, and, where it was killed, by the next run that writes in the folder.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from contextlib import suppress
from types import TracebackType
from typing import IO

from reportlint.regular import NO_FILE

try:
    import fcntl
except ImportError:  # Windows, where a file that is being written cannot be taken away
    fcntl = None  # type: ignore[assignment]

PREFIX, SUFFIX = ".reportlint-", ".tmp"
_FRESH = 5  # seconds: within which the run that made a file may not have locked it yet
_OLD = 3600  # seconds: after which, where there are no locks, nobody is writing any more


class _Unfinished:
    """The files that are being written by this process, and whether its end is watched."""

    paths: set[tuple[int, str]] = set()  # noqa: RUF012 - one for all
    watched = False
    swept: set[str] = set()  # noqa: RUF012

    @classmethod
    def remove(cls) -> None:
        for process, path in list(cls.paths):
            # A process that was started while we write knows the name, too.
            if process == os.getpid():
                with suppress(OSError):
                    os.unlink(path)

    @classmethod
    def watch(cls) -> None:
        if cls.watched:
            return
        cls.watched = True
        import atexit
        import signal

        def leave(number: int, frame: object) -> None:
            cls.remove()
            signal.signal(number, signal.SIG_DFL)
            os.kill(os.getpid(), number)

        atexit.register(cls.remove)
        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            with suppress(ValueError):  # not in the main thread
                if number is not None and signal.getsignal(number) is signal.SIG_DFL:
                    signal.signal(number, leave)


class Replacement:
    """The content that is to replace a file's, or to become a new file. To be used as a context: without `put`, nothing
    happens. OSError where the folder cannot be written, or where there is something that is no file."""

    file: IO[bytes]

    def __init__(self, target: str) -> None:
        """`target` is no link: it would be replaced."""
        self.target = target
        try:
            self._there: os.stat_result | None = os.stat(target)
        except OSError:
            self._there = None
        if self._there is not None and not stat.S_ISREG(self._there.st_mode):
            raise OSError(errno.EINVAL, NO_FILE)
        folder = os.path.dirname(target)
        sweep(folder)
        _Unfinished.watch()
        self._path = os.path.join(folder, f"{PREFIX}{os.getpid()}-{os.urandom(6).hex()}{SUFFIX}")
        self._entry = os.getpid(), self._path
        _Unfinished.paths.add(self._entry)
        # Not to be read by others while it has not yet the permissions of what it replaces.
        mode = 0o666 if self._there is None else 0o600
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
        try:
            self.file = open(os.open(self._path, flags, mode), "wb")  # noqa: SIM115
        except OSError:
            _Unfinished.paths.discard(self._entry)
            raise
        if fcntl is not None:
            with suppress(OSError):
                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def complete(self) -> None:
        """What was written goes to the disk, with the permissions of the old file."""
        self.file.flush()
        os.fsync(self.file.fileno())
        if self._there is not None:
            with suppress(OSError, AttributeError):
                os.chown(self._path, self._there.st_uid, self._there.st_gid)
            with suppress(OSError, AttributeError):
                for name in os.listxattr(self.target):  # access control lists are among them
                    os.setxattr(self._path, name, os.getxattr(self.target, name))
            os.chmod(self._path, stat.S_IMODE(self._there.st_mode))

    def put(self) -> None:
        """Replaces the file by what is complete."""
        if os.name == "nt":
            self.file.close()  # it cannot be renamed while it is open
        os.replace(self._path, self.target)
        _Unfinished.paths.discard(self._entry)

    def __enter__(self) -> Replacement:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):
            self.file.close()
        if self._entry in _Unfinished.paths:
            with suppress(OSError):
                os.unlink(self._path)
            _Unfinished.paths.discard(self._entry)


def sweep(folder: str) -> None:
    """Takes away what runs that were killed have left in a folder. A folder is looked at once in a run."""
    if folder in _Unfinished.swept:
        return
    _Unfinished.swept.add(folder)
    with suppress(OSError), os.scandir(folder or ".") as entries:
        for entry in entries:
            if entry.name.startswith(PREFIX) and entry.name.endswith(SUFFIX):
                with suppress(OSError):
                    if entry.is_file(follow_symlinks=False) and _is_left(entry):
                        os.unlink(entry.path)


def _is_left(entry: os.DirEntry[str]) -> bool:
    """Whether nobody is writing a file any more: a lock ends with the process that holds it."""
    age = time.time() - entry.stat(follow_symlinks=False).st_mtime
    if fcntl is None:
        return age > _OLD
    if age < _FRESH:
        return False
    with open(os.open(entry.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            return False
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    return True
