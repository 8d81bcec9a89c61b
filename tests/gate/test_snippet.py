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
    "html", ["<p>Text</p>", "<iframe src='https://www.example.org/'>", "<", "<iframe>", "<b>" * 10_000]
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
