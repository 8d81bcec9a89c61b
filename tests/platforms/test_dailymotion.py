"""Dailymotion: videos and playlists, in the frames of both its hosts."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

VIDEO = "https://www.dailymotion.com/video/x8abcde"
FRAME = "https://geo.dailymotion.com/player.html?video=x8abcde"
NEW = (
    '<div style="position:relative;padding-bottom:56.25%;height:0;overflow:hidden;"> <iframe style="width:100%;height:100%" frameborder="0" '
    f'type="text/html" src="{FRAME}" width="100%" height="100%" allowfullscreen title="Film" allow="web-share"></iframe> </div>'
)
OLD = '<iframe frameborder="0" width="480" height="270" src="//www.dailymotion.com/embed/video/x8abcde?autoplay=1" allowfullscreen></iframe>'


@pytest.mark.parametrize("document", [NEW, OLD])
def test_a_released_page_asks_before_it_loads(document: str) -> None:
    assert contacts(document)
    html, findings = opened(document, "dailymotion")

    assert findings == [("gated", "video", VIDEO)]
    assert "autoplay" not in html
    assert closed(document)[1] == [("linked", "video", VIDEO)]


@pytest.mark.parametrize(
    "document",
    [
        '<div class="dailymotion"><a href="https://www.dailymotion.com/musterstadt">Dailymotion</a></div>',
        '<iframe src="/player.html?video=x8abcde"></iframe>',
        f'<p><a href="{VIDEO}">Film</a></p>',
    ],
)
def test_links_and_own_players_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "dailymotion")
