"""How pages are visited: what all visits of one run have in common."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from shariff_py.audit.verdict.policy import Consent
from shariff_py.audit.visit.browser import LONGEST_VISIT_SECONDS
from shariff_py.audit.visit.chromium import Setup


@dataclass(frozen=True, slots=True)
class Plan:
    """How pages are visited. ``own`` are addresses or hosts of the site itself (``*.example.org`` for all below), ``journal`` its server's.

    ``unwatched`` asks for the second look, ``phases`` for all four or only the first. ``values`` keeps values of parameters, ``net_logs``
    is a folder for the browser's own logs.
    """

    setup: Setup = field(default_factory=Setup)
    own: tuple[str, ...] = ()
    baseline: frozenset[str] = frozenset()
    idle_seconds: float = 5.0
    consent: Consent = field(default_factory=Consent)
    journal: Path | None = None
    unwatched: bool = True
    all_phases: bool = True
    values: bool = False
    net_logs: Path | None = None
    patience: float = LONGEST_VISIT_SECONDS
