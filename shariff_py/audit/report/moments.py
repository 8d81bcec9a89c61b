"""Moments as reports write them. Pure."""

from __future__ import annotations

import math
from datetime import UTC, datetime


def iso(seconds: float) -> str | None:
    """Seconds since 1970 as ISO 8601; ``None`` for an open end and for before the start."""
    if not math.isfinite(seconds) or seconds <= 0:
        return None
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="milliseconds")


def clock(seconds: float) -> str:
    """The time of day in UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%H:%M:%S")
