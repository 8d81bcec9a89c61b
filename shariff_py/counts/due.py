"""Which pages a platform is due to be asked about. A pure question of ages: the clock and the dice are arguments."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from shariff_py.platforms.exchange import NEVER_READ, StoredReading

SPREAD = 0.1
"""How much later than its age a page may be asked, as a share of that age, so that pages first seen together drift apart."""

ANSWERS = frozenset({"unknown-page"})
"""Reasons that are an answer: the platform does not know the page. It is asked again as late as a page with a number is."""


@dataclass(frozen=True, slots=True)
class KnownPage:
    """A registered page and what is known about it on the platform in question."""

    page: str
    reading: StoredReading = NEVER_READ


@dataclass(frozen=True, slots=True)
class Ages:
    """How old things may get, in seconds.

    ``refresh`` is the age from which a value is asked for again; ``shortest`` is how long after any attempt, failed ones
    included, the same page is left alone.
    """

    refresh: float
    shortest: float


def due(pages: Iterable[KnownPage], now: float, ages: Ages, dice: Callable[[], float]) -> list[str]:
    """The addresses to ask about at ``now`` (Unix seconds), those never asked first, then by their last attempt, oldest first.

    ``dice`` gives a number from 0 up to 1 for each page.
    """
    ready = [known for known in pages if _is_due(known.reading, now, ages, dice())]
    ready.sort(key=lambda known: known.reading.tried_at)
    return [known.page for known in ready]


def _is_due(reading: StoredReading, now: float, ages: Ages, roll: float) -> bool:
    if reading.tried_at == NEVER_READ.tried_at:
        return True
    if abs(now - reading.tried_at) < ages.shortest:
        return False
    if reading.tried_at > now:
        # The clock was set back since: waiting for that moment to pass could take years.
        return True
    answered = reading.tried_at if reading.reason in ANSWERS else reading.as_of
    return now - answered >= ages.refresh * (1 + SPREAD * roll)
