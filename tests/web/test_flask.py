"""The extension in an application of its own: what pages show, what the addresses below the prefix return."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string, request
from flask.testing import FlaskClient
from support.paths import TESTS

from shariff_py import ConfigurationError, Shariff
from shariff_py.journal import Journal
from shariff_py.platforms.cached_count import Count

FACEBOOK_POST = "https://www.facebook.com/stadt.leinau/posts/1"
PLUGIN = "https://www.facebook.com/plugins/"


def configuration(folder: Path, **over: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "site": {"origin": "https://www.leinau.example", "query_allow": ["id"]},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {
            "city": {
                "name": "Stadt Leinau",
                "contact_url": "/kontakt",
                "privacy_url": "/datenschutz",
                "alternative_url": "/aktuelles",
            }
        },
        "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside"},
        "platforms": {"facebook": {"token": "a token"}},
        "journal": {"path": str(folder / "outgoing.jsonl")},
    }
    return {**values, **over}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = configuration(tmp_path)
    Shariff(app)

    @app.post("/show")
    def show() -> str:
        return render_template_string(request.get_json()["template"], **request.get_json().get("values", {}))

    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def page(client: FlaskClient, template: str, **values: str) -> BeautifulSoup:
    reply = client.post("/show", json={"template": template, "values": values})
    assert reply.status_code == 200
    return BeautifulSoup(reply.text, "html.parser")


def press(client: FlaskClient, soup: BeautifulSoup, **headers: str) -> Any:
    """Post what the button of the page's only gate posts."""
    form = soup.find("form")
    assert form is not None
    fields = {str(field["name"]): str(field["value"]) for field in form.find_all("input", attrs={"name": True})}
    return client.post(str(form["action"]), data=fields, headers=headers)


def test_a_gate_names_nothing_a_browser_would_load_from_a_platform(client: FlaskClient) -> None:
    soup = page(client, "{{ shariff.embed(url) }}", url=FACEBOOK_POST)

    assert soup.find("iframe", src=True) is None
    assert soup.find(["img", "script", "link"]) is None
    assert [a["href"] for a in soup.find_all("a", href=FACEBOOK_POST)] == [FACEBOOK_POST]


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


@pytest.mark.parametrize(
    "template",
    ["{{ shariff.embed(none) }}", "{{ shariff.embed(missing) }}", "{{ shariff.embed('<![foo[') }}", "{{ none|gate }}",
     "{{ shariff.share(title=none) }}", "{{ shariff.embed('https://www.facebook.com/leinau', text=none, title=none) }}"],
)  # fmt: skip
def test_an_empty_field_of_an_editor_breaks_no_page(client: FlaskClient, template: str) -> None:
    assert "None" not in page(client, template).get_text()


def test_the_editors_words_stay_where_a_platform_is_closed(tmp_path: Path) -> None:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = configuration(tmp_path, releases={"facebook": {"state": "suspended"}})
    Shariff(app)

    with app.test_request_context("/"):
        html = render_template_string("{{ shariff.embed(url, text='Das Freibad öffnet.') }}", url=FACEBOOK_POST)

    assert "Das Freibad öffnet." in html


def test_only_pages_that_were_really_shown_are_tracked(app: Flask, client: FlaskClient) -> None:
    app.register_error_handler(404, lambda error: (render_template_string("{{ shariff.share() }}"), 404))
    app.add_url_rule("/there", view_func=lambda: render_template_string("{{ shariff.share() }}"))

    for path in ("/there", "/made-up", "/shariff/counts?url=https://www.leinau.example/asked"):
        client.get(path)

    known = app.extensions["shariff"].service.store.due("facebook", time.time() + 1e6, 10)
    assert [known_page.page for known_page in known] == ["https://www.leinau.example/there"]


def test_a_release_that_ended_keeps_gates_of_old_pages_closed(tmp_path: Path, client: FlaskClient) -> None:
    old_page = page(client, "{{ shariff.embed(url) }}", url=FACEBOOK_POST)
    later = Flask("leinau")
    later.secret_key = "only for these tests"
    later.config["SHARIFF"] = configuration(tmp_path, releases={"facebook": {"state": "suspended"}})
    Shariff(later)

    reply = press(later.test_client(), old_page)

    assert reply.status_code == 400
    assert "<iframe" not in reply.text


@pytest.mark.parametrize(
    ("url", "linked"),
    [
        ("javascript:alert(1)", False),
        ("data:text/html,<b>x</b>", False),
        ("https://www.example.org/post", True),
        (f"{PLUGIN}like.php?href=https%3A%2F%2Fwww.leinau.example%2F", False),
        ("<script>alert(1)</script>", False),
        ("", False),
    ],
)
def test_what_cannot_be_embedded_is_text_for_the_visitor_and_a_warning_for_the_developer(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, url: str, linked: bool
) -> None:
    with caplog.at_level(logging.WARNING):
        soup = page(client, "{{ shariff.embed(url) }}", url=url)

    assert soup.find(["iframe", "form", "script"]) is None
    assert [a["href"] for a in soup.find_all("a", href=True) if a["href"] == url] == ([url] if linked else [])
    assert soup.get_text(strip=True)
    assert "Not shown as an embed" in caplog.text


