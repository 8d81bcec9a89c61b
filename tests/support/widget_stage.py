"""The stage of the widget's tests: a portal made of nothing but our own functions, a platform that records its requests."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup
from playwright.sync_api import Error, Locator, Page
from werkzeug.wrappers import Request, Response

from shariff_py.consent_ui import frame
from shariff_py.consent_ui.compliance_documents import accessibility_passage, processing_record
from shariff_py.consent_ui.consents import consents
from shariff_py.consent_ui.gate import gate
from shariff_py.consent_ui.notice import notice
from shariff_py.consent_ui.preview import Picture
from shariff_py.consent_ui.share import share_bar
from shariff_py.errors import EmbedTokenRefused
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings
from shariff_py.texts import LANGUAGES, Language, language
from shariff_py.web.assets import static_folder

STRICT = (
    "default-src 'none'; script-src 'self'; style-src 'self'; frame-src 'self'; connect-src 'self'; form-action 'self'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
CONTENT = "<!doctype html><html lang='de'><title>Beitrag</title><body><p id='post'>Das Fest beginnt um 18 Uhr.</p>"
PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="300" height="400"><rect width="300" height="400" fill="#7a5"/>'
    '<circle cx="150" cy="200" r="120" fill="#fc3"/></svg>'
)
"""A picture of another shape than its place in a gate."""
TYPES = {".js": "text/javascript", ".css": "text/css"}
SCRIPTS = {
    "/": '<script src="/shariff/static/shariff.min.js" defer></script>',
    "/twice": '<script src="/shariff/static/shariff.min.js" defer></script>' * 2,
    "/late": '<script src="/shariff/static/shariff.min.js?late" async></script>',
    "/without": "",
}
"""How a page brings the widget."""

SECRET_PLACE = "visitor-was-here"
"""A word in the page's own address: it may occur in nothing the platform receives."""


@dataclass
class Platform:
    """A mock of the platform that records all requests. ``answers`` is cleared to let it hang, ``deleted`` where a post is gone."""

    received: list[str] = field(default_factory=list)
    answers: threading.Event = field(default_factory=threading.Event)
    content: str = CONTENT
    deleted: bool = False

    def __post_init__(self) -> None:
        self.answers.set()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        if request.path == "/favicon.ico":
            return Response(status=204)(environ, start_response)
        self.received.append(f"{request.method} {request.full_path}\n{request.headers}")
        self.answers.wait(20)
        if self.deleted:
            gone = Response("Gone.", 404, {"X-Frame-Options": "DENY"}, mimetype="text/html")
            return gone(environ, start_response)
        return Response(self.content, mimetype="text/html")(environ, start_response)


@dataclass
class Portal:
    """A site with a share bar and two gates, made of nothing but our own functions."""

    settings: Settings
    widget_may_come: threading.Event = field(default_factory=threading.Event)
    picture_may_come: threading.Event = field(default_factory=threading.Event)
    received: list[str] = field(default_factory=list)
    counts: str = '{"facebook": 1452, "twitter": 7, "xing": 3, "mail": -1, "print": "9", "reddit": null}'
    requested_counts: list[str] = field(default_factory=list)

    def __call__(self, environ: Any, start_response: Any) -> Any:
        request = Request(environ)
        body = request.get_data(as_text=True)
        self.received.append(f"{request.method} {request.full_path}\n{request.headers}\n{body}")
        return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        words = language(request.values.get("lang", "de"), "de")
        match request.method, request.path:
            case "POST", "/shariff/frame":
                try:
                    embed = frame.load_embed_token(request.form.get("embed", ""), self.settings)
                    login = bool(request.form.get("login"))
                    return self._document(frame.frame_document(self.settings, words, embed, login=login))
                except EmbedTokenRefused:
                    return self._document(frame.refused_document(self.settings, words))
            case "GET", "/shariff/frame/removed":
                return self._document(frame.removed_document(self.settings, words))
            case "GET", path if path.startswith("/shariff/static/"):
                if "late" in request.args:
                    self.widget_may_come.wait(20)
                file = static_folder() / path.rpartition("/")[2]
                return Response(file.read_bytes(), mimetype=TYPES[file.suffix])
            case "GET", "/favicon.ico":
                return Response(status=204)
            case "GET", "/media/rathaus.svg":
                self.picture_may_come.wait(20)
                return Response(PICTURE, mimetype="image/svg+xml")
            case "GET", "/counts":
                self.requested_counts.append(request.args["url"])
                return Response(self.counts, mimetype="application/json")
        policy = f"{STRICT}; img-src 'self'" if request.path == "/picture" else STRICT
        headers = {"Content-Security-Policy": policy, "X-DNS-Prefetch-Control": "off"}
        return Response(self._page(request), mimetype="text/html", headers=headers)

    def _document(self, document: frame.FrameDocument) -> Response:
        return Response(document.html, document.status, dict(document.headers), content_type="text/html; charset=utf-8")

    def _page(self, request: Request) -> str:
        words = language(request.args.get("lang", "de"), "de")
        post = recognise("https://www.facebook.com/leinau/posts/123", {"height": "200"})
        count = {"facebook": CachedCount(1234, 1_795_000_000, 1_795_000_000)}
        if request.path == "/heise":
            return HEISE.replace("OPTIONS", request.args.get("options", ""))
        parts = [
            share_bar(self.settings, words, url="https://www.leinau.example/fest", title="Fest", counts=count),
            gate(
                self.settings, words, post, title="Sommerfest", quote=Markup("<blockquote>Am See</blockquote>"), level=2
            ),
            gate(self.settings, words, post, nth=2, level=2),
        ]
        if request.path == "/privacy":
            parts = [consents(self.settings, words)]
        elif request.path == "/documents":
            parts = [made(self.settings, words) for made in (notice, processing_record, accessibility_passage)]
        elif request.path == "/share":
            look = replace(self.settings.share, **{name: request.args[name] for name in LOOKS if name in request.args})
            look = replace(look, popup="popup" in request.args, info_url="/about-sharing")
            page = {"url": "https://www.leinau.example/fest", "title": "Fest & Markt", "counts": count}
            parts = [share_bar(self.settings, words, **page, services=list(REGISTRY), look=look)]
        elif request.path == "/region":
            parts = [gate(self.settings, words, post, controller="region")]
        elif request.path == "/picture":
            picture = Picture("/media/rathaus.svg", "Das neue Rathaus")
            parts = [
                gate(
                    self.settings, words, post, title="Rathaus", quote=Markup("<p>Am See</p>"), picture=picture, level=2
                )
            ]
        elif request.path == "/languages":
            parts = [self._in(each, number) for number, each in enumerate(LANGUAGES.values(), 1)]
        script = SCRIPTS.get(request.path, SCRIPTS["/"])
        return (
            f'<!doctype html><html lang="{words.code}" dir="{words.direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<title>Fest</title><link rel="stylesheet" href="/shariff/static/shariff.min.css">{script}'
            f'<main><h1>Fest</h1>{"".join(parts)}<p><a href="/other">Mehr</a></p></main>'
        )

    def _in(self, words: Language, number: int) -> str:
        """A share bar and a gate in one language."""
        post = recognise("https://www.facebook.com/leinau/posts/123", {"height": "200"})
        count = {"facebook": CachedCount(1234, 1_795_000_000, 1_795_000_000)}
        page = {"url": "https://www.leinau.example/fest", "title": "Fest", "counts": count}
        services = ["facebook", "mastodon", "mail", "clipboard", "print"]
        bar = str(share_bar(self.settings, words, **page, services=services))
        bar = bar.replace('role="list" aria-label="', f'role="list" aria-label="{number} ')
        return f'<div lang="{words.code}" dir="{words.direction}">{bar}{gate(self.settings, words, post, title=words.name, nth=number, level=2)}</div>'


