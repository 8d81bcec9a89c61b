"""The WSGI middleware around applications of every manner: pages are gated, everything else passes as it came."""

from __future__ import annotations

import gzip
import random
import tracemalloc
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from bs4 import BeautifulSoup
from werkzeug.test import Client, create_environ

from shariff_py import Settings
from shariff_py.web.gated_response import MAX_BUFFERED_BYTES
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


def response_of(application: Any, settings: Settings, path: str = "/page", method: str = "GET") -> Any:
    return Client(ShariffMiddleware(application, settings=settings)).open(path, method=method)


def test_a_page_is_gated_and_its_length_and_validators_follow(settings: Settings) -> None:
    page = PAGE.encode()
    application = answering(page, ("Content-Length", str(len(page))), ("ETag", '"old"'), ("X-Own", "kept"))

    reply = response_of(application, settings)

    assert "facebook.com/plugins" not in reply.text
    assert "Füße" in reply.text
    assert int(reply.headers["Content-Length"]) == len(reply.data)
    assert reply.headers["ETag"].startswith('"old-shariff-')
    assert reply.headers["X-Own"] == "kept"
    assert reply.headers["X-DNS-Prefetch-Control"] == "off"


def test_a_page_without_platform_content_comes_through_byte_for_byte_with_its_validators(settings: Settings) -> None:
    page = b"<p>Nur Text \xff\r\n</>"

    reply = response_of(answering(page, ("ETag", '"same"')), settings)

    assert reply.data == page
    assert reply.headers["ETag"] == '"same"'


@pytest.mark.parametrize(
    ("application", "method"),
    [
        pytest.param(answering(PAGE.encode(), status="206 Partial Content"), "GET", id="a part of a page"),
        pytest.param(answering(b"x", ("Content-Encoding", "compress")), "GET", id="compressed in a way nobody reads"),
        pytest.param(
            answering(PAGE.encode(), ("Content-Disposition", "attachment; filename=a.html")), "GET", id="attachment"
        ),
        pytest.param(answering(b"", ("Content-Length", "999")), "HEAD", id="head"),
    ],
)
def test_what_is_no_complete_page_is_left_alone(settings: Settings, application: Any, method: str) -> None:
    plain = Client(application).open("/page", method=method)

    reply = response_of(application, settings, method=method)

    assert (reply.status, reply.data) == (plain.status, plain.data)
    assert reply.headers.get("Content-Length") == plain.headers.get("Content-Length")


@pytest.mark.parametrize("content_type", ["text/html", "TEXT/HTML; charset=", "text/html; charset=utf8mb4", "text/html; charset=idna",
                                          "text/html; charset=undefined"] )  # fmt: skip
@pytest.mark.parametrize("status", ["200 OK", "404 Not Found", "500 Internal Server Error"])
def test_no_odd_declaration_and_no_error_page_slips_through(settings: Settings, content_type: str, status: str) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response(status, [("Content-Type", content_type), ("Content-Encoding", "identity")])
        return [PAGE.encode() + b"x"]

    reply = response_of(application, settings)

    assert reply.status == status
    assert b"facebook.com/plugins" not in reply.data
    assert "Füße".encode() in reply.data


CODINGS = {
    "gzip": (gzip.compress, gzip.decompress),
    "deflate": (zlib.compress, zlib.decompress),
    "br": (brotli.compress, brotli.decompress),
    "zstd": (zstandard.compress, lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body)),
}


@pytest.mark.slow
@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("filling", [0, 2 * MAX_BUFFERED_BYTES], ids=["short", "long"])
def test_a_compressed_page_is_gated_and_compressed_again(settings: Settings, coding: str, filling: int) -> None:
    compress, decompress = CODINGS[coding]
    page = PAGE.encode() + b"<p>" + random.Random(1).randbytes(filling).hex().encode()

    reply = response_of(answering(compress(page), ("Content-Encoding", coding)), settings)

    assert reply.headers["Content-Encoding"] == coding
    assert b"facebook.com/plugins" not in decompress(reply.data)
    assert decompress(reply.data).endswith(page[-10:])


@pytest.mark.parametrize("coding", CODINGS)
def test_a_compressed_page_without_platform_content_keeps_its_very_bytes(settings: Settings, coding: str) -> None:
    body = CODINGS[coding][0](b"<p>Nur Text")

    assert response_of(answering(body, ("Content-Encoding", coding)), settings).data == body


