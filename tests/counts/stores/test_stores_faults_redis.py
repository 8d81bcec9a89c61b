"""What happens to a Redis server beneath running processes: the numbers stay, pages are registered again, and the status is true."""

from __future__ import annotations

import socketserver
import threading

import pytest
from support import redis_servers
from support.counting import PAGE, Site
from support.redis_faults import FAULTS
from support.store_faults import Outcome, outcome

from shariff_py.errors import StoreError

pytestmark = pytest.mark.subprocess

HEALED = Outcome(("working",), 1, 17, 17, 2)
TAKES_NOTHING = Outcome(("read-only",), 0, 17, 17, 2)

EXPECTED = {
    "it is emptied": HEALED,
    "it is started anew and has forgotten everything": HEALED,
    "it forgets its scripts": HEALED,
    "it evicts the pages' data": HEALED,
    "it evicts the list of pages": HEALED,
    "it evicts what pages are worth": HEALED,
    "it evicts when pages are due": HEALED,
    "it evicts the lease": HEALED,
    "it evicts the name of the store": HEALED,
    "it evicts all lists": HEALED,
    "another client makes it evict most": HEALED,
    "it is down": Outcome(("unavailable",), 0, 17, None, 0),
    "it becomes a replica": TAKES_NOTHING,
    "it cannot save to its disk": TAKES_NOTHING,
    "its memory is full": TAKES_NOTHING,
}


def test_every_fault_of_the_table_has_its_outcome_written_down() -> None:
    assert EXPECTED.keys() == FAULTS.keys()


@pytest.mark.parametrize("fault", EXPECTED)
def test_a_server_that_is_meddled_with_loses_no_number_that_a_process_knows(site: Site, fault: str) -> None:
    with redis_servers.Server("redis") as server:
        found = outcome(site, lambda: FAULTS[fault](server), store=server.url)

    assert found == EXPECTED[fault]


@pytest.mark.parametrize(
    ("fault", "cure"),
    [
        ("it is down", "Check that the server runs"),
        ("it becomes a replica", "name the primary in counts.store"),
        ("it cannot save to its disk", "cannot save to its disk: see its log"),
        ("its memory is full", "Raise the server's maxmemory"),
    ],
)
def test_the_right_cure_is_named(site: Site, fault: str, cure: str) -> None:
    with redis_servers.Server("redis") as server:
        store = site.again(counts={"store": server.url}).store
        store.track(PAGE, 1.0)
        FAULTS[fault](server)

        with pytest.raises(StoreError) as script:
            store.track(f"{PAGE}/new", 2.0)
        with pytest.raises(StoreError) as command:
            store.check_writable()
        store.close()

    assert cure in str(script.value)
    assert cure in str(command.value)


class Loading(socketserver.StreamRequestHandler):
    """A server that has just been started, with much data on its disk."""

    def handle(self) -> None:
        while line := self.rfile.readline():
            if line.startswith(b"*"):
                self.wfile.write(b"-LOADING Redis is loading the dataset in memory\r\n")


def test_a_server_that_loads_its_data_needs_nothing_but_time(site: Site) -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Loading) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        service = site.again(counts={"store": f"redis://127.0.0.1:{server.server_address[1]}/0"})

        with pytest.raises(StoreError, match="is used as soon as it has"):
            service.store.track(PAGE, 1.0)
        state = service.status()["store"]["state"]
        service.store.close()
        server.shutdown()

    assert state == "unavailable"
