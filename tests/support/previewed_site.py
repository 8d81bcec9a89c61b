"""A site that fetches previews from the mock server: its settings, and a clock that tests move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from shariff_py.previews import Previews
from shariff_py.settings import Settings
from shariff_py.testing import StandIn
from support.flask_site import configuration

VIDEO = "https://www.youtube.com/watch?v=AbCdEfGhIjK"
FILM = "https://video.leinau.example/w/aBcDeFgHiJkLmNoPqRsTuV"
NOON = 1_796_000_000.0
DAY = 86_400.0

SERVER = {
    "operator": "Stadt Leinau",
    "address": "Markt 1, 12345 Leinau",
    "country": "DE",
    "privacy_url": "https://video.leinau.example/privacy",
}


def values(folder: Path, stand_in: StandIn, *wanted: str, **more: Any) -> dict[str, Any]:
    """Settings as a mapping, with these platforms in ``previews.platforms``."""
    released = {"state": "released", "since": "2026-11-01", "reference": "12/2026"}
    return {
        **configuration(folder),
        "releases": dict.fromkeys(("youtube", "vimeo", "peertube", "facebook"), released),
        "platforms": {"peertube": {"servers": {"video.leinau.example": SERVER}}},
        "previews": {"platforms": list(wanted), "path": str(folder / "previews")},
        "stand_in": {**stand_in.settings, "video.leinau.example": stand_in.origin},
        "frame": {"secrets": ["only for these tests"]},
        **more,
    }


class Clock:
    """Unix seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


def previews(folder: Path, stand_in: StandIn, *wanted: str, clock: Callable[[], float] | None = None) -> Previews:
    return Previews(Settings.from_mapping(values(folder, stand_in, *wanted)), clock=clock or Clock())
