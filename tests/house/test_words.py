"""Texts that a site writes itself: which one is shown to whom, and when it is marked as another language's."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from shariff_py.settings.words import LocalizedText, in_language, is_set

BOTH = {"de": "Rathaus", "en": "town hall"}


@pytest.mark.parametrize(
    ("words", "wanted", "text", "lang"),
    [
        (BOTH, "de", "Rathaus", ""),
        (BOTH, "en", "town hall", ""),
        (BOTH, "de-simple", "Rathaus", "de"),
        (BOTH, "fr", "Rathaus", "de"),
        ({"en": "town hall"}, "fr", "town hall", "en"),
        ({"de-simple": "Das Haus", "de": "Rathaus"}, "de-simple", "Das Haus", ""),
        ({"de": " ", "en": "town hall"}, "de", "town hall", "en"),
        ("Rathaus", "de", "Rathaus", ""),
        ("Rathaus", "en", "Rathaus", "de"),
        (" Rathaus\n", "de", "Rathaus", ""),
    ],
)
def test_a_text_is_shown_in_the_readers_language_or_marked(
    words: str | Mapping[str, str], wanted: str, text: str, lang: str
) -> None:
    assert in_language(words, wanted, "de") == LocalizedText(text, lang)


@pytest.mark.parametrize("words", ["", "  ", {}, {"de": ""}])
def test_where_there_is_no_text_nothing_is_shown(words: str | Mapping[str, str]) -> None:
    assert in_language(words, "de", "de") is None
    assert not is_set(words)


@pytest.mark.parametrize("words", ["Rathaus", {"fr": "mairie"}])
def test_a_text_in_whatever_language_is_one(words: str | Mapping[str, str]) -> None:
    assert is_set(words)
