"""The demonstration under a real Chromium's network log: silent, then exactly the chosen content, then silent again.

The log is NetLog: it also holds look-ups and connections that never become a request. The platform is a mock server under another name
(``localhost``) than the site (``127.0.0.1``), so that to the browser it is another site.
"""

from __future__ import annotations

import threading
import time
import urllib.request
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from flask import Response

from demo_app import create_app
from shariff_py.service import Service
from shariff_py.testing import StandIn

pytestmark = pytest.mark.browser

START = "/"
ARTICLE = "/aktuelles/facebook-seite"
PAGES = [
    "/aktuelles",
    "/veranstaltungen/2026-12",
    "/kanaele",
    "/regeln-fuer-mitarbeitende",
    "/datenschutz",
    "/eingefuegter-code",
    "/en/",
]

SCRIPT = pytest.mark.parametrize("javascript", [True, False], ids=["with script", "without script"])


@pytest.fixture
def demo(stand_in: StandIn, tmp_path: Path, serve: Any) -> Any:
    """The portal as a visitor reaches it, with its own store and journal."""
    return serve(application(stand_in, tmp_path))


def application(stand_in: StandIn, folder: Path) -> Any:
    counts = {"store": f"sqlite:///{folder}/counts.sqlite", "scheduler": "outside", "timeout_seconds": 5}
    settings = {
        "site": {"origin": "https://www.leinau.example"},
        "counts": counts,
        "journal": {"path": str(folder / "outgoing.jsonl")},
    }
    return create_app({"SHARIFF": settings}, stand_in=stand_in)


def press(page: Any) -> None:
    page.get_by_role("button", name="Beitrag laden und Daten an Facebook senden").first.click(timeout=5000)


def frames(stand_in: StandIn) -> list[str]:
    """The documents a browser requested from the platform."""
    return [received.path for received in stand_in.received if received.path.startswith("/plugins/")]


def wait_for_content(stand_in: StandIn, javascript: bool, since: int = 0) -> None:
    """Wait until the content has sent its last request to the platform, however slow the machine is; ``since`` so many requests."""
    last = "/stand-in/seen" if javascript else "/stand-in/frame.css"
    for _ in range(200):
        requested = [received.path for received in stand_in.received[since:]]
        if last in requested:
            return
        time.sleep(0.1)
    raise AssertionError(f"the platform got {requested}, not {last}")


@SCRIPT
def test_nothing_leaves_the_site_while_a_visitor_reads_scrolls_hovers_and_tabs(
    demo: Any, visitor: Any, javascript: bool
) -> None:
    with visitor(demo, javascript=javascript) as visit:
        for path in (START, ARTICLE):
            visit.page.goto(demo.url(path))
            visit.look_around()
            visit.idle(5)
        for path in PAGES:
            assert visit.page.goto(demo.url(path)).status == 200
        visit.mark("reading")

    assert visit.outside("reading", "leaving") == ()


@SCRIPT
def test_the_click_contacts_only_the_platform_without_referrer_login_or_page(
    demo: Any, visitor: Any, stand_in: StandIn, javascript: bool
) -> None:
    """What the browser names by itself, the site's origin among the frame's ancestors, is disclosed before the click."""
    with visitor(demo, javascript=javascript) as visit:
        login = {"name": "c_user", "value": "login-canary", "url": stand_in.origin, "sameSite": "Lax"}
        visit.page.context.add_cookies([login])
        visit.page.goto(demo.url(f"{ARTICLE}?gruss=besuch-canary"))
        visit.mark("before")
        press(visit.page)
        wait_for_content(stand_in, javascript)
        visit.idle(2)
        visit.mark("after")
        received_by_the_frame = list(stand_in.received)
        visit.page.goto(f"{stand_in.origin}/plugins/page.php?href=x")

    assert visit.outside("before") == ()
    assert "login-canary" in repr(stand_in.received), "the platform does get its login when it is visited itself"
    assert {contact.endpoint for contact in visit.outside("after")} == {stand_in.origin.removeprefix("http://")}
    assert {received.host_role for received in received_by_the_frame} == {"frame"}
    for received in received_by_the_frame:
        everything = f"{received.path}?{received.query} {received.headers} {received.body!r}"
        assert received.headers.get("referer", stand_in.origin).startswith(stand_in.origin)
        assert "login-canary" not in everything
        assert "/aktuelles" not in everything
        assert "besuch-canary" not in everything


def reload(demo: Any, page: Any) -> None:
    page.reload()


def back(demo: Any, page: Any) -> None:
    page.goto(demo.url("/datenschutz"))
    page.go_back()


def back_and_forward(demo: Any, page: Any) -> None:
    page.go_back()
    page.go_forward()


