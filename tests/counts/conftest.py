"""For the tests of the counts: one site of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.counting import Site

from shariff_py.testing import StandIn


@pytest.fixture
def site(tmp_path: Path, stand_in: StandIn) -> Site:
    """A site with a cache, whose platforms are the mock server."""
    return Site(tmp_path, stand_in)
