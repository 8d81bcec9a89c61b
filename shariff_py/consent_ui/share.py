"""The share bar: ordinary links, one for each service that is released. It causes no request."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from shariff_py.caches import BoundedDict, answers, cached
from shariff_py.consent_ui.addresses import own_or_open, reachable
from shariff_py.consent_ui.lengths import SHARED_CHARACTERS
from shariff_py.consent_ui.templating import CompiledTemplate, render, slot
from shariff_py.consent_ui.wording import day, number, places, times
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.platforms.record import Platform, ShareLink
from shariff_py.platforms.registry import REGISTRY, Table, service
from shariff_py.response_policy.integrity import widget_element
from shariff_py.settings import checks
from shariff_py.settings.model import Settings
from shariff_py.settings.records import ShareSettings
from shariff_py.texts import LANGUAGES, Language
from shariff_py.urls import canonical, parse

UNFILLED = re.compile(r"[?&]\w+=(?=&|$)")
"""A parameter without a value."""

TITLE_LENGTHS = Table(lambda: frozenset(platform.share.longest for platform in REGISTRY.values() if platform.share))
"""How much of a title the services take (0: all of it)."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What is shared: the page's address and title, and what some services take besides.

    ``media`` is a picture's address (Pinterest, Weibo). ``subject`` and ``body`` are the mail's (default: title and address; ``{url}`` and
    ``{title}`` in them are filled in). ``track`` is put at the end of each link that has a recipient, as heise's ``data-referrer-track`` is, with
    the service's name (the registry's) in place of ``{service}``.
    """

    url: str
    title: str = ""
    media: str = ""
    subject: str = ""
    body: str = ""
    track: str = ""

    @property
    def length(self) -> int:
        """Characters of everything in it."""
        return sum(map(len, (self.url, self.title, self.media, self.subject, self.body, self.track)))


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry of the bar. ``place`` says where it leads besides the title: where data may go, or the host of the site's own choice.

    ``href``, ``count``, ``spoken`` (the count in words) and ``age`` have slots where they differ from page to page; a count that is not
    known is empty.
    """

    platform: Platform
    share: ShareLink
    href: str
    label: str
    place: str
    count: str = ""
    spoken: str = ""
    age: str = ""

    def leaving(self, say: Callable[..., str]) -> str:
        """What is said before the link leads away: where it leads to stands behind the name once, "Facebook (data may go to: USA)"."""
        title = self.platform.title
        if self.place and self.place == self.share.receiver:
            return say("share.leaving", platform=self.place)
        return say("share.leaving", platform=title).replace(title, _placed(title, self.place), 1)


def _placed(titles: str, place: str) -> str:
    return f"{titles} ({place})" if place else titles


def share_bar(
    settings: Settings,
    language: Language,
    *,
    url: str,
    title: str = "",
    counts: Mapping[str, CachedCount],
    services: Sequence[str] | None = None,
    look: ShareSettings | None = None,
    **more: str,
) -> Markup:
    """The bar for one page: a labelled list of links.

    ``url`` is the page's address, ``title`` its title (used by services that take one), ``counts`` what is known by service. A
    number that is not known is not shown, and never as zero. ``services`` and ``look`` are the settings' own by default; ``more`` are
    the other fields of `Shared`. Raises `AddressRefused` for an address that cannot be shared.
    """
    look = look or settings.share
    wanted = settings.services if services is None else tuple(services)
    known = frozenset((name, found.value, found.as_of) for name, found in counts.items() if found.value is not None)
    # Markup equals a text of the same letters, but is not written as that is; so there is text alone.
    title = str(title)
    if len(title) > SHARED_CHARACTERS:
        title = f"{title[: SHARED_CHARACTERS - 1].rstrip()}…"
    shared = Shared(str(url), title, **{name: str(value) for name, value in more.items()})
    key = (settings, language.code, wanted, look, shared, known)
    bar = _bars.get(key)
    if bar is None:
        bar = _bar(*key)
        _bars.keep(key, bar, shared.length + len(bar))
    return bar


