"""A disk that is full at every byte of a write. A limit of the process on the size of files stands for it, so nobody need be root."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.counting import SITE, Site
from support.journals import FACTS, write

from faults.outcome import Outcome, counted, shortened
from shariff_py.errors import JournalError, StoreError
from shariff_py.journal import Journal
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.service import Service
from shariff_py.stores import open_store
from shariff_py.testing import StandIn

FULL = 60
"""How often the disk is full, each time a few bytes later."""


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """No file of this process grows beyond so many bytes while the block runs. Python ignores the signal, and raises `OSError`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def journal(folder: Path) -> Outcome:
    """Full in the middle of a record of the journal."""
    own = Journal(folder / "outgoing.jsonl")
    write(own, 3)
    told, said, late = [1, 2, 3], set(), 0
    for turn in range(FULL):
        with no_file_above(own.path.stat().st_size + turn * 7 % 400):
            try:
                told.append(own.append("request", FACTS))
            except JournalError as error:
                said.add(shortened(error))
        try:
            told.append(own.append("request", FACTS))
        except JournalError:
            late += 1
    there = {entry.sequence for entry in own.entries()}
    lost = [number for number in told if number not in there]
    verified = own.verify()
    return Outcome(
        f"{FULL} times full, each time a few bytes later",
        counted(len(lost), "record"),
        f"{'; '.join(sorted(said)[:1])} verify: intact, {len(verified.torn)} cut lines",
        "the first record once there is room" if not late else f"{late} times not at once",
        "–",
        not lost and not late and bool(said),
    )


def store(folder: Path) -> Outcome:
    """Full in the middle of a write to a SQLite store."""
    address = f"sqlite:///{folder}/counts.sqlite"
    own = open_store(address)
    told, said, late = [], set(), 0
    for turn in range(FULL):
        largest = max((file.stat().st_size for file in folder.iterdir()), default=0)
        with no_file_above(largest + turn * 997 % 20_000):
            for place in range(50):
                page = f"{SITE}/{turn}/{place}"
                try:
                    own.track(page, 0.0)
                    own.record("vk", {page: Count(place)}, 0.0)
                except StoreError as error:
                    said.add(shortened(error))
                    break
                told.append(page)
        page = f"{SITE}/{turn}/again"
        try:
            own.track(page, 0.0)
            own.record("vk", {page: Count(1)}, 0.0)
            told.append(page)
        except StoreError:
            late += 1
    own.close()
    there = open_store(address)
    lost = [page for page in told if (found := there.read(page).get("vk")) is None or found.value is None]
    return Outcome(
        f"{FULL} times full, {len(told)} numbers acknowledged",
        counted(len(lost), "number"),
        "; ".join(sorted(said)[:1]) or "nothing",
        "the first write once there is room" if not late else f"{late} times not at once",
        "–",
        not lost and not late and bool(said),
    )


def refresh(folder: Path) -> Outcome:
    """Full when a request is to be written to the journal: it must not be sent."""
    with StandIn() as stand_in:
        site = Site(folder, stand_in)
        service = site.again(counts={"store": "memory:"})
        service.import_pages({f"{SITE}/{place}": None for place in range(20)})
        sent = reasons = 0
        for _ in range(5):
            with no_file_above(10):
                result = service.refresh()
            reasons += "journal" in result.failures.values() or result.requests == 0
            sent += len(stand_in.received)
            site.clock.step(days=1)
        rounds = 0
        while rounds < 10 and any(_unknown(service, f"{SITE}/{place}") for place in range(20)):
            rounds += 1
            service.refresh()
            site.clock.step(days=1)
    return Outcome(
        "5 rounds with a journal that cannot be written",
        f"requests sent without a record: {sent or 'none'}",
        "reason journal in each round" if reasons == 5 else f"a reason in {reasons} of 5 rounds",
        counted(rounds, "round"),
        "–",
        not sent and reasons == 5 and rounds <= 2,
    )


def _unknown(service: Service, page: str) -> bool:
    return all(count.value is None for count in service.counts(page).values())
