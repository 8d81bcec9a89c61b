"""What templates of a Flask application show of embeds, pasted code and documents."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from support.flask_site import FACEBOOK_POST, PLUGIN, configuration, page
from support.paths import TESTS

from shariff_py import Shariff


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


@pytest.mark.parametrize("letters", [250, 400])
def test_an_address_whose_frame_would_be_too_long_is_text_and_a_link_to_it(client: FlaskClient, letters: int) -> None:
    address = f"https://www.facebook.com/leinau/posts/{'%C3%BC' * letters}"

    soup = page(client, "{{ shariff.embed(url) }}", url=address)

    assert soup.find(["iframe", "form", "script"]) is None
    assert [a["href"] for a in soup.find_all("a", href=True)] == [address]
    assert soup.get_text(strip=True)


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


@pytest.mark.slow
def test_further_content_than_a_hundred_is_text_and_a_link_however_it_is_given(client: FlaskClient) -> None:
    template = "{% for _ in range(60) %}{{ shariff.embed(url) }}{{ html|gate }}{% endfor %}"

    soup = page(
        client, template, url=FACEBOOK_POST, html=f'<iframe src="{PLUGIN}post.php?href={FACEBOOK_POST}"></iframe>'
    )

    assert len(soup.find_all("shariff-gate")) == len(soup.find_all("iframe")) == 100
    assert len(soup.select(".shariff-closed a[href]")) == 20


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


def test_templates_have_the_list_of_consents_and_the_compliance_documents(client: FlaskClient) -> None:
    shown = page(
        client,
        "{{ shariff.consents() }}{{ shariff.processing_record(lang='en') }}{{ shariff.accessibility_passage() }}",
    )

    assert shown.select("shariff-consents")
    assert shown.select(".shariff-record h3")
    assert shown.select(".shariff-statement a")


EVENT = "https://www.facebook.com/events/7"


@pytest.mark.parametrize(
    "given",
    [
        f"{EVENT}?ref=x",
        "www.facebook.com/events/7",
        f"{PLUGIN}event.php?href={EVENT}",
        f'<iframe src="{PLUGIN}event.php?href={EVENT}"></iframe>',
        '<div class="fb-post" href="facebook.com/events/7"></div>',
    ],
)
def test_content_that_cannot_be_embedded_is_linked_however_it_is_given(client: FlaskClient, given: str) -> None:
    soup = page(client, "{{ shariff.embed(given) }}", given=given)

    assert [a["href"] for a in soup.select(".shariff-closed a")] == [EVENT]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("shariff.embed(url)", ("h3", "Facebook-Beitrag")),
        ("shariff.embed(url, level=5)", ("h5", "Facebook-Beitrag")),
        ("shariff.embed(url, sensitive=True)", ("h3", "Facebook-Beitrag")),
        ("shariff.embed(url, sensitive=True, level=5)", ("h5", "Facebook-Beitrag")),
        ("shariff.embed('https://www.facebook.com/groups/leinau')", ("h3", "Facebook")),
        ("shariff.embed('https://www.facebook.com/groups/leinau', level=2)", ("h2", "Facebook")),
    ],
)
def test_a_template_says_the_level_of_the_heading_whatever_stands_there(
    client: FlaskClient, call: str, expected: tuple[str, str]
) -> None:
    heading = page(client, f"{{{{ {call} }}}}", url=FACEBOOK_POST).find(class_="shariff-kind")

    assert heading is not None
    assert (heading.name, heading.get_text()) == expected
