"""Threads: posts."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

POST = "https://www.threads.com/@musterstadt/post/CabcDefGhiJ"


@pytest.mark.parametrize(
    "document",
    [
        '<div class="text-post-media card"><a href="/aktuelles/1">Neues</a></div>',
        '<p class="text-post-media">Ein Bild</p><p><a href="https://www.threads.com/@musterstadt">Threads</a></p>',
        '<div class="text-post">Text</div>',
        f'<p><a href="{POST}">Beitrag</a></p>',
    ],
)
def test_own_elements_of_that_name_and_links_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "threads")
