"""Giphy: short moving pictures."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

CREDIT = '<p><a href="https://giphy.com/gifs/winken-rathaus-F7yLXA5fJ5sLC">via GIPHY</a></p>'
DIALOGUE = (
    '<iframe src="https://giphy.com/embed/F7yLXA5fJ5sLC" width="480" height="270" style="" frameBorder="0" class="giphy-embed" '
    f"allowFullScreen></iframe>{CREDIT}"
)


@pytest.mark.parametrize("path", ["search/katzen", "musterstadt", "explore/winken"])
def test_lists_of_the_site_are_no_content(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://giphy.com/{path}")


def test_a_page_without_a_release_shows_the_link_and_the_line_behind_stays() -> None:
    assert contacts(DIALOGUE)
    html, findings = closed(DIALOGUE)

    assert findings == [("linked", "gif", "https://giphy.com/gifs/F7yLXA5fJ5sLC")]
    assert html.endswith(CREDIT)


def test_of_a_picture_that_is_fetched_from_its_host_the_text_stays() -> None:
    html, _ = closed('<p><img src="https://media.giphy.com/media/F7yLXA5fJ5sLC/giphy.gif" alt="Winkende Hand"></p>')

    assert "giphy" not in html
    assert "Winkende Hand" in html


@pytest.mark.parametrize("document", [CREDIT, '<div class="giphy-embed">Eigenes Bild</div>'])
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "giphy")
