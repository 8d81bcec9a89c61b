"""Adding a platform is adding one file, adding a service that only shares is adding one row. Tried on a copy of the package."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from support.paths import ROOT, TESTS

from shariff_py.errors import ConfigurationError
from shariff_py.platforms import services
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, joined

LOOK_AT_FILE = (TESTS / "support" / "look_at_unknown_platform.py").read_text(encoding="utf-8")

LOOK_AT_ROW = """
import json, sys
sys.path.insert(0, "scripts")
import build_widget_data
from shariff_py import Settings
from shariff_py.consent_ui.share import share_bar
from shariff_py.texts import LANGUAGES
settings = Settings.from_mapping({"services": ["nova"], "releases": {"nova": {"state": "released"}}})
print(json.dumps({
    "bar": share_bar(settings, LANGUAGES["en"], url="https://www.example.org/", title="T", counts={}),
    "widget": "https://nova.example/share" in build_widget_data.services(),
    "style": "#123456" in build_widget_data.brands(),
}))
"""

ROW = {
    "title": "Nova",
    "checked_on": "2026-11-22",
    "share": {"template": "https://nova.example/share?u={url}", "receiver": "Nova Ltd.", "country": "US"},
    "colour": "#123456",
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The package and its scripts where they may be changed."""
    shutil.copytree(ROOT / "shariff_py", tmp_path / "shariff_py")
    shutil.copytree(ROOT / "scripts", tmp_path / "scripts")
    shutil.copytree(ROOT / "static", tmp_path / "static")
    return tmp_path


def look(copy: Path, program: str) -> subprocess.CompletedProcess[str]:
    environ = os.environ | {"PYTHONPATH": str(copy)}
    return subprocess.run(
        [sys.executable, "-c", program], cwd=copy, env=environ, capture_output=True, text=True, check=False
    )


def add_row(copy: Path, row: Mapping[str, Any]) -> None:
    file = copy / "shariff_py" / "platforms" / "services.json"
    content = json.loads(file.read_text())
    content["services"]["nova"] = row
    file.write_text(json.dumps(content))


@pytest.mark.subprocess
def test_a_new_file_is_recognised_gated_counted_and_looked_at(copy: Path) -> None:
    shutil.copy(TESTS / "support" / "unknown_platform.py", copy / "shariff_py" / "platforms" / "known" / "stranger.py")

    done = look(copy, LOOK_AT_FILE)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "opened": "https://www.stranger.example/player?film=https%3A%2F%2Fwww.stranger.example%2Ffilm%2F7",
        "forms": {
            "frame": [["gated", "stranger", "video", "https://www.stranger.example/film/1"]],
            "attribute": [["gated", "stranger", "video", "https://www.stranger.example/film/2"]],
            "link inside": [["gated", "stranger", "video", "https://www.stranger.example/film/3"]],
            "AMP": [["gated", "stranger", "video", "https://www.stranger.example/film/4"]],
            "lazy": [["gated", "stranger", "video", "https://www.stranger.example/film/5"]],
            "store": [["reported", "stranger", "video", "https://www.stranger.example/film/6"]],
            "other kind": [["gated", "stranger", "board", "https://www.stranger.example/board/news"]],
        },
        "address alone": ["video", "https://www.stranger.example/film/8"],
        "others": [
            ["gated", "https://www.stranger.example/film/9"],
            ["linked", "https://www.stranger.example/map?n=7"],
            ["linked", "https://www.stranger.example/club?n=7"],
            ["removed", "https://www.stranger.example/pixel"],
        ],
        "loads": False,
        "told": {
            "de": ["Stranger-Video", "Stranger S.A.", "Video laden und Daten an Stranger senden"],
            "en": ["Stranger video", "Stranger S.A.", "Load video and send data to Stranger"],
        },
        "frame": {
            "host": "https://www.stranger.example",
            "referrer": "strict-origin-when-cross-origin",
            "allow": "fullscreen *",
            "credentialless": True,
        },
        "page names it": False,
        "after withdrawal": ["linked", "https://www.stranger.example/film/1"],
        "scan": [1, ["gated", "https://www.stranger.example/film/1"]],
        "notice": {"de": True, "en": True},
        "company": "Stranger S.A.",
        "doctor": ["stranger", "stranger: transfer basis", "stranger: your check of the transfer"],
        "counted": '{"n": 17}',
        "stand-in": "Stand-in for Stranger, no real content",
        "documents": ["platforms.md", "reference-hosts.md"],
        "hosts": ["boards.stranger.example", "counts.stranger.example", "www.stranger.example"],
    }


