"""ZDF: videos of its media library."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

VIDEO = "https://www.zdf.de/wissen/leschs-kosmos/umgang-mit-daten-102.html"


@pytest.mark.parametrize("path", ["", "wissen", "video/magazine/leschs-kosmos-100/umgang-mit-daten"])
def test_addresses_from_which_no_frame_follows_are_refused(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://www.zdf.de/{path}")


@pytest.mark.parametrize(
    "document", [f'<p><a href="{VIDEO}">Film</a></p>', '<iframe src="/miniplayer/embed/?mediaID=1"></iframe>']
)
def test_links_and_own_players_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "zdf")
