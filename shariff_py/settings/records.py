"""The tables of the configuration, one record each, with the reason for each default."""

from __future__ import annotations

from dataclasses import dataclass, field

from shariff_py.policy import STRICT


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The site whose pages are shown.

    ``origin`` is its own address (``https://www.example.org``). ``hosts`` are the hosts whose pages counts may be asked for
    (default: the origin's host). ``query_allow`` are query parameters that belong to a page's address. ``language`` is used where a
    page names none we have.
    """

    __pydantic_config__ = STRICT
    origin: str = ""
    hosts: tuple[str, ...] = ()
    query_allow: tuple[str, ...] = ()
    language: str = "de"


@dataclass(frozen=True, slots=True)
class CountSettings:
    """Counts. ``store`` is ``sqlite:///PATH`` or ``memory:``.

    ``refresh_minutes`` is how old a value may get before it is asked for again; the platform's own shortest interval is kept in
    any case. ``keep_days`` is how long a last good value is shown when no newer one comes. ``most_pages`` bounds the store.
    ``scheduler`` is ``inside`` (a thread of this process asks), or ``outside`` (``shariff-py refresh --watch`` does).
    """

    __pydantic_config__ = STRICT
    store: str = "sqlite:///var/shariff.sqlite"
    refresh_minutes: int = 180
    keep_days: int = 30
    most_pages: int = 50_000
    scheduler: str = "inside"
    timeout_seconds: float = 10.0
    largest_reply: int = 1_000_000


@dataclass(frozen=True, slots=True)
class JournalSettings:
    """The journal of outgoing requests: where it is written."""

    __pydantic_config__ = STRICT
    path: str = "var/outgoing.jsonl"


@dataclass(frozen=True, slots=True)
class FrameSettings:
    """The gate frame. ``secrets`` sign what is to be shown; the first signs, all are accepted, so that keys can be exchanged."""

    __pydantic_config__ = STRICT
    prefix: str = "/shariff"
    secrets: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class PlatformSettings:
    """What a platform needs to be asked: a token (never printed) and the version of its interface."""

    __pydantic_config__ = STRICT
    token: str = field(default="", repr=False)
    version: str = ""
