"""Content of a platform that nobody has seen before, opened in a browser by what its one file says: its declared host and nothing else."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from support.engines import until
from support.paths import ROOT, TESTS

pytestmark = pytest.mark.browser

STATE = "document.querySelectorAll('shariff-gate')[{}].getAttribute('state') === '{}'"


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[dict[str, int]]:
    """The site, its platform's declared host, and all other hosts, from a copy of the package with the file of the unknown platform."""
    shutil.copytree(ROOT / "shariff_py", tmp_path / "shariff_py")
    shutil.copytree(ROOT / "static", tmp_path / "static")
    shutil.copy(TESTS / "support" / "unknown_platform.py", tmp_path / "shariff_py/platforms/known/stranger.py")
    environ = os.environ | {"PYTHONPATH": f"{tmp_path}{os.pathsep}{TESTS}"}
    command = [sys.executable, str(TESTS / "support" / "serve_unknown_platform.py")]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environ, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as serving:
        assert serving.stdout is not None
        yield json.loads(serving.stdout.readline())
        serving.communicate()


def test_only_its_declared_host_is_contacted_with_what_its_record_allows(visitor: Any, ports: dict[str, int]) -> None:
    site = f"http://127.0.0.1:{ports['site']}"

    def received(server: str) -> dict[str, Any]:
        with urlopen(f"{site}/received") as reply:
            found: dict[str, Any] = json.load(reply)[server]
            return found

    def press(number: int, state: str, page: Any) -> None:
        page.locator("shariff-gate").nth(number).locator("form button").click()
        page.wait_for_function(STATE.format(number, state))

    with visitor(site) as visit:
        visit.page.goto(site)
        visit.look_around()
        visit.idle(1)
        untouched = [received(server)["connections"] for server in ("declared", "others")]
        visit.mark("before")
        press(0, "open", visit.page)
        until(lambda: len(received("declared")["reports"]) == 1)
        shown, elsewhere = received("declared"), received("others")["connections"]
        visit.mark("film")
        press(0, "asking", visit.page)
        visit.idle(1)
        withdrawn = received("declared")
        visit.mark("withdrawn")
        press(1, "open", visit.page)
        until(lambda: len(received("others")["reports"]) == 1)
        board = received("others")
        visit.mark("board")

    assert untouched == [0, 0]
    assert visit.outside("before", "withdrawn") == ()
    assert {contact.endpoint for contact in visit.outside("film")} == {f"localhost:{ports['declared']}"}
    assert elsewhere == 0
    assert shown["documents"] == [["/player", f"{site}/"]]
    (film,) = shown["reports"]
    assert film["address"] == "/player?film=https%3A%2F%2Fwww.stranger.example%2Ffilm%2F7"
    assert (film["referrer"], film["fullScreen"], film["withoutCredentials"]) == (f"{site}/", True, True)
    assert "fullscreen" in film["features"]
    assert withdrawn == shown
    assert {contact.endpoint for contact in visit.outside("board")} == {f"localhost:{ports['others']}"}
    assert board["documents"] == [["/b/news", ""]]
    (opened,) = board["reports"]
    assert opened["address"] == "/b/news?quiet=1"
    assert (opened["referrer"], opened["fullScreen"], opened["withoutCredentials"]) == ("", False, False)
    assert "fullscreen" not in opened["features"]
