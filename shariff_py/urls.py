"""Addresses: their canonical form, and what may never be used.

Addresses are read by a WHATWG URL parser, the same rules browsers follow, so that what a check sees is what a browser
would open (tabs and newlines removed, backslashes as slashes, hosts lower-cased and in punycode).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

from ada_url import URL

from shariff_py.caches import CACHES, cached
from shariff_py.errors import AddressRefused

LONGEST = 2048
"""Characters an address may have. Longer ones are refused rather than cut: a cut address is another address."""

LONGEST_READ = 65_536
"""Characters that are looked at at all. A long query is dropped before an address is measured."""

LONGEST_HOST = 253
"""Characters of the longest host that a name server could know (RFC 1035, section 2.3.4)."""

PATH_PARAMETERS = re.compile(r";[^/]*")
"""Parameters inside a path (``/a;jsessionid=…``), where some servers keep a visitor's session. They belong to no page's address."""

ESCAPE = re.compile("%([0-9A-Fa-f]{2})?")
NAME = re.compile(r"(?=.{1,253}$)[^.]{1,63}(?:\.[^.]{1,63})*")
"""A host that a name server could know: labels of 1 to 63 letters, 253 in all (RFC 1035, section 2.3.4). ``.`` and ``a..b`` are none."""

UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")

NOWHERE = "https://page.invalid/"
"""What relative addresses refer to on a page whose own address is not known."""

LOOPBACK_HOSTS = frozenset({"127.0.0.1", "localhost", "[::1]"})


class Address(NamedTuple):
    """An absolute http(s) address, taken apart.

    ``host`` is lower case, in punycode, without the root's dot at its end; ``port`` is empty for the scheme's default; ``path`` starts
    with a slash; ``query`` and ``fragment`` are without their mark.
    """

    scheme: str
    host: str
    port: str
    path: str
    query: str
    fragment: str
    userinfo: bool

    @property
    def origin(self) -> str:
        """``scheme://host`` with the port where it is not the default."""
        return f"{self.scheme}://{self.host}" + (f":{self.port}" if self.port else "")

    @property
    def without_fragment(self) -> str:
        """The address as a server is asked for it."""
        return f"{self.origin}{self.path}" + (f"?{self.query}" if self.query else "")

    @property
    def parameters(self) -> dict[str, str]:
        """The query's parameters by name; of a repeated name the first value counts, as it does on the platforms."""
        return dict(_parameters(self.query))


@cached("urls._parameters", len)
def _parameters(query: str) -> Mapping[str, str]:
    return dict(reversed(parse_qsl(query, keep_blank_values=True)))


def parse(address: str, base: str | None = None) -> Address | None:
    """Take an address apart as a browser would; ``None`` if it is no absolute http(s) address.

    ``base`` resolves relative and protocol-relative addresses (the page's own address).
    """
    return _parsed(address, base) if len(address) + len(base or "") <= LONGEST_KEPT else _parse(address, base)


def _parse(address: str, base: str | None) -> Address | None:
    url = _read(address, base) if base else None
    url = url or _read(address, None)
    if url is None:
        return None
    host = url.hostname.removesuffix(".")
    if url.protocol not in {"http:", "https:"} or not host.strip("."):
        return None
    return Address(
        scheme=url.protocol[:-1],
        host=host,
        port=url.port,
        path=url.pathname or "/",
        query=url.search.removeprefix("?"),
        fragment=url.hash.removeprefix("#"),
        userinfo=bool(url.username or url.password),
    )


LONGEST_KEPT = CACHES["urls._parsed"].longest
_parsed = cached("urls._parsed")(_parse)
"""The same addresses are read several times on each page: the page's own, those of its links."""


def _read(address: str, base: str | None) -> URL | None:
    # Bytes that are no letters reach us as lone surrogates; a browser reads U+FFFD in their place.
    readable = address.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    try:
        return URL(readable, base=base) if base else URL(readable)
    except (ValueError, UnicodeError):
        return None


def canonical(address: str, *, query_allow: Iterable[str] = ()) -> str:
    """The one form of an address that is stored, sent to platforms and shared.

    https or http as given, host in punycode without trailing dot, default port dropped, dot segments resolved, escapes in one
    spelling, only the query parameters named in ``query_allow`` (sorted), no parameters inside the path, no fragment. The query of a page may hold a search term or a
    token, so everything not allowed by name is dropped (GDPR Art. 5(1)(c)).

    Raises `AddressRefused` for other schemes, hosts that cannot be, user names or passwords, and addresses longer than `LONGEST`.
    """
    if len(address) > LONGEST_READ:
        raise AddressRefused(address, f"is longer than {LONGEST_READ} characters.")
    parts = parse(address)
    if parts is None:
        raise AddressRefused(address, "is not an absolute http or https address.")
    if not NAME.fullmatch(parts.host):
        raise AddressRefused(address, "has a host that no name server knows.")
    if parts.userinfo:
        raise AddressRefused(address, "carries a user name or password.")
    if (path := PATH_PARAMETERS.sub("", parts.path)) != parts.path:
        # Without its parameters a segment may be one that leads upwards.
        parts = parts._replace(path=(parse(parts.origin + path) or parts).path)
    kept: list[tuple[str, str]] = []
    if parts.query:
        given = parse_qsl(parts.query, keep_blank_values=True)
        allowed = {name for name, _ in given}.intersection(query_allow)
        kept = sorted((n, v) for n, v in given if n in allowed)
    path = ESCAPE.sub(_escape, parts.path)
    form = parts.origin + path + (f"?{urlencode(kept)}" if kept else "")
    if len(form) > LONGEST:
        raise AddressRefused(address, f"is longer than {LONGEST} characters.")
    return form


def _escape(found: re.Match[str]) -> str:
    """One spelling of an escape: letters, digits and ``-._~`` as themselves, all others in upper case (RFC 3986, section 6.2.2).

    A percent sign that begins none is encoded: before a decoded digit it would begin another (``%%32e`` would become ``%2e``).
    """
    if not found[1]:
        return "%25"
    character = chr(int(found[1], 16))
    return character if character in UNRESERVED else found[0].upper()


def host_is(host: str, domain: str) -> bool:
    """Whether ``host`` is ``domain`` or below it. Compared on label borders: ``evilfacebook.com`` is not ``facebook.com``."""
    host = host.lower().rstrip(".")
    return host == domain or host.endswith(f".{domain}")


def host_allowed(host: str, patterns: Iterable[str]) -> bool:
    """Whether ``host`` is named by one of the patterns: ``www.example.org`` exactly, or ``*.example.org`` for what lies below."""
    host = host.lower().rstrip(".")
    return any(
        host.endswith(pattern[1:]) and host != pattern[2:] if pattern.startswith("*.") else host == pattern
        for pattern in patterns
    )


def is_loopback_origin(origin: str) -> bool:
    """Whether an origin lies on this machine, as a mock server for a platform must."""
    parts = parse(origin)
    return parts is not None and (parts.host in LOOPBACK_HOSTS or parts.host.endswith(".localhost"))
