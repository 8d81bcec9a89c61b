"""Facebook: what it shows and shares (`record`), how Meta's Graph API is asked for counts (`count_source`), how both answer (`stub`)."""

from shariff_py.platforms.known.facebook.count_source import SOURCE
from shariff_py.platforms.known.facebook.record import PLATFORM

__all__ = ["PLATFORM", "SOURCE"]
