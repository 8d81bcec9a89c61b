"""The end of a journal's file, read backwards: a record is added without reading the whole file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from shariff_py.errors import JournalBroken
from shariff_py.journal.record import BEGINNING, CHANGED, is_cut, parse

CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a file: sequence number, hash and time of the last complete record (``(0, BEGINNING, "")``: there is none), the fragment
    after it, and whether the file ends with a line break."""

    sequence: int
    hash: str
    time: str
    fragment: bytes
    finished: bool

    @classmethod
    def of(cls, file: BinaryIO) -> Tail:
        """Read the end of a file. Raises `JournalBroken` where the last line is complete, but not a record."""
        after: list[bytes] = []
        last: dict[str, object] = {"sequence": 0, "hash": BEGINNING, "time": ""}
        for line in lines_backwards(file):
            if (record := parse(line)) is not None:
                last = record
                break
            after.insert(0, line)
        fragment = b"\n".join(after)
        if fragment and not is_cut(fragment):
            raise JournalBroken(
                int(str(last["sequence"])) + 1,
                f"{CHANGED} Keep the file and move it away; the next record starts a new journal.",
            )
        sequence, own, time = int(str(last["sequence"])), str(last["hash"]), str(last["time"])
        return cls(sequence, own, time, fragment.removesuffix(b"\n"), finished=after[-1:] == [b""])


def lines_backwards(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file from its end, without line breaks; first what follows the last line break, which may be nothing."""
    position = file.seek(0, os.SEEK_END)
    held: list[bytes] = []  # The pieces of a line whose beginning is not read yet, the last one first.
    while position:
        step = min(CHUNK, position)
        position -= step
        file.seek(position)
        first, *lines = file.read(step).split(b"\n")
        if lines:
            yield b"".join([lines.pop(), *reversed(held)])
            yield from reversed(lines)
            held.clear()
        held.append(first)
    yield b"".join(reversed(held))
