"""Deezer: music and podcasts."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise


def test_stations_of_the_old_player_are_no_content() -> None:
    with pytest.raises(EmbedRefused):
        recognise("https://www.deezer.com/plugins/player?type=radio&id=1")


@pytest.mark.parametrize(
    "document",
    [
        '<p><a href="https://www.deezer.com/de/album/1">Hören</a></p>',
        '<div class="deezer widget" data-type="album" data-id="1">Eigenes</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "deezer")
