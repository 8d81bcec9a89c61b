"""For all tests: how generated examples are drawn, which tests may start processes, and the servers that several of them share."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import ExitStack, nullcontext

import pytest
from hypothesis import settings
from support import process_guard, redis_servers
from support.row_sample import left_out

from shariff_py.testing import StandIn

# Machines are shared, so no example is failed for being slow. Where a change is judged, the same examples are drawn each time;
# everywhere else new ones are, and one that fails is remembered. The quick tiers draw few.
settings.register_profile("local", deadline=None)
settings.register_profile("judged", deadline=None, derandomize=True)
settings.register_profile("quick", deadline=None, max_examples=20)
settings.load_profile("judged" if os.environ.get("CI") else "local")

process_guard.install()


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Iterator[None]:
    """The tests themselves, some 20,000, stay until the end: they are not looked through for garbage again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rows", type=int, metavar="N", help="run at most N rows of each table, spread over it (default: all)"
    )


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of those that the marks leave, each test keeps as many rows as are asked for; what is marked ``smoke`` keeps all."""
    most = config.getoption("rows")
    if not most:
        return
    functions = [item.nodeid if item.get_closest_marker("smoke") else item.nodeid.partition("[")[0] for item in items]
    out = left_out(functions, most)
    config.hook.pytest_deselected(items=[items[place] for place in sorted(out)])
    items[:] = [item for place, item in enumerate(items) if place not in out]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Fixtures included, an unmarked test starts no process."""
    marked = any(item.get_closest_marker(name) for name in process_guard.MARKS)
    with nullcontext() if marked else process_guard.guarded(item.nodeid):
        return (yield)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    """A mock server that plays the platforms, one for each test."""
    with StandIn() as running:
        yield running


@pytest.fixture(scope="session")
def redis_server() -> Iterator[redis_servers.Address]:
    """The address of a running server of a kind (``redis``, ``valkey``, ``socket``), one for all tests. Use a prefix of your own there."""
    with ExitStack() as stack:
        addresses: dict[str, str] = {}

        def address(kind: str) -> str:
            if kind not in addresses:
                on_socket = kind == "socket"
                server = stack.enter_context(redis_servers.Server("redis" if on_socket else kind))
                addresses[kind] = server.socket_url if on_socket else server.url
            return addresses[kind]

        yield address
