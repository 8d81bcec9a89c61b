"""Scripts: of which platform they fetch something, as far as their text tells.

Nobody can tell in general what a script does. What is told here is what stands in it: a platform's address as a string, handed to
something that fetches. A mention alone, an address that is opened when somebody presses, a comment, stay.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from turbohtml import unescape

from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.urls import parse

HOSTS = tuple(sorted({host for platform in REGISTRY.values() for host in platform.hosts}))

LED_TO = tuple(
    sorted(
        {
            f".{parts.host.removeprefix('www.')}{parts.path.rpartition('/')[0]}"
            for platform in REGISTRY.values()
            if platform.share and (parts := parse(re.sub(r"\{\w+\}", "", platform.share.template)))
        }
    )
)
"""Where the platforms' own share links lead. Such an address is opened by whoever presses the button."""

QUOTE = r"\\{0,3}[\"'`]"
SLASHES = r"(?:\\{0,3}/){2}"
HOST = rf"(?:[\w-]{{1,63}}\.){{0,6}}(?:{'|'.join(map(re.escape, HOSTS))})(?![\w-]|\.[\w-])"
BEFORE_HOST = rf"\s*+(?:https?:)?{SLASHES}(?:[\w.%+-]{{1,60}}@)?"
BEFORE = rf"(?:[\w$.]{{1,60}}\s*+\+\s*+)?{QUOTE}{BEFORE_HOST}"
"""What stands before a host in a string, where something may be put in front of the string."""

CALLED = (
    "fetch", "importScripts", "sendBeacon", "addModule", "getScript", "getJSON", "loadScript", "loadCSS", "insertScript", "preconnect",
    r"\.load", r"(?:\$|jQuery|axios)(?:\.(?:get|post|put|ajax))?", r"navigator\.serviceWorker\.register",
)  # fmt: skip
MADE = ("Worker", "SharedWorker", "WebSocket", "EventSource", "Audio", "Request", "WebTransport")
NAMED_SRC = r"[\"'`](?:src|srcset|data|poster|(?:xlink:)?href)[\"'`]"

CALLS = (
    r"\bimport\s*+(?:\(\s*+)?(?:/\*[^*]{0,100}\*/\s*+)?",
    r"\bfrom\s*+(?=[\"'`])",
    rf"(?:{'|'.join(CALLED)})\s*+\(\s*+(?:\{{[^{{}}]{{0,200}}?\burl[\"']?\s*+:\s*+)?",
    rf"\bnew\s++(?:{'|'.join(MADE)})\s*+\(\s*+",
    r"\.open\s*+\(\s*+[\"'`][A-Za-z]{3,7}[\"'`]\s*+,\s*+",
    rf"\bsetAttribute(?:NS)?\s*+\(\s*+(?:[^,()]{{1,40}},\s*+)?{NAMED_SRC}\s*+,\s*+",
    r"src(?:set)?[\"'\]]{0,2}\s*+[:=]\s*+",
)
"""What fetches an address that stands behind it, in a string or by name (WHATWG HTML, Fetch, XMLHttpRequest, WebSockets; jQuery)."""

MARKUP = (
    rf"src(?:set)?\s*+=\s*+(?:{QUOTE})?",
    rf"<(?:link|object|video|body|table|td|image|use|feimage)\b[^<>]{{0,200}}?\b(?:href|data|poster|background)\s*+=\s*+(?:{QUOTE})?",
    rf"\burl\(\s*+(?:{QUOTE})?",
    rf"@import\s*+(?:{QUOTE})",
)
"""What does in markup or a style, which a script writes into its page."""

FETCHED = re.compile(
    "(?:"
    + "|".join(
        [
            f"(?:{'|'.join(CALLS)}){BEFORE}",
            # The scheme, and the slashes, may come from another string: ("https:" == location.protocol ? "https://" : "http://") + ...
            rf"src(?:set)?[\"'\]]{{0,2}}\s*+=[^;\n]{{0,160}}?{QUOTE}\s*+(?:https?)?:?(?:{SLASHES}(?:[\w.%+-]{{1,60}}@)?)?",
            f"(?:{'|'.join(MARKUP)}){BEFORE_HOST}",
            rf"wss?:{SLASHES}",
            r"\b(?:stun|turn)s?:",
        ]
    )
    + f")(?P<host>{HOST})",
    re.IGNORECASE,
)

MAKES = re.compile(
    r"createElement(?:NS)?\s*+\(|\bnew\s++Image\b|\bcreateContextualFragment\b|insertAdjacentHTML|document\.write"
)
"""What makes elements, and so may hand any address of the script to one of them."""

HANDED = re.compile(
    rf"\}}\s*+\)?\s*+\([^()]{{0,200}}?{BEFORE}(?P<argument>{HOST})"
    rf"|{QUOTE}{BEFORE_HOST}(?P<file>{HOST})[^\s\"'`?#<>]{{0,200}}?\.(?:m?js|css|json|png|gif|jpe?g|webp|svg|ico|woff2?|mp4)\b"
    rf"|createElement\s*+\(\s*+{QUOTE}link\b[^<>]{{0,400}}?\.href\s*+=\s*+{BEFORE}(?P<link>{HOST})",
    re.IGNORECASE,
)
"""In a script that makes elements: an argument of the function that is the script, a file, the address of a ``link``."""

KEPT = re.compile(
    rf"([\w$]{{1,40}})[\"'\]]{{0,2}}\s*+[:=]\s*+{BEFORE}(?P<host>{HOST})(?P<path>[^\s\"'`?#<>]{{0,80}})", re.IGNORECASE
)
"""An address that is kept by a name."""
USED = re.compile(rf"(?:{'|'.join(CALLS)})(?=([\w$.+\s\[\]]{{1,80}}))", re.IGNORECASE)
NAME = re.compile(r"[\w$]+")
REACH = 2_000
"""Characters between a name's address and its use. In a bundle the same short name stands for something else further on."""


def loaded_by(code: str) -> Platform | None:
    """The platform of which a script fetches something.

    Inside pictures scripts may hold character references (WHATWG HTML 13.2.6.5), so both readings are looked at.
    """
    for reading in (code, unescape(code)) if "&" in code else (code,):
        for platform in REGISTRY.values():
            if any(mark.search(reading) for mark in platform.script_marks):
                return platform
        lowered = reading.lower()
        if any(host in lowered for host in HOSTS) and (host := next(_hosts(reading), "")):
            return platform_of(host.lower())
    return None


def _hosts(code: str) -> Iterator[str]:
    """Platforms' hosts from which a script fetches something by itself."""
    yield from (found["host"] for found in FETCHED.finditer(code))
    if MAKES.search(code):
        for found in HANDED.finditer(code):
            yield found["argument"] or found["file"] or found["link"]
    yield from _kept_and_used(code)


def _kept_and_used(code: str) -> Iterator[str]:
    kept = [found for found in KEPT.finditer(code) if not _is_led_to(found["host"] + found["path"])]
    if not kept:
        return
    used: dict[str, list[int]] = {}
    for use in USED.finditer(code):
        for name in set(NAME.findall(use[1])):
            used.setdefault(name, []).append(use.start())
    for found in kept:
        places = used.get(found[1], [])
        next_use = bisect_left(places, found.start() - REACH)
        if next_use < len(places) and places[next_use] < found.end() + REACH:
            yield found["host"]


def _is_led_to(address: str) -> bool:
    plain = f".{address.lower()}".replace("\\", "")
    return any(start in plain for start in LED_TO)
