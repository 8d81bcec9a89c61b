"""The list of allowed connections of pages that Flask makes itself: errors, whose bodies it hands on as iterators."""

from __future__ import annotations

import pytest
from flask import Flask, Response, abort
from support.golden import CONFIGURATION, ORIGIN

from shariff_py import Shariff

LINK = "<a href=https://a.example/>x</a>"


@pytest.mark.parametrize(
    ("path", "status", "has_list"),
    [("/nothing", 404, True), ("/refused", 403, True), ("/announced", 200, True), ("/long", 200, False)],
)
def test_an_error_page_has_its_list(path: str, status: int, has_list: bool, caplog: pytest.LogCaptureFixture) -> None:
    app = Flask("leinau")
    app.config["SHARIFF"] = {**CONFIGURATION, "headers": {"connections": "enforce"}}
    Shariff(app)
    app.add_url_rule("/refused", view_func=lambda: abort(403, LINK))
    for name, html in {"announced": LINK, "long": LINK + "x" * 300_000}.items():
        length = {"Content-Length": str(len(html))}
        made = Response(iter([html]), headers=length, mimetype="text/html")
        app.add_url_rule(f"/{name}", name, lambda made=made: made)

    response = app.test_client().get(path, base_url=ORIGIN)

    assert response.status_code == status
    assert ("Connection-Allowlist" in response.headers) is has_list
    assert ("sent while it is made" in caplog.text) is not has_list
    if path == "/announced":
        assert response.text == LINK
        assert '"*://a.example"' in response.headers["Connection-Allowlist"]


def test_a_page_whose_coding_cannot_be_read_has_none_and_that_is_said(caplog: pytest.LogCaptureFixture) -> None:
    app = Flask("leinau")
    app.config["SHARIFF"] = {**CONFIGURATION, "headers": {"connections": "enforce"}}
    Shariff(app)
    for coding in ("compress", "gzip"):
        made = Response(LINK, headers={"Content-Encoding": coding}, mimetype="text/html")
        app.add_url_rule(f"/{coding}", coding, lambda made=made: made)

    for coding in ("compress", "gzip", "compress"):
        assert "Connection-Allowlist" not in app.test_client().get(f"/{coding}", base_url=ORIGIN).headers

    assert [message.partition(", so ")[0] for message in caplog.messages] == [
        "A page has the content coding 'compress', which cannot be read here",
        "A page has the content coding 'gzip', which cannot be read here",
    ]
    assert "install the extra compression" in caplog.messages[0]
