"""Spotify: music and podcasts, in the frames of today and in those of years before."""

from __future__ import annotations

import pytest
from support.platform_content import closed, contacts, is_untouched, opened, shown

from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY

ID = "4aBcDeFgHiJkLmNoPqRsTu"
OPEN = "https://open.spotify.com"
EPISODE = (
    f'<iframe data-testid="embed-iframe" style="border-radius:12px" src="{OPEN}/embed/episode/{ID}?utm_source=generator" '
    'width="100%" height="352" frameBorder="0" allowfullscreen="" '
    'allow="autoplay; clipboard-write; encrypted-media; fullscreen; picture-in-picture" loading="lazy"></iframe>'
)
SHOW_2021 = (
    f'<iframe src="{OPEN}/embed-podcast/show/{ID}" width="100%" height="232" frameborder="0" allowtransparency="true" '
    'allow="encrypted-media"></iframe>'
)


@pytest.mark.parametrize(
    ("pasted", "kind", "public", "frame"),
    [
        (EPISODE, "episode", f"{OPEN}/episode/{ID}", f"{OPEN}/embed/episode/{ID}"),
        (SHOW_2021, "show", f"{OPEN}/show/{ID}", f"{OPEN}/embed/show/{ID}"),
        (f"{OPEN}/intl-de/track/{ID}?si=0123456789abcdef", "track", f"{OPEN}/track/{ID}", f"{OPEN}/embed/track/{ID}"),
        (f"{OPEN}/album/{ID}", "album", f"{OPEN}/album/{ID}", f"{OPEN}/embed/album/{ID}"),
        (f"{OPEN}/artist/{ID}/", "artist", f"{OPEN}/artist/{ID}", f"{OPEN}/embed/artist/{ID}"),
        (f"{OPEN}/user/stadt/playlist/{ID}", "playlist", f"{OPEN}/playlist/{ID}", f"{OPEN}/embed/playlist/{ID}"),
        (f"{OPEN}/embed/track/{ID}?theme=0&utm_source=oembed", "track", f"{OPEN}/track/{ID}", f"{OPEN}/embed/track/{ID}?theme=0"),
        (f"{OPEN}/embed/episode/{ID}/video?t=75", "episode", f"{OPEN}/episode/{ID}", f"{OPEN}/embed/episode/{ID}/video?t=75"),
        (f"https://embed.spotify.com/?uri=spotify:user:stadt:playlist:{ID}", "playlist", f"{OPEN}/playlist/{ID}", f"{OPEN}/embed/playlist/{ID}"),
        (f"{OPEN}/embed?uri=spotify%3Atrack%3A{ID}", "track", f"{OPEN}/track/{ID}", f"{OPEN}/embed/track/{ID}"),
        (f"https://embed.spotify.com/?uri={OPEN}/album/{ID}", "album", f"{OPEN}/album/{ID}", f"{OPEN}/embed/album/{ID}"),
    ],
)  # fmt: skip
def test_music_and_podcasts_are_recognised_in_every_form(pasted: str, kind: str, public: str, frame: str) -> None:
    assert shown(pasted) == (kind, public, frame)


@pytest.mark.parametrize(("height", "given"), [(80, 80), (152, 152), (352, 352), (20, 80)])
def test_the_height_of_the_pasted_code_is_kept(height: int, given: int) -> None:
    embed = recognise(f"{OPEN}/embed/album/{ID}", {"height": str(height), "width": "100%"})

    assert embed.size == (640, given)


def test_without_a_height_a_track_is_lower_than_an_album() -> None:
    assert [recognise(f"{OPEN}/{kind}/{ID}").size[1] for kind in ("track", "album")] == [152, 352]


def test_a_page_without_a_release_shows_the_link_alone() -> None:
    assert contacts(EPISODE)
    html, findings = closed(f"<p>Nachrichten</p>{EPISODE}")

    assert findings == [("linked", "episode", f"{OPEN}/episode/{ID}")]
    assert "utm_source" not in html


def test_a_released_page_asks_before_it_loads() -> None:
    html, findings = opened(SHOW_2021, "spotify")

    assert findings == [("gated", "show", f"{OPEN}/show/{ID}")]
    assert "Audiobeitrag von Spotify: noch nicht geladen" in html


def test_frames_may_decode_what_is_protected_and_write_to_the_clipboard() -> None:
    for kind in REGISTRY["spotify"].embeds:
        assert {"encrypted-media", "clipboard-write"} <= set(kind.features)
        assert (kind.content, kind.referrer, kind.with_credentials, kind.sandbox) == ("sound", "no-referrer", "", ())


@pytest.mark.parametrize(
    "document",
    [
        f'<p><a href="{OPEN}/show/{ID}">Podcast der Stadt</a></p>',
        '<p><a href="https://support.spotify.com/de/article/konto/">Hilfe</a></p>',
        '<div class="spotify-teaser embed-track" data-height="352">Podcast</div>',
    ],
)
def test_links_and_own_elements_stay_as_they_are(document: str) -> None:
    assert is_untouched(document, "spotify")
