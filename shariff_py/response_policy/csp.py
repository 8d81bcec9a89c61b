"""Reading Content-Security-Policy headers (CSP 3): the directives, and what their sources allow."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.urls import host_allowed, host_is

Headers = Sequence[tuple[str, str]]
Policy = Mapping[str, Sequence[str]]
"""The directives of one policy by lower-case name, with their sources."""

POLICY = "Content-Security-Policy"
REPORT_ONLY = "Content-Security-Policy-Report-Only"

FETCH_DIRECTIVES = frozenset(
    {
        "child-src", "connect-src", "default-src", "fenced-frame-src", "font-src", "frame-src", "img-src", "manifest-src", "media-src",
        "object-src", "prefetch-src", "script-src", "script-src-elem", "style-src", "style-src-elem", "worker-src",
    }
)  # fmt: skip
"""Directives that name hosts something is fetched from (CSP 3, section 6.1)."""

FRAME_DIRECTIVES = ("frame-src", "child-src", "default-src")
"""The directives that decide about frames; the first one in a policy does."""

HOST_SOURCE = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>\*|(?:\*\.)?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?)"
    r"(?::(?P<port>[0-9]+|\*))?(?P<path>/[!-+\--:<-~]*)?",
    re.IGNORECASE | re.ASCII,
)
"""A host as a source (CSP 3, section 2.3.1)."""

NO_HOST_SOURCES = frozenset(
    {
        "'none'", "'self'", "'unsafe-inline'", "'unsafe-eval'", "'wasm-unsafe-eval'", "'report-sample'", "data:", "blob:", "filesystem:",
        "mediastream:",
    }
)  # fmt: skip
"""Sources that name no other host. Nonces, hashes and ``'strict-dynamic'`` are none of them: what they allow comes from anywhere."""

ASCII_WHITE_SPACE = re.compile(r"[\t\n\f\r ]+")
"""What separates the words of a policy; other white space is part of a word."""


def header_values(headers: Headers, *names: str) -> list[str]:
    """The values of the headers with these names, in any case."""
    wanted = {name.lower() for name in names}
    return [value for name, value in headers if name.lower() in wanted]


def parse_policies(values: Iterable[str]) -> Iterator[Policy]:
    """The policies in header values; of a repeated directive the first counts.

    Parsed as CSP 3, section 2.2.1 says; an invalid directive is ignored.
    """
    for value in values:
        for serialized in value.split(","):
            policy: dict[str, Sequence[str]] = {}
            for directive in serialized.split(";"):
                words = [word for word in ASCII_WHITE_SPACE.split(directive) if word]
                if words:
                    policy.setdefault(words[0].lower(), words[1:])
            if policy:
                yield policy


def fetch_sources(policy: Policy) -> Iterator[str]:
    """All sources of a policy that could name a host something is fetched from."""
    for directive, sources in policy.items():
        if directive in FETCH_DIRECTIVES:
            yield from sources


def open_directives(policy: Policy) -> list[str]:
    """The fetch directives of a policy through which a platform could be reached: by its host, a wildcard, a scheme, a nonce, or a source
    that is not understood here."""
    return [
        name
        for name, sources in policy.items()
        if name in FETCH_DIRECTIVES
        and not all(source.lower() in NO_HOST_SOURCES or names_no_platform(source) for source in sources)
    ]


def keeps_platforms_out(policy: Policy) -> bool:
    """Whether a policy by itself keeps every kind of fetch from every platform.

    It has to do so as a whole: a prefetch is let through where any one of its directives allows it (measured in Chromium 156).
    """
    return "default-src" in policy and not open_directives(policy)


def allows_frames_of(scheme: str, policy: Policy) -> bool:
    """Whether a policy names this scheme (``data:``) for frames."""
    deciding = next((name for name in FRAME_DIRECTIVES if name in policy), None)
    return deciding is not None and scheme in (source.lower() for source in policy[deciding])


def allows_self(sources: Sequence[str], own_host: str) -> bool:
    """Whether sources allow the page's own host."""
    lowered = [source.lower() for source in sources]
    # A nonce or a hash allows the element that carries it, and the site decides which ones do.
    listed = any(source == "'self'" or source.startswith(("'nonce-", "'sha")) for source in lowered)
    return listed or allows_host(lowered, own_host)


def allows_host(sources: Sequence[str], host: str) -> bool:
    """Whether sources name a host, or all of them."""
    for source in map(str.lower, sources):
        named = HOST_SOURCE.fullmatch(source)
        if source in {"*", "https:", "http:"} or (named and host and host_allowed(host, [named["host"]])):
            return True
    return False


def names_no_platform(source: str, allow: Sequence[str] = ()) -> bool:
    """Whether a source names hosts, and none of a platform; one that is in ``allow`` may name those of platforms that can be allowed. Schemes,
    keywords, nonces and hashes name no host."""
    match = HOST_SOURCE.fullmatch(source)
    return match is not None and not _matches_platform(match["host"].lower().rstrip("."), source in allow)


def _matches_platform(host: str, is_allowed: bool) -> bool:
    bare = host.removeprefix("*.")
    owner = platform_of(bare)
    if host == "*" or (owner is not None and (owner.never_allowed or not is_allowed)):
        return True
    wildcard = host.startswith("*.") or "." not in bare
    held = (platform for platform in REGISTRY.values() if platform.never_allowed or not is_allowed)
    return wildcard and any(host_is(name, bare) for platform in held for name in platform.hosts)
