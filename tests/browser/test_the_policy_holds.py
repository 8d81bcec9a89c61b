"""The policy headers in a real Chromium: what no rewriter can see stays at home, and what lies beyond any policy is named."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask, redirect, request
from markupsafe import Markup

from shariff_py import Shariff
from shariff_py.audit.evidence.contact import Channel
from shariff_py.response_policy.csp import POLICY
from shariff_py.stores import Reported

pytestmark = pytest.mark.browser

NONCE = "cmFuZG9t"
STRICT = f"script-src 'nonce-{NONCE}' 'strict-dynamic'; style-src 'self'; object-src 'none'; form-action 'self'"

ELEMENT = "const e = document.createElement('{0}'); e.{1} = at('{2}'); document.body.append(e)"
LINK = "const l = document.createElement('link'); l.rel = '{0}'; l.href = at('{1}'); document.head.append(l)"
OWN_FRAME = "const f = document.createElement('iframe'); document.body.append(f); "
WORKER = "new Worker(URL.createObjectURL(new Blob([{0}])))"

HELD = {
    "image": "new Image().src = at('image')",
    "handler": "const b = document.createElement('button'); b.setAttribute('onclick', 'new Image().src = at(\"handler\")');"
    "document.body.append(b); b.click()",
    "script": ELEMENT.format("script", "src", "script"),
    "module": "import(at('module')).catch(() => 0)",
    "object": ELEMENT.format("object", "data", "object"),
    "embed": ELEMENT.format("embed", "src", "embed"),
    "video": ELEMENT.format("video", "src", "video"),
    "srcdoc": OWN_FRAME + "f.srcdoc = `<img src=${at('srcdoc')}>`",
    "written": OWN_FRAME + "f.contentDocument.write(`<img src=${at('written')}>`)",
    "frame-from-data": OWN_FRAME + "f.src = `data:text/html,<img src=${at('frame-from-data')}>`",
    "css-in-js": "const s = document.createElement('style'); document.head.append(s);"
    "s.sheet.insertRule(`body { background: url(${at('css-in-js')}) }`)",
    "css-import": "const s = document.createElement('style'); s.textContent = `@import '${at('css-import')}'`; document.head.append(s)",
    "css-in-shadow": "const d = document.createElement('div'); document.body.append(d); const c = new CSSStyleSheet();"
    "c.replaceSync(`:host { background: url(${at('css-in-shadow')}) }`); d.attachShadow({mode: 'open'}).adoptedStyleSheets = [c]",
    "style-sheet": LINK.format("stylesheet", "style-sheet"),
    "font": "new FontFace('F', `url(${at('font')})`).load().catch(() => 0)",
    "fetch": "fetch(at('fetch'), {mode: 'no-cors'}).catch(() => 0)",
    "request": "const x = new XMLHttpRequest(); x.open('GET', at('request')); x.send()",
    "socket": "new WebSocket(at('socket').replace('https', 'wss'))",
    "event-source": "new EventSource(at('event-source'))",
    "beacon": "navigator.sendBeacon(at('beacon'), 'x')",
    "transport": "new WebTransport(at('transport')).ready.catch(() => 0)",
    "worker": WORKER.format("`fetch('${at('worker')}', {mode: 'no-cors'}).catch(() => 0)`"),
    "worker-import": WORKER.format("`importScripts('${at('worker-import')}')`"),
    "ping": "const a = document.createElement('a'); a.href = '#x'; a.ping = at('ping'); document.body.append(a); a.click()",
    "preload": "const l = document.createElement('link'); l.rel = 'preload'; l.as = 'script'; l.href = at('preload');"
    "document.head.append(l)",
    "prefetch": LINK.format("prefetch", "prefetch"),
    "manifest": LINK.format("manifest", "manifest"),
    "redirected-image": "new Image().src = '/go?to=' + at('redirected-image')",
}
"""What a script can do with an address it puts together, each to a host of its own. Nothing of it passes the policy."""

BEYOND = {
    "frame": ELEMENT.format("iframe", "src", "frame"),
    "look-up": LINK.format("dns-prefetch", "look-up"),
    "connection": LINK.format("preconnect", "connection"),
    "speculation": "const s = document.createElement('script'); s.type = 'speculationrules'; s.nonce = nonce; s.textContent = JSON.stringify("
    "{prefetch: [{source: 'list', urls: [at('speculation')], eagerness: 'immediate'}]}); document.head.append(s)",
    "stun": "const p = new RTCPeerConnection({iceServers: [{urls: 'stun:' + new URL(at('stun')).hostname}]});"
    "p.createDataChannel('d'); p.createOffer().then(offer => p.setLocalDescription(offer))",
    "own-worker": "new Worker('/worker.js')",
}
"""What no Content-Security-Policy blocks in Chromium 156; the documentation says so. Frames are blocked, but connected to first."""

LENT_NONCE = {
    "lent-nonce": "const e = document.createElement('script'); e.nonce = nonce; e.src = at('lent-nonce'); document.head.append(e)"
}
AT = "const nonce = '{nonce}'; const at = way => 'https://' + way + '.' + ['face' + 'book', 'com'].join('.') + '/secret?visitor=4711'"


def host_of(way: str) -> str:
    return f"{way}.facebook.com"


def hosts(contacts: Any) -> set[str]:
    return {contact.host for contact in contacts}


def own_html(ways: dict[str, str], nonce: str = "") -> str:
    """A page of which each script does one of the things; nothing in it is recognisable as a platform's."""
    scripts = [AT.format(nonce=nonce), *(f"try {{ {way} }} catch {{}}" for way in ways.values())]
    attribute = f' nonce="{nonce}"' if nonce else ""
    written = "".join(
        f"<script{attribute}>{script if at == 0 else f'{{{script}}}'}</script>" for at, script in enumerate(scripts)
    )
    return f'<!doctype html><html lang="de"><meta charset="utf-8"><title>Fest</title><link rel="icon" href="data:,"><body>{written}'


