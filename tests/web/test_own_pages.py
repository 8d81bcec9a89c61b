"""What is served below the prefix: the same without a framework as in front of Flask, and unchanged by anything else installed."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask, abort, render_template_string, request
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.test import Client, TestResponse

import shariff_py
from shariff_py import ConfigurationError, Settings, Shariff
from shariff_py.consent_ui.frame import sign_embed_token
from shariff_py.platforms.recognition import recognise
from shariff_py.web.own_pages import OwnPages
from shariff_py.web.standalone import create_app

POST = "https://www.facebook.com/stadt.leinau/posts/1"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "releases": {"facebook": {"state": "released"}},
            "frame": {"secrets": ["only for these tests"]},
            "counts": {"store": f"sqlite:///{tmp_path}/counts.sqlite", "scheduler": "outside"},
            "journal": {"path": str(tmp_path / "outgoing.jsonl")},
            "controllers": {
                "city": {"name": "Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
            },
        }
    )


@pytest.fixture
def own(settings: Settings) -> OwnPages:
    return create_app(settings)


def site_with_a_page(settings: Settings) -> Flask:
    app = Flask("leinau")
    Shariff(app, settings=settings)
    app.add_url_rule("/page", "page", view_func=lambda: render_template_string("{{ shariff.embed(url) }}", url=POST))
    return app


@pytest.fixture
def flask_app(settings: Settings) -> Flask:
    return site_with_a_page(settings)


def press(app: Any, settings: Settings, **headers: str) -> TestResponse:
    """What the button of a gate posts."""
    fields = {"embed": sign_embed_token(recognise(POST), settings), "lang": "en"}
    return Client(app).post("/shariff/frame", data=fields, headers={n.replace("_", "-"): v for n, v in headers.items()})


def parts_of(response: TestResponse) -> tuple[int, list[tuple[str, str]], bytes]:
    return response.status_code, [header for header in response.headers if header[0] != "Date"], response.data


@pytest.mark.parametrize(
    ("method", "path", "status", "headers"),
    [
        ("GET", "/shariff/counts?url=https://www.leinau.example/", 200, {"Content-Type": "application/json"}),
        ("HEAD", "/shariff/counts?url=https://www.leinau.example/", 200, {"Content-Type": "application/json"}),
        ("OPTIONS", "/shariff/counts", 204, {"Allow": "GET, HEAD, OPTIONS"}),
        ("POST", "/shariff/counts", 405, {"Allow": "GET, HEAD, OPTIONS"}),
        ("GET", "/shariff/frame", 405, {"Allow": "POST", "Cache-Control": "no-store"}),
        ("POST", "/shariff/frame", 400, {"Cache-Control": "no-store", "Content-Type": "text/html; charset=utf-8"}),
        ("PUT", "/shariff/frame", 405, {"Allow": "GET, HEAD, POST"}),
        ("GET", "/shariff/frame/removed?lang=en", 200, {"Cache-Control": "no-store"}),
        ("GET", f"/shariff/frame/closed?embed={quote(POST)}", 200, {"Cache-Control": "no-store"}),
        ("GET", "/shariff/frame/closed?embed=https://www.example.org/", 404, {"Cache-Control": "no-store"}),
        ("GET", "/shariff/frame/closed", 404, {"Cache-Control": "no-store"}),
        ("GET", "/shariff/static/shariff.min.js", 200, {"X-Content-Type-Options": "nosniff"}),
        ("GET", "/shariff/static/no-such-file.js", 404, {}),
        ("GET", "/shariff/static/../pyproject.toml", 404, {}),
        ("GET", "/shariff/static/", 404, {}),
        ("GET", "/shariff/csp-report", 405, {"Allow": "POST"}),
        ("POST", "/shariff/csp-report", 415, {"Content-Type": "text/plain; charset=utf-8"}),
        ("GET", "/shariff/status", 200, {"Content-Type": "application/json"}),
        ("GET", "/shariff/channels.json", 200, {"Content-Type": "application/json"}),
        ("GET", "/shariff/", 404, {}),
        ("GET", "/shariff/nothing", 404, {}),
        ("GET", "/elsewhere", 404, {}),
    ],
)
def test_each_address_answers_without_a_framework(
    own: OwnPages, method: str, path: str, status: int, headers: dict[str, str]
) -> None:
    response = Client(own).open(path, method=method, buffered=True)

    assert response.status_code == status
    assert {name: response.headers.get(name) for name in headers} == headers


def test_a_frame_made_of_an_address_in_data_shows_a_sentence_and_a_link_and_never_content(own: OwnPages) -> None:
    response = Client(own).get(f"/shariff/frame/closed?lang=de&embed={quote(POST)}")

    assert "Dieser Inhalt kann hier nicht gezeigt werden." in response.text
    assert f'<a href="{POST}" target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">' in response.text
    assert "<iframe" not in response.text
    assert "frame-src" not in response.headers["Content-Security-Policy"]


def test_counts_say_how_long_they_may_be_kept_and_a_preflight_how_long_it_holds(own: OwnPages) -> None:
    origin = {"Origin": "https://www.leinau.example"}
    counts = Client(own).get("/shariff/counts?url=https://www.leinau.example/")
    preflight = Client(own).options("/shariff/counts", headers=origin)

    kept = "public, max-age=60, stale-while-revalidate=600, stale-if-error=86400"
    assert counts.headers["Cache-Control"] == kept
    assert preflight.headers["Access-Control-Max-Age"] == "86400"


@pytest.mark.parametrize("nothing", ["", "undefined"])
@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("strict=1&url={}", "missing-url"),
        ("services=vk&url={}", "nourl"),
        ("url=https://www.leinau.example/&services={}", "noservices"),
    ],
)
def test_a_request_for_counts_that_names_nothing_is_told_so(own: OwnPages, query: str, code: str, nothing: str) -> None:
    response = Client(own).get(f"/shariff/counts?{query.format(nothing)}")

    assert response.json is not None
    assert response.json["code"] == code


@pytest.mark.parametrize(("size", "status"), [(16_384, 400), (16_385, 413)])
def test_a_press_posts_at_most_16384_bytes(own: OwnPages, size: int, status: int) -> None:
    form = "application/x-www-form-urlencoded"

    response = Client(own).post("/shariff/frame", data=b"embed=".ljust(size, b"x"), content_type=form)

    assert response.status_code == status


def test_a_file_a_browser_has_is_not_sent_again(own: OwnPages) -> None:
    first = Client(own).get("/shariff/static/shariff.min.js", buffered=True)

    again = Client(own).get(
        "/shariff/static/shariff.min.js", headers={"If-None-Match": first.headers["ETag"]}, buffered=True
    )
    part = Client(own).get("/shariff/static/shariff.min.js", headers={"Range": "bytes=0-9"}, buffered=True)

    assert (again.status_code, again.data) == (304, b"")
    assert "max-age=86400" in first.headers["Cache-Control"]
    assert (part.status_code, part.data) == (206, first.data[:10])


def test_the_proxy_on_its_own_needs_a_secret_at_start(settings: Settings) -> None:
    with pytest.raises(ConfigurationError, match="SHARIFF_FRAME__SECRETS"):
        create_app(replace(settings, frame=replace(settings.frame, secrets=())))


def stamp(response: Any) -> Any:
    response.headers["X-Frame-Options"] = "DENY"
    response.headers["Content-Security-Policy"] = "default-src 'self'"
    response.set_cookie("session", "1")
    return response


NEIGHBOURS: dict[str, Callable[[Flask], Any]] = {
    "headers on everything": lambda app: app.after_request(stamp),
    "login wall": lambda app: app.before_request(lambda: abort(401)),
    "error pages": lambda app: app.register_error_handler(405, lambda error: ("The portal's own page", 405)),
    "catch-all": lambda app: app.add_url_rule("/<path:p>", "all", view_func=lambda p: p, methods=["GET", "POST"]),
}


def responses_below_the_prefix(app: Any, settings: Settings) -> list[tuple[int, list[tuple[str, str]], bytes]]:
    client = Client(app)
    return [parts_of(press(app, settings))] + [
        parts_of(client.open(f"/shariff/{path}", method=method))
        for path in ("frame", "counts?url=https://www.leinau.example/", "channels.json", "nothing")
        for method in ("GET", "PUT")
    ]


def responses_of_the_site(app: Any) -> list[tuple[int, list[tuple[str, str]], bytes]]:
    client = Client(app)
    return [parts_of(client.get("/page")), parts_of(client.post("/page")), parts_of(client.get("/nothing"))]


@pytest.mark.parametrize("neighbour", NEIGHBOURS)
def test_what_else_is_installed_in_flask_changes_the_sites_pages_and_none_of_ours(
    own: OwnPages, settings: Settings, neighbour: str
) -> None:
    alone, crowded = (site_with_a_page(settings) for _ in range(2))
    NEIGHBOURS[neighbour](crowded)

    assert responses_of_the_site(crowded) != responses_of_the_site(alone)
    assert responses_below_the_prefix(crowded, settings) == responses_below_the_prefix(own, settings)
    assert press(crowded, settings).status_code == 200


def test_flask_and_the_proxy_on_its_own_give_the_same_gate_frame(
    flask_app: Flask, own: OwnPages, settings: Settings
) -> None:
    assert parts_of(press(flask_app, settings)) == parts_of(press(own, settings))


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_proxy_that_says_where_the_site_is_reached_is_believed_whenever_it_was_installed(
    settings: Settings, when: str
) -> None:
    app = Flask("leinau")
    if when == "before":
        app.wsgi_app = ProxyFix(app.wsgi_app, x_host=1, x_prefix=1)  # type: ignore[method-assign]
    Shariff(app, settings=settings)
    if when == "after":
        app.wsgi_app = ProxyFix(app.wsgi_app, x_host=1, x_prefix=1)  # type: ignore[method-assign]

    response = press(
        app,
        settings,
        X_Forwarded_Host="intranet.leinau.example",
        X_Forwarded_Prefix="/portal",
        Origin="http://intranet.leinau.example",
    )

    assert response.status_code == 200
    assert "/portal/shariff/static/" in response.text


def test_the_address_of_a_widget_file_can_be_built_by_name(flask_app: Flask) -> None:
    flask_app.add_url_rule(
        "/address",
        view_func=lambda: render_template_string("{{ url_for('shariff.static_file', name='shariff.min.js') }}"),
    )

    address = flask_app.test_client().get("/address").text

    assert address == "/shariff/static/shariff.min.js"
    assert flask_app.test_client().get(address, buffered=True).status_code == 200


def test_an_address_of_the_sites_own_that_begins_alike_stays_the_sites(flask_app: Flask) -> None:
    flask_app.add_url_rule("/shariffs", "alike", view_func=lambda: request.path)

    assert flask_app.test_client().get("/shariffs").text == "/shariffs"


@pytest.mark.subprocess
@pytest.mark.subprocess
def test_neither_the_own_pages_nor_the_middlewares_load_flask() -> None:
    program = (
        "import sys, shariff_py.web.wsgi, shariff_py.web.asgi, shariff_py.web.standalone; print('flask' in sys.modules)"
    )

    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "False"


def users_of_flask(package: Path) -> set[str]:
    """The files of a package that import Flask anywhere, also inside functions."""
    found = (
        (file, re.findall(r"^\s*(?:from|import) +flask\b", file.read_text(), re.MULTILINE))
        for file in package.rglob("*.py")
    )
    return {file.relative_to(package).as_posix() for file, imports in found if imports}


def test_flask_is_used_in_one_file_only(tmp_path: Path) -> None:
    (tmp_path / "views.py").write_text("def view():\n    from flask import request\n    return request.path\n")

    assert users_of_flask(Path(shariff_py.__file__).parent) == {"web/flask.py"}
    assert users_of_flask(tmp_path) == {"views.py"}


@pytest.mark.parametrize(
    ("path", "policy", "connections"),
    [
        ("status", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", "(response-origin)"),
        ("counts?url=x", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", "(response-origin)"),
        ("nothing", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", "(response-origin)"),
        (
            "static/shariff.min.js",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
            "(response-origin)",
        ),
        (
            "static/shariff-server.html",
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; script-src 'self'",
            None,
        ),
    ],
)  # fmt: skip
def test_no_response_of_ours_is_a_document_from_which_a_script_reaches_anybody(
    own: OwnPages, path: str, policy: str, connections: str | None
) -> None:
    response = Client(own).get(f"/shariff/{path}", buffered=True)

    assert response.headers.getlist("Content-Security-Policy") == [policy]
    assert response.headers.get("Connection-Allowlist") == connections


def test_a_script_that_opens_the_page_without_a_list_does_not_get_into_it(own: OwnPages) -> None:
    response = Client(own).get("/shariff/static/shariff-server.html", buffered=True)

    assert response.headers.getlist("Cross-Origin-Opener-Policy") == ["noopener-allow-popups"]


def test_the_document_with_a_link_for_any_address_has_no_origin_and_may_load_its_style(own: OwnPages) -> None:
    closed = Client(own).get(f"/shariff/frame/closed?embed={quote(POST)}")
    style = Client(own).get("/shariff/static/shariff-frame.min.css", buffered=True)

    assert closed.headers["Content-Security-Policy"].endswith("; sandbox allow-popups allow-popups-to-escape-sandbox")
    assert style.headers["Access-Control-Allow-Origin"] == "*"
