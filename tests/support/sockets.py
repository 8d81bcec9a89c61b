"""Addresses on this machine that nobody listens at yet."""

from __future__ import annotations

import socket


def free_port() -> int:
    """A port that was free a moment ago, for a server of another process."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])