@dataclass
class Portal:
    """A site with the extension, running. ``kept`` are the reports its browsers sent."""

    app: Flask
    site: Any

    @property
    def kept(self) -> list[Reported]:
        rows: list[Reported] = self.app.extensions["shariff"].service.store.reports.all()
        return rows


def portal(serve: Any, html: str, own: str = "", **settings: Any) -> Portal:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = {
        "site": {"hosts": ["127.0.0.1"]}, "counts": {"store": "memory:", "scheduler": "outside"}, **settings
    }  # fmt: skip
    Shariff(app)

    @app.get("/")
    def page() -> Any:
        return html, {POLICY: own} if own else {}

    @app.get("/go")
    def go() -> Any:
        return redirect(request.args["to"])

    @app.get("/worker.js")
    def worker() -> Any:
        script = AT.format(nonce="") + "; fetch(at('own-worker'), {mode: 'no-cors'}).catch(() => 0)"
        return script, {"Content-Type": "text/javascript"}

    return Portal(app, serve(app))


def look_at(site: Any, visitor: Any, seconds: float = 4.0) -> Any:
    with visitor(site) as visit:
        visit.page.goto(site.url("/?session=4711#top"), wait_until="commit")
        visit.idle(seconds)
        visit.mark("looking")
    return visit


@pytest.fixture(scope="module")
def without(serve: Any, visitor: Any) -> set[str]:
    """The hosts contacted by the page where the policy is off."""
    return hosts(look_at(portal(serve, own_html(HELD | BEYOND), headers={"policy": "off"}).site, visitor).outside())


@pytest.fixture(scope="module")
def enforced(serve: Any, visitor: Any) -> tuple[Portal, set[str]]:
    """The same page with the policy: the site, and the hosts contacted all the same."""
    here = portal(serve, own_html(HELD | BEYOND))
    return here, hosts(look_at(here.site, visitor).outside())


@pytest.mark.parametrize("way", HELD)
def test_a_url_that_a_script_builds_reaches_no_third_party(
    way: str, without: set[str], enforced: tuple[Portal, set[str]]
) -> None:
    assert host_of(way) in without
    assert host_of(way) not in enforced[1]


@pytest.mark.parametrize("way", BEYOND)
def test_what_lies_beyond_a_policy_is_known(way: str, without: set[str], enforced: tuple[Portal, set[str]]) -> None:
    assert host_of(way) in without
    assert host_of(way) in enforced[1]


def test_no_host_is_contacted_beyond_the_known_ones(enforced: tuple[Portal, set[str]]) -> None:
    assert enforced[1] == {host_of(way) for way in BEYOND}


def test_what_chromium_reports_is_kept_without_query_and_path(enforced: tuple[Portal, set[str]]) -> None:
    here, _ = enforced
    kept = {(row.blocked, row.directive) for row in here.kept}

    assert ("https://script.facebook.com", "script-src-elem") in kept
    assert ("https://frame.facebook.com", "frame-src") in kept
    assert {row.page for row in here.kept} == {here.site.url("/")}
    assert all(row.enforced for row in here.kept)
    assert not [row for row in here.kept if "4711" in repr(row) or "secret" in repr(row)]


def test_a_blocked_frame_is_sent_no_request(serve: Any, visitor: Any) -> None:
    here = portal(serve, own_html({"frame": BEYOND["frame"]}))

    contacts = look_at(here.site, visitor, 1).outside()

    assert contacts
    assert Channel.REQUEST not in {contact.channel for contact in contacts}


