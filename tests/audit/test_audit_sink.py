"""The sink's name server, and what its recorder saw as contacts."""

from __future__ import annotations

import gc
import struct
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from support.audit_traces import NOON

from shariff_py.audit.evidence.contact import Channel
from shariff_py.audit.sink.names import AAAA, A, Addresses, answer, question
from shariff_py.audit.sink.recorder import Recorded
from shariff_py.audit.sink.wire import log_of


def query(name: str, kind: int) -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return struct.pack(">6H", 7, 0x100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", kind, 1)


def test_a_query_is_answered_with_the_address_given_for_its_name() -> None:
    reply = answer(query("a.Example", A), "127.8.0.2")

    assert question(query("a.Example", A)) == ("a.example", A)
    assert reply[:4] == b"\0\x07\x81\x80"
    assert reply.endswith(bytes([127, 8, 0, 2]))
    assert struct.unpack_from(">H", answer(query("a.example", AAAA), "127.8.0.2"), 6) == (0,)
    assert answer(query("a.example", A), None)[3] & 0x0F == 3


@pytest.mark.parametrize("packet", [b"", b"\0" * 11, query("a.example", A)[:-3], b"\0" * 12 + b"\xc0\x0c\0\1\0\1"])
def test_what_is_no_question_is_refused(packet: bytes) -> None:
    with pytest.raises(ValueError, match=r"DNS|name"):
        question(packet)


def test_every_name_has_an_address_of_its_own() -> None:
    addresses = Addresses()
    given = [addresses.of(f"h{number}.example") for number in range(600)]

    assert len(set(given)) == 600
    assert addresses.name(addresses.of("h5.example")) == "h5.example"


def test_what_a_recorder_saw_becomes_contacts() -> None:
    recorded = [
        Recorded("query", "old.example", NOON - 1), Recorded("query", "a.example", NOON), Recorded("connection", "a.example", NOON),
        Recorded("request", "a.example", NOON, "GET", "https://a.example/w", {"upgrade": "websocket", "origin": "https://o.example"}),
        Recorded("request", "a.example", NOON, "POST", "https://a.example/p", {"content-type": "text/ping", "cookie": "x=1"}),
    ]  # fmt: skip

    log = log_of(recorded, NOON, "Firefox")

    assert [one.channel for one in log.contacts] == [Channel.DNS, Channel.CONNECTION, Channel.WEBSOCKET, Channel.PING]
    assert log.contacts[3].cookies
    assert log.whole


def test_names_asked_for_by_many_threads_have_an_address_each_while_others_read_them() -> None:
    """The sink answers names and serves connections at once."""
    addresses = Addresses()
    first = addresses.of("first.test")
    together = Barrier(8)

    def asks(thread: int) -> set[str]:
        together.wait(10)
        return {addresses.name(first) for number in range(400) if addresses.of(f"{thread}-{number}.test")}

    def elsewhere(phase: str, info: dict[str, int]) -> None:
        """What runs while the collector does lets another thread go on."""
        time.sleep(0)

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    gc.callbacks.append(elsewhere)
    try:
        with ThreadPoolExecutor(8) as threads:
            names = set().union(*threads.map(asks, range(8)))
    finally:
        gc.callbacks.remove(elsewhere)
        sys.setswitchinterval(interval)

    assert names == {"first.test"}
    assert len(addresses.by_address()) == 8 * 400 + 1
