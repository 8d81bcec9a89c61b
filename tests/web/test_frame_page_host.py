"""Frames that open only on pages whose host they were told: it is the page's own, where the settings or this machine confirm it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from support.flask_site import configuration
from werkzeug.test import Client

from shariff_py.consent_ui.frame import sign_embed_token
from shariff_py.platforms.recognition import recognise
from shariff_py.settings import Settings
from shariff_py.web.standalone import create_app

CHANNEL = "https://www.twitch.tv/musterstadt"
HOSTS = ["www.leinau.example", "fest.leinau.example"]


def told(folder: Path, requested: str, **site: Any) -> str:
    """The host that the frame is told when the button is pressed on a page of the requested host."""
    released = {"twitch": {"state": "released"}}
    values = configuration(folder, site=site, releases=released, frame={"secrets": ["only for these tests"]})
    settings = Settings.from_mapping(values)
    app = create_app(settings)
    fields = {"embed": sign_embed_token(recognise(CHANNEL), settings), "lang": "en"}
    page = Client(app).post("/shariff/frame", data=fields, environ_overrides={"HTTP_HOST": requested}).text
    found = re.search(r"&amp;parent=([^\"&]*)", page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("host", HOSTS)
def test_it_is_the_host_of_the_page_that_was_asked_on(host: str, tmp_path: Path) -> None:
    assert told(tmp_path, host, origin="https://www.leinau.example", hosts=HOSTS) == host


@pytest.mark.parametrize("host", ["10.0.0.7:8000", "evil.example", "www.leinau.example.evil.example"])
def test_behind_a_server_that_hands_on_another_host_it_is_that_of_the_settings(host: str, tmp_path: Path) -> None:
    assert told(tmp_path, host, origin="https://www.leinau.example") == "www.leinau.example"


@pytest.mark.parametrize(("requested", "host"), [("127.0.0.1:5000", "127.0.0.1"), ("evil.example", "")])
def test_without_any_setting_only_this_machine_is_told(requested: str, host: str, tmp_path: Path) -> None:
    assert told(tmp_path, requested) == host


def test_what_was_pasted_for_another_page_is_not_handed_on(tmp_path: Path) -> None:
    pasted = recognise("https://player.twitch.tv/?channel=musterstadt&parent=other.example")

    assert "other.example" not in pasted.frame_on("www.leinau.example")
    assert pasted == recognise(CHANNEL)
