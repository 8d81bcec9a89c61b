"""A clock that is wrong for a while: before it was set, far ahead, an hour back. Nothing is deleted because of one reading of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from support.counting import SITE, Site
from support.journals import FACTS

from faults.kills import numbers_in
from faults.outcome import Outcome, counted, shortened
from shariff_py.errors import ShariffError
from shariff_py.journal import Journal
from shariff_py.stores import Finding, open_store
from shariff_py.testing import StandIn

NOW = datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
WRONG = {
    "in 1970": datetime(1970, 1, 1, 0, 1, tzinfo=UTC),
    "in 2099": datetime(2099, 6, 1, tzinfo=UTC),
    "an hour back": NOW - timedelta(hours=1),
    "a month ahead": NOW + timedelta(days=31),
}
KEPT = 12
"""Months of the journal that are kept."""
YEAR, STEP = 330, 3
"""How far back the journal goes, in days, and how many days lie between two of its records."""


def journal(wrong: datetime) -> Callable[[Path], Outcome]:
    """A journal of eleven months, then records by a wrong clock, then by a right one for fourteen months."""

    def cause(folder: Path) -> Outcome:
        now = [NOW]
        own = Journal(folder / "outgoing.jsonl", clock=lambda: now[0].timestamp(), keep_months=KEPT)
        before = [_at(now, own, NOW - timedelta(days=days)) for days in range(YEAR, 0, -STEP)]
        during = [_at(now, own, wrong + timedelta(seconds=place)) for place in range(3)]
        after = [_at(now, own, NOW + timedelta(seconds=10 + place)) for place in range(5)]
        there = numbers_in(folder)
        lost = [number for number in before if number not in there]
        in_order = [*before, *during, *after] == list(range(1, len(before) + len(during) + len(after) + 1))
        said = _verified(own)
        for day in range(1, 14 * 30, STEP):
            _at(now, own, NOW + timedelta(days=day))
        files = len([file for file in folder.iterdir() if file.suffix == ".jsonl"])
        return Outcome(
            f"3 records {wrong:%Y-%m}, after {len(before)} of eleven months",
            counted(len(lost), "record") + ("" if in_order else "; numbers do not go on"),
            said,
            "the next record",
            f"{files} files after 14 more months, {KEPT} months kept",
            not lost and in_order and said.startswith("verify: intact") and files <= KEPT + 4,
        )

    return cause


def _at(now: list[datetime], own: Journal, moment: datetime) -> int:
    now[0] = moment
    return own.append("request", FACTS)


def _verified(own: Journal) -> str:
    try:
        verified = own.verify()
    except ShariffError as error:
        return f"verify: {shortened(error)}"
    return f"verify: intact, {verified.records} records, the first is {verified.since}"


def counts(wrong: datetime) -> Callable[[Path], Outcome]:
    """Two rounds by a wrong clock, then by a right one."""

    def cause(folder: Path) -> Outcome:
        with StandIn() as stand_in:
            site = Site(folder, stand_in)
            pages = [f"{SITE}/{place}" for place in range(30)]
            site.clock.now = NOW.timestamp()
            site.service.import_pages(dict.fromkeys(pages))
            stand_in.counts |= dict.fromkeys(pages, 17)
            site.service.refresh()
            for place in range(2):
                site.clock.now = wrong.timestamp() + place * 60
                site.service.refresh()
            site.clock.now = NOW.timestamp() + 120
            site.service.refresh()
            lost = [page for page in pages if _number(site, page) != 17]
            stand_in.counts |= dict.fromkeys(pages, 18)
            rounds = 0
            while rounds < 30 and any(_number(site, page) != 18 for page in pages):
                site.clock.step(days=1)
                site.service.refresh()
                rounds += 1
        return Outcome(
            "2 rounds, 30 pages",
            counted(len(lost), "number"),
            "nothing: the last numbers are shown",
            f"{counted(rounds, 'daily round')} until every number is new",
            "–",
            not lost and rounds <= 8,
        )

    return cause


def _number(site: Site, page: str) -> int | None:
    known = site.service.counts(page).get("facebook")
    return known.value if known else None


def reports(folder: Path) -> Outcome:
    """Reports of the policy that come while the clock is wrong, among those of a right one."""
    own = open_store(f"sqlite:///{folder}/counts.sqlite").reports
    right = [Finding(f"https://n{place}.example", "img-src", f"{SITE}/", True) for place in range(20)]
    own.add(right, NOW.date(), 500)
    for day in (date(1970, 1, 1), date(2099, 6, 1)):
        own.add([Finding(f"https://y{day.year}.example", "img-src", f"{SITE}/", True)], day, 500)
    own.add([right[0]], NOW.date(), 500)
    there = {row.blocked for row in own.all()}
    lost = [finding for finding in right if finding.blocked not in there]
    return Outcome(
        "20 findings, then one of 1970 and one of 2099",
        counted(len(lost), "finding"),
        "nothing",
        "the next report",
        "–",
        not lost,
    )
