"""Any load, any number of processes: what a thousand visitors at once and a process killed again and again do, and do not do."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from urllib.error import URLError

import pytest
from support import redis_servers
from support.constants import DAY
from support.counting import requested_pages, wait_until
from support.sockets import free_port

from shariff_py.journal import Journal
from shariff_py.platforms.stub import number_for
from shariff_py.service import RefreshResult, Service
from shariff_py.settings import Settings
from shariff_py.stores import open_store
from shariff_py.testing import StandIn

pytestmark = pytest.mark.subprocess

SITE = "https://www.leinau.example"
VISITORS = 1000
LONGEST_GAP = 10.0


def configure(folder: Path, stand_in: StandIn, store: str, **counts: object) -> dict[str, object]:
    """Write ``shariff.toml`` for processes, and return the same as a mapping."""
    values: dict[str, dict[str, object]] = {
        "site": {"origin": SITE},
        "frame": {"secrets": ["only for these tests"]},
        "platforms.facebook": {"token": "EAAB", "per_hour": 1_000_000},
        "releases.facebook": {"state": "released"},
        "counts": {"store": store, "scheduler": "outside", **counts},
        "journal": {"path": str(folder / "outgoing.jsonl")},
        "stand_in": dict(stand_in.settings),
    }
    lines = []
    for table, settings in values.items():
        lines.append(f"[{table}]")
        lines += [f"{json.dumps(name)} = {json.dumps(value)}" for name, value in settings.items()]
    (folder / "shariff.toml").write_text("\n".join(lines))
    platforms = {"facebook": values.pop("platforms.facebook")}
    releases = {"facebook": values.pop("releases.facebook")}
    return {**values, "platforms": platforms, "releases": releases}


@contextmanager
def shariff(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    process = start(folder, *arguments)
    try:
        yield process
    finally:
        end(process)


def start(folder: Path, *arguments: str) -> subprocess.Popen[bytes]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    command = [sys.executable, "-c", "from shariff_py.cli import main; main()", *arguments]
    with (folder / "output.txt").open("ab") as output:
        return subprocess.Popen(command, cwd=folder, env=environ, stdout=output, stderr=output)


def end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=30)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


# A thousand visitors


async def get_one(port: int, path: str) -> bytes:
    """One visitor's request, over a connection of its own; the body of the response."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: counts.example\r\nConnection: close\r\n\r\n".encode())
    await writer.drain()
    received = await reader.read()
    writer.close()
    return received.partition(b"\r\n\r\n")[2]


async def get_all(port: int, paths: list[str]) -> list[bytes]:
    return await asyncio.gather(*(get_one(port, path) for path in paths))


