"""Where the widget's files are: inside the installed package, or beside it in a checkout. No other module forms that path."""

from __future__ import annotations

from pathlib import Path

import shariff_py
from shariff_py.response_policy.integrity import file_hash
from shariff_py.response_policy.widget_hashes import HASHES


def static_folder() -> Path:
    """The folder with ``shariff.min.js`` and ``shariff.min.css``.

    A wheel carries it as ``shariff_py/static``; a checkout (and an editable install) has it beside the package.
    """
    package = Path(shariff_py.__file__).resolve().parent
    inside = package / "static"
    return inside if inside.is_dir() else package.parent / "static"


def differing_files(folder: Path) -> list[str]:
    """The widget's files that are missing in a folder, or have another content there than pages say they have."""
    return [
        name
        for name, value in HASHES.items()
        if not (folder / name).is_file() or file_hash((folder / name).read_bytes()) != value
    ]
