"""The pattern of any of many words finds what each of them alone would."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from shariff_py.alternation import one_of

WORDS = st.lists(st.text("ab.", min_size=1, max_size=5), max_size=6)
TEXTS = st.text("ab.", max_size=8)


def test_what_words_begin_with_in_common_is_there_once() -> None:
    assert one_of(["google", "gl", "com", "gle", "gl"]) == "(?:com|g(?:l(?:(?:e)|)|oogle))"


def test_no_words_match_nothing() -> None:
    assert re.search(one_of([]), "anything") is None


@given(WORDS, TEXTS)
def test_one_of_the_words_is_found_where_it_is(words: list[str], text: str) -> None:
    assert bool(re.search(one_of(words), text)) == any(word in text for word in words)
    assert bool(re.fullmatch(one_of(words), text)) == (text in words)


@given(WORDS, TEXTS, st.lists(st.integers(0, 2), min_size=8, max_size=8))
def test_a_word_is_found_whatever_stands_between_its_letters(words: list[str], text: str, gaps: list[int]) -> None:
    split = "".join(letter + "-" * gap for letter, gap in zip(text, gaps, strict=False))

    assert bool(re.search(one_of(words, between="-*"), split)) == any(word in text for word in words)


def test_a_word_counts_only_with_what_has_to_follow_it() -> None:
    pattern = re.compile(one_of(["embed", "embedded", "maps"], then={"embed": "/v1", "maps": "/(?:a|b)"}))

    found = [text for text in ("embed", "embed/v1", "embedded", "maps/", "maps/b") if pattern.fullmatch(text)]

    assert found == ["embed/v1", "embedded", "maps/b"]
