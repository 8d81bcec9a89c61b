"""The two servers of the command line, as processes of their own, reached over real sockets."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest
from support.sockets import free_port

pytestmark = pytest.mark.subprocess


@contextmanager
def running(folder: Path, *arguments: str, port: int) -> Iterator[str]:
    """``shariff-py`` with these arguments, until it responds; ended as by Ctrl+C."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("SHARIFF_")}
    command = [sys.executable, "-c", "from shariff_py.cli import main; main()", *arguments, "--port", str(port)]
    process = subprocess.Popen(command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    origin = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                get(f"{origin}/shariff/status")
                break
            except (URLError, ConnectionError):
                assert process.poll() is None, (process.stdout.read() if process.stdout else b"").decode()
                assert time.monotonic() < deadline, "it does not answer"
                time.sleep(0.2)
        yield origin
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=30)


def get(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as reply:
        return str(reply.read().decode())


def test_the_demonstration_is_served_with_counts_from_its_stand_in(tmp_path: Path) -> None:
    with running(tmp_path, "demo", port=free_port()) as origin:
        article = get(f"{origin}/aktuelles/facebook-seite")
        status = json.loads(get(f"{origin}/shariff/status"))

    assert "<shariff-gate" in article
    assert "Reaktion" in article
    assert status["platforms"]["facebook"]["configured"] is True


def test_the_standalone_proxy_serves_counts_and_the_widget(tmp_path: Path) -> None:
    (tmp_path / "shariff.toml").write_text(
        '[site]\norigin = "https://www.leinau.example"\n[frame]\nsecrets = ["only for these tests"]\n'
    )

    with running(tmp_path, "serve", port=free_port()) as origin:
        counts = json.loads(get(f"{origin}/shariff/counts?url=https://www.leinau.example/"))
        foreign = json.loads(get(f"{origin}/shariff/counts?url=https://www.foreign.example/"))
        widget = get(f"{origin}/shariff/static/shariff.min.js")

    assert counts == {}
    assert foreign is None
    assert "shariff-gate" in widget


def test_a_port_that_is_in_use_is_a_sentence_with_the_cure_and_starts_nothing(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        command = [sys.executable, "-c", "from shariff_py.cli import main; main()", "demo", "--port", str(port)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode != 0
    assert f"cannot listen on 127.0.0.1, port {port}" in done.stderr
    assert "--port" in done.stderr
    assert "Traceback" not in done.stderr
