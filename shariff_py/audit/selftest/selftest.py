"""Audits a page known to leak and counts how much of it the report lists, using everything from browser to verdict."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from shariff_py.audit.evidence.trace import CONTROL
from shariff_py.audit.runner.run import AuditOptions, run
from shariff_py.audit.selftest.page import documents
from shariff_py.audit.selftest.site import LeakSite
from shariff_py.audit.selftest.vectors import SITE, VECTORS, Vector
from shariff_py.audit.sink.authority import Authority
from shariff_py.audit.sink.recorder import Recorder
from shariff_py.audit.sink.sealing import redirected
from shariff_py.audit.verdict.judge import Audit
from shariff_py.audit.verdict.policy import AuditPolicy, Consent
from shariff_py.audit.visit.chromium import installed

POLICY = AuditPolicy(site="leaks", consent=Consent(accept=("#accept",), withdraw=("#withdraw",)))
THIS_MACHINE = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: ``reported`` are the vectors that the report lists under their channel and in their phase, ``missed`` the others."""

    reported: tuple[Vector, ...]
    missed: tuple[Vector, ...]
    audit: Audit

    @property
    def by_channel(self) -> Mapping[str, tuple[int, int]]:
        """For each channel, how many vectors were reported and how many there are."""
        all_of = Counter(vector.channel.value for vector in VECTORS)
        found = Counter(vector.channel.value for vector in self.reported)
        return {channel: (found[channel], number) for channel, number in all_of.items()}


def self_test(*, lang: str = "de", out: Path | None = None, idle_seconds: float = 5.0) -> Outcome:
    """Serve the page, audit it, compare. Everything stays on this machine."""
    with tempfile.TemporaryDirectory(prefix="shariff-self-test-") as folder:
        authority = Authority(Path(folder))
        with (
            Recorder(authority, resolve_own=lambda name: THIS_MACHINE if name == SITE else None) as recorder,
            LeakSite(authority, SITE, documents(recorder.port)) as site,
        ):
            options = AuditOptions(
                lang=lang,
                out=out,
                policy=POLICY,
                idle_seconds=idle_seconds,
                setup=redirected(recorder, installed()),
                sealed="resolver",
            )
            audit = run([f"https://{SITE}:{site.port}/"], options)
    reported = tuple(vector for vector in VECTORS if is_reported(vector, audit))
    return Outcome(reported, tuple(vector for vector in VECTORS if vector not in reported), audit)


def is_reported(vector: Vector, audit: Audit) -> bool:
    """Whether the report lists the vector's host, by its channel and in its phase."""
    phase = CONTROL if vector.control else vector.phase
    return any(
        group.endpoint == vector.host and group.phase == phase and vector.channel in group.channels
        for page in audit.pages
        for group in page.findings
    )


def table(outcome: Outcome) -> str:
    """The outcome as the documentation carries it: a row per channel."""
    rows = [f"| {channel} | {found} | {number} |" for channel, (found, number) in sorted(outcome.by_channel.items())]
    total = f"| all | {len(outcome.reported)} | {len(VECTORS)} |"
    missed = [f"missed: {vector.name} ({vector.channel}, {vector.phase})" for vector in outcome.missed]
    return "\n".join(["| channel | reported | vectors |", "|---|---|---|", *rows, total, *missed]) + "\n"
