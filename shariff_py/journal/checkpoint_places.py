"""Where the checkpoints of this machine's journal are: in the store of the counts, and in a file if one is set."""

from __future__ import annotations

import platform
from pathlib import Path

from shariff_py.errors import ConfigurationError, StoreError
from shariff_py.journal.checkpoint import Checkpoints, Place
from shariff_py.journal.journal import Journal
from shariff_py.settings import Settings
from shariff_py.stores import Store, open_store, shown

ONE_MACHINE = ("sqlite:", "memory:")
"""Stores that no other machine shares. In a shared one each machine has the checkpoint of its own journal, by its host name."""


def checkpoints(settings: Settings, journal: Journal, store: Store | None = None) -> Checkpoints:
    """The checkpoints of the journal by the settings. A store in memory keeps none: it ends with the process. Without a ``store`` it is
    opened when it is needed, and one that is set wrongly is a place that cannot be read."""
    address, places = settings.counts.store, []
    name = "journal" if address.startswith(ONE_MACHINE) else platform.node()
    if address != "memory:":
        places.append(_in_store(address, name, store))
    if settings.journal.checkpoint:
        places.append(Place.file(Path(settings.journal.checkpoint)))
    return Checkpoints(journal, places, settings.frame.secrets)


def _in_store(address: str, name: str, store: Store | None) -> Place:
    def opened(*, mends: bool = True) -> Store:
        try:
            return store or open_store(address, mends=mends)
        except ConfigurationError as error:
            raise StoreError(str(error)) from None

    def load() -> str:
        # Who compares only looks: a corrupt store stays where it is.
        return opened(mends=False).load_checkpoint(name)

    def save(text: str) -> None:
        opened().save_checkpoint(name, text)

    return Place(f"the store {shown(address)}", load, save)
