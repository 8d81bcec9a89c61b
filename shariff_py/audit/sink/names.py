"""The one kind of DNS query and response (RFC 1035) that the sink needs. Pure: bytes in, bytes out."""

from __future__ import annotations

import struct
import threading
from ipaddress import IPv4Address

A, AAAA, HTTPS = 1, 28, 65
"""Types of records that browsers request."""

HEADER = struct.Struct(">6H")
ANSWERED, NO_SUCH_NAME = 0x8180, 0x8183
SECONDS_TO_LIVE = 60


def question(packet: bytes) -> tuple[str, int]:
    """The name (lower case, without the last dot) and the record type a packet requests. Raises `ValueError` for anything else."""
    try:
        (count,) = struct.unpack_from(">H", packet, 4)
        labels, at = [], HEADER.size
        while length := packet[at]:
            if length > 63:
                raise ValueError("a compressed name in a question")
            labels.append(packet[at + 1 : at + 1 + length].decode("ascii"))
            at += 1 + length
        (kind,) = struct.unpack_from(">H", packet, at + 1)
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise ValueError("not a DNS question") from error
    if count != 1:
        raise ValueError("not exactly one DNS question")
    return ".".join(labels).lower(), kind


def answer(packet: bytes, address: str | None) -> bytes:
    """The answer to a packet: the IPv4 address where one was requested, else an empty one; ``None`` means there is no such name."""
    name, kind = question(packet)
    end = HEADER.size + len(name) + (2 if name else 1) + 4
    found = b""
    if address is not None and kind == A:
        found = struct.pack(">3HIH", 0xC00C, A, 1, SECONDS_TO_LIVE, 4) + IPv4Address(address).packed
    flags = ANSWERED if address is not None else NO_SUCH_NAME
    (identity,) = struct.unpack_from(">H", packet)
    return HEADER.pack(identity, flags, 1, 1 if found else 0, 0, 0) + packet[HEADER.size : end] + found


class Addresses:
    """One address of 127.8.0.0/16 (or another network of that size) for each name, in the order in which they are requested. Threads may share it."""

    def __init__(self, network: str = "127.8") -> None:
        self._network = network
        self._addresses: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._lock = threading.Lock()

    def of(self, name: str) -> str:
        """The address of a name, the same each time."""
        with self._lock:
            if name not in self._addresses:
                number = len(self._addresses) + 1
                address = f"{self._network}.{number // 254 % 254}.{number % 254 + 1}"
                self._addresses[name] = address
                self._names[address] = name
            return self._addresses[name]

    def name(self, address: str) -> str:
        """The name that was given this address; empty if none was."""
        with self._lock:
            return self._names.get(address, "")

    def by_address(self) -> dict[str, str]:
        """All names so far, by their address."""
        with self._lock:
            return dict(self._names)
