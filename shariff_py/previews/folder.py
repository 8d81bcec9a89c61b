"""The folder of previews: two files for each content, one with what was told of it, one with its picture."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from shariff_py.errors import UNREADABLE, StoreError

NAME_LENGTH = 32
FACTS, PICTURE, DRAFT = ".json", ".webp", ".draft"
DRAFT_SECONDS = 3600
"""A draft that is older was left by a process that ended while it wrote."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of some content. ``has_picture`` says whether there is one beside it; ``fetched_at`` are Unix seconds."""

    platform: str
    address: str
    title: str
    author: str
    has_picture: bool
    fetched_at: float


FORM = Kept.__annotations__
"""The names and types of what is written of it."""


def name_of(platform: str, address: str) -> str:
    """The name of the files of some content: nothing of the address is in it, which may have any characters."""
    return hashlib.sha256(f"{platform} {address}".encode()).hexdigest()[:NAME_LENGTH]


class Folder:
    """Reads and writes previews. A file is there whole or not at all; one that is not as it was written counts as none. Files of other names
    are left alone.

    Writing raises `StoreError` where the disk fails; reading never raises, as it happens on a visit.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @property
    def changed_at(self) -> int:
        """When a file in it was last written or removed, in nanoseconds; 0 where there is none."""
        try:
            return self._path.stat().st_mtime_ns
        except OSError:
            return 0

    def load(self, name: str) -> Kept | None:
        """What is kept under a name."""
        try:
            told = json.loads((self._path / f"{name}{FACTS}").read_bytes().decode())
            if not isinstance(told, dict) or {key: type(value).__name__ for key, value in told.items()} != FORM:
                return None
            kept = Kept(**told)
            # What no page can be written with raises: half a pair of surrogates, which JSON can name.
            f"{kept.title}{kept.author}".encode()
            return kept if name_of(kept.platform, kept.address) == name else None
        except (OSError, *UNREADABLE):
            return None

    def picture(self, name: str) -> bytes | None:
        """The picture that is kept under a name, as WebP (RFC 9649, section 2.4)."""
        try:
            content = (self._path / f"{name}{PICTURE}").read_bytes()
        except OSError:
            return None
        return content if (content[:4], content[8:12]) == (b"RIFF", b"WEBP") else None

    def has_picture(self, name: str) -> bool:
        """Whether the file of a picture is there."""
        return (self._path / f"{name}{PICTURE}").is_file()

    def names(self) -> Iterator[str]:
        """The names of all that is kept, unreadable ones included, sorted."""
        pattern = "[0-9a-f]" * NAME_LENGTH
        yield from sorted({file.stem for ending in (FACTS, PICTURE) for file in self._path.glob(f"{pattern}{ending}")})

    def save(self, kept: Kept, picture: bytes | None) -> None:
        """Keep it in place of what was kept of the same content before. The picture first: what is told of it must be there."""
        name = name_of(kept.platform, kept.address)
        if picture is None:
            self._unlink(f"{name}{PICTURE}")
        else:
            self._write(f"{name}{PICTURE}", picture)
        self._write(f"{name}{FACTS}", json.dumps(asdict(kept), ensure_ascii=False, sort_keys=True).encode())

    def remove(self, name: str) -> None:
        """Remove what is kept under a name, if anything is."""
        for ending in (FACTS, PICTURE):
            self._unlink(f"{name}{ending}")

    def remove_drafts(self, now: float) -> None:
        """Remove what was left by processes that ended while they wrote; ``now`` are Unix seconds."""
        for draft in self._path.glob(f".*{DRAFT}"):
            with suppress(OSError):
                if now - draft.stat().st_mtime > DRAFT_SECONDS:
                    draft.unlink()

    def _write(self, name: str, content: bytes) -> None:
        draft = None
        try:
            self._path.mkdir(parents=True, exist_ok=True)
            handle, path = tempfile.mkstemp(dir=self._path, prefix=".", suffix=DRAFT)
            draft = Path(path)
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            # Pages are served by another account than the one that runs commands, as often as not.
            draft.chmod(0o644)
            draft.replace(self._path / name)
        except OSError as error:
            if draft is not None:
                draft.unlink(missing_ok=True)
            raise self._failed(error) from None

    def _unlink(self, name: str) -> None:
        try:
            (self._path / name).unlink(missing_ok=True)
        except OSError as error:
            raise self._failed(error) from None

    def _failed(self, error: OSError) -> StoreError:
        return StoreError(
            f"the folder of previews {str(self._path)!r} cannot be written: {error.strerror}.",
            cure="Make it writable for this account, or name another one in previews.path.",
        )
