"""One rule that a record breaks."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """Which ``field`` of the record (``embeds.video.frame``), ``what`` is wrong with it, and the ``cure``; both are sentences."""

    field: str
    what: str
    cure: str

    def __str__(self) -> str:
        return f"{self.field}: {self.what} {self.cure}"
