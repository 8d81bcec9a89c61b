"""Twitch: channels, videos, clips; the frame is told the host of the page."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched, released

from shariff_py.consent_ui.frame import frame_document
from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise
from shariff_py.texts import LANGUAGES

PLAYER = "https://player.twitch.tv/"


@pytest.mark.parametrize("path", ["directory", "p/about", "settings", "embed/musterstadt/chat"])
def test_functions_of_the_site_are_no_channel(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://www.twitch.tv/{path}")


def test_the_frame_is_told_the_host_of_the_page_and_nothing_of_the_pasted_one() -> None:
    embed = recognise("https://player.twitch.tv/?channel=musterstadt&parent=somewhere.example")
    document = frame_document(released("twitch"), LANGUAGES["de"], embed, site="www.leinau.example")

    assert f'src="{PLAYER}?channel=musterstadt&amp;autoplay=false&amp;parent=www.leinau.example"' in document.html
    assert "frame-src https://player.twitch.tv;" in document.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("given", "size"),
    [
        ({}, (620, 378)),
        ({"width": "320", "height": "200"}, (400, 300)),
        ({"width": "800", "height": "450"}, (800, 450)),
    ],
)
def test_the_frame_is_never_smaller_than_the_platform_demands(given: dict[str, str], size: tuple[int, int]) -> None:
    assert recognise("https://www.twitch.tv/musterstadt", given).size == size


@pytest.mark.parametrize(
    "document",
    [
        '<div class="twitch-embed">Übertragung um 18 Uhr</div>',
        '<iframe src="/?channel=musterstadt"></iframe>',
        '<p><a href="https://www.twitch.tv/musterstadt">Twitch</a></p>',
    ],
)
def test_links_and_own_players_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "twitch")
