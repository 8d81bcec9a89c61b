"""The files of a journal: the current one, and one beside it for each earlier month (``outgoing-2026-10.jsonl``).

The chain continues from one file to the next, so all of them together are one journal.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


def past(path: Path) -> list[Path]:
    """The files of earlier months, oldest first."""
    named = {file: label(path, file) for file in path.parent.glob(f"{_escaped(path.stem)}-*{_escaped(path.suffix)}")}
    return sorted(file for file, month in named.items() if MONTH.fullmatch(month))


def label(path: Path, file: Path) -> str:
    """The month in a file's name."""
    return file.name.removeprefix(f"{path.stem}-").removesuffix(path.suffix)


def of_month(path: Path, month: str) -> Path:
    """The path of a month's file once the month has ended."""
    return path.with_name(f"{path.stem}-{month}{path.suffix}")


def before(month: str, months: int) -> str:
    """The month so many months before."""
    count = int(month[:4]) * 12 + int(month[5:]) - 1 - months
    return f"{count // 12:04}-{count % 12 + 1:02}"


@contextmanager
def opened(path: Path) -> Iterator[Sequence[BinaryIO]]:
    """All files of a journal, oldest first, opened consistently: none is missed because a month ends meanwhile."""
    while True:
        with ExitStack() as stack:
            names = [*past(path), *([path] if path.exists() else [])]
            try:
                files = [stack.enter_context(name.open("rb")) for name in names]
            except FileNotFoundError:
                continue
            if names == [*past(path), *([path] if path.exists() else [])] and _same(path, files):
                yield files
                return


def _same(path: Path, files: Sequence[BinaryIO]) -> bool:
    """Whether the last file opened is still the current one."""
    try:
        return not files or os.fstat(files[-1].fileno()).st_ino == path.stat().st_ino
    except FileNotFoundError:
        return not path.exists()


def _escaped(name: str) -> str:
    return re.sub(r"([*?\[])", r"[\1]", name)
