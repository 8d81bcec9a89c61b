"""Files as the journal needs them: for the operator's own user only, whole or not at all, and on disk when a call returns."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o600
"""The mode of new files: addresses of pages and what was sent about them are nobody else's concern."""


def opener(path: str, flags: int) -> int:
    """For `open`: a file that is created gets the mode `PRIVATE`, whatever the umask is; one that is there keeps its own."""
    try:
        descriptor = os.open(path, flags | os.O_EXCL, PRIVATE) if flags & os.O_CREAT else os.open(path, flags)
    except FileExistsError:
        return os.open(path, flags)
    _make_private(descriptor)
    return descriptor


def create_private(path: str) -> str:
    """Create an empty file of mode `PRIVATE` where there is none, and return its path. Raises `OSError`."""
    with open(path, "ab", opener=opener):
        return path


def write_all(descriptor: int, content: bytes) -> None:
    """Write everything, however much the system takes at once."""
    while content:
        content = content[os.write(descriptor, content) :]


def replace(path: Path, content: Iterable[bytes]) -> None:
    """Write a file of mode `PRIVATE` in place of the one that may be there, on disk and as a whole or not at all. Raises `OSError`."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            _make_private(descriptor)
            file.writelines(content)
            file.flush()
            os.fsync(descriptor)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Sync the names of files to disk, not only their content. Windows has no such call: folders cannot be opened there."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _make_private(descriptor: int) -> None:
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, PRIVATE)
