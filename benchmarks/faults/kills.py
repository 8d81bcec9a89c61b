"""Processes that are killed while they write. What a writer was told is written must be there."""

from __future__ import annotations

import os
import random
import re
import signal
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from support.counting import PAGE, SITE
from support.journals import FACTS

from faults.outcome import Outcome, counted
from shariff_py.journal import Journal
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.service.leader_lease import LEASE_SECONDS, LeaderLease
from shariff_py.stores import Finding, open_store

KILLS = 60
LONGEST_LIFE = 0.02
"""Seconds from a process' first write to its end: a few writes."""
DAY = date(2026, 11, 30)

Writer = Callable[[int], Iterator[object]]
"""Given the number of the process, does one write after the other and yields what it was told is written."""


def killed_while(writing: Writer, kills: int = KILLS) -> list[str]:
    """Kill so many processes, one after the other, in the middle of it. Returns what all of them were told is written."""
    told: list[str] = []
    pick = random.Random(kills)
    for number in range(kills):
        reading, own = os.pipe()
        process = os.fork()
        if process == 0:
            _write(writing, number, own)
        os.close(own)
        with os.fdopen(reading, "rb") as pipe:
            first = pipe.readline()
            time.sleep(pick.uniform(0, LONGEST_LIFE))
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            told += [line.decode() for line in (first + pipe.read()).splitlines()]
    return told


def _write(writing: Writer, number: int, own: int) -> None:
    """Run in the process that is killed; it ends only that way, or by an error."""
    try:
        for written in writing(number):
            os.write(own, f"{written}\n".encode())
    finally:
        os._exit(1)


def journal(folder: Path) -> Outcome:
    """Killed while it adds records to the journal."""
    path = folder / "outgoing.jsonl"

    def writing(number: int) -> Iterator[object]:
        own = Journal(path)
        while True:
            yield own.append("request", FACTS)

    told = killed_while(writing)
    verified = Journal(path).verify()
    there = {entry.sequence for entry in Journal(path).entries()}
    lost = [record for record in told if int(record) not in there]
    return Outcome(
        f"{KILLS} processes killed, {len(told)} records acknowledged",
        counted(len(lost), "record"),
        f"verify: intact, {verified.records} records, cut lines: {len(verified.torn)}",
        "the next record of the next process",
        "–",
        not lost,
    )


def counts(folder: Path) -> Outcome:
    """Killed while it saves numbers in a SQLite store."""
    address = f"sqlite:///{folder}/counts.sqlite"

    def writing(number: int) -> Iterator[object]:
        own = open_store(address)
        for place in range(1_000_000):
            page = f"{SITE}/{number}/{place}"
            own.track(page, 0.0)
            own.record("vk", {page: Count(place)}, 0.0)
            yield page

    told = killed_while(writing)
    there = open_store(address)
    lost = [page for page in told if (found := there.read(page).get("vk")) is None or found.value is None]
    return _of_a_store(told, lost, "number")


def reports(folder: Path) -> Outcome:
    """Killed while it saves reports of the policy in a SQLite store."""
    address = f"sqlite:///{folder}/counts.sqlite"

    def writing(number: int) -> Iterator[object]:
        own = open_store(address)
        for place in range(1_000_000):
            blocked = f"https://n{number}-{place}.example"
            own.reports.add([Finding(blocked, "img-src", PAGE, True)], DAY, 1_000_000)
            yield blocked

    told = killed_while(writing)
    there = {row.blocked for row in open_store(address).reports.all()}
    lost = [blocked for blocked in told if blocked not in there]
    return _of_a_store(told, lost, "report")


def _of_a_store(told: list[str], lost: list[str], what: str) -> Outcome:
    return Outcome(
        f"{KILLS} processes killed, {len(told)} {what}s acknowledged",
        counted(len(lost), what),
        "nothing: the store heals itself",
        "the next write of the next process",
        "–",
        not lost,
    )


def leader(folder: Path) -> Outcome:
    """Killed while it is the one that may send requests."""
    address = f"sqlite:///{folder}/counts.sqlite"

    def writing(number: int) -> Iterator[object]:
        lease = LeaderLease(open_store(address))
        while True:
            yield lease.acquire()

    rounds, both = [], 0
    successor = LeaderLease(open_store(address))
    for kill in range(2):
        fences = [int(fence) for fence in killed_while(writing, 1)]
        both += sum(not fence for fence in fences)
        waited = 0
        while not (fence := successor.acquire()) and waited < 10:
            time.sleep(LEASE_SECONDS / 3)
            waited += 1
        both += fence <= max(fences)
        rounds.append(waited + 1)
        if kill == 0:
            successor.release()
    return Outcome(
        "2 leaders killed",
        "none: a successor's token is higher than the killed one's" if not both else f"{both} tokens were not higher",
        "status: leader",
        f"at most {max(rounds)} attempts, one a second",
        "–",
        not both and max(rounds) <= 6,
    )


def numbers_in(folder: Path) -> set[int]:
    """The numbers of all records that are anywhere below a folder, however the files are named."""
    return {
        int(number)
        for file in folder.rglob("*")
        if file.is_file()
        for number in re.findall(rb'"sequence":([0-9]+)', file.read_bytes())
    }
