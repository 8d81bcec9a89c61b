"""What a store of policy reports can do: which requests the content security policy of the site's pages has blocked, and how often."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

KEPT_FOR = timedelta(days=90)
"""What was not reported again within this time is deleted; see `shariff_py.stores.report_table` for who says what day it is."""

FURTHER = "(further)"
"""The ``blocked`` of the row that counts all reports of findings for which there is no room, or no room any more."""

UNNAMED = "(not named)"
"""The ``blocked`` of connections to hosts of no platform: where a visitor wanted to go is not kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something the page's policy blocked, or would have blocked where not ``enforced``. No more than this is kept of a report.

    ``blocked`` is an origin or a keyword (``inline``), ``directive`` the rule that blocked it, ``page`` a canonical address of the site
    without its query and without what may belong to a person.
    """

    blocked: str
    directive: str
    page: str
    enforced: bool


@dataclass(frozen=True, slots=True)
class Reported(Finding):
    """A finding with how often browsers reported it, and the first and last day they did."""

    times: int
    first: date
    last: date


def counted(finding: Finding, times: int, first: date, last: date) -> Reported:
    """The row of a finding."""
    return Reported(finding.blocked, finding.directive, finding.page, finding.enforced, times, first, last)


def rest_of(finding: Finding) -> Finding:
    """The row under which a finding is counted for which there is no room."""
    return Finding(FURTHER, "", "", finding.enforced)


def most_frequent_first(rows: Iterable[Reported]) -> list[Reported]:
    """The order of `ReportStore.all`."""
    return sorted(rows, key=lambda row: (-row.times, row.blocked, row.page, row.directive))


class ReportStore(Protocol):
    """Safe between threads and processes, as the `CountStore` it belongs to. Methods raise `StoreError` where the store fails."""

    def add(self, findings: Iterable[Finding], day: date, most: int) -> None:
        """Count findings that were reported on a day, all or none. At most ``most`` different ones are kept; others count as `FURTHER`.

        Which ones, and when they are deleted, is said in `shariff_py.stores.report_table`.
        """

    def all(self) -> list[Reported]:
        """What was reported, most frequent first. Does not create a store that does not exist yet."""
