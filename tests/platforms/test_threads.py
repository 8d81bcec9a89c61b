"""Threads: posts."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

POST = "https://www.threads.com/@musterstadt/post/CabcDefGhiJ"
DIALOGUE = (
    f'<blockquote class="text-post-media" data-text-post-permalink="{POST}" data-text-post-version="0" id="ig-tp-CabcDefGhiJ" '
    f'style="background:#FFF;border-radius:16px;max-width:650px;"><a href="{POST}" target="_blank">Auf Threads ansehen</a></blockquote>'
    '<script async src="https://www.threads.com/embed.js"></script>'
)
OLD_HOST = (
    '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.net/@musterstadt/post/CabcDefGhiJ?xmt=AQGz" '
    'data-text-post-version="0"><a href="https://www.threads.net/@musterstadt/post/CabcDefGhiJ?xmt=AQGz">Das Freibad ist offen</a>'
    '</blockquote><script async src="https://www.threads.net/embed.js"></script>'
)


@pytest.mark.parametrize(("document", "kept"), [(DIALOGUE, "Auf Threads ansehen"), (OLD_HOST, "Das Freibad ist offen")])
def test_a_released_page_asks_before_it_loads(document: str, kept: str) -> None:
    assert contacts(document)
    html, findings = opened(document, "threads")

    assert findings[0] == ("gated", "post", POST)
    assert [outcome for outcome, _, _ in findings[1:]] == ["removed"]
    assert kept in html
    assert "<script" not in html
    assert closed(document)[1][0] == ("linked", "post", POST)


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
