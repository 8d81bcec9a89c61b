"""Tumblr: posts. The frame has a key of the blog, the link inside the address of the post."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

KEY = "BVez7Cl_SeW9VrD92h36Og"
POST = "https://musterstadt.tumblr.com/post/138827117418"
FRAME = f"https://embed.tumblr.com/embed/post/t:{KEY}/138827117418/v2"
SCRIPT = '<script async src="https://assets.tumblr.com/post.js"></script>'
LINK = f'<a href="{POST}/das-freibad-ist-offen">Das Freibad ist offen</a>'
NEW = f'<div class="tumblr-post" data-href="{FRAME}" data-did="6d25b0a1">{LINK}</div>{SCRIPT}'
OLD = (
    f'<div class="tumblr-post" data-href="https://embed.tumblr.com/embed/post/{KEY}/138827117418" data-did="6d25b0a1">'
    f'<a href="http://musterstadt.tumblr.com/post/138827117418">Das Freibad ist offen</a></div>'
    '<script async src="https://secure.assets.tumblr.com/post.js"></script>'
)


@pytest.mark.parametrize("document", [NEW, OLD])
def test_a_released_page_asks_before_it_loads(document: str) -> None:
    assert contacts(document)
    html, findings = opened(document, "tumblr")

    assert findings[0] == ("gated", "post", POST)
    assert [outcome for outcome, _, _ in findings[1:]] == ["removed"]
    assert "Das Freibad ist offen" in html
    assert closed(document)[1][0] == ("linked", "post", POST)


@pytest.mark.parametrize(
    "document",
    [
        '<div class="tumblr-post" data-href="/post/1">Eigener Beitrag</div>',
        '<article class="tumblr-post"><a href="https://www.tumblr.com/musterstadt">Tumblr</a></article>',
        f"<p>{LINK}</p>",
    ],
)
def test_own_elements_of_that_name_and_links_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "tumblr")