@pytest.mark.subprocess
def test_a_new_row_is_in_the_share_bar_and_in_the_widgets_tables(copy: Path) -> None:
    add_row(copy, ROW)

    done = look(copy, LOOK_AT_ROW)

    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert 'href="https://nova.example/share?u=https%3A%2F%2Fwww.example.org%2F"' in seen["bar"]
    assert (seen["widget"], seen["style"]) == (True, True)


@pytest.mark.subprocess
@pytest.mark.parametrize("program", [LOOK_AT_FILE, LOOK_AT_ROW], ids=["file", "row"])
def test_without_the_file_or_the_row_nothing_of_it_is_known(copy: Path, program: str) -> None:
    done = look(copy, program)

    assert done.returncode == 1
    assert "is not a known platform" in done.stderr


def module(**content: Any) -> Any:
    return SimpleNamespace(__name__="known.new", **content)


@pytest.mark.parametrize(
    ("rows", "content", "message"),
    [
        ({}, {"SOURCE": None}, "known.new: has neither a PLATFORM nor a row"),
        ({"new": REGISTRY["mail"]}, {"PLATFORM": REGISTRY["mail"]}, "known.new: has both a PLATFORM and a row"),
        ({}, {"PLATFORM": REGISTRY["mail"]}, "known.new: its PLATFORM is named 'mail'"),
    ],
)
def test_a_file_that_does_not_fit_its_record_is_refused_by_name(
    rows: dict[str, Platform], content: dict[str, Any], message: str
) -> None:
    with pytest.raises(ConfigurationError, match=message):
        joined(rows, {"new": module(**content)})


def without(field: str) -> Callable[[dict[str, Any]], None]:
    return lambda row: row.pop(field)


def with_(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda row: row.update(fields)


def share(**fields: Any) -> Callable[[dict[str, Any]], None]:
    return lambda row: row["share"].update(fields)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (without("title"), r"services.json: nova.title: is missing"),
        (without("checked_on"), r"services.json: nova.checked_on: is missing"),
        (with_(color="#123456"), r"services.json: nova.color: is not a known field. Known: title, note"),
        (with_(colour="red"), r"services.json: nova.colour: cannot be 'red'. Write six hexadecimal digits"),
        (with_(title=7), r"services.json: nova.title: is not of the type str"),
        (with_(checked_on="22.11.2026"), r"services.json: nova.checked_on: cannot be '22.11.2026'"),
        (with_(checked_on="2026-02-30"), r"services.json: nova.checked_on: is not a date: day is out of range"),
        (share(url="https://x.example"), r"services.json: nova.share.url: is not a known field"),
        (share(longest="200"), r"services.json: nova.share.longest: is not of the type int"),
        (share(longest=True), r"services.json: nova.share.longest: is not of the type int"),
        (share(country="Germany"), r"services.json: nova.share.country: cannot be 'Germany'. Write an ISO 3166 code"),
        (share(action="fax"), r"services.json: nova.share.action: cannot be 'fax'. Write copy, print"),
    ],
)
def test_a_row_that_cannot_be_used_is_refused_with_its_name_and_field(
    change: Callable[[dict[str, Any]], None], message: str
) -> None:
    row = json.loads(json.dumps(ROW))
    change(row)

    with pytest.raises(ConfigurationError, match=message):
        services.read(json.dumps({"services": {"nova": row}, "ended": {}}))


def test_a_data_file_that_is_not_json_is_refused_with_the_place() -> None:
    with pytest.raises(ConfigurationError, match=r"services.json: is not JSON: .* line 1 column 2"):
        services.read("{")


def test_a_row_that_is_there_twice_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"services.json: 'nova' is there twice"):
        services.read('{"services": {"mail": {}, "nova": {}, "nova": {}}, "ended": {}}')


def test_a_row_is_what_it_says() -> None:
    records, ended = services.read(json.dumps({"services": {"nova": ROW}, "ended": {"old": "closed in 2020."}}))

    nova = records["nova"]
    assert (nova.title, nova.colour, nova.checked_on.isoformat()) == ("Nova", "#123456", "2026-11-22")
    assert nova.share is not None
    assert (nova.share.template, nova.share.receiver) == ("https://nova.example/share?u={url}", "Nova Ltd.")
    assert ended == {"old": "closed in 2020."}
