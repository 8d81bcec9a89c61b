"""Policy reports in Redis."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from shariff_py.stores.redis.client import Client
from shariff_py.stores.report_store import KEPT_FOR, Finding, Reported, most_frequent_first, rest_of


class RedisReports:
    """See `shariff_py.stores.report_store.ReportStore`."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def add(self, findings: Iterable[Finding], day: date, most: int) -> None:
        given = [_written(finding) for found in findings for finding in (found, rest_of(found))]
        self._client.run("add_reports", day.isoformat(), (day - KEPT_FOR).isoformat(), most, *given)

    def all(self) -> list[Reported]:
        with self._client.open() as client:
            rows = client.hgetall(f"{self._client.prefix}reports")
        found = []
        for finding, counted in rows.items():
            times, first, last = counted.split(" ")
            blocked, directive, page, enforced = json.loads(finding)
            days = date.fromisoformat(first), date.fromisoformat(last)
            found.append(Reported(blocked, directive, page, enforced, int(times), *days))
        return most_frequent_first(found)


def _written(finding: Finding) -> str:
    return json.dumps([finding.blocked, finding.directive, finding.page, finding.enforced])