def wanted_look(settings: Settings, given: Mapping[str, Any]) -> ShareSettings:
    """The settings' look, overridden by a template's options. Raises `ConfigurationError` naming an unknown option."""
    if not given:
        return settings.share
    unknown = sorted(set(given) - set(ShareSettings.__dataclass_fields__))
    if unknown:
        known = ", ".join(ShareSettings.__dataclass_fields__)
        raise ConfigurationError("is not an option of a share bar.", setting=unknown[0], cure=f"Known: {known}.")
    look = replace(settings.share, **given)
    checks.share(look)
    return look


def share_link(settings: Settings, language: Language, platform: Platform, *, url: str, title: str = "") -> Markup:
    """One link on its own, in place of a platform's share button that an editor pasted. Raises `AddressRefused` as the bar does."""
    values = _link_values(Shared(_shareable(settings, url), title))
    entry = _entry(settings, language, platform, settings.share, _given(values), counted=False)
    return CompiledTemplate.of(render("share_link.html", language, entry=entry)).filled(
        values | _tracks("", [platform])
    )


# Made once: everything that is the same on every page.


@cached("consent_ui.share._template")
def _template(
    settings: Settings,
    code: str,
    services: tuple[str, ...],
    look: ShareSettings,
    given: frozenset[str],
    counted: frozenset[str],
) -> CompiledTemplate:
    """The bar for any page with the same parameters (``given``) and counts of the same services (``counted``)."""
    language = LANGUAGES[code]
    entries = [
        _entry(settings, language, platform, look, given, counted=platform.name in counted)
        for platform in _offered(settings, services, look)
    ]
    html = render(
        "share_bar.html",
        language,
        entries=entries,
        shared=Shared(slot("address"), slot("whole title")),
        look=look,
        theme="color" if look.theme == "standard" else look.theme,
        note=slot("note") if counted else "",
        leaves=_leaves(language, entries),
        element=partial(widget_element, settings),
        prefix=settings.frame.prefix,
        listed=settings.headers.connections != "off",
    )
    return CompiledTemplate.of(html)


@cached("consent_ui.share._offered")
def _offered(settings: Settings, services: tuple[str, ...], look: ShareSettings) -> tuple[Platform, ...]:
    """The services that may be offered, each once, in the order in which they are wanted."""
    found = {record.name: record for name in services if (record := service(name))}
    return tuple(
        record
        for record in found.values()
        if settings.policy.may_share(record) and (record.name != "info" or look.info_url)
    )


def _entry(
    settings: Settings,
    language: Language,
    platform: Platform,
    look: ShareSettings,
    given: frozenset[str],
    *,
    counted: bool,
) -> _Entry:
    share, place = leads(settings, language, platform)
    count, spoken, age = (slot(f"{platform.name} {part}") if counted else "" for part in ("count", "spoken", "age"))
    return _Entry(
        platform,
        share,
        href=_href(settings, share, look, given) + (slot(f"track {platform.name}") if share.receiver else ""),
        label=language.say(f"share.{share.phrase}", platform=platform.title),
        place=place,
        count=count,
        spoken=spoken,
        age=age,
    )


def leads(settings: Settings, language: Language, platform: Platform) -> tuple[ShareLink, str]:
    """Where the link leads, and what is said of it: to the page that the site has named (``share_page``), or where the record says."""
    share, page = platform.share, settings.platform(platform.name).share_page
    if share is None:
        raise ValueError(f"{platform.name} has no share link; check policy.may_share first.")
    parts = parse(page) if page else None
    if parts is None:
        # Whose own server is asked for decides to which country data go.
        known = share.country if share.action != "server" else ""
        return share, language.say("share.reaches", country=places([known], language)) if known else ""
    # The site's own page is no other recipient.
    host = "" if settings.owns(parts.host) else parts.host
    return share._replace(template=page, action="", receiver=host, country=""), host


def _href(settings: Settings, share: ShareLink, look: ShareSettings, given: frozenset[str]) -> str:
    """The link's target, with slots for its parameters. Parameters without a value are omitted."""
    if share.action == "info":
        return own_or_open(settings, look.info_url)
    if not share.template:
        return ""
    title = "subject" if share.phrase == "mail" else f"title {share.longest}"
    fields = {"url": "url", "title": title, "text": "text", "media": "media"}
    # Braces pass through an address's query and fragment as they are, and so are still there when everything else has been rebuilt.
    kept = {name: f"{{{name}}}" if source in given else "" for name, source in fields.items()}
    named = share.template.format_map({**kept, "via": quote(look.via.removeprefix("@"), safe="")})
    web = reachable(settings, UNFILLED.sub(lambda empty: "?" if empty[0][0] == "?" else "", named))
    return (web or named).format_map({name: slot(source) for name, source in fields.items()})


