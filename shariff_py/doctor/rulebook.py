"""Checks of what is set for the site and its platforms: releases, controllers, the age of records."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from shariff_py.consent_ui.gate import languages_too_long, longest_gate
from shariff_py.consent_ui.lengths import MAX_GATE_BYTES
from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.platforms.allowed_hosts import allowed_platforms
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import service
from shariff_py.platforms.services import ENDED
from shariff_py.platforms.third_parties.register import register
from shariff_py.settings import Settings

TRANSFER_CHECK = timedelta(days=90)
"""For how long the check of a transfer's legal basis is relied on (an adequacy decision can be annulled any day)."""

RECORD_CHECK = timedelta(days=180)
"""For how long a record counts as up to date: plugins have ended within three months of the announcement."""


def site(settings: Settings) -> Iterator[Diagnosis]:
    yield Diagnosis(
        bool(settings.site.origin), "site.origin",
        settings.site.origin or "not set: only site.hosts, or else this machine, get into share links",
        'Set it to the address visitors use, for example "https://www.example.org".',
    )  # fmt: skip
    yield Diagnosis(
        bool(settings.controllers), "controllers",
        ", ".join(settings.controllers) or "none: every gate is only a link", "Add a controller for the pages.",
    )  # fmt: skip
    longest, others = longest_gate(settings), languages_too_long(settings)
    yield Diagnosis(
        longest.size <= MAX_GATE_BYTES, "gates",
        f"{longest}" + (f"; more than {MAX_GATE_BYTES} in {', '.join(others)}" if others else ""),
        f"A gate has at most {MAX_GATE_BYTES} bytes: it goes without remember_days, then without offer_login, and where that is not enough "
        "it is a link. Shorten the controller's name and addresses.",
    )  # fmt: skip
    for name, named_in in settings.ended().items():
        yield Diagnosis(False, f"{name}: ended", ENDED[name], f"It is left out. Remove it from {', '.join(named_in)}.")
    living = [name for name in settings.services if name not in ENDED]
    unreleased = [name for name in living if not _may_share(settings, name)]
    yield Diagnosis(
        not unreleased, "services",
        f"not released and so not shown: {', '.join(unreleased)}" if unreleased else ", ".join(living),
        "Release them in releases, or take them out of services.",
    )  # fmt: skip
    for allowed in allowed_platforms(settings.gate.allow):
        yield Diagnosis(False, "gate.allow", allowed.finding, allowed.cure)
    yield Diagnosis(
        bool(settings.frame.secrets), "frame.secrets", "set" if settings.frame.secrets else "not set",
        "Set SHARIFF_FRAME__SECRETS_FILE, or the application's secret key.",
    )  # fmt: skip
    yield Diagnosis(
        not settings.stand_in, "stand_in", ", ".join(settings.stand_in) or "none",
        "Remove the mock servers (stand_in) before the site goes live.",
    )  # fmt: skip


def _may_share(settings: Settings, name: str) -> bool:
    record = service(name)
    return record is not None and settings.policy.may_share(record)


def platform(settings: Settings, platform: Platform, today: date) -> Iterator[Diagnosis]:
    release = settings.policy.release(platform.name)
    yield Diagnosis(True, platform.name, f"{release.state}" + (f" since {release.since}" if release.since else ""))
    if not release.is_open or platform.operator is None:
        return
    yield Diagnosis(
        today - platform.checked_on <= RECORD_CHECK,
        f"{platform.name}: record",
        f"last verified against the platform on {platform.checked_on}",
        "Load some of its content and see whether it still appears; update the library.",
    )
    transfer = platform.operator.transfer
    if transfer is None:
        return
    yield Diagnosis(
        transfer.in_force and today - transfer.checked_on <= TRANSFER_CHECK,
        f"{platform.name}: transfer basis",
        f"{transfer.mechanism}, {'' if transfer.in_force else 'no longer in force, '}checked on {transfer.checked_on}",
        "Check that it is still valid, and update the library.",
    )


def third_parties(today: date) -> Iterator[Diagnosis]:
    """How old what is known of third parties is."""
    known = register().third_parties
    oldest = min(third_party.checked_on for third_party in known)
    yield Diagnosis(
        today - oldest <= RECORD_CHECK,
        "third parties",
        f"{len(known)} known by name, last verified on {oldest}",
        "Update the library: hosts and providers change.",
    )
