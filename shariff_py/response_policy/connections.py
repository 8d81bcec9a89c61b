"""The header ``Connection-Allowlist``: whom a document may contact at all, and where it may lead its visitor.

It holds what a Content-Security-Policy cannot: hints, look-ups, WebRTC, speculation rules, the connection of a frame that is refused, and
navigation by a script. It holds ordinary links and forms, too, so a page's list names everything that they lead to.

Draft of the WICG (https://wicg.github.io/connection-allowlists/), in Chromium since 152; Firefox and WebKit ignore it. Measured in 156,
where not said otherwise. Documents of another origin do not inherit the list of the one around them. ``data:``, ``blob:``, fragments and
``javascript:`` need no entry, app schemes do. Without ``redirects=allow`` every redirect fails, those of the site itself included; with it
only the first address is looked at. Hints (``preconnect``, ``dns-prefetch``) are compared by host alone, whatever the entry's path.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from shariff_py.platforms.allowed_hosts import held_platform_of
from shariff_py.platforms.registry import linked_platform
from shariff_py.response_policy.csp import (
    HOST_SOURCE,
    POLICY,
    REPORT_ONLY,
    Headers,
    fetch_sources,
    header_values,
    names_no_platform,
    parse_policies,
)
from shariff_py.response_policy.host_list import without_covered
from shariff_py.response_policy.reporting import reporting_endpoints
from shariff_py.settings.model import Settings
from shariff_py.urls import Address, host_allowed, parse

CONNECTIONS = "Connection-Allowlist"
CONNECTIONS_REPORT_ONLY = "Connection-Allowlist-Report-Only"

MODES = {"enforce": CONNECTIONS, "report-only": CONNECTIONS_REPORT_ONLY}
"""The header of each mode; ``off`` has none."""

CONNECTION_EFFECTS = {
    "enforce": "enforce: pages contact and lead to nobody whom their list does not name (Chromium 152 and later; other browsers ignore it)",
    "report-only": "report-only: pages have a list of whom they may contact; nothing is blocked yet",
    "off": "off: pages have no list of whom they may contact; gate frames always have one",
}
"""What ``headers.connections`` does, for ``shariff-py doctor``."""

PATTERN_SYNTAX = re.compile(r"[\\+*?{}():]")
"""What means something in a URL pattern, and stands for itself after a backslash (URL Pattern Standard, section 1.4)."""

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):(//)?", re.IGNORECASE)
ON_EVERY_PAGE = ("mailto:*", "tel:*")
"""Of these links many are made by a script of the site, so that no spammer reads the address; they make no browser contact anybody."""

DOT_AFTER_HOST = re.compile(r"[a-z]+://[^/?#]*\.(?::[0-9]+)?(?=[/?#]|$)")
"""A host as name servers know it, ``www.example.org.``: to a list it is another host than without the dot."""

PAGE_LIST = re.compile(
    r'\(response-origin(?: "(?:[^"\\]|\\.)*")*'
    + "".join(f' "{re.escape(entry)}"' for entry in ON_EVERY_PAGE)
    + r"\); redirects=allow(?:; report-to=[a-z0-9_.*-]+)?"
)
"""A list that `page_connections` has made."""

NO_CONTACT = frozenset({"about", "blob", "data", "filesystem", "javascript"})
"""Schemes that need no entry."""

IGNORED_IN_URLS = re.compile("[\t\n\r]")
CONTROL_OR_SPACE = "".join(map(chr, range(0x21)))
"""What a URL parser drops, anywhere and at both ends (WHATWG URL, section 4.4)."""


def page_connections(
    settings: Settings,
    page: str,
    given: Headers,
    *,
    links: Iterable[str],
    forms: Iterable[str],
    refreshes: Iterable[str],
    limit: int,
) -> list[tuple[str, str]] | None:
    """The headers to add to a page with the headers ``given``; ``None`` where they would have more than ``limit`` bytes.

    ``page`` is its URL. ``links``, ``forms`` and ``refreshes`` (redirections of the page itself) are the absolute addresses that these
    lead to; the last lead to no platform, as the visitor does not ask for them. Empty where the setting is off, and where
    the site sends a list of its own: two would be one that cannot be read.
    """
    name = MODES.get(settings.headers.connections)
    if name is None or header_values(given, name):
        return []
    endpoint, headers = reporting_endpoints(settings, given)
    sources = [s for policy in parse_policies(header_values(given, POLICY, REPORT_ONLY)) for s in fetch_sources(policy)]
    hosts = [*settings.own_hosts, *settings.gate.allow, *sources]
    allow = settings.gate.allow
    named = without_covered(source for source in hosts if names_no_platform(source, allow))
    led_to = tuple(links), tuple(forms), tuple(refreshes)
    # Exact addresses are long: where all of them are too many, those of services that are only linked to go by host.
    for services in (True, False):
        leads_to = _destinations(named, allow, page, *led_to, services=services)
        entries = [*map(_source_pattern, named), *leads_to, *ON_EVERY_PAGE]
        made = [(name, _header_value(entries, endpoint)), *headers]
        if sum(len(name) + len(value) + 4 for name, value in made) <= limit:
            return made
    return None


def without_page_list(headers: Headers) -> list[tuple[str, str]]:
    """The headers of a page without a list that an extension or a middleware further inside has made, before the page was gated."""
    names = {name.lower() for name in MODES.values()}
    return [(name, value) for name, value in headers if name.lower() not in names or not PAGE_LIST.fullmatch(value)]


def frame_connections(*origins: str, link: str = "", exact: bool = True) -> str:
    """The list of a gate frame: the site itself, the ``origins`` of its platform's frame or script, and the ``link`` that it shows (without
    ``exact`` everything on its host)."""
    address = parse(link) if link else None
    leads_to = exact_pattern if exact else host_pattern
    return _header_value([*filter(None, origins), *([leads_to(address)] if address else [])])


def exact_pattern(address: Address) -> str:
    """The URL pattern of this address alone; its fragment does not count. What has no query does not match what has one."""
    return f"{any_query_pattern(address)}?{_literal(address.query)}"


def any_query_pattern(address: Address) -> str:
    """The URL pattern of this address with any query, such as that which a form writes."""
    # A browser may go to https by itself.
    scheme = "http{s}?" if address.scheme == "http" else address.scheme
    return f"{scheme}://{_authority(address)}{_literal(address.path)}"


def host_pattern(address: Address) -> str:
    """The URL pattern of everything on this host and port, by any scheme."""
    return f"*://{_authority(address)}"


def _destinations(
    named: Sequence[str],
    allow: Sequence[str],
    page: str,
    links: Iterable[str],
    forms: Iterable[str],
    refreshes: Iterable[str],
    *,
    services: bool,
) -> Iterator[str]:
    """The entries for where a page leads: platforms' addresses exactly, all others by host, those of apps by scheme. The hosts ``named``
    have an entry already. With ``services``, links to those that are only linked to are exact, too."""
    own = parse(page)
    for addresses, on_platform in ((links, exact_pattern), (forms, any_query_pattern), (refreshes, None)):
        for given in addresses:
            address = parse(given)
            if address is None:
                yield from _app_scheme(given)
                continue
            is_platform = held_platform_of(address, allow) is not None
            is_named = host_allowed(address.host, named)
            # Only content has to be asked for: a page may redirect to a service, and a site may name one.
            is_service = services and on_platform and not is_named and linked_platform(address.host) is not None
            if DOT_AFTER_HOST.match(given):
                address, is_named = address._replace(host=f"{address.host}."), False
            if is_platform or is_service:
                yield from [on_platform(address)] if on_platform else ()
            elif not (own and address.origin == own.origin) and (address.port or not is_named):
                yield host_pattern(address)


def _app_scheme(address: str) -> Iterator[str]:
    found = SCHEME.match(IGNORED_IN_URLS.sub("", address.strip(CONTROL_OR_SPACE)))
    scheme = found[1].lower() if found else ""
    if found and scheme not in {*NO_CONTACT, "http", "https"}:
        # Of an address with an authority the pattern needs one as well, with any port.
        yield f"{_literal(scheme)}:{'//*:*' if found[2] else '*'}"


def _source_pattern(source: str) -> str:
    """The URL pattern of a host as policies name it (``*.example.org``, ``https://maps.example:8443/tiles/``), by any scheme."""
    found = HOST_SOURCE.fullmatch(source)
    host = found["host"].rstrip(".") if found else source
    port = found["port"] if found else ""
    return f"*://{host}:{port}" if port else f"*://{host}"


def _authority(address: Address) -> str:
    host = address.host.replace(":", r"\:") if address.host.startswith("[") else _literal(address.host)
    return f"{host}:{address.port}" if address.port else host


def _literal(text: str) -> str:
    return PATTERN_SYNTAX.sub(r"\\\g<0>", text)


def _header_value(patterns: Iterable[str], endpoint: str = "") -> str:
    """The list as a structured field (RFC 9651): an inner list of strings, with parameters."""
    strings = ('"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"' for pattern in dict.fromkeys(patterns))
    report = f"; report-to={endpoint}" if endpoint else ""
    return f"({' '.join(['response-origin', *strings])}); redirects=allow{report}"
