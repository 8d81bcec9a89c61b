"""Reads Chromium's NetLog, the one record that missed no host in any measurement (hints, beacons at page exit, UDP included).

A log is one JSON object, but written one event per line, and cut anywhere when the browser dies. So it is read line by line:
memory holds what is still open in the browser, never the file. Format: ``net/log/file_net_log_observer.cc`` in Chromium's
source; event names as of Chromium 156. Pure: whoever has the file gives its lines.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from typing import Any

from shariff_py.audit.contact import Channel, Contact, host_and_port

BEGIN, END = 1, 2
"""Values of ``phase`` in an event; 0 is an event without duration."""

SCHEMES = ("http://", "https://", "ws://", "wss://")
"""Only these leave the browser; ``data:``, ``blob:``, ``chrome:`` and the like are answered inside it."""

_EVENT_TYPE = re.compile(r'"type":(\d+)},?\s*(?:\],?\s*)?$')
_POOL_GROUP = re.compile(r"([a-z]+://[^ ]+) <([^ >]*)")


@dataclass(frozen=True, slots=True)
class Log:
    """A log read to its end. ``whole`` is false when it was cut off or damaged, so that nothing may be concluded from silence.

    ``contacts`` are in order of time; ``browser`` is name and version as the browser gives them, ``damaged`` the number of lines
    that could not be understood.
    """

    contacts: tuple[Contact, ...]
    whole: bool
    browser: str
    damaged: int


def read(lines: Iterable[str]) -> Log:
    """Read a whole log. Never raises on a malformed one: the result says that it is not whole."""
    netlog = NetLog(lines)
    contacts = tuple(sorted(netlog, key=lambda contact: contact.time))
    return Log(contacts, netlog.whole, netlog.browser, netlog.damaged)


@dataclass(slots=True)
class NetLog:
    """One pass over a log: iterate to get contacts as they are complete, then ask ``whole``, ``browser`` and ``damaged``."""

    lines: Iterable[str]
    whole: bool = False
    browser: str = ""
    damaged: int = 0
    _readers: dict[int, Callable[[_Event], Iterator[Contact]]] = field(default_factory=dict)
    _estimator: int = -1
    _offset: int = 0
    _open: dict[tuple[int, Channel], Contact] = field(default_factory=dict)
    _explained: set[int] = field(default_factory=set)
    _named: dict[int, Contact] = field(default_factory=dict)
    _packets: set[tuple[int, str]] = field(default_factory=set)

    def __iter__(self) -> Iterator[Contact]:
        last = ""
        for line in self.lines:
            last = line.strip() or last
            if not self._readers:
                self._constants(line)
            elif event := self._event(line):
                yield from self._readers[event.type](event)
        yield from self._open.values()
        self._open.clear()
        self.whole = bool(self._readers) and last == "}" and not self.damaged

    # -- lines ---------------------------------------------------------------------------------------------------------

    def _constants(self, line: str) -> None:
        """Learn this browser's numbers for event types from the first line; they change with every version."""
        if not line.strip():
            return
        try:
            constants = json.loads(line.strip().rstrip(",") + "}")["constants"]
            types = constants["logEventTypes"]
            self._readers = {types[name]: getattr(self, f"_{READERS[name]}") for name in READERS if name in types}
            self._estimator = constants.get("logSourceType", {}).get("NETWORK_QUALITY_ESTIMATOR", -1)
            self._offset = int(constants["timeTickOffset"])
            client = constants.get("clientInfo", {})
            self.browser = f"{client.get('name', '')} {client.get('version', '')}".strip()
        except (ValueError, TypeError, KeyError, AttributeError):
            self.damaged += 1

    def _event(self, line: str) -> _Event | None:
        """The event on a line, if it is of a type we read. The type stands last, so most lines need no parsing."""
        if not line.startswith('{"'):
            return None
        match = _EVENT_TYPE.search(line)
        if match and int(match[1]) not in self._readers:
            return None
        try:
            raw = json.loads(line.strip().rstrip("],") if match else line)
            source = raw["source"]
            event = _Event(
                raw["type"], raw["phase"], source["id"], source["type"], int(raw["time"]), raw.get("params") or {}
            )
        except (ValueError, TypeError, KeyError):
            self.damaged += 1
            return None
        return event if event.type in self._readers else None

    # -- readers, one per event type; the table below says which ---------------------------------------------------------

    def _request(self, event: _Event) -> Iterator[Contact]:
        """A request begins; a redirect begins another one under the same source."""
        url = event.text("url")
        if event.phase != BEGIN or not url.startswith(SCHEMES):
            return
        channel = Channel.WEBSOCKET if url.startswith(("ws://", "wss://")) else Channel.REQUEST
        yield from self._close(event.source, Channel.REQUEST)
        yield from self._close(event.source, Channel.WEBSOCKET)
        initiator = event.text("initiator")
        contact = self._contact(event, url, channel, key="network_isolation_key")
        if contact:
            known = initiator if initiator != "not an origin" else ""
            self._open[event.source, channel] = replace(contact, url=url, initiator=known)

    def _request_sent(self, event: _Event) -> Iterator[Contact]:
        for channel in (Channel.REQUEST, Channel.WEBSOCKET):
            self._mark_sent(event.source, channel)
        return iter(())

    def _request_over(self, event: _Event) -> Iterator[Contact]:
        if event.phase == END:
            yield from self._close(event.source, Channel.REQUEST)
            yield from self._close(event.source, Channel.WEBSOCKET)

    def _name_wanted(self, event: _Event) -> Iterator[Contact]:
        """A name is asked for, maybe answered from the cache. The estimator only rates what others already asked for."""
        if event.phase == END:
            yield from self._close(event.source, Channel.DNS)
        elif event.source_type != self._estimator:
            contact = self._contact(event, event.text("host"), Channel.DNS)
            if contact and not _is_address(contact.host):
                self._open[event.source, Channel.DNS] = replace(
                    contact, speculative=bool(event.params.get("is_speculative"))
                )

    def _name_asked(self, event: _Event) -> Iterator[Contact]:
        """A look-up leaves the resolver's cache for the network, on behalf of a name wanted or of a socket."""
        if event.phase == END:
            yield from self._close(event.source, Channel.DNS)
        elif not self._mark_sent(event.dependency, Channel.DNS):
            contact = self._contact(event, event.text("host"), Channel.DNS)
            if contact and not _is_address(contact.host):
                self._open[event.source, Channel.DNS] = replace(contact, sent=True)

    def _dns_transaction(self, event: _Event) -> Iterator[Contact]:
        """A DNS packet: of a look-up read above (which says so first), or of nobody we know, as for STUN servers."""
        if event.dependency:
            self._explained.add(event.dependency)
        elif event.phase == BEGIN and event.source not in self._explained:
            contact = self._contact(event, event.text("hostname"), Channel.DNS)
            if contact:
                yield replace(contact, sent=True)
        elif event.phase == END:
            self._explained.discard(event.source)

    def _preconnect(self, event: _Event) -> Iterator[Contact]:
        url = event.text("url")
        if event.phase == BEGIN and event.params.get("is_preconnect") is True:
            contact = self._contact(event, url, Channel.CONNECTION)
            if contact:
                yield replace(contact, url=url, speculative=True)

    def _pooled_job(self, event: _Event) -> Iterator[Contact]:
        """The pool is about to connect; only here is the name behind the address told (``pm/https://host <site ...>``)."""
        match = _POOL_GROUP.search(event.text("group_id"))
        contact = match and self._contact(event, match[1], Channel.CONNECTION)
        if match and contact:
            self._named[event.source] = replace(contact, site=_site(match[2]))
        return iter(())

    def _job_connects(self, event: _Event) -> Iterator[Contact]:
        if event.source in self._named:
            self._named[event.dependency] = self._named[event.source]
        return iter(())

    def _job_over(self, event: _Event) -> Iterator[Contact]:
        if event.phase == END:
            self._named.pop(event.source, None)
        return iter(())

    def _tcp(self, event: _Event) -> Iterator[Contact]:
        """A connection is opened, by the pool or by somebody known by address only (TURN over TCP, for one)."""
        if event.phase != BEGIN:
            return
        named = self._named.pop(event.source, None)
        if named:
            yield replace(named, time=(self._offset + event.time) / 1000, sent=True)
            return
        for address in event.params.get("address_list") or ():
            contact = self._contact(event, str(address), Channel.CONNECTION)
            if contact:
                yield replace(contact, sent=True)

    def _udp(self, event: _Event) -> Iterator[Contact]:
        """Packets of unconnected sockets (STUN, TURN). Connected ones are DNS and QUIC, which are read by name."""
        address = event.text("address")
        if not address or (event.source, address) in self._packets:
            return
        self._packets.add((event.source, address))
        contact = self._contact(event, address, Channel.UDP)
        if contact:
            yield replace(contact, sent=True)

    def _quic(self, event: _Event) -> Iterator[Contact]:
        if event.phase == BEGIN:
            host, port = event.text("host"), event.params.get("port", 0)
            contact = self._contact(event, f"[{host}]:{port}" if ":" in host else f"{host}:{port}", Channel.QUIC)
            if contact:
                yield contact

    def _webtransport(self, event: _Event) -> Iterator[Contact]:
        if event.phase == BEGIN:
            contact = self._contact(event, event.text("url"), Channel.WEBTRANSPORT)
            if contact:
                yield replace(contact, url=event.text("url"))

    # -- what the readers share ------------------------------------------------------------------------------------------

    def _contact(
        self, event: _Event, address: str, channel: Channel, key: str = "network_anonymization_key"
    ) -> Contact | None:
        host, port = host_and_port(address)
        if not host:
            return None
        return Contact(host, port, channel, (self._offset + event.time) / 1000, site=_site(event.text(key)))

    def _mark_sent(self, source: int, channel: Channel) -> bool:
        contact = self._open.get((source, channel))
        if contact is None:
            return False
        self._open[source, channel] = replace(contact, sent=True)
        return True

    def _close(self, source: int, channel: Channel) -> Iterator[Contact]:
        contact = self._open.pop((source, channel), None)
        if contact is not None:
            yield contact


