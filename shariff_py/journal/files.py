"""Files as the journal needs them: for the operator's own user only, whole or not at all, and on disk when a call returns."""

from __future__ import annotations

import errno
import os
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PRIVATE = 0o600
"""The mode of new files: addresses of pages and what was sent about them are nobody else's concern."""

LOCK_SECONDS = 10.0
"""How long to wait for another process that is writing. Writing a record takes a few milliseconds."""


def opener(path: str, flags: int) -> int:
    """For `open`: a file that is created gets the mode `PRIVATE`, whatever the umask is; one that is there keeps its own."""
    try:
        descriptor = os.open(path, flags | os.O_EXCL, PRIVATE) if flags & os.O_CREAT else os.open(path, flags)
    except FileExistsError:
        return os.open(path, flags)
    _make_private(descriptor, Path(path).parent)
    return descriptor


@contextmanager
def alone(path: Path) -> Iterator[BinaryIO]:
    """Open a file to add to it, created where there is none, while no other process does. Raises `OSError`.

    The lock is on the file itself: one beside it can be removed while it is held, and the next process would not wait. Windows removes no
    file that is open, and needs none.
    """
    end = time.monotonic() + LOCK_SECONDS
    while True:
        with open(path, "a+b", buffering=0, opener=opener) as file, _locked(file.fileno(), end):
            if leads_to(path, file):
                yield file
                return


@contextmanager
def settled(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading, once no process is in the middle of adding to it, under whatever name. Raises `OSError`."""
    with path.open("rb") as file, _locked(file.fileno(), time.monotonic() + LOCK_SECONDS, shared=True):
        yield file


def leads_to(path: Path, file: BinaryIO) -> bool:
    """Whether a path still leads to a file that was opened by it."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return False
    return os.path.samestat(found, os.fstat(file.fileno()))


def target(path: Path) -> Path:
    """Where a file is, symbolic links followed: what replaces or renames it must not take the place of the link. Raises `OSError` for what
    is no regular file: a device or a pipe cannot be replaced."""
    found = Path(os.path.realpath(path))
    if found.exists() and not found.is_file():
        raise OSError(errno.EINVAL, "It is not a regular file", str(path))
    return found


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
    path = target(path)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            _make_private(descriptor, path.parent)
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


@contextmanager
def _locked(descriptor: int, end: float, *, shared: bool = False) -> Iterator[None]:
    try:
        from fcntl import LOCK_EX, LOCK_NB, LOCK_SH, LOCK_UN, flock
    except ImportError:
        yield
        return
    while True:
        try:
            flock(descriptor, (LOCK_SH if shared else LOCK_EX) | LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() >= end:
                raise TimeoutError from None
        time.sleep(0.002)
    try:
        yield
    finally:
        # Not by closing it: a child that was forked meanwhile has it open as well.
        flock(descriptor, LOCK_UN)


def _make_private(descriptor: int, folder: Path) -> None:
    if hasattr(os, "fchmod"):
        os.fchmod(descriptor, PRIVATE)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # What an administrator's command creates has to be usable by the application, whose folder it is in.
        owner = folder.stat()
        with suppress(OSError):
            os.fchown(descriptor, owner.st_uid, owner.st_gid)
