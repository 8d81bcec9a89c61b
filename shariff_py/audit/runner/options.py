"""What is wanted of a run, and whether that can be had: what is wrong is said before any browser is started."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

from shariff_py.audit.report import FORMATS
from shariff_py.audit.report.wording import WORDS
from shariff_py.audit.verdict.policy import AuditPolicy
from shariff_py.audit.visit.chromium import Setup
from shariff_py.errors import AuditError
from shariff_py.urls import parse


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a run.

    ``own`` are further hosts of the site, ``sitemaps`` and ``depth`` tell where more pages come from, ``most`` bounds their number, ``at_once``
    is how many are visited side by side and ``interval`` how many seconds lie between the beginnings of two visits. ``formats`` are names
    from `FORMATS`, written to ``out``. ``resume`` goes on with the run that is in ``out``.
    """

    lang: str = "de"
    out: Path | None = None
    formats: tuple[str, ...] = FORMATS
    chromium: str | None = None
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
    earlier: Path | None = None
    unwatched: bool = True
    all_phases: bool = True
    values: bool = False
    keep_net_log: bool = False
    patience: float = 240.0
    setup: Setup | None = None
    sealed: str = ""
    engine: str = "chromium"
    closed_ports: tuple[int, ...] = ()
    today: date | None = None


LEAST: Mapping[str, tuple[str, float]] = {
    "idle_seconds": ("--idle", 0.0),
    "interval": ("--interval", 0.0),
    "patience": ("patience", 1.0),
    "depth": ("--depth", 0),
    "most": ("--most", 1),
    "at_once": ("--at-once", 1),
}
"""The numbers of an order: what they are called on the command line, and the least that means anything."""


def check(order: Order, urls: Sequence[str]) -> None:
    """Raise `AuditError` for what cannot be done."""
    if order.lang not in WORDS:
        raise AuditError(
            f"there is no report in the language {order.lang!r}. Choose one of: {', '.join(sorted(WORDS))}"
        )
    for name, (option, least) in LEAST.items():
        number = getattr(order, name)
        if not (isfinite(number) and number >= least):
            raise AuditError(f"{option} is {number}, which says nothing. Give a number from {least:g} on.")
    for url in (*urls, *order.sitemaps):
        if parse(url) is None:
            raise AuditError(
                f"{url!r} is not an address that can be visited. Give it whole, as in https://www.example.org/"
            )
    if not urls and not order.sitemaps and not order.resume:
        raise AuditError("no address to audit. Name at least one page, a list or a sitemap.")
    if order.resume and order.out is None:
        raise AuditError("a run can only be gone on with in its folder. Name it with --out.")


def check_same(order: Order, about: Mapping[str, Any]) -> None:
    """A run that is gone on with is bounded as it was begun: pages already visited are not asked again where they lead."""
    for name in ("depth", "most"):
        begun, wanted = int(about[name]), getattr(order, name)
        if wanted not in (begun, getattr(Order(), name)):
            raise AuditError(
                f"the run was begun with --{name} {begun}, not {wanted}. Leave it out, or begin a new run."
            )
