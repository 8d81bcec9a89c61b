"""The files of a journal: the current one, and one beside it for each earlier month (``outgoing-2026-10.jsonl``).

A month is named by its first record. Where the clock was wrong in between, two files may be of one month (``outgoing-2026-10.2.jsonl``). One
that is going to be removed has the day from which on that may happen in its name (``outgoing-2025-10.until-2026-12-08.jsonl``). The chain
continues from one file to the next, so all of them together are one journal; their order is that of the records in them.
"""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from shariff_py.journal.files import leads_to
from shariff_py.journal.record import parse

NAME = re.compile(r"([0-9]{4}-(?:0[1-9]|1[0-2]))(?:\.[1-9][0-9]*)?(?:\.until-([0-9]{4}-[0-9]{2}-[0-9]{2}))?")

LOOKED_AT = 100
"""The first record is looked for in so many lines: lines that were written in part may be before it."""


NO_TIME = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Beginning:
    """The first record of a file: its number and its time. A file without a record has the number 0."""

    sequence: int = 0
    when: datetime = NO_TIME

    @classmethod
    def of(cls, file: BinaryIO) -> Beginning:
        """Read the beginning of a file, which is at its beginning again afterwards."""
        file.seek(0)
        found = next((record for line in islice(file, LOOKED_AT) if (record := parse(line)) is not None), None)
        file.seek(0)
        return cls() if found is None else cls(found["sequence"], datetime.fromisoformat(found["time"]))


@dataclass(frozen=True, slots=True)
class Month:
    """The file of an earlier month. ``until`` is from when on it may be removed, ``None``: it is kept."""

    path: Path
    beginning: Beginning
    until: datetime | None


def past(path: Path) -> list[Month]:
    """The files of earlier months, in the order of their records."""
    names = _names(path)
    with _opened(names) as files:
        beginnings = [Beginning.of(file) for file in files]
    found = [Month(name, beginning, _until(path, name)) for name, beginning in zip(names, beginnings, strict=True)]
    return [found[at] for at in _order(beginnings)]


def end(path: Path, month: str) -> None:
    """Put the current file aside as that of a month (``2026-10``)."""
    taken = {label(path, name).partition(".until-")[0] for name in _names(path)}
    number, wanted = 1, month
    while wanted in taken:
        number += 1
        wanted = f"{month}.{number}"
    path.rename(_named(path, wanted))


def mark(path: Path, month: Month, until: datetime | None) -> None:
    """Note in a month's name from when on it may be removed; ``None``: that it is kept after all. Never takes the place of another file."""
    kept = label(path, month.path).partition(".until-")[0]
    name = _named(path, kept if until is None else f"{kept}.until-{until.date()}")
    if not name.exists():
        month.path.rename(name)


def label(path: Path, file: Path) -> str:
    """What a file's name has more than that of the current one: the month, and what else is said of it."""
    return file.name.removeprefix(f"{path.stem}-").removesuffix(path.suffix)


def month_of(when: datetime) -> str:
    """The month of a time as file names have it, its year always of four digits."""
    return f"{when.year:04}-{when.month:02}"


def before(month: str, months: int) -> str:
    """The month so many months before."""
    count = int(month[:4]) * 12 + int(month[5:]) - 1 - months
    return f"{count // 12:04}-{count % 12 + 1:02}"


@contextmanager
def opened(path: Path) -> Iterator[Sequence[BinaryIO]]:
    """All files of a journal, oldest first, opened consistently: none is missed because a month ends meanwhile."""
    while True:
        names = _names(path)
        with ExitStack() as stack:
            try:
                months = stack.enter_context(_opened(names))
                current = [stack.enter_context(path.open("rb"))] if path.exists() else []
            except FileNotFoundError:
                _check_links(names)
                continue
            if names == _names(path) and _same(path, current):
                yield [*(months[at] for at in _order([Beginning.of(file) for file in months])), *current]
                return


@contextmanager
def _opened(names: Sequence[Path]) -> Iterator[Sequence[BinaryIO]]:
    with ExitStack() as stack:
        yield [stack.enter_context(name.open("rb")) for name in names]


def _names(path: Path) -> list[Path]:
    found = path.parent.glob(f"{_escaped(path.stem)}-*{_escaped(path.suffix)}")
    return sorted(file for file in found if NAME.fullmatch(label(path, file)))


def _named(path: Path, name: str) -> Path:
    return path.with_name(f"{path.stem}-{name}{path.suffix}")


def _until(path: Path, file: Path) -> datetime | None:
    """From when on a file may be removed. A day that no calendar has is none that has come."""
    found = NAME.fullmatch(label(path, file))
    day = found[2] if found else None
    try:
        return datetime.fromisoformat(f"{day}T00:00:00+00:00") if day else None
    except ValueError:
        return datetime.max.replace(tzinfo=UTC) - timedelta(days=1)


def _order(beginnings: Sequence[Beginning]) -> list[int]:
    """The order of files by their records. One whose first record cannot be read stays after the one before it."""
    ranks, last = [], 0
    for at, beginning in enumerate(beginnings):
        last = beginning.sequence or last
        ranks.append((last, at))
    return [at for _, at in sorted(ranks)]


def _check_links(names: Sequence[Path]) -> None:
    """Raise `FileNotFoundError` where a month is a symbolic link to a file that is not there, as on a disk that is not mounted."""
    for name in names:
        if name.is_symlink() and not name.exists():
            raise FileNotFoundError(errno.ENOENT, "It is a link to a file that is not there", str(name))


def _same(path: Path, current: Sequence[BinaryIO]) -> bool:
    """Whether the file opened last is still the current one."""
    return leads_to(path, current[0]) if current else not path.exists()


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)
