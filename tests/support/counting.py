"""A site that counts, for the tests: its service, clock and mock server, over files of its own."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from shariff_py.service import RefreshResult, Service
from shariff_py.settings import Settings
from shariff_py.testing import Received, StandIn, SteppingClock

SITE = "https://www.example.org"
PAGE = f"{SITE}/news"
TOKEN = "canary-token-4711"


def released(*names: str) -> dict[str, Any]:
    """The table of releases of a site that has released these platforms."""
    return {name: {"state": "released"} for name in names}


REDDIT_ALONE = released("reddit") | {"facebook": {"state": "not_released"}}


class Site:
    """A site with its service, clock and mock server. ``again`` makes a second process' service over the same files."""

    def __init__(self, folder: Path, stand_in: StandIn) -> None:
        self.folder = folder
        self.stand_in = stand_in
        self.clock = SteppingClock()
        self.service = self.again()

    def again(self, **tables: dict[str, Any]) -> Service:
        return Service(self.settings(**tables), clock=self.clock, random=lambda: 0.0)

    def settings(self, **tables: dict[str, Any]) -> Settings:
        values: dict[str, dict[str, Any]] = {
            "site": {"origin": SITE},
            "releases": {"facebook": {"state": "released"}},
            "platforms": {"facebook": {"token": TOKEN}},
            "counts": {"store": f"sqlite:///{self.folder}/counts.sqlite", "timeout_seconds": 20.0},
            "journal": {"path": f"{self.folder}/outgoing.jsonl"},
            "stand_in": dict(self.stand_in.settings),
        }
        for name, table in tables.items():
            values[name] = {**values.get(name, {}), **table} if table else {}
        return Settings.from_mapping(values)

    def now(self) -> float:
        return self.clock.now

    def later(self, **step: float) -> RefreshResult:
        """A refresh cycle, after so much time."""
        self.clock.step(**step)
        return self.service.refresh()


def wait_until(condition: Callable[[], object], *, seconds: float = 10.0) -> None:
    """Wait for another thread or process, at most so long."""
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "It did not happen."
        time.sleep(0.005)


def requested_pages(received: Received) -> list[str]:
    """The pages in a batch that the mock server received."""
    (batch,) = parse_qs(received.body.decode())["batch"]
    return [parse_qs(question["relative_url"].partition("?")[2])["id"][0] for question in json.loads(batch)]


def status(service: Service, platform: str = "facebook") -> dict[str, Any]:
    """What the status says about a platform."""
    report: dict[str, Any] = service.status()["platforms"][platform]
    return report
