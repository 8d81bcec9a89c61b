"""What the gate did to a page: the new HTML, and one finding for each thing it touched."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Outcome(StrEnum):
    """What stands in the page now in place of what was pasted."""

    GATED = "gated"
    LINKED = "linked"
    SHARED = "shared"
    REMOVED = "removed"
    DROPPED = "dropped"
    REPORTED = "reported"


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

    def translated(self, letters: dict[int, str]) -> Finding:
        """The same with other letters in what was pasted."""
        return replace(self, found=self.found.translate(letters), address=self.address.translate(letters))


@dataclass(frozen=True, slots=True)
class Gated:
    """The gated HTML and the findings: in document order, those inside scripts, styles and ``noscript`` after the others. Without findings ``html`` is the very string that was given."""

    html: str
    findings: tuple[Finding, ...]