def test_a_site_that_migrates_gets_reports_and_loses_nothing(serve: Any, visitor: Any) -> None:
    ways = {way: HELD[way] for way in ("image", "script", "fetch")}
    here = portal(serve, own_html(ways), headers={"policy": "report-only"})

    seen = hosts(look_at(here.site, visitor, 1.5).outside())

    assert seen == {host_of(way) for way in ways}
    assert {(row.blocked, row.enforced) for row in here.kept} == {(f"https://{host_of(way)}", False) for way in ways}


def test_scripts_a_site_vouches_for_run_and_reach_no_platform(serve: Any, visitor: Any) -> None:
    ways = {"script": HELD["script"], **LENT_NONCE}
    html = own_html(ways, NONCE) + (
        f"<script nonce={NONCE}>document.title = 'vouched for'</script><script nonce={NONCE} src=/own.js></script>"
        "<script>document.title = 'foreign'</script>"
    )
    titles = {}
    seen = {}
    for policy in ("off", "enforce"):
        here = portal(serve, html, STRICT, headers={"policy": policy})
        here.app.add_url_rule(
            "/own.js", view_func=lambda: ("document.title += ' and own'", {"Content-Type": "text/javascript"})
        )
        with visitor(here.site) as visit:
            visit.page.goto(here.site.url("/"))
            visit.idle(1)
            titles[policy] = visit.page.title()
        seen[policy] = hosts(visit.outside())

    assert titles == dict.fromkeys(("off", "enforce"), "vouched for and own")
    assert seen == {"off": {host_of(way) for way in ways}, "enforce": set()}


def test_the_pages_own_socket_is_its_own(serve: Any, visitor: Any) -> None:
    here = portal(serve, own_html({"own": "new WebSocket(`ws://${location.host}/live`)"}))

    look_at(here.site, visitor, 1)

    assert here.kept == []


@pytest.mark.parametrize(
    "own", ["", "default-src 'self'; img-src *; frame-src 'self' https://maps.example; form-action 'self'", STRICT]
)
def test_a_gate_opens_under_both_policies(own: str, serve: Any, visitor: Any) -> None:
    city = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
    platform = Flask("platform")
    platform.add_url_rule(
        "/plugins/<path:_>", view_func=lambda _: "<!doctype html><title>Beitrag</title><p id=post>Das Fest beginnt."
    )
    stand_in = serve(platform)
    here = portal(
        serve,
        "",
        own,
        releases={"facebook": {"state": "released"}},
        controllers={"city": city},
        stand_in={"www.facebook.com": stand_in.localhost},
    )
    shariff = here.app.jinja_env.globals["shariff"]

    @here.app.get("/gate")
    def gate() -> Any:
        html = shariff.embed("https://www.facebook.com/leinau/posts/123")  # type: ignore[attr-defined]
        page = Markup('<!doctype html><html lang="de"><title>Fest</title><link rel="icon" href="data:,">') + html
        return str(page), {POLICY: own} if own else {}

    with visitor(here.site) as visit:
        visit.page.goto(here.site.url("/gate"))
        visit.idle(0.3)
        visit.mark("before")
        visit.page.locator("shariff-gate button").first.click()
        visit.page.frame_locator("shariff-gate iframe").frame_locator("iframe").locator("#post").wait_for()
        visit.mark("after")

    assert visit.outside("before") == ()
    assert {contact.endpoint for contact in visit.outside("after")} == {f"localhost:{stand_in.port}"}
    assert here.kept == []


@pytest.fixture(scope="module")
def listed(serve: Any, visitor: Any) -> set[str]:
    """The hosts contacted by the same page with nothing but a list of allowed connections; a file of the site has no list of its own."""
    ways = {way: script for way, script in (HELD | BEYOND).items() if way != "own-worker"}
    here = portal(serve, own_html(ways), headers={"policy": "off", "connections": "enforce"})
    return hosts(look_at(here.site, visitor).outside())


def test_a_list_of_allowed_connections_alone_holds_all_but_redirections_of_the_site(
    listed: set[str], without: set[str]
) -> None:
    assert {host_of(way) for way in HELD | BEYOND} <= without
    assert listed == {host_of("redirected-image")}


def test_reports_from_another_site_are_refused(serve: Any, visitor: Any) -> None:
    here = portal(serve, "<!doctype html><title>Fest</title>")
    answered: list[int] = []

    response = here.app.wsgi_app

    def noting(environ: Any, start_response: Any) -> Any:
        def started(status: str, *rest: Any) -> Any:
            answered.append(int(status[:3]))
            return start_response(status, *rest)

        return response(environ, started)

    here.app.wsgi_app = noting
    other = Flask("other")
    reporting = f"img-src 'none'; report-uri {here.site.localhost}/shariff/csp-report"
    other.add_url_rule("/", view_func=lambda: ("<!doctype html><img src=/x.png alt=''>", {POLICY: reporting}))

    look_at(serve(other), visitor, 1)

    assert answered
    assert set(answered) == {403}
    assert here.kept == []
