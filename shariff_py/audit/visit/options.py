"""The options of an audit: one record, passed whole from the command to each visit."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from shariff_py.audit.verdict.policy import AuditPolicy
from shariff_py.audit.visit.chromium import Setup, installed


@dataclass(frozen=True, slots=True)
class AuditOptions:
    """The options of an audit. They live here because visits are the lowest part that reads them.

    Pages: ``sitemaps`` are addresses of sitemaps, ``depth`` is how many links are followed from a named page, ``most`` bounds the number of
    pages. ``own`` are addresses or hosts of the site itself (``*.example.org`` for all below).

    Visits: ``idle_seconds`` is the waiting time of the first phase, ``all_phases`` runs all four phases instead of the first alone,
    ``control_visit`` for the visit without a debugger beside it. ``at_once`` visits run side by side, ``interval`` seconds lie between two
    starts, and a visit is ended after ``patience`` seconds (an ordinary one takes a tenth of that). ``journal`` is the journal of the site's
    server. ``setup`` is how the browser is started, by default the one that is found; ``engine`` names it. ``background`` are hosts the
    browser contacts by itself; a run measures them.

    Results: ``out`` is the folder for reports in ``formats`` (names from `shariff_py.audit.report.FORMATS`, none given: all) and ``lang``.
    ``keep_values`` keeps values of parameters in addresses, ``keep_net_log`` the browser's logs. ``resume`` continues the run in ``out``.
    ``baseline`` is the ``report.json`` to compare with, ``today`` decides about expiry (default: the day of the visit). ``sealed`` is the
    means by which the audit is offline (``namespace``, ``resolver`` or empty), ``closed_ports`` which of the sink's ports are not open.
    """

    lang: str = "de"
    out: Path | None = None
    formats: tuple[str, ...] = ()
    idle_seconds: float = 5.0
    own: tuple[str, ...] = ()
    policy: AuditPolicy = field(default_factory=AuditPolicy)
    sitemaps: tuple[str, ...] = ()
    depth: int = 0
    most: int = 1000
    at_once: int = 2
    interval: float = 1.0
    resume: bool = False
    journal: Path | None = None
    baseline: Path | None = None
    control_visit: bool = True
    all_phases: bool = True
    keep_values: bool = False
    keep_net_log: bool = False
    patience: float = 240.0
    setup: Setup | None = None
    sealed: str = ""
    engine: str = "chromium"
    closed_ports: tuple[int, ...] = ()
    today: date | None = None
    background: frozenset[str] = frozenset()

    @property
    def browser(self) -> Setup:
        """How the browser is started."""
        return self.setup or Setup(installed())
