"""Which platform a script, or JSON in a script element, fetches something from, as far as its text shows.

What a script does cannot be decided in general. Found here is a platform's URL as a string that is passed to something that fetches. A
mere mention, a URL opened by a press, a comment, do not count.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator

from turbohtml import unescape

from shariff_py.gate.detect.url_owner import resolve_leniently
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.urls import NOWHERE, parse

HOSTS = tuple(sorted({host for platform in REGISTRY.values() for host in platform.hosts}))

SHARE_URL_PREFIXES = tuple(
    sorted(
        {
            f".{parts.host.removeprefix('www.')}{parts.path.rpartition('/')[0]}"
            for platform in REGISTRY.values()
            if platform.share and (parts := parse(re.sub(r"\{\w+\}", "", platform.share.template)))
        }
    )
)
"""How the URLs of the platforms' own share links begin. Such a URL is opened by a press of the button."""

QUOTE = r"\\{0,3}[\"'`]"
SLASHES = r"(?:\\{0,3}/){2}"
HOST = rf"(?:[\w-]{{1,63}}\.){{0,6}}(?:{'|'.join(map(re.escape, HOSTS))})(?![\w-]|\.[\w-])"
URL_BEFORE_HOST = rf"\s*+(?:https?:)?{SLASHES}(?:[\w.%+-]{{1,60}}@)?"
STRING_BEFORE_HOST = rf"(?:[\w$.]{{1,60}}\s*+\+\s*+)?{QUOTE}{URL_BEFORE_HOST}"
"""What comes before a host in a string, where something may be concatenated in front of the string."""

FETCHING_FUNCTIONS = (
    "fetch", "importScripts", "sendBeacon", "addModule", "getScript", "getJSON", "loadScript", "loadCSS", "insertScript", "preconnect",
    r"\.load", r"(?:\$|jQuery|axios)(?:\.(?:get|post|put|ajax))?", r"navigator\.serviceWorker\.register",
)  # fmt: skip
FETCHING_CONSTRUCTORS = ("Worker", "SharedWorker", "WebSocket", "EventSource", "Audio", "Request", "WebTransport")
URL_ATTRIBUTE_NAME = r"[\"'`](?:src|srcset|data|poster|(?:xlink:)?href)[\"'`]"

FETCHING_CALLS = (
    r"\bimport\s*+(?:\(\s*+)?(?:/\*[^*]{0,100}\*/\s*+)?",
    r"\bfrom\s*+(?=[\"'`])",
    rf"(?:{'|'.join(FETCHING_FUNCTIONS)})\s*+\(\s*+(?:\{{[^{{}}]{{0,200}}?\burl[\"']?\s*+:\s*+)?",
    rf"\bnew\s++(?:{'|'.join(FETCHING_CONSTRUCTORS)})\s*+\(\s*+",
    r"\.open\s*+\(\s*+[\"'`][A-Za-z]{3,7}[\"'`]\s*+,\s*+",
    rf"\bsetAttribute(?:NS)?\s*+\(\s*+(?:[^,()]{{1,40}},\s*+)?{URL_ATTRIBUTE_NAME}\s*+,\s*+",
    r"src(?:set)?[\"'\]]{0,2}\s*+[:=]\s*+",
)
"""What fetches a URL that follows it, in a string or by name (WHATWG HTML, Fetch, XMLHttpRequest, WebSockets; jQuery)."""

FETCHING_MARKUP = (
    rf"src(?:set)?\s*+=\s*+(?:{QUOTE})?",
    rf"<(?:link|object|video|body|table|td|image|use|feimage)\b[^<>]{{0,200}}?\b(?:href|data|poster|background)\s*+=\s*+(?:{QUOTE})?",
    rf"\burl\(\s*+(?:{QUOTE})?",
)
"""What does so in markup or CSS that a script inserts into its page."""

FETCHED_HOST = re.compile(
    "(?:"
    + "|".join(
        [
            f"(?:{'|'.join(FETCHING_CALLS)}){STRING_BEFORE_HOST}",
            # The scheme, and the slashes, may come from another string: ("https:" == location.protocol ? "https://" : "http://") + ...
            rf"src(?:set)?[\"'\]]{{0,2}}\s*+=[^;\n]{{0,160}}?{QUOTE}\s*+(?:https?)?:?(?:{SLASHES}(?:[\w.%+-]{{1,60}}@)?)?",
            f"(?:{'|'.join(FETCHING_MARKUP)}){URL_BEFORE_HOST}",
            rf"wss?:{SLASHES}",
            r"\b(?:stun|turn)s?:",
        ]
    )
    + f")(?P<host>{HOST})",
    re.IGNORECASE,
)

CREATES_ELEMENTS = re.compile(
    r"createElement(?:NS)?\s*+\(|\bnew\s++Image\b|\bcreateContextualFragment\b|insertAdjacentHTML|document\.write"
)
"""What creates elements, and so may set any URL of the script on one of them."""

