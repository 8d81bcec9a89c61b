"""What the mock server shows to browsers: one labelled document for every frame of every platform, and for every other address."""

from __future__ import annotations

import re

import pytest

from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY, count_hosts
from shariff_py.platforms.stub import StubReply, StubRequest
from shariff_py.settings import Settings
from shariff_py.testing import StandIn
from shariff_py.testing.frames import FRAMES
from shariff_py.testing.frames.answer import answer
from shariff_py.testing.stubs import load_stubs

SAMPLES = [
    (record.name, kind.name, sample)
    for record in REGISTRY.values()
    for kind in record.embeds
    if kind.becomes == "gate"
    for sample in kind.samples
]
POST = "/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2FStadt.Leinau%2Fposts%2F123456"
VIDEO = "/embed/AbCdEfGhIjK?rel=0"


def reply_to(target: str, **headers: str) -> StubReply:
    path, _, query = target.partition("?")
    return answer(StubRequest("GET", path, query, headers, b"", number=lambda _: None, spend=lambda _: 0.0))


def document(target: str, language: str = "de", **headers: str) -> str:
    reply = reply_to(target, **{"accept-language": language, **headers})
    assert reply.status == 200
    return reply.body.decode()


@pytest.mark.parametrize(("name", "kind", "sample"), SAMPLES)
def test_every_frame_of_every_platform_is_labelled_and_names_what_was_requested(
    name: str, kind: str, sample: str
) -> None:
    embed = recognise(sample)

    text = document(embed.frame_address.removeprefix(f"https://{embed.frame_host}"))

    assert f"Platzhalter für {REGISTRY[name].title}, keine echten Inhalte" in text
    shown = re.search(r'<span class="address">([^<]+)</span>', text)
    assert shown is not None
    # Kinds that share a frame are one to it: the page that it names leads to the same frame.
    assert recognise(shown[1].replace("&amp;", "&").replace("server.invalid", embed.frame_host)).record is embed.record


@pytest.mark.parametrize(
    ("path", "what", "label", "address", "shape"),
    [
        (VIDEO, "YouTube-Video", "YouTube", "https://www.youtube.com/watch?v=AbCdEfGhIjK", "screen"),
        ("/video/123456789?dnt=1", "Vimeo-Video", "Vimeo", "https://vimeo.com/123456789", "screen"),
        (POST, "Facebook-Beitrag", "Facebook", "https://www.facebook.com/Stadt.Leinau/posts/123456", "lines"),
        (f"/v19.0{POST}", "Facebook-Beitrag", "Facebook", "https://www.facebook.com/Stadt.Leinau/posts/123456", "lines"),
        ("/@town/112233/embed", "Mastodon-Beitrag", "Mastodon", "https://server.invalid/@town/112233", "screen"),
        ("/p/CabcDefGhiJ/embed/captioned/", "Instagram-Beitrag", "Instagram", "https://www.instagram.com/p/CabcDefGhiJ/", "lines"),
    ],
)  # fmt: skip
def test_a_frame_says_what_it_stands_for(path: str, what: str, label: str, address: str, shape: str) -> None:
    text = document(path)

    assert f"<h1>{what}</h1>" in text
    assert f"Hier stünde der Inhalt: {what}." in text
    assert f'<p class="label">Platzhalter für {label}, keine echten Inhalte</p>' in text
    assert f'<span class="address">{address}</span>' in text
    assert f'<body class="{shape}">' in text


@pytest.mark.parametrize(
    ("path", "what", "label", "address"),
    [
        ("/watch?v=AbCdEfGhIjK", "YouTube-Video", "YouTube", "https://www.youtube.com/watch?v=AbCdEfGhIjK"),
        ("/stadt.leinau/posts/123/4", "Facebook-Beitrag", "Facebook", "https://www.facebook.com/stadt.leinau/posts/123/4"),
        ("/Stadt.Leinau", "Adresse bei der Plattform", "eine Plattform", "/Stadt.Leinau"),
        ("/sharer/sharer.php?u=https%3A%2F%2Fwww.example.org%2F", "Adresse bei der Plattform", "eine Plattform", "https://www.example.org/"),
        ("/no/content?a=1", "Adresse bei der Plattform", "eine Plattform", "/no/content?a=1"),
    ],
)  # fmt: skip
def test_every_other_address_is_the_platform_in_a_window_of_its_own(
    path: str, what: str, label: str, address: str
) -> None:
    text = document(path)

    assert f"<h1>{what}</h1>" in text
    assert "Hier öffnete sich die Plattform selbst" in text
    assert f"Platzhalter für {label}, keine echten Inhalte" in text
    assert f'<span class="address">{address}</span>' in text
    assert '<body class="place">' in text


