"""Where the shipped rules and the grammar lie."""

import os

_PACKAGE = os.path.dirname(os.path.abspath(__file__))


def data_path(*parts: str) -> str:
    """The path of a file or folder below `rules/` or `grammar/`: the copy inside an installed wheel if there
    is one, else the repository's (an editable install or a checkout)."""
    packaged = os.path.join(_PACKAGE, "_data")
    root = packaged if os.path.isdir(packaged) else os.path.dirname(_PACKAGE)
    return os.path.join(root, *parts)
