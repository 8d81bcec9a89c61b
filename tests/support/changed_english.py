"""A state that the library is never in when it is published: translations that are older than their source."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from shariff_py.texts import LANGUAGES


@contextmanager
def changed_english() -> Iterator[None]:
    """One English text is another than the one that was translated."""
    english, known = LANGUAGES["en"], dict(LANGUAGES._current)
    LANGUAGES._current.clear()
    LANGUAGES._read["en"] = replace(english, texts={**english.texts, "channels.none": "There is none."})
    try:
        yield
    finally:
        LANGUAGES._read["en"] = english
        LANGUAGES._current.clear()
        LANGUAGES._current.update(known)
