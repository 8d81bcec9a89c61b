"""The lease that makes one process of all that share a store the leader: only the leader sends requests."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from shariff_py.errors import StoreError
from shariff_py.stores import Store

LEASE_SECONDS = 3.0
"""How long the lease outlives a process that was killed. Correctness does not depend on keeping it: each request is noted in the store
before it is sent, under the lease, so a process that lost the lease sends nothing more, and its successor repeats nothing."""


class LeaderLease:
    """This process' claim to the lease. Methods raise `StoreError` where the store fails, unless they say otherwise."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._name = secrets.token_hex(8)

    def acquire(self) -> int:
        """Acquire or renew the lease. Returns its fencing token, to be passed with every write; 0 where another process is leader."""
        return self._store.lease(self._holder, LEASE_SECONDS)

    def release(self) -> None:
        """Let another process lead at once. Never raises: where the store fails, the lease ends after `LEASE_SECONDS`."""
        with suppress(StoreError):
            self._store.lease(self._holder, 0)

    @contextmanager
    def keep_alive(self) -> Iterator[None]:
        """Renew the lease in a thread for as long as the block runs, however long a single request takes."""
        done = threading.Event()
        renewal = threading.Thread(target=self._renew, args=(done,), name="shariff_py lease", daemon=True)
        renewal.start()
        try:
            yield
        finally:
            done.set()
            renewal.join()

    def _renew(self, done: threading.Event) -> None:
        while not done.wait(LEASE_SECONDS / 4):
            # Where that fails, the next write with the fencing token is refused.
            with suppress(StoreError):
                self.acquire()

    @property
    def _holder(self) -> str:
        """The name of this process in the lease. A forked child is another holder than its parent."""
        return f"{self._name}-{os.getpid()}"
