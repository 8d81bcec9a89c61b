"""SoundCloud: tracks, sets and accounts, named by a number or by their page."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY

PLAYER = "https://w.soundcloud.com/player/?url=https%3A%2F%2F"
LINKS = (
    '<div style="font-size: 10px; color: #cccccc"><a href="https://soundcloud.com/musterstadt" title="Stadt" target="_blank">Stadt</a> · '
    '<a href="https://soundcloud.com/musterstadt/ratssitzung" title="Ratssitzung" target="_blank">Ratssitzung</a></div>'
)
TRACK_2026 = (
    '<iframe width="100%" height="166" scrolling="no" frameborder="no" allow="autoplay" src="https://w.soundcloud.com/player/?'
    "url=https%3A//api.soundcloud.com/tracks/soundcloud%253Atracks%253A123456789&color=%23ff5500&auto_play=true&hide_related=false&"
    f'show_comments=true&show_user=true&show_reposts=false&show_teaser=true"></iframe>{LINKS}'
)
SET_2016 = (
    '<iframe frameborder="no" height="450" scrolling="no" width="100%" src="https://w.soundcloud.com/player/?'
    "url=https%3A//api.soundcloud.com/playlists/46842500%3Fsecret_token%3Ds-bsbIv&auto_play=false&hide_related=false&show_comments=true&"
    'show_user=true&show_reposts=false&visual=true"></iframe>'
)
FLASH_2011 = (
    '<object height="81" width="100%"><param name="movie" value="http://player.soundcloud.com/player.swf?url='
    'http%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F123"></param><embed height="81" src="http://player.soundcloud.com/player.swf?url='
    'http%3A%2F%2Fapi.soundcloud.com%2Ftracks%2F123" type="application/x-shockwave-flash" width="100%"></embed></object>'
)
API = f"{PLAYER}api.soundcloud.com%2F"


@pytest.mark.parametrize("path", ["discover", "musterstadt/likes", "charts/top", "musterstadt/sets"])
def test_lists_and_functions_of_the_site_are_no_content(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://soundcloud.com/{path}")


def test_the_line_of_links_behind_the_frame_stays() -> None:
    assert contacts(TRACK_2026)
    html, findings = closed(TRACK_2026)

    assert html.endswith(LINKS)
    assert findings == [("linked", "track", f"{API}tracks%2F123456789")]


def test_the_player_of_2011_is_closed_with_the_same_link() -> None:
    html, findings = closed(FLASH_2011)

    assert ("linked", "track", f"{API}tracks%2F123") in findings
    assert html.count('class="shariff-paper"') == 1


def test_a_frame_is_of_the_kind_that_its_address_names() -> None:
    address = f"{API}playlists%2F46842500%3Fsecret_token%3Ds-bsbIv"

    assert closed(SET_2016)[1] == [("linked", "playlist", address)]
    assert opened(SET_2016, "soundcloud")[1] == [("gated", "playlist", address)]


def test_the_script_for_players_goes_and_what_calls_it_stays() -> None:
    calls = '<script>SC.Widget("ton").bind(SC.Widget.Events.READY, function () {});</script>'
    html, findings = opened(f'<script src="https://w.soundcloud.com/player/api.js"></script>{calls}', "soundcloud")

    assert findings == [("removed", "", "https://w.soundcloud.com/player/api.js")]
    assert html.endswith(calls)
    assert "shariff-stubs" in html


def test_a_track_is_lower_than_a_list() -> None:
    heights = [recognise(sample).size[1] for kind in REGISTRY["soundcloud"].embeds for sample in kind.samples]

    assert heights == [450, 166, 450]


@pytest.mark.parametrize(
    "document",
    [
        '<p><a href="https://soundcloud.com/musterstadt/ratssitzung?utm_source=rss">Hören</a></p>',
        '<p><a href="https://developers.soundcloud.com/docs/oembed">Anleitung</a></p>',
        '<div class="soundcloud" data-trackid="123" data-url="/ton/1">Eigener Ton</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "soundcloud")
