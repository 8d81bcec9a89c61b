"""The records of the JSON report: its published form. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

STRICT = {"extra": "forbid"}


@dataclass(frozen=True, slots=True)
class RuleEntry:
    """The exception of the policy file that allowed a contact."""

    host: str
    owner: str
    purpose: str
    legal_basis: str
    expires: str | None


@dataclass(frozen=True, slots=True)
class ServiceEntry:
    """A third party that shows no content: its name in the register and as people write it, what it is (``fonts``, ``captcha``), what to do
    instead (``own_copy``), and whether a public source says that it is at this place."""

    name: str
    title: str
    what: str
    instead: str
    confirmed: bool


@dataclass(frozen=True, slots=True)
class ContactEntry:
    """All contacts with one endpoint in one phase; ``endpoint`` is a host, on the auditing machine itself with its port. ``country`` is the
    company's seat, ``data_may_go_to`` countries outside the European Economic Area, ``unconfirmed`` which of these facts (``name``,
    ``country``, ``data_may_go_to``) no public source was found for."""

    phase: str
    endpoint: str
    platform: str
    company: str
    country: str
    data_may_go_to: list[str]
    unconfirmed: list[str]
    services: list[ServiceEntry]
    channels: list[str]
    urls: list[str]
    causes: list[str]
    carried: list[str]
    gates: list[int]
    count: int
    first: str | None
    sent: bool
    why: str
    rule: RuleEntry | None


@dataclass(frozen=True, slots=True)
class PhaseEntry:
    name: str
    start: str | None
    end: str | None
    gate: int
    complete: bool


@dataclass(frozen=True, slots=True)
class CookieEntry:
    name: str
    domain: str
    path: str
    expires: str | None
    secure: bool
    http_only: bool
    same_site: str
    partitioned: bool
    ephemeral: bool


@dataclass(frozen=True, slots=True)
class StoredEntry:
    origin: str
    local_storage: list[str]
    session_storage: list[str]
    indexed_db: list[str]
    caches: list[str]
    service_workers: list[str]
    ephemeral: bool


@dataclass(frozen=True, slots=True)
class SnapshotEntry:
    """What lay on the device at the end of a phase; names only. ``unasked`` are origins that had stored something and could not be read."""

    phase: str
    time: str | None
    cookies: list[CookieEntry]
    stored: list[StoredEntry]
    unasked: list[str]


@dataclass(frozen=True, slots=True)
class ServerEntry:
    """One request of the site's own server, from its journal."""

    time: str | None
    trigger: str
    purpose: str
    platform: str
    method: str
    host: str
    path: str
    pages: list[str]
    headers: list[str]
    outcome: str
    blocked: bool


@dataclass(frozen=True, slots=True)
class JournalEntry:
    head: str
    records: int
    requests: list[ServerEntry]


@dataclass(frozen=True, slots=True)
class DeclaredEntry:
    host: str
    how: str
    where: str


@dataclass(frozen=True, slots=True)
class NamedEntry:
    """A failure or a step: its name, its detail, and when."""

    name: str
    detail: str
    time: str | None


@dataclass(frozen=True, slots=True)
class UndeclaredEntry:
    """Something on the device that the policy does not name: when it was first seen, whether it outlasted withdrawal, whether it is a finding."""

    phase: str
    what: str
    left: bool | None
    finding: bool


@dataclass(frozen=True, slots=True)
class PageEntry:
    url: str
    title: str
    verdict: Literal["pass", "finding", "incomplete"]
    began: str | None
    ended: str | None
    log_whole: bool
    own: list[str]
    recipients: list[str]
    gates: int
    phases: list[PhaseEntry]
    findings: list[ContactEntry]
    expected: list[ContactEntry]
    browser_background: list[ContactEntry]
    only_in_visit: list[str]
    only_in_control: list[str]
    control_visit: bool
    stored: list[SnapshotEntry]
    undeclared_storage: list[UndeclaredEntry]
    declared_unused: list[DeclaredEntry]
    cloaked: list[list[str]]
    journal: JournalEntry | None
    problems: list[NamedEntry]
    steps: list[NamedEntry]


@dataclass(frozen=True, slots=True)
class ComparisonEntry:
    """Phase and endpoint of findings (or what was stored): new since, gone since, and the same as in the baseline, which ``began`` then."""

    began: str | None
    new: list[list[str]]
    gone: list[list[str]]
    same: list[list[str]]


@dataclass(frozen=True, slots=True)
class ToolEntry:
    name: str
    version: str
    playwright: str
    system: str
    time_zone: str
    switches: list[str]


@dataclass(frozen=True, slots=True)
class Document:
    """The whole report."""

    __pydantic_config__ = STRICT
    format: Literal["shariff-audit"]
    version: int
    verdict: Literal["pass", "finding", "incomplete"]
    site: str
    began: str | None
    ended: str | None
    browser: str
    idle_seconds: float
    sealed: str
    background_hosts: list[str]
    unneeded_exceptions: list[str]
    baseline_comparison: ComparisonEntry | None
    tool: ToolEntry | None
    pages: list[PageEntry]
