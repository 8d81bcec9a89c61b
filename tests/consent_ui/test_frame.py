"""The gate frame: requests need a signed embed token, responses have a narrow policy."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from itsdangerous import URLSafeSerializer

from shariff_py.consent_ui import frame
from shariff_py.errors import ConfigurationError, EmbedTokenRefused
from shariff_py.platforms.recognition import Embed, recognise
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES

POST = recognise("https://www.facebook.com/leinau/posts/123", {"height": "400"})
GERMAN = LANGUAGES["de"]


def settings(*secrets: str, **more: Any) -> Settings:
    values = {
        "frame": {"secrets": [f"{secret}, only for these tests" for secret in secrets or ("one",)]},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {
            "city": {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
        },
    }
    return Settings.from_mapping({**values, **more})


def test_what_was_sealed_is_what_is_shown() -> None:
    assert frame.load_embed_token(frame.sign_embed_token(POST, settings()), settings()) == POST


def test_sealing_is_the_same_every_time() -> None:
    assert frame.sign_embed_token(POST, settings()) == frame.sign_embed_token(POST, settings())


@given(st.text())
def test_a_forged_embed_token_is_refused(text: str) -> None:
    with pytest.raises(EmbedTokenRefused):
        frame.load_embed_token(text, settings())


def test_one_changed_letter_is_refused() -> None:
    sealed = frame.sign_embed_token(POST, settings())

    for at in range(0, len(sealed), 7):
        changed = sealed[:at] + ("A" if sealed[at] != "A" else "B") + sealed[at + 1 :]
        with pytest.raises(EmbedTokenRefused):
            frame.load_embed_token(changed, settings())


def test_another_site_s_secret_does_not_open_it() -> None:
    with pytest.raises(EmbedTokenRefused):
        frame.load_embed_token(
            frame.sign_embed_token(POST, settings("theirs, and long enough")), settings("ours, and long enough")
        )


def test_keys_can_be_exchanged_without_breaking_open_pages() -> None:
    old, new = "the old one of them", "the new one of them"
    before = frame.sign_embed_token(POST, settings(old))

    assert frame.load_embed_token(before, settings(new, old)) == POST
    assert frame.sign_embed_token(POST, settings(new, old)) == frame.sign_embed_token(POST, settings(new))


def signed(*description: Any) -> str:
    """A token with our signature over whatever is wanted."""
    secret = settings().frame.secrets
    how = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return str(URLSafeSerializer(secret, salt=frame.SALT, signer_kwargs=how).dumps(description))


@pytest.mark.parametrize(
    ("platform", "kind", "address"),
    [
        ("facebook", "like", "https://www.facebook.com/leinau"),
        ("facebook", "postcard", "https://www.facebook.com/leinau/posts/1"),
        ("nowhere", "post", "https://www.facebook.com/leinau/posts/1"),
        ("facebook", "post", "https://evil.example/leinau/posts/1"),
    ],
)
def test_what_the_registry_does_not_show_is_refused_even_if_it_was_signed(
    platform: str, kind: str, address: str
) -> None:
    assert (
        frame.load_embed_token(signed(POST.platform, POST.kind, POST.address, dict(POST.options)), settings()) == POST
    )

    with pytest.raises(EmbedTokenRefused):
        frame.load_embed_token(signed(platform, kind, address, {}), settings())


def test_options_are_cleaned_again_on_the_way_in() -> None:
    wide = Embed(POST.platform, POST.kind, POST.address, (("width", "99999"), ("evil", "1")))

    opened = frame.load_embed_token(frame.sign_embed_token(wide, settings()), settings())

    assert dict(opened.options)["width"] == "750"
    assert "evil" not in dict(opened.options)


def test_a_signature_of_another_purpose_is_refused() -> None:
    elsewhere = URLSafeSerializer("only for these tests", salt="sessions").dumps(["facebook", "post", POST.address, {}])

    with pytest.raises(EmbedTokenRefused):
        frame.load_embed_token(str(elsewhere), settings())


def test_without_a_secret_nothing_is_sealed() -> None:
    with pytest.raises(ConfigurationError, match="SHARIFF_FRAME__SECRETS"):
        frame.sign_embed_token(POST, Settings())


def test_the_document_may_show_one_origin_and_nothing_else() -> None:
    document = frame.frame_document(settings(), GERMAN, POST)

    policy = document.headers["Content-Security-Policy"]

    assert document.status == 200
    assert policy == (
        "default-src 'none'; style-src 'self'; frame-src https://www.facebook.com; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'self'; "
        "sandbox allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms"
    )
    assert document.headers["Referrer-Policy"] == "no-referrer"
    assert document.headers["Cache-Control"] == "no-store"


def test_every_device_function_is_off_but_what_a_player_needs() -> None:
    features = frame.frame_document(settings(), GERMAN, POST).headers["Permissions-Policy"].split(", ")

    assert {"camera=()", "storage-access=()", "ch-ua=()", "browsing-topics=()", "autoplay=()"} <= set(features)
    assert [feature for feature in features if not feature.endswith("=()")] == [
        'clipboard-write=(self "https://www.facebook.com")',
        'encrypted-media=(self "https://www.facebook.com")',
        'fullscreen=(self "https://www.facebook.com")',
        'picture-in-picture=(self "https://www.facebook.com")',
        'web-share=(self "https://www.facebook.com")',
    ]


def test_every_device_function_is_off_for_content_that_needs_none() -> None:
    document = frame.frame_document(settings(), GERMAN, recognise("https://www.facebook.com/leinau"))

    assert all(feature.endswith("=()") for feature in document.headers["Permissions-Policy"].split(", "))


def test_the_platform_s_frame_is_without_login_without_referrer_and_without_top_navigation() -> None:
    page = BeautifulSoup(frame.frame_document(settings(), GERMAN, POST).html, "html.parser")

    (content,) = page.select("iframe")

    assert str(content["src"]).startswith(
        "https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com"
    )
    assert content.has_attr("credentialless")
    assert content["referrerpolicy"] == "no-referrer"
    assert set(content["sandbox"]) == {
        "allow-scripts", "allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox", "allow-forms",
    }  # fmt: skip
    assert content["title"] == "Facebook-Beitrag"
    assert "autoplay" not in str(content["src"])


def test_the_line_above_says_whose_content_it_is_and_how_to_remove_it() -> None:
    page = BeautifulSoup(frame.frame_document(settings(), GERMAN, POST).html, "html.parser")

    line = page.select_one("body > p")

    assert line is not None
    assert "Dieser Inhalt kommt von Facebook. Bleibt das Feld leer, ist der Inhalt blockiert" in line.get_text()
    assert [a["href"] for a in line.select("a")] == [POST.address, "/shariff/frame/removed?lang=de"]
    assert set(line.select("a")[0]["rel"]) == {"noopener", "noreferrer"}


def test_a_mock_server_is_the_one_origin_and_the_line_says_so() -> None:
    document = frame.frame_document(settings(stand_in={"www.facebook.com": "http://127.0.0.1:8001"}), GERMAN, POST)

    assert "frame-src http://127.0.0.1:8001;" in document.headers["Content-Security-Policy"]
    assert 'src="http://127.0.0.1:8001/plugins/post.php?' in document.html
    assert "facebook.com" not in document.headers["Content-Security-Policy"]
    assert "Testserver" in document.html


@pytest.mark.parametrize(
    "closed",
    [
        pytest.param({"releases": {"facebook": {"state": "not_released"}}}, id="not released"),
        pytest.param({"releases": {"facebook": {"state": "suspended"}}}, id="suspended"),
        pytest.param({"releases": {"facebook": {"state": "withdrawn"}}}, id="withdrawn"),
        pytest.param({"controllers": {}}, id="nobody responsible"),
    ],
)
def test_an_ended_release_also_stops_pages_made_earlier(closed: dict[str, Any]) -> None:
    document = frame.frame_document(settings(**closed), GERMAN, POST)

    assert document.status == 403
    assert "iframe" not in document.html
    assert "frame-src" not in document.headers["Content-Security-Policy"]


@pytest.mark.parametrize("made", [frame.removed_document, frame.refused_document])
def test_our_own_documents_hold_a_sentence_and_load_nothing(made: Any) -> None:
    document = made(settings(), GERMAN)

    page = BeautifulSoup(document.html, "html.parser")

    assert page.select_one("body > p") is not None
    assert not page.select("iframe, script, [style], a")
    assert document.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'; base-uri")


def test_what_a_script_shows_is_written_in_its_own_direction() -> None:
    using = settings(
        site={"origin": "https://www.example.org"},
        releases={"gist": {"state": "released"}},
        frame={"secrets": ["only for these tests"], "isolated_origin": "https://content.example.net"},
    )
    gist = recognise("https://gist.github.com/musterstadt/0123456789abcdef0123456789abcdef")

    page = BeautifulSoup(frame.isolated_document(using, LANGUAGES["ar"], gist).html, "html.parser")

    assert page.html is not None
    assert page.p is not None
    assert (page.html["lang"], page.html.get("dir"), page.p["dir"]) == ("ar", None, "rtl")