@dataclass
class Stage:
    """Portal and platform, running. ``url`` is the page's address with a secret in its query."""

    portal: Portal
    platform: Platform
    site: Any
    stand_in: Any

    @classmethod
    def set(cls, serve: Callable[[Any], Any]) -> Stage:
        """Portal and platform on servers of their own; ``serve`` is the fixture."""
        platform = Platform()
        stand_in = serve(platform)
        portal = Portal(portal_settings(stand_in.localhost))
        return cls(portal, platform, serve(portal), stand_in)

    @property
    def url(self) -> str:
        return self.site.url(f"/?{SECRET_PLACE}")

    @property
    def requested_frames(self) -> list[str]:
        return [entry for entry in self.platform.received if "/plugins/" in entry.split("\n", 1)[0]]


LOOKS = ("theme", "orientation", "button_style", "link_mode")

HEISE = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Fête</title><meta name="DC.creator" content="Leinau">
<link rel="stylesheet" href="/shariff/static/shariff-compat.min.css"><script src="/shariff/static/shariff-compat.min.js"></script>
</head><body><main><h1>Fête</h1><div class="shariff" data-backend-url="/counts" OPTIONS></div></main></body></html>"""
"""A page as it was written for heise's Shariff, with the two addresses exchanged."""

CITY = {
    "name": "Stadt Leinau",
    "contact_url": "/kontakt",
    "privacy_url": "/datenschutz",
    "alternative_url": "/aktuelles",
    "remember_days": 90,
    "offer_login": True,
}


def portal_settings(stand_in: str, state: str = "released", information: str = "layered") -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "frame": {"secrets": ["only for these tests"]},
            "gate": {"information": information},
            "releases": {
                **{name: {"state": "released"} for name, record in REGISTRY.items() if not record.is_local},
                "facebook": {"state": state},
            },
            "controllers": {"city": CITY, "region": {**CITY, "name": "Region Leinau"}},
            "stand_in": {"www.facebook.com": stand_in} if stand_in else {},
        }
    )


def first_gate(page: Page) -> Locator:
    return page.locator("shariff-gate").first


def in_state(page: Page, state: str) -> Locator:
    """The first gate, once it is in that state, whatever the others on the page are in by then."""
    gate = first_gate(page)
    gate.and_(page.locator(f"[state={state}]")).wait_for()
    return gate


def press(page: Page) -> None:
    first_gate(page).locator("button").click()


def opened(page: Page, stage: Stage) -> Locator:
    """The first gate, opened by a click."""
    page.goto(stage.url)
    press(page)
    return in_state(page, "open")


def go(page: Page, step: str) -> None:
    """Back or forward. With the back/forward cache no load event comes, so only the change is waited for."""
    with suppress(Error):
        getattr(page, f"go_{step}")(wait_until="commit", timeout=1_500)
    page.wait_for_timeout(500)


def inside_all_frames(page: Page) -> list[str]:
    """The address of what is in each frame of the page; readable only because nothing foreign is in it."""
    found: list[str] = page.evaluate("Array.from({length: frames.length}, (_, at) => frames[at].document.URL)")
    return found
