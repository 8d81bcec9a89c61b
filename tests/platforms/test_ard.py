"""ARD: videos of its media library."""

from __future__ import annotations

import pytest
from support.platform_content import is_untouched

ID = "Y3JpZDovL3N3ci5kZS9hZXgvbzIzMjIwOTc"
VIDEO = f"https://www.ardmediathek.de/video/{ID}"


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
