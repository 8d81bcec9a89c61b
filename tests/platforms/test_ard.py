"""ARD: videos of its media library."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened

ID = "Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc"
VIDEO = f"https://www.ardmediathek.de/video/{ID}"
FRAME = f"https://www.ardmediathek.de/embed/{ID}"
DIALOGUE = f'<iframe src="{FRAME}" width="640" height="360" allowfullscreen frameBorder="0" scrolling="no" title="ARD Mediathek"></iframe>'
PART = f'<iframe src="{FRAME}?startTime=12&amp;endTime=90" width="640" height="420" allowfullscreen frameBorder="0"></iframe>'


@pytest.mark.parametrize("document", [DIALOGUE, PART])
def test_a_released_page_asks_before_it_loads(document: str) -> None:
    assert contacts(document)

    assert opened(document, "ard")[1] == [("gated", "video", VIDEO)]
    assert closed(document)[1] == [("linked", "video", VIDEO)]


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{VIDEO}">Film</a></p>',
        f'<iframe src="/embed/{ID}"></iframe>',
        '<div class="ard-player">Film</div>',
    ],
)
def test_links_and_own_players_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "ard")
