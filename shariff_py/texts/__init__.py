"""What people read: one data file per language, complete, with the state of the text it was translated from.

An unknown language, and one whose translation is older than its source, falls back to the site's own. Nothing here says that anybody has
approved a text: that is the site's (`shariff_py.settings`).
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from unicodedata import bidirectional

from shariff_py.caches import cached

ALIASES = {"no": "nb", "nn": "nb", "sr": "sr-Latn"}
"""Tags a page may carry for a language we have under a more exact one."""

LEFT_TO_RIGHT = "\u200e"
"""A mark that is not seen (Unicode UAX 9)."""

CONSENTED_TO = ("load.", "gate.", "details.", "data.", "country.", "mechanism.")
"""The beginnings of the keys whose texts a visitor has read when consenting."""


@dataclass(frozen=True, slots=True)
class Language:
    """One language's texts. ``code`` is a BCP 47 tag, ``direction`` is ``ltr`` or ``rtl``, ``texts`` are by key.

    ``translated_from`` is the code of the language it is translated from and the `fingerprint` that this one's texts had then; empty for the
    language that the texts are written in. ``read_by`` names who grew up with the language, does not belong to the project and has read
    the texts; empty: nobody has. A text may have several lines: easy language has one sentence in each.
    """

    code: str
    name: str
    direction: str
    translated_from: str
    read_by: str
    texts: Mapping[str, str]

    def say(self, key: str, **values: str) -> str:
        """The text of that key with its ``{names}`` filled in, and one full stop where a name ends in its own ("e. V.").

        Raises `KeyError` for a key that does not exist.
        """
        text = self.texts[key]
        if not values:
            return text
        if self.direction == "rtl":
            values = {name: _in_its_direction(value) for name, value in values.items()}
        elif "{platform}-" in text and self.code.startswith("de"):
            # A name of several words is joined to what follows by hyphens throughout: "Google-Maps-Karte" (Duden, D 22).
            text = text.replace("{platform}-", values["platform"].replace(" ", "-") + "-")
        filled = text.format_map(values)
        for value in values.values():
            if value.endswith("."):
                filled = filled.replace(f"{value}.", value)
        return filled

    @property
    def in_lines(self) -> bool:
        """Whether each sentence stands in a line of its own: in easy language (the variant ``simple``, BCP 47)."""
        return "simple" in self.code.split("-")

    @property
    def fingerprint(self) -> str:
        """Twelve digits that change with any of its texts."""
        return fingerprint(self.texts)


def _in_its_direction(value: str) -> str:
    """What is filled into a text that is read from right to left. Without a mark behind it, the last full stop of "e. V." stands before it."""
    directions = {bidirectional(letter) for letter in value}
    is_name = "L" in directions and not directions & {"R", "AL"}
    return value + LEFT_TO_RIGHT if is_name and not value[-1].isalnum() else value


def _read(code: str, source: str) -> Language:
    data = tomllib.loads(source)
    about = data["about"]
    texts = {
        f"{table}.{key}": value.strip()
        for table, entries in data.items()
        if table != "about"
        for key, value in entries.items()
    }
    return Language(code, about["name"], about["direction"], about["translated_from"], about["read_by"], texts)


class _Languages(Mapping[str, Language]):
    """The languages of a folder by code, each read when it is first used: a site needs one or two of them."""

    def __init__(self, folder: Traversable) -> None:
        found = {entry.name.removesuffix(".toml"): entry for entry in folder.iterdir() if entry.name.endswith(".toml")}
        self._files = dict(sorted(found.items()))
        self._read: dict[str, Language] = {}
        self._current: dict[str, bool] = {}

    def __getitem__(self, code: str) -> Language:
        if code not in self._read:
            self._read[code] = _read(code, self._files[code].read_text(encoding="utf-8"))
        return self._read[code]

    def __contains__(self, code: object) -> bool:
        return code in self._files

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def is_current(self, code: str) -> bool:
        """Whether a language's texts are translated from its source as that is now."""
        if code not in self._current:
            source, _, translated = self[code].translated_from.partition(" ")
            self._current[code] = not source or self[source].fingerprint == translated
        return self._current[code]


LANGUAGES = _Languages(files(__package__))
"""What visitors read, by BCP 47 tag."""

COMPLIANCE = _Languages(files(__package__) / "compliance")
"""What data protection officers read and file: records and statements, in German and English."""

FINDINGS = _Languages(files(__package__) / "findings")
"""What developers and officers read about a gated page: outcomes and reasons of findings, in the languages of `LANGUAGES`."""

_BY_LOWER_CASE = {code.lower(): code for code in LANGUAGES}


def known(tag: str) -> Language | None:
    """The language for a page's ``lang`` (``de-AT`` is served by ``de``, ``nn`` by ``nb``), if it is one we have."""
    tag = tag.strip().replace("_", "-").lower()
    for candidate in (tag, tag.split("-")[0]):
        code = ALIASES.get(candidate, candidate).lower()
        if code in _BY_LOWER_CASE:
            return LANGUAGES[_BY_LOWER_CASE[code]]
    return None


def language(tag: str, fallback: str, outdated: Collection[str] = ()) -> Language:
    """The language for a page's ``lang``, else the fallback's. A translation that is older than its source is offered only where its code is
    among ``outdated``. Raises `KeyError` where we have neither.
    """
    found = known(tag)
    if found is None or not (LANGUAGES.is_current(found.code) or found.code in outdated):
        found = known(fallback)
    if found is None:
        raise KeyError(fallback)
    return found


@cached("texts.findings_language")
def findings_language(tag: str) -> Language:
    """The texts of findings in a site's language: a variant has those of its language, an unknown language those in English."""
    words = known(tag)
    code = words.code if words is not None else ""
    return FINDINGS[next((c for c in (code, code.partition("-")[0]) if c in FINDINGS), "en")]


def fingerprint(content: object) -> str:
    """Twelve digits that change with any part of something made of texts, lists and tables."""
    source = json.dumps(content, sort_keys=True, ensure_ascii=False, default=dict)
    return hashlib.sha256(source.encode()).hexdigest()[:12]


@cache
def consented_texts() -> str:
    """The fingerprint of everything a visitor may have read when consenting, in whatever language."""
    texts: Iterable[tuple[str, dict[str, str]]] = (
        (code, {key: text for key, text in words.texts.items() if key.startswith(CONSENTED_TO)})
        for code, words in LANGUAGES.items()
    )
    return fingerprint(dict(texts))
