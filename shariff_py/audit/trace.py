"""What happened in one visit: phases, steps and contacts, frozen. Pure; the browser fills it, the judge reads it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shariff_py.audit.contact import Contact


class PhaseName(StrEnum):
    """The four phases of an audit, in their order. The values appear in reports and in JSON."""

    BEFORE = "before"
    AFTER = "after"
    WITHDRAWN = "withdrawn"
    RELOADED = "reloaded"


class StepName(StrEnum):
    """What the audit did, or could not do. The values name sentences in :mod:`shariff_py.audit.wording`."""

    OPENED = "opened"
    LOOKED_AROUND = "looked_around"
    LEFT = "left"
    GATES_FOUND = "gates_found"
    GATE_PRESSED = "gate_pressed"
    WITHDREW = "withdrew"
    RELOADED = "reloaded"


class Obstacle(StrEnum):
    """Why a visit says less than it should. Any one of them makes a silent run incomplete rather than passed."""

    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    MOVED_AWAY = "moved_away"
    GATE_FAILED = "gate_failed"
    NO_WITHDRAWAL = "no_withdrawal"
    INTERRUPTED = "interrupted"
    LOG_CUT = "log_cut"


@dataclass(frozen=True, slots=True)
class Phase:
    """A named stretch of time, from ``start`` up to but not including ``end``, both in seconds since 1970."""

    name: str
    start: float
    end: float

    def holds(self, time: float) -> bool:
        return self.start <= time < self.end


@dataclass(frozen=True, slots=True)
class Step:
    """One thing the audit did at ``time`` (seconds since 1970); ``detail`` is an address, a number or empty."""

    time: float
    name: StepName
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One obstacle met, with what the browser said about it."""

    name: Obstacle
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Trace:
    """One audited page.

    ``own`` are the site's own places, ``declared`` the origins that the opened gates' own policies name as recipients,
    ``completed`` the names of the phases that were walked to their end, ``whole`` whether the browser's log reached its own.
    """

    url: str
    own: frozenset[str]
    phases: tuple[Phase, ...]
    contacts: tuple[Contact, ...]
    whole: bool
    browser: str
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    declared: frozenset[str] = frozenset()
    gates: int = 0
    completed: frozenset[str] = frozenset()

    def proves(self, phase: str) -> bool:
        """Whether silence in this phase means something: it was walked to its end, and the log has all of it."""
        return self.whole and phase in self.completed


def within(contacts: Iterable[Contact], phases: Sequence[Phase]) -> tuple[Contact, ...]:
    """The contacts that fall into any of the phases."""
    return tuple(contact for contact in contacts if any(phase.holds(contact.time) for phase in phases))
