"""A page with a list of allowed connections in a real Chromium: where it leads by its own markup works, where a script leads it does not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from flask import Flask, Response, redirect, request

from shariff_py import Shariff

pytestmark = pytest.mark.browser

CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
HEAD = '<!doctype html><html lang="de"><meta charset="utf-8"><title>Fest</title><link rel="icon" href="data:,">'
ERROR_PAGE = "chrome-error:"
PROBED = {"google.com"}
"""What Chromium itself asks for when a host cannot be found, to tell whether the network is there."""


class Town:
    """A site with the extension and a list for each page, and another site, both of which say what was requested of them.

    ``other`` is the other site by a name, which its pages' lists are given; ``received`` are method, host and target of each request.
    """

    def __init__(self, serve: Any, **settings: Any) -> None:
        self.received: list[str] = []
        self.pages: dict[str, str] = {}
        other = Flask("other")
        other.add_url_rule("/", defaults={"path": ""}, view_func=self._other, methods=["GET", "POST"])
        other.add_url_rule("/<path:path>", view_func=self._other, methods=["GET", "POST"])
        self.other = serve(other).localhost
        if "releases" in settings:
            settings["stand_in"] = {"www.facebook.com": self.other}
        self.app = Flask("leinau")
        self.app.secret_key = "only for these tests"
        self.app.config["SHARIFF"] = {
            "site": {"hosts": ["127.0.0.1"]}, "counts": {"store": "memory:", "scheduler": "outside"},
            "headers": {"policy": "off", "connections": "enforce"}, **settings,
        }  # fmt: skip
        Shariff(self.app)
        self.app.add_url_rule("/<path:name>", view_func=self._own, methods=["GET", "POST"])
        self.site = serve(self.app)

    def _other(self, path: str) -> Any:
        self.received.append(f"{request.method} other {request.full_path.rstrip('?')}")
        if path == "short":
            return redirect(request.args["to"])
        return (
            f"{HEAD}<p id=there>Da.<a href=/window target=_blank rel=noopener>x</a><script>fetch('/fetched')</script>"
        )

    def _own(self, name: str) -> Any:
        target = request.full_path.rstrip("?")
        if name in self.pages:
            return HEAD + self.pages[name].replace("OTHER", self.other)
        self.received.append(f"{request.method} own {target}")
        if name == "go":
            return redirect(request.args["to"], code=303)
        if name == "file":
            return Response("x", headers={"Content-Disposition": "attachment; filename=x.txt"})
        if name == "worker.js":
            return Response(
                "onfetch = e => e.request.url.endsWith('/asked') && e.respondWith(new Response('by worker'));"
                "oninstall = () => skipWaiting(); onactivate = e => e.waitUntil(clients.claim())",
                mimetype="text/javascript",
            )
        return f"{HEAD}<p id=there>Da."

    def has(self, target: str) -> bool:
        """Whether this was requested."""
        return target in self.received

    def page(self, html: str) -> str:
        """The address of a new page."""
        name = f"page{len(self.pages)}"
        self.pages[name] = html
        return str(self.site.url(f"/{name}"))


@pytest.fixture(scope="module")
def town(serve: Any) -> Town:
    return Town(serve, gate={"allow": ["allowed.test"]})


LEADS = {
    "link": ("<a id=x href=OTHER/a?b=c#d>x</a>", "GET other /a?b=c"),
    "link in a window": ("<a id=x target=_blank rel=noopener href=OTHER/b>x</a>", "GET other /b"),
    "link in a picture": (
        "<svg width=90 height=90><a id=x xlink:href=OTHER/svg><rect width=90 height=90></rect></a></svg>",
        "GET other /svg",
    ),
    "link on a base": ("<base href=OTHER/deep/><a id=x href=er>x</a>", "GET other /deep/er"),
    "short link": ("<a id=x href='OTHER/short?to=http://127.0.0.1:1/'>x</a>", "GET other /short?to=http://127.0.0.1:1/"),
    "link in a document within": (
        "<iframe name=f srcdoc='<a target=_top href=OTHER/within id=y>x</a>'></iframe><button id=x onclick='f.y.click()'>x</button>",
        "GET other /within",
    ),
    "form that gets": ("<form action=OTHER/f?z=1><input name=q value=w><button id=x>x</button></form>", "GET other /f?q=w"),
    "form that posts": ("<form method=post action=OTHER/p><button id=x>x</button></form>", "POST other /p"),
    "button of a form": ("<form method=post><button id=x formaction=OTHER/fa>x</button></form>", "POST other /fa"),
    "own link": ("<a id=x href=/own?q>x</a>", "GET own /own?q"),
    "own form and its redirection": (
        "<form method=post action='/go?to=/after'><button id=x>x</button></form>",
        "POST own /go?to=/after",
    ),
    "own link that leads on": ("<a id=x href='/go?to=OTHER/led'>x</a>", "GET other /led"),
    "download": ("<a id=x href=/file>x</a>", "GET own /file"),
    "own fetch": ("<button id=x onclick='fetch(`/go?to=/fetched`)'>x</button>", "GET own /fetched"),
    "address written by a script of the own site": ("<button id=x onclick='location = `/by-script`'>x</button>", "GET own /by-script"),
}  # fmt: skip
"""What is on a page, and what is received once ``x`` is pressed. All of it is as without a list."""


def until(page: Any, holds: Callable[[], bool]) -> bool:
    """Whether something becomes true within seconds."""
    for _ in range(300):
        if holds():
            return True
        page.wait_for_timeout(50)
    return False


def test_where_a_page_leads_by_its_own_markup_it_still_leads(town: Town, chromium: Any) -> None:
    lost = []
    for what, (html, expected) in LEADS.items():
        with chromium() as page:
            assert page.goto(town.page(html)).headers["connection-allowlist"].startswith("(response-origin")
            page.locator("#x").click(no_wait_after=True)
            if not until(page, partial(town.has, expected)):
                lost.append(what)

    assert lost == []
    assert "GET own /after" in town.received


LEADS_NOWHERE = {
    "location": "location = 'OTHER/no1'",
    "window": "open('OTHER/no2', '_blank', 'noopener')",
    "window by way of an empty one": "window.open('about:blank').location = 'OTHER/no3'",
    "form": "const f = document.createElement('form'); f.action = 'OTHER/no4'; document.body.append(f); f.submit()",
    "link": "const a = document.createElement('a'); a.href = 'OTHER/no5'; document.body.append(a); a.click()",
    "refresh": "const m = document.createElement('meta'); m.httpEquiv = 'refresh'; m.content = '0; url=OTHER/no6'; document.head.append(m)",
    "frame": "const f = document.createElement('iframe'); document.body.append(f); f.contentWindow.location = 'OTHER/no7'",
}


def test_where_only_a_script_leads_nobody_comes(town: Town, chromium: Any) -> None:
    scattered = 'button id=x onclick="{}">x</button'
    for script in LEADS_NOWHERE.values():
        # The address is put together, as markup that holds one whole would be no test: it is in no link either way.
        html = scattered.format(script.replace("OTHER", "http://local' + 'host:" + town.other.rpartition(":")[2]))
        with chromium() as page:
            page.goto(town.page(f"<{html}>"))
            page.locator("#x").click(no_wait_after=True)
            page.wait_for_timeout(300)

    assert [target for target in town.received if "/no" in target] == []


@pytest.mark.parametrize("mode", ["off", "report-only"])
def test_the_same_scripts_lead_there_without_a_list_and_where_one_only_reports(
    mode: str, serve: Any, chromium: Any
) -> None:
    free = Town(serve, headers={"policy": "off", "connections": mode})
    with chromium() as page:
        headers = page.goto(free.page(f'<button id=x onclick="{LEADS_NOWHERE["location"]}">x</button>')).headers
        page.locator("#x").click()
        page.locator("#there").wait_for()

    assert free.received[0] == "GET other /no1"
    assert ("connection-allowlist-report-only" in headers, "connection-allowlist" in headers) == (mode != "off", False)


@pytest.mark.parametrize(
    ("address", "by_script"),
    [
        ("mailto:a@b.example?subject=x", "http:"),
        ("eid://127.0.0.1:24727/eID-Client?x", ERROR_PAGE),
        pytest.param("tel:+49511", "http:", marks=pytest.mark.full),
        pytest.param("whatsapp://send?text=x", ERROR_PAGE, marks=pytest.mark.full),
        pytest.param("web+ap:x", ERROR_PAGE, marks=pytest.mark.full),
    ],
)
def test_an_app_scheme_is_handed_on_that_the_page_links_to_and_mail_and_telephone_by_a_script_as_well(
    address: str, by_script: str, town: Town, chromium: Any
) -> None:
    ends = {}
    for what, html in {
        "in a link": f'<a id=x href="{address}">x</a>',
        "by script": f"<button id=x onclick=\"location = '{address.replace(':', chr(39) + ' + ' + chr(39) + ':', 1)}'\">x</button>",
    }.items():
        with chromium() as page:
            page.goto(town.page(html))
            handed_on: list[Any] = []
            page.on("requestfailed", lambda request, to=handed_on: to.append(request))
            page.locator("#x").click(no_wait_after=True)
            until(page, lambda to=handed_on, shown=page: bool(to) or shown.url.startswith(ERROR_PAGE))
            ends[what] = page.url.partition("//")[0]

    assert ends == {"in a link": "http:", "by script": by_script}


def test_what_stays_in_the_page_and_the_history_stay_as_they_are(town: Town, chromium: Any) -> None:
    html = (
        "<a id=fragment href='#there'>x</a><a id=blob>x</a><p id=there><a id=away href=OTHER/away>x</a>"
        "<script>blob.href = URL.createObjectURL(new Blob(['<title>blob'], {type: 'text/html'}))</script>"
    )
    with chromium() as page:
        address = town.page(html)
        page.goto(address)
        page.locator("#fragment").click()
        assert page.url == f"{address}#there"
        page.locator("#away").click()
        page.wait_for_url(f"{town.other}/away")
        page.go_back()
        page.go_forward()
        assert page.url == f"{town.other}/away"
        page.go_back()
        page.locator("#blob").click()
        assert until(page, lambda: page.title() == "blob")


def test_a_service_worker_of_the_site_answers(town: Town, chromium: Any) -> None:
    script = (
        "(async () => { await navigator.serviceWorker.register('/worker.js'); await navigator.serviceWorker.ready;"
        "if (!navigator.serviceWorker.controller) await new Promise(r => navigator.serviceWorker.oncontrollerchange = r);"
        "document.title = await (await fetch('/asked')).text() })()"
    )
    with chromium() as page:
        page.goto(town.page(f"<script>{script}</script>"))

        assert until(page, lambda: page.title() == "by worker")


def test_a_link_that_a_script_makes_to_an_allowed_host_leads_there(town: Town, visitor: Any) -> None:
    made = "{{const a = document.createElement('a'); a.href = 'http://{}.test/x'; a.textContent = 'x'; a.id = '{}'; document.body.append(a)}}"
    address = town.page(f"<body><script>{''.join(made.format(name, name) for name in ('allowed', 'other'))}</script>")
    with visitor(town.site) as visit:
        page = visit.page
        for name in ("allowed", "other"):
            page.goto(address)
            page.locator(f"#{name}").click(no_wait_after=True)
            assert until(page, lambda: page.url.startswith(ERROR_PAGE))

    assert {contact.host for contact in visit.outside()} - PROBED == {"allowed.test"}


def test_a_page_is_shared_on_the_visitors_own_server(serve: Any, visitor: Any) -> None:
    town = Town(serve, services=["mastodon"], releases={"mastodon": {"state": "released"}})
    bar = town.app.jinja_env.globals["shariff"]

    @town.app.get("/share")
    def share() -> str:
        return f"{HEAD}<title>Fest</title>{bar.share('https://127.0.0.1/fest')}"  # type: ignore[attr-defined]

    with visitor(town.site) as visit:
        page = visit.page
        page.goto(town.site.url("/share"))
        page.get_by_role("button", name="Mastodon", expanded=False).click()
        page.get_by_role("textbox").fill("@rathaus@social.leinau.test")
        visit.mark("link pressed")
        page.locator("shariff-action").evaluate(
            "action => { action.dataset.kept = action.dataset.by; delete action.dataset.by }"
        )
        page.locator("shariff-action form button").click(no_wait_after=True)
        visit.idle(0.5)
        visit.mark("straight")
        page.locator("shariff-action").evaluate("action => { action.dataset.by = action.dataset.kept }")
        with page.expect_popup() as opened:
            page.locator("shariff-action form button").click(no_wait_after=True)
        link = opened.value.get_by_role("link", name="social.leinau.test")
        link.wait_for()
        visit.idle(0.5)
        visit.mark("shown")
        assert link.evaluate("link => link === document.activeElement && opener === null")
        link.press("Enter", no_wait_after=True)
        visit.idle(1)
        visit.mark("shared")

    assert visit.outside("straight") == visit.outside("shown") == ()
    assert {contact.host for contact in visit.outside("shared")} - PROBED == {"social.leinau.test"}
    assert [
        contact.url
        for contact in visit.outside("shared")
        if contact.url.startswith("https://social.leinau.test/share?text=")
    ]


BY_OUR_PAGE = {
    "by its address": "window.open('/shariff/static/shariff-server.html#https://evil.' + 'test/share?text=x')",
    "by what is done in it": (
        "const w = window.open('/shariff/static/shariff-server.html'); setTimeout(() => { const d = w.document;"
        "const l = d.createElement('link'); l.rel = 'preconnect'; l.href = 'https://evil.' + 'test/'; d.head.append(l);"
        "const a = d.createElement('a'); a.href = 'https://evil.' + 'test/'; d.body.append(a); a.click() }, 600)"
    ),
}


def test_the_page_that_leads_to_a_server_is_no_way_out_for_a_script(town: Town, visitor: Any) -> None:
    """It has no list, as no list could name the server."""
    with visitor(town.site) as visit:
        for script in BY_OUR_PAGE.values():
            visit.page.goto(town.page(f'<button id=x onclick="{script}">x</button>'))
            with visit.page.expect_popup():
                visit.page.locator("#x").click(no_wait_after=True)
            visit.idle(1.2)

    assert {contact.host for contact in visit.outside()} - PROBED == set()


def test_a_gate_opens_and_what_it_shows_leads_on(serve: Any, chromium: Any) -> None:
    town = Town(serve, releases={"facebook": {"state": "released"}}, controllers={"city": CITY})
    embed = town.app.jinja_env.globals["shariff"].embed  # type: ignore[attr-defined]

    @town.app.get("/gate")
    def gate() -> str:
        return HEAD + str(embed("https://www.facebook.com/leinau/posts/123"))

    with chromium() as page:
        page.goto(town.site.url("/gate"))
        page.locator("shariff-gate button").first.click()
        ours = page.frame_locator("shariff-gate iframe")
        ours.frame_locator("iframe").locator("#there").wait_for()
        opened = list(town.received)
        ours.frame_locator("iframe").get_by_role("link").click()
        ours.locator("a").first.click()

        assert opened[0].startswith("GET other /plugins/post.php?")
        assert opened[1:] == ["GET other /fetched"]
        assert until(page, partial(town.has, "GET other /window"))
        assert until(page, partial(town.has, "GET other /leinau/posts/123"))
