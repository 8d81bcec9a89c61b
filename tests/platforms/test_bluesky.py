"""Bluesky: posts, by a handle or a DID."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched, opened

DID = "did:plc:abcdefghijklmnopqrstuvwx"
POST = f"https://bsky.app/profile/{DID}/post/3kabcdefghi2j"
FRAME = f"https://embed.bsky.app/embed/{DID}/app.bsky.feed.post/3kabcdefghi2j"
RENDERED = (
    f'<div class="bluesky-embed"><iframe src="{FRAME}?id=0123&amp;ref_url=https%3A%2F%2Fwww.leinau.example%2Fneues&amp;colorMode=system" '
    'width="100%" frameborder="0" scrolling="no" style="height: 402px;"></iframe></div>'
)


def test_a_rendered_copy_tells_the_pages_address_to_nobody() -> None:
    html, findings = opened(RENDERED, "bluesky")

    assert findings == [("gated", "post", POST)]
    assert "ref_url" not in html


@pytest.mark.parametrize(
    "document",
    [
        '<div class="bluesky-embed">Unser Auftritt</div>',
        '<blockquote class="bluesky-embed"><a href="https://bsky.app/profile/musterstadt.example">Bluesky</a></blockquote>',
        f'<p><a href="{POST}">Beitrag</a></p>',
    ],
)
def test_own_elements_of_that_name_and_links_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "bluesky")
