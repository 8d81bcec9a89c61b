"""The texts of the audit's reports: one catalogue in a file per part of the report, each message in German and English side by side."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib.resources import files

from shariff_py.audit.evidence.redaction import cleaned
from shariff_py.texts import FINDINGS

LANGUAGES = ("de", "en")


OF_FINDINGS = ("what.", "instead.")
"""The texts about third parties are those of the gate's findings."""

FILES = ("summary", "contacts", "page", "method")


def _gathered() -> dict[str, dict[str, str]]:
    catalogue: dict[str, dict[str, str]] = {}
    for name in FILES:
        catalogue |= tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))
    return {
        lang: {key: message[lang].strip() for key, message in catalogue.items()}
        | {key: text for key, text in FINDINGS[lang].texts.items() if key.startswith(OF_FINDINGS)}
        for lang in LANGUAGES
    }


def detail(words: Mapping[str, str], text: str) -> str:
    """The detail of a failure, in the reader's language where the audit itself gave it; a browser's own message is left as it is."""
    return words.get(f"detail.{text}") or cleaned(text)


WORDS: Mapping[str, Mapping[str, str]] = _gathered()
"""The messages by language and key."""
