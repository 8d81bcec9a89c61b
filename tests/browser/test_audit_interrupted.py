"""A run that stops before its end: nothing planned is forgotten, and resuming it visits every page once."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shariff_py.audit.visit.chromium import installed

pytestmark = pytest.mark.browser

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
PAGES = {
    "/quiet": "<p>Nothing",
    "/other": "<p>Nothing either",
    "/lead": '<a href="/slow">slow</a> <a href="/fast">fast</a>',
    "/slow": '<a href="/from-slow?id=1">on</a>',
    "/fast": '<a href="/from-fast?id=1">on</a>',
    "/from-slow": "", "/from-fast": "",
}  # fmt: skip
QUICK = ("--one-look", "--idle", "0.3", "--interval", "0", "--lang", "en", "--out", "out", "--format", "json")

PROGRAM = """
import atexit, os, signal
from pathlib import Path
from shariff_py.cli import main

def note_children():
    stats = (path.read_text().rpartition(")")[2].split() for path in Path("/proc").glob("[0-9]*/stat") if path.exists())
    Path("children").write_text(str(sum(int(parent) == os.getpid() and state != "Z" for state, parent, *_ in stats)))

# As a terminal starts it; what a script starts in the background ignores the signal.
signal.signal(signal.SIGINT, signal.default_int_handler)
atexit.register(note_children)
main()
"""
"""The command. At its end it writes into the file ``children`` how many of the processes it had started still run."""


class Site:
    """Pages, of which ``/slow`` responds only when it is released; records the requests."""

    def __init__(self) -> None:
        self.requested: list[str] = []
        self.released = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        path = environ["PATH_INFO"]
        self.requested.append(path)
        if path == "/slow":
            self.released.wait(60)
        start_response("200 OK" if path in PAGES else "404 Not Found", [("Content-Type", "text/html; charset=utf-8")])
        return [(HEAD + PAGES.get(path, "")).encode()]


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.released.set()


def started(folder: Path, *arguments: str, **environ: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "audit", *arguments, *QUICK],
        cwd=folder, env={**os.environ, **environ}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True,
    )  # fmt: skip


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def reported(folder: Path) -> dict[str, Any]:
    return {page["url"].rpartition("/")[2]: page for page in json.loads((folder / "out/report.json").read_text(encoding="utf-8"))["pages"]}  # fmt: skip


def saved(folder: Path) -> list[str]:
    return [json.loads(path.read_text(encoding="utf-8"))["url"].rpartition("/")[2] for path in sorted((folder / "out/pages").glob("*.json"))]  # fmt: skip


@pytest.mark.parametrize(
    "interrupt", [os.kill, os.killpg], ids=["only the command", "all it started, as a terminal does"]
)
def test_the_page_being_visited_when_the_run_is_interrupted_is_listed_as_interrupted(
    interrupt: Callable[[int, int], None], serve: Any, site: Site, tmp_path: Path
) -> None:
    running = serve(site)
    process = started(tmp_path, running.url("/quiet"), running.url("/slow"), running.url("/other"), "--at-once", "1")

    until(lambda: "/slow" in site.requested)
    interrupt(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=90)

    pages = reported(tmp_path)
    assert process.returncode == 2, errors
    assert {name: page["verdict"] for name, page in pages.items()} == {"quiet": "pass", "slow": "incomplete", "other": "incomplete"}  # fmt: skip
    assert "interrupted" in {problem["name"] for problem in pages["slow"]["problems"]}
    assert (tmp_path / "out" / "unfinished.jsonl").exists()
    assert (tmp_path / "children").read_text() == "0"


def test_a_browser_that_fails_in_the_middle_of_a_run_leaves_its_words_in_the_report(
    serve: Any, site: Site, tmp_path: Path
) -> None:
    running, real = serve(site), installed() or shutil.which("chromium")
    wrapper = tmp_path / "wrapper"
    wrapper.write_text(
        f'#!/bin/sh\ncase "$*" in *--version*) exec {real} "$@";; esac\necho x >> {tmp_path}/starts\n'
        f'[ $(wc -l < {tmp_path}/starts) -ge 3 ] && {{ echo "no space left" >&2; exit 1; }}\nexec {real} "$@"\n'
    )
    wrapper.chmod(0o755)

    process = started(tmp_path, running.url("/quiet"), running.url("/other"), "--at-once", "1", SHARIFF_CHROMIUM=str(wrapper))  # fmt: skip
    shown, errors = process.communicate(timeout=90)

    pages = reported(tmp_path)
    assert process.returncode == 2, errors
    assert {name: page["verdict"] for name, page in pages.items()} == {"quiet": "pass", "other": "incomplete"}
    assert "No Chromium could be started" in pages["other"]["problems"][0]["detail"]
    assert "No Chromium could be started" in shown


@pytest.mark.full
def test_a_crawl_that_was_killed_goes_on_with_every_page_once_and_forgets_no_link(
    serve: Any, site: Site, tmp_path: Path
) -> None:
    running = serve(site)
    crawl = (running.url("/lead"), "--depth", "2", "--at-once", "2")

    process = started(tmp_path, *crawl)
    until(lambda: (tmp_path / "out/pages").is_dir() and {"fast", "from-fast?id=…"} <= set(saved(tmp_path)))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    site.released.set()
    site.requested.clear()
    again = started(tmp_path, *crawl, "--resume")
    _, errors = again.communicate(timeout=120)

    assert again.returncode == 0, errors
    assert sorted(saved(tmp_path)) == ["fast", "from-fast?id=…", "from-slow?id=…", "lead", "slow"]
    assert sorted(reported(tmp_path)) == sorted(saved(tmp_path))
    assert {path for path in site.requested if path in PAGES} == {"/slow", "/from-slow"}
    assert not (tmp_path / "out" / "unfinished.jsonl").exists()
