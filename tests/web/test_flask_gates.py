"""Gates of a Flask application: what the press of the button returns, and to whom it returns nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from support.flask_site import FACEBOOK_POST, PLUGIN, configuration, page, press

from shariff_py import Shariff


def test_a_gate_names_nothing_a_browser_would_load_from_a_platform(client: FlaskClient) -> None:
    soup = page(client, "{{ shariff.embed(url) }}", url=FACEBOOK_POST)

    assert soup.find("iframe", src=True) is None
    assert soup.find(["img", "script", "link"]) is None
    assert [a["href"] for a in soup.find_all("a", href=FACEBOOK_POST)] == [FACEBOOK_POST] * 2


def test_the_press_brings_a_document_that_may_frame_the_platform_and_nothing_else(client: FlaskClient) -> None:
    reply = press(client, page(client, "{{ shariff.embed(url) }}", url=FACEBOOK_POST))

    frame = BeautifulSoup(reply.text, "html.parser").find("iframe")
    policy = dict(part.strip().partition(" ")[::2] for part in reply.headers["Content-Security-Policy"].split(";"))
    assert reply.status_code == 200
    assert frame is not None
    assert str(frame["src"]).startswith(
        f"{PLUGIN}post.php?href=https%3A%2F%2Fwww.facebook.com%2Fstadt.leinau%2Fposts%2F1"
    )
    assert frame.has_attr("credentialless")
    assert frame["referrerpolicy"] == "no-referrer"
    assert "allow-top-navigation" not in str(frame["sandbox"])
    assert policy["default-src"] == "'none'"
    assert policy["frame-src"] == "https://www.facebook.com"
    assert policy["frame-ancestors"] == "'self'"
    assert reply.headers["Referrer-Policy"] == "no-referrer"
    assert reply.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in reply.headers


def test_the_gate_frame_does_not_answer_a_plain_visit(client: FlaskClient) -> None:
    """Browsers restore the address of a frame after a restart; what GET returns is loaded without a click."""
    reply = client.get("/shariff/frame")

    assert reply.status_code == 405
    assert reply.headers["Allow"] == "POST"
    assert "<iframe" not in reply.text
    assert "frame-src" not in reply.headers["Content-Security-Policy"]


@pytest.mark.parametrize("what", ["", "x", "https://www.facebook.com/leinau", "WyJmYWNlYm9vayJd.forged", "a" * 10_000])
def test_an_embed_token_we_did_not_sign_opens_nothing(client: FlaskClient, what: str) -> None:
    reply = client.post("/shariff/frame", data={"embed": what})

    assert reply.status_code == 400
    assert "<iframe" not in reply.text
    assert "frame-src" not in reply.headers["Content-Security-Policy"]
    assert "Traceback" not in reply.text


def test_a_huge_post_is_turned_away(client: FlaskClient) -> None:
    reply = client.post("/shariff/frame", data={"embed": "a" * 1_000_000})

    assert reply.status_code == 413


def test_a_press_from_another_site_opens_nothing(client: FlaskClient) -> None:
    soup = page(client, "{{ shariff.embed(url) }}", url=FACEBOOK_POST)

    reply = press(client, soup, **{"Sec-Fetch-Site": "cross-site"})

    assert reply.status_code == 400
    assert "<iframe" not in reply.text


@pytest.mark.parametrize(
    "header",
    [{"Origin": "https://evil.example"}, {"Sec-Fetch-Dest": "document"}, {"Origin": "http://localhost.evil.example"}],
)
def test_a_request_that_is_not_from_a_frame_of_ours_opens_nothing(client: FlaskClient, header: dict[str, str]) -> None:
    soup = page(client, "{{ shariff.embed(url) }}", url=FACEBOOK_POST)

    reply = press(client, soup, **header)

    assert reply.status_code == 400
    assert "<iframe" not in reply.text


@pytest.mark.parametrize("origin", ["http://localhost", "null", "https://www.leinau.example"])
def test_a_press_on_our_own_page_is_known_by_its_origin_or_by_none(client: FlaskClient, origin: str) -> None:
    soup = page(client, "{{ shariff.embed(url) }}", url=FACEBOOK_POST)

    assert press(client, soup, Origin=origin).status_code == 200


def test_a_mounted_application_posts_to_where_it_is_mounted(app: Flask) -> None:
    app.add_url_rule("/a", view_func=lambda: render_template_string("{{ shariff.embed(url) }}", url=FACEBOOK_POST))

    soup = BeautifulSoup(app.test_client().get("/a", environ_overrides={"SCRIPT_NAME": "/portal"}).text, "html.parser")

    form = soup.find("form")
    assert form is not None
    assert form["action"] == "/portal/shariff/frame"


def test_a_release_that_ended_keeps_gates_of_old_pages_closed(tmp_path: Path, client: FlaskClient) -> None:
    old_page = page(client, "{{ shariff.embed(url) }}", url=FACEBOOK_POST)
    later = Flask("leinau")
    later.secret_key = "only for these tests"
    later.config["SHARIFF"] = configuration(tmp_path, releases={"facebook": {"state": "suspended"}})
    Shariff(later)

    reply = press(later.test_client(), old_page)

    assert reply.status_code == 400
    assert "<iframe" not in reply.text


def test_the_login_counts_only_where_a_controller_offers_it(tmp_path: Path, client: FlaskClient) -> None:
    soup = page(client, "{{ shariff.embed(url) }}", url=FACEBOOK_POST)
    form = soup.find("form")
    assert form is not None
    fields = {str(field["name"]): str(field["value"]) for field in form.find_all("input", attrs={"name": True})}
    not_offered = client.post("/shariff/frame", data={**fields, "login": "1"})
    offering = Flask("offering")
    offering.secret_key = "only for these tests"
    values = configuration(tmp_path)
    values["controllers"]["city"]["offer_login"] = True
    offering.config["SHARIFF"] = values
    Shariff(offering)
    offered = offering.test_client().post("/shariff/frame", data={**fields, "login": "1"})
    unticked = offering.test_client().post("/shariff/frame", data=fields)

    assert ["credentialless" in response.text for response in (not_offered, offered, unticked)] == [True, False, True]
    assert "storage-access=()" not in offered.headers["Permissions-Policy"]
    assert "storage-access=()" in unticked.headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("mounted_at", "action"),
    [
        ("/portal?x=", "/portal%3Fx=/shariff/frame"),
        ("/portal#a", "/portal%23a/shariff/frame"),
        ("/a b/", "/a%20b/shariff/frame"),
        ("//evil.example", "/evil.example/shariff/frame"),
        ("/", "/shariff/frame"),
    ],
)
def test_wherever_it_is_mounted_the_form_posts_to_this_site(app: Flask, mounted_at: str, action: str) -> None:
    app.add_url_rule("/a", view_func=lambda: render_template_string("{{ shariff.embed(url) }}", url=FACEBOOK_POST))

    soup = BeautifulSoup(app.test_client().get("/a", environ_overrides={"SCRIPT_NAME": mounted_at}).text, "html.parser")

    form = soup.find("form")
    assert form is not None
    assert form["action"] == action
