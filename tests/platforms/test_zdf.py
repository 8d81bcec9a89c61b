"""ZDF: videos of its media library."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

from shariff_py.errors import EmbedRefused
from shariff_py.platforms.recognition import recognise

PLAYER = "https://ngp.zdf.de/miniplayer/embed/?mediaID="
VIDEO = "https://www.zdf.de/wissen/leschs-kosmos/umgang-mit-daten-102.html"
FRAME = f"{PLAYER}%2Fzdf%2Fwissen%2Fleschs-kosmos%2Fumgang-mit-daten-102"
DIALOGUE = f'<iframe width="640" height="360" src="{FRAME}" allowfullscreen></iframe>'
PLAIN = (
    '<iframe width="100%" src="https://ngp.zdf.de/miniplayer/embed/?mediaID=/zdf/wissen/leschs-kosmos/umgang-mit-daten-102&amp;autoplay=true">'
    "</iframe>"
)


@pytest.mark.parametrize("document", [DIALOGUE, PLAIN])
def test_a_released_page_asks_before_it_loads(document: str) -> None:
    assert contacts(document)

    assert opened(document, "zdf")[1] == [("gated", "video", VIDEO)]
    assert closed(document)[1] == [("linked", "video", VIDEO)]


@pytest.mark.parametrize("path", ["", "wissen", "video/magazine/leschs-kosmos-100/umgang-mit-daten"])
def test_addresses_from_which_no_frame_follows_are_refused(path: str) -> None:
    with pytest.raises(EmbedRefused):
        recognise(f"https://www.zdf.de/{path}")


@pytest.mark.parametrize(
    "document", [f'<p><a href="{VIDEO}">Film</a></p>', '<iframe src="/miniplayer/embed/?mediaID=1"></iframe>']
)
def test_links_and_own_players_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "zdf")
