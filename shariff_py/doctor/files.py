"""Checks of files and stores: the widget, counts, journal, register of channels."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from os import W_OK, access
from pathlib import Path
from tempfile import TemporaryFile

from shariff_py.channels import Register
from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.errors import ConfigurationError, ShariffError, StoreError
from shariff_py.journal import Journal, checkpoints, removed_early
from shariff_py.settings import Settings, read_channels
from shariff_py.stores import open_store, shown
from shariff_py.stores.sqlite import CORRUPT_CURE, SQLiteStore
from shariff_py.web.assets import differing_files, static_folder


def places(settings: Settings) -> Iterator[Diagnosis]:
    wrong = differing_files(static_folder())
    finding = f"missing or not as they were made: {', '.join(wrong)}" if wrong else "complete"
    yield Diagnosis(
        not wrong, "widget files", finding, "Install the package again: browsers refuse a file that was changed."
    )
    yield _store(settings.counts.store)
    yield _journal(settings)
    yield _channels(settings)


def _store(address: str) -> Diagnosis:
    what, place = "counts.store", shown(address)
    try:
        store = open_store(address, mends=False)
        if isinstance(store, SQLiteStore):
            if why := _unwritable(store.path):
                return Diagnosis(False, what, f"{place}: {why}", "Correct the path, or the permissions of its folder.")
            if not store.path.exists():
                return Diagnosis(True, what, f"{place}, will be created with the first page")
        with closing(store):
            state = store.summary()
            store.check_writable()
    except (StoreError, ConfigurationError) as error:
        return Diagnosis(False, what, str(error).removesuffix(f" {error.cure}"), error.cure)
    if state.set_aside:
        return Diagnosis(False, what, f"{place} was corrupt and is kept as {', '.join(state.set_aside)}", CORRUPT_CURE)
    return Diagnosis(True, what, f"{place}, pages: {state.pages}")


def _journal(settings: Settings) -> Diagnosis:
    path = Path(settings.journal.path)
    if why := _unwritable(path):
        return Diagnosis(False, "journal", f"{path}: {why}", "Correct journal.path, or the permissions of its folder.")
    try:
        verified, compared = checkpoints(settings, Journal(path)).verify()
    except ShariffError as error:
        return Diagnosis(False, "journal", str(error), "Keep the file, find out who changed it, and start a new one.")
    wrong = [one.sentence for one in compared if one.is_alarm]
    intact = f"{verified.records} records, the chain is intact"
    finding = " ".join(wrong) or f"{intact}. {removed_early(verified, settings.journal.keep_months)}".removesuffix(". ")
    return Diagnosis(not wrong, "journal", finding, "Compare the journal with your backups.")


def _channels(settings: Settings) -> Diagnosis:
    if not settings.channels:
        return Diagnosis(True, "channels", "no register set")
    try:
        register = Register.from_mapping(read_channels(settings), language=settings.site.language)
    except ShariffError as error:
        return Diagnosis(False, "channels", str(error), "Correct the file, or the setting channels.")
    return Diagnosis(True, "channels", f"{settings.channels}, channels: {len(register.channels)}")


def _unwritable(path: Path) -> str:
    """Why a file could not be written at that path; empty where it could. Missing folders are not created.

    A nameless file is tried in the nearest existing folder, because permissions do not show a disk that is full or read-only.
    """
    if path.is_dir():
        return "it is a folder."
    if path.exists() and not access(path, W_OK):
        return "this user may not write the file."
    nearest = next(place for place in path.absolute().parents if place.exists())
    try:
        with TemporaryFile(dir=nearest):
            return ""
    except OSError as error:
        return f"nothing can be written in {str(nearest)!r} ({error.strerror})."
