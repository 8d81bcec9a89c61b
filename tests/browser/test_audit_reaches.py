"""How far the audit goes on a page: controls that come late, areas that scroll by themselves, what frames stored that are gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from shariff_py.audit import AuditPolicy, run
from shariff_py.audit.verdict.judge import PageResult

pytestmark = pytest.mark.browser

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
QUICK = {"idle_seconds": 0.5, "interval": 0.0, "control_visit": False}


def pages_of(**pages: str) -> Callable[..., Any]:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = pages.get(environ["PATH_INFO"].strip("/") or "start")
        start_response("404 Not Found" if body is None else "200 OK", [("Content-Type", "text/html")])
        return [(HEAD + (body or "")).encode()]

    return app


def problems(page: PageResult) -> list[str]:
    return [f"{problem.name} {problem.detail}" for problem in page.problems]


LATE = """<h1>A page</h1><div style="height: 9000px"></div><iframe loading="lazy" src="/inner"></iframe><script>
onload = () => setTimeout(() => {
  const button = document.createElement("button");
  button.textContent = "Accept all";
  button.onclick = () => { button.textContent = "Withdraw" };
  document.querySelector("h1").append(button);
}, 800);
</script>"""


def test_a_control_that_comes_late_is_found_although_a_frame_below_has_not_loaded(serve: Any) -> None:
    site = serve(pages_of(start=LATE, inner="<p>Inner"))
    policy = AuditPolicy.from_mapping({"consent": {"accept": ["text=Accept all"], "withdraw": ["text=Withdraw"]}})

    (page,) = run([site.url("/")], policy=policy, **QUICK).pages

    assert problems(page) == []
    assert page.trace.proves("after")


STORING = """<button id="yes">Accept all</button><button id="no">Withdraw</button><script>
yes.onclick = () => {
  const frame = document.createElement("iframe");
  frame.src = `http://localhost:${location.port}/stores`;
  document.body.append(frame);
};
no.onclick = () => { document.querySelector("iframe").remove() };
</script>"""


def test_what_a_frame_stored_is_not_called_gone_because_the_frame_is(serve: Any) -> None:
    site = serve(pages_of(start=STORING, stores='<script>localStorage.uid = 42; indexedDB.open("track")</script>'))
    policy = AuditPolicy.from_mapping({"consent": {"accept": ["#yes"], "withdraw": ["#no"]}, "own": [site.localhost]})

    (page,) = run([site.url("/")], policy=policy, **QUICK).pages

    left = {item.what.split(" (")[0]: item.left for item in page.stored}
    assert left.keys() == {"localStorage uid", "IndexedDB track"}
    assert False not in left.values()


SCROLLING = """<style>html, body { height: 100%; margin: 0; overflow: hidden } main { height: 100vh; overflow: auto }</style>
<main><h1>Portal</h1><div style="height: 6000px"></div><a href="/" id="last">Last</a><iframe loading="lazy" src="http://inner.test/"></iframe></main>
<script>last.onmouseover = () => { new Image().src = "http://pointed.test/" }</script>"""
BELOW = """<p>Text</p><div style="height: 7000px"></div><div style="height: 300px; overflow: auto"><div style="height: 6000px"></div>
<iframe loading="lazy" src="http://inner.test/"></iframe></div><div style="height: 3000px"></div><iframe loading="lazy" src="http://end.test/"></iframe>"""
MANY = "".join(f'<p><a href="/" id="link{number}">Link {number}</a></p>' for number in range(200))


@pytest.mark.full
def test_areas_that_scroll_by_themselves_are_scrolled_and_what_was_left_out_is_reported(serve: Any) -> None:
    site = serve(pages_of(start=SCROLLING, below=BELOW, many=MANY))

    urls = [site.url(path) for path in ("/", "/below", "/many")]
    whole, below, many = run(urls, at_once=1, all_phases=False, **QUICK).pages

    assert {group.endpoint for group in whole.findings if group.phase == "before"} == {"inner.test", "pointed.test"}
    assert {group.endpoint for group in below.findings if group.phase == "before"} == {"inner.test", "end.test"}
    assert [page.trace.left_out("before") for page in (whole, below, many)] == [0, 0, 120]
