"""Settings: one frozen record, checked once, from a file, the environment or a mapping."""

from shariff_py.settings.model import Settings
from shariff_py.settings.records import (
    CountSettings,
    FrameSettings,
    JournalSettings,
    PlatformSettings,
    ShareSettings,
    SiteSettings,
)
from shariff_py.settings.sources import load, read_channels

__all__ = [
    "CountSettings",
    "FrameSettings",
    "JournalSettings",
    "PlatformSettings",
    "Settings",
    "ShareSettings",
    "SiteSettings",
    "load",
    "read_channels",
]
