"""What happens to a SQLite file beneath two running processes: the numbers stay, the status is true, and there are never two leaders."""

from __future__ import annotations

import pytest
from support.counting import Site
from support.store_faults import FAULTS, Outcome, outcome

HEALED = Outcome(("working",), 1, 17, 17, 2)
SET_ASIDE = Outcome(("working",), 1, 17, 17, 2, set_aside=1)
REFUSED = Outcome(("unavailable",), 0, 17, None, 0)

EXPECTED = {
    "the file is removed": HEALED,
    "the file is removed with what is beside it": HEALED,
    "an older backup is moved over the file": HEALED,
    "an older backup is put in place of all its files": HEALED,
    "an older backup is copied into the file": HEALED,
    "the file is emptied": HEALED,
    "the file is cut in the middle": SET_ASIDE,
    "the file is overwritten with garbage": SET_ASIDE,
    "all but the header is overwritten with garbage": SET_ASIDE,
    "the header is overwritten with garbage": SET_ASIDE,
    "another file is put in its place": SET_ASIDE,
    "its -wal is removed": HEALED,
    "its -shm is removed": Outcome(("unavailable", "working"), 1, 17, 17, 2),
    "its -wal and -shm are removed": HEALED,
    "its folder is removed": HEALED,
    "its folder is removed and made again": HEALED,
    "a table is dropped": SET_ASIDE,
    "a store of a later version is put in its place": REFUSED,
    "another program's database is put in its place": REFUSED,
    "its folder becomes a file": REFUSED,
}


def test_every_fault_of_the_table_has_its_outcome_written_down() -> None:
    assert EXPECTED.keys() == FAULTS.keys()


@pytest.mark.parametrize("fault", EXPECTED)
def test_a_store_that_is_meddled_with_loses_no_number_and_has_one_leader(site: Site, fault: str) -> None:
    path = site.folder / "below" / "counts.sqlite"

    found = outcome(site, lambda: FAULTS[fault](path), store=f"sqlite:///{path}")

    assert found == EXPECTED[fault]
