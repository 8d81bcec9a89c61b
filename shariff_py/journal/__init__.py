"""The journal of outgoing requests: what this server sent out, to whom, why, and what came of it.

One JSON object per line, appended and brought to the disk before the request is sent. Each record holds the SHA-256 of the record
before it, so a changed, removed, inserted or swapped line is found. Whoever can write the file could still cut off its end or
write it all anew; an officer who noted the head of the chain on an earlier day finds that out too (``verify(head=...)``).

Nothing of a visitor is ever in it: no address, browser, cookie, time of a visit; nor a token (GDPR Art. 5(1)(c), Art. 32).
"""

from shariff_py.journal.journal import Journal
from shariff_py.journal.record import BEGINNING, Entry, Verified

__all__ = ["BEGINNING", "Entry", "Journal", "Verified"]
