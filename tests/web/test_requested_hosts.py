"""The host that a request names: it gets into a link only where the settings, or this machine, confirm it."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, render_template_string
from support.asgi_client import as_wsgi
from support.flask_site import configuration
from werkzeug.test import Client

from shariff_py import Shariff
from shariff_py.settings import Settings
from shariff_py.web.asgi import ShariffMiddleware as AsgiMiddleware
from shariff_py.web.wsgi import ShariffMiddleware

INVENTED = [
    "evil.example", "evil.example:8080", "www.leinau.example.evil.example", "www.leinau.example@evil.example", "evil.example/?", "evil.example#",
    "evil.example?x=", "evil.example/www.leinau.example", "www.leinau.example, evil.example", "www.leinau.example evil.example", "evil.example\\",
    "127.0.0.1.evil.example", "localhost.evil.example", "localhost@evil.example", "192.0.2.7", "[2001:db8::1]", "..", ":80", "a..b",
    "www.leinau.example?x=", "localhost?x=", "localhost/x", "localhost#", "www.leinau.example:8443",
]  # fmt: skip
"""With and without one of the site's hosts in them; ``?`` would move what comes after it into the query."""

HERE = {
    "127.0.0.1": "http://127.0.0.1/news",
    "localhost:5000": "http://localhost:5000/news",
    "[::1]:8000": "http://[::1]:8000/news",
}


def settings(folder: Path, **site: Any) -> dict[str, Any]:
    return {**configuration(folder), "site": site}


def bar(folder: Path, host: str, **site: Any) -> str:
    """What a template's share bar is, on a page requested under a host."""
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = settings(folder, **site)
    Shariff(app)

    @app.get("/news")
    def news() -> str:
        return render_template_string("{{ shariff.share() }}")

    # Before any template, the router itself refuses a part of them (400).
    return Client(app).get("/news", environ_overrides={"HTTP_HOST": host}).text


def linked(page: str) -> str:
    """The address in the share link of a page."""
    return f'sharer.php?u={quote(page, safe="")}"'


@pytest.mark.parametrize("host", INVENTED)
def test_an_invented_host_gets_into_no_link(host: str, tmp_path: Path) -> None:
    assert "sharer" not in bar(tmp_path, host) + bar(tmp_path, host, hosts=["www.leinau.example"])


@pytest.mark.parametrize("host", HERE)
def test_for_a_first_try_this_machine_is_enough(host: str, tmp_path: Path) -> None:
    assert linked(HERE[host]) in bar(tmp_path, host)


def test_a_host_that_is_named_is_used_as_it_is_requested(tmp_path: Path) -> None:
    hosts = ["www.leinau.example", "*.portal.example"]

    assert linked("http://www.leinau.example/news") in bar(tmp_path, "www.leinau.example", hosts=hosts)
    assert linked("http://www.leinau.example/news") in bar(tmp_path, "WWW.Leinau.Example:80", hosts=hosts)
    assert linked("http://kultur.portal.example/news") in bar(tmp_path, "kultur.portal.example", hosts=hosts)
    assert bar(tmp_path, "localhost", hosts=hosts) == ""


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1.evil.example", *HERE, "www.leinau.example"]
)
def test_with_an_origin_in_the_settings_no_other_is_ever_used(host: str, tmp_path: Path) -> None:
    assert linked("https://www.leinau.example/news") in bar(tmp_path, host, origin="https://www.leinau.example")


def test_the_warning_is_one_names_the_cure_and_no_host(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = settings(tmp_path)
    Shariff(app)
    app.add_url_rule("/news", "news", lambda: render_template_string("{{ shariff.share() }}"))

    for number in range(5):
        Client(app).get("/news", environ_overrides={"HTTP_HOST": f"canary{number}.example"})

    (warning,) = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert "Set site.origin" in warning
    assert "site.hosts" in warning
    assert "canary" not in warning


BUTTON = '<p>Vor</p><iframe src="https://www.facebook.com/plugins/share_button.php"></iframe><iframe src="https://www.facebook.com/plugins/page.php?href=https://www.facebook.com/leinau"></iframe>'


def wrapped(host: str, values: dict[str, Any]) -> str:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8")])
        return [BUTTON.encode()]

    client = Client(ShariffMiddleware(application, settings=Settings.from_mapping(values)))
    return client.get("/news", environ_overrides={"HTTP_HOST": host}).text


def wrapped_in_asgi(host: str, values: dict[str, Any]) -> str:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        headers = [(b"content-type", b"text/html; charset=utf-8")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": BUTTON.encode()})

    client = Client(as_wsgi(AsgiMiddleware(application, settings=Settings.from_mapping(values))))
    return client.get("/news", environ_overrides={"HTTP_HOST": host}).text


@pytest.mark.slow
@pytest.mark.parametrize("through", [wrapped, wrapped_in_asgi])
def test_pages_of_a_wrapped_application_keep_to_the_same_rule(through: Any, tmp_path: Path) -> None:
    values = {**settings(tmp_path), "frame": {"secrets": ["only for these tests"]}}
    named = {**values, "site": {"hosts": ["www.leinau.example"]}}

    pages = [through(host, values) for host in INVENTED] + [through(host, named) for host in INVENTED]

    assert [page for page in pages if "evil" in page or "sharer" in page or "page.invalid" in page] == []
    assert ["<iframe src" in page for page in pages].count(True) == 0
    assert "sharer.php?u=http%3A%2F%2Flocalhost%2Fnews" in through("localhost", values)
    assert "sharer.php?u=http%3A%2F%2Fwww.leinau.example%2Fnews" in through("www.leinau.example", named)
