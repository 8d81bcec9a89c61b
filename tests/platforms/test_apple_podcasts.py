"""Apple Podcasts: shows and episodes."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY

PAGE = "podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890"
EPISODE = (
    '<iframe allow="autoplay *; encrypted-media *; fullscreen *; clipboard-write" frameborder="0" height="175" '
    'style="width:100%;max-width:660px;overflow:hidden;border-radius:10px;" sandbox="allow-forms allow-popups allow-same-origin allow-scripts '
    'allow-storage-access-by-user-activation allow-top-navigation-by-user-activation" '
    'src="https://embed.podcasts.apple.com/de/podcast/stadtgespräch/id1234567890?i=1000123456789"></iframe>'
)
SHOW_2020 = (
    '<iframe title="Apple Podcasts Embed" src="https://embed.podcasts.apple.com/us/podcast/city-talk/id1435008302?itsct=podcast_box_player&amp;'
    'itscg=30200&amp;ls=1&amp;theme=light" height="450px" frameborder="0"></iframe>'
)


def test_the_list_of_shows_is_no_content() -> None:
    with pytest.raises(EmbedRefused):
        recognise("https://podcasts.apple.com/de/genre/podcasts/id26")


def test_a_page_without_a_release_shows_the_link_alone() -> None:
    assert contacts(EPISODE)

    assert closed(EPISODE)[1] == [("linked", "episode", f"https://{PAGE}?i=1000123456789")]


def test_a_released_page_asks_before_it_loads() -> None:
    html, findings = opened(SHOW_2020, "apple_podcasts")

    assert findings == [("gated", "show", "https://podcasts.apple.com/us/podcast/city-talk/id1435008302")]
    assert "Audiobeitrag von Apple Podcasts: noch nicht geladen" in html


def test_no_frame_may_navigate_the_page_as_its_own_code_allows() -> None:
    for kind in REGISTRY["apple_podcasts"].embeds:
        assert (kind.content, kind.sandbox, kind.referrer, kind.with_credentials) == ("sound", (), "no-referrer", "")
        assert "encrypted-media" in kind.features


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="https://{PAGE}?i=1">Hören</a></p>',
        '<p><img src="https://www.leinau.example/apple-podcasts.svg" alt="Apple Podcasts"></p>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "apple_podcasts")
