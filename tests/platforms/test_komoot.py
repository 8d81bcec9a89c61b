"""Komoot: tours and collections. The token of a tour that is not public is in the frame's address alone."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.consent_ui.frame import load_embed_token, sign_embed_token
from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

SITE = "https://www.komoot.com"
TOUR = (
    f'<iframe src="{SITE}/de-de/tour/2307166457/embed?share_token=aQnymAKsMOlx&profile=1" width="640" height="700" '
    'frameborder="0" scrolling="no"></iframe>'
)


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
