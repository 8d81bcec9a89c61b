"""Dailymotion: videos and playlists, in the frames of both its hosts."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

VIDEO = "https://www.dailymotion.com/video/x8abcde"


@pytest.mark.parametrize(
    "document",
    [
        '<div class="dailymotion"><a href="https://www.dailymotion.com/musterstadt">Dailymotion</a></div>',
        '<iframe src="/player.html?video=x8abcde"></iframe>',
        f'<p><a href="{VIDEO}">Film</a></p>',
    ],
)
def test_links_and_own_players_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "dailymotion")
