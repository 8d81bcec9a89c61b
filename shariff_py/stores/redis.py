"""The store for several machines: Redis, or Valkey, which speaks the same protocol.

What has to happen at once is a script, which the server runs alone (`scripts/common.lua` tells how things are kept). Leases run by
the server's clock, so machines whose clocks differ agree about them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.resources import files
from itertools import islice
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from shariff_py.counts.refresh_policy import FURTHEST, KnownPage
from shariff_py.counts.standing import Standing
from shariff_py.errors import LeaseLost, StoreError
from shariff_py.platforms.cached_count import NEVER_FETCHED, CachedCount, Count, CountResult
from shariff_py.stores.protocol import (
    FURTHER,
    LONGEST_LEASE,
    NOT_PUT_OFF,
    REPORTS_KEPT,
    SEEN_PRECISION,
    SOON,
    UNSEEN,
    Finding,
    Reported,
    StoreSummary,
)
from shariff_py.stores.servers import shown, without_prefix

PATIENCE_SECONDS = 1.0
"""How long a call waits for the server. A call takes a fraction of a millisecond; a page view must not wait for a server that hangs."""

AT_ONCE = 1000
"""Pages that one script takes. The server does nothing else while it runs."""

FIELDS = ("value", "as_of", "tried_at", "reason")
SCRIPTS = ("due", "enlist", "lease", "record", "register", "relist", "report", "stand")


class RedisStore:
    """See `shariff_py.stores.protocol.Store`. Holds at most ``most_pages`` pages; nothing is sent before the first call.

    ``url`` is ``redis://``, ``rediss://`` (TLS) or ``unix://``, as redis-py reads it; ``prefix=NAME`` in its query keeps several sites
    apart in one database.
    """

    def __init__(self, url: str, *, most_pages: int = 50_000) -> None:
        url, prefix = without_prefix(url)
        self._shown = shown(url)
        # The braces keep all keys on one node of a cluster.
        self._prefix = f"{{{prefix}}}:"
        self._most_pages = most_pages
        self._dropped = 0
        self._client: Any = Redis.from_url(
            url,
            decode_responses=True,
            socket_connect_timeout=PATIENCE_SECONDS,
            socket_timeout=PATIENCE_SECONDS,
            retry=Retry(NoBackoff(), 1),
        )
        common = _script("common")
        self._scripts = {name: self._client.register_script(common + _script(name)) for name in SCRIPTS}

    def __repr__(self) -> str:
        return f"RedisStore({self._shown!r})"

    def track(self, page: str, now: float) -> None:
        self._dropped += self._run("register", page, now, self._most_pages, SEEN_PRECISION)

    def import_pages(self, pages: Mapping[str, float | None], now: float) -> tuple[int, int]:
        # All that are known are marked before room is made for the others, so that none of the list makes room for another.
        unknown: list[str] = []
        for given in _by_and_by(pages, pages):
            unknown += self._run("relist", now, now + SOON, *given)
        new = 0
        for given in _by_and_by(unknown, pages):
            added, dropped = self._run("enlist", now, self._most_pages, now - UNSEEN, *given)
            new += added
            self._dropped += dropped
        return new, len(unknown) - new

    def read(self, page: str) -> dict[str, CachedCount]:
        with self._open() as client:
            row = client.hgetall(f"{self._prefix}page:{page}")
        platforms = [field.removesuffix(":tried_at") for field in row if field.endswith(":tried_at")]
        return {name: _reading([row.get(f"{name}:{field}") for field in FIELDS]) for name in platforms}

    def due(self, platform: str, now: float, most: int, *, furthest: float = FURTHEST) -> list[KnownPage]:
        rows = self._run("due", platform, now, now + furthest, most)
        return [KnownPage(page, float(changed_at or 0), _reading(reading)) for page, changed_at, *reading in rows]

    def record(
        self,
        platform: str,
        readings: Mapping[str, CountResult],
        now: float,
        *,
        next_at: Mapping[str, float] = NOT_PUT_OFF,
        fence: int | None = None,
    ) -> None:
        given: list[str | float] = []
        for page, reading in readings.items():
            value, reason = (reading.value, "") if isinstance(reading, Count) else ("", reading.reason)
            given += [page, next_at.get(page, now), value, reason]
        self._keep(self._run("record", platform, now, "" if fence is None else fence, *given))

    def lease(self, holder: str, seconds: float) -> int:
        return int(self._run("lease", holder, seconds, LONGEST_LEASE))

    def load_state(self, platform: str) -> Standing:
        with self._open() as client:
            content = client.hget(f"{self._prefix}standings", platform)
        return Standing.from_json(content) if content else Standing()

    def save_state(self, platform: str, standing: Standing, fence: int | None = None) -> None:
        self._keep(self._run("stand", platform, standing.to_json(), "" if fence is None else fence))

    def all_counts(self, platforms: Sequence[str]) -> dict[str, dict[str, CachedCount]]:
        found: dict[str, dict[str, CachedCount]] = {}
        with self._open() as client:
            for name in platforms:
                pages = iter(client.zrange(f"{self._prefix}value:{name}", 0, -1))
                while some := list(islice(pages, AT_ONCE)):
                    asked = client.pipeline(transaction=False)
                    for page in some:
                        asked.hmget(f"{self._prefix}page:{page}", [f"{name}:{field}" for field in FIELDS])
                    for page, row in zip(some, asked.execute(), strict=True):
                        if (reading := _reading(row)).value is not None:
                            found.setdefault(page, {})[name] = reading
        return found

    def report(self, findings: Iterable[Finding], day: date, most: int) -> None:
        given = [
            _written(finding) for found in findings for finding in (found, Finding(FURTHER, "", "", found.enforced))
        ]
        self._run("report", day.isoformat(), (day - REPORTS_KEPT).isoformat(), most, *given)

    def reports(self) -> list[Reported]:
        with self._open() as client:
            rows = client.hgetall(f"{self._prefix}reports")
        found = []
        for finding, counted in rows.items():
            times, first, last = counted.split(" ")
            blocked, directive, page, enforced = json.loads(finding)
            days = date.fromisoformat(first), date.fromisoformat(last)
            found.append(Reported(blocked, directive, page, enforced, int(times), *days))
        return sorted(found, key=lambda row: (-row.times, row.blocked, row.page, row.directive))

    def check_writable(self) -> None:
        with self._open() as client:
            client.set(f"{self._prefix}trial", "", px=1)

    def summary(self) -> StoreSummary:
        with self._open() as client:
            pages = client.zcard(f"{self._prefix}pages")
            names = client.smembers(f"{self._prefix}platforms")
            numbers = {name: client.zcard(f"{self._prefix}value:{name}") for name in sorted(names)}
        return StoreSummary(pages, self._dropped, numbers)

    def close(self) -> None:
        self._client.close()
        self._client.connection_pool.disconnect()

    def _run(self, script: str, *arguments: str | float) -> Any:
        with self._open():
            return self._scripts[script](keys=[self._prefix], args=[_number(argument) for argument in arguments])

    @contextmanager
    def _open(self) -> Iterator[Any]:
        """The client; whatever fails is a `StoreError` that says which server, without its password."""
        try:
            yield self._client
        except (RedisError, OSError) as error:
            raise StoreError(
                f"the store {self._shown!r} cannot be used: {error}. Check that the server runs, can be reached from here, accepts "
                "the password in counts.store, and has memory left."
            ) from None

    @staticmethod
    def _keep(done: int) -> None:
        if not done:
            raise LeaseLost("another process asks by now; what this one learned was left out.")


def _by_and_by(pages: Iterable[str], changed_at: Mapping[str, float | None]) -> Iterator[list[str | float]]:
    """The pages, each followed by when it last changed, as many at once as a script takes."""
    rest = iter(pages)
    while some := list(islice(rest, AT_ONCE)):
        given: list[str | float] = []
        for page in some:
            at = changed_at[page]
            given += [page, "" if at is None else at]
        yield given


def _number(value: str | float) -> str | float:
    """Times in full: Python's shortest form that reads back the same."""
    return repr(value) if isinstance(value, float) else value


def _reading(fields: Sequence[str | None]) -> CachedCount:
    value, as_of, tried_at, reason = fields
    if tried_at is None:
        return NEVER_FETCHED
    return CachedCount(None if value is None else int(value), float(as_of or 0), float(tried_at), reason or "")


def _written(finding: Finding) -> str:
    return json.dumps([finding.blocked, finding.directive, finding.page, finding.enforced])


def _script(name: str) -> str:
    return (files("shariff_py.stores") / "scripts" / f"{name}.lua").read_text(encoding="utf-8")