def _leaves(language: Language, entries: Sequence[_Entry]) -> str:
    """The visible note on where the links lead: "Facebook, X (data may go to: United States); diaspora*"; empty where they lead nowhere."""
    groups: dict[str, list[str]] = {}
    for entry in entries:
        if entry.share.receiver:
            groups.setdefault(entry.place, []).append(entry.platform.title)
    known_first = sorted(groups.items(), key=lambda group: not group[0])
    named = [_placed(", ".join(names), place) for place, names in known_first]
    return language.say("share.leaves", platforms="; ".join(named)) if named else ""


# Filled in for each page.


_Key = tuple[Settings, str, tuple[str, ...], ShareSettings, Shared, frozenset[tuple[str, int, float]]]
_bars: BoundedDict[_Key, Markup] = answers("consent_ui.share._bars")
"""Bars of pages that are shown often, each a few kilobytes."""


def _bar(
    settings: Settings,
    code: str,
    services: tuple[str, ...],
    look: ShareSettings,
    shared: Shared,
    counts: frozenset[tuple[str, int, float]],
) -> Markup:
    """The bar of one page; ``counts`` are numbers by service, each with the second it is of."""
    language = LANGUAGES[code]
    values = _link_values(replace(shared, url=_shareable(settings, shared.url)))
    given = _given(values)
    shown = {name: (value, as_of) for name, value, as_of in counts if _shows(look, value)}
    ages: dict[str, float] = {}
    offered = _offered(settings, services, look)
    values |= _tracks(shared.track, offered)
    for platform in offered:
        if platform.name not in shown:
            continue
        value, ages[platform.name] = shown[platform.name]
        values[f"{platform.name} count"] = number(value, language)
        values[f"{platform.name} spoken"] = times(value, language)
        values[f"{platform.name} age"] = language.say("share.count_age", date=day(ages[platform.name], language))
    if ages:
        values["note"] = language.say("share.note", date=day(min(ages.values()), language))
    return _template(settings, code, services, look, given, frozenset(ages)).filled(values)


def _link_values(shared: Shared) -> dict[str, str]:
    """The values of a template that come from the page: as they are for the widget, percent-encoded for the links."""
    title = quote(shared.title, safe="")
    subject, body = shared.subject.replace("{title}", shared.title), shared.body.replace("{url}", shared.url)
    values = {
        "address": shared.url,
        "whole title": shared.title,
        "url": quote(shared.url, safe=""),
        "subject": quote(subject, safe="") or title,
        "media": quote(shared.media, safe=""),
    }
    values["text"] = quote(body.replace("{title}", shared.title), safe="") if body else values["url"]
    for longest in TITLE_LENGTHS():
        cut = longest and len(shared.title) > longest
        values[f"title {longest}"] = quote(shared.title[:longest], safe="") if cut else title
    return values


def _tracks(track: str, platforms: Iterable[Platform]) -> dict[str, str]:
    """What is put at the end of each platform's link."""
    return {f"track {platform.name}": track.replace("{service}", platform.name) for platform in platforms}


def _given(values: Mapping[str, str]) -> frozenset[str]:
    """The names of the values that are not empty."""
    return frozenset(name for name, value in values.items() if value)


def _shows(look: ShareSettings, count: int) -> bool:
    """Whether a bar of that look shows a known number."""
    return look.button_style != "icon" and not (look.hide_zero and count == 0)


def _shareable(settings: Settings, url: str) -> str:
    """The address to share: of the site's own pages only with the query allowed by name, of others with the query an editor wrote.

    Without configured hosts, every address counts as the site's own.
    """
    parts = parse(url)
    foreign = parts is not None and settings.own_hosts and not settings.owns(parts.host)
    return canonical(url, query_allow=parts.parameters if parts and foreign else settings.site.query_allow)