def test_it_speaks_english_too() -> None:
    text = document(VIDEO, "en", cookie="stand-in-browser=1")

    assert "<h1>YouTube video</h1>" in text
    assert "Stand-in for YouTube, no real content" in text
    assert "<dt>Earlier cookie</dt><dd>yes</dd>" in text


@pytest.mark.parametrize(
    ("accepted", "language"),
    [("de", "de"), ("en-GB,en;q=0.9,de;q=0.8", "en"), ("fr-FR,de;q=0.5", "de"), ("fr", "en"), ("", "en")],
)
def test_frames_speak_the_visitors_language_where_they_can(accepted: str, language: str) -> None:
    assert f'<html lang="{language}">' in document(VIDEO, accepted)


def test_a_frame_sets_two_cookies_is_never_stored_and_sends_no_referrer() -> None:
    reply = reply_to(VIDEO)
    headers, cookies = reply.headers, reply.cookies

    assert cookies == (
        "stand-in-browser=1; Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=None",
        "stand-in-device=1; Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=None",
    )
    assert headers["content-type"] == "text/html; charset=utf-8"
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"


def test_what_comes_in_is_text_in_the_frame_and_never_markup() -> None:
    attack = "%22%3E%3Cscript%3Ealert(1)%3C/script%3E%24what"

    for path in (f"/plugins/post.php?href=https://www.facebook.com/{attack}", f"/sharer/sharer.php?u={attack}", f"/{attack}"):  # fmt: skip
        text = document(path, "<b>")

        assert "<script>alert" not in text
        assert "<b>" not in text


def test_everything_a_frame_loads_is_there() -> None:
    text = document(VIDEO)

    for path, kind in (("/stand-in/frame.css", "text/css"), ("/stand-in/frame.js", "text/javascript")):
        assert f'"{path}"' in text
        reply = reply_to(path)
        assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, kind)


@pytest.mark.parametrize("path", ["/favicon.ico", "/robots.txt"])
def test_what_browsers_ask_for_of_their_own_accord_is_not_there(path: str) -> None:
    assert reply_to(path).status == 404


def test_its_addresses_are_another_site_for_browsers_and_this_machine_alone(stand_in: StandIn) -> None:
    settings = stand_in.settings
    browsers = {host for host, origin in settings.items() if origin == stand_in.origin}
    servers = {host for host, origin in settings.items() if origin == f"http://127.0.0.1:{stand_in.port}"}

    assert browsers | servers == settings.keys()
    assert {
        "maps.google.com", "platform.twitter.com", "player.vimeo.com", "vimeo.com", "www.facebook.com", "www.google.com",
        "www.instagram.com", "www.openstreetmap.org", "www.youtube-nocookie.com", "www.youtube.com", "x.com",
    } <= browsers  # fmt: skip
    assert {"graph.facebook.com", "oauth.reddit.com", "vk.com"} <= servers
    assert set(count_hosts()) <= settings.keys()


def test_frames_of_a_server_that_anybody_may_run_can_be_sent_to_it(stand_in: StandIn) -> None:
    settings = Settings.from_mapping({"stand_in": {**stand_in.settings, "social.example.org": stand_in.origin}})

    assert settings.origin_of("social.example.org") == stand_in.origin


def test_the_documents_reply_to_whatever_no_platforms_own_stub_does() -> None:
    assert [stub for stub in load_stubs() if stub.paths is None] == [FRAMES]
    assert FRAMES.role == "frame"
