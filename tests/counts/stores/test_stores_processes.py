"""Real processes that share a SQLite file while something happens to it, or while they are killed: it opens, and one of them leads."""

from __future__ import annotations

import json
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from support.store_faults import FAULTS, overwrite

from shariff_py.errors import StoreError
from shariff_py.stores.sqlite import SQLiteStore

pytestmark = pytest.mark.subprocess

WORKER = """
import json, sys, time
from pathlib import Path
from shariff_py.errors import LeaseLost, StoreError
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.stores.sqlite import SQLiteStore

store, name = SQLiteStore(Path(sys.argv[1])), sys.argv[2]
pages = [f"https://www.example.org/{name}/{n}" for n in range(20)]
while True:
    line = {"at": time.monotonic(), "fence": 0, "error": ""}
    try:
        fence = store.lease(name, 0.5)
        for page in pages:
            store.track(page, time.time())
        if fence:
            store.record("facebook", {page: Count(17) for page in pages}, time.time(), fence=fence)
            line["fence"] = fence
    except LeaseLost:
        pass
    except StoreError as error:
        line["error"] = str(error)
    print(json.dumps(line), flush=True)
    time.sleep(0.02)
"""


class Worker:
    """A process that goes round after round: it tries to lead, views its pages and records their counts."""

    def __init__(self, path: Path, name: str) -> None:
        self.rounds: list[dict[str, Any]] = []
        self.process = subprocess.Popen(
            [sys.executable, "-c", WORKER, str(path), name], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def go_on(self, rounds: int) -> list[dict[str, Any]]:
        """Its next rounds."""
        assert self.process.stdout is not None
        found = [json.loads(self.process.stdout.readline()) for _ in range(rounds)]
        self.rounds += found
        return found

    def kill(self) -> str:
        self.process.send_signal(signal.SIGKILL)
        return self.process.communicate()[1]


def two_led(workers: list[Worker]) -> list[dict[str, Any]]:
    """The rounds in which a process led although a later leader had begun half a second before: several rounds earlier."""
    led = [line for worker in workers for line in worker.rounds if line["fence"]]
    return [a for a in led if any(b["fence"] > a["fence"] and b["at"] < a["at"] - 0.5 for b in led)]


def is_sound(path: Path) -> bool:
    db = sqlite3.connect(path)
    found = db.execute("PRAGMA quick_check").fetchone()
    db.close()
    return bool(found == ("ok",))


WELL = [
    fault for fault in FAULTS if not fault.startswith(("a store of a later", "another program", "its folder becomes"))
]


@pytest.mark.parametrize("fault", [WELL[0], *(pytest.param(fault, marks=pytest.mark.full) for fault in WELL[1:])])
def test_processes_go_on_after_what_happens_to_their_file_and_one_of_them_leads(tmp_path: Path, fault: str) -> None:
    path = tmp_path / "below" / "counts.sqlite"
    workers = [Worker(path, name) for name in ("first", "second")]
    for worker in workers:
        worker.go_on(10)

    with suppress(FileNotFoundError):
        FAULTS[fault](path)
    workers.append(Worker(path, "third"))
    for _ in range(40):
        for worker in workers:
            last = worker.go_on(2)
    errors = [worker.kill() for worker in workers]

    assert errors[2] == ""
    assert {line["error"] for line in last} == {""}
    assert two_led(workers) == []
    assert sum(any(line["fence"] for line in worker.rounds[-40:]) for worker in workers) >= 1
    store = SQLiteStore(path)
    assert store.summary().pages == 60
    store.close()
    assert is_sound(path)


@pytest.mark.parametrize("kills", [3, pytest.param(100, marks=pytest.mark.full)])
def test_a_process_killed_at_any_moment_leaves_a_store_that_opens(tmp_path: Path, kills: int) -> None:
    path = tmp_path / "below" / "counts.sqlite"
    moments = random.Random(4711)
    for n in range(kills):
        worker = Worker(path, "first")
        worker.go_on(1)
        if n % 3 == 2:
            # It is killed while it sets the file aside, or shortly before or after.
            overwrite(path, 0, 4096)
        time.sleep(moments.random() * 0.06)
        worker.kill()

        store = SQLiteStore(path)
        with suppress(StoreError):
            store.lease("other", 0)
        store.track("https://www.example.org/", float(n))
        assert store.summary().pages > 0
        store.close()
        for kept in tmp_path.glob("below/*.corrupt-*"):
            kept.unlink()
        assert is_sound(path)
