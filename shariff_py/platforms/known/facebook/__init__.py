"""Facebook: what it shows and shares (`record`), how counts are fetched from Meta's Graph API (`count_source`), how both reply (`stub`)."""

from shariff_py.platforms.known.facebook.count_source import SOURCE
from shariff_py.platforms.known.facebook.record import PLATFORM

__all__ = ["PLATFORM", "SOURCE"]
