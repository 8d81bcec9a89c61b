"""The right to ask, held by one process of all that share a store."""

from __future__ import annotations

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from shariff_py.errors import StoreError
from shariff_py.stores import Store

LEASE_SECONDS = 3.0
"""How long the right outlives a process that was killed. Nothing depends on its being kept: what is asked is noted in the store
before, under the lease, so a process that lost it sends nothing more, and one that takes over asks nothing twice."""


class Lead:
    """This process' part in who asks. Every method raises `StoreError` where the store fails, except where it says otherwise."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._name = secrets.token_hex(8)

    def take(self) -> int:
        """Take or renew it: the fence to write under, 0 where another process has it."""
        return self._store.lease(self._holder, LEASE_SECONDS)

    def give_back(self) -> None:
        """Let others have it at once. A store that fails lets them have it in `LEASE_SECONDS`."""
        with suppress(StoreError):
            self._store.lease(self._holder, 0)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Renew it for as long as the block lasts, however long a single request takes."""
        done = threading.Event()
        keeping = threading.Thread(target=self._renew, args=(done,), name="shariff_py lease", daemon=True)
        keeping.start()
        try:
            yield
        finally:
            done.set()
            keeping.join()

    def _renew(self, done: threading.Event) -> None:
        while not done.wait(LEASE_SECONDS / 4):
            # Where that fails, the next thing written under the fence is refused.
            with suppress(StoreError):
                self.take()

    @property
    def _holder(self) -> str:
        """The name under which this process leads. A child made by a fork is another holder than its parent."""
        return f"{self._name}-{os.getpid()}"
