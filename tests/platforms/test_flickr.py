"""Flickr: photos and albums, which are pasted as a link with a picture inside or as a frame."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened, shown

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

PHOTO = "https://www.flickr.com/photos/musterstadt/12345678901/"
ALBUM = "https://www.flickr.com/photos/musterstadt/albums/72157687937284373/"
FRAME = "https://embedr.flickr.com/photos/12345678901?width=640&height=480"
PICTURE = (
    '<a data-flickr-embed="true" data-header="true" href="https://www.flickr.com/photos/musterstadt/12345678901/in/album-72157687937284373/" '
    'title="Rathaus"><img src="https://live.staticflickr.com/65535/12345678901_abc_z.jpg" width="640" height="427" alt="Das Rathaus bei '
    'Nacht"/></a><script async src="//embedr.flickr.com/assets/client-code.js" charset="utf-8"></script>'
)
PLAYER_2014 = (
    '<iframe src="https://www.flickr.com/photos/musterstadt/12345678901/player/" width="500" height="333" frameborder="0" allowfullscreen '
    "webkitallowfullscreen mozallowfullscreen oallowfullscreen msallowfullscreen></iframe>"
)
VIDEO_2020 = (
    '<iframe src="https://embedr.flickr.com/photos/12345678901" width="500" height="281" frameborder="0" allow="autoplay; fullscreen" '
    "allowfullscreen></iframe>"
)


@pytest.mark.parametrize(
    ("pasted", "kind", "public", "frame"),
    [
        (PLAYER_2014, "photo", PHOTO, FRAME),
        (VIDEO_2020, "photo", "https://flic.kr/p/jNWQdM", FRAME),
        (f"{PHOTO}in/dateposted-public/", "photo", PHOTO, FRAME),
        (f"{PHOTO}in/set-72157687937284373/player/", "photo", PHOTO, FRAME),
        ("https://www.flickr.com/photos/44489836@N06/23592539839", "photo", "https://www.flickr.com/photos/44489836@N06/23592539839/",
         "https://embedr.flickr.com/photos/23592539839?width=640&height=480"),
        ("https://flic.kr/p/jNWQdM", "photo", "https://flic.kr/p/jNWQdM", FRAME),
        (ALBUM, "album", ALBUM, "https://embedr.flickr.com/photosets/72157687937284373?width=640&height=480"),
        (ALBUM.replace("albums", "sets"), "album", ALBUM, "https://embedr.flickr.com/photosets/72157687937284373?width=640&height=480"),
        (
            "https://embedr.flickr.com/photosets/72157720315430384?width=1200&height=600", "album", "https://flic.kr/s/aHsmXnLDC5",
            "https://embedr.flickr.com/photosets/72157720315430384?width=1200&height=600",
        ),
    ],
)  # fmt: skip
def test_photos_and_albums_are_recognised_in_every_form(pasted: str, kind: str, public: str, frame: str) -> None:
    assert shown(pasted) == (kind, public, frame)


@pytest.mark.parametrize("path", ["photos/musterstadt/", "explore", "groups/rathaus/pool/"])
def test_other_pages_of_the_site_are_no_content(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://www.flickr.com/{path}")


def test_of_a_pasted_picture_its_text_stays_in_the_link() -> None:
    assert contacts(PICTURE)
    for html, findings in (closed(PICTURE), opened(PICTURE, "flickr")):
        assert ">Das Rathaus bei Nacht<" in html
        assert 'href="https://www.flickr.com/photos/musterstadt/12345678901/in/album-72157687937284373/"' in html
        assert "staticflickr.com" not in html
        assert ("removed", "", "https://embedr.flickr.com/assets/client-code.js") in findings


def test_a_page_without_a_release_shows_the_link_alone() -> None:
    assert contacts(PLAYER_2014)

    assert closed(PLAYER_2014)[1] == [("linked", "photo", PHOTO)]


def test_a_released_page_asks_before_it_loads_a_frame() -> None:
    html, findings = opened(PLAYER_2014, "flickr")

    assert findings == [("gated", "photo", PHOTO)]
    assert "Bild von Flickr: noch nicht geladen" in html


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{ALBUM}">Bilder vom Stadtfest</a></p>',
        '<a class="flickr-embed" href="/bilder/1"><img src="/bilder/1.jpg" alt="Rathaus"></a>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "flickr")
