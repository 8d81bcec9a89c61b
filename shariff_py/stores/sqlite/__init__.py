"""The default store: one SQLite file, shared by all threads and processes of one machine."""

from shariff_py.stores.sqlite.failures import CORRUPT_CURE
from shariff_py.stores.sqlite.store import SQLiteStore

__all__ = ["CORRUPT_CURE", "SQLiteStore"]
