"""Deezer: music and podcasts."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

PLAYLIST = (
    '<iframe title="deezer-widget" src="https://widget.deezer.com/widget/dark/playlist/7871175002" width="100%" height="300" frameborder="0" '
    'allowtransparency="true" allow="encrypted-media; clipboard-write"></iframe>'
)
TRACK_2016 = (
    '<iframe scrolling="no" frameborder="0" allowTransparency="true" src="https://www.deezer.com/plugins/player?format=classic&autoplay=true&'
    'playlist=true&width=700&height=350&color=007FEB&layout=dark&size=medium&type=tracks&id=3135556&app_id=1" width="700" height="350"></iframe>'
)


def test_stations_of_the_old_player_are_no_content() -> None:
    with pytest.raises(EmbedRefused):
        recognise("https://www.deezer.com/plugins/player?type=radio&id=1")


def test_a_page_without_a_release_shows_the_link_alone() -> None:
    assert contacts(TRACK_2016)

    assert closed(PLAYLIST)[1] == [("linked", "playlist", "https://www.deezer.com/playlist/7871175002")]
    assert closed(TRACK_2016)[1] == [("linked", "track", "https://www.deezer.com/track/3135556")]


def test_a_released_page_asks_before_it_loads() -> None:
    html, findings = opened(PLAYLIST, "deezer")

    assert findings == [("gated", "playlist", "https://www.deezer.com/playlist/7871175002")]
    assert "Audiobeitrag von Deezer: noch nicht geladen" in html


@pytest.mark.parametrize(
    "document",
    [
        '<p><a href="https://www.deezer.com/de/album/1">Hören</a></p>',
        '<div class="deezer widget" data-type="album" data-id="1">Eigenes</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "deezer")
