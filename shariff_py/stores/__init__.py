"""Stores of counts and of policy reports: memory, SQLite and Redis behind the same protocols, chosen by an address."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from shariff_py.errors import ConfigurationError
from shariff_py.stores.count_store import CountStore, StoreSummary
from shariff_py.stores.memory import MemoryStore
from shariff_py.stores.report_store import Finding, Reported, ReportStore
from shariff_py.stores.servers import ADDRESS, SERVERS, shown

__all__ = [
    "CountStore",
    "Finding",
    "MemoryStore",
    "ReportStore",
    "Reported",
    "Store",
    "StoreSummary",
    "open_store",
    "shown",
]

SQLITE = "sqlite:///"


class Store(CountStore, Protocol):
    """A store of counts, and at the same address one of policy reports."""

    @property
    def reports(self) -> ReportStore:
        """The policy reports."""


def open_store(url: str, *, most_pages: int = 50_000, mends: bool = True) -> Store:
    """The store at an address: ``memory:``, ``sqlite:///PATH`` (a fourth slash makes the path absolute), or ``redis://HOST:PORT/NUMBER``
    (``rediss://`` with TLS, ``unix:///PATH`` for a socket).

    Touches no file and no server yet: a disk or server that fails is a `StoreError` of the call that needs it. Without ``mends`` a
    corrupt SQLite file stays where it is, for those that only look. Raises `ConfigurationError` for other addresses, and where the extra a store needs is not installed.
    """
    if url == "memory:":
        return MemoryStore(most_pages=most_pages)
    if url.startswith(SQLITE) and (path := url.removeprefix(SQLITE)):
        from shariff_py.stores.sqlite import SQLiteStore

        return SQLiteStore(Path(path), most_pages=most_pages, mends=mends)
    scheme = url.partition(":")[0]
    if scheme in SERVERS and url.startswith(f"{scheme}://"):
        return _redis(url, most_pages)
    raise ConfigurationError(
        "there is no store for addresses of this kind.",
        setting="counts.store",
        cure='Write "sqlite:///var/shariff.sqlite", "redis://127.0.0.1:6379/0" or "memory:".',
    )


def _redis(url: str, most_pages: int) -> Store:
    if find_spec("redis") is None:
        raise ConfigurationError(
            "the store needs redis-py, which is not installed.",
            setting="counts.store",
            cure="Install it: pip install 'shariff_py[redis]'.",
        )
    from shariff_py.stores.redis import RedisStore

    try:
        if ADDRESS.fullmatch(url):
            return RedisStore(url, most_pages=most_pages)
    except ValueError:
        # redis-py's message may quote a part of the address, and the password is one.
        pass
    raise ConfigurationError(
        "is not the address of a Redis server.",
        setting="counts.store",
        cure='Write it like "redis://:PASSWORD@127.0.0.1:6379/0", or "unix:///run/redis.sock"; in a password, / is %2F, @ is %40, '
        "? is %3F, # is %23, [ is %5B and ] is %5D.",
    )
