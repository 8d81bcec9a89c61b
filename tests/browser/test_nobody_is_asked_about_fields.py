"""Nothing that the library adds to a page makes Chromium contact anybody, least of all Google about the fields of the page (Autofill).

Chromium asks its maker's server about them on load, in the page's name: about each field that text is typed into, whatever its
`autocomplete` says. Here that server is one of ours (`--autofill-server-url`), so the test sees at once what is asked, needs no network,
and contacts nobody. The evidence is the network log of an ordinary profile.

Each page is given one field of the test's own at the end. Once Chromium has asked about that one, it has asked about all before it, and what
it asks differs as soon as there was another.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, Response, render_template_string
from playwright.sync_api import Page, Playwright
from support.paths import TESTS

from shariff_py import Shariff
from shariff_py.audit.visit.browser import browser_session
from shariff_py.audit.visit.chromium import Setup, installed
from shariff_py.audit.visit.options import AuditOptions

pytestmark = pytest.mark.browser

CITY = {
    "name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a",
    "remember_days": 90, "offer_login": True,
}  # fmt: skip
HEAD = '<!doctype html><html lang="de"><meta charset="utf-8"><title>Fest</title><link rel="icon" href="data:,"><main id="main">'

EVERY_WIDGET = """
<link rel="stylesheet" href="/shariff/static/shariff-compat.min.css"><script src="/shariff/static/shariff-compat.min.js"></script>
{{ shariff.share(services=services) }}
{% for address in addresses %}{{ shariff.embed(address) }}{% endfor %}
{{ pasted|gate }}
{{ shariff.consents() }}{{ shariff.channels() }}{{ shariff.notice() }}
<div class="shariff" data-services="[facebook,mastodon,clipboard]"></div>
"""
RELEASED = ("facebook", "youtube", "vimeo", "instagram", "mastodon", "x")
ADDRESSES = [
    "https://www.facebook.com/leinau/posts/1", "https://www.facebook.com/leinau", "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
    "https://vimeo.com/76979871", "https://www.instagram.com/p/CxYzAbCdEfG/",
]  # fmt: skip
PASTED = """<iframe src="https://www.facebook.com/plugins/page.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau"></iframe>
<iframe src="https://www.tiktok.com/embed/v2/7234567890123456789"></iframe>"""
"""Content of a platform that is released, and of one that is not."""

BOX, COMPAT = "shariff-action [role=textbox]", "div.shariff li"
PARTS = {
    "shariff-gate form": 6, ".shariff-closed": 1, "shariff-share li": 7, "shariff-consents": 1, ".shariff-channels": 1,
    ".shariff-notice": 7, BOX: 2, COMPAT: 3,
}  # fmt: skip
"""What is on the page of that, and how often."""

OWN_FIELD = """() => {
  const form = document.createElement("form"), field = document.createElement("input");
  form.name = field.name = "the-field-of-the-test";
  form.append(field);
  main.append(form);
}"""

WAITS = 30
"""Seconds that Chromium may take to ask; it takes a tenth."""


class Asked:
    """Whom Chromium asks about fields."""

    def __init__(self) -> None:
        self.received: queue.SimpleQueue[str] = queue.SimpleQueue()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self.received.put(environ["PATH_INFO"])
        return Response(mimetype="application/x-protobuf")(environ, start_response)


def town(templates: list[str]) -> Flask:
    """A site with the extension, whose one page is the last of these templates. What Chromium asks depends on the page's path, too."""
    app = Flask("leinau")
    app.config["SHARIFF"] = {
        "site": {"origin": "https://www.leinau.example", "hosts": ["127.0.0.1"]},
        "counts": {"store": "memory:", "scheduler": "outside"},
        "frame": {"secrets": ["only for these tests"]},
        "channels": str(TESTS / "fixtures" / "channels.toml"),
        "releases": {name: {"state": "released"} for name in RELEASED},
        "controllers": {"city": CITY},
    }
    Shariff(app)

    @app.get("/")
    def page() -> str:
        services = ["facebook", "x", "mastodon", "mail", "clipboard", "print", "native"]
        values = {"services": services, "addresses": ADDRESSES, "pasted": PASTED}
        return render_template_string(HEAD + templates[-1], **values)

    return app


def use(page: Page) -> dict[str, int]:
    """All that can be done without leaving the page: each box for a Mastodon server is opened, typed into and sent.

    Returns how much of each kind there was.
    """
    page.evaluate("window.open = () => null")
    for button in page.locator("button[data-service=mastodon]").all():
        button.click()
        for typed in ("kein server", ".leinau.test"):
            page.keyboard.type(typed)
            page.keyboard.press("Enter")
    return {part: page.locator(part).count() for part in PARTS}


Contacted = Callable[..., set[tuple[str, str]]]


@pytest.fixture(scope="module")
def contacted(serve: Any, playwright: Playwright, background: frozenset[str]) -> Contacted:
    """Whom the browser contacted beyond the site while a page was visited, with the addresses; the page is a template."""
    templates: list[str] = []
    site, asked = serve(town(templates)), Asked()
    service = serve(asked)
    switches = (f"--autofill-server-url={service.origin}/",)
    options = AuditOptions(setup=Setup(installed(), switches), background=background)

    def visit(template: str, do: Callable[[Page], object] = bool, *, javascript: bool = True) -> set[tuple[str, str]]:
        templates.append(template)
        with browser_session([site.origin], options, javascript=javascript, playwright=playwright) as session:
            session.page.goto(site.url("/"))
            do(session.page)
            while not asked.received.empty():
                asked.received.get()
            session.page.evaluate(OWN_FIELD)
            asked.received.get(timeout=WAITS)
        return {(contact.endpoint, contact.url) for contact in session.outside()}

    return visit


@pytest.fixture(scope="module")
def without(contacted: Contacted) -> set[tuple[str, str]]:
    """Whom the browser contacts for a page without anything of ours."""
    return contacted("<p>Fest</p>")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_page_with_every_widget_contacts_nobody_more_than_one_without(
    contacted: Contacted, without: set[tuple[str, str]], javascript: bool
) -> None:
    used: list[dict[str, int]] = []
    with_every_widget = contacted(EVERY_WIDGET, lambda page: used.append(use(page)), javascript=javascript)

    assert used == [PARTS | {BOX: 2 if javascript else 0, COMPAT: 3 if javascript else 0}]
    assert len({endpoint for endpoint, _ in without}) == 1
    assert with_every_widget == without


ASKED_ABOUT = [
    "<input hidden>",
    "<input name=q type=search autocomplete=off>",
    "<input type=date>",
    "<textarea readonly></textarea>",
]


@pytest.mark.parametrize("field", ASKED_ABOUT)
def test_the_comparison_notices_a_field_that_text_is_typed_into(
    contacted: Contacted, without: set[tuple[str, str]], field: str
) -> None:
    assert contacted(f"<form autocomplete=off>{field}</form>") != without


def test_the_comparison_notices_a_link_that_script_prevents(
    contacted: Contacted, without: set[tuple[str, str]]
) -> None:
    page = '<a href="https://looked-up.test/" onclick="event.preventDefault()">Fest</a>'
    more = contacted(page, lambda page: page.get_by_role("link").click()) - without

    assert more == {("looked-up.test", "")}
