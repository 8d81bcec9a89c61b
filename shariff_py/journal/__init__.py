"""The journal of outgoing requests: what this server sent, to whom, why, and with what outcome.

One JSON object per line, appended and synced to disk before the request is sent. Each record holds the SHA-256 of the record before it,
so a changed, removed, inserted or swapped line is detected. Anyone who can write the file could still truncate or rewrite it; a signed
checkpoint in the store, or a head of the chain that was noted elsewhere, detects that too (`Checkpoints`, ``verify(head=...)``).

It holds no visitor data (no address, browser, cookie or time of a visit) and no token (GDPR Art. 5(1)(c), Art. 32).
"""

from shariff_py.journal.checkpoint import Checkpoints, Comparison, Place, State
from shariff_py.journal.checkpoint_places import checkpoints
from shariff_py.journal.exchanges import Exchange, Record, Selection, Total, totals
from shariff_py.journal.files import replace as replace_file
from shariff_py.journal.housekeeping import removed_early
from shariff_py.journal.journal import Journal
from shariff_py.journal.record import BEGINNING, Entry, Verified

__all__ = [
    "BEGINNING",
    "Checkpoints",
    "Comparison",
    "Entry",
    "Exchange",
    "Journal",
    "Place",
    "Record",
    "Selection",
    "State",
    "Total",
    "Verified",
    "checkpoints",
    "removed_early",
    "replace_file",
    "totals",
]
