"""For all tests: how generated examples are drawn."""

from __future__ import annotations

import os

from hypothesis import settings

# Machines are shared, so no example is failed for being slow. Where a change is judged, the same examples are drawn each time;
# everywhere else new ones are, and one that fails is remembered.
settings.register_profile("local", deadline=None)
settings.register_profile("judged", deadline=None, derandomize=True)
settings.load_profile("judged" if os.environ.get("CI") else "local")
