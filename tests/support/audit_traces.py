"""Traces and audits made from contacts, for tests of the audit's pure parts."""

from __future__ import annotations

from dataclasses import replace

from shariff_py.audit.evidence.contact import Channel, Contact
from shariff_py.audit.evidence.trace import Phase, Trace
from shariff_py.audit.verdict.judge import Audit, judge

NOON = 1795435200.0
OWN = frozenset({"www.example.org"})


def contact(host: str, channel: Channel = Channel.REQUEST, at: float = 1, **more: object) -> Contact:
    known = Contact(host, 443, channel, NOON + at, url=f"https://{host}/x?id=1", sent=True, method="GET")
    return replace(known, **more)  # type: ignore[arg-type]


def trace(*contacts: Contact, **more: object) -> Trace:
    phases = (Phase("before", 0, NOON + 10), Phase("after", NOON + 10, NOON + 20, 1), Phase("withdrawn", NOON + 20, NOON + 30), Phase("reloaded", NOON + 30, NOON + 40))  # fmt: skip
    known = Trace("https://www.example.org/", OWN, phases, contacts, True, "Chromium 156", completed=frozenset(p.name for p in phases), began=NOON, ended=NOON + 40)  # fmt: skip
    return replace(known, **more)  # type: ignore[arg-type]


def audit(*traces: Trace) -> Audit:
    return Audit(tuple(judge(one, frozenset()) for one in traces), (), "Chromium 156", NOON, 5, NOON + 40)
