"""For the tests of the journal: what is written, and where verification fails."""

from __future__ import annotations

import pytest

from shariff_py.errors import JournalBroken
from shariff_py.journal import Journal

FACTS = {
    "trigger": "schedule",
    "purpose": "counts",
    "platform": "facebook",
    "method": "POST",
    "host": "graph.facebook.com",
    "path": "/v26.0/",
    "pages": ["https://www.example.org/"],
    "headers": ["authorization", "host"],
}


def write(journal: Journal, records: int) -> list[bytes]:
    """Fill a journal; the lines of its file."""
    for n in range(records):
        journal.append("request", {**FACTS, "path": f"/v26.0/{n}"})
    return journal.path.read_bytes().splitlines(keepends=True)


def broken_at(journal: Journal) -> int:
    """The record at which verification fails."""
    with pytest.raises(JournalBroken) as found:
        journal.verify()
    return found.value.sequence
