"""Checks of previews: whether what is kept may still be shown, and whether pictures can be drawn."""

from __future__ import annotations

from collections.abc import Iterator

from shariff_py.doctor.diagnosis import Diagnosis
from shariff_py.platforms.registry import REGISTRY
from shariff_py.previews import Previews
from shariff_py.previews.picture import NOT_INSTALLED, can_draw
from shariff_py.settings import Settings


def previews(settings: Settings) -> Iterator[Diagnosis]:
    """What is kept; nothing where none are wanted."""
    if not settings.previews.platforms:
        return
    shown, all_kept = len(list(Previews(settings).kept())), len(list(Previews(settings).names()))
    old = all_kept - shown
    yield Diagnosis(
        not old, "previews",
        f"kept of {', '.join(settings.previews.platforms)}: {shown}" + (f"; and {old} that may be shown no longer" if old else ""),
        "Run shariff-py previews refresh once a day.",
    )  # fmt: skip
    sources = [REGISTRY[name].previews for name in settings.previews.platforms]
    if any(source is not None and "picture" in source.keeps for source in sources):
        yield Diagnosis(
            can_draw(),
            "previews: pictures",
            "Pillow is " + ("installed" if can_draw() else "not installed"),
            NOT_INSTALLED,
        )
