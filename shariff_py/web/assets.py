"""Where the widget's files are: inside the installed package, or beside it in a checkout. No other module forms that path."""

from __future__ import annotations

from pathlib import Path

import shariff_py


def static_folder() -> Path:
    """The folder with ``shariff.min.js`` and ``shariff.min.css``.

    A wheel carries it as ``shariff_py/static``; a checkout (and an editable install) has it beside the package.
    """
    package = Path(shariff_py.__file__).resolve().parent
    inside = package / "static"
    return inside if inside.is_dir() else package.parent / "static"
