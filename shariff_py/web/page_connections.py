"""The list of whom a page may contact, made from the page as it goes out; see `shariff_py.response_policy.connections`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from shariff_py.response_policy.budget import bytes_left
from shariff_py.response_policy.connections import page_connections
from shariff_py.settings import Settings
from shariff_py.urls import NOWHERE, parse
from shariff_py.web.charsets import UTF_16, charset_of, with_undeclared
from shariff_py.web.content_codec import Undecodable, codec_pair

MAX_DECODED_BYTES = 16_777_216
"""Bytes of a page, decoded, whose links are looked at."""

STREAMS = (
    "A page is sent while it is made, so it bears no Connection-Allowlist, which would have to name all its links before: it is for pages of "
    'up to 256 kB that are sent whole. Have the application send it whole, or set headers.connections to "off".'
)
UNREADABLE = (
    "A page has the content coding {coding!r}, which cannot be read here, so it bears no Connection-Allowlist, which is made from its links. "
    "Compress pages after this extension has seen them, use gzip, or install the extra compression."
)
TOO_LONG = (
    "A page leads to so many hosts that a Connection-Allowlist with all of them would make its headers too long, so it bears none. Name a "
    'wildcard (*.example.org) in gate.allow for hosts that belong together, link to fewer, or set headers.connections to "off".'
)
BUILT_BY_SCRIPT = (
    "A page has share links that are built in the browser (shariff-compat), which a Connection-Allowlist would block, so it bears none. Use "
    "shariff.share() in its place."
)


def connection_headers(
    settings: Settings,
    url: str,
    headers: Sequence[tuple[str, str]],
    ours: Sequence[tuple[str, str]],
    page: bytes | None,
    warn: Callable[[str], None],
) -> list[tuple[str, str]]:
    """The headers to add to the HTML page at ``url`` (its path alone, where its host is not confirmed), which has ``headers`` by now; those among them that are ``ours`` count for the length.

    ``page`` are its bytes without content coding; ``None`` where they are not known yet. Where there can be no list, ``warn`` is told why,
    and how to have one.
    """
    if settings.headers.connections == "off":
        return []
    # Not for every site, and slow to load.
    import webencodings

    from shariff_py.gate.browser_rules.destinations import destinations

    if page is None:
        warn(STREAMS)
        return []
    if url.startswith("/"):
        # Of what it leads to without naming a scheme the one is not known either; entries for http are for https as well.
        url = NOWHERE.replace("https:", "http:") + url[1:]
    content_type = next((value for name, value in headers if name.lower() == "content-type"), "")
    charset = with_undeclared(charset_of(content_type, page), page)
    known = webencodings.lookup("utf-8" if charset.name in UTF_16 else charset.name)
    leads = destinations(charset.decode_as_browser(page), url, codec=known.codec_info.name if known else "utf-8")
    if leads.built_by_script:
        warn(BUILT_BY_SCRIPT)
        return []
    added = page_connections(
        settings,
        url,
        headers,
        links=leads.links,
        forms=leads.forms,
        refreshes=[*leads.refreshes, *_refreshes(headers, url)],
        limit=bytes_left(ours),
    )
    if added is None:
        warn(TOO_LONG)
    return added or []


def _refreshes(headers: Sequence[tuple[str, str]], url: str) -> Iterator[str]:
    """Where the header ``Refresh`` leads."""
    from shariff_py.gate.browser_rules.loading_attributes import refresh_url

    for name, value in headers:
        if name.lower() == "refresh" and (found := parse(refresh_url(value), url)):
            yield found.origin


def decoded(page: bytes, coding: str) -> bytes | None:
    """A body without its content coding; ``None`` where that is not supported, not what the header says, or too long for a page that is
    sent whole."""
    codecs = codec_pair(coding)
    if codecs is None:
        return None
    reader, whole = codecs[0], bytearray()
    try:
        for step in reader.feed(page):
            whole += step
            if len(whole) > MAX_DECODED_BYTES:
                return None
        return bytes(whole + reader.close())
    except Undecodable:
        return None
