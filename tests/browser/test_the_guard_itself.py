"""The evidence of all browser tests, shown to fail: pages known to leak are caught, one way of leaking at a time."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from shariff_py.audit.evidence.contact import Channel
from shariff_py.audit.visit.browser import BrowserSession
from shariff_py.errors import AuditError

pytestmark = pytest.mark.browser

HEAD = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Known to leak</title><link rel="icon" href="data:,">'
)


def page_app(pages: dict[str, str], headers: dict[str, str] | None = None) -> Callable[..., Any]:
    """A WSGI application with these pages; everything else is not found."""

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = pages.get(environ["PATH_INFO"])
        status = "404 Not Found" if body is None else "200 OK"
        start_response(status, [("Content-Type", "text/html; charset=utf-8"), *(headers or {}).items()])
        return [(HEAD + (body or "")).encode()]

    return app


def hosts(contacts: Any) -> set[str]:
    return {contact.host for contact in contacts}


LEAKS = {
    "image": '<img src="http://{host}/pixel.png" alt="">',
    "lookup-hint": '<link rel="dns-prefetch" href="//{host}">',
    "connection-hint": '<link rel="preconnect" href="https://{host}">',
    "prefetch": '<link rel="prefetch" href="http://{host}/next">',
    "css-address": '<style>body {{ background: url("http://{host}/back.png") }}</style>',
    "css-import": '<style>@import "http://{host}/theme.css";</style>',
    "font": '<style>@font-face {{ font-family: F; src: url("http://{host}/f.woff2") }} p {{ font-family: F }}</style><p>Text',
    "frame": '<iframe src="http://{host}/plugin" title="Plugin"></iframe>',
    "script": '<script src="http://{host}/sdk.js"></script>',
    "fetch": "<script>fetch('http://{host}/').catch(() => 0)</script>",
    "websocket": "<script>new WebSocket('ws://{host}/')</script>",
    "webtransport": "<script>new WebTransport('https://{host}/').ready.catch(() => 0)</script>",
    "stun": "<script>{{ const peer = new RTCPeerConnection({{iceServers: [{{urls: 'stun:{host}:3478'}}]}});"
    "peer.createDataChannel('d'); peer.createOffer().then(offer => peer.setLocalDescription(offer)) }}</script>",
    "speculation-rules": '<script type="speculationrules">{{"prefetch": [{{"source": "list", "urls": ["https://{host}/"],'
    ' "eagerness": "immediate"}}]}}</script>',
    "worker": "<script>new SharedWorker('data:text/javascript,fetch(`http://{host}/`)')</script>",
    "hover": "<button onmouseover=\"new Image().src = 'http://{host}/hover'\">Share</button>",
    "focus": "<button onfocus=\"new Image().src = 'http://{host}/focus'\">Share</button>",
    "link-under-the-mouse": '<a href="https://{host}/" rel="noopener noreferrer">A link</a>',
    "frame-far-below": '<div style="height: 6000px"></div><iframe loading="lazy" src="http://{host}/" title="Far"></iframe>',
}
"""One way of leaking each; ``{{host}}`` is a host of its own, so that one visit can tell them apart."""

LEAKS_WITHOUT_SCRIPT = {
    "image-for-those-without-script": '<noscript><img src="http://{host}/pixel.png" alt=""></noscript>',
    "lazy-frame-in-closed-details": '<details><summary>More</summary><iframe loading="lazy" src="http://{host}/" title="F">'
    "</iframe></details>",
    "hover-style": '<style>a:hover {{ background: url("http://{host}/hover") }}</style><a href="/">Share</a>',
}


def host_of(way: str) -> str:
    return f"{way}.test"


def look_at(leaks: dict[str, str], serve: Any, visitor: Any, *, javascript: bool) -> set[str]:
    """All hosts seen while one page that leaks in all these ways is looked at."""
    body = "\n".join(leak.format(host=host_of(way)) for way, leak in leaks.items())
    site = serve(page_app({"/": body}))
    with visitor(site, javascript=javascript, idle_seconds=1) as visit:
        visit.page.goto(site.url("/"))
        visit.look_around()
        visit.idle()
        visit.mark("looking")
    return hosts(visit.outside("looking"))


@pytest.fixture(scope="module")
def seen(serve: Any, visitor: Any) -> set[str]:
    return look_at(LEAKS, serve, visitor, javascript=True)


@pytest.fixture(scope="module")
def seen_without_script(serve: Any, visitor: Any) -> set[str]:
    return look_at(LEAKS_WITHOUT_SCRIPT, serve, visitor, javascript=False)


@pytest.mark.parametrize("way", LEAKS)
def test_a_page_known_to_leak_is_caught(way: str, seen: set[str]) -> None:
    assert host_of(way) in seen


@pytest.mark.parametrize("way", LEAKS_WITHOUT_SCRIPT)
def test_a_page_known_to_leak_is_caught_with_scripting_switched_off(way: str, seen_without_script: set[str]) -> None:
    assert host_of(way) in seen_without_script


def test_only_contacted_hosts_are_reported(seen: set[str], seen_without_script: set[str]) -> None:
    assert seen == {host_of(way) for way in LEAKS}
    assert seen_without_script == {host_of(way) for way in LEAKS_WITHOUT_SCRIPT}


def test_scripts_do_not_run_when_scripting_is_switched_off(serve: Any, visitor: Any) -> None:
    site = serve(page_app({"/": LEAKS["fetch"].format(host="leak.test")}))

    with visitor(site, javascript=False, idle_seconds=0.7) as visit:
        visit.page.goto(site.url("/"))
        visit.idle()

    assert visit.outside() == ()


def test_a_beacon_sent_on_leaving_is_caught_and_belongs_to_the_leaving(serve: Any, visitor: Any) -> None:
    leak = "<script>addEventListener('pagehide', () => navigator.sendBeacon('http://leak.test/bye', 'x'))</script>"
    site = serve(page_app({"/": leak}))

    with visitor(site, idle_seconds=0.3) as visit:
        visit.page.goto(site.url("/"))
        visit.idle()
        visit.mark("looking")

    assert visit.outside("looking") == ()
    assert hosts(visit.outside("leaving")) == {"leak.test"}


@pytest.mark.smoke
def test_a_link_header_is_caught(serve: Any, visitor: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as platform:
        platform.settimeout(30)
        endpoint = f"127.0.0.1:{platform.getsockname()[1]}"
        site = serve(page_app({"/": "<p>Nothing to see"}, {"Link": f"<http://{endpoint}>; rel=preconnect"}))

        with visitor(site) as visit:
            visit.page.goto(site.url("/"))
            connection, _ = platform.accept()
            connection.close()

    assert {contact.endpoint for contact in visit.outside()} == {endpoint}


@pytest.mark.parametrize(
    ("method", "kept", "comes_back"),
    [("get", "no-store", True), ("post", "max-age=60", True), ("post", "no-store", False)],
)
def test_a_frame_that_the_browser_restores_on_back_is_caught(
    method: str, kept: str, comes_back: bool, serve: Any, visitor: Any
) -> None:
    platform = serve(page_app({"/plugin": "<p>Plugin"}))
    form = f'<form method="{method}" target="F" action="/frame"><button>Show</button></form>'
    frame = f'<iframe src="{platform.origin}/plugin" title="Plugin"></iframe>'
    pages = {"/": f'{form}<iframe name="F" title="Content"></iframe>', "/frame": frame, "/other": "<p>Other"}
    site = serve(page_app(pages, {"Cache-Control": kept}))

    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        visit.mark("before")
        visit.page.get_by_role("button").click()
        visit.idle(0.5)
        visit.mark("pressed")
        visit.page.goto(site.url("/other"))
        visit.page.go_back()
        visit.idle(0.7)
        visit.mark("back")

    assert visit.outside("before") == ()
    assert f"127.0.0.1:{platform.port}" in {contact.endpoint for contact in visit.outside("pressed")}
    assert bool(visit.outside("back")) is comes_back


def test_a_clean_page_passes(serve: Any, visitor: Any) -> None:
    clean = '<style>body { color: #222 }</style><img src="/logo" alt=""><a href="https://leak.test/">A link</a>'
    pages = {"/": clean + '<script>fetch("/data")</script>', "/logo": "", "/data": ""}
    site = serve(page_app(pages, {"X-DNS-Prefetch-Control": "off"}))

    with visitor(site, idle_seconds=1) as visit:
        visit.page.goto(site.url("/"))
        visit.look_around()
        visit.idle()
        visit.mark("looking")

    assert visit.log is not None
    assert visit.log.whole
    assert visit.outside() == ()
    assert Channel.REQUEST in {contact.channel for contact in visit.contacts("looking")}


def network_services() -> list[tuple[int, int]]:
    """The processes in which browsers started by this one have their network and keep its log; after each its browser."""
    parents, found = {}, []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            if b"network.mojom.NetworkService" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
    return [(process, parents[process]) for process in found if os.getpid() in ancestors(process, parents)]


def ancestors(process: int, parents: dict[int, int]) -> Iterator[int]:
    while process := parents.get(process, 0):
        yield process


def test_a_log_that_began_anew_proves_nothing(serve: Any, visitor: Any) -> None:
    site = serve(page_app({"/": '<img src="http://leak.test/" alt="">', "/quiet": "<p>Nothing"}))

    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        for service, _ in network_services():
            os.kill(service, signal.SIGKILL)
        visit.page.wait_for_timeout(1000)
        visit.page.goto(site.url("/quiet"))

    assert "leak.test" not in hosts(visit.contacts())
    with pytest.raises(AuditError, match="began after the visit"):
        visit.outside()


def test_a_log_that_died_with_its_browser_proves_nothing(serve: Any, visitor: Any) -> None:
    site = serve(page_app({"/": "<p>Nothing"}))

    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        for service, browser in network_services():
            for process, command in ((browser, signal.SIGSTOP), (service, signal.SIGKILL), (browser, signal.SIGKILL)):
                os.kill(process, command)  # Without the stop, it would begin the log anew.

    with pytest.raises(AuditError, match="no end"):
        visit.outside()


def test_two_servers_on_this_machine_are_two_parties(serve: Any, visitor: Any) -> None:
    platform = serve(page_app({"/": "<p>Plugin"}))
    site = serve(page_app({"/": f'<iframe src="{platform.localhost}/" title="Plugin"></iframe>'}))

    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        visit.idle(0.5)

    assert {contact.endpoint for contact in visit.outside()} == {f"localhost:{platform.port}"}


def test_the_browsers_own_traffic_is_set_apart_and_still_listed(
    serve: Any, visitor: Any, background: frozenset[str]
) -> None:
    site = serve(page_app({"/": "<p>Nothing"}))

    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        visit.idle(1)

    assert hosts(visit.contacts()) - {"127.0.0.1"} <= background
    assert hosts(visit.contacts()) - {"127.0.0.1"}
    assert visit.outside() == ()


def test_a_page_using_a_host_the_browser_also_uses_is_caught(serve: Any, visitor: Any) -> None:
    site = serve(page_app({"/": '<img src="https://accounts.google.com/pixel" alt="">'}))

    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        visit.idle(0.7)

    assert hosts(visit.outside()) == {"accounts.google.com"}


def test_reading_contacts_during_the_visit_is_refused(serve: Any, visitor: Any) -> None:
    site = serve(page_app({"/": "<p>Nothing"}))

    with visitor(site) as visit:
        visit.page.goto(site.url("/"))
        with pytest.raises(AuditError, match="after the with block"):
            BrowserSession.outside(visit)
