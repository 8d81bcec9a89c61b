"""Checkpoints: the last record of a journal, signed and kept elsewhere, so that an end that was cut off is noticed without anybody's notes.

A chain shows what was changed inside it, not that its end is missing. A checkpoint is its head of some moment, signed with the site's
secret (HMAC-SHA-256): a journal that does not contain the record was cut off, rewritten, or restored from an older copy. One that is written
after the record, or not at all because the process ended, lags behind and is contained all the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from itsdangerous import BadData, URLSafeSerializer

from shariff_py.errors import JournalError, StoreError
from shariff_py.journal.files import replace, target
from shariff_py.journal.journal import Journal, Known
from shariff_py.journal.record import BEGINNING, CHECKPOINT, Verified

SALT = "shariff_py.journal"

LARGEST = 4096
"""Bytes of a checkpoint. Ours have 200."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a checkpoint is kept. ``name`` is how people are told of it; ``load`` returns an empty text where there is none.

    Both functions may raise `StoreError` or `OSError`.
    """

    name: str
    load: Callable[[], str]
    save: Callable[[str], None]

    @classmethod
    def file(cls, path: Path) -> Place:
        """A file, best on another disk or machine. It is replaced as a whole and readable for its owner only; a symbolic link stays one."""
        path = Path(os.path.abspath(path))  # noqa: PTH100 - links are followed with each use

        def load() -> str:
            try:
                with target(path).open("rb") as file:
                    return file.read(LARGEST).decode("ascii", "replace").strip()
            except FileNotFoundError:
                return ""

        def save(text: str) -> None:
            path.parent.mkdir(parents=True, exist_ok=True)
            replace(path, [text.encode("ascii"), b"\n"])

        return cls(f"the file {path}", load, save)


class State(StrEnum):
    """How a journal compares with the checkpoint of one place."""

    CONTAINED = "contained"
    MISSING = "missing"
    """There is no checkpoint."""
    UNAVAILABLE = "unavailable"
    """The place cannot be read."""
    FOREIGN = "foreign"
    """It was not signed with one of the site's secrets."""
    OLD = "old"
    """It names a record older than the first that is kept."""
    CUT = "cut"
    """The journal does not contain the record."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """The state of one place, and a sentence with the cure where something is wrong. ``signed``: the signature was checked."""

    state: State
    sentence: str
    known: Known = (0, BEGINNING)
    signed: bool = True

    @property
    def is_alarm(self) -> bool:
        """Whether records are missing, or somebody has changed the checkpoint."""
        return self.state in {State.CUT, State.FOREIGN}


class Checkpoints:
    """The checkpoints of one journal in all its places, signed with the first of the ``secrets``; all of them are accepted.

    Without a secret none is written, and what is there is compared without checking who signed it.
    """

    def __init__(self, journal: Journal, places: Sequence[Place], secrets: Sequence[str]) -> None:
        self._journal = journal
        self._places = places
        self._secrets = secrets

    def advance(self) -> list[str]:
        """Note the head of the journal in each place. Returns what is wrong with those that stay.

        A checkpoint that is not contained, or is not ours, stays: it is the evidence. While the journal lacks the record of one place, no
        other place is written either: an older checkpoint would soon name what came after the cut. Raises `JournalError` where the journal
        cannot be read.
        """
        if not self._secrets:
            return []
        head = self._journal.head()
        loaded = [(place, self._loaded(place)) for place in self._places]
        lost = self._lost(one for _, one in loaded)
        compared = [(place, _cut(place, one) if one.known in lost else one) for place, one in loaded]
        wrong = [one.sentence for _, one in compared if one.state not in {State.MISSING, State.CONTAINED}]
        if any(one.state is State.CUT for _, one in compared):
            return wrong
        behind = [
            place for place, one in compared if one.state in {State.MISSING, State.CONTAINED} and head[0] > one.known[0]
        ]
        return wrong + [failed for place in behind for failed in self._save(place, head)]

    def verify(self, *, head: str | None = None) -> tuple[Verified, list[Comparison]]:
        """Check the whole chain, in one pass with all checkpoints. Raises as `Journal.verify` does."""
        loaded = [(place, self._loaded(place)) for place in self._places]
        known = {comparison.known for _, comparison in loaded if comparison.state is State.CONTAINED}
        verified = self._journal.verify(head=head, known=known)
        return verified, [
            comparison if comparison.known not in verified.missing
            else _old(place, comparison) if comparison.known[0] < verified.since
            else _cut(place, comparison)
            for place, comparison in loaded
        ]  # fmt: skip

    def renew(self) -> tuple[int, str, list[str]]:
        """Begin anew from the journal as it is, after it was restored, moved away or the secrets were exchanged.

        What it does not contain is recorded in the journal first. Returns number and hash of its last record, and what went wrong. Raises
        `JournalError` where the journal cannot be read or written, and without a secret.
        """
        self._serializer()
        for sequence, own in sorted(self._lost(map(self._loaded, self._places))):
            self._journal.append(CHECKPOINT, {"of": sequence, "sha256": own})
        head = self._journal.head()
        return *head, [wrong for place in self._places for wrong in self._save(place, head)]

    def signed(self, known: Known) -> str:
        """A record as a checkpoint: letters, digits, ``-``, ``_`` and dots."""
        return str(self._serializer().dumps([*known]))

    def _save(self, place: Place, known: Known) -> list[str]:
        try:
            place.save(self.signed(known))
        except (OSError, StoreError) as error:
            return [f"The checkpoint in {place.name} cannot be written: {error}"]
        return []

    def _lost(self, loaded: Iterable[Comparison]) -> set[Known]:
        """What is in the places and not in the journal; each record is looked for once, from the end of the journal backwards."""
        known = {one.known for one in loaded if one.state is State.CONTAINED}
        return {one for one in known if self._journal.contains(one) is False}

    def _loaded(self, place: Place) -> Comparison:
        """What is in a place; `State.CONTAINED` here means that it is a checkpoint to be looked for."""
        try:
            text = place.load()
        except (OSError, StoreError) as error:
            return Comparison(State.UNAVAILABLE, f"The checkpoint in {place.name} cannot be read: {error}")
        if not text:
            return Comparison(
                State.MISSING,
                f"There is no checkpoint in {place.name}: none was written yet, or it was removed. If there was one, compare the journal with a "
                "head that was noted elsewhere: shariff-py journal verify --head.",
            )
        foreign = Comparison(
            State.FOREIGN,
            f"The checkpoint in {place.name} was not signed with this site's secret: it was changed, or frame.secrets was exchanged. If you "
            "know why, write a new one: shariff-py journal checkpoint.",
        )
        try:
            if self._secrets:
                content = self._serializer().loads(text)
            else:
                _, content = URLSafeSerializer("", salt=SALT).loads_unsafe(text)
            sequence, own = content
        except (BadData, ValueError, TypeError):
            return foreign
        if type(sequence) is not int or not isinstance(own, str):
            return foreign
        unchecked = "" if self._secrets else " Its signature was not checked: frame.secrets is not set here."
        return Comparison(
            State.CONTAINED, f"The checkpoint in {place.name}, record {sequence}, is in the chain.{unchecked}", (sequence, own),
            signed=bool(self._secrets),
        )  # fmt: skip

    def _serializer(self) -> URLSafeSerializer:
        if not self._secrets:
            raise JournalError("a checkpoint cannot be signed: frame.secrets is not set.")
        kwargs = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        return URLSafeSerializer(list(reversed(self._secrets)), salt=SALT, signer_kwargs=kwargs)


def _old(place: Place, comparison: Comparison) -> Comparison:
    return Comparison(
        State.OLD,
        f"The checkpoint in {place.name} names record {comparison.known[0]}, which is older than the first that is kept; the next refresh "
        "cycle writes a new one.",
        comparison.known,
        signed=comparison.signed,
    )


def _cut(place: Place, comparison: Comparison) -> Comparison:
    sequence, own = comparison.known
    return Comparison(
        State.CUT,
        f"The checkpoint in {place.name} names record {sequence} ({own}), which the journal does not contain: its end was cut off, it was "
        "rewritten, moved away or restored from an older copy. Look for the missing records in your backups. If you know why they are "
        "missing, write a new checkpoint, which is recorded: shariff-py journal checkpoint.",
        comparison.known,
        signed=comparison.signed,
    )
