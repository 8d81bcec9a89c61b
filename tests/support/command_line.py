"""The command line as people use it: a process of its own in a folder with settings."""

from __future__ import annotations

import atexit
import fcntl
import json
import os
import pty
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from shariff_py.platforms.count_sources.cached_count import Count, Unavailable
from shariff_py.stores import open_store
from support.paths import TESTS

PAGE = '<p>Vor</p><iframe src="https://www.facebook.com/plugins/page.php?href=https://www.facebook.com/leinau"></iframe>\r\n'

CONFIGURATION = """
[site]
origin = "https://www.leinau.example"

[releases.facebook]
state = "released"

[controllers.city]
name = "Stadt Leinau"
contact_url = "/kontakt"
privacy_url = "/datenschutz"
alternative_url = "/aktuelles"

[frame]
secrets = ["only for these tests"]
"""


def shariff(folder: Path, *arguments: str, given: bytes = b"", into: str = "") -> subprocess.CompletedProcess[bytes]:
    """A command in a folder, what it is given, and what became of it. It is a process of its own, forked from one that has loaded the program.

    ``into`` is the file that its output is written to, which is then not read.
    """
    sys.audit("os.fork")
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    with tempfile.TemporaryDirectory() as place:
        files = [Path(place) / name for name in ("given", "output", "errors")]
        for file in files:
            file.write_bytes(given if file.name == "given" else b"")
        names = [str(files[0]), into or str(files[1]), str(files[2])]
        code = _server().run({"folder": str(folder), "arguments": arguments, "environ": environ, "files": names})
        return subprocess.CompletedProcess(arguments, code, files[1].read_bytes(), files[2].read_bytes())


class _Server:
    """A process that forks commands, until this one ends."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "support.command_server"]
        self._process = subprocess.Popen(command, cwd=TESTS, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        atexit.register(self._process.__exit__, None, None, None)

    def run(self, asked: Mapping[str, object]) -> int:
        """The exit code of a command."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())


@cache
def _server() -> _Server:
    return _Server()


def shown_in_terminal(folder: Path, columns: int, *arguments: str) -> str:
    """What a command writes to a terminal of so many columns."""
    environ = {
        name: value for name, value in os.environ.items() if name != "COLUMNS" and not name.startswith("SHARIFF_")
    }
    command = [sys.executable, "-c", "from shariff_py.cli import main; main()", *arguments]
    screen, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    with subprocess.Popen(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=terminal, stderr=subprocess.DEVNULL, env=environ
    ):
        os.close(terminal)
        written = b""
        while part := _read(screen):
            written += part
    os.close(screen)
    return written.decode().replace("\r\n", "\n")


def _read(screen: int) -> bytes:
    try:
        return os.read(screen, 65536)
    except OSError:  # Nobody has the terminal open any more.
        return b""


def with_pages(folder: Path) -> None:
    """A site that may fetch from VK, whose host does not respond, and three pages of which two are counted."""
    (folder / "shariff.toml").write_text(
        f'{CONFIGURATION}\n[releases.vk]\nstate = "released"\n[counts]\nstore = "sqlite:///store.sqlite"\n'
        '[stand_in]\n"vk.com" = "http://127.0.0.1:9"\n'
    )
    store = open_store(f"sqlite:///{folder}/store.sqlite")
    for name, count in (("a", 5), ("b", 17), ("c", None)):
        page = f"https://www.leinau.example/{name}"
        store.track(page, 0.0)
        reading = Unavailable("timeout") if count is None else Count(count)
        store.record("vk", {page: reading}, time.time(), next_at={page: time.time() + 3600})
    store.close()
