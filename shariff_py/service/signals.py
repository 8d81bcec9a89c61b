"""The signal that applications can subscribe to (blinker, like Flask's own signals)."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from blinker import Namespace

_signals = Namespace()

counts_updated = _signals.signal(
    "shariff-counts-updated",
    doc="""Sent after each reply with counts, in the process and thread that fetched them.

    The sender is the Flask application, or the `Service` where there is none. ``platform`` is the platform's name, ``counts`` the new
    numbers by page address, ``before`` the last known ones (``None``: there was none).
    """,
)

_log = logging.getLogger("shariff_py")


class UpdateNotifier:
    """Sends `counts_updated` in the name of ``sender``."""

    def __init__(self, sender: object) -> None:
        self.sender = sender

    def notify(self, platform: str, counts: Mapping[str, int], before: Mapping[str, int | None]) -> None:
        """Call every receiver. One that raises is logged and keeps neither the others nor the refresh cycle from going on."""
        for receiver in counts_updated.receivers_for(self.sender):
            try:
                receiver(self.sender, platform=platform, counts=counts, before=before)
            except Exception:
                _log.exception("A receiver of counts_updated failed; the refresh cycle goes on")
