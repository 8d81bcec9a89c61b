"""The client of a Redis server, with the scripts of the store."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import (
    AuthenticationError,
    BusyLoadingError,
    NoPermissionError,
    OutOfMemoryError,
    ReadOnlyError,
    RedisError,
)
from redis.retry import Retry

from shariff_py.errors import StoreError
from shariff_py.stores.servers import shown, without_prefix

TIMEOUT_SECONDS = 1.0
"""How long a call waits for the server. A call takes a fraction of a millisecond; a page view must not wait for a server that hangs."""

SCRIPTS = (
    "due", "import_known", "import_new", "lease", "look", "record", "restore", "save_state", "track",
)  # fmt: skip

CURES = {
    ReadOnlyError: "This server is a replica: name the primary in counts.store, or make this one the primary.",
    BusyLoadingError: "The server is loading its data, and is used as soon as it has.",
    AuthenticationError: "Correct the password in counts.store.",
    OutOfMemoryError: "Raise the server's maxmemory, or lower counts.most_pages.",
    NoPermissionError: "Allow its user all keys that begin with the prefix, and the commands of a cache with scripts.",
}
"""By the error of redis-py; the first that applies counts."""

PREFIXES = {
    "MISCONF": "The server cannot save to its disk: see its log, and make room there.",
    "OOM": CURES[OutOfMemoryError],
    "READONLY": CURES[ReadOnlyError],
    "LOADING": CURES[BusyLoadingError],
    "NOREPLICAS": "Too few of its replicas are there for the server to take writes (min-replicas-to-write).",
}
"""By the word that the server's message begins with; that of a script has it further behind."""

UNREACHABLE = (
    "Check that the server runs, can be reached from here, accepts the password in counts.store, and has memory left."
)


class Client:
    """Nothing is sent before the first call. Whatever fails is a `StoreError` with the server's address, without its password."""

    def __init__(self, url: str) -> None:
        url, prefix = without_prefix(url)
        self.shown = shown(url)
        # The braces keep all keys on one node of a cluster.
        self.prefix = f"{{{prefix}}}:"
        self._client: Any = Redis.from_url(
            url,
            decode_responses=True,
            socket_connect_timeout=TIMEOUT_SECONDS,
            socket_timeout=TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 1),
        )
        common = _source("common")
        self._scripts = {name: self._client.register_script(common + _source(name)) for name in SCRIPTS}

    @contextmanager
    def open(self) -> Iterator[Any]:
        """The client of redis-py."""
        try:
            yield self._client
        except (RedisError, OSError) as error:
            raise StoreError(
                f"the store {self.shown!r} cannot be used: {str(error).rstrip('.')}.", cure=_cure(error)
            ) from None

    def run(self, script: str, *arguments: str | float) -> Any:
        """What a script returns."""
        with self.open():
            return self._scripts[script](keys=[self.prefix], args=[_number(argument) for argument in arguments])

    def close(self) -> None:
        """Close all connections."""
        self._client.close()
        self._client.connection_pool.disconnect()


def _cure(error: Exception) -> str:
    text = str(error)
    named = [cure for word, cure in PREFIXES.items() if re.search(rf"\b{word}\b", text)]
    return next((cure for kind, cure in CURES.items() if isinstance(error, kind)), named[0] if named else UNREACHABLE)


def _number(value: str | float) -> str | float:
    """Times in full: Python's shortest form that reads back the same."""
    return repr(value) if isinstance(value, float) else value


def _source(name: str) -> str:
    return (files("shariff_py.stores.redis") / "scripts" / f"{name}.lua").read_text(encoding="utf-8")
