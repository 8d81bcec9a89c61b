"""Google Maps: a page whose script makes a map goes on without the platform's script."""

from __future__ import annotations

import pytest
from support.platform_content import opened

SCRIPT = '<script async src="https://maps.googleapis.com/maps/api/js?key=API_KEY&callback=initMap"></script>'
OLD_SCRIPT = '<script src="//maps.google.com/maps/api/js?sensor=false"></script>'
LOADER = "<script>var s = document.createElement('script'); s.src = 'https://maps.googleapis.com/maps/api/js?key=1'; document.head.append(s)</script>"
MAP = "<script>function initMap() { new google.maps.Map(document.getElementById('map')) }</script>"


@pytest.mark.parametrize("script", [SCRIPT, OLD_SCRIPT, LOADER])
def test_what_makes_a_map_finds_something_to_call(script: str) -> None:
    html, _ = opened(f"{script}{MAP}", "google_maps")

    assert html == f'<script src="/shariff/static/shariff-stubs.min.js" data-of="google_maps"></script>{MAP}'


def test_beside_a_frame_nothing_is_made_to_call() -> None:
    html, _ = opened('<iframe src="https://www.google.com/maps/embed?pb=!1m18"></iframe>', "google_maps")

    assert "shariff-stubs" not in html
