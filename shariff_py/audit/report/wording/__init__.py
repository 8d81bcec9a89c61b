"""What the audit's reports say: one catalogue, each message in German and English side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from shariff_py.audit.evidence.redaction import cleaned

LANGUAGES = ("de", "en")


def _gathered() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath("messages.toml").read_text(encoding="utf-8")
    catalogue = tomllib.loads(text)
    return {lang: {key: message[lang].strip() for key, message in catalogue.items()} for lang in LANGUAGES}


def detail(words: Mapping[str, str], said: str) -> str:
    """The detail of a failure, in the reader's language where the audit itself gave it; what a browser said is left as it is."""
    return words.get(f"detail.{said}") or cleaned(said)


WORDS: Mapping[str, Mapping[str, str]] = _gathered()
"""The messages by language and key."""
