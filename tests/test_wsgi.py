"""The WSGI middleware around applications of every manner: pages are gated, everything else passes as it came."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from werkzeug.test import Client

from shariff_py import Settings
from shariff_py.web.wsgi import ShariffMiddleware

EMBED = '<iframe src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></iframe>'
PAGE = f"<!doctype html><html lang=de><title>Füße</title><p>Vor</p>{EMBED}<p>Nach</p>"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "releases": {"facebook": {"state": "released"}},
            "frame": {"secrets": ["only for these tests"]},
            "counts": {"store": f"sqlite:///{tmp_path}/counts.sqlite"},
            "journal": {"path": str(tmp_path / "outgoing.jsonl")},
            "controllers": {
                "city": {
                    "name": "Łódź an der Leine",
                    "contact_url": "/k",
                    "privacy_url": "/d",
                    "alternative_url": "/a",
                },
            },
        }
    )


def answering(body: bytes, *headers: tuple[str, str], status: str = "200 OK") -> Any:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response(status, [("Content-Type", "text/html; charset=utf-8"), *headers])
        return [body]

    return application


def ask(application: Any, settings: Settings, path: str = "/page", method: str = "GET") -> Any:
    return Client(ShariffMiddleware(application, settings=settings)).open(path, method=method)


def test_a_page_is_gated_and_its_length_and_validators_follow(settings: Settings) -> None:
    page = PAGE.encode()
    application = answering(page, ("Content-Length", str(len(page))), ("ETag", '"old"'), ("X-Own", "kept"))

    reply = ask(application, settings)

    assert "facebook.com/plugins" not in reply.text
    assert "Füße" in reply.text
    assert int(reply.headers["Content-Length"]) == len(reply.data)
    assert "ETag" not in reply.headers
    assert reply.headers["X-Own"] == "kept"
    assert reply.headers["X-DNS-Prefetch-Control"] == "off"


def test_a_page_without_platform_content_comes_through_byte_for_byte_with_its_validators(settings: Settings) -> None:
    page = b"<p>Nur Text \xff\r\n</>"

    reply = ask(answering(page, ("ETag", '"same"')), settings)

    assert reply.data == page
    assert reply.headers["ETag"] == '"same"'


@pytest.mark.parametrize(
    ("application", "method"),
    [
        pytest.param(answering(PAGE.encode(), status="206 Partial Content"), "GET", id="a part of a page"),
        pytest.param(answering(gzip.compress(PAGE.encode()), ("Content-Encoding", "gzip")), "GET", id="compressed"),
        pytest.param(answering(b"", ("Content-Length", "999")), "HEAD", id="head"),
    ],
)
def test_what_is_no_complete_page_is_left_alone(settings: Settings, application: Any, method: str) -> None:
    plain = Client(application).open("/page", method=method)

    reply = ask(application, settings, method=method)

    assert (reply.status, reply.data) == (plain.status, plain.data)
    assert reply.headers.get("Content-Length") == plain.headers.get("Content-Length")


@pytest.mark.parametrize("content_type", ["text/html", "TEXT/HTML; charset=", "text/html; charset=utf8mb4", "text/html; charset=idna",
                                          "text/html; charset=undefined"] )  # fmt: skip
@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "500 Internal Server Error"])
def test_no_odd_declaration_and_no_error_page_slips_through(settings: Settings, content_type: str, status: str) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response(status, [("Content-Type", content_type), ("Content-Encoding", "identity")])
        return [PAGE.encode() + b"x"]

    reply = ask(application, settings)

    assert reply.status == status
    assert b"facebook.com/plugins" not in reply.data
    assert "Füße".encode() in reply.data


def test_a_page_that_came_compressed_is_passed_on_with_a_warning(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    ask(answering(gzip.compress(PAGE.encode()), ("Content-Encoding", "gzip")), settings)

    assert "ungated" in caplog.text


def test_a_page_in_an_older_character_set_that_only_its_markup_declares_shows_our_letters_right(
    settings: Settings,
) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return [("<meta charset=iso-8859-1>" + PAGE).encode("iso-8859-1")]

    page = ask(application, settings).data

    assert "Füße" in page.decode("iso-8859-1")
    assert "Łódź" in BeautifulSoup(page, "html.parser", from_encoding="iso-8859-1").get_text()


def test_bytes_that_are_no_letters_hide_no_embed(settings: Settings) -> None:
    page = b'<p>Vor</p><iframe src="https://www.facebook.com/plugins/page.php?href=\xff&x=\xed\xa0\x80"></iframe>'

    assert b"facebook.com/plugins" not in ask(answering(page), settings).data


def test_data_that_only_looks_like_a_page_is_left_alone(settings: Settings) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [EMBED.encode()]

    assert ask(application, settings).data == EMBED.encode()


def test_an_application_that_writes_in_pieces_or_starts_late_is_gated_too(settings: Settings) -> None:
    def pieces(environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        yield from (PAGE[i : i + 7].encode("utf-8", "surrogateescape") for i in range(0, len(PAGE), 7))

    def writing(environ: Any, start_response: Any) -> list[bytes]:
        write = start_response("200 OK", [("Content-Type", "text/html")])
        write(b"<p>Vor</p>")
        return [EMBED.encode()]

    for application in (pieces, writing):
        reply = ask(application, settings)
        assert "facebook.com/plugins" not in reply.text
        assert BeautifulSoup(reply.text, "html.parser").find("shariff-gate") is not None


def test_the_body_of_the_application_is_closed_even_when_it_fails(settings: Settings) -> None:
    closed = []

    class Body:
        def __iter__(self) -> Iterator[bytes]:
            yield b"<p>"
            raise RuntimeError("lost")

        def close(self) -> None:
            closed.append(True)

    def application(environ: Any, start_response: Any) -> Body:
        start_response("200 OK", [("Content-Type", "text/html")])
        return Body()

    with pytest.raises(RuntimeError, match="lost"):
        ask(application, settings)

    assert closed == [True]


def test_other_character_sets_keep_their_letters(settings: Settings) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=iso-8859-1")])
        return [PAGE.encode("iso-8859-1") + b"\x80\xff"]

    page = ask(application, settings).data

    assert "Füße" in page.decode("iso-8859-1")
    assert page.endswith(b"\x80\xff")
    assert "Łódź an der Leine" in BeautifulSoup(page, "html.parser", from_encoding="iso-8859-1").get_text()


def test_bytes_that_are_no_letters_of_the_declared_set_stay_as_they_are(settings: Settings) -> None:
    page = ask(answering(PAGE.encode() + b"\xff\xfe"), settings).data

    assert page.endswith(b"\xff\xfe")
    assert "Łódź" in BeautifulSoup(page, "html.parser").get_text()


def test_everything_below_the_prefix_is_answered_by_the_middleware(settings: Settings) -> None:
    application = answering(PAGE.encode())
    client = Client(ShariffMiddleware(application, settings=settings))
    form = BeautifulSoup(client.get("/page").text, "html.parser").find("form")
    assert form is not None
    fields = {str(field["name"]): str(field["value"]) for field in form.find_all("input", attrs={"name": True})}

    frame = client.post(str(form["action"]), data=fields)

    assert 'src="https://www.facebook.com/plugins/post.php?' in frame.text
    with client.get("/shariff/static/shariff.min.js") as script:
        assert script.status_code == 200
    assert client.get("/shariff/counts?url=https://www.leinau.example/page").get_json() == {}
