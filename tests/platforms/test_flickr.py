"""Flickr: photos and albums, which are pasted as a link with a picture inside or as a frame."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened, shown

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

PHOTO = "https://www.flickr.com/photos/musterstadt/12345678901/"
ALBUM = "https://www.flickr.com/photos/musterstadt/albums/72157687937284373/"
PICTURE = (
    '<a data-flickr-embed="true" data-header="true" href="https://www.flickr.com/photos/musterstadt/12345678901/in/album-72157687937284373/" '
    'title="Rathaus"><img src="https://live.staticflickr.com/65535/12345678901_abc_z.jpg" width="640" height="427" alt="Das Rathaus bei '
    'Nacht"/></a><script async src="//embedr.flickr.com/assets/client-code.js" charset="utf-8"></script>'
)
PLAYER_2014 = (
    '<iframe src="https://www.flickr.com/photos/musterstadt/12345678901/player/" width="500" height="333" frameborder="0" allowfullscreen '
    "webkitallowfullscreen mozallowfullscreen oallowfullscreen msallowfullscreen></iframe>"
)


@pytest.mark.parametrize("path", ["photos/musterstadt/", "explore", "groups/rathaus/pool/"])
def test_other_pages_of_the_site_are_no_content(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://www.flickr.com/{path}")


def test_a_pasted_picture_is_neither_fetched_before_a_press_nor_without_a_release() -> None:
    assert contacts(PICTURE)
    for (html, findings), outcome in ((closed(PICTURE), "linked"), (opened(PICTURE, "flickr"), "gated")):
        assert findings == [
            (outcome, "photo", PHOTO),
            ("removed", "", "https://live.staticflickr.com/65535/12345678901_abc_z.jpg"),
            ("removed", "", "https://embedr.flickr.com/assets/client-code.js"),
        ]
        assert ">Das Rathaus bei Nacht<" in html


def test_a_pasted_picture_of_an_album_shows_the_album() -> None:
    pasted = f'<a data-flickr-embed="true" href="{ALBUM}"><img src="https://live.staticflickr.com/1/2_z.jpg" alt="Stadtfest"></a>'

    assert shown(pasted)[:2] == ("album", ALBUM)
    assert opened(pasted, "flickr")[1][0] == ("gated", "album", ALBUM)


def test_a_picture_without_the_mark_leaves_its_text_in_the_link() -> None:
    html, _ = closed(f'<a href="{PHOTO}"><img src="https://live.staticflickr.com/1/2_z.jpg" alt="Rathaus"></a>')

    assert html == f'<a href="{PHOTO}"><!---->Rathaus<!----></a>'


def test_a_released_page_asks_before_it_loads_a_frame() -> None:
    html, findings = opened(PLAYER_2014, "flickr")

    assert findings == [("gated", "photo", PHOTO)]
    assert "Flickr-Bild" in html


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{ALBUM}">Bilder vom Stadtfest</a></p>',
        f'<p><a href="{ALBUM}">Mehr</a></p><a data-flickr-embed="true" href="https://bilder.leinau.example/1">Rathaus</a>',
        f'<p><a href="{ALBUM}">Mehr</a></p><a data-flickr-embed="true" href="/bilder/1">Rathaus</a>',
        '<a class="flickr-embed" href="/bilder/1"><img src="/bilder/1.jpg" alt="Rathaus"></a>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "flickr")
