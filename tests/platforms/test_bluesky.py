"""Bluesky: posts, by a handle or a DID."""

from __future__ import annotations

import pytest
from support.platform_content import contacts, is_untouched, opened

DID = "did:plc:abcdefghijklmnopqrstuvwx"
POST = f"https://bsky.app/profile/{DID}/post/3kabcdefghi2j"
FRAME = f"https://embed.bsky.app/embed/{DID}/app.bsky.feed.post/3kabcdefghi2j"
TEXT = (
    f'<p lang="de">Das Freibad ist offen</p>&mdash; Musterstadt (<a href="https://bsky.app/profile/{DID}?ref_src=embed">@musterstadt.example</a>) '
    f'<a href="{POST}?ref_src=embed">1. November 2026</a>'
)
SCRIPT = '<script async src="https://embed.bsky.app/static/embed.js" charset="utf-8"></script>'
DIALOGUE = (
    f'<blockquote class="bluesky-embed" data-bluesky-uri="at://{DID}/app.bsky.feed.post/3kabcdefghi2j" data-bluesky-cid="bafyreib" '
    f'data-bluesky-embed-color-mode="system">{TEXT}</blockquote>{SCRIPT}'
)
WITHOUT_DATA = f'<blockquote class="bluesky-embed">{TEXT}</blockquote>{SCRIPT}'
RENDERED = (
    f'<div class="bluesky-embed"><iframe src="{FRAME}?id=0123&amp;ref_url=https%3A%2F%2Fwww.leinau.example%2Fneues&amp;colorMode=system" '
    'width="100%" frameborder="0" scrolling="no" style="height: 402px;"></iframe></div>'
)


@pytest.mark.parametrize("document", [DIALOGUE, WITHOUT_DATA])
def test_a_released_page_asks_before_it_loads(document: str) -> None:
    assert contacts(document)
    html, findings = opened(document, "bluesky")

    assert findings == [("gated", "post", POST), ("removed", "", "https://embed.bsky.app/static/embed.js")]
    assert "Das Freibad ist offen" in html


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
