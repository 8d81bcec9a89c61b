"""What everybody may send, all at once: a part of the hour that `soak` drives in full."""

from __future__ import annotations

from collections import Counter
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

from soak import SERVERS, soak
from under_load.process_figures import MEGABYTE

from faults.outcome import Outcome

REQUESTS, SECONDS = 2_000, 28.0
"""Ten minutes of the hour for each server, compressed as `make soak` compresses it."""
ALLOWED = 25 * MEGABYTE
"""What a server may hold more at the end of it than after the first third: caches fill."""


def ten_minutes(folder: Path) -> Outcome:
    """Visitors, robots and garbage, at the three kinds of servers at once."""
    with redirect_stdout(StringIO()):
        watched = soak(SERVERS, SECONDS, requests=REQUESTS)
    wrong = sum((each.traffic.wrong for each in watched), Counter())
    answered = sum((each.traffic.answered for each in watched), Counter())
    sent = sum(each.traffic.sent for each in watched)
    ends = [(each.held[len(each.held) // 3], each.held[-1]) for each in watched]
    return Outcome(
        f"{sent:,} requests to {len(watched)} servers at once",
        f"not answered as they should be: {sum(wrong.values()) or 'none'}",
        f"statuses: {', '.join(map(str, sorted(answered)))}",
        "–",
        "resident "
        + ", ".join(f"{first.resident / MEGABYTE:.0f} to {last.resident / MEGABYTE:.0f} MB" for first, last in ends),
        not wrong
        and all(last.resident - first.resident <= ALLOWED for first, last in ends)
        and all(last.descriptors - first.descriptors <= 10 for first, last in ends),
    )
