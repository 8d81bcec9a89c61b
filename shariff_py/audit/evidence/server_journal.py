"""What the site's own server sent in the same period, read from its journal. The file is only read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from shariff_py.audit.evidence.trace import FailureReason, Journal, Problem, ServerRequest
from shariff_py.errors import JournalBroken, JournalError
from shariff_py.journal import Entry, Selection
from shariff_py.journal import Journal as JournalFile


def read_server_requests(path: Path, start: float, end: float) -> tuple[Journal | None, tuple[Problem, ...]]:
    """The server's requests from ``start`` to ``end`` (seconds since 1970), and the problems of the journal itself."""
    journal = JournalFile(path)
    try:
        verified = journal.verify()
        period = Selection(datetime.fromtimestamp(start, UTC), datetime.fromtimestamp(end, UTC))
        requests = [_request(*pair) for pair in journal.exchanges(period)]
    except JournalBroken as error:
        return None, (Problem(FailureReason.JOURNAL_BROKEN, str(error)),)
    except JournalError as error:
        return None, (Problem(FailureReason.JOURNAL_UNREADABLE, str(error)),)
    return Journal(tuple(requests), verified.head, verified.records), ()


def _request(entry: Entry, outcome: Entry | None) -> ServerRequest:
    return ServerRequest(
        entry.when.timestamp(),
        entry.trigger,
        entry.purpose,
        entry.platform,
        entry.method,
        entry.host,
        entry.path,
        entry.pages,
        entry.headers,
        _outcome(entry, outcome),
        entry.kind == "blocked",
    )


def _outcome(entry: Entry, outcome: Entry | None) -> str:
    parts: Sequence[object] = (outcome.status, outcome.error) if outcome else (entry.error,)
    return " ".join(str(part) for part in parts if part)
