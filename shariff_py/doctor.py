"""What is configured, released, stale or missing. Facts are compared with today; nothing is asked of anybody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from shariff_py.errors import ShariffError
from shariff_py.journal import Journal
from shariff_py.platforms.record import Platform
from shariff_py.platforms.register import REGISTER
from shariff_py.settings import Settings
from shariff_py.stores import open_store
from shariff_py.web.assets import static_folder

TRANSFER_CHECK = timedelta(days=90)
"""How long the check of a transfer's legal basis is relied on (a decision of adequacy can fall any day)."""

VERSION_WARNING = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One thing looked at: whether it is well, what was found, and the cure where it is not."""

    well: bool
    what: str
    finding: str
    cure: str = ""


def examine(settings: Settings, today: date) -> tuple[Diagnosis, ...]:
    """Look at everything the settings name, in the order of importance."""
    return (
        *_site(settings),
        *(
            diagnosis
            for platform in REGISTER.values()
            if platform.operator
            for diagnosis in _platform(settings, platform, today)
        ),
        *_places(settings),
    )


def _site(settings: Settings) -> Iterator[Diagnosis]:
    yield Diagnosis(
        bool(settings.site.origin),
        "site.origin",
        settings.site.origin or "not set: addresses follow the request's Host header",
        'Set it to the address visitors use, for example "https://www.example.org".',
    )
    yield Diagnosis(
        bool(settings.controllers),
        "controllers",
        ", ".join(settings.controllers) or "none: every gate stays a link",
        "Name who answers for the pages.",
    )
    yield Diagnosis(
        bool(settings.frame.secrets), "frame.secrets", "set" if settings.frame.secrets else "not set",
        "Set SHARIFF_FRAME__SECRETS_FILE, or the application's secret key.",
    )  # fmt: skip
    yield Diagnosis(
        not settings.stand_in, "stand_in", ", ".join(settings.stand_in) or "none",
        "Remove the stand-ins before the site goes live.",
    )  # fmt: skip


def _platform(settings: Settings, platform: Platform, today: date) -> Iterator[Diagnosis]:
    release = settings.policy.release(platform.name)
    yield Diagnosis(True, platform.name, f"{release.state}" + (f" since {release.since}" if release.since else ""))
    if not release.is_open or platform.operator is None:
        return
    checked = platform.operator.transfer.checked_on
    yield Diagnosis(
        today - checked <= TRANSFER_CHECK,
        f"{platform.name}: transfer basis",
        f"{platform.operator.transfer.mechanism}, checked on {checked}",
        "Check whether it still holds, and update the library.",
    )
    source, own = platform.counts, settings.platform(platform.name)
    if source is None:
        return
    if source.needs_credentials:
        variable = f"SHARIFF_PLATFORMS__{platform.name.upper()}__TOKEN_FILE"
        yield Diagnosis(
            bool(own.token), f"{platform.name}: token", "set" if own.token else "not set: no counts", f"Set {variable}."
        )
    version = own.version or source.version
    ends = source.version_ends.get(version)
    yield Diagnosis(
        ends is None or date.fromisoformat(ends) - today > VERSION_WARNING,
        f"{platform.name}: interface version",
        f"{version}" + (f", ends on {ends}" if ends else ""),
        f"Set platforms.{platform.name}.version to {source.version}.",
    )


def _places(settings: Settings) -> Iterator[Diagnosis]:
    missing = [name for name in ("shariff.min.js", "shariff.min.css") if not (static_folder() / name).is_file()]
    yield Diagnosis(
        not missing,
        "widget files",
        f"missing: {', '.join(missing)}" if missing else "there",
        "Install the package again.",
    )
    try:
        open_store(settings.counts.store)
        yield Diagnosis(True, "counts.store", settings.counts.store)
    except ShariffError as error:
        yield Diagnosis(False, "counts.store", str(error), "Correct the place, or the rights of its folder.")
    try:
        verified = Journal(settings.journal.path).verify()
        yield Diagnosis(True, "journal", f"{verified.records} records, the chain holds")
    except ShariffError as error:
        yield Diagnosis(False, "journal", str(error), "Keep the file, ask who changed it, and start a new one.")
