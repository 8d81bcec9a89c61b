"""The document in a frame that a script makes of an address in its data: its link leads on, and nothing else does."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask

from shariff_py import Shariff

pytestmark = pytest.mark.browser

CLOSED = "/shariff/frame/closed?embed=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1"
REACHED_INTO = {
    "hint": "const l = d.createElement('link'); l.rel = 'preconnect'; l.href = 'https://www.face' + 'book.com/'; d.head.append(l)",
    "link": "const a = d.links[0]; a.target = '_self'; a.click()",
}


@pytest.fixture
def pages(serve: Any) -> Any:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = {
        "site": {"hosts": ["127.0.0.1"]}, "counts": {"store": "memory:", "scheduler": "outside"},
        "headers": {"policy": "off", "connections": "enforce"},
    }  # fmt: skip
    Shariff(app)
    made = "<!doctype html><link rel=icon href='data:,'><body><script>const f = document.createElement('iframe'); f.src = '{}';"
    made += "f.onload = () => {{ f.onload = null; const d = f.contentDocument; {} }}; document.body.append(f)</script>"
    for name, script in {**REACHED_INTO, "nothing": ""}.items():
        app.add_url_rule(f"/{name}", name, lambda script=script: made.format(CLOSED, script))
    return serve(app)


def test_a_script_of_the_page_contacts_nobody_from_there(pages: Any, visitor: Any) -> None:
    with visitor(pages) as visit:
        for name in REACHED_INTO:
            visit.page.goto(pages.url(f"/{name}"))
            visit.page.frame_locator("iframe").get_by_role("link").wait_for()
            visit.idle(0.5)

    assert visit.outside() == ()


def test_a_visitor_follows_its_link_and_sees_it_as_the_rest_of_the_site(pages: Any, visitor: Any) -> None:
    with visitor(pages) as visit:
        visit.page.goto(pages.url("/nothing"))
        link = visit.page.frame_locator("iframe").get_by_role("link")
        styled = link.evaluate("() => document.styleSheets.length")
        link.click(no_wait_after=True)
        visit.idle(1)

    assert styled == 1
    assert "https://www.facebook.com/leinau/posts/1" in {contact.url for contact in visit.outside()}
