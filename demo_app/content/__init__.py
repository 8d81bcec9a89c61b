"""What the portal publishes: frozen records, read from the data files beside this module, once per language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from importlib.resources import files
from typing import Any, TypeVar

LANGUAGES = ("de", "en")
"""The portal's languages, its own first."""

Record = TypeVar("Record")


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One news item. ``embed`` is the address of the city's post about it, empty where there is none."""

    slug: str
    published: date
    title: str
    summary: str
    paragraphs: list[str]
    embed: str = ""
    embed_title: str = ""
    embed_alternative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event. ``starts`` and ``ends`` are local times in Leinau, or dates (``ends`` the last day) where it lasts whole days."""

    slug: str
    starts: datetime | date
    ends: datetime | date
    title: str
    place: str
    host: str
    costs: str
    text: str

    @property
    def whole_days(self) -> bool:
        """Whether the event lasts whole days rather than having times."""
        return not isinstance(self.starts, datetime)

    @property
    def first_day(self) -> date:
        """The day it begins on."""
        return self.starts.date() if isinstance(self.starts, datetime) else self.starts

    @property
    def last_day(self) -> date:
        """The day it ends on."""
        return self.ends.date() if isinstance(self.ends, datetime) else self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One line of the platform release list. ``platform`` is the name in the library's registry, should it have one."""

    platform: str
    name: str
    state: str
    remark: str
    since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A piece of pasted code with a title and a sentence about it."""

    slug: str
    html: str
    title: str
    text: str


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(*name.split("/")).read_text(encoding="utf-8"))


def _records(name: str, kind: str, record: type[Record]) -> Mapping[str, tuple[Record, ...]]:
    """The entries of a file per language: what all languages share, with that language's own words."""
    entries = _data(name)[kind]
    shared = [{key: value for key, value in entry.items() if key not in LANGUAGES} for entry in entries]
    return {
        lang: tuple(record(**common, **entry[lang]) for common, entry in zip(shared, entries, strict=True))
        for lang in LANGUAGES
    }


TEXTS: Mapping[str, dict[str, Any]] = {lang: _data(f"texts/{lang}.toml") for lang in LANGUAGES}
NEWS = _records("news.toml", "news", News)
EVENTS = _records("events.toml", "event", Event)
RELEASES = _records("releases.toml", "release", Release)
SNIPPETS = _records("snippets.toml", "snippet", Snippet)