def test_the_share_bar_has_real_links_with_the_canonical_address(client: FlaskClient) -> None:
    soup = page(
        client, "{{ shariff.share('https://www.leinau.example/news?id=7&token=s3cret#top', title='Freibad & mehr') }}"
    )

    facebook, mail = soup.find_all("a")

    assert facebook["href"] == (
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.leinau.example%2Fnews%3Fid%3D7"
    )
    assert {"noopener", "noreferrer"} <= set(facebook["rel"])
    assert str(mail["href"]).startswith("mailto:?subject=Freibad%20%26%20mehr&body=https%3A%2F%2F")
    assert len(soup.find_all("svg")) == 2
    assert "s3cret" not in str(soup)


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "https://user:canary@www.leinau.example/", "/only/a/path", "x" * 9000]
)
def test_an_address_that_cannot_be_shared_has_no_bar_and_a_warning_says_why(
    client: FlaskClient, caplog: pytest.LogCaptureFixture, url: str
) -> None:
    with caplog.at_level(logging.WARNING):
        soup = page(client, "{{ shariff.share(url) }}", url=url)

    assert str(soup) == ""
    assert "No share bar" in caplog.text
    assert "canary" not in caplog.text


def test_a_visitor_who_makes_up_a_very_long_address_gets_a_page_and_no_error(app: Flask) -> None:
    app.add_url_rule(
        "/<path:anything>", view_func=lambda anything: render_template_string("{{ shariff.share() }}{{ ''|gate }}ok")
    )

    reply = app.test_client().get("/" + "a" * 5000)

    assert reply.status_code == 200
    assert reply.text == "ok"


def test_a_known_count_is_shown_and_an_unknown_one_is_not_a_zero(app: Flask, client: FlaskClient) -> None:
    store = app.extensions["shariff"].service.store
    address = "https://www.leinau.example/a"
    store.track(address, 0.0)
    store.record("facebook", {address: Count(1452)}, time.time())

    known = page(client, "{{ shariff.share('https://www.leinau.example/a', lang='de') }}")
    unknown = page(client, "{{ shariff.share('https://www.leinau.example/b', lang='de') }}")

    assert "1.452" in known.get_text()
    assert not any(character.isdigit() for character in unknown.get_text())


def test_pasted_code_in_a_template_is_gated_by_the_filter(client: FlaskClient) -> None:
    soup = page(
        client, "{{ html|gate }}", html=f'<p>Vor</p><iframe src="{PLUGIN}post.php?href={FACEBOOK_POST}"></iframe>'
    )

    assert soup.find("shariff-gate") is not None
    assert soup.find("iframe", src=True) is None


def test_embed_code_is_accepted_in_place_of_an_address(client: FlaskClient) -> None:
    snippet = (TESTS / "pasted" / "post-sdk.html").read_text()

    soup = page(client, "{{ shariff.embed(code) }}", code=snippet)

    gate = soup.find("shariff-gate")
    assert gate is not None
    assert "Am Sonntag öffnet das Freibad" in gate.get_text()
    assert soup.find("script") is None


def test_an_editors_own_words_stand_in_the_gate(client: FlaskClient) -> None:
    soup = page(
        client, "{{ shariff.embed(url, text=text) }}", url=FACEBOOK_POST, text="Das <b>Freibad</b> öffnet am Sonntag."
    )

    gate = soup.find("shariff-gate")
    assert gate is not None
    assert "Das <b>Freibad</b> öffnet am Sonntag." in gate.get_text()


def test_the_same_content_twice_on_a_page_has_frames_of_different_names(client: FlaskClient) -> None:
    template = "{{ shariff.embed(url) }}{{ shariff.embed(url) }}{{ html|gate }}{{ html|gate }}"

    soup = page(
        client, template, url=FACEBOOK_POST, html=f'<iframe src="{PLUGIN}post.php?href={FACEBOOK_POST}"></iframe>'
    )

    assert len({frame["name"] for frame in soup.find_all("iframe")}) == 4


@pytest.mark.parametrize(
    ("url", "response"),
    [
        ("https://www.leinau.example/a?utm_source=x", {"facebook": 17}),
        ("https://www.leinau.example/never-seen", {}),
        ("https://www.foreign.example/", None),
        ("https://user:pw@www.leinau.example/", None),
        ("javascript:alert(1)", None),
        ("", None),
    ],
)
def test_counts_are_answered_as_heise_clients_expect(
    app: Flask, client: FlaskClient, url: str, response: object
) -> None:
    store = app.extensions["shariff"].service.store
    store.track("https://www.leinau.example/a", 0.0)
    store.record("facebook", {"https://www.leinau.example/a": Count(17)}, time.time())

    reply = client.get("/shariff/counts", query_string={"url": url})

    assert reply.status_code == 200
    assert reply.get_json() == response


