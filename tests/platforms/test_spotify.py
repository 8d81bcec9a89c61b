"""Spotify: music and podcasts, in the frames of today and in those of years before."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY

ID = "4aBcDeFgHiJkLmNoPqRsTu"
OPEN = "https://open.spotify.com"
EPISODE = (
    f'<iframe data-testid="embed-iframe" style="border-radius:12px" src="{OPEN}/embed/episode/{ID}?utm_source=generator" '
    'width="100%" height="352" frameBorder="0" allowfullscreen="" '
    'allow="autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture" loading="lazy"></iframe>'
)
SHOW_2021 = (
    f'<iframe src="{OPEN}/embed-podcast/show/{ID}" width="100%" height="232" frameborder="0" allowtransparency="true" '
    'allow="encrypted-media"></iframe>'
)


@pytest.mark.parametrize(("height", "given"), [(80, 80), (152, 152), (352, 352), (20, 80)])
def test_the_height_of_the_pasted_code_is_kept(height: int, given: int) -> None:
    embed = recognise(f"{OPEN}/embed/album/{ID}", {"height": str(height), "width": "100%"})

    assert embed.size == (640, given)


def test_without_a_height_a_track_is_lower_than_an_album() -> None:
    assert [recognise(f"{OPEN}/{kind}/{ID}").size[1] for kind in ("track", "album")] == [152, 352]


def test_a_page_without_a_release_shows_the_link_alone() -> None:
    assert contacts(EPISODE)
    html, findings = closed(f"<p>Nachrichten</p>{EPISODE}")

    assert findings == [("linked", "episode", f"{OPEN}/episode/{ID}")]
    assert "utm_source" not in html


def test_a_released_page_asks_before_it_loads() -> None:
    html, findings = opened(SHOW_2021, "spotify")

    assert findings == [("gated", "show", f"{OPEN}/show/{ID}")]
    assert "Audiobeitrag von Spotify: noch nicht geladen" in html


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
