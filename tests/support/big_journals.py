"""A journal of any size, written without syncing each record: for what is measured on large ones."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

BEGINNING = "0" * 64

FACTS = {
    "trigger": "schedule",
    "method": "POST",
    "path": "/v26.0/?batch=1",
    "headers": ["accept", "authorization", "content-length", "content-type", "host", "user-agent"],
    "software": "shariff_py/0.1.0",
}
HOSTS = (
    ("facebook", "graph.facebook.com"),
    ("reddit", "oauth.reddit.com"),
    ("vk", "vk.com"),
    ("hatena", "bookmark.hatenaapis.com"),
)


def fill(path: Path, records: int, *, first: datetime, last: datetime) -> None:
    """Write a journal of so many records, evenly spread, as requests and their outcomes; each month but the last in its own file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    step, previous, lines, month = (last - first) / max(1, records - 1), BEGINNING, list[bytes](), f"{first:%Y-%m}"
    for number in range(1, records + 1):
        when = first + step * (number - 1)
        if f"{when:%Y-%m}" != month:
            path.with_name(f"{path.stem}-{month}{path.suffix}").write_bytes(b"".join(lines))
            lines, month = [], f"{when:%Y-%m}"
        record = {**_facts(number), "sequence": number, "previous": previous}
        record["time"] = when.astimezone(UTC).isoformat(timespec="milliseconds")
        record["hash"] = previous = hashlib.sha256(_written(record)).hexdigest()
        lines.append(_written(record) + b"\n")
    path.write_bytes(b"".join(lines))


def year(path: Path, records: int) -> None:
    """A journal of a year that ends on 23 November 2026."""
    last = datetime(2026, 11, 23, 8, tzinfo=UTC)
    fill(path, records, first=last - timedelta(days=365), last=last)


def _facts(number: int) -> dict[str, object]:
    if number % 2 == 0:
        return {"kind": "outcome", "of": number - 1, "status": 200, "bytes": 512, "milliseconds": number % 300}
    platform, host = HOSTS[number // 2 % len(HOSTS)]
    page = f"https://www.example.org/rathaus/meldungen/{number}.html"
    return {
        **FACTS, "kind": "request", "purpose": "token" if number % 100 == 1 else "counts", "platform": platform, "host": host,
        "origin": f"https://{host}", "pages": [page], "body_sha256": hashlib.sha256(page.encode()).hexdigest(),
    }  # fmt: skip


def _written(record: dict[str, object]) -> bytes:
    return json.dumps(record, sort_keys=True, separators=(",", ":")).encode()
