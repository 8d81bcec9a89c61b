"""Apple Podcasts: shows and episodes."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY

PAGE = "podcasts.apple.com/de/podcast/stadtgespr%C3%A4ch/id1234567890"


def test_the_list_of_shows_is_no_content() -> None:
    with pytest.raises(EmbedRefused):
        recognise("https://podcasts.apple.com/de/genre/podcasts/id26")


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
