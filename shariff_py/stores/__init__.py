"""Stores of counts: memory and SQLite behind one protocol, chosen by an address."""

from __future__ import annotations

from pathlib import Path

from shariff_py.errors import ConfigurationError
from shariff_py.stores.memory import MemoryStore
from shariff_py.stores.protocol import PlatformState, Store, StoreState
from shariff_py.stores.sqlite import SQLiteStore

__all__ = ["MemoryStore", "PlatformState", "SQLiteStore", "Store", "StoreState", "open_store"]

SQLITE = "sqlite:///"


def open_store(url: str, *, most_pages: int = 50_000) -> Store:
    """The store at an address: ``memory:`` or ``sqlite:///PATH`` (a fourth slash makes the path absolute).

    Touches no file yet: a disk that fails is a `StoreError` of the call that needs it. Raises `ConfigurationError` for other
    addresses.
    """
    if url == "memory:":
        return MemoryStore(most_pages=most_pages)
    if url.startswith(SQLITE) and (path := url.removeprefix(SQLITE)):
        return SQLiteStore(Path(path), most_pages=most_pages)
    scheme = url.partition(":")[0]
    raise ConfigurationError(
        f"there is no store for addresses of the kind {scheme!r}.",
        setting="counts.store",
        cure='Write "sqlite:///var/shariff.sqlite" or "memory:".',
    )
