"""The page that builds a platform from nothing: its files, put where it says, do what it says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from support.documents import DOCS, blocks
from support.paths import ROOT

PAGE = DOCS / "own-platform.md"
RECORD, CHECK, APPLICATION = blocks(PAGE, "python")
SETTINGS, PACKAGE = blocks(PAGE, "toml")
PROBLEMS, SHOWN = blocks(PAGE, "text")

VISIT = """
import json
from app import app
from bs4 import BeautifulSoup
client = app.test_client()
page = client.get("/")
form = BeautifulSoup(page.text, "html.parser").select_one('form[action="/shariff/frame"]')
fields = {field["name"]: field.get("value", "") for field in form.select("input[name]")}
frame = client.post("/shariff/frame", data=fields, headers={"Origin": "http://127.0.0.1:5000"})
print(json.dumps({"page": page.text, "policy": page.headers["Content-Security-Policy"], "frame": frame.text,
                  "frame policy": frame.headers["Content-Security-Policy"]}))
"""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environ = {name: value for name, value in os.environ.items() if not name.startswith(("SHARIFF_", "PYTEST"))}
    environ |= {"SHARIFF_FRAME__SECRETS": '["only for these tests"]', "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environ, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "platforms").mkdir()
    (folder / "platforms" / "town_tube.py").write_text(RECORD, encoding="utf-8")
    (folder / "test_town_tube.py").write_text(CHECK, encoding="utf-8")
    (folder / "shariff.toml").write_text(SETTINGS, encoding="utf-8")
    (folder / "app.py").write_text(APPLICATION, encoding="utf-8")
    return folder


@pytest.mark.subprocess
def test_the_check_passes_and_names_what_is_wrong_as_the_page_shows(site: Path) -> None:
    program = f"{CHECK}\n\ntest_the_record_keeps_the_contract()"
    assert run(site, "-c", program).returncode == 0

    file = site / "platforms" / "town_tube.py"
    file.write_text(
        RECORD.replace("#1d5c63", "#7cc4cb").replace('hosts=("towntube.example",)', 'hosts=("towntube.exampl",)')
    )
    broken = run(site, "-c", program).stderr
    file.write_text(RECORD)

    assert broken.endswith(f"AssertionError: {PROBLEMS}")


@pytest.mark.subprocess
def test_the_application_shows_gates_and_opens_the_platforms_frame_after_the_press(site: Path) -> None:
    done = run(site, "-c", VISIT)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    page, frame = (BeautifulSoup(seen[name], "html.parser") for name in ("page", "frame"))

    assert [gate["data-platform"] for gate in page.select("shariff-gate")] == ["town_tube", "town_tube"]
    assert [line for line in SHOWN.splitlines() if line not in page.text] == []
    assert "towntube" not in "".join(str(tag) for tag in page.select("[src], link[href], script"))
    assert "towntube" not in seen["policy"]
    (shown,) = frame.select("iframe")
    assert shown["src"] == "https://player.towntube.example/embed/ab12cd?quiet=1"
    assert shown["referrerpolicy"] == "no-referrer"
    assert "frame-src https://player.towntube.example;" in seen["frame policy"]


def test_the_group_of_entry_points_is_the_one_that_is_looked_for() -> None:
    assert tomllib.loads(PACKAGE) == {
        "project": {"entry-points": {"shariff_py.platforms": {"town_tube": "town_platforms.town_tube"}}}
    }
