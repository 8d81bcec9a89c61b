"""``doctor`` and a store that was exchanged, is corrupt or is another program's: the file and the right cure are named, nothing is moved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from support.constants import NOW, PAGE
from support.store_faults import foreign, overwrite

from shariff_py.doctor import Diagnosis, examine
from shariff_py.errors import StoreError
from shariff_py.settings import Settings
from shariff_py.stores.sqlite import SQLiteStore


def stored(path: Path) -> Diagnosis:
    """What is said of the store."""
    settings = Settings.from_mapping(
        {"site": {"origin": "https://www.example.org"}, "counts": {"store": f"sqlite:///{path}"}}
    )
    return next(diagnosis for diagnosis in examine(settings, date(2026, 11, 30)) if diagnosis.what == "counts.store")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with a page, closed."""
    store = SQLiteStore(tmp_path / "counts.sqlite")
    store.track(PAGE, NOW)
    store.close()
    return store.path


def test_a_corrupt_store_is_named_and_stays_where_it_is(path: Path) -> None:
    overwrite(path, 0, 100)
    before = path.read_bytes()

    found = stored(path)

    assert (found.well, path.read_bytes()) == (False, before)
    assert f"{str(path)!r} is corrupt" in found.finding
    assert found.cure == "The application keeps it under another name at its next use, and starts a new one."


def test_a_store_that_was_set_aside_is_named_until_its_file_is_gone(path: Path) -> None:
    overwrite(path, 0, 100)
    store = SQLiteStore(path)
    with pytest.raises(StoreError):
        store.summary()
    (kept,) = store.summary().set_aside
    store.close()

    found = stored(path)
    (path.parent / kept).unlink()

    assert not found.well
    assert found.finding.endswith(f"counts.sqlite was corrupt and is kept as {kept}")
    assert found.cure.startswith("Check the disk and the system's log")
    assert stored(path).well


def test_another_programs_database_is_named_with_what_to_do(path: Path) -> None:
    foreign(path).replace(path)

    found = stored(path)

    assert not found.well
    assert "holds something else than counts" in found.finding
    assert found.cure == "Name another file in counts.store, or move that one away."
