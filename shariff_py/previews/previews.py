"""Previews: fetched by a person or a schedule, read on a visit."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from shariff_py.consent_ui.preview import NOTHING, Picture, Preview
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

DAY = 86_400.0
PURPOSE = "preview"
FOLDER = "previews/"
"""Where pictures are, below the prefix."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What became of one content: what is kept of it now (``None``: nothing), and in a word why no more is; empty where all went well."""

    address: str
    kept: Kept | None
    reason: str = ""


class Previews:
    """The previews of one site. ``clock`` gives Unix seconds; the fetcher is made from the settings where none is given."""

    def __init__(
        self, settings: Settings, *, fetcher: Fetcher | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._given = fetcher
        self._clock = clock
        self._folder = Folder(Path(settings.previews.path))

    def shown(self, settings: Settings, embed: Embed) -> Preview:
        """The title and picture for a gate, on a page with these settings, whose prefix is the visitor's. Sends nothing, and never raises."""
        if embed.platform not in self._settings.previews.platforms:
            return NOTHING
        name = name_of(embed.platform, embed.address)
        kept = self._current(embed.platform, name)
        if kept is None:
            return NOTHING
        title = f"{kept.title} ({kept.author})" if kept.title and kept.author else kept.title or kept.author
        address = f"{settings.frame.prefix}/{FOLDER}{name}{PICTURE}"
        return Preview(title, Picture(address) if kept.has_picture else None)

    @property
    def version(self) -> str:
        """Another text whenever pages may show something else: with each change of the folder, and each day; empty where nothing is wanted."""
        wanted = self._settings.previews.platforms
        return f"-{self._folder.changed_at:x}-{int(self._clock() / DAY):x}" if wanted else ""

    def picture(self, name: str) -> bytes | None:
        """The picture kept under a name, as WebP, while it may be shown."""
        kept = self._folder.load(name)
        return self._folder.picture(name) if kept is not None and self._current(kept.platform, name) else None

    def names(self) -> Iterator[str]:
        """The names of everything that is kept, what may be shown no longer included."""
        return self._folder.names()

    def kept(self) -> Iterator[Kept]:
        """Everything that is kept and may be shown."""
        for name in self._folder.names():
            known = self._folder.load(name)
            if known is not None and self._current(known.platform, name):
                yield known

    def fetch(self, address: str) -> Fetched:
        """Ask a platform about content and keep what its terms allow; nothing is asked where that was done in the first half of its time.

        ``address`` is as `shariff_py.platforms.recognition.recognise` takes it. Raises `EmbedRefused` where it is no content,
        `PreviewRefused` where nothing may be fetched of it, `FetchRefused` where nothing could be sent, and `StoreError`.
        """
        embed = recognise(address)
        source = self._source(embed)
        known = self._folder.load(name_of(embed.platform, embed.address))
        if known is not None and self._clock() - known.fetched_at < source.days * DAY / 2:
            return Fetched(embed.address, known)
        return self._fetch(embed, source, trigger="manual")

    def refresh(self) -> Iterator[Fetched]:
        """Ask again about everything in the second half of its time, and remove what may be shown no longer or is not there any more.

        A platform that refuses to reply is asked nothing further. Raises `FetchRefused` and `StoreError`.
        """
        resting: set[str] = set()
        for name in list(self._folder.names()):
            known = self._folder.load(name)
            embed = self._still_wanted(known)
            if known is None or embed is None:
                self._folder.remove(name)
                yield Fetched(known.address if known else name, None, "not-wanted")
                continue
            source = self._source(embed)
            if self._clock() - known.fetched_at < source.days * DAY / 2:
                continue
            if known.platform in resting:
                done = Fetched(known.address, known, "resting")
            else:
                done = self._fetch(embed, source, trigger="schedule")
            if done.reason in {"status", "timeout", "connection", "tls"}:
                resting.add(known.platform)
            if done.kept is not None and self._current(known.platform, name) is None:
                self._folder.remove(name)
                done = replace(done, kept=None)
            yield done

    def remove(self, address: str) -> None:
        """Remove what is kept of some content. Raises `EmbedRefused` and `StoreError`."""
        embed = recognise(address)
        self._folder.remove(name_of(embed.platform, embed.address))

    def _fetch(self, embed: Embed, source: PreviewSource, trigger: str) -> Fetched:
        name = name_of(embed.platform, embed.address)
        try:
            reply = self._fetcher.send(oembed.request(source, embed), trigger=trigger, purpose=PURPOSE)
            facts = oembed.read(source, embed, reply)
        except FetchFailed as failed:
            if failed.reason == "gone":
                self._folder.remove(name)
            return Fetched(embed.address, self._folder.load(name), failed.reason)
        picture, reason = self._picture(facts.picture, embed, trigger)
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

    def _still_wanted(self, known: Kept | None) -> Embed | None:
        """The content that something is kept of, if it may still be asked for."""
        if known is None:
            return None
        try:
            embed = recognise(known.address)
            self._source(embed)
        except (EmbedRefused, PreviewRefused):
            return None
        return embed

    def _current(self, platform: str, name: str) -> Kept | None:
        """What is kept under a name, while the terms allow showing it and the site wants it."""
        record = REGISTRY.get(platform)
        if platform not in self._settings.previews.platforms or record is None or record.previews is None:
            return None
        kept = self._folder.load(name)
        return kept if kept is not None and self._clock() - kept.fetched_at < record.previews.days * DAY else None

    @cached_property
    def _fetcher(self) -> Fetcher:
        settings = self._settings
        journal = Journal(settings.journal.path, clock=self._clock, keep_months=settings.journal.keep_months)
        return self._given or Fetcher(settings, journal)
