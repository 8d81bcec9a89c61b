"""What the debugger reports while a page is visited: which element or script caused which request. Evidence of causes, not of completeness."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from shariff_py.audit.evidence.initiator import ReportedRequest

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page, Request, Response

MOST_SEEN = 20_000
"""Requests kept of one visit, so that a page that never stops does not fill the memory."""

ELEMENTS = """() => {
  const hints = 'dns-prefetch preconnect prefetch preload modulepreload prerender compression-dictionary icon manifest search';
  const found = [];
  for (const link of document.querySelectorAll('link[rel][href]'))
    for (const rel of link.rel.toLowerCase().split(/\\s+/))
      if (hints.split(' ').includes(rel)) found.push([`link rel=${rel}`, link.href]);
  for (const rules of document.querySelectorAll('script[type=speculationrules]'))
    for (const url of rules.textContent.match(/https?:\\/\\/[^"'\\s]+/g) || []) found.push(['script type=speculationrules', url]);
  for (const link of document.querySelectorAll('a[ping]'))
    for (const url of link.ping.split(/\\s+/)) found.push(['a ping', url]);
  for (const script of document.querySelectorAll('script:not([src])'))
    for (const [, url] of script.textContent.matchAll(/["'`]((?:https?|wss?|stuns?|turns?):(?:\\/\\/)?[\\w.-]+[^"'`\\s]*)["'`]/g))
      found.push(['script', url.replace(/^(stuns?|turns?):/, '$1://')]);
  return found.slice(0, 2000);
}"""
"""Elements that make a browser act by itself, and addresses that inline scripts name."""


@dataclass(frozen=True, slots=True)
class _Request:
    """A request as it was reported. ``main`` marks those of the page itself, ``worker`` those of a service worker."""

    url: str
    method: str
    kind: str
    main: bool = False
    worker: bool = False


@dataclass
class CdpListener:
    """The debugger's view of one browser. ``dialogs`` and ``downloads`` are the dialogs and downloads a page opened, ``crashed_pages``
    the pages that crashed, ``responded`` is the time of the first response.

    Without slots, because Playwright sets an attribute on its listeners.
    """

    dialogs: int = 0
    downloads: list[str] = field(default_factory=list)
    crashed_pages: list[Page] = field(default_factory=list)
    responded: float = float("inf")
    on_crash: Callable[[], None] = lambda: None
    _requests: list[_Request] = field(default_factory=list)
    _causes: dict[str, str] = field(default_factory=dict)
    _page: Page | None = None

    @classmethod
    def of(cls, context: BrowserContext, page: Page, on_crash: Callable[[], None]) -> CdpListener:
        """Start listening. ``on_crash`` is called when a page crashes."""
        listener = cls(on_crash=on_crash, _page=page)
        context.on("request", listener._requested)
        context.on("response", listener._responded)
        for known in context.pages:
            listener._new_page(known)
        context.on("page", listener._new_page)
        with suppress(Exception):  # Causes are welcome; without them every contact is still in the log.
            session = context.new_cdp_session(page)
            session.on("Network.requestWillBeSent", listener._caused)
            session.on("Network.webSocketCreated", listener._opened)
            session.on("Network.webTransportCreated", listener._opened)
            session.send("Network.enable", {"maxTotalBufferSize": 0, "maxResourceBufferSize": 0})
        return listener

    @property
    def crashed(self) -> bool:
        """Whether a page died."""
        return bool(self.crashed_pages)

    @property
    def seen(self) -> list[ReportedRequest]:
        """What was reported, oldest first. The page's own session knows every request of the page, so others were a worker's."""
        return [
            ReportedRequest(
                one.url,
                one.method,
                one.kind,
                self._causes.get(one.url, ""),
                one.worker or (one.main and bool(self._causes) and one.url not in self._causes),
            )
            for one in self._requests
        ]

    def _new_page(self, page: Page) -> None:
        page.on("dialog", self._dialog)
        page.on("download", self._download)
        page.on("crash", self._crash)
        page.on("websocket", lambda socket: self._add(_Request(socket.url, "", "websocket")))

    def _requested(self, request: Request) -> None:
        served = request.service_worker is not None
        main = False
        if not served:
            with suppress(Exception):  # The first request of a page has no frame yet.
                main = self._page is not None and request.frame == self._page.main_frame
                main = main and not request.is_navigation_request()
        self._add(_Request(request.url, request.method, request.resource_type, main, served))

    def _responded(self, response: Response) -> None:
        if response.url.startswith(("http:", "https:")):
            self.responded = min(self.responded, time.time())

    def _caused(self, event: Mapping[str, Any]) -> None:
        cause = cause_of(event.get("initiator") or {}, str(event.get("type", "")))
        self._causes[event["request"]["url"]] = cause or self._causes.get(event["request"]["url"], "")

    def _opened(self, event: Mapping[str, Any]) -> None:
        self._causes[event["url"]] = cause_of(event.get("initiator") or {}, "")
        self._add(_Request(event["url"], "", ""))

    def _add(self, request: _Request) -> None:
        if len(self._requests) < MOST_SEEN:
            self._requests.append(request)

    def _dialog(self, dialog: Any) -> None:
        """A question on leaving is accepted, so that the page can be left; every other dialog is dismissed: nothing is confirmed."""
        self.dialogs += 1
        with suppress(Exception):
            if dialog.type == "beforeunload":
                dialog.accept()
            else:
                dialog.dismiss()

    def _download(self, download: Any) -> None:
        self.downloads.append(str(download.url))
        with suppress(Exception):
            download.cancel()

    def _crash(self, page: Page) -> None:
        self.crashed_pages.append(page)
        self.on_crash()
        # A call that waits for the page while it crashes gets no reply, unless the page is closed. Chromium ends with its last page.
        with suppress(Exception):
            page.context.new_page()
            page.close()


def cause_of(initiator: Mapping[str, Any], kind: str) -> str:
    """The initiator, in one line: ``script https://example.org/app.js:12`` or ``element https://example.org/:7``."""
    frames = (initiator.get("stack") or {}).get("callFrames") or []
    parent = (initiator.get("stack") or {}).get("parent") or {}
    frame = next((one for one in [*frames, *(parent.get("callFrames") or [])] if one.get("url")), None)
    if frame is not None:
        return f"script {frame['url']}:{int(frame.get('lineNumber', 0)) + 1}"
    if initiator.get("type") == "parser" and initiator.get("url"):
        what = kind.lower() or "element"
        return f"{what} {initiator['url']}:{int(initiator.get('lineNumber', 0)) + 1}"
    return ""
