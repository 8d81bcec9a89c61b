"""The result of gating a page: the new HTML, and one finding for each thing that was changed or reported."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Outcome(StrEnum):
    """What is in the page now in place of what was pasted."""

    GATED = "gated"
    LINKED = "linked"
    SHARED = "shared"
    REMOVED = "removed"
    DROPPED = "dropped"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that the gate changed or reports.

    ``platform`` is its name in the registry, empty where none is known. ``found`` is what was pasted (``iframe``, ``inline script``, the
    class or element of a widget), ``kind`` the kind of content or empty, ``address`` what it pointed at, ``note`` the reason where it is
    not obvious.
    """

    outcome: Outcome
    platform: str
    found: str
    kind: str = ""
    address: str = ""
    note: str = ""

    def translated(self, table: dict[int, str]) -> Finding:
        """The same finding with characters of ``found`` and ``address`` replaced, as by `str.translate`."""
        return replace(self, found=self.found.translate(table), address=self.address.translate(table))


@dataclass(frozen=True, slots=True)
class Gated:
    """The gated HTML and the findings: in document order, those inside scripts, styles and ``noscript`` after the others.

    Without findings ``html`` is the very string that was given.
    """

    html: str
    findings: tuple[Finding, ...]
