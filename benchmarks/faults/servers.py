"""The servers that are flooded, and single requests to them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from under_load.served import Served, running, served
from under_load.sites import ORIGIN

from shariff_py.testing import StandIn

STORE = "counts.sqlite"
"""The file in a case's folder that the proxy keeps counts and reports in."""


def values(folder: Path, stand_in: StandIn) -> dict[str, Any]:
    """The settings of the servers that are flooded."""
    return {
        "site": {"origin": ORIGIN, "query_allow": ["x"]},
        "frame": {"secrets": ["only for measuring how servers behave under load"]},
        "releases": {"facebook": {"state": "released"}},
        "platforms": {"facebook": {"token": "only-for-measuring"}},
        "controllers": {
            "city": {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
        },
        "counts": {"store": f"sqlite:///{folder}/{STORE}"},
        "journal": {"path": f"{folder}/outgoing.jsonl"},
        "stand_in": dict(stand_in.settings),
    }


@contextmanager
def proxy(folder: Path) -> Iterator[Served]:
    """``shariff-py serve`` with one worker, as it is installed."""
    with StandIn() as stand_in:
        environ = {f"SHARIFF_{name.upper()}": json.dumps(table) for name, table in values(folder, stand_in).items()}
        command = [sys.executable, "-c", "from shariff_py.cli import main; main()", "serve", "--port"]
        with running(command, folder, environ) as server:
            yield server


def get(server: Served, path: str, headers: dict[str, str] | None = None) -> int:
    """The status of one request on a connection of its own; 0 where there was none."""
    return exchange(server, "GET", path, b"", headers or {})


def exchange(server: Served, method: str, path: str, body: bytes, headers: dict[str, str]) -> int:
    """The status of the answer; 0 where the connection was closed without one."""
    connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
    try:
        connection.request(method, path, body or None, headers)
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException):
        return 0
    else:
        return answer.status
    finally:
        connection.close()


@contextmanager
def flooded(folder: Path, site: str) -> Iterator[Served]:
    """The proxy, or the ``site`` of `under_load.sites` where one is named."""
    if not site:
        with proxy(folder) as server:
            yield server
        return
    with StandIn() as stand_in:
        environ = {
            "LOAD_FOLDER": str(folder), "LOAD_STAND_IN": json.dumps(stand_in.settings), "LOAD_SPEED": "1",
            "TMPDIR": str(folder),
        }  # fmt: skip
        with served(f"under_load.sites:{site}", folder, environ, interface=site) as server:
            yield server
