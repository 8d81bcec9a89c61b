"""What applications can listen to (blinker, as Flask's own signals)."""

from __future__ import annotations

from blinker import Namespace

_signals = Namespace()

counts_updated = _signals.signal(
    "shariff-counts-updated",
    doc="""Sent after each answer that held numbers, in the process and thread that asked.

    The sender is the Flask application, or the `Service` where there is none. ``platform`` is the platform's name, ``counts`` the new
    numbers by page address, ``before`` the last known ones (``None``: there never was one).
    """,
)
