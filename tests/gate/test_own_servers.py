"""What is loaded from the site's own server of a platform that anybody can run is the site's own content: it stays as it is."""

from __future__ import annotations

import pytest
from support.golden import ORIGIN

from shariff_py import gate_html
from shariff_py.settings import Settings

VIDEO = "/videos/embed/aBcDeFgHiJkLmNoPqRsTuV"
POST = "/@leinau/112233445566778899"
OWN = [
    f'<iframe src="{{origin}}{VIDEO}"></iframe>',
    f'<iframe data-src="{{origin}}{VIDEO}"></iframe>',
    f'<iframe src="{{origin}}{POST}/embed"></iframe><script async src="{{origin}}/embed.js"></script>',
    f'<div data-src="{{origin}}{VIDEO}"></div>',
    f'<amp-iframe src="{{origin}}{VIDEO}"></amp-iframe>',
    f'<video poster="{{origin}}{VIDEO}"></video>',
    f"<script>document.querySelector('iframe').src = '{{origin}}{VIDEO}';</script>",
    f'<blockquote class="mastodon-embed" data-embed-url="{{origin}}{POST}/embed"><a href="{{origin}}{POST}">Post</a></blockquote>',
]
SETTINGS = Settings.from_mapping({"site": {"origin": ORIGIN}})


@pytest.mark.parametrize("markup", OWN)
def test_content_of_the_sites_own_server_stays(markup: str) -> None:
    page = markup.replace("{origin}", ORIGIN)

    assert gate_html(page, SETTINGS).html == page


@pytest.mark.parametrize("markup", [markup for markup in OWN if not markup.startswith("<script>")])
def test_the_same_of_a_server_of_others_does_not(markup: str) -> None:
    page = markup.replace("{origin}", "https://server.example.net")

    assert gate_html(page, SETTINGS).html != page
