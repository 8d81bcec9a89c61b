"""Texts that a site writes itself: one, or one per language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias

if TYPE_CHECKING:
    from pydantic_core import CoreSchema

LANGUAGE_TAG = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")

WRITE = ("is not text.", 'Write one in quotation marks, or one per language: { de = "…", en = "…" }.')
"""What is wrong with other values, and the fix."""


class _Check:
    """The check of a setting. Pydantic is loaded where it is used, because nothing else at start needs it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        from pydantic_core import PydanticCustomError, core_schema

        def checked(value: Any) -> Any:
            if isinstance(value, str):
                return value
            if isinstance(value, Mapping) and all(
                isinstance(code, str) and LANGUAGE_TAG.fullmatch(code) and isinstance(text, str)
                for code, text in value.items()
            ):
                return dict(value)
            raise PydanticCustomError("words", "is not text.")

        return core_schema.no_info_plain_validator_function(checked)


Words: TypeAlias = Annotated[str | Mapping[str, str], _Check()]
"""One text, which is in the site's own language, or one per language (BCP 47 tags)."""


@dataclass(frozen=True, slots=True)
class LocalizedText:
    """A text as it is shown, and its language where that is not the page's."""

    text: str
    lang: str = ""


def in_language(words: Words, wanted: str, site_language: str) -> LocalizedText | None:
    """The text in the wanted language, a variant's (``de-simple``) also in its language, else in the site's, else the first there is; one in
    another language is marked with it. ``None`` where there is none.
    """
    texts = {site_language: words} if isinstance(words, str) else words
    for code in (wanted, wanted.partition("-")[0], site_language, *texts):
        if text := texts.get(code, "").strip():
            return LocalizedText(text, "" if code == wanted else code)
    return None


def is_set(words: Words) -> bool:
    """Whether there is a text, in whatever language."""
    return bool(in_language(words, "", ""))
