"""From due pages to requests: which platforms can be asked at all, and how many pages go into one question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shariff_py.platforms.exchange import CountSource, Request
from shariff_py.platforms.record import Platform
from shariff_py.platforms.register import REGISTER
from shariff_py.settings import Settings


def sources(settings: Settings) -> dict[str, CountSource]:
    """The sources that may be asked, by platform: released by a decision, and with the token they need."""
    found = {}
    for name, platform in REGISTER.items():
        if platform.counts is not None and settings.policy.release(name).is_open and configured(platform, settings):
            found[name] = platform.counts
    return found


def configured(platform: Platform, settings: Settings) -> bool:
    """Whether a platform's source has what it needs to answer."""
    source = platform.counts
    return source is not None and (not source.needs_credentials or bool(settings.platform(platform.name).token))


def version(platform: str, source: CountSource, settings: Settings) -> str:
    """The version of the interface that is asked: the one that was set, else the register's."""
    return settings.platform(platform).version or source.version


def requests(platform: str, source: CountSource, pages: Sequence[str], settings: Settings) -> Iterator[Request]:
    """The requests that ask about all of ``pages``, in their order, each about as many as the source takes at once."""
    for start in range(0, len(pages), source.batch):
        batch = pages[start : start + source.batch]
        yield source.ask(batch, settings.platform(platform).token, version(platform, source, settings))
