"""ARTE: videos, in the player of today and in the older one."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

VIDEO = "https://www.arte.tv/de/videos/095172-005-A/"


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{VIDEO}">Film</a></p>',
        '<iframe src="/embeds/de/095172-005-A"></iframe>',
        '<div class="arte-player">Film</div>',
    ],
)
def test_links_and_own_players_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "arte")
