"""Reads Chromium's NetLog, the one record that missed no host in any measurement (hints, beacons at page exit, UDP included).

Memory holds what is still open in the browser and what servers declared, never the file. Event names as of Chromium 156.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from shariff_py.audit.evidence.channels import RESOLVER, channel_of
from shariff_py.audit.evidence.contact import Channel, Contact, host_and_port, is_address
from shariff_py.audit.evidence.declarations import DECLARING, DeclaringResponse, network_error_endpoints
from shariff_py.audit.evidence.log import Log
from shariff_py.audit.evidence.netlog.events import BEGIN, END, Event, Lines

SCHEMES = ("http://", "https://", "ws://", "wss://")
"""Only these leave the browser; ``data:``, ``blob:``, ``chrome:`` and the like are handled inside it."""

ESTIMATOR = "NETWORK_QUALITY_ESTIMATOR"
"""It only rates hosts that were already requested."""

MOST_RESPONSES = 5_000
"""Responses with declarations that are kept; more add nothing."""

_POOL_GROUP = re.compile(r"([a-z]+://[^ ]+) <([^ >]*)")


def read(lines: Iterable[str], names: Mapping[str, str] | None = None, end_marker: str = "") -> Log:
    """Read a whole log. Never raises on a malformed one: the result is marked as incomplete.

    ``names`` are names by address, if known from elsewhere; ``end_marker`` is the address written at the end, if one was.
    """
    netlog = NetLog(lines, names or {}, end_marker)
    found = list(netlog)
    for_errors = network_error_endpoints(netlog.responses)
    contacts = [
        replace(contact, channel=Channel.NEL)
        if contact.channel is Channel.REPORT and contact.url in for_errors
        else replace(contact, host=netlog.name_of(contact))
        for contact in found
    ]
    return Log(
        tuple(sorted(contacts, key=lambda contact: contact.time)),
        netlog.events.whole,
        netlog.events.browser,
        netlog.events.damaged,
        netlog.events.began,
        tuple(netlog.responses),
        netlog.aliases,
    )


@dataclass(slots=True)
class _Request:
    """A request under way: what is known of it so far."""

    contact: Contact
    sender: int
    headers: dict[str, str] = field(default_factory=dict)

    def finished(self) -> Contact:
        headers = self.headers
        return replace(
            self.contact,
            channel=channel_of(self.contact.url.partition(":")[0], self.sender, headers),
            kind=headers.get("sec-fetch-dest", ""),
            referrer=headers.get("referer", ""),
            cookies="cookie" in headers,
        )


class NetLog:
    """One pass over a log: iterate to get contacts as they are complete, then read ``events``, ``responses`` and ``aliases``."""

    def __init__(self, lines: Iterable[str], names: Mapping[str, str], end_marker: str = "") -> None:
        self.events = Lines(lines, READERS, end_marker)
        self.responses: list[DeclaringResponse] = []
        self.aliases: dict[str, str] = {}
        self._names = dict(names)
        self._senders: dict[int, int] = {}
        self._requests: dict[int, _Request] = {}
        self._open: dict[int, Contact] = {}
        self._explained: set[int] = set()
        self._dotted: set[str] = set()
        self._pooled: dict[int, Contact] = {}
        self._packets: set[tuple[int, str]] = set()

    def __iter__(self) -> Iterator[Contact]:
        for event in self.events:
            yield from READERS[event.type](self, event)
        yield from self._open.values()
        yield from (request.finished() for request in self._requests.values())
        self._open.clear()
        self._requests.clear()

    def name_of(self, contact: Contact) -> str:
        """The name that was looked up before an address was contacted; the host itself where there is none."""
        return self._names.get(contact.host, contact.host) if contact.channel in NAMED_BY_ADDRESS else contact.host

    # -- requests ------------------------------------------------------------------------------------------------------

    def _alive(self, event: Event) -> Iterator[Contact]:
        """A request comes into being, with the mark of who sent it, and ends."""
        if event.phase == BEGIN:
            sender = event.params.get("traffic_annotation")
            self._senders[event.source] = sender if isinstance(sender, int) else 0
        elif event.phase == END:
            self._senders.pop(event.source, None)
            yield from self._finished(event.source)

    def _request(self, event: Event) -> Iterator[Contact]:
        """A request begins; a redirect begins another one under the same source."""
        url = event.text("url")
        sender = self._senders.get(event.source, 0)
        if event.phase != BEGIN or not url.startswith(SCHEMES) or sender == RESOLVER:
            return
        yield from self._finished(event.source)
        initiator = event.text("initiator")
        contact = _contact(event, url, Channel.REQUEST, key="network_isolation_key")
        if contact:
            known = initiator if initiator not in ("not an origin", "null") else ""
            self._requests[event.source] = _Request(
                replace(contact, url=url, initiator=known, method=event.text("method")), sender
            )

    def _request_sent(self, event: Event) -> Iterator[Contact]:
        if request := self._requests.get(event.source):
            request.contact = replace(request.contact, sent=True)
            if event.lines("headers"):
                request.headers = dict(event.headers())
        return iter(())

    def _answered(self, event: Event) -> Iterator[Contact]:
        """What the server declares in its response; values of cookies never are in the log."""
        if request := self._requests.get(event.source):
            status = event.status
            early = event.type.endswith("EARLY_HINTS_RESPONSE_HEADERS")
            if not early:
                request.contact = replace(request.contact, status=status)
            declared = tuple((name, value) for name, value in event.headers() if name in DECLARING)
            if declared and len(self.responses) < MOST_RESPONSES:
                self.responses.append(
                    DeclaringResponse(request.contact.url, event.time, 103 if early else status, declared)
                )
        return iter(())

    def _finished(self, source: int) -> Iterator[Contact]:
        request = self._requests.pop(source, None)
        if request is not None:
            yield request.finished()

    # -- names ---------------------------------------------------------------------------------------------------------

    def _name_requested(self, event: Event) -> Iterator[Contact]:
        """A name is looked up, maybe in the cache."""
        if event.phase == END:
            yield from self._close(event.source)
        elif event.source_type != ESTIMATOR and "dns over https" not in event.text("network_anonymization_key"):
            contact = _contact(event, event.text("host"), Channel.DNS)
            if contact and not is_address(contact.host):
                self._open[event.source] = replace(contact, speculative=bool(event.params.get("is_speculative")))

    def _name_looked_up(self, event: Event) -> Iterator[Contact]:
        """A look-up leaves the resolver's cache for the network, on behalf of a name wanted or of a socket."""
        if event.text("host").endswith("."):
            self._dotted.add(event.text("host").rpartition("/")[2])
        if event.phase == END:
            yield from self._close(event.source)
        elif not self._mark_sent(event.dependency):
            contact = _contact(event, event.text("host"), Channel.DNS)
            if contact and not is_address(contact.host):
                self._open[event.source] = replace(contact, sent=True)

    def _dns_transaction(self, event: Event) -> Iterator[Contact]:
        """A DNS packet: of a look-up read above, or of an unknown one.

        WebRTC looks up names with a dot at the end, and so does a page that writes its addresses that way; only the latter's look-ups are read above.
        """
        if event.dependency:
            self._explained.add(event.dependency)
        elif event.phase == BEGIN:
            name = event.text("hostname")
            by_webrtc = name.endswith(".") and name not in self._dotted
            if by_webrtc or event.source not in self._explained:
                contact = _contact(event, name, Channel.WEBRTC if by_webrtc else Channel.DNS)
                if contact:
                    yield replace(contact, sent=True)
        elif event.phase == END:
            self._explained.discard(event.source)

    def _resolved(self, event: Event) -> Iterator[Contact]:
        """Which name an address was given for, and which other names lead there."""
        for result in event.entries("results"):
            if not isinstance(result, dict):
                continue
            name = str(result.get("domain_name", "")).rstrip(".").lower()
            if alias := result.get("alias_target"):
                self.aliases[name] = str(alias).rstrip(".").lower()
            endpoints = result.get("endpoints")
            for endpoint in endpoints if isinstance(endpoints, list) else ():
                if isinstance(endpoint, dict):
                    self._names[str(endpoint.get("address", ""))] = name
        return iter(())

    # -- connections ---------------------------------------------------------------------------------------------------

    def _preconnect(self, event: Event) -> Iterator[Contact]:
        url = event.text("url")
        if event.phase == BEGIN and event.params.get("is_preconnect") is True:
            contact = _contact(event, url, Channel.CONNECTION)
            if contact:
                yield replace(contact, url=url, speculative=True)

    def _pooled_job(self, event: Event) -> Iterator[Contact]:
        """The pool is about to connect; only here is the name behind the address (``pm/https://host <site ...>``)."""
        match = _POOL_GROUP.search(event.text("group_id"))
        contact = match and _contact(event, match[1], Channel.CONNECTION)
        if match and contact and "dns over https" not in event.text("group_id"):
            self._pooled[event.source] = replace(contact, site=_site(match[2]))
        return iter(())

    def _job_connects(self, event: Event) -> Iterator[Contact]:
        if event.source in self._pooled:
            self._pooled[event.dependency] = self._pooled[event.source]
        return iter(())

    def _job_over(self, event: Event) -> Iterator[Contact]:
        if event.phase == END:
            self._pooled.pop(event.source, None)
        return iter(())

    def _tcp(self, event: Event) -> Iterator[Contact]:
        """A connection is opened, by the pool or by something known by address only (TURN over TCP, for one)."""
        if event.phase != BEGIN:
            return
        pooled = self._pooled.pop(event.source, None)
        if pooled:
            yield replace(pooled, time=event.time, sent=True)
            return
        for address in event.entries("address_list"):
            contact = _contact(event, str(address), Channel.CONNECTION)
            if contact:
                yield replace(contact, sent=True, address=contact.host)

    def _udp(self, event: Event) -> Iterator[Contact]:
        """Packets of unconnected sockets (STUN, TURN). Connected ones are DNS and QUIC, which are read by name."""
        address = event.text("address")
        if not address or (event.source, address) in self._packets:
            return
        self._packets.add((event.source, address))
        contact = _contact(event, address, Channel.UDP)
        if contact:
            yield replace(contact, sent=True, address=contact.host)

    def _quic(self, event: Event) -> Iterator[Contact]:
        if event.phase == BEGIN:
            host, port = event.text("host"), event.params.get("port", 0)
            contact = _contact(event, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", Channel.QUIC)
            if contact:
                yield contact

    def _alternative_service(self, event: Event) -> Iterator[Contact]:
        """A request is tried at another host than its address names, because of an ``Alt-Svc`` header."""
        destination, meant = event.text("destination"), event.text("logical_destination")
        if event.phase == BEGIN and meant and destination != meant:
            contact = _contact(event, destination, Channel.QUIC)
            if contact:
                yield contact

    def _webtransport(self, event: Event) -> Iterator[Contact]:
        if event.phase == BEGIN:
            contact = _contact(event, event.text("url"), Channel.WEBTRANSPORT)
            if contact:
                yield replace(contact, url=event.text("url"))

    # -- what the readers share ------------------------------------------------------------------------------------------

    def _mark_sent(self, source: int) -> bool:
        contact = self._open.get(source)
        if contact is None:
            return False
        self._open[source] = replace(contact, sent=True)
        return True

    def _close(self, source: int) -> Iterator[Contact]:
        contact = self._open.pop(source, None)
        if contact is not None:
            yield contact


NAMED_BY_ADDRESS = frozenset({Channel.UDP, Channel.CONNECTION})
"""Contacts whose log line has an address only; the name is at the look-up before them."""

READERS: Mapping[str, Callable[[NetLog, Event], Iterator[Contact]]] = {
    "REQUEST_ALIVE": NetLog._alive,
    "URL_REQUEST_START_JOB": NetLog._request,
    "HTTP_TRANSACTION_SEND_REQUEST": NetLog._request_sent,
    "HTTP_TRANSACTION_SEND_REQUEST_HEADERS": NetLog._request_sent,
    "HTTP_TRANSACTION_HTTP2_SEND_REQUEST_HEADERS": NetLog._request_sent,
    "HTTP_TRANSACTION_QUIC_SEND_REQUEST_HEADERS": NetLog._request_sent,
    "HTTP_TRANSACTION_READ_RESPONSE_HEADERS": NetLog._answered,
    "HTTP_TRANSACTION_READ_EARLY_HINTS_RESPONSE_HEADERS": NetLog._answered,
    "HOST_RESOLVER_MANAGER_REQUEST": NetLog._name_requested,
    "HOST_RESOLVER_MANAGER_JOB": NetLog._name_looked_up,
    "HOST_RESOLVER_DNS_TASK_EXTRACTION_RESULTS": NetLog._resolved,
    "DNS_TRANSACTION": NetLog._dns_transaction,
    "HTTP_STREAM_JOB_CONTROLLER": NetLog._preconnect,
    "SOCKET_POOL_CONNECT_JOB_CREATED": NetLog._pooled_job,
    "TCP_CONNECT_JOB_CONNECTOR_CONNECT_START": NetLog._job_connects,
    "CONNECT_JOB": NetLog._job_over,
    "TCP_CONNECT": NetLog._tcp,
    "UDP_BYTES_SENT": NetLog._udp,
    "QUIC_SESSION_POOL_JOB": NetLog._quic,
    "HTTP_STREAM_JOB": NetLog._alternative_service,
    "QUIC_SESSION_WEBTRANSPORT_CLIENT_ALIVE": NetLog._webtransport,
}
"""Which event types are read, and by which reader above. Types a browser does not have are left out."""


def _contact(event: Event, address: str, channel: Channel, key: str = "network_anonymization_key") -> Contact | None:
    host, port = host_and_port(address)
    return Contact(host, port, channel, event.time, site=_site(event.text(key))) if host else None


def _site(key: str) -> str:
    """The top-level site in an isolation key (``site frame-site``) or anonymization key (``site same_site``)."""
    first = key.split(" ", 1)[0]
    return "" if first in ("", "null", "none") else first
