"""The isolated host over HTTP: it serves the document of a script, our two files, and nothing of the site; the site serves nothing of it."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from support.asgi_client import answered, as_wsgi
from support.isolated_stage import PASTED, portal_settings
from werkzeug.test import Client

from shariff_py import Settings, Shariff, gate_html
from shariff_py.web.asgi import ShariffMiddleware as AsgiMiddleware
from shariff_py.web.wsgi import ShariffMiddleware as WsgiMiddleware

SITE, ISOLATED = "https://www.leinau.example", "https://content.example.net"
FROM_PAGE = {"Origin": "null", "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "iframe"}
FILES = ["/shariff/static/shariff-frame.min.css", "/shariff/static/shariff-isolated.min.js"]
OF_THE_SITE = [
    "/", "/shariff/counts?url=x", "/shariff/status", "/shariff/channels.json", "/shariff/frame/closed", "/shariff/static/shariff.min.js",
    "/shariff/static/../static/shariff.min.js", "/favicon.ico", "/robots.txt", "/static/own.js",
]  # fmt: skip


def settings() -> Settings:
    return portal_settings(SITE, ISOLATED, {})


def town(environ: Any, start_response: Any) -> Any:
    start_response("200 OK", [("Content-Type", "text/html"), ("Set-Cookie", "session=1")])
    return [b"<p>Town</p>"]


async def async_town(scope: Any, receive: Any, send: Any) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"set-cookie", b"session=1")]})
    await send({"type": "http.response.body", "body": b"Town"})


def in_flask() -> Client:
    app = Flask("leinau")
    Shariff(app, settings=settings())
    app.add_url_rule("/", view_func=lambda: "<p>Town</p>")
    return app.test_client()


def in_wsgi() -> Client:
    return Client(WsgiMiddleware(town, settings=settings()))


def in_asgi() -> Client:
    return Client(as_wsgi(AsgiMiddleware(async_town, settings=settings())))


def got(client: Client, origin: str, path: str) -> tuple[int, Any]:
    """Status and headers of a path of an origin."""
    with client.get(path, base_url=origin) as reply:
        return reply.status_code, reply.headers


@pytest.mark.parametrize("framework", [in_flask, in_wsgi, in_asgi])
class TestInAnyFramework:
    def test_nothing_of_the_site_is_on_the_isolated_host(self, framework: Any) -> None:
        client = framework()

        assert {path: got(client, ISOLATED, path)[0] for path in OF_THE_SITE} == dict.fromkeys(OF_THE_SITE, 404)
        assert "Set-Cookie" not in got(client, ISOLATED, "/")[1]
        assert got(client, SITE, "/")[0] == 200

    def test_a_frame_is_never_shown_by_its_address(self, framework: Any) -> None:
        assert got(framework(), ISOLATED, "/shariff/frame")[0] == 405

    @pytest.mark.parametrize("host", ["content.example.net:8443", "CONTENT.example.net", "content.example.net."])
    def test_it_is_the_same_host_however_it_is_written(self, framework: Any, host: str) -> None:
        assert got(framework(), f"https://{host}", "/")[0] == 404

    def test_a_withdrawal_has_the_browser_forget_what_is_stored_there_and_nothing_of_the_site(
        self, framework: Any
    ) -> None:
        client = framework()
        status, headers = got(client, ISOLATED, "/shariff/frame/removed?lang=en")

        assert (status, headers["Clear-Site-Data"]) == (200, '"cache", "cookies", "storage"')
        assert f"frame-ancestors {SITE};" in headers["Content-Security-Policy"]
        assert "Clear-Site-Data" not in got(client, SITE, "/shariff/frame/removed")[1]


def test_its_files_are_there() -> None:
    client = in_wsgi()

    assert [got(client, ISOLATED, path)[0] for path in FILES] == [200, 200]


@pytest.fixture
def client() -> FlaskClient:
    app = Flask("leinau")
    Shariff(app, settings=settings())
    return app.test_client()


def token() -> str:
    found = re.search(r'name="embed" value="([^"]+)"', gate_html(PASTED, settings()).html)
    assert found is not None
    return found[1]


def test_the_gates_form_leads_to_the_isolated_host_and_offers_neither_memory_nor_login() -> None:
    html = gate_html(PASTED, settings()).html

    assert f'action="{ISOLATED}/shariff/frame"' in html
    assert ' credentialless referrerpolicy="no-referrer" sandbox="allow-scripts allow-same-origin"></iframe>' in html
    assert "data-option" not in html


def test_the_document_names_the_scripts_hosts_and_the_site_alone(client: FlaskClient) -> None:
    reply = client.post("/shariff/frame", base_url=ISOLATED, data={"embed": token(), "lang": "en"}, headers=FROM_PAGE)

    assert reply.status_code == 200
    assert reply.headers["Content-Security-Policy"] == (
        "default-src 'none'; script-src 'self' https://gist.github.com; style-src 'self' https://github.githubassets.com; worker-src 'none'; "
        f"base-uri 'none'; form-action 'none'; frame-ancestors {SITE}; sandbox allow-scripts allow-same-origin"
    )
    assert reply.headers["Connection-Allowlist"] == (
        '(response-origin "https://gist.github.com" "https://github.githubassets.com"); redirects=allow'
    )
    assert (reply.headers["Referrer-Policy"], reply.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert "=(self" not in reply.headers["Permissions-Policy"]
    assert "Set-Cookie" not in reply.headers
    assert "Integrity-Policy" not in reply.headers
    assert (
        '<script src="https://gist.github.com/musterstadt/0123456789abcdef0123456789abcdef.js"></script>' in reply.text
    )


@pytest.mark.parametrize(
    "wrong",
    [
        {"Sec-Fetch-Dest": "document"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": ISOLATED},
    ],
)
def test_only_a_frame_of_a_page_of_the_site_gets_it(client: FlaskClient, wrong: dict[str, str]) -> None:
    reply = client.post("/shariff/frame", base_url=ISOLATED, data={"embed": token()}, headers={**FROM_PAGE, **wrong})

    assert reply.status_code == 400
    assert "gist.github.com" not in reply.text + str(reply.headers)


def test_the_site_itself_never_serves_the_script(client: FlaskClient) -> None:
    reply = client.post("/shariff/frame", base_url=SITE, data={"embed": token()})

    assert reply.status_code == 403
    assert "gist.github.com" not in reply.text + str(reply.headers)


def test_what_has_a_frame_is_not_on_the_isolated_host(client: FlaskClient) -> None:
    frame = '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1"></iframe>'
    released = Settings.from_mapping(
        {
            "frame": {"secrets": ["only for these tests"]},
            "releases": {"facebook": {"state": "released"}},
            "controllers": {"t": {"name": "T", "contact_url": "/c", "privacy_url": "/p", "alternative_url": "/a"}},
        }
    )
    found = re.search(r'name="embed" value="([^"]+)"', gate_html(frame, released).html)
    assert found is not None

    reply = client.post("/shariff/frame", base_url=ISOLATED, data={"embed": found[1]}, headers=FROM_PAGE)

    assert reply.status_code == 403
    assert "facebook" not in reply.text


def test_a_web_socket_of_the_isolated_host_is_refused_and_one_of_the_site_passes() -> None:
    application = AsgiMiddleware(async_town, settings=settings())

    def opened(host: bytes) -> str:
        return str(answered(application, {"type": "websocket", "path": "/", "headers": [(b"host", host)]})[0]["type"])

    assert opened(b"content.example.net") == "websocket.close"
    assert opened(b"www.leinau.example") == "websocket.accept"
