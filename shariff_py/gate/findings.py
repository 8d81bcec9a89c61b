"""What the gate did to a page: the new HTML, and one finding for each thing it touched."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What stands in the page now in place of what was pasted."""

    GATED = "gated"
    LINKED = "linked"
    SHARED = "shared"
    REMOVED = "removed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the gate touched.

    ``found`` is what was pasted (``iframe``, ``fb-post``, ``inline script``), ``kind`` the kind of content or empty, ``address`` what it
    pointed at, ``note`` a sentence that says why where it is not plain.
    """

    outcome: Outcome
    platform: str
    found: str
    kind: str = ""
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gated:
    """The gated HTML and the findings, in document order. Without findings ``html`` is the very string that was given."""

    html: str
    findings: tuple[Finding, ...]
