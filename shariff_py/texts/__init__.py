"""What people read: one data file per language, complete, with owner, review date and status.

A text is asked for by its key; a language we do not have falls back to the site's own.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Language:
    """One language's texts. ``code`` is a BCP 47 tag, ``direction`` is ``ltr`` or ``rtl``, ``texts`` are by key."""

    code: str
    direction: str
    owner: str
    reviewed_on: str
    status: str
    texts: Mapping[str, str]

    def say(self, key: str, **values: str) -> str:
        """The text of that key with its ``{names}`` filled in. Raises `KeyError` for a key that does not exist."""
        return self.texts[key].format_map(values) if values else self.texts[key]


def _read(code: str, source: str) -> Language:
    data = tomllib.loads(source)
    about = data["about"]
    texts = {
        f"{table}.{key}" if table != "texts" else key: value.strip()
        for table, entries in data.items()
        if table != "about"
        for key, value in entries.items()
    }
    return Language(code, about["direction"], about["owner"], str(about["reviewed_on"]), about["status"], texts)


def _gathered() -> dict[str, Language]:
    found = (entry for entry in files(__package__).iterdir() if entry.name.endswith(".toml"))
    codes = ((entry.name.removesuffix(".toml"), entry.read_text(encoding="utf-8")) for entry in found)
    return {code: _read(code, source) for code, source in sorted(codes)}


LANGUAGES: Mapping[str, Language] = _gathered()


def language(tag: str, fallback: str) -> Language:
    """The language for a page's ``lang`` (``de-AT`` is served by ``de``), else the fallback's."""
    tag = tag.replace("_", "-").lower()
    for candidate in (tag, tag.split("-")[0], fallback):
        if candidate in LANGUAGES:
            return LANGUAGES[candidate]
    raise KeyError(fallback)
