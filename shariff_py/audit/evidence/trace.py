"""What happened in one visit: phases, steps and contacts, frozen. Pure; a visit fills it, the verdict is made from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shariff_py.audit.evidence.contact import Contact
from shariff_py.audit.evidence.declarations import Declaration
from shariff_py.audit.evidence.storage import Snapshot

LATER_SHARE = 0.2
"""Each later phase waits for this share of the first one's waiting time: pages act early or on leaving."""

EXPLORE_LIMIT = 80
"""How many controls are pointed at, times Tab is pressed, and screens scrolled, in the page and once more in what scrolls in it: enough for
a page, bounded for a hostile one."""


class PhaseName(StrEnum):
    """The four phases of an audit, in their order. The values appear in reports and in JSON."""

    BEFORE = "before"
    AFTER = "after"
    WITHDRAWN = "withdrawn"
    RELOADED = "reloaded"


class StepName(StrEnum):
    """What the audit did, or could not do. The values name sentences in :mod:`shariff_py.audit.report.wording`."""

    OPENED = "opened"
    EXPLORED = "explored"
    LEFT_OUT = "left_out"
    LEFT = "left"
    GATES_FOUND = "gates_found"
    GATE_PRESSED = "gate_pressed"
    CONSENTED = "consented"
    WITHDREW = "withdrew"
    RELOADED = "reloaded"
    STILL_LOADING = "still_loading"
    DIALOGS = "dialogs"
    DOWNLOAD = "download"


class FailureReason(StrEnum):
    """Why a visit shows less than it should. Any one of them makes a silent run incomplete rather than passed."""

    NOT_REACHED = "not_reached"
    REFUSED = "refused"
    MOVED_AWAY = "moved_away"
    NOT_A_PAGE = "not_a_page"
    GATE_FAILED = "gate_failed"
    NO_CONSENT = "no_consent"
    NO_WITHDRAWAL = "no_withdrawal"
    CRASHED = "crashed"
    HUNG = "hung"
    INTERRUPTED = "interrupted"
    LOG_INCOMPLETE = "log_incomplete"
    PASSIVE_ONLY = "passive_only"
    CONTROL_VISIT_FAILED = "control_visit_failed"
    JOURNAL_BROKEN = "journal_broken"
    JOURNAL_UNREADABLE = "journal_unreadable"


CONTROL = "control"
"""What the control visit saw, a heading beside the phases."""

INVALIDATED: Mapping[FailureReason, frozenset[str]] = {
    FailureReason.NO_CONSENT: frozenset({PhaseName.AFTER, PhaseName.WITHDRAWN, PhaseName.RELOADED}),
    FailureReason.GATE_FAILED: frozenset({PhaseName.AFTER, PhaseName.WITHDRAWN, PhaseName.RELOADED}),
    FailureReason.NO_WITHDRAWAL: frozenset({PhaseName.WITHDRAWN, PhaseName.RELOADED}),
    FailureReason.CONTROL_VISIT_FAILED: frozenset({CONTROL}),
}
"""In which phases silence means nothing because of a failure, even where they were completed: there is no silence about a consent that was never
given."""


@dataclass(frozen=True, slots=True)
class Phase:
    """A named stretch of time, from ``start`` up to but not including ``end``, both in seconds since 1970.

    ``gate`` is the number of the gate pressed last before it, from 1; 0 where none was.
    """

    name: str
    start: float
    end: float
    gate: int = 0

    def holds(self, time: float) -> bool:
        return self.start <= time < self.end


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the audit at ``time`` (seconds since 1970); ``detail`` is an address, a number or empty."""

    time: float
    name: StepName
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One failure, with the browser's message."""

    name: FailureReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class ServerRequest:
    """One request of the site's own server, from its journal: what was sent where, why, and with what outcome.

    ``headers`` are names; ``outcome`` is the response's status or what went wrong, empty while there is neither; ``blocked`` that it was
    refused and not sent.
    """

    time: float
    trigger: str
    purpose: str
    platform: str
    method: str
    host: str
    path: str
    pages: tuple[str, ...]
    headers: tuple[str, ...]
    outcome: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class Journal:
    """What the server's journal records for the time of a visit. ``head`` and ``records`` describe the whole chain."""

    requests: tuple[ServerRequest, ...]
    head: str
    records: int


@dataclass(frozen=True, slots=True)
class Trace:
    """One audited page.

    ``own`` are the site's own endpoints, ``recipients`` the origins that the opened gates' own policies name (by the number of the gate),
    ``completed`` the names of the phases that were completed, ``whole`` whether the browser's log is complete. ``control_contacts`` are the
    contacts of the control visit, ``None`` where there was none. ``declarations`` is what the page declares, ``snapshots`` what was stored on
    the device at the end of each phase, ``aliases`` other names (CNAME) of looked-up names, ``journal`` what the site's server sent,
    ``links`` where the page leads. ``began`` and ``ended`` are in seconds since 1970.
    """

    url: str
    own: frozenset[str]
    phases: tuple[Phase, ...]
    contacts: tuple[Contact, ...]
    whole: bool
    browser: str
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    recipients: tuple[tuple[int, str], ...] = ()
    gates: int = 0
    completed: frozenset[str] = frozenset()
    control_contacts: tuple[Contact, ...] | None = None
    declarations: tuple[Declaration, ...] = ()
    snapshots: tuple[Snapshot, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    journal: Journal | None = None
    title: str = ""
    began: float = 0.0
    ended: float = 0.0
    links: tuple[str, ...] = ()

    def proves(self, phase: str) -> bool:
        """Whether silence in this phase proves anything: the phase was completed, no failure invalidates it, and the log has all of it.

        ``control``: the same of the control visit.
        """
        completed = self.control_contacts is not None if phase == CONTROL else self.whole and phase in self.completed
        return completed and not self.invalidating(phase)

    def invalidating(self, phase: str) -> tuple[FailureReason, ...]:
        """The failures because of which silence in this phase proves nothing."""
        return tuple(
            dict.fromkeys(problem.name for problem in self.problems if phase in INVALIDATED.get(problem.name, ()))
        )

    def left_out(self, phase: str) -> int:
        """How many controls neither mouse nor keyboard reached in a phase, because there were more than are visited."""
        stretches = [stretch for stretch in self.phases if stretch.name == phase]
        steps = (step for step in self.steps if step.name is StepName.LEFT_OUT)
        return max((int(step.detail) for step in steps if any(s.holds(step.time) for s in stretches)), default=0)

    def seconds(self, phase: str) -> float:
        """How long a phase was observed, in seconds, from the page's first response or the phase's start to its end; infinite where that is unknown."""
        stretches = [stretch for stretch in self.phases if stretch.name == phase]
        opened = min((step.time for step in self.steps if step.name is StepName.OPENED), default=self.began)
        return stretches[-1].end - max(stretches[0].start, opened) if stretches else 0.0

    def agreed(self, gate: int) -> frozenset[str]:
        """The recipients that the gates pressed so far had named."""
        return frozenset(origin for number, origin in self.recipients if number <= gate)


def within(contacts: Iterable[Contact], phases: Sequence[Phase]) -> tuple[Contact, ...]:
    """The contacts that fall into any of the phases."""
    return tuple(contact for contact in contacts if any(phase.holds(contact.time) for phase in phases))
