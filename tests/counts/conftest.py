"""For the tests of the counts: a site and its proxy, stores of every kind, a journal."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import redis_servers
from support.counting import Site
from support.counting_proxy import Proxy
from support.stores import OpenStore

from shariff_py.journal import Journal
from shariff_py.stores import Store, open_store
from shariff_py.testing import StandIn, SteppingClock


@pytest.fixture
def site(tmp_path: Path, stand_in: StandIn) -> Site:
    """A site with a cache, whose platforms are the mock server."""
    return Site(tmp_path, stand_in)


@pytest.fixture(params=["memory", "sqlite", *redis_servers.PARAMETERS])
def opened(request: pytest.FixtureRequest, tmp_path: Path, redis_server: redis_servers.Address) -> Iterator[OpenStore]:
    """Opens an empty store of each kind, or one more on the same; all are closed at the end."""
    stores: list[Store] = []
    prefix = secrets.token_hex(4)

    def open_one(**options: int) -> Store:
        url = {"memory": "memory:", "sqlite": f"sqlite:///{tmp_path}/below/counts.sqlite"}.get(request.param)
        url = url or f"{redis_server(request.param)}?prefix={prefix}"
        stores.append(open_store(url, **options))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def proxy(site: Site) -> Proxy:
    """The counts of that site on their own, for six platforms."""
    return Proxy(site)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    """An empty journal whose folder is not there yet."""
    return Journal(tmp_path / "below" / "outgoing.jsonl", clock=SteppingClock())
