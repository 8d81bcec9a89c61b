"""Small sites to audit: a gated one, one that contacts a third party, one with another consent tool."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shariff_py.audit.verdict.judge import PageResult

HEAD = '<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title><link rel="icon" href="data:,">'
GATE = '<form method="post" target="F" action="/shariff/frame"><button type="submit">Show</button></form><iframe name="F"></iframe>'
OTHER_TOOL = """<button id="yes">Accept all</button><button id="no" hidden>Withdraw</button><script>
yes.onclick = () => { document.cookie = "consent=1"; localStorage.since = 1; new Image().src = "http://stats.test/p"; yes.hidden = true; no.hidden = false }
no.onclick = () => { document.cookie = "consent=; Max-Age=0"; no.hidden = true }
</script>"""
QUICK = {"idle_seconds": 0.5, "interval": 0.0, "control_visit": False}


def gated_site(
    platform: str, *, extra: str = "", shows: str = "", headers: tuple[tuple[str, str], ...] = ()
) -> Callable[..., Any]:
    """A site whose one gate declares ``platform`` and shows it, or something else: ``shows``."""
    frame = f'<a data-remove href="/shariff/frame/removed">Remove</a><iframe src="{shows or platform}/plugin"></iframe>'
    pages = {"/": GATE + extra, "/shariff/frame": frame, "/shariff/frame/removed": "Removed"}

    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        sent = [("Content-Type", "text/html"), ("Cache-Control", "no-store"), *headers]
        if environ["PATH_INFO"] == "/shariff/frame":
            sent.append(("Content-Security-Policy", f"default-src 'none'; frame-src {platform} {shows}"))
        start_response("200 OK" if environ["PATH_INFO"] in pages else "404 Not Found", sent)
        return [(HEAD + pages.get(environ["PATH_INFO"], "")).encode()]

    return app


def pages_site(pages: dict[str, str]) -> Callable[..., Any]:
    def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        body = pages.get(environ["PATH_INFO"])
        kind = "text/html" if environ["PATH_INFO"][-4:] not in (".xml", ".txt") else "text/plain"
        start_response(
            "404 Not Found" if body is None else "200 OK", [("Content-Type", kind), ("X-DNS-Prefetch-Control", "off")]
        )
        return [(body or "").encode()]

    return app


def plugin(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    start_response("200 OK", [("Content-Type", "text/html")])
    return [b"<p>Plugin"]


def by_phase(page: PageResult, kind: str = "findings") -> set[tuple[str, str]]:
    return {(group.phase, group.endpoint) for group in getattr(page, kind)}
