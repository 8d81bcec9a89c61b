"""Each header, coding, mark and extension by which the responses of a site are distinguished and changed: one response for each row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from flask import Flask, Response
from support.asgi_client import answered, http_scope
from support.golden import CONFIGURATION
from support.rows import loads
from werkzeug.test import Client, TestResponse

from shariff_py import Settings, Shariff
from shariff_py.response_policy.csp import POLICY
from shariff_py.web import asgi, wsgi
from shariff_py.web.request_info import RequestInfo

PICTURE = '<img src="https://scontent.fbcdn.net/a">'
PAGE = f"<p>Füße</p>{PICTURE}"
FACEBOOK = "https://www.facebook.com"

Headers = list[tuple[str, str]]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("rows")
    return Settings.from_mapping(
        {
            **CONFIGURATION,
            "counts": {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside"},
            "journal": {"path": str(folder / "outgoing.jsonl")},
        }
    )


class Application:
    """An application with a given response, which keeps the request's environment."""

    def __init__(self) -> None:
        self.body, self.headers, self.status = b"", list[tuple[str, str]](), "200 OK"
        self.environ_seen: dict[str, Any] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.environ_seen = environ
        start_response(self.status, self.headers)
        return [self.body]


@pytest.fixture(scope="module")
def application() -> Application:
    return Application()


@pytest.fixture(scope="module")
def site(application: Application, settings: Settings) -> Client:
    return Client(wsgi.ShariffMiddleware(application, settings=settings))


@pytest.fixture
def response(application: Application, site: Client) -> Any:
    """What becomes of a response with these headers; a page where they do not say otherwise."""

    def fetch(
        headers: Headers, body: bytes = PAGE.encode(), status: str = "200 OK", **environ_seen: str
    ) -> TestResponse:
        kinds = {name.lower() for name, _ in headers}
        usual = [] if "content-type" in kinds else [("Content-Type", "text/html; charset=utf-8")]
        application.headers, application.body, application.status = [*usual, *headers], body, status
        return site.get("/page", headers={name.replace("_", "-"): value for name, value in environ_seen.items()})

    return fetch


HINTS = [
    ("Link", f"<{FACEBOOK}>; rel=preconnect"),
    ("LINK", f"<{FACEBOOK}/a>;rel=preload"),
    ("Refresh", f"0; url={FACEBOOK}"),
    ("refresh", f"5;{FACEBOOK}"),
]


@pytest.mark.parametrize(("name", "value"), HINTS)
def test_a_header_by_which_a_browser_would_go_to_a_platform_goes(response: Any, name: str, value: str) -> None:
    assert name not in response([(name, value)]).headers


@pytest.mark.parametrize(("name", "value"), [*HINTS, ("Location", FACEBOOK), ("X-Own", FACEBOOK)])
def test_a_header_that_leads_to_the_site_or_is_none_of_them_stays(response: Any, name: str, value: str) -> None:
    own = value.replace(FACEBOOK, "https://www.leinau.example") if (name, value) in HINTS else value

    assert response([(name, own)]).headers[name] == own


@pytest.mark.parametrize(
    "name",
    ["Content-MD5", "Digest", "Content-Digest", "Repr-Digest", "Accept-Ranges", "Last-Modified"],
)
def test_a_header_that_describes_the_body_as_it_was_stays_only_with_that_body(response: Any, name: str) -> None:
    assert name not in response([(name, "x")]).headers
    assert response([(name, "x")], b"<p>Text</p>").headers[name] == "x"


def test_the_length_is_that_of_the_body_that_goes_out(response: Any) -> None:
    reply = response([("Content-Length", str(len(PAGE.encode())))])

    assert reply.headers.getlist("Content-Length") == [str(len(reply.data))]
    assert len(reply.data) != len(PAGE.encode())


@pytest.mark.parametrize("kind", ["text/html", "application/xhtml+xml", "TEXT/HTML; charset=utf-8"])
def test_a_page_is_gated_and_carries_the_policy(response: Any, kind: str) -> None:
    reply = response([("Content-Type", kind)])

    assert PICTURE not in reply.text
    assert POLICY in reply.headers


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "text/xml", "image/svg+xml", "text/html5"])
def test_what_is_no_page_passes_as_it_came(response: Any, kind: str) -> None:
    reply = response([("Content-Type", kind)])

    assert PICTURE in reply.text
    assert POLICY not in reply.headers


@pytest.mark.parametrize("status", ["204 No Content", "205 Reset Content", "206 Partial Content", "304 Not Modified"])
def test_a_response_without_a_whole_page_passes_as_it_came(response: Any, status: str) -> None:
    assert response([("Content-Length", "7")], status=status).headers["Content-Length"] == "7"


@pytest.mark.parametrize(
    "status", ["200 OK", "203 Non-Authoritative", "404 Not Found", "410 Gone", "500 Internal Server Error"]
)
def test_a_response_with_a_page_is_gated_whatever_its_status(response: Any, status: str) -> None:
    assert PICTURE not in response([], status=status).text


@pytest.mark.parametrize("coding", ["gzip", "x-gzip", "deflate", "br", "zstd", "identity"])
def test_an_application_is_offered_each_coding_that_can_be_read(
    response: Any, application: Application, coding: str
) -> None:
    response([], accept_encoding=f"compress, {coding};q=0.5")

    assert application.environ_seen["HTTP_ACCEPT_ENCODING"] == f"{coding};q=0.5"