@pytest.mark.parametrize(
    ("coding", "body"), [("compress", b"x"), ("gzip", b"no gzip"), ("zstd", b"no zstd"), ("gzip, br", b"x")]
)
def test_what_cannot_be_read_is_passed_on_with_a_warning_and_the_policy(
    settings: Settings, caplog: pytest.LogCaptureFixture, coding: str, body: bytes
) -> None:
    reply = response_of(answering(body, ("Content-Encoding", coding)), settings)

    assert reply.data == body
    assert "frame-src 'self'" in reply.headers["Content-Security-Policy"]
    assert "not gated" in caplog.text


def test_an_application_is_only_offered_codings_that_can_be_read(settings: Settings) -> None:
    seen = []

    def application(environ: Any, start_response: Any) -> list[bytes]:
        seen.append(environ.get("HTTP_ACCEPT_ENCODING"))
        start_response("200 OK", [])
        return []

    client = Client(ShariffMiddleware(application, settings=settings))
    client.get("/", headers={"Accept-Encoding": "gzip, dcb, br;q=0.5, *;q=0.1, zstd"})

    assert seen == ["gzip, br;q=0.5, zstd"]


class TestAPageRequestedAgain:
    """The browser sends back the ``ETag`` it was given, the application gets its own."""

    @staticmethod
    def application(environ: Any, start_response: Any) -> list[bytes]:
        if environ.get("HTTP_IF_NONE_MATCH") == '"v1"':
            start_response("304 Not Modified", [("ETag", '"v1"')])
            return []
        start_response("200 OK", [("Content-Type", "text/html"), ("ETag", '"v1"')])
        return [PAGE.encode()]

    def test_an_unchanged_page_is_confirmed_by_the_browsers_own_etag(self, settings: Settings) -> None:
        client = Client(ShariffMiddleware(self.application, settings=settings))
        tag = client.get("/").headers["ETag"]

        again = client.get("/", headers={"If-None-Match": tag})

        assert (again.status_code, again.headers["ETag"]) == (304, tag)

    def test_it_comes_anew_when_the_settings_have_changed(self, settings: Settings) -> None:
        tag = Client(ShariffMiddleware(self.application, settings=settings)).get("/").headers["ETag"]
        suspended = replace(settings, releases={"facebook": replace(settings.releases["facebook"], state="suspended")})

        again = Client(ShariffMiddleware(self.application, settings=suspended)).get("/", headers={"If-None-Match": tag})

        assert again.status_code == 200
        assert again.headers["ETag"] != tag


