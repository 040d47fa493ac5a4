"""What may be sent to a terminal or stand in a line: a file's name may hold anything else, and what the system says
of a file is no Chinese."""

from __future__ import annotations

import errno
import os
from unicodedata import category

_KEPT = ("Zs", "Cs", "Co")
"""Blanks of Chinese text, bytes of a name that are no text (the stream writes them as \\udcxx), and private signs."""


def visible(text: str) -> str:
    """The text with every control and format character, line breaks and tabs among them, as its escape."""
    return text if text.isprintable() else "".join(c if _shows(c) else _escape(c) for c in text)


def visible_lines(text: str) -> str:
    """The same for a text of several lines, whose breaks are meant."""
    return "\n".join(map(visible, text.split("\n")))


_REASONS = {
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.ENOENT: "没有这个文件或文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EROFS: "所在的磁盘是只读的",
    errno.ENOSPC: "磁盘已满",
    errno.EIO: "磁盘或设备出错",
    errno.ENAMETOOLONG: "名称太长",
    errno.ELOOP: "符号链接绕成了圈",
    errno.EMFILE: "打开的文件太多",
    errno.EFBIG: "文件太大",
    errno.EBUSY: "文件正被占用",
}


def trouble(chinese: str, english: str, error: OSError) -> str:
    """What could not be done with a file and why, Chinese first. A reason that the caller worded, or the system in the
    user's language, stands as it is."""
    said = error.strerror or str(error)
    reason = _REASONS.get(error.errno) if error.errno else None
    if reason is None or said != os.strerror(error.errno or 0):
        return f"{chinese}：{said} ({english})"
    return f"{chinese}：{reason} ({english}: {said})"


def _shows(char: str) -> bool:
    return char.isprintable() or category(char) in _KEPT


def _escape(char: str) -> str:
    return char.encode("unicode_escape").decode("ascii")