READERS: Mapping[str, str] = {
    "URL_REQUEST_START_JOB": "request",
    "HTTP_TRANSACTION_SEND_REQUEST": "request_sent",
    "REQUEST_ALIVE": "request_over",
    "HOST_RESOLVER_MANAGER_REQUEST": "name_wanted",
    "HOST_RESOLVER_MANAGER_JOB": "name_asked",
    "DNS_TRANSACTION": "dns_transaction",
    "HTTP_STREAM_JOB_CONTROLLER": "preconnect",
    "SOCKET_POOL_CONNECT_JOB_CREATED": "pooled_job",
    "TCP_CONNECT_JOB_CONNECTOR_CONNECT_START": "job_connects",
    "CONNECT_JOB": "job_over",
    "TCP_CONNECT": "tcp",
    "UDP_BYTES_SENT": "udp",
    "QUIC_SESSION_POOL_JOB": "quic",
    "QUIC_SESSION_WEBTRANSPORT_CLIENT_ALIVE": "webtransport",
}
"""Which event types are read, and by which reader above. Types a browser does not have are left out."""


@dataclass(frozen=True, slots=True)
class _Event:
    """One line: numbers as the browser gave them, ``time`` in its own ticks (milliseconds since boot)."""

    type: int
    phase: int
    source: int
    source_type: int
    time: int
    params: Mapping[str, Any]

    def text(self, name: str) -> str:
        value = self.params.get(name, "")
        return value if isinstance(value, str) else ""

    @property
    def dependency(self) -> int:
        """The id of the source this one works for, 0 if it names none."""
        dependency = self.params.get("source_dependency") or {}
        return int(dependency.get("id", 0)) if isinstance(dependency, dict) else 0


def _site(key: str) -> str:
    """The top-level site in an isolation key (``site frame-site``) or anonymization key (``site same_site``)."""
    first = key.split(" ", 1)[0]
    return "" if first in ("", "null", "none") else first


def _is_address(host: str) -> bool:
    """Whether a host is an IP address, for which no name is ever looked up."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
