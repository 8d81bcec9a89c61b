"""Checks the configuration and suggests fixes: what is configured, released, stale or missing. No request is sent, and nothing is changed
except for trial writes, which are undone.
"""

from __future__ import annotations

from datetime import date

from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.doctor.files import places
from shariff_py.doctor.headers import policy
from shariff_py.doctor.kept_previews import previews
from shariff_py.doctor.pages import examine_pages
from shariff_py.doctor.requests import counts
from shariff_py.doctor.rulebook import ages, platforms, site, third_parties
from shariff_py.doctor.texts import texts
from shariff_py.settings import Settings

__all__ = ["Diagnosis", "examine", "examine_pages"]


def examine(settings: Settings, today: date) -> tuple[Diagnosis, ...]:
    """All checks, in order of importance."""
    return (
        *site(settings),
        *texts(settings),
        *platforms(settings, today),
        ages(settings, today),
        *counts(settings, today),
        *previews(settings),
        *policy(settings, today),
        third_parties(today),
        *places(settings),
    )
