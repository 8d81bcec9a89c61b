"""Code pasted into the demonstration: shown as text, gated beside it, and nothing smuggled in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from support.demo_portal import soup

from demo_app.content import SNIPPETS
from demo_app.pasted import LONGEST, sanitised


def test_every_pasted_snippet_stands_as_text_and_is_gated_beside_it(client: FlaskClient) -> None:
    page = soup(client, "/eingefuegter-code")

    sections = {snippet.slug: page.find(id=snippet.slug).find_parent("section") for snippet in SNIPPETS["de"]}
    gates = {slug: len(section.find_all("shariff-gate")) for slug, section in sections.items()}

    assert [section.pre.text for section in sections.values()] == [snippet.html.strip() for snippet in SNIPPETS["de"]]
    assert gates == {
        "seite-rahmen": 1,
        "beitrag-skript": 1,
        "video-rahmen": 1,
        "like-schaltflaeche": 0,
        "teilen-schaltflaeche": 0,
    }
    assert not page.select("iframe[src]")
    assert "fb-like" in sections["like-schaltflaeche"].select_one(".findings").text
    assert "entfernt" in sections["like-schaltflaeche"].select_one(".findings").text


def test_readers_can_paste_their_own_code(client: FlaskClient) -> None:
    code = '<p>Hallo</p><iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2FLeser"></iframe>'

    response = client.post("/eingefuegter-code", data={"code": code})
    page = BeautifulSoup(response.text, "html.parser")

    assert response.status_code == 200
    assert page.textarea is not None
    assert page.textarea.text.strip() == code
    result = page.select_one(".own-result")
    assert result is not None
    assert result.find("shariff-gate")
    assert "Hallo" in result.text


@pytest.mark.parametrize(
    "code",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        '<a href="javascript:alert(1)">x</a>',
        '<iframe src="https://evil.example/"></iframe>',
        '<iframe src="/protokoll"></iframe>',
        '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
        '<iframe src="https://www.facebook.com.evil.example/plugins/page.php"></iframe>',
        "<form action=/eingefuegter-code><button>x</button></form>",
        '<div class="button skip" id="main" style="position:fixed" onclick="alert(1)">x</div>',
        "<shariff-gate></shariff-gate><style>*{display:none}</style><base href=//evil.example>",
        '</textarea><script>alert(1)</script><link rel=stylesheet href="//evil.example">',
        "<svg><script>alert(1)</script></svg><math><mi xlink:href='javascript:alert(1)'>",
    ],
)
def test_nothing_can_be_smuggled_in_by_pasting(client: FlaskClient, code: str) -> None:
    response = client.post("/eingefuegter-code", data={"code": code})
    page = BeautifulSoup(response.text, "html.parser")
    result = page.select_one(".own-result")

    assert response.status_code == 200
    assert result is not None
    assert not result.find_all(["script", "img", "form", "style", "link", "base", "svg", "iframe", "button"])
    assert not result.find_all(lambda tag: {"onclick", "onerror", "style", "srcdoc"} & set(tag.attrs))
    assert not result.find_all(href=re.compile("^javascript"))
    assert len(page.find_all(id="main")) == 1
    assert all(script.get("src") for script in page.find_all("script"))


def test_a_text_without_embed_code_is_reported_as_unchanged(client: FlaskClient) -> None:
    page = soup_of_post(client, "<p>Nur ein Satz.</p>")

    assert "Nur ein Satz." in page.text
    assert "Nichts gefunden" in page.select_one(".own-result").text


def test_a_paste_of_which_nothing_remains_is_reported_as_such(client: FlaskClient) -> None:
    page = soup_of_post(client, "<script>alert(1)</script>")

    assert "nichts übrig geblieben" in page.select_one(".own-result").text


def soup_of_post(client: FlaskClient, code: str) -> Any:
    return BeautifulSoup(client.post("/eingefuegter-code", data={"code": code}).text, "html.parser")


def test_a_text_that_is_too_long_is_refused_and_not_lost(client: FlaskClient) -> None:
    code = "x" * (LONGEST + 1)

    response = client.post("/eingefuegter-code", data={"code": code})
    page = BeautifulSoup(response.text, "html.parser")

    assert response.status_code == 413
    assert f"{LONGEST + 1} Zeichen" in page.find(id="code-error").text
    assert page.textarea.text.strip() == code
    assert not page.select_one(".own-result")


def test_a_text_far_too_long_for_the_form_is_refused_in_the_portals_look(client: FlaskClient) -> None:
    response = client.post("/en/pasted-code", data={"code": "x" * 1_000_000})

    assert response.status_code == 413
    assert "too much at once" in response.text


def test_a_form_of_another_website_is_not_processed(client: FlaskClient) -> None:
    response = client.post(
        "/eingefuegter-code", data={"code": "<p>fremd</p>"}, headers={"Sec-Fetch-Site": "cross-site"}
    )

    assert response.status_code == 403
    assert "fremd<" not in response.text
    assert "anderen Website" in response.text


def test_sanitising_keeps_what_the_gate_needs() -> None:
    post = '<div class="fb-post hero" data-href="https://www.facebook.com/a/posts/1"><blockquote cite="https://www.facebook.com/a/posts/1">Text</blockquote></div>'

    kept = sanitised(post)

    assert 'class="fb-post"' in kept
    assert 'data-href="https://www.facebook.com/a/posts/1"' in kept
    assert "<blockquote" in kept
