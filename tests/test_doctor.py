"""The doctor says ok only of what can work, and leaves everything as it found it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from shariff_py.doctor import Diagnosis, examine
from shariff_py.journal import Journal
from shariff_py.platforms.register import REGISTER
from shariff_py.settings import Settings
from shariff_py.stores import open_store

TODAY = date(2026, 11, 23)
CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
CHANNELS = Path(__file__).parent / "fixtures" / "channels.toml"


def sound(folder: Path) -> dict[str, Any]:
    """Settings with nothing to find fault with."""
    return {
        "site": {"origin": "https://www.leinau.example"},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {"city": CITY},
        "frame": {"secrets": ["only for these tests"]},
        "platforms": {"facebook": {"token": "EAAB"}},
        "counts": {"store": f"sqlite:///{folder}/var/counts.sqlite"},
        "journal": {"path": f"{folder}/var/outgoing.jsonl"},
        "channels": str(CHANNELS),
    }


def examined(values: Mapping[str, Any], today: date = TODAY) -> dict[str, Diagnosis]:
    return {found.what: found for found in examine(Settings.from_mapping(values), today)}


def test_a_sound_configuration_is_well_and_nothing_is_made_by_looking(tmp_path: Path) -> None:
    found = examined(sound(tmp_path))

    assert [name for name, diagnosis in found.items() if not diagnosis.well] == []
    assert list(tmp_path.iterdir()) == []


def test_what_is_in_use_is_counted(tmp_path: Path) -> None:
    values = sound(tmp_path)
    open_store(values["counts"]["store"]).register("https://www.leinau.example/", 0.0)
    Journal(values["journal"]["path"]).append("blocked", {"host": "example.org"})

    found = examined(values)

    assert found["counts.store"].finding.endswith("pages: 1")
    assert found["journal"].finding.startswith("1 records")
    assert found["channels"].finding.endswith("channels: 4")


@pytest.mark.parametrize(
    ("changes", "what", "finding"),
    [
        ({"site": {}}, "site.origin", "not set"),
        ({"controllers": {}}, "controllers", "none"),
        ({"frame": {}}, "frame.secrets", "not set"),
        ({"stand_in": {"www.facebook.com": "http://127.0.0.1:9"}}, "stand_in", "www.facebook.com"),
        ({"platforms": {}}, "facebook: token", "not set"),
        ({"platforms": {"facebook": {"token": "t", "version": "v99"}}}, "facebook: interface version", "does not know"),
        ({"platforms": {"facebook": {"token": "t", "version": "v21.0"}}}, "facebook: interface version", "ends on"),
        ({"counts": {"store": "sqlite:////proc/nope/x.sqlite"}}, "counts.store", "/proc"),
        ({"counts": {"store": "postgres://x"}}, "counts.store", "no store for addresses"),
        ({"journal": {"path": "/proc/nope/outgoing.jsonl"}}, "journal", "/proc"),
        ({"channels": "nope.toml"}, "channels", "nope.toml"),
    ],
)
def test_what_cannot_work_is_named_with_a_cure(
    tmp_path: Path, changes: dict[str, Any], what: str, finding: str
) -> None:
    found = examined(sound(tmp_path) | changes)

    assert [name for name, diagnosis in found.items() if not diagnosis.well] == [what]
    assert finding in found[what].finding
    assert found[what].cure.endswith(".")


def test_files_that_are_something_else_are_named(tmp_path: Path) -> None:
    values = sound(tmp_path)
    register = tmp_path / "channels.toml"
    register.write_text('[[channels]]\nid = "x"\n')
    store = tmp_path / "store.sqlite"
    store.write_text("no database, but a letter of some length to somebody")
    (tmp_path / "outgoing.jsonl").mkdir()

    found = examined(
        values
        | {
            "channels": str(register),
            "counts": {"store": f"sqlite:///{store}"},
            "journal": {"path": f"{tmp_path}/outgoing.jsonl"},
        }
    )

    assert {name for name, diagnosis in found.items() if not diagnosis.well} == {"channels", "counts.store", "journal"}


def test_a_check_of_the_transfer_is_not_relied_on_for_ever(tmp_path: Path) -> None:
    operator = REGISTER["facebook"].operator
    assert operator is not None

    last_day, after = (
        examined(sound(tmp_path), operator.transfer.checked_on + timedelta(days=days))["facebook: transfer basis"].well
        for days in (90, 91)
    )

    assert (last_day, after) == (True, False)
