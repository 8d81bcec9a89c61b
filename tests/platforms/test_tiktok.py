"""TikTok: videos; profiles and live broadcasts become links."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened, shown

VIDEO = "https://www.tiktok.com/@musterstadt/video/7123456789012345678"
SCRIPT = '<script async src="https://www.tiktok.com/embed.js"></script>'
OLD = (
    f'<blockquote class="tiktok-embed" cite="{VIDEO}" data-video-id="7123456789012345678" style="max-width: 605px;min-width: 325px;">'
    '<section><a target="_blank" title="@musterstadt" href="https://www.tiktok.com/@musterstadt?refer=embed">@musterstadt</a> '
    f"Das Freibad ist offen</section></blockquote> {SCRIPT}"
)
PROFILE = (
    '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@musterstadt" data-unique-id="musterstadt" '
    'data-embed-type="creator" style="max-width: 780px; min-width: 288px;"><section><a target="_blank" '
    f'href="https://www.tiktok.com/@musterstadt?refer=creator_embed">@musterstadt</a></section></blockquote>{SCRIPT}'
)
LIVE = '<iframe src="https://www.tiktok.com/embed/live/@musterstadt?embed_domain=www.leinau.example" allow="autoplay; fullscreen"></iframe>'


def test_a_video_without_its_author_has_an_address_all_the_same() -> None:
    pasted = '<blockquote class="tiktok-embed" data-video-id="7123456789012345678"><section></section></blockquote>'

    assert shown(pasted) == (
        "video",
        "https://www.tiktok.com/@_/video/7123456789012345678",
        "https://www.tiktok.com/player/v1/7123456789012345678?rel=0&description=1",
    )


def test_a_video_in_the_old_code_asks_before_it_loads() -> None:
    assert contacts(OLD)
    html, findings = opened(OLD, "tiktok")

    assert findings == [("gated", "video", VIDEO), ("removed", "", "https://www.tiktok.com/embed.js")]
    assert "Das Freibad ist offen" in html


@pytest.mark.parametrize(
    ("document", "address"),
    [
        (PROFILE, "https://www.tiktok.com/@musterstadt"),
        ('<iframe src="https://www.tiktok.com/embed/@musterstadt"></iframe>', "https://www.tiktok.com/@musterstadt"),
        (LIVE, "https://www.tiktok.com/@musterstadt/live"),
    ],
)
def test_profiles_and_live_broadcasts_become_links(document: str, address: str) -> None:
    assert contacts(document)
    for _, findings in (opened(document, "tiktok"), closed(document)):
        assert (findings[0][0], findings[0][2]) == ("linked", address)


@pytest.mark.parametrize(
    "document",
    [
        '<blockquote class="tiktok-embed">Unser Auftritt</blockquote>',
        '<blockquote class="tiktok-embed" cite="/quelle"><a href="https://www.tiktok.com/@musterstadt">TikTok</a></blockquote>',
        f'<p><a href="{VIDEO}">Video</a></p>',
    ],
)
def test_own_elements_of_that_name_and_links_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "tiktok")
