"""Lemmy. Sharing needs the visitor's own server, which a link cannot know; what one server knows of a page can be counted."""

from __future__ import annotations

from datetime import date

from shariff_py.platforms.record import Platform

PLATFORM = Platform(
    name="lemmy",
    title="Lemmy",
    checked_on=date(2026, 11, 22),
)
