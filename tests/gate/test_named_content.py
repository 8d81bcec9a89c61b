"""An element that only names content (``oembed`` of CKEditor) becomes what a script of the page would make of it: the content, behind a gate."""

from __future__ import annotations

import pytest
from support.platform_content import closed, is_untouched, opened

VIDEO = "https://www.youtube.com/watch?v=AbCdEfGhIjK"
NAMED = [
    (VIDEO, "youtube", "video", VIDEO),
    ("https://youtu.be/AbCdEfGhIjK?si=zYx123", "youtube", "video", VIDEO),
    ("//vimeo.com/123456789", "vimeo", "video", "https://vimeo.com/123456789"),
    ("https://twitter.com/town/status/1234567?s=20", "x", "post", "https://x.com/town/status/1234567"),
    ("https://www.instagram.com/p/CabcDefGhiJ/?igsh=x", "instagram", "post", "https://www.instagram.com/p/CabcDefGhiJ/"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "platform", "kind", "public"), NAMED)
def test_content_that_an_element_names_becomes_a_gate_or_a_link(
    address: str, platform: str, kind: str, public: str
) -> None:
    page = f'<p>Davor</p><figure class="media"><oembed url="{address}"></oembed></figure><p>Danach</p>'

    for (gated, found), outcome in ((opened(page, platform), "gated"), (closed(page), "linked")):
        assert found == [(outcome, kind, public)]
        assert gated.startswith('<p>Davor</p><figure class="media">')
        assert gated.endswith("</figure><p>Danach</p>")


@pytest.mark.parametrize(
    "markup",
    [
        f'<div url="{VIDEO}"></div>',
        f'<oembed url="{VIDEO}">Film</oembed>',
        '<oembed url="https://www.example.org/film"></oembed>',
        '<oembed url="https://notyoutube.com/watch?v=AbCdEfGhIjK"></oembed>',
        f'<oembed title="{VIDEO}"></oembed>',
        f'<figure data-oembed="x"><a href="{VIDEO}">Film</a></figure>',
    ],
)
def test_what_names_other_things_or_shows_something_itself_stays(markup: str) -> None:
    assert is_untouched(markup, "youtube")
