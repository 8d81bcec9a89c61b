"""Tumblr: posts. The frame has a key of the blog, the link inside the address of the post."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

POST = "https://musterstadt.tumblr.com/post/138827117418"
LINK = f'<a href="{POST}/das-freibad-ist-offen">Das Freibad ist offen</a>'


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
