"""Embed code in the place of an address."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.paths import TESTS

from shariff_py.errors import EmbedRefused
from shariff_py.gate import read_snippet

PASTED = {path.stem: path.read_text() for path in sorted((TESTS / "pasted").glob("*.html"))}


@pytest.mark.parametrize("name", [name for name in PASTED if name.split("-")[0] in {"page", "post", "video"}])
def test_the_dialogues_code_names_its_content(name: str) -> None:
    embed, _ = read_snippet(PASTED[name])

    assert embed.kind == name.split("-")[0]
    assert embed.address.startswith("https://www.facebook.com/")


def test_the_words_of_the_quote_come_along() -> None:
    _, words = read_snippet(PASTED["post-sdk"])

    assert words.startswith("Am Sonntag öffnet das Freibad & der Eintritt ist frei.")


@pytest.mark.parametrize("name", ["like-frame", "like-sdk", "comments-sdk"])
def test_code_of_a_dead_widget_is_refused_with_the_date(name: str) -> None:
    with pytest.raises(EmbedRefused, match="10 February 2026"):
        read_snippet(PASTED[name])


@pytest.mark.parametrize(
    "html", ["<p>Text</p>", "<iframe src='https://www.example.org/'>", "<", "<iframe>", "<b>" * 10_000, "<iframe><![ x"]
)
def test_anything_else_is_refused(html: str) -> None:
    with pytest.raises(EmbedRefused):
        read_snippet(html)


@given(st.text(max_size=200))
def test_no_text_makes_it_fail_otherwise(text: str) -> None:
    for html in (text, f'<iframe src="{text}">', f'<div class="fb-post" data-href="{text}">'):
        try:
            embed, _ = read_snippet(html)
        except EmbedRefused:
            continue
        assert embed.address.startswith(("https://www.facebook.com/", "https://fb.watch/"))


POST = "https://www.facebook.com/leinau/posts/1"
SPELLINGS = [
    f'<div class="fb-post" href="{POST}"></div>',
    '<div class="fb-post" data-href="www.facebook.com/leinau/posts/1"></div>',
    '<div class="fb-post" data-href="facebook.com/leinau/posts/1"></div>',
    f'<iframe src="{POST}"></iframe>',
    f'<iframe src="https://www.facebook.com/plugins/new.php?href={POST}"></iframe>',
    f'<iframe data-src="https://www.facebook.com/plugins/post.php?href={POST}" src="about:blank"></iframe>',
    '<iframe src="https://www.facebook.com/plugins/post.php?href=facebook.com/leinau/posts/1"></iframe>',
    f'<iframe src="https://www.facebook.com/connect/ping"></iframe><div class="fb-post" data-href="{POST}"></div>',
    f'<div class="fb-like"></div><div class="fb-post" data-href="{POST}"></div>',
    f'<figure class="media"><oembed url="{POST}"></oembed></figure>',
]


@pytest.mark.parametrize("html", SPELLINGS)
def test_the_same_spellings_are_understood_as_in_pages(html: str) -> None:
    embed, _ = read_snippet(html)

    assert (embed.kind, embed.address) == ("post", POST)


def test_what_cannot_be_shown_is_refused_with_its_address() -> None:
    with pytest.raises(EmbedRefused) as refused:
        read_snippet(
            '<iframe src="https://www.facebook.com/plugins/event.php?href=www.facebook.com/events/7"></iframe>'
        )

    assert refused.value.address == "www.facebook.com/events/7"
