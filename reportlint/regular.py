"""Files that belong to others and may be anything: a pipe that nobody writes to, a device without an end.

Only regular files of a reasonable size are read, whatever stands under the name.
"""

from __future__ import annotations

import errno
import os
import stat

_MOST = 64_000_000  # bytes
_HANDED_OVER = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
NO_FILE = "不是普通文件"
"""What is said of a name that stands for something else."""
_read_once: dict[str, bytes] = {}


def contents(path: str, most: int = _MOST) -> bytes:
    """The bytes of a regular file, of what a shell hands over as one (`<(…)`, `/dev/stdin`), or of the null device,
    which has none. OSError for everything else and for a file of more than `most` bytes."""
    whole = os.path.abspath(path)
    if whole in _read_once:
        return _read_once[whole]
    status = os.stat(path)
    handed_over = stat.S_ISFIFO(status.st_mode) and whole.startswith(_HANDED_OVER)
    if stat.S_ISCHR(status.st_mode) and os.path.samestat(status, os.stat(os.devnull)):
        return b""
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(status.st_mode) and not handed_over:
        raise OSError(errno.EINVAL, NO_FILE)
    # Another may have put a pipe there since: not to wait for its writer.
    waits = 0 if handed_over else getattr(os, "O_NONBLOCK", 0)
    with open(os.open(path, os.O_RDONLY | waits | getattr(os, "O_BINARY", 0)), "rb") as file:
        if not handed_over and not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, NO_FILE)
        data = file.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))
    if handed_over:
        _read_once[whole] = data  # a message about it will want to show it
    return data
