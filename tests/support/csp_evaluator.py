"""Which fetches policies let through, read as CSP 3 says and by nothing of the package: its own table, its own matching."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlsplit

CHAINS = {
    "connect": "connect-src default-src",
    "fenced frame": "fenced-frame-src frame-src child-src default-src",
    "font": "font-src default-src",
    "frame": "frame-src child-src default-src",
    "image": "img-src default-src",
    "manifest": "manifest-src default-src",
    "media": "media-src default-src",
    "object": "object-src default-src",
    "script": "script-src-elem script-src default-src",
    "script of an older browser": "script-src default-src",
    "style": "style-src-elem style-src default-src",
    "worker": "worker-src child-src script-src default-src",
}
VOUCHED = ("script", "script of an older browser", "style", "worker")
"""Kinds for which a page may give a nonce or a hash, so that the address no longer counts."""

PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
HINTS = [name for names in CHAINS.values() for name in names.split()]


def lets_through(values: Iterable[str], kind: str, url: str, page: str = "https://www.leinau.example/") -> bool:
    """Whether all policies in these header values allow a page to fetch an address; ``"prefetch"`` is a kind, too."""
    return all(_allows(_directives(text), kind, url, page) for value in values for text in value.split(","))


@lru_cache(maxsize=64)
def _directives(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in text.split(";"):
        name, *sources = part.split() or [""]
        if name:
            found.setdefault(name.lower(), sources)
    return found


def _allows(policy: dict[str, list[str]], kind: str, url: str, page: str) -> bool:
    if kind == "prefetch":
        # The least restrictive directive decides, and there is no restriction without default-src.
        given = [policy[name] for name in dict.fromkeys(HINTS) if name in policy]
        return "default-src" not in policy or any(_in(sources, url, page, vouched=True) for sources in given)
    deciding = next((name for name in CHAINS[kind].split() if name in policy), None)
    return deciding is None or _in(policy[deciding], url, page, vouched=kind in VOUCHED)


def _in(sources: list[str], url: str, page: str, *, vouched: bool) -> bool:
    return any(_matches(source.lower(), source, url, page, vouched=vouched) for source in sources)


def _matches(source: str, spelled: str, url: str, page: str, *, vouched: bool) -> bool:
    address, own = urlsplit(url), urlsplit(page)
    if source.startswith(("'nonce-", "'sha")) or source == "'strict-dynamic'":
        return vouched
    if source.endswith(":") and "/" not in source:
        return _scheme(source[:-1], address.scheme)
    if source == "*":
        return address.scheme in PORTS
    if source == "'self'":
        return address.hostname == own.hostname and address.scheme in {own.scheme, "https", "wss"} and not address.port
    if source.startswith("'"):
        return False
    scheme, mark, rest = source.partition("://")
    rest = rest if mark else source
    place, slash, _ = rest.partition("/")
    path = slash + spelled[len(spelled) - len(rest) + len(place) + 1 :] if slash else ""
    host, colon, port = place.partition(":")
    return (
        _scheme(scheme if mark else own.scheme, address.scheme)
        and _host(host, address.hostname or "")
        and _port(port if colon else "", address.port, address.scheme)
        and (path in {"", "/"} or (address.path.startswith(path) if path.endswith("/") else address.path == path))
    )


def _scheme(wanted: str, given: str) -> bool:
    return wanted == given or (wanted, given) in {
        ("http", "https"),
        ("ws", "wss"),
        ("http", "ws"),
        ("http", "wss"),
        ("https", "wss"),
    }


def _host(pattern: str, host: str) -> bool:
    return host.endswith(pattern[1:]) if pattern.startswith("*.") else pattern in {"*", host}


def _port(wanted: str, given: int | None, scheme: str) -> bool:
    default = PORTS.get(scheme, 0)
    return wanted == "*" or (int(wanted) if wanted else default) == (given or default)
