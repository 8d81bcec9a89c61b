"""A Redis server with too little memory evicts one key and keeps those that belong to it: every page goes on being asked about."""

from __future__ import annotations

from itertools import combinations

import pytest
from redis import Redis
from support import redis_servers
from support.constants import NOW, PAGE
from support.stores import record

from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.stores import Store, open_store

pytestmark = pytest.mark.subprocess

NAMES = ("facebook", "reddit")
KEYS = (
    "platforms", "pages", "due:facebook", "due:reddit", "value:facebook", "plain", "kept", "listed-kept", "epoch",
    f"page:{PAGE}counted", f"page:{PAGE}viewed",
)  # fmt: skip
PAGES = {PAGE + name for name in ("listed", "counted", "viewed")}


def filled(url: str) -> Store:
    store = open_store(url)
    store.look()
    store.import_pages({PAGE + "listed": None}, NOW)
    for page in sorted(PAGES):
        store.track(page, NOW)
    for name in NAMES:
        store.due(name, NOW, 10)
        record(store, {PAGE + "listed": Count(3), PAGE + "counted": Count(4)}, NOW, platform=name)
    return store


def test_whatever_is_evicted_and_whatever_page_comes_next_all_pages_stay_due() -> None:
    lost: list[object] = []
    with redis_servers.Server("redis") as server, Redis.from_url(server.url) as client:
        for evicted in [*combinations(KEYS, 1), *combinations(KEYS, 2)]:
            store = filled(server.url)
            assert client.delete(*(f"{{shariff}}:{key}" for key in evicted)) == len(evicted)

            # A page that was never seen before is the first to be viewed.
            for page in [PAGE + "new", *sorted(PAGES)]:
                store.track(page, NOW + 10)
            for name in NAMES:
                due = {known.page for known in store.due(name, NOW + 90_000, 10)}
                lost += [(evicted, name, page) for page in (PAGES | {PAGE + "new"}) - due]
            store.close()
            client.flushall()

    assert lost == []