@pytest.mark.slow
def test_a_long_page_is_passed_on_before_it_is_complete(settings: Settings) -> None:
    drawn = []

    def application(environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/html"), ("Content-Length", "99")])
        for number in range(200):
            drawn.append(number)
            yield b"<p>Text</p>\n" * 1000
        yield EMBED.encode()

    body = iter(ShariffMiddleware(application, settings=settings)(create_environ(), lambda *_: lambda _: None))

    assert next(body)
    assert len(drawn) < 50
    rest = b"".join(body)
    assert b"<shariff-gate" in rest
    assert b"facebook.com/plugins" not in rest


@pytest.mark.parametrize(("size", "has_length"), [(262_144, True), (262_145, False)])
def test_a_page_up_to_a_quarter_of_a_megabyte_goes_out_with_its_length(
    settings: Settings, size: int, has_length: bool
) -> None:
    response = response_of(answering(PAGE.encode().ljust(size)), settings)

    assert ("Content-Length" in response.headers) == has_length


@pytest.mark.slow
def test_what_is_held_of_a_long_page_does_not_grow_with_it(settings: Settings) -> None:
    def most(megabytes: int) -> int:
        def application(environ: Any, start_response: Any) -> Iterator[bytes]:
            start_response("200 OK", [("Content-Type", "text/html")])
            for _ in range(megabytes):
                yield b"<p>Text</p>\n" * 12_000

        middleware = ShariffMiddleware(application, settings=settings)
        tracemalloc.start()
        for _ in middleware(create_environ(), lambda *_: lambda _: None):
            pass
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    most(1)  # Templates and tables are read once.
    assert most(8) < 1.5 * most(3)


@pytest.mark.parametrize(
    ("header", "left"),
    [
        (("Link", "<https://connect.facebook.net>; rel=preconnect, </a.css>; rel=preload"), "</a.css>; rel=preload"),
        (("Link", "<//www.facebook.com/x>; rel=dns-prefetch"), None),
        (("Refresh", "0; url=https://www.facebook.com/leinau"), None),
        (("Link", "</a.css>; rel=preload, </b.js>; rel=preload"), "</a.css>; rel=preload, </b.js>; rel=preload"),
        (("Refresh", "5; url=/neu"), "5; url=/neu"),
    ],
)
def test_hints_in_headers_lead_to_no_platform(settings: Settings, header: tuple[str, str], left: str | None) -> None:
    assert response_of(answering(b"<p>", header), settings).headers.get(header[0]) == left


@pytest.mark.parametrize(
    "header", [{"X-Requested-With": "XMLHttpRequest"}, {"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}]
)
def test_pieces_of_pages_are_gated_unless_the_settings_say_otherwise(
    settings: Settings, header: dict[str, str]
) -> None:
    left = replace(settings, gate=replace(settings.gate, fragments=False))

    for given, gated in ((settings, True), (left, False)):
        client = Client(ShariffMiddleware(answering(PAGE.encode()), settings=given))
        assert ("facebook.com/plugins" not in client.get("/", headers=header).text) is gated


def test_pages_carry_the_policy_beside_their_own(settings: Settings) -> None:
    reply = response_of(answering(b"<p>", ("Content-Security-Policy", "script-src 'none'")), settings)

    own, ours = reply.headers.getlist("Content-Security-Policy")
    assert own == "script-src 'none'"
    assert ours.startswith("default-src 'self'")


def test_a_page_in_an_older_character_set_that_only_its_markup_declares_shows_our_letters_right(
    settings: Settings,
) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        return [("<meta charset=iso-8859-1>" + PAGE).encode("iso-8859-1")]

    page = response_of(application, settings).data

    assert "Füße" in page.decode("iso-8859-1")
    assert "Łódź" in BeautifulSoup(page, "html.parser", from_encoding="iso-8859-1").get_text()


def test_bytes_that_are_no_letters_hide_no_embed(settings: Settings) -> None:
    page = b'<p>Vor</p><iframe src="https://www.facebook.com/plugins/page.php?href=\xff&x=\xed\xa0\x80"></iframe>'

    assert b"facebook.com/plugins" not in response_of(answering(page), settings).data


def test_data_that_only_looks_like_a_page_is_left_alone(settings: Settings) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json")])
        return [EMBED.encode()]

    assert response_of(application, settings).data == EMBED.encode()


def test_an_application_that_writes_in_pieces_or_starts_late_is_gated_too(settings: Settings) -> None:
    def pieces(environ: Any, start_response: Any) -> Iterator[bytes]:
        start_response("200 OK", [("Content-Type", "text/html")])
        yield from (PAGE[i : i + 7].encode("utf-8", "surrogateescape") for i in range(0, len(PAGE), 7))

    def writing(environ: Any, start_response: Any) -> list[bytes]:
        write = start_response("200 OK", [("Content-Type", "text/html")])
        write(b"<p>Vor</p>")
        return [EMBED.encode()]

    for application in (pieces, writing):
        reply = response_of(application, settings)
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
        response_of(application, settings)

    assert closed == [True]


def test_other_character_sets_keep_their_letters(settings: Settings) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=iso-8859-1")])
        return [PAGE.encode("iso-8859-1") + b"\x80\xff"]

    page = response_of(application, settings).data

    assert "Füße" in page.decode("iso-8859-1")
    assert page.endswith(b"\x80\xff")
    assert "Łódź an der Leine" in BeautifulSoup(page, "html.parser", from_encoding="iso-8859-1").get_text()


def test_bytes_that_are_no_letters_of_the_declared_set_stay_as_they_are(settings: Settings) -> None:
    page = response_of(answering(PAGE.encode() + b"\xff\xfe"), settings).data

    assert page.endswith(b"\xff\xfe")
    assert "Łódź" in BeautifulSoup(page.decode("utf-8", "replace"), "html.parser").get_text()


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
