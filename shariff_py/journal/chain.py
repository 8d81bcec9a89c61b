"""Walking through the chain: the lines of all files, each checked against the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from shariff_py.errors import JournalBroken
from shariff_py.journal.record import CHANGED, ChainPosition, is_cut, link_of, parse

TORN, RETENTION = b'"kind":"torn"', b'"kind":"retention"'
"""Records that say something about others; they are always decoded."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What is left of a record that was written in part. It is at the end of the file, or a ``torn`` record describes it."""


def walk(
    files: Sequence[BinaryIO], place: ChainPosition, *, strict: bool, last: bool = True
) -> Iterator[bytes | Fragment]:
    """The lines of all records, and the fragments that are explained; ``place`` is after the last one. Constant memory.

    Raises `JournalBroken` at the first line that is not in its place. ``strict`` also decodes each record, and refuses one in another form
    than the journal writes; without it a million records take seconds. ``last``: the last of the files may end in the middle of a line.
    """
    for file in files:
        held = b""
        for line in file:
            if not strict and not held and _continues(line, place):
                yield line
                continue
            record = parse(line)
            if record is None:
                held += line
                continue
            place.check(record, held)
            if held:
                yield Fragment()
            held = b""
            place.advance(record)
            yield line
        if held and not (is_cut(held) and last and file is files[-1]):
            raise JournalBroken(place.sequence + 1, CHANGED)
        if held:
            yield Fragment()


def _continues(line: bytes, place: ChainPosition) -> bool:
    """Whether a line is the next record, one that explains nothing about others; if so, ``place`` is moved on."""
    link = link_of(line)
    if link is None or link[0] != place.sequence + 1 or link[2] != place.hash:
        return False
    if TORN in line or RETENTION in line:
        return False
    place.sequence, place.hash, place.before = link
    return True