def responds(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/shariff/status", timeout=5):
            return True
    except (URLError, ConnectionError, TimeoutError):
        return False


def pages_known_after(views: Coroutine[object, object, object], store: Path) -> int:
    asyncio.run(views)
    with closing(sqlite3.connect(store)) as db:
        return int(db.execute("SELECT count(*) FROM pages").fetchone()[0])


def test_a_thousand_visitors_at_once_with_unknown_pages_cause_no_request_and_twenty_to_facebook_afterwards(
    tmp_path: Path, stand_in: StandIn
) -> None:
    values = configure(tmp_path, stand_in, f"sqlite:///{tmp_path}/counts.sqlite")
    port = free_port()
    paths = [f"/shariff/counts?url={SITE}/page/{n}" for n in range(VISITORS)]
    replies: list[bytes] = []

    with shariff(tmp_path, "serve", "--port", str(port), "--workers", "2"):
        wait_until(lambda: responds(port), seconds=60)
        found = asyncio.run(get_all(port, paths))
        requests_meanwhile = stand_in.connections
        journal_meanwhile = (tmp_path / "outgoing.jsonl").exists()
        # A page that found the store busy for longer than a second becomes known by its next view.
        wait_until(lambda: pages_known_after(get_all(port, paths), tmp_path / "counts.sqlite") == VISITORS, seconds=60)
        done = Service(Settings.from_mapping(values), clock=lambda: time.time() + DAY).refresh()
        sent = len(stand_in.received)
        # What another process fetched is served as soon as this one's cache is a few seconds old.
        deadline = time.monotonic() + 120
        while not replies or b"{}" in replies:
            assert time.monotonic() < deadline, "It is not told."
            time.sleep(1)
            replies = asyncio.run(get_all(port, paths))

    assert "another file" not in (tmp_path / "output.txt").read_text(encoding="utf-8")
    assert found == [b"{}"] * VISITORS
    assert (requests_meanwhile, journal_meanwhile) == (0, False)
    assert (done.pages, done.counts) == (VISITORS, VISITORS)
    assert sent <= 20
    assert [json.loads(reply) for reply in replies] == [
        {"facebook": number_for(f"{SITE}/page/{n}")} for n in range(VISITORS)
    ]
    assert len(stand_in.received) == sent, "reading them caused nothing"


# Three processes, and one of them killed


class Feeder:
    """A site that goes on publishing: new pages all the time, so that there is always something due."""

    def __init__(self, store: str) -> None:
        self.pages: list[str] = []
        self._store = open_store(store)
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        self._thread.join()
        self._store.close()

    def _run(self) -> None:
        while not self._stopped.wait(0.05):
            page = f"{SITE}/{len(self.pages)}"
            self._store.track(page, time.time())
            self.pages.append(page)


def holder_in_file(path: Path) -> int:
    """The same where the store is a file."""
    with closing(sqlite3.connect(path)) as db:
        (found,) = db.execute("SELECT holder FROM lease").fetchone()
    return int(found.rpartition("-")[2] or 0)


def holder(server: redis_servers.Server) -> int:
    """The process that has the lease: its holder's name ends in its number."""
    found = server.command("hget", "{shariff}:lease", "holder")
    return int(found.decode().rpartition("-")[2]) if found else 0


class Watchers:
    """Three processes that refresh the site's counts, as many machines might."""

    def __init__(self, folder: Path, holder: Callable[[], int], stand_in: StandIn) -> None:
        self.folder = folder
        self.holder = holder
        self.stand_in = stand_in
        self.processes = [self._start() for _ in range(3)]

    def leader_process(self) -> subprocess.Popen[bytes]:
        """The process that has the lease, once it has sent something."""
        self.wait_for_requests(2)
        wait_until(lambda: self.holder() in {process.pid for process in self.processes}, seconds=LONGEST_GAP)
        return next(process for process in self.processes if process.pid == self.holder())

    def kill(self, victim: subprocess.Popen[bytes]) -> None:
        """End it at once, as a machine that goes up in flames does, and begin another in its place."""
        victim.kill()
        victim.wait()
        self.processes[self.processes.index(victim)] = self._start()

    def pause(self, paused: subprocess.Popen[bytes]) -> None:
        """Stop it in the middle until another has taken over, and let it go on as if nothing had happened."""
        paused.send_signal(signal.SIGSTOP)
        try:
            wait_until(lambda: self.holder() != paused.pid, seconds=LONGEST_GAP)
            self.wait_for_requests(2)
        finally:
            paused.send_signal(signal.SIGCONT)
        self.wait_for_requests(4)

    def wait_for_requests(self, more: int) -> None:
        sent = len(self.stand_in.received)
        wait_until(lambda: len(self.stand_in.received) >= sent + more, seconds=LONGEST_GAP + 5)

    def stop(self) -> None:
        # Not as by Ctrl+C: a process that has just begun would tell of it at length.
        for process in self.processes:
            process.terminate()
            process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        return start(self.folder, "refresh", "--watch", "--every", "0.4")


@dataclass(frozen=True)
class Aftermath:
    """What is measured afterwards: how often each page was requested, the seconds between requests, values read and lost."""

    killed: list[int]
    requested: Counter[str]
    gaps: list[float]
    known: dict[str, int]
    lost: list[str]
    wrong_in_the_end: list[str]
    output: str
    records: int

    def faults(self, kills: int) -> list[str]:
        """Everything that must not have happened."""
        found = {
            "killed less often than wanted": len(set(self.killed)) < kills,
            "asked twice": any(times > 1 for times in self.requested.values()),
            f"nothing was asked for {max(self.gaps):.1f} seconds": max(self.gaps) >= LONGEST_GAP,
            f"values lost: {self.lost}": bool(self.lost),
            "too little was asked to show anything": len(self.known) <= 10 * kills / 2,
            f"not the platform's number in the end: {self.wrong_in_the_end}": bool(self.wrong_in_the_end),
            f"a traceback: {self.output}": "Traceback" in self.output,
            "requests without a record": self.records < 2 * len(self.requested) / 50,
        }
        return [what for what, happened in found.items() if happened]


def refresh_and_be_killed(
    folder: Path, stand_in: StandIn, store: str, holder: Callable[[], int], *, kills: int, pause: bool
) -> Aftermath:
    """Three processes refresh while the site goes on publishing, and the leader is killed again and again."""
    values = configure(folder, stand_in, store)
    reading = open_store(store)
    # Slow enough that a request is under way when the process that sent it is killed.
    stand_in.behave(slow=0.15)
    feeder = Feeder(store)
    watchers = Watchers(folder, holder, stand_in)
    known: dict[str, int] = {}
    lost: list[str] = []
    killed: list[int] = []
    try:
        wait_until(lambda: stand_in.received, seconds=60)
        for _ in range(kills):
            victim = watchers.leader_process()
            time.sleep(random.uniform(0.0, 0.3))
            watchers.kill(victim)
            killed.append(victim.pid)
            for page in feeder.pages:
                value = reading.read(page).get("facebook")
                if page in known and (value is None or value.value != known[page]):
                    lost.append(page)
                elif value is not None and value.value is not None:
                    known[page] = value.value
        asking = watchers.leader_process()
        if pause:
            watchers.pause(asking)
    finally:
        feeder.stop()
        watchers.stop()
    requested = Counter(page for received in stand_in.received for page in requested_pages(received))
    times = [received.when for received in stand_in.received]
    gaps = [after - before for before, after in pairwise(times)]

    # What was under way when its process was killed comes in its time: half an hour later everything is known.
    stand_in.behave()
    later = Service(Settings.from_mapping(values), clock=lambda: time.time() + 1800)
    # The lease of the last leader runs out first.
    wait_until(lambda: later.refresh() == RefreshResult(is_leader=True), seconds=30)
    finally_known = {page: later.counts(page)["facebook"].value for page in feeder.pages}
    reading.close()

    wrong = [page for page, number in finally_known.items() if number != number_for(page)]
    output, records = (folder / "output.txt").read_text(), Journal(folder / "outgoing.jsonl").verify().records
    return Aftermath(killed, requested, gaps, known, lost, wrong, output, records)


@pytest.mark.parametrize("kills", [5, pytest.param(20, marks=pytest.mark.full)])
def test_three_processes_on_one_redis_and_the_leader_killed_again_and_again(
    tmp_path: Path, stand_in: StandIn, kills: int
) -> None:
    with redis_servers.Server("redis") as server:
        ended = refresh_and_be_killed(tmp_path, stand_in, server.url, lambda: holder(server), kills=kills, pause=True)

    assert ended.faults(kills) == []


def test_three_processes_of_one_machine_do_the_same_with_a_file(tmp_path: Path, stand_in: StandIn) -> None:
    file = tmp_path / "counts.sqlite"

    # A process that is paused in the middle of a write keeps the others from writing: that is what a file is.
    ended = refresh_and_be_killed(
        tmp_path, stand_in, f"sqlite:///{file}", lambda: holder_in_file(file), kills=3, pause=False
    )

    assert ended.faults(3) == []
