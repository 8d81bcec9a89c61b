"""What is configured, released, stale or missing. Facts are compared with today; nothing is asked of anybody, nothing is changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from os import W_OK, access
from pathlib import Path
from tempfile import TemporaryFile

from shariff_py.channels import Register
from shariff_py.errors import ShariffError
from shariff_py.journal import Journal
from shariff_py.platforms.exchange import CountSource
from shariff_py.platforms.record import Platform
from shariff_py.platforms.register import REGISTER
from shariff_py.settings import Settings, read_channels
from shariff_py.stores import SQLiteStore, open_store
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
    transfer = platform.operator.transfer
    yield Diagnosis(
        transfer.in_force and today - transfer.checked_on <= TRANSFER_CHECK,
        f"{platform.name}: transfer basis",
        f"{transfer.mechanism}, {'' if transfer.in_force else 'not in force any more, '}checked on {transfer.checked_on}",
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
    yield _version(platform.name, source, own.version or source.version, today)


def _version(name: str, source: CountSource, version: str, today: date) -> Diagnosis:
    known = version == source.version or version in source.version_ends
    ends = source.version_ends.get(version)
    return Diagnosis(
        known and (ends is None or date.fromisoformat(ends) - today > VERSION_WARNING),
        f"{name}: interface version",
        version + (f", ends on {ends}" if ends else "") + ("" if known else ", which this release does not know"),
        f"Set platforms.{name}.version to {source.version}.",
    )


def _places(settings: Settings) -> Iterator[Diagnosis]:
    missing = [name for name in ("shariff.min.js", "shariff.min.css") if not (static_folder() / name).is_file()]
    yield Diagnosis(
        not missing,
        "widget files",
        f"missing: {', '.join(missing)}" if missing else "there",
        "Install the package again.",
    )
    yield _store(settings.counts.store)
    yield _journal(Path(settings.journal.path))
    yield _channels(settings)


def _store(address: str) -> Diagnosis:
    what = "counts.store"
    try:
        store = open_store(address)
        if isinstance(store, SQLiteStore):
            if why := _unwritable(store.path):
                return Diagnosis(False, what, f"{address}: {why}", "Correct the place, or the rights of its folder.")
            if not store.path.exists():
                return Diagnosis(True, what, f"{address}, made with the first page")
        state = store.state()
        store.close()
    except ShariffError as error:
        return Diagnosis(False, what, str(error), "Correct the place, or the rights of its folder.")
    return Diagnosis(True, what, f"{address}, pages: {state.pages}")


def _journal(path: Path) -> Diagnosis:
    if why := _unwritable(path):
        return Diagnosis(False, "journal", f"{path}: {why}", "Correct journal.path, or the rights of its folder.")
    try:
        verified = Journal(path).verify()
    except ShariffError as error:
        return Diagnosis(False, "journal", str(error), "Keep the file, ask who changed it, and start a new one.")
    return Diagnosis(True, "journal", f"{verified.records} records, the chain holds")


def _channels(settings: Settings) -> Diagnosis:
    if not settings.channels:
        return Diagnosis(True, "channels", "no register named")
    try:
        register = Register.from_mapping(read_channels(settings), language=settings.site.language)
    except ShariffError as error:
        return Diagnosis(False, "channels", str(error), "Correct the file, or the setting that names it.")
    return Diagnosis(True, "channels", f"{settings.channels}, channels: {len(register.channels)}")


def _unwritable(path: Path) -> str:
    """Why a file could not be written at that place; empty where it could. What is missing is not made.

    A file without a name is tried in the nearest folder there is: rights alone do not tell of a disk that is full or read-only.
    """
    if path.is_dir():
        return "it is a folder."
    if path.exists() and not access(path, W_OK):
        return "the file cannot be written by this user."
    nearest = next(place for place in path.absolute().parents if place.exists())
    try:
        with TemporaryFile(dir=nearest):
            return ""
    except OSError as error:
        return f"nothing can be written in {str(nearest)!r} ({error.strerror})."
