"""What the demonstration sends and the mock server receives: shown side by side, and nothing to a real platform."""

from __future__ import annotations

from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urldefrag
from urllib.request import Request, urlopen

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient
from support.demo_portal import soup

from demo_app import create_app
from demo_app.content import RELEASES
from demo_app.serve import fetch_once
from shariff_py.testing import Received, StandIn

CANARY = "canary-of-the-visitor"


def test_only_released_platforms_of_the_list_are_in_the_rulebook(app: Flask) -> None:
    policy = app.extensions["shariff"].settings.policy

    released = {release.platform for release in RELEASES["de"] if policy.release(release.platform).is_open}

    assert released == {release.platform for release in RELEASES["de"] if release.state == "released"} == {"facebook"}


def test_without_a_mock_server_no_real_platform_can_be_reached(app: Flask) -> None:
    settings = app.extensions["shariff"].settings

    assert settings.origin_of("www.facebook.com") == settings.origin_of("graph.facebook.com") == "http://127.0.0.1:9"


def received(stand_in: StandIn, path: str, **headers: str) -> None:
    """Let the mock server receive one request, as from a browser."""
    request = Request(f"{stand_in.counts_origin}{path}", headers=headers)
    with urlopen(request, timeout=10) as reply:
        assert reply.status == 200


def test_the_panel_says_nothing_until_something_arrived_and_then_shows_it(stand_in: StandIn) -> None:
    client = create_app(stand_in=stand_in).test_client()
    page = soup(client, "/")
    refresh = page.find("a", attrs={"data-received-refresh": True})
    assert "Nichts." in page.find(id="received").text

    received(stand_in, "/plugins/page.php?href=x", **{"User-Agent": CANARY})
    again = soup(client, urldefrag(str(refresh["href"])).url).find(id="received")
    anew = soup(client, "/").find(id="received")

    assert "Eine Anfrage" in again.text
    assert "/plugins/page.php?href=x" in again.text
    assert CANARY in again.text
    assert [row.dt.text for row in again.select(".absent")] == ["Referer", "Cookie"]
    assert "Nichts." in anew.text


def test_a_header_that_was_sent_is_not_called_absent(stand_in: StandIn) -> None:
    client = create_app(stand_in=stand_in).test_client()

    received(stand_in, "/plugins/page.php", Referer="https://www.leinau.example/", Cookie="c_user=1")
    panel = soup(client, "/?since=0").find(id="received")

    assert not panel.select(".absent")
    assert "https://www.leinau.example/" in panel.text


def test_the_fragment_for_the_script_is_the_same_panel(stand_in: StandIn) -> None:
    client = create_app(stand_in=stand_in).test_client()

    received(stand_in, "/plugins/page.php")
    fragment = client.get("/en/log/received?since=0")

    assert "<html" not in fragment.text
    assert "One request" in fragment.text
    assert BeautifulSoup(fragment.text, "html.parser").div["data-count"] == "1"


@pytest.mark.parametrize("since", ["abc", "-1", "1e999", "nan"])
def test_any_mark_in_the_address_of_the_panel_is_survived(client: FlaskClient, since: str) -> None:
    assert client.get(f"/?since={since}").status_code == 200


def test_the_log_holds_both_sides_and_compares_them(stand_in: StandIn, tmp_path: Path) -> None:
    settings = {
        "site": {"origin": "https://www.leinau.example"},
        "counts": {"scheduler": "outside"},
        "journal": {"path": str(tmp_path / "outgoing.jsonl")},
    }
    app = create_app({"SHARIFF": settings}, stand_in=stand_in)
    client = app.test_client()
    assert "Nichts." in soup(client, "/protokoll").main.text

    service = app.extensions["shariff"].service
    service.import_pages({"https://www.leinau.example/aktuelles/auenbruecke": None})
    client.get("/aktuelles/auenbruecke", headers={"User-Agent": CANARY})
    service.refresh()
    page = soup(client, "/protokoll").main

    assert "Gesendet laut Journal: 1. Angekommen beim Testserver: 1." in " ".join(page.text.split())
    assert "https://www.leinau.example/aktuelles/auenbruecke" in page.text
    assert CANARY not in page.text


def test_the_first_reader_sees_figures_fetched_in_one_cycle(stand_in: StandIn, tmp_path: Path) -> None:
    origin = "https://www.leinau.example"
    settings = {"site": {"origin": origin}, "journal": {"path": str(tmp_path / "outgoing.jsonl")}}
    app = create_app({"SHARIFF": settings}, stand_in=stand_in)
    stand_in.counts[f"{origin}/en/news/auenbruecke"] = 1234

    fetch_once(app, origin)
    requested = len(stand_in.received)
    bar = soup(app.test_client(), "/en/news/auenbruecke").select_one("div.share")

    assert requested == len(list(app.extensions["shariff"].service.journal.exchanges())) == 1
    assert bar is not None
    assert "1,234" in bar.text
    assert "Demonstration data" in bar.text
    assert len(stand_in.received) == requested


def test_a_journal_that_was_changed_is_not_shown_as_if_it_were_whole(stand_in: StandIn, tmp_path: Path) -> None:
    journal = tmp_path / "outgoing.jsonl"
    app = create_app({"SHARIFF": {"journal": {"path": str(journal)}}}, stand_in=stand_in)
    app.extensions["shariff"].service.journal.append("request", {"method": "POST", "host": "graph.facebook.com"})
    journal.write_text(journal.read_text().replace("POST", "HEAD"))

    response = app.test_client().get("/protokoll")

    assert response.status_code == 200
    assert "Das Journal wurde verändert" in response.text


def test_only_what_browsers_sent_is_called_so(stand_in: StandIn) -> None:
    client = create_app(stand_in=stand_in).test_client()

    with pytest.raises(HTTPError, match="400"):
        received(stand_in, "/v26.0/?id=https%3A%2F%2Fwww.leinau.example%2F")

    roles = [record.host_role for record in stand_in.received if isinstance(record, Received)]
    assert roles == ["counts"]
    assert "Nichts." in soup(client, "/?since=0").find(id="received").text
