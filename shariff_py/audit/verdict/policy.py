"""The policy file of an audit: who may be contacted in which phase, under whose responsibility, for what purpose, until when.

A TOML file, checked once. ``docs/audit.md`` describes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import Annotated, Any, Literal

from pydantic import StringConstraints, TypeAdapter, ValidationError

from shariff_py.audit.evidence.contact import host_as_browsers_write_it
from shariff_py.errors import ConfigurationError
from shariff_py.policy import STRICT
from shariff_py.urls import host_is

Filled = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
"""A text that is not empty: an exception needs a responsible owner."""

PhaseWord = Literal["before", "after", "withdrawn", "reloaded", "server"]
PHASES: tuple[PhaseWord, ...] = ("before", "after", "withdrawn", "reloaded")


@dataclass(frozen=True, slots=True)
class Allowed:
    """One exception. ``host`` is a host, or ``*.example.org`` for it and everything below; what ``expires`` is a finding from the day after."""

    __pydantic_config__ = STRICT
    host: Filled
    owner: Filled
    purpose: Filled
    legal_basis: Filled
    phases: tuple[PhaseWord, ...] = PHASES
    expires: date | None = None

    def covers(self, host: str) -> bool:
        """Whether a host is meant."""
        named = host_as_browsers_write_it(self.host.removeprefix("*."))
        return host_is(host, named) if self.host.startswith("*.") else host == named


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that may lie on the device. ``name`` is its name or a pattern of it (``session_*``)."""

    __pydantic_config__ = STRICT
    name: Filled
    purpose: Filled
    legal_basis: Filled
    phases: tuple[PhaseWord, ...] = PHASES

    def covers(self, name: str, phase: str) -> bool:
        return phase in self.phases and fnmatchcase(name, self.name)


@dataclass(frozen=True, slots=True)
class Consent:
    """How consent is given and withdrawn where another tool manages it: controls to press, in order.

    Each is a CSS selector, or ``text=Accept all``; they are looked for in the page and in all its frames. ``wait`` is how many seconds to
    wait for the first one.
    """

    __pydantic_config__ = STRICT
    accept: tuple[str, ...] = ()
    withdraw: tuple[str, ...] = ()
    wait: float = 3.0


@dataclass(frozen=True, slots=True)
class Company:
    """Who is behind hosts (each with everything below it). ``country`` is the ISO 3166 code of its seat or empty, ``data_may_go_to`` are those
    of countries outside the European Economic Area."""

    __pydantic_config__ = STRICT
    name: str
    hosts: tuple[str, ...]
    country: str = ""
    data_may_go_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditPolicy:
    """The contents of a site's policy file. Without one, only the site itself and opened platforms may be contacted."""

    __pydantic_config__ = STRICT
    site: str = ""
    own: tuple[str, ...] = ()
    allow: tuple[Allowed, ...] = ()
    keep: tuple[Kept, ...] = ()
    storage: Literal["list", "judge"] = "list"
    consent: Consent = field(default_factory=Consent)
    companies: tuple[Company, ...] = ()

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> AuditPolicy:
        """Check a mapping. Raises `ConfigurationError` for the first field that cannot be used, with its name and the fix."""
        try:
            return _ADAPTER.validate_python(values)
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            message, cure = SENTENCES.get(first["type"], (f"cannot be used: {first['msg']}.", "See docs/audit.md."))
            field_path = ".".join(str(part + 1) if isinstance(part, int) else part for part in first["loc"])
            raise ConfigurationError(message, setting=field_path, cure=cure) from None

    def rule(self, host: str, phase: str, today: date) -> tuple[Allowed | None, str]:
        """The exception for a host in a phase, and why it does not hold: ``expired``, ``phase`` or nothing."""
        reason = ""
        for rule in self.allow:
            if not rule.covers(host):
                continue
            if phase not in rule.phases:
                reason = reason or "phase"
            elif rule.expires is not None and today > rule.expires:
                reason = "expired"
            else:
                return rule, ""
        return None, reason


_ADAPTER: TypeAdapter[AuditPolicy] = TypeAdapter(AuditPolicy)

SENTENCES: Mapping[str, tuple[str, str]] = {
    "unexpected_keyword_argument": ("is not a field of the policy file.", "Check the spelling."),
    "missing": ("is missing.", "Every exception needs an owner, a purpose and a legal basis."),
    "string_too_short": ("is empty.", "Every exception needs an owner, a purpose and a legal basis."),
    "string_type": ("is not a text.", "Write it in quotation marks."),
    "tuple_type": ("is not a list.", 'Write it in square brackets: ["before", "after"].'),
    "literal_error": (
        "is not a known value.",
        f"Phases are {', '.join(PHASES)} and server; storage is list or judge.",
    ),
    "date_from_datetime_inexact": ("is not a date.", "Write it without quotation marks, year first: 2027-06-30."),
    "date_from_datetime_parsing": ("is not a date.", "Write it without quotation marks, year first: 2027-06-30."),
    "date_type": ("is not a date.", "Write it without quotation marks, year first: 2027-06-30."),
    "dataclass_type": ("is not a table.", "Begin it with [[allow]], [[keep]], [[companies]] or [consent]."),
}
"""Message and fix for each way a field can be wrong."""
