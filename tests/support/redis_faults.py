"""What can happen to a Redis server beneath running processes, by name; each is inflicted on a server of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from redis.exceptions import ResponseError

from support.redis_servers import Server

PREFIX = "{shariff}:"


def restarted(server: Server) -> None:
    """These servers keep nothing on the disk."""
    server.stop()
    server.start()


def evicted(server: Server, *patterns: str) -> None:
    """What a server with too little memory does to the keys it chooses (``maxmemory-policy allkeys-lru``)."""
    for pattern in patterns:
        for key in server.command("keys", PREFIX.replace("{", "\\{").replace("}", "\\}") + pattern):
            server.command("del", key)


def squeezed(server: Server) -> None:
    """Another client fills the memory, and the server evicts what it likes, as it does until it has room again."""
    used = int(server.command("info", "memory")["used_memory"])
    server.command("config", "set", "maxmemory-policy", "allkeys-random")
    server.command("config", "set", "maxmemory", str(used + 200_000))
    for n in range(300):
        server.command("set", f"another:{n}", "x" * 10_000)
    server.command("config", "set", "maxmemory", "0")


def saving_fails(server: Server) -> None:
    server.spoil_saving()
    server.command("config", "set", "save", "3600 1")
    server.command("bgsave")
    end = time.monotonic() + 20
    while server.command("info", "persistence")["rdb_last_bgsave_status"] != "err":
        assert time.monotonic() < end, "The server could save."
        time.sleep(0.02)


def replica(server: Server) -> None:
    """It becomes the replica of a server that is not there, as after a failover that went wrong."""
    server.command("replicaof", "127.0.0.1", "1")


def without_scripts(server: Server) -> None:
    try:
        server.command("script", "flush")
    except ResponseError as error:
        raise AssertionError from error


FAULTS: Mapping[str, Callable[[Server], object]] = {
    "it is emptied": lambda server: server.command("flushall"),
    "it is started anew and has forgotten everything": restarted,
    "it forgets its scripts": without_scripts,
    "it evicts the pages' data": lambda server: evicted(server, "page:*"),
    "it evicts the list of pages": lambda server: evicted(server, "pages"),
    "it evicts what pages are worth": lambda server: evicted(server, "plain", "kept", "listed", "listed-kept"),
    "it evicts when pages are due": lambda server: evicted(server, "due:*", "platforms"),
    "it evicts the lease": lambda server: evicted(server, "lease"),
    "it evicts the name of the store": lambda server: evicted(server, "epoch"),
    "it evicts all lists": lambda server: evicted(server, "pages", "plain", "kept", "due:*", "value:*", "platforms", "platform_states"),
    "another client makes it evict most": squeezed,
    "it is down": lambda server: server.stop(),
    "it becomes a replica": replica,
    "it cannot save to its disk": saving_fails,
    "its memory is full": lambda server: server.command("config", "set", "maxmemory", "1"),
}  # fmt: skip