@pytest.mark.parametrize("name", ["wsgi.file_wrapper", "wsgi.early_hints"])
def test_an_application_is_not_offered_to_send_files_or_hints_past_the_gate(
    application: Application, site: Client, name: str
) -> None:
    application.headers, application.body = [("Content-Type", "text/html")], b""
    site.get("/page", environ_overrides={name: list})

    assert name not in application.environ_seen


PAST_US = [
    "http.response.pathsend", "http.response.zerocopysend", "http.response.push", "http.response.early_hint", "http.response.informational",
]  # fmt: skip


def extensions_left(settings: Settings, *offered: str) -> list[str]:
    seen: list[str] = []

    async def application(scope: Any, receive: Any, send: Any) -> None:
        seen.extend(scope["extensions"])

    scope = http_scope("/page", extensions={name: {} for name in offered})
    answered(asgi.ShariffMiddleware(application, settings=settings), scope)
    return seen


@pytest.mark.parametrize("name", PAST_US)
def test_an_asynchronous_application_is_not_offered_to_send_anything_past_the_gate(
    settings: Settings, name: str
) -> None:
    assert extensions_left(settings, name, "http.response.trailers") == ["http.response.trailers"]


@pytest.mark.parametrize("name", PAST_US)
def test_what_an_asynchronous_application_sends_past_the_gate_unasked_goes_nowhere(
    settings: Settings, name: str
) -> None:
    hints = [(b"link", b"<https://www.facebook.com>; rel=preconnect")]

    async def application(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": name, "status": 103, "headers": hints, "links": [hints[0][1]], "path": "/page"})
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"<p>x"})
        await send({"type": "http.response.trailers", "headers": []})

    sent = answered(asgi.ShariffMiddleware(application, settings=settings), http_scope("/page"))

    assert [message["type"] for message in sent] == [
        "http.response.start",
        "http.response.body",
        "http.response.trailers",
    ]


MARKS = [(b"\xef\xbb\xbf", "utf-8"), (b"\xfe\xff", "utf-16-be"), (b"\xff\xfe", "utf-16-le")]


@pytest.mark.parametrize(("mark", "codec"), MARKS)
def test_a_mark_at_the_beginning_says_how_a_page_is_read(response: Any, mark: bytes, codec: str) -> None:
    reply = response([("Content-Type", "text/html; charset=iso-8859-1")], mark + PAGE.encode(codec))

    assert reply.data == mark + "<p>Füße</p><!---->".encode(codec)


@pytest.mark.parametrize(
    ("label", "codec"),
    [("utf-16", "utf-16-le"), ("utf-16le", "utf-16-le"), ("utf-16be", "utf-16-be"), ("unicode", "utf-16-le")],
)
def test_a_set_of_two_bytes_a_letter_is_read_as_such(response: Any, label: str, codec: str) -> None:
    reply = response([("Content-Type", f"text/html; charset={label}")], PAGE.encode(codec))

    assert reply.data == "<p>Füße</p><!---->".encode(codec)


WIDE = "https://www.ｆacebook.com"
"""A host name with a letter that is another in the page's own set only."""

WIDE_FRAMES = {
    "gated": f'<iframe src="{WIDE}/plugins/post.php?href={FACEBOOK}/leinau/posts/1"></iframe>',
    "linked": f'<iframe src="{WIDE}/leinau"></iframe>',
    "shared": f'<iframe src="{WIDE}/plugins/share_button.php?href=https://www.leinau.example/x"></iframe>',
    "removed": f'<img src="{WIDE}/a.png">',
}


@pytest.mark.parametrize("document", WIDE_FRAMES.values(), ids=WIDE_FRAMES)
def test_a_host_that_is_a_platforms_in_the_pages_own_set_only_is_found(response: Any, document: str) -> None:
    reply = response([("Content-Type", "text/html; charset=shift_jis")], document.encode("shift_jis"))

    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert not loads(reply.text)


ORIGINS = [
    ("http", "www.leinau.example:80", "http://www.leinau.example"),
    ("https", "www.leinau.example:443", "https://www.leinau.example"),
    ("http", "www.leinau.example:443", "http://www.leinau.example:443"),
    ("https", "www.leinau.example:80", "https://www.leinau.example:80"),
]


@pytest.mark.parametrize(("scheme", "host", "origin"), ORIGINS)
def test_an_origin_is_written_without_the_usual_port(scheme: str, host: str, origin: str) -> None:
    request = RequestInfo.from_environ({"wsgi.url_scheme": scheme, "HTTP_HOST": host})

    assert request.origin == origin


@pytest.mark.parametrize(
    ("kind", "carries"), [("text/html", True), ("application/xhtml+xml", True), ("application/json", False)]
)
def test_a_page_of_flask_carries_the_policy(settings: Settings, kind: str, carries: bool) -> None:
    app = Flask("leinau")
    Shariff(app, settings=settings)
    app.add_url_rule("/page", "page", view_func=lambda: Response("<p>x</p>", mimetype=kind))

    assert (POLICY in app.test_client().get("/page").headers) == carries


@pytest.mark.parametrize("label", ["utf-16le", "utf-16be"])
def test_a_page_that_says_in_ascii_that_it_is_in_a_set_of_two_bytes_is_not(response: Any, label: str) -> None:
    page = f'<meta charset="{label}">{PAGE}'.encode()

    assert response([("Content-Type", "text/html")], page).data == page.replace(PICTURE.encode(), b"<!---->")
