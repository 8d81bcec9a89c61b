"""Counts in Redis."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice

from shariff_py.counts.platform_state import PlatformState
from shariff_py.counts.refresh_policy import LONGEST_HORIZON, KnownPage
from shariff_py.errors import LeaseLost, StoreError
from shariff_py.platforms.count_sources.cached_count import NEVER_FETCHED, CachedCount, Count, CountResult
from shariff_py.stores.count_store import (
    AGREED,
    DUE_AT_ONCE,
    LEASE_LOST,
    LISTED,
    LONGEST_LEASE,
    SEEN_PRECISION,
    SOON,
    UNSEEN,
    StoreSummary,
)
from shariff_py.stores.redis.client import Client
from shariff_py.stores.redis.reports import RedisReports

AT_ONCE = 1000
"""Pages that one script takes. The server does nothing else while it runs."""

FIELDS = ("value", "as_of", "tried_at", "reason")

CHECKPOINT_SECONDS = 400 * 86_400
"""How long the checkpoint of a machine is kept that does not write any more."""


class RedisStore:
    """See `shariff_py.stores.count_store.CountStore`. Holds at most ``most_pages`` pages; nothing is sent before the first call.

    ``url`` is ``redis://``, ``rediss://`` (TLS) or ``unix://``, as redis-py reads it; ``prefix=NAME`` in its query keeps several sites
    apart in one database.
    """

    def __init__(self, url: str, *, most_pages: int = 50_000) -> None:
        self._client = Client(url)
        self._prefix = self._client.prefix
        self._epoch = f"{self._prefix}epoch"
        self.reports = RedisReports(self._client)
        self._most_pages = most_pages
        self._dropped = 0
        self._name = ""
        self.epoch = 0

    def __repr__(self) -> str:
        return f"RedisStore({self._client.shown!r})"

    def look(self) -> None:
        self._notice(self._client.run("look", secrets.token_hex(8)))

    def track(self, page: str, now: float, *, due_at: float | None = None) -> None:
        first_at = now if due_at is None else due_at
        self._dropped += self._client.run("track", page, now, self._most_pages, SEEN_PRECISION, first_at)

    def import_pages(self, pages: Mapping[str, float | None], now: float) -> tuple[int, int]:
        # All known pages are marked before room is made for the others, so that no page of the sitemap makes room for another.
        unknown: list[str] = []
        agreed = ""
        for given in _portions(pages, pages):
            seen, some = self._client.run("import_known", now, now + SOON, now - AGREED, *given)
            agreed = agreed or seen  # Before the first of them was marked.
            unknown += some
        new = 0
        for given in _portions(unknown, pages):
            added, dropped = self._client.run("import_new", now, self._most_pages, float(agreed) - UNSEEN, *given)
            new += added
            self._dropped += dropped
        return new, len(unknown) - new

    def read(self, page: str) -> dict[str, CachedCount]:
        with self._client.open() as client:
            name, row = (
                client.pipeline(transaction=False).get(self._epoch).hgetall(f"{self._prefix}page:{page}").execute()
            )
        self._notice(name or "")
        if not name:
            # A server that takes no writes is read all the same.
            with suppress(StoreError):
                self.look()
        platforms = [field.removesuffix(":tried_at") for field in row if field.endswith(":tried_at")]
        return {name: _cached([row.get(f"{name}:{field}") for field in FIELDS]) for name in platforms}

    def due(self, platform: str, now: float, most: int, *, furthest: float = LONGEST_HORIZON) -> list[KnownPage]:
        rows = self._client.run("due", platform, now, now + furthest, most)
        return [
            KnownPage(page, float(changed_at or 0), _cached(fields), bool(int(worth) & LISTED))
            for page, worth, changed_at, *fields in rows
        ]

    def record(
        self,
        platform: str,
        results: Mapping[str, CountResult],
        now: float,
        *,
        next_at: Mapping[str, float] = DUE_AT_ONCE,
        fence: int | None = None,
    ) -> None:
        given: list[str | float] = []
        for page, result in results.items():
            value, reason = (result.value, "") if isinstance(result, Count) else ("", result.reason)
            given += [page, next_at.get(page, now), value, reason]
        self._write("record", fence, platform, now, *given)

    def restore(
        self, known: Mapping[str, Mapping[str, CachedCount]], now: float, *, due_at: float | None = None
    ) -> None:
        counts = ((page, name, cached) for page, every in known.items() for name, cached in every.items())
        while some := list(islice(counts, AT_ONCE)):
            given: list[str | float] = []
            for page, name, cached in some:
                value = "" if cached.value is None else cached.value
                given += [page, name, value, cached.as_of, cached.tried_at, cached.reason]
            self._dropped += self._client.run(
                "restore", now, self._most_pages, SOON, "" if due_at is None else due_at, *given
            )

    def lease(self, holder: str, seconds: float) -> int:
        fence, name = self._client.run("lease", holder, seconds, LONGEST_LEASE, secrets.token_hex(8))
        self._notice(name)
        return int(fence)

    def load_state(self, platform: str) -> PlatformState:
        with self._client.open() as client:
            content = client.hget(f"{self._prefix}platform_states", platform)
        return PlatformState.from_json(content) if content else PlatformState()

    def save_state(self, platform: str, state: PlatformState, fence: int | None = None) -> None:
        self._write("save_state", fence, platform, state.to_json())

    def load_checkpoint(self, journal: str) -> str:
        with self._client.open() as client:
            return client.get(f"{self._prefix}checkpoint:{journal}") or ""

    def save_checkpoint(self, journal: str, text: str) -> None:
        with self._client.open() as client:
            client.set(f"{self._prefix}checkpoint:{journal}", text, ex=CHECKPOINT_SECONDS)

    def all_counts(self, platforms: Sequence[str]) -> dict[str, dict[str, CachedCount]]:
        found: dict[str, dict[str, CachedCount]] = {}
        with self._client.open() as client:
            for name in platforms:
                pages = iter(client.zrange(f"{self._prefix}value:{name}", 0, -1))
                while some := list(islice(pages, AT_ONCE)):
                    requests = client.pipeline(transaction=False)
                    for page in some:
                        requests.hmget(f"{self._prefix}page:{page}", [f"{name}:{field}" for field in FIELDS])
                    for page, row in zip(some, requests.execute(), strict=True):
                        if (cached := _cached(row)).value is not None:
                            found.setdefault(page, {})[name] = cached
        return found

    def check_writable(self) -> None:
        with self._client.open() as client:
            client.set(f"{self._prefix}trial", "", px=1)

    def summary(self) -> StoreSummary:
        with self._client.open() as client:
            pages = client.zcard(f"{self._prefix}pages")
            names = client.smembers(f"{self._prefix}platforms")
            numbers = {name: client.zcard(f"{self._prefix}value:{name}") for name in sorted(names)}
        return StoreSummary(pages, self._dropped, numbers)

    def waiting(self, now: float) -> int:
        with self._client.open() as client:
            return int(client.zcount(f"{self._prefix}pages", f"({now!r}", "+inf"))

    def close(self) -> None:
        self._client.close()

    def _notice(self, name: str) -> None:
        """Compare the name that the store has now (empty: none, so it was emptied, and gets one with the next look) with the last one."""
        if self._name and name != self._name:
            self.epoch += 1
        self._name = name

    def _write(self, script: str, fence: int | None, *arguments: str | float) -> None:
        """Run a script that writes under the lease."""
        if not self._client.run(script, "" if fence is None else fence, *arguments):
            raise LeaseLost(LEASE_LOST)


def _portions(pages: Iterable[str], changed_at: Mapping[str, float | None]) -> Iterator[list[str | float]]:
    """The pages, each followed by when it last changed, as many at once as a script takes."""
    rest = iter(pages)
    while some := list(islice(rest, AT_ONCE)):
        given: list[str | float] = []
        for page in some:
            at = changed_at[page]
            given += [page, "" if at is None else at]
        yield given


def _cached(fields: Sequence[str | None]) -> CachedCount:
    value, as_of, tried_at, reason = fields
    if tried_at is None:
        return NEVER_FETCHED
    return CachedCount(None if value is None else int(value), float(as_of or 0), float(tried_at), reason or "")
