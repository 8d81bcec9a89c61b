"""The share bar and the counts of a Flask application."""

from __future__ import annotations

import logging
import time
from pathlib import Path

import pytest
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from support.flask_site import configuration, page

from shariff_py import Shariff
from shariff_py.journal import Journal
from shariff_py.platforms.count_sources.cached_count import Count


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


def test_an_option_of_the_bar_that_does_not_exist_is_warned_of_and_breaks_no_page(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        shown = page(client, "{{ shariff.share(theme='colourful') }}{{ shariff.share(colour='red') }}")

    assert len(shown.select(".theme-plain")) == 2
    assert "share.theme" in caplog.text
    assert "colour" in caplog.text


def test_services_that_have_ended_or_never_were_are_named_once_in_the_log_and_left_out(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    bar = "{{ shariff.share('https://www.leinau.example/', services=['xing', 'mail', 'nonsense', 'pocket']) }}"

    with caplog.at_level(logging.WARNING):
        shown = [page(client, bar).find_all("a") for _ in range(3)]

    assert [[link["data-service"] for link in links] for links in shown] == [["mail"]] * 3
    assert [record.message for record in caplog.records] == [
        "shariff.share(): services: 'nonsense' is not a known way to share. Known: bluesky, buffer, clipboard, diaspora, facebook, "
        "flipboard, hackernews, hatena, info, line, linkedin, mail, mastodon, native, odnoklassniki, pinterest, print, qzone, reddit, "
        "sms, telegram, threads, threema, tumblr, vk, weibo, whatsapp, x.",
        "shariff.share(): services that have ended are left out: xing: XING is a job board now; its share address does not work since "
        "spring 2026; pocket: closed on 8 July 2025. Remove them from the template.",
    ]


def test_an_application_whose_settings_name_what_has_ended_starts_with_one_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    named = configuration(tmp_path, services=["facebook", "xing", "googleplus"])
    named["releases"]["xing"] = {"state": "released"}

    with caplog.at_level(logging.WARNING):
        app = Flask("leinau")
        app.secret_key = "only for these tests"
        app.config["SHARIFF"] = named
        Shariff(app)
        app.add_url_rule("/", view_func=lambda: render_template_string("{{ shariff.share() }}"))
        shown = [app.test_client().get("/").text for _ in range(2)]

    assert [record.message for record in caplog.records] == [
        "Services that have ended are left out: xing: XING is a job board now; its share address does not work since spring 2026; "
        "googleplus: closed in 2019. Remove them from the settings."
    ]
    assert ["xing" in html for html in shown] == [False, False]


def test_only_pages_that_were_really_shown_are_tracked(app: Flask, client: FlaskClient) -> None:
    app.register_error_handler(404, lambda error: (render_template_string("{{ shariff.share() }}"), 404))
    app.add_url_rule("/there", view_func=lambda: render_template_string("{{ shariff.share() }}"))

    for path in ("/there", "/made-up", "/shariff/counts?url=https://www.leinau.example/asked"):
        client.get(path)

    known = app.extensions["shariff"].service.store.due("facebook", time.time() + 1e6, 10)
    assert [known_page.page for known_page in known] == ["https://www.leinau.example/there"]


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
