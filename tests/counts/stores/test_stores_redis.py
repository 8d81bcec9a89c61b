"""Redis alone: a server that is down, hangs, is full, was emptied or is shared."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from support import redis_servers
from support.constants import NOW, PAGE
from support.stores import record

from shariff_py.errors import ConfigurationError, LeaseLost, StoreError
from shariff_py.platforms.count_sources.cached_count import Count
from shariff_py.stores import Store, open_store
from shariff_py.stores.redis import RedisStore


@pytest.fixture(params=redis_servers.PARAMETERS[:-1])
def own_server(request: pytest.FixtureRequest) -> Iterator[redis_servers.Server]:
    """A server of this test alone, to be treated badly."""
    with redis_servers.Server(request.param, "--requirepass", "canary-password") as server:
        yield server


def redis_store(server: redis_servers.Server, **options: int) -> Store:
    return open_store(server.url.replace("redis://", "redis://:canary-password@"), **options)


def test_a_server_that_is_down_is_an_error_and_used_again_once_it_is_up(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    store.track(PAGE, NOW)
    own_server.stop()

    with pytest.raises(StoreError, match=r"redis://127\.0\.0\.1"):
        store.read(PAGE)

    own_server.start()
    store.track(PAGE, NOW)
    assert store.summary().pages == 1
    store.close()


def test_a_server_that_hangs_is_an_error_after_seconds(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    store.track(PAGE, NOW)

    with own_server.hanging():
        started = time.monotonic()
        with pytest.raises(StoreError, match="cannot be used"):
            store.read(PAGE)
        waited = time.monotonic() - started

    assert waited < 10
    assert store.read(PAGE) == {}
    store.close()


def test_a_full_server_takes_nothing_new_and_still_serves_its_counts(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    store.track(PAGE, NOW)
    record(store, {PAGE: Count(17)}, NOW)
    own_server.command("config", "set", "maxmemory", "1")

    with pytest.raises(StoreError, match="memory"):
        store.track(PAGE + "new", NOW)
    with pytest.raises(StoreError, match="memory"):
        record(store, {PAGE: Count(18)}, NOW)
    with pytest.raises(StoreError, match="memory"):
        store.check_writable()

    assert store.read(PAGE)["facebook"].value == 17
    own_server.command("config", "set", "maxmemory", "0")
    store.track(PAGE + "new", NOW)
    assert store.summary().pages == 2
    store.close()


def test_a_server_that_was_emptied_gives_a_higher_fence_than_before(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    first = store.lease("first", 30)
    own_server.command("flushall")

    with pytest.raises(LeaseLost):
        record(store, {PAGE: Count(1)}, NOW, fence=first)

    assert store.lease("second", 30) > first
    store.close()


def test_a_server_that_threw_pages_away_finds_them_again(own_server: redis_servers.Server) -> None:
    store = redis_store(own_server)
    store.track(PAGE, NOW)
    record(store, {PAGE: Count(1)}, NOW)
    own_server.command("del", "{shariff}:due:facebook")

    assert [known.page for known in store.due("facebook", NOW, 10)] == [PAGE]
    store.close()


def test_the_password_of_a_server_is_never_shown(own_server: redis_servers.Server) -> None:
    wrong = open_store(own_server.url.replace("redis://", "redis://:canary-wrong@"))

    with pytest.raises(StoreError) as refused:
        wrong.read(PAGE)
    with pytest.raises(ConfigurationError) as unreadable:
        open_store("redis://:canary@127.0.0.1:canary/0")

    imported = [repr(wrong), repr(redis_store(own_server)), str(refused.value), repr(refused.value.__context__)]
    assert [text for text in (*imported, str(unreadable.value)) if "canary" in text] == []


def test_two_prefixes_in_one_database_are_two_stores(own_server: redis_servers.Server) -> None:
    url = own_server.url.replace("redis://", "redis://:canary-password@")
    one, other = open_store(f"{url}?prefix=one"), open_store(f"{url}?prefix=other")

    one.track(PAGE, NOW)

    assert (one.summary().pages, other.summary().pages) == (1, 0)
    one.close()
    other.close()


@pytest.mark.subprocess
def test_without_redis_py_the_cure_is_named() -> None:
    program = (
        "import sys; sys.modules['redis'] = None\n"
        "from shariff_py.stores import open_store\n"
        "from shariff_py.errors import ConfigurationError\n"
        "try: open_store('redis://127.0.0.1/0')\n"
        "except ConfigurationError as error: print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert "pip install 'shariff_py[redis]'" in done.stdout


def test_opening_a_redis_store_sends_nothing() -> None:
    assert isinstance(open_store("redis://127.0.0.1:9/0"), RedisStore)
