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


NAMED = {
    "operator": "Rechenzentrum Leinau",
    "address": "Am Markt 1, 31999 Leinau",
    "country": "DE",
    "privacy_url": "https://social.leinau.example/privacy-policy",
}
PASTED = [
    f'<iframe src="https://social.leinau.example{POST}/embed"></iframe>',
    f'<blockquote class="mastodon-embed" data-embed-url="https://social.leinau.example{POST}/embed"><a href="https://social.leinau.example{POST}">'
    'Post</a></blockquote><script async src="https://social.leinau.example/embed.js"></script>',
]


@pytest.mark.parametrize("hosts", [["www.leinau.example", "social.leinau.example"], ["*.leinau.example"]])
@pytest.mark.parametrize("markup", PASTED)
def test_a_server_that_the_settings_name_is_asked_for_on_a_host_of_the_site_too(markup: str, hosts: list[str]) -> None:
    """The notice tells that its content waits for consent."""
    using = Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example", "hosts": hosts},
            "frame": {"secrets": ["only for these tests"]},
            "releases": {"mastodon": {"state": "released"}},
            "controllers": {
                "city": {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
            },
            "platforms": {"mastodon": {"servers": {"social.leinau.example": NAMED}}},
        }
    )
    picture = '<img src="https://social.leinau.example/a.png">'
    gated = gate_html(markup + picture, using).html

    assert gated.count("<shariff-gate") == 1
    assert "embed.js" not in gated
    assert f"{POST}/embed" not in gated
    assert picture in gated
