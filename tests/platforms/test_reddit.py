"""Reddit: posts and comments."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

POST = "https://www.reddit.com/r/musterstadt/comments/1abc2d/"


@pytest.mark.parametrize(
    "document",
    [
        '<div class="reddit-card">Unser Auftritt</div>',
        '<div class="reddit-embed"><a href="https://www.reddit.com/r/musterstadt/comments/1abc2d/">Frage</a></div>',
        '<blockquote class="reddit-embed-bq"><a href="https://www.reddit.com/r/musterstadt/">r/musterstadt</a></blockquote>',
        f'<p><a href="{POST}">Frage</a></p>',
    ],
)
def test_own_elements_of_that_name_and_links_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "reddit")
