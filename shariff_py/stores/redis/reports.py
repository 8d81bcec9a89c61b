"""Policy reports in Redis: read, changed and written while nobody else writes (``WATCH``), so that the rules are those of every store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from datetime import date
from random import SystemRandom
from typing import Any

from shariff_py.stores.redis.client import Client
from shariff_py.stores.report_store import Finding, Reported, counted, most_frequent_first
from shariff_py.stores.report_table import ReportTable


class RedisReports:
    """See `shariff_py.stores.report_store.ReportStore`."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._key, self._days = f"{client.prefix}reports", f"{client.prefix}report_days"

    def add(self, findings: Iterable[Finding], day: date, most: int) -> None:
        reported = list(findings)

        def change(pipe: Any) -> None:
            """Called again where another process has written in between."""
            days = (pipe.get(self._days) or "").split()
            before = ReportTable(_rows(pipe.hgetall(self._key)), tuple(map(date.fromisoformat, days)))
            after = before.after(reported, day, most, SystemRandom().random)
            pipe.multi()
            for finding in before.rows.keys() - after.rows.keys():
                pipe.hdel(self._key, _written(finding))
            for finding, row in after.rows.items():
                if before.rows.get(finding) != row:
                    pipe.hset(self._key, _written(finding), f"{row.times} {row.first} {row.last}")
            pipe.set(self._days, " ".join(map(str, after.days)))

        with self._client.open() as client:
            client.transaction(change, self._key, self._days)

    def all(self) -> list[Reported]:
        with self._client.open() as client:
            return most_frequent_first(_rows(client.hgetall(self._key)).values())


def _rows(written: Mapping[str, str]) -> dict[Finding, Reported]:
    found = {}
    for name, row in written.items():
        finding = Finding(*json.loads(name))
        times, first, last = row.split(" ")
        found[finding] = counted(finding, int(times), date.fromisoformat(first), date.fromisoformat(last))
    return found


def _written(finding: Finding) -> str:
    return json.dumps(astuple(finding))