def test_no_page_and_no_count_ever_causes_a_request(app: Flask, client: FlaskClient, tmp_path: Path) -> None:
    for number in range(20):
        page(client, "{{ shariff.share(url) }}", url=f"https://www.leinau.example/{number}")
        client.get("/shariff/counts", query_string={"url": f"https://www.leinau.example/{number}"})

    assert list(Journal(tmp_path / "outgoing.jsonl").entries()) == []


def test_the_status_says_how_things_are_and_holds_no_secret(tmp_path: Path) -> None:
    app = Flask("leinau")
    app.secret_key = "signing-canary"
    app.config["SHARIFF"] = configuration(tmp_path, platforms={"facebook": {"token": "token-canary"}})
    Shariff(app)

    text = app.test_client().get("/shariff/status").text

    assert json.loads(text)["platforms"]["facebook"]["configured"] is True
    assert "canary" not in text


def test_a_mistake_in_the_configuration_stops_the_start_with_its_cure(tmp_path: Path) -> None:
    app = Flask("leinau")
    app.secret_key = "x"
    app.config["SHARIFF"] = configuration(tmp_path, releses={})

    with pytest.raises(ConfigurationError, match=r"releses: is not a setting. Check the spelling"):
        Shariff(app)


def test_without_any_secret_the_start_says_which_one_to_set(tmp_path: Path) -> None:
    app = Flask("leinau")
    app.config["SHARIFF"] = configuration(tmp_path)

    with pytest.raises(ConfigurationError, match="SHARIFF_FRAME__SECRETS"):
        Shariff(app)


def test_two_applications_in_one_process_do_not_share_their_settings(tmp_path: Path) -> None:
    bars = []
    for state in ("released", "suspended"):
        app = Flask(state)
        app.secret_key = "x"
        (tmp_path / state).mkdir()
        app.config["SHARIFF"] = configuration(tmp_path / state, releases={"facebook": {"state": state}})
        Shariff(app)
        with app.test_request_context("/"):
            bars.append(render_template_string("{{ shariff.embed(url) }}", url=FACEBOOK_POST))

    assert ["<form" in bar for bar in bars] == [True, False]


def test_a_store_that_cannot_be_opened_never_breaks_a_page(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    app = Flask("leinau")
    app.secret_key = "x"
    app.config["SHARIFF"] = configuration(
        tmp_path, counts={"store": f"sqlite:///{blocked}/counts.sqlite", "scheduler": "outside"}
    )
    Shariff(app)

    with app.test_request_context("/"):
        html = render_template_string("{{ shariff.share('https://www.leinau.example/a') }}")

    assert "facebook.com/sharer" in html


def test_a_page_about_personal_matters_carries_text_and_a_link(tmp_path: Path, app: Flask, client: FlaskClient) -> None:
    flagged = page(client, "{{ shariff.embed(url, sensitive=True, text='Beratung') }}", url=FACEBOOK_POST)
    by_path = Flask("by path")
    by_path.secret_key = "only for these tests"
    site = {"origin": "https://www.leinau.example", "sensitive": ["/gesundheit"]}
    by_path.config["SHARIFF"] = configuration(tmp_path, site=site)
    Shariff(by_path)
    pasted = '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fposts%2F1"></iframe>'
    by_path.add_url_rule(
        "/gesundheit/sucht",
        view_func=lambda: render_template_string(
            "{{ shariff.embed(url) }}{{ pasted|gate }}", url=FACEBOOK_POST, pasted=pasted
        ),
    )
    found = BeautifulSoup(by_path.test_client().get("/gesundheit/sucht").text, "html.parser")

    for carried in (flagged, found):
        assert not carried.select("form, iframe, shariff-gate")
        assert "persönliche Themen" in carried.get_text()
        assert carried.select(f'a[href="{FACEBOOK_POST}"]')
    assert "Beratung" in flagged.get_text()


def test_an_option_of_the_bar_that_does_not_exist_is_warned_of_and_breaks_no_page(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        shown = page(client, "{{ shariff.share(theme='colourful') }}{{ shariff.share(colour='red') }}")

    assert len(shown.select(".theme-plain")) == 2
    assert "share.theme" in caplog.text
    assert "colour" in caplog.text


def test_templates_have_the_list_of_consents_and_the_compliance_documents(client: FlaskClient) -> None:
    shown = page(
        client,
        "{{ shariff.consents() }}{{ shariff.processing_record(lang='en') }}{{ shariff.accessibility_passage() }}",
    )

    assert shown.select("shariff-consents")
    assert shown.select(".shariff-record h3")
    assert shown.select(".shariff-statement a")


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
