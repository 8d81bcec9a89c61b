"""Where the checkpoints of this machine's journal are: in the store of the counts, and in a file if one is set."""

from __future__ import annotations

import platform
from collections.abc import Iterator
from contextlib import closing, contextmanager
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
    @contextmanager
    def opened(*, mends: bool) -> Iterator[Store]:
        if store is not None:
            yield store
            return
        try:
            own = open_store(address, mends=mends)
        except ConfigurationError as error:
            raise StoreError(str(error)) from None
        with closing(own):
            yield own

    def load() -> str:
        # Who only looks leaves a corrupt store where it is.
        with opened(mends=False) as place:
            return place.load_checkpoint(name)

    def save(text: str) -> None:
        with opened(mends=True) as place:
            place.save_checkpoint(name, text)

    return Place(f"the store {shown(address)}", load, save)
