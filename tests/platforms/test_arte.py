"""ARTE: videos, in the player of today and in the older one."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

VIDEO = "https://www.arte.tv/de/videos/095172-005-A/"
NEW = (
    '<iframe allowfullscreen="true" style="transition-duration:0;background-color:#000000;" frameborder="0" scrolling="no" width="640" '
    'height="360" src="https://www.arte.tv/embeds/de/095172-005-A?autoplay=true&amp;mute=0"></iframe>'
)
OLD = (
    '<iframe src="https://www.arte.tv/player/v5/index.php?json_url=https%3A%2F%2Fapi.arte.tv%2Fapi%2Fplayer%2Fv2%2Fconfig%2Fde%2F095172-005-A'
    '&amp;lang=de&amp;mute=0" width="640" height="360" allowfullscreen></iframe>'
)


@pytest.mark.parametrize("document", [NEW, OLD])
def test_a_released_page_asks_before_it_loads(document: str) -> None:
    assert contacts(document)
    html, findings = opened(document, "arte")

    assert findings == [("gated", "video", VIDEO)]
    assert "autoplay=true" not in html
    assert closed(document)[1] == [("linked", "video", VIDEO)]


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{VIDEO}">Film</a></p>',
        '<iframe src="/embeds/de/095172-005-A"></iframe>',
        '<div class="arte-player">Film</div>',
    ],
)
def test_links_and_own_players_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "arte")
