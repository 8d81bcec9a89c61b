"""Spotify: music and podcasts, in the frames of today and in those of years before."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY

ID = "4aBcDeFgHiJkLmNoPqRsTu"
OPEN = "https://open.spotify.com"


@pytest.mark.parametrize(("height", "given"), [(80, 80), (152, 152), (352, 352), (20, 80)])
def test_the_height_of_the_pasted_code_is_kept(height: int, given: int) -> None:
    embed = recognise(f"{OPEN}/embed/album/{ID}", {"height": str(height), "width": "100%"})

    assert embed.size == (640, given)


def test_without_a_height_a_track_is_lower_than_an_album() -> None:
    assert [recognise(f"{OPEN}/{kind}/{ID}").size[1] for kind in ("track", "album")] == [152, 352]


def test_frames_may_decode_what_is_protected_and_write_to_the_clipboard() -> None:
    for kind in REGISTRY["spotify"].embeds:
        assert {"encrypted-media", "clipboard-write"} <= set(kind.features)
        assert (kind.content, kind.referrer, kind.with_credentials, kind.sandbox) == ("sound", "no-referrer", "", ())


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{OPEN}/show/{ID}">Podcast der Stadt</a></p>',
        '<p><a href="https://support.spotify.com/de/article/konto/">Hilfe</a></p>',
        '<div class="spotify-teaser embed-track" data-height="352">Podcast</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "spotify")
