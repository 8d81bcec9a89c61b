"""The share bar: ordinary links, one for each service that is released. Nothing is loaded for it, nothing is sent by it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from shariff_py.markup.addresses import reachable
from shariff_py.markup.environment import render
from shariff_py.markup.wording import day, number, times
from shariff_py.platforms.exchange import StoredReading
from shariff_py.platforms.record import Platform
from shariff_py.platforms.register import REGISTER
from shariff_py.settings.model import Settings
from shariff_py.texts import Language
from shariff_py.urls import canonical, parse


@dataclass(frozen=True, slots=True)
class _Link:
    """One entry of the bar. ``count`` is the number as shown, ``spoken`` the same in words, ``age`` how old it is; empty: unknown."""

    platform: Platform
    href: str
    label: str
    opens_window: bool
    count: str = ""
    spoken: str = ""
    age: str = ""


def share_bar(
    settings: Settings, language: Language, *, url: str, title: str = "", counts: Mapping[str, StoredReading]
) -> Markup:
    """The bar for one page: a labelled list of links.

    ``url`` is the page's address, ``title`` its title (used by services that take one), ``counts`` what is known by service. A
    number that is not known is not shown, and never as zero. Raises `AddressRefused` for an address that cannot be shared.
    """
    platforms = [REGISTER[name] for name in settings.services]
    links = [
        _link(settings, language, platform, url, title, counts.get(platform.name))
        for platform in platforms
        if settings.policy.may_share(platform)
    ]
    oldest = min((counts[link.platform.name].as_of for link in links if link.count), default=None)
    note = language.say("share.note", date=day(oldest, language)) if oldest is not None else ""
    return render("share_bar.html", language, links=links, note=note)


def share_link(settings: Settings, language: Language, platform: Platform, *, url: str, title: str = "") -> Markup:
    """One link on its own, in place of a platform's share button that an editor pasted. Raises `AddressRefused` as the bar does."""
    return render("share_link.html", language, link=_link(settings, language, platform, url, title, None))


def _link(
    settings: Settings, language: Language, platform: Platform, url: str, title: str, reading: StoredReading | None
) -> _Link:
    share = platform.share
    if share is None:
        raise ValueError(f"{platform.name} has no share link; ask policy.may_share first.")
    filled = share.template.format(url=quote(_shareable(settings, url), safe=""), title=quote(title, safe=""))
    own_words = f"share.{platform.name}"
    known = reading.value if reading is not None else None
    return _Link(
        platform,
        href=reachable(settings, filled) or filled,
        label=language.say(own_words)
        if own_words in language.texts
        else language.say("share.on", platform=platform.title),
        opens_window=share.opens_window,
        count=number(known, language) if known is not None else "",
        spoken=times(known, language) if known is not None else "",
        age=language.say("share.count_age", date=day(reading.as_of, language)) if reading and known is not None else "",
    )


def _shareable(settings: Settings, url: str) -> str:
    """What is handed on: of the site's own pages only the query allowed by name, of others the query an editor wrote.

    A site that does not say which hosts are its own has none but its own.
    """
    parts = parse(url)
    foreign = parts is not None and settings.own_hosts and not settings.owns(parts.host)
    return canonical(url, query_allow=parts.parameters if parts and foreign else settings.site.query_allow)
