"""Komoot: tours and collections. The token of a tour that is not public is in the frame's address alone."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS
from support.platform_content import closed, contacts, is_untouched, opened, shown

from shariff_py.consent_ui.frame import load_embed_token, sign_embed_token
from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

SITE = "https://www.komoot.com"
TOUR = (
    f'<iframe src="{SITE}/de-de/tour/2307166457/embed?share_token=aQnymAKsMOlx&profile=1" width="640" height="700" '
    'frameborder="0" scrolling="no"></iframe>'
)
TOUR_2018 = '<iframe src="https://www.komoot.de/tour/14022454/embed?profile=0" width="640" height="440"></iframe>'


@pytest.mark.parametrize(
    ("pasted", "kind", "public", "frame"),
    [
        (
            TOUR, "tour", f"{SITE}/tour/2307166457", f"{SITE}/tour/2307166457/embed?share_token=aQnymAKsMOlx&profile=1",
        ),
        (TOUR_2018, "tour", f"{SITE}/tour/14022454", f"{SITE}/tour/14022454/embed?profile=0"),
        ("https://en.komoot.de/tour/14022454/embed", "tour", f"{SITE}/tour/14022454", f"{SITE}/tour/14022454/embed"),
        (
            f"{SITE}/tour/1/embed?share_token=aFC&hl=es&layout=gallery&gallery=1", "tour", f"{SITE}/tour/1",
            f"{SITE}/tour/1/embed?share_token=aFC",
        ),
        (f"{SITE}/de-de/tour/1?share_token=aB&ref=wtd", "tour", f"{SITE}/tour/1", f"{SITE}/tour/1/embed?share_token=aB"),
        (
            f"{SITE}/collection/3965053/radwege-am-meer/embed?layout=map", "collection", f"{SITE}/collection/3965053/radwege-am-meer",
            f"{SITE}/collection/3965053/radwege-am-meer/embed",
        ),
        (f"{SITE}/de-de/collection/3965053/", "collection", f"{SITE}/collection/3965053", f"{SITE}/collection/3965053/embed"),
    ],
)  # fmt: skip
def test_tours_and_collections_are_recognised_in_every_form(pasted: str, kind: str, public: str, frame: str) -> None:
    assert shown(pasted) == (kind, public, frame)


def test_the_token_is_told_nowhere_but_in_the_frame() -> None:
    assert contacts(TOUR)
    closed_html, linked = closed(TOUR)
    opened_html, gated = opened(TOUR, "komoot")

    assert linked == [("linked", "tour", f"{SITE}/tour/2307166457")]
    assert gated == [("gated", "tour", f"{SITE}/tour/2307166457")]
    assert "aQnymAKsMOlx" not in closed_html + opened_html
    assert "share_token" not in closed_html + opened_html


def test_the_signed_description_leads_to_the_same_frame() -> None:
    embed = recognise(f"{SITE}/tour/1/embed?share_token=aB&profile=1")

    assert load_embed_token(sign_embed_token(embed, SETTINGS), SETTINGS) == embed


@pytest.mark.parametrize("path", ["tour/1/zoom", "user/123", "discover/Musterstadt"])
def test_other_pages_of_the_site_are_no_content(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"{SITE}/{path}")


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{SITE}/tour/1?share_token=aB">Zur Tour</a></p>',
        '<div class="komoot tour" data-tour="1">Eigene Karte</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "komoot")
