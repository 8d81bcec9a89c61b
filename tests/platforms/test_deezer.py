"""Deezer: music and podcasts."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened, shown

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

WIDGET = "https://widget.deezer.com/widget/auto"
PLAYLIST = (
    '<iframe title="deezer-widget" src="https://widget.deezer.com/widget/dark/playlist/7871175002" width="100%" height="300" frameborder="0" '
    'allowtransparency="true" allow="encrypted-media; clipboard-write"></iframe>'
)
TRACK_2016 = (
    '<iframe scrolling="no" frameborder="0" allowTransparency="true" src="https://www.deezer.com/plugins/player?format=classic&autoplay=true&'
    'playlist=true&width=700&height=350&color=007FEB&layout=dark&size=medium&type=tracks&id=3135556&app_id=1" width="700" height="350"></iframe>'
)


@pytest.mark.parametrize(
    ("pasted", "kind", "public", "frame"),
    [
        (PLAYLIST, "playlist", "https://www.deezer.com/playlist/7871175002", f"{WIDGET}/playlist/7871175002?autoplay=false"),
        (TRACK_2016, "track", "https://www.deezer.com/track/3135556", f"{WIDGET}/track/3135556?autoplay=false"),
        ("https://www.deezer.com/de/album/1", "album", "https://www.deezer.com/album/1", f"{WIDGET}/album/1?autoplay=false"),
        (
            "https://widget.deezer.com/widget/light/artist/27/top_tracks", "artist", "https://www.deezer.com/artist/27",
            f"{WIDGET}/artist/27/top_tracks?autoplay=false",
        ),
        ("https://www.deezer.com/episode/2?utm_source=x", "episode", "https://www.deezer.com/episode/2", f"{WIDGET}/episode/2?autoplay=false"),
        ("deezer.com/show/3", "show", "https://www.deezer.com/show/3", f"{WIDGET}/show/3?autoplay=false"),
    ],
)  # fmt: skip
def test_sound_is_recognised_in_every_form(pasted: str, kind: str, public: str, frame: str) -> None:
    assert shown(pasted) == (kind, public, frame)


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
