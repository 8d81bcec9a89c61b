"""One check of the configuration."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One check: whether it passed, what was found, and how to fix it where it did not."""

    well: bool
    what: str
    finding: str
    cure: str = ""
