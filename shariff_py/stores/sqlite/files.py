"""The files of a SQLite store: which ones a name leads to now, how they are created, how a corrupt store is set aside."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700
"""Addresses of pages and reports concern nobody but the application. SQLite gives its ``-wal`` and ``-shm`` the mode of the store."""

LOCK_SECONDS = 1.0
"""How long to wait for another process that creates or sets aside the store. Both take milliseconds."""

CORRUPT = ".corrupt-"
"""What follows the name of a store that was set aside, before the time of that."""

Identity = tuple[tuple[int, int] | None, ...]
"""Device and number of a store's file, its ``-wal`` and its ``-shm``; ``None`` for one that is missing or empty."""


class Files:
    """The files at a path. A relative path is that of the folder in which the process was at first."""

    def __init__(self, path: Path) -> None:
        self._given = Path(os.path.abspath(path))  # noqa: PTH100 - symbolic links stay: a new target is another store
        self.main = self._given
        """Where the store is. SQLite keeps its other files beside the target of a symbolic link."""
        self._names = str(path), f"{path}-wal", f"{path}-shm"

    @property
    def shown(self) -> str:
        """The name of the store, for messages."""
        return repr(str(self.main))

    def resolve(self) -> None:
        """Follow symbolic links. To be called before the store is opened."""
        self.main = Path(os.path.realpath(self._given))
        self._names = str(self._given), f"{self.main}-wal", f"{self.main}-shm"

    def identity(self) -> Identity:
        """Which files the names lead to now. Opens none: closing one would release SQLite's locks on it (howtocorrupt.html, 2.2)."""
        main, wal, shm = self._names
        return (_file(main, 1), _file(wal, 0), _file(shm, 0))

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Of all processes, only this one creates or sets aside the store in this block."""
        from filelock import FileLock

        make_folder(self.main.parent)
        with FileLock(f"{self.main}-lock", timeout=LOCK_SECONDS, mode=FILE_MODE):
            _give_to_owner_of_folder(Path(f"{self.main}-lock"))
            yield

    def create(self) -> None:
        """Create an empty file, and remove what belonged to another one of that name: SQLite would play its ``-wal`` into the new one.

        A store that was emptied goes as well, since other processes may still have it open and locked.
        """
        for suffix in ("-wal", "-shm", *([""] if self.owned() else [])):
            self._remove(suffix)
        with suppress(FileExistsError):
            descriptor = os.open(self.main, os.O_CREAT | os.O_EXCL | os.O_RDWR, FILE_MODE)
            # The umask can only have taken away from the mode.
            with suppress(OSError):
                self.main.chmod(FILE_MODE)
            os.close(descriptor)
            _give_to_owner_of_folder(self.main)

    def remove_beside(self, held: Identity) -> None:
        """Remove the ``-wal`` and ``-shm`` of a file that was exchanged, where these names still lead to those it had."""
        if self.has_foreign_wal(self.identity()):
            self._remove("-wal")
            self._remove("-shm")
        for suffix, old, now in zip(("-wal", "-shm"), held[1:], self.identity()[1:], strict=True):
            if now is not None and now == old:
                self._remove(suffix)

    def owns(self, main: tuple[int, int] | None) -> bool:
        """Whether the file with this identity is known to be a store of ours, whatever is in it now; see `note`."""
        return main is not None and self._noted()[:2] == [*map(str, main)]

    def owned(self) -> bool:
        """Whether there was a store of ours at this path."""
        return bool(self._noted())

    def has_foreign_wal(self, now: Identity) -> bool:
        """Whether the store was exchanged and the ``-wal`` of the one before is still there: SQLite would play it into the new one."""
        noted = self._noted()
        return (
            bool(noted)
            and now[0] is not None
            and now[1] is not None
            and not self.owns(now[0])
            and noted[2:] == [*map(str, now[1])]
        )

    def is_noted(self, now: Identity) -> bool:
        return self._noted() == _as_note(now)

    def note(self, now: Identity) -> None:
        """Keep, beside the store, that these files are ours. To be called while it is `locked`.

        Not in the file that is locked: its content is the lock's own, which some versions of it empty each time.
        """
        if not self.is_noted(now):
            new = Path(f"{self.main}-note.new")
            new.unlink(missing_ok=True)
            with open(new, "x", encoding="utf-8", opener=lambda path, flags: os.open(path, flags, FILE_MODE)) as file:
                file.write(" ".join(_as_note(now)))
            with suppress(OSError):
                new.chmod(FILE_MODE)
            _give_to_owner_of_folder(new)
            new.replace(f"{self.main}-note")

    def header(self) -> bytes:
        """The first bytes of the store. To be called only while this process has no connection to it, see `identity`."""
        with self.main.open("rb") as file:
            return file.read(100)

    def set_aside(self) -> Path:
        """Give the store a name with the time, and keep it. To be called while it is `locked`.

        The ``-wal`` goes first: a process that is killed in between leaves a store without it, never a new one beside a foreign ``-wal``.
        """
        stem = f"{self.main}{CORRUPT}{datetime.now(UTC):%Y%m%d-%H%M%S}"
        kept = next(path for n in range(1, 1000) if not (path := Path(f"{stem}-{n}" if n > 1 else stem)).exists())
        with suppress(FileNotFoundError):
            Path(f"{self.main}-wal").replace(f"{kept}-wal")
        self._remove("-shm")
        self.main.replace(kept)
        with suppress(OSError):
            kept.chmod(FILE_MODE)
        return kept

    def set_aside_before(self) -> list[str]:
        """The names of the stores that were set aside here and are still there, oldest first."""
        try:
            names = os.listdir(self.main.parent)  # noqa: PTH208 - names are compared
        except OSError:
            return []
        start = self.main.name + CORRUPT
        return sorted(name for name in names if name.startswith(start) and not name.endswith(("-wal", "-shm")))

    def _noted(self) -> list[str]:
        try:
            return Path(f"{self.main}-note").read_text(encoding="utf-8").split()
        except (OSError, ValueError):
            return []

    def _remove(self, suffix: str) -> None:
        Path(f"{self.main}{suffix}").unlink(missing_ok=True)


def _give_to_owner_of_folder(path: Path) -> None:
    """What root creates, as with a command of an administrator, has to be usable by the application, whose folder it is in."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        folder = path.parent.stat()
        with suppress(OSError):
            os.chown(path, folder.st_uid, folder.st_gid)


def make_folder(folder: Path) -> None:
    """Create a folder and those above it that are missing, for the owner only whatever the umask."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    with suppress(FileExistsError):
        folder.mkdir(mode=FOLDER_MODE)
        with suppress(OSError):
            folder.chmod(FOLDER_MODE)


def _as_note(now: Identity) -> list[str]:
    """Device and number of the store and of its ``-wal``."""
    return [str(number) for file in now[:2] for number in file or (0, 0)]


def _file(name: str, least: int) -> tuple[int, int] | None:
    try:
        found = os.stat(name)  # noqa: PTH116 - with every call of the store
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (found.st_dev, found.st_ino) if found.st_size >= least else None
