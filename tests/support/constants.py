"""What tests of counts have in common: a moment, lengths of time in seconds, and a page."""

from __future__ import annotations

NOW = 1_800_000_000.0
MINUTE = 60.0
HOUR = 3600.0
DAY = 86_400.0
PAGE = "https://www.example.org/"
