"""What a recorder recorded, as contacts: the evidence where a browser keeps no log of its own. Pure.

The wire shows names, connections and requests, but not which page caused them; causes come from the debugger.
"""

from __future__ import annotations

from collections.abc import Iterable

from shariff_py.audit.evidence.channels import CONTENT_TYPES, KINDS
from shariff_py.audit.evidence.contact import Channel, Contact, host_and_port
from shariff_py.audit.evidence.log import Log
from shariff_py.audit.sink.recorder import Recorded

CHANNELS = {"query": Channel.DNS, "connection": Channel.CONNECTION}


def log_of(recorded: Iterable[Recorded], since: float, browser: str) -> Log:
    """The contacts since a moment (seconds since 1970). Always whole: the recorder was there before the browser."""
    contacts = tuple(_contact(one) for one in recorded if one.when >= since and one.host)
    return Log(contacts, True, browser, 0, since)


def _contact(one: Recorded) -> Contact:
    if one.kind != "request":
        return Contact(one.host, 0, CHANNELS[one.kind], one.when, sent=True)
    host, port = host_and_port(one.path)
    kind = one.headers.get("sec-fetch-dest", "")
    websocket = one.headers.get("upgrade", "").lower() == "websocket"
    channel = CONTENT_TYPES.get(one.headers.get("content-type", "")) or KINDS.get(kind, Channel.REQUEST)
    return Contact(
        host,
        port,
        Channel.WEBSOCKET if websocket else channel,
        one.when,
        url=one.path.replace("http", "ws", 1) if websocket else one.path,
        initiator=one.headers.get("origin", ""),
        site=one.headers.get("referer", ""),
        sent=True,
        method=one.method,
        kind=kind,
        referrer=one.headers.get("referer", ""),
        cookies="cookie" in one.headers,
    )
