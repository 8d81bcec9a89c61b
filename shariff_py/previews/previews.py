"""Previews: fetched by a person or a schedule, read on a visit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from shariff_py.consent_ui.preview import NOTHING, Picture, Preview, with_author
from shariff_py.errors import EmbedRefused, FetchFailed, PreviewRefused
from shariff_py.http_client import Fetcher
from shariff_py.journal import Journal
from shariff_py.platforms.preview_source import PreviewSource
from shariff_py.platforms.recognition import Embed, recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.previews import oembed
from shariff_py.previews.folder import PICTURE, Folder, Kept, name_of
from shariff_py.previews.picture import LARGEST_FILE, can_draw, drawn_anew
from shariff_py.settings import Settings

DAY, HOUR = 86_400.0, 3_600.0
PURPOSE = "preview"
FOLDER = "previews/"
"""Where pictures are, below the prefix."""

TROUBLE = frozenset({"status", "timeout", "connection", "tls"})
"""Failures after which a host is asked nothing for an hour: the next request would most likely fail as well, or annoy."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one content: what is kept of it now (``None``: nothing), and in a word why no more is; empty where all went well."""

    address: str
    kept: Kept | None
    reason: str = ""


class Previews:
    """The previews of one site. ``clock`` gives Unix seconds."""

    def __init__(self, settings: Settings, *, clock: Callable[[], float] = time.time) -> None:
        self._settings = settings
        self._clock = clock
        self._folder = Folder(Path(settings.previews.path))
        self._resting: dict[str, float] = {}

    def shown(self, settings: Settings, embed: Embed) -> Preview:
        """The title and picture for a gate, on a page with these settings, whose prefix is the visitor's. Sends nothing, and never raises."""
        if embed.platform not in self._settings.previews.platforms:
            return NOTHING
        name = name_of(embed.platform, embed.address)
        kept = self._current(name)
        if kept is None:
            return NOTHING
        has_picture = kept.has_picture and self._folder.has_picture(name)
        picture = Picture(f"{settings.frame.prefix}/{FOLDER}{name}{PICTURE}") if has_picture else None
        return Preview(with_author(kept.title, kept.author), picture)

    @property
    def version(self) -> str:
        """Another text whenever pages may show something else: with each change of the folder, and each day; empty where nothing is wanted."""
        wanted = self._settings.previews.platforms
        return f"-{self._folder.changed_at:x}-{int(self._clock() / DAY):x}" if wanted else ""

    def picture(self, name: str) -> bytes | None:
        """The picture kept under a name, as WebP, while it may be shown."""
        return self._folder.picture(name) if self._current(name) is not None else None

    def last_day(self, platform: str, address: str) -> date | None:
        """The last day (UTC) on which what is kept of some content may be shown; ``None`` where nothing is."""
        kept, source = self._current(name_of(platform, address)), REGISTRY[platform].previews
        if kept is None or source is None:
            return None
        return datetime.fromtimestamp(kept.fetched_at, UTC).date() + timedelta(days=source.days - 1)

    def names(self) -> Iterator[str]:
        """The names of everything that is kept, what may be shown no longer included."""
        return self._folder.names()

    def kept(self) -> Iterator[Kept]:
        """Everything that is kept and may be shown."""
        return filter(None, map(self._current, self._folder.names()))

    def fetch(self, address: str) -> Fetched:
        """Ask a platform about content and keep what its terms allow; nothing is asked where that was done in the first half of its time.

        ``address`` is as `shariff_py.platforms.recognition.recognise` takes it. Raises `EmbedRefused` where it is no content,
        `PreviewRefused` where nothing may be fetched of it, `FetchRefused` where nothing could be sent, and `StoreError`.
        """
        embed = recognise(address)
        source = self._source(embed)
        known = self._folder.load(name_of(embed.platform, embed.address))
        return Fetched(embed.address, known) if self._is_new(known, source) else self._fetch(embed, source, "manual")

    def refresh(self) -> Iterator[Fetched]:
        """Ask again about everything in the second half of its time, and remove what may be shown no longer or is not there any more.

        Raises `FetchRefused` and `StoreError`.
        """
        self._folder.remove_drafts(self._clock())
        for name in list(self._folder.names()):
            known = self._folder.load(name)
            wanted = self._wanted(known.address) if known is not None else None
            if known is None or wanted is None:
                self._folder.remove(name)
                yield Fetched(known.address if known else name, None, "not-wanted")
            elif not self._is_new(known, wanted[1]):
                done = self._fetch(*wanted, trigger="schedule")
                if done.kept is not None and self._current(name) is None:
                    self._folder.remove(name)
                    done = replace(done, kept=None)
                yield done

    def remove(self, address: str) -> None:
        """Remove what is kept of some content. Raises `EmbedRefused` and `StoreError`."""
        embed = recognise(address)
        self._folder.remove(name_of(embed.platform, embed.address))

    def _fetch(self, embed: Embed, source: PreviewSource, trigger: str) -> Fetched:
        name, request = name_of(embed.platform, embed.address), oembed.request(source, embed)
        if 0 <= self._clock() - self._resting.get(request.host, -HOUR) < HOUR:
            return Fetched(embed.address, self._folder.load(name), "resting")
        try:
            facts = oembed.read(source, embed, self._fetcher.send(request, trigger=trigger, purpose=PURPOSE))
        except FetchFailed as failed:
            if failed.reason == "gone":
                self._folder.remove(name)
            elif failed.reason in TROUBLE:
                self._resting[request.host] = self._clock()
            return Fetched(embed.address, self._folder.load(name), failed.reason)
        picture, reason = self._picture(facts.picture, embed, trigger)
        if reason and (known := self._current(name)) is not None and known.has_picture:
            return Fetched(embed.address, known, reason)
        kept = Kept(embed.platform, embed.address, facts.title, facts.author, picture is not None, self._clock())
        self._folder.save(kept, picture)
        return Fetched(embed.address, kept, reason)

    def _picture(self, address: str, embed: Embed, trigger: str) -> tuple[bytes | None, str]:
        """The picture drawn anew, and in a word why there is none."""
        if not address or not can_draw():
            return None, "" if not address else "pillow"
        try:
            request = oembed.get(address, embed.address)
            reply = self._fetcher.send(request, trigger=trigger, purpose=PURPOSE, largest=LARGEST_FILE)
        except FetchFailed as failed:
            return None, f"picture-{failed.reason}"
        picture = drawn_anew(reply.body) if reply.status == 200 else None
        return picture, "" if picture is not None else "picture-unreadable"

    def _source(self, embed: Embed) -> PreviewSource:
        """Where to ask about some content. Raises `PreviewRefused` where that is not wanted, or not allowed."""
        source, title = embed.record.previews, embed.record.title
        if source is None:
            raise PreviewRefused(
                f"{embed.address}: no interface of {title} is known whose terms allow keeping a preview."
            )
        if embed.platform not in self._settings.previews.platforms:
            raise PreviewRefused(
                f"{embed.address}: nothing is fetched from {title}. Add {embed.platform!r} to previews.platforms."
            )
        if reason := self._settings.unavailable_reason(embed):
            raise PreviewRefused(
                f"{embed.address}: no gate of {title} is shown ({reason.removeprefix('unavailable.')}), so nothing is fetched for it. "
                "See shariff-py doctor."
            )
        return source

    def _wanted(self, address: str) -> tuple[Embed, PreviewSource] | None:
        """The content at an address that something is kept of, and where to ask about it, if that is still wanted and allowed."""
        try:
            embed = recognise(address)
            return embed, self._source(embed)
        except (EmbedRefused, PreviewRefused):
            return None

    def _is_new(self, known: Kept | None, source: PreviewSource) -> bool:
        """Whether it is in the first half of its time."""
        return known is not None and 0 <= self._days_since(known) < source.days / 2

    def _days_since(self, kept: Kept) -> float:
        """The days since it was fetched, by the calendar (UTC), so that it ends where `version` changes; negative where the clock was ahead
        then."""
        return self._clock() // DAY - kept.fetched_at // DAY

    def _current(self, name: str) -> Kept | None:
        """What is kept under a name, while the terms allow showing it and the site wants it."""
        kept = self._folder.load(name)
        if kept is None or kept.platform not in self._settings.previews.platforms:
            return None
        source = REGISTRY[kept.platform].previews
        return kept if source is not None and 0 <= self._days_since(kept) < source.days else None

    @cached_property
    def _fetcher(self) -> Fetcher:
        journal = self._settings.journal
        return Fetcher(self._settings, Journal(journal.path, clock=self._clock, keep_months=journal.keep_months))