HOST_FOR_ELEMENT = re.compile(
    rf"\}}\s*+\)?\s*+\([^()]{{0,200}}?{STRING_BEFORE_HOST}(?P<argument>{HOST})"
    rf"|{QUOTE}{URL_BEFORE_HOST}(?P<file>{HOST})[^\s\"'`?#<>]{{0,200}}?\.(?:m?js|css|json|png|gif|jpe?g|webp|svg|ico|woff2?|mp4)\b"
    rf"|createElement\s*+\(\s*+{QUOTE}link\b[^<>]{{0,400}}?\.href\s*+=\s*+{STRING_BEFORE_HOST}(?P<link>{HOST})",
    re.IGNORECASE,
)
"""In a script that creates elements: an argument of the function that is the script, a file, the URL of a ``link``."""

ASSIGNED_URL = re.compile(
    rf"([\w$]{{1,40}})[\"'\]]{{0,2}}\s*+[:=]\s*+{STRING_BEFORE_HOST}(?P<host>{HOST})(?P<path>[^\s\"'`?#<>]{{0,80}})",
    re.IGNORECASE,
)
"""A URL that is assigned to a name."""
FETCH_BY_NAME = re.compile(rf"(?:{'|'.join(FETCHING_CALLS)})(?=([\w$.+\s\[\]]{{1,80}}))", re.IGNORECASE)
IDENTIFIER = re.compile(r"[\w$]+")
MAX_DISTANCE = 2_000
"""Characters between the assignment of a name and its use. In a bundle the same short name means something else further on."""

URL_LIST_KEY = re.compile(
    r'"(?:imports|scopes|integrity|prefetch|prefetch_with_subresources|prerender|prerender_until_script)"|\\u'
)
"""Top-level keys of an import map or of speculation rules, literally or possibly in escapes."""

JSON_STRING = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)', re.DOTALL)
"""A string in JSON (RFC 8259); an unclosed one extends to the end, so that nothing is read twice."""


def platform_loaded_by(code: str) -> Platform | None:
    """The platform a script fetches something from.

    Inside foreign content scripts may contain character references (WHATWG HTML 13.2.6.5), so both readings are scanned.
    """
    for reading in (code, unescape(code)) if "&" in code else (code,):
        for platform in REGISTRY.values():
            if any(mark.search(reading) for mark in platform.script_marks):
                return platform
        lowered = reading.lower()
        if any(host in lowered for host in HOSTS) and (host := next(_fetched_hosts(reading), "")):
            return platform_of(host.lower())
    return None


def platform_in_url_list(text: str) -> Platform | None:
    """The platform that any URL in an import map or in speculation rules leads to. Every string in the JSON counts."""
    for found in JSON_STRING.finditer(text):
        try:
            url = json.loads(found[0], strict=False)
        except ValueError:
            url = found[0][1:-1]
        # In an import map a URL with a scheme is parsed without a base, so that fewer slashes than two suffice (WHATWG HTML 8.1.6.2).
        parts = resolve_leniently(url) or resolve_leniently(url, NOWHERE)
        if parts is not None and (platform := platform_of(parts.host)) is not None:
            return platform
    return None


def loads_platform(text: str) -> bool:
    """Whether a text would load something from a platform if it were the content of a script element of any type."""
    if platform_loaded_by(text) is not None:
        return True
    return URL_LIST_KEY.search(text) is not None and platform_in_url_list(text) is not None


def _fetched_hosts(code: str) -> Iterator[str]:
    """Platforms' hosts that a script fetches something from on its own."""
    yield from (found["host"] for found in FETCHED_HOST.finditer(code))
    if CREATES_ELEMENTS.search(code):
        for found in HOST_FOR_ELEMENT.finditer(code):
            yield found["argument"] or found["file"] or found["link"]
    yield from _assigned_and_fetched(code)


def _assigned_and_fetched(code: str) -> Iterator[str]:
    assigned = [found for found in ASSIGNED_URL.finditer(code) if not _is_share_url(found["host"] + found["path"])]
    if not assigned:
        return
    used: dict[str, list[int]] = {}
    for use in FETCH_BY_NAME.finditer(code):
        for name in set(IDENTIFIER.findall(use[1])):
            used.setdefault(name, []).append(use.start())
    for found in assigned:
        uses = used.get(found[1], [])
        next_use = bisect_left(uses, found.start() - MAX_DISTANCE)
        if next_use < len(uses) and uses[next_use] < found.end() + MAX_DISTANCE:
            yield found["host"]


def _is_share_url(url: str) -> bool:
    plain = f".{url.lower()}".replace("\\", "")
    return any(prefix in plain for prefix in SHARE_URL_PREFIXES)
