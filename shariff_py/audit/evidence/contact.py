"""One contact of a browser with an endpoint on the network, and the names of the channels it can go through."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import urlsplit

from shariff_py.urls import parse

STANDARD_PORTS = {"http": 80, "ws": 80, "https": 443, "wss": 443}


class Channel(StrEnum):
    """How a contact was made. The values appear in reports and in JSON.

    ``browser`` is what the browser requests by itself on the page's behalf (payment, sign-in and search descriptions, background
    downloads); ``server`` is what the site's own server sent, as its journal says.
    """

    REQUEST = "request"
    DNS = "dns"
    CONNECTION = "connection"
    PREFETCH = "prefetch"
    PRERENDER = "prerender"
    EARLY_HINT = "early_hint"
    WEBSOCKET = "websocket"
    WEBTRANSPORT = "webtransport"
    WEBRTC = "webrtc"
    QUIC = "quic"
    UDP = "udp"
    BEACON = "beacon"
    PING = "ping"
    REPORT = "report"
    NEL = "nel"
    FAVICON = "favicon"
    MANIFEST = "manifest"
    WORKER = "worker"
    WORKLET = "worklet"
    BROWSER = "browser"
    SERVER = "server"


IMPLIED = (Channel.DNS, Channel.QUIC, Channel.CONNECTION)
"""Channels that only prepare others, earliest first: named only where nothing further happened."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact, sent or only attempted.

    ``host`` is lower case, without trailing dot and without the brackets of an IPv6 address; ``port`` is 0 where the log names
    none (a bare name look-up). ``time`` is in seconds since 1970. ``url`` is empty for channels that have none. ``initiator`` is
    the origin of the requesting document, ``site`` the site in the address bar (scheme and registrable domain, from the
    browser's isolation key); both are empty for what no document requested. ``speculative`` marks hints: something prepared
    before it was needed. ``sent`` is true once the log shows that it left the browser; a refused or cached attempt stays false.

    What went along: ``kind`` is what it was for in the browser's own word (``image``, ``script``, ``iframe``), ``referrer`` the address
    sent as such, ``cookies`` whether any were sent, ``address`` the IP address contacted. ``cause`` is the element or script behind it,
    ``declared`` whether the page has browsers contact this host (:attr:`Declaration.acts`), and ``gate`` the number of the gate
    pressed last, 0 for none.
    """

    host: str
    port: int
    channel: Channel
    time: float
    url: str = ""
    initiator: str = ""
    site: str = ""
    speculative: bool = False
    sent: bool = False
    method: str = ""
    kind: str = ""
    referrer: str = ""
    cookies: bool = False
    status: int = 0
    address: str = ""
    cause: str = ""
    gate: int = 0
    declared: bool = False

    @property
    def endpoint(self) -> str:
        """Who is contacted, for comparison with the site's own endpoints: see :func:`endpoint_of`."""
        return endpoint_of(self.host, self.port)


def significant(channels: tuple[Channel, ...]) -> tuple[Channel, ...]:
    """The channels without those that only led up to another one: a request needs no mention of its look-up."""
    kept = tuple(dict.fromkeys(channels))
    for channel in IMPLIED:
        if channel in kept and len(kept) > 1:
            kept = tuple(other for other in kept if other is not channel)
    return kept


def endpoint_of(host: str, port: int) -> str:
    """The host, and on this machine the port as well: two servers on loopback are two endpoints, two ports of another host are one."""
    return f"{host}:{port}" if is_loopback(host) else host


def is_loopback(host: str) -> bool:
    """Whether a host (as in :class:`Contact`) is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def is_address(host: str) -> bool:
    """Whether a host is an IP address, for which no name is ever looked up."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def host_and_port(address: str) -> tuple[str, int]:
    """Host and port of ``scheme://host:port/...``, ``host:port`` or ``[v6]:port``; an empty host if there is none.

    The port is the scheme's own where the address names none, and 0 where there is no scheme either.
    """
    try:
        parts = urlsplit(address if "://" in address else f"//{address}")
        port = parts.port
    except ValueError:
        return "", 0
    host = host_as_browsers_write_it(parts.hostname or "")
    return host, STANDARD_PORTS.get(parts.scheme, 0) if port is None else port


def host_as_browsers_write_it(host: str) -> str:
    """A host in lower case and in punycode, as it is written in addresses and logs; as it is where no browser would take it for one."""
    address = None if ":" in host else parse(f"http://{host}/")
    return address.host if address else host.rstrip(".")


def endpoint_of_url(address: str) -> str:
    """The endpoint an address leads to; an empty string if it names no host."""
    host, port = host_and_port(address)
    return endpoint_of(host, port) if host else ""
