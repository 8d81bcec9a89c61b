"""The command line as people use it: a process of its own in a folder with settings."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from typing import IO

from shariff_py.platforms.count_sources.cached_count import Count, Unavailable
from shariff_py.stores import open_store

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


def shariff(
    folder: Path, *arguments: str, given: bytes = b"", into: IO[bytes] | int = subprocess.PIPE
) -> subprocess.CompletedProcess[bytes]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    command = [sys.executable, "-c", "from shariff_py.cli import main; main()", *arguments]
    return subprocess.run(
        command, cwd=folder, input=given, stdout=into, stderr=subprocess.PIPE, env=environ, check=False
    )


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
