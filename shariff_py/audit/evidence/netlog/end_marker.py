"""The end marker of a visit, written by the audit into the browser's own log, so that completeness does not depend on how the browser ends.

Chromium keeps its log in a process of its own, which the browser ends without waiting: under load, or when a page took the browser along,
the end that Chromium would write is missing although nothing happened any more. So when the pages have been left, the browser is sent to a
secret address that no browser opens (port 1 is blocked by the Fetch standard, "bad port"). Nothing leaves the machine, but the attempt
is in the log; and lines are written in order, so everything before it is there.
"""

from __future__ import annotations

import secrets
import time
from pathlib import Path

REFUSED = "ERR_UNSAFE_PORT"
"""Chromium's error for the address, once it was tried."""

CHUNK = 65_536


def new_end_marker() -> str:
    """An address for one visit. A page cannot know it, so it cannot fake the end of its visit.

    The secret is the host, so that it is on every line about the attempt; names below ``localhost`` are never looked up.
    """
    return f"http://{secrets.token_hex(12)}.localhost:1"


def appears_in_log(end_marker: str, log: Path, seconds: float, *others: str) -> bool:
    """Whether the end marker, or one of ``others``, is in the log or appears within ``seconds``: the browser writes its lines in batches."""
    until, wanted = time.monotonic() + seconds, [one.encode() for one in (end_marker, *others)]
    read, kept, longest = 0, b"", max(map(len, wanted))
    while True:
        if log.exists():
            with log.open("rb") as file:
                file.seek(read)
                while chunk := file.read(CHUNK):
                    read += len(chunk)
                    if any(one in kept + chunk for one in wanted):
                        return True
                    kept = (kept + chunk)[-longest:]
        if time.monotonic() > until:
            return False
        time.sleep(0.03)