@SCRIPT
def test_after_leaving_and_returning_the_gate_is_closed_again(
    demo: Any, visitor: Any, stand_in: StandIn, javascript: bool
) -> None:
    ways, shown = (reload, back, back_and_forward), {}
    with visitor(demo, javascript=javascript) as visit:
        for way in ways:
            visit.page.goto(demo.url(START))
            visit.page.goto(demo.url(ARTICLE))
            requested = len(stand_in.received)
            press(visit.page)
            wait_for_content(stand_in, javascript, requested)
            visit.idle(1)
            visit.mark(f"{way.__name__}, open")
            way(demo, visit.page)
            visit.idle(2)
            button = visit.page.get_by_role("button", name="Beitrag laden und Daten an Facebook senden").first
            shown[way] = button.is_visible()
            visit.mark(f"{way.__name__}, returned")

    for way in ways:
        assert visit.outside(f"{way.__name__}, open") != ()
        assert visit.outside(f"{way.__name__}, returned") == ()
    assert frames(stand_in) == ["/plugins/post.php"] * len(ways)
    assert shown == dict.fromkeys(ways, True)


@SCRIPT
def test_what_was_opened_can_be_removed_and_stays_silent(
    demo: Any, visitor: Any, stand_in: StandIn, javascript: bool
) -> None:
    with visitor(demo, javascript=javascript) as visit:
        visit.page.goto(demo.url(ARTICLE))
        press(visit.page)
        wait_for_content(stand_in, javascript)
        visit.idle(1)
        if javascript:
            visit.page.locator("shariff-gate").get_by_role("button", name="Entfernen und widerrufen").click()
        else:
            visit.page.frame_locator("shariff-gate iframe").get_by_role("link", name="Inhalt entfernen").click()
        visit.idle(1)
        visit.mark("removed")
        before = len(stand_in.received)
        visit.look_around()
        visit.idle(3)
        visit.mark("afterwards")

    assert visit.outside("afterwards") == ()
    assert len(stand_in.received) == before


def test_a_page_that_leaks_fails_the_same_assertion(
    stand_in: StandIn, tmp_path: Path, serve: Any, visitor: Any
) -> None:
    app = application(stand_in, tmp_path)
    hint = '<link rel="dns-prefetch" href="//leak.platform.test"></head>'

    @app.after_request
    def leak(response: Response) -> Response:
        if response.mimetype == "text/html" and not response.direct_passthrough:
            response.set_data(response.get_data(as_text=True).replace("</head>", hint))
        return response

    leaking = serve(app)
    with visitor(leaking) as visit:
        visit.page.goto(leaking.url(START))
        visit.look_around()
        visit.idle(2)
        visit.mark("reading")

    assert {contact.host for contact in visit.outside("reading")} == {"leak.platform.test"}


def test_page_views_neither_wait_for_a_slow_platform_nor_send_requests_and_no_visitor_data_leaves_the_server(
    stand_in: StandIn, tmp_path: Path, serve: Any
) -> None:
    """Fifty views while the platform takes three seconds to reply to the scheduler, fifty while it never does."""
    app = application(stand_in, tmp_path)
    site, settings = serve(app), app.extensions["shariff"].settings
    usual = max(view(site, number) for number in range(10))

    for behaviour in ({"slow": 3.0}, {"silent": True}):
        stand_in.behave(**behaviour)
        requested = len(stand_in.received)
        # Another process of the same site, a day or more later.
        other = Service(settings, clock=partial(lambda days: time.time() + 86_400 * days, 1 + requested))
        asking = threading.Thread(target=other.refresh)
        asking.start()
        slowest = max(view(site, number) for number in range(50))
        assert slowest < max(1.0, 10 * usual)
        asking.join()
        assert len(stand_in.received) > requested, "the scheduler did send requests meanwhile"

    requests = [entry for entry in app.extensions["shariff"].service.journal.entries() if entry.kind == "request"]
    assert {entry.trigger for entry in requests} == {"schedule"}
    assert len(requests) == len(stand_in.received)
    sent = " ".join(f"{r.path} {r.query} {r.headers} {r.body!r}" for r in stand_in.received)
    assert "canary" not in sent
    assert "203.0.113.77" not in sent


CANARIES = {
    "Referer": "https://canary.example/ref",
    "Cookie": "id=canary",
    "X-Forwarded-For": "203.0.113.77",
    "Forwarded": "for=203.0.113.77",
    "User-Agent": "canary",
    "Accept-Language": "canary",
    "Origin": "https://canary.example",
    "Authorization": "Bearer canary",
    "X-Canary": "canary",
}
"""Strings that occur nowhere else, in everything a visitor's request may carry."""


def view(site: Any, number: int) -> float:
    """Open a page as a visitor full of distinctive strings; how long it took, in seconds."""
    began = time.perf_counter()
    address = site.url(f"{ARTICLE}?q=canary{number}&token=canary")
    with urllib.request.urlopen(urllib.request.Request(address, headers=CANARIES), timeout=10) as reply:
        assert reply.status == 200
    return time.perf_counter() - began
