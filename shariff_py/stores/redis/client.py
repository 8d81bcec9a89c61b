"""The client of a Redis server, with the scripts of the store."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from shariff_py.errors import StoreError
from shariff_py.stores.servers import shown, without_prefix

TIMEOUT_SECONDS = 1.0
"""How long a call waits for the server. A call takes a fraction of a millisecond; a page view must not wait for a server that hangs."""

SCRIPTS = ("due", "import_known", "import_new", "lease", "record", "save_state", "track")


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
                f"the store {self.shown!r} cannot be used: {error}. Check that the server runs, can be reached from here, accepts "
                "the password in counts.store, and has memory left."
            ) from None

    def run(self, script: str, *arguments: str | float) -> Any:
        """What a script returns."""
        with self.open():
            return self._scripts[script](keys=[self.prefix], args=[_number(argument) for argument in arguments])

    def close(self) -> None:
        """Close all connections."""
        self._client.close()
        self._client.connection_pool.disconnect()


def _number(value: str | float) -> str | float:
    """Times in full: Python's shortest form that reads back the same."""
    return repr(value) if isinstance(value, float) else value


def _source(name: str) -> str:
    return (files("shariff_py.stores.redis") / "scripts" / f"{name}.lua").read_text(encoding="utf-8")
