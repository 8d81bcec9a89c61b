"""The scheduler: it runs until it is stopped, survives errors and forks, and does not begin where there is nothing to do."""

from __future__ import annotations

import subprocess
import sys
import threading
from typing import Any

import pytest
from support.counting import PAGE, SITE, TOKEN, Site, wait_until

from shariff_py.service import Scheduler, Service
from shariff_py.stores import MemoryStore


class TestScheduler:
    def test_the_scheduler_refreshes_until_it_is_stopped(self, site: Site) -> None:
        site.service.track(PAGE)
        scheduler = Scheduler(site.service, seconds=0.02)

        assert scheduler.start()
        wait_until(lambda: site.service.counts(PAGE))
        assert site.service.status()["scheduler"]["running"] is True
        scheduler.stop()

        assert site.service.status()["scheduler"]["running"] is False
        assert "shariff_py scheduler" not in {thread.name for thread in threading.enumerate()}

    def test_it_survives_every_error_and_the_status_says_so(self, site: Site) -> None:
        class Failing(MemoryStore):
            fails = True

            def lease(self, holder: str, seconds: float) -> int:
                if self.fails:
                    raise ZeroDivisionError("canary")
                return super().lease(holder, seconds)

        store = Failing()
        service = Service(site.settings(), store=store, clock=site.clock, random=lambda: 0.0)
        service.track(PAGE)
        scheduler = Scheduler(service, seconds=0.02)
        scheduler.start()
        wait_until(lambda: service.status()["scheduler"]["last_error"])

        store.fails = False
        wait_until(lambda: service.counts(PAGE))
        scheduler.stop()

        assert service.status()["scheduler"]["last_error"]["reason"] == "ZeroDivisionError"
        assert "canary" not in repr(service.status())

    @pytest.mark.parametrize(
        "tables",
        [
            pytest.param({"counts": {"scheduler": "outside"}}, id="somebody else asks"),
            pytest.param({"platforms": {}}, id="no token"),
            pytest.param({"releases": {}}, id="nothing released"),
        ],
    )
    def test_it_does_not_begin_where_there_is_nothing_to_do(self, site: Site, tables: dict[str, Any]) -> None:
        assert Scheduler(site.again(**tables)).start() is False
        assert "shariff_py scheduler" not in {thread.name for thread in threading.enumerate()}

    def test_starting_twice_is_starting_once_and_stopping_twice_is_no_error(self, site: Site) -> None:
        scheduler = Scheduler(site.service, seconds=60)
        scheduler.start()
        scheduler.start()
        threads = [thread for thread in threading.enumerate() if thread.name == "shariff_py scheduler"]

        scheduler.stop()
        scheduler.stop()

        assert len(threads) == 1

    @pytest.mark.subprocess
    def test_it_runs_again_in_a_forked_child(self, site: Site) -> None:
        program = FORKING.format(stand_in=dict(site.stand_in.settings), folder=str(site.folder), token=TOKEN, site=SITE)
        done = subprocess.run([sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True)

        assert (done.stdout, done.stderr) == ("requested\n", "")


FORKING = """
import os, time
from shariff_py.service import Scheduler, Service
from shariff_py.settings import Settings

settings = Settings.from_mapping({{
    "site": {{"origin": {site!r}}},
    "releases": {{"facebook": {{"state": "released"}}}},
    "platforms": {{"facebook": {{"token": {token!r}}}}},
    "counts": {{"store": "sqlite:///" + {folder!r} + "/counts.sqlite"}},
    "journal": {{"path": {folder!r} + "/outgoing.jsonl"}},
    "stand_in": {stand_in!r},
}})
service = Service(settings)
scheduler = Scheduler(service, seconds=0.02)
assert scheduler.start()
service.track({site!r} + "/parent")
while not service.counts({site!r} + "/parent"):
    time.sleep(0.01)
child = os.fork()
if child == 0:
    end = time.monotonic() + 10
    service.track({site!r} + "/child")
    while time.monotonic() < end and service.status()["scheduler"]["running"]:
        if service.counts({site!r} + "/child"):
            os._exit(0)
        time.sleep(0.01)
    os._exit(1)
scheduler.stop()
assert os.waitpid(child, 0)[1] == 0
print("requested")
"""
