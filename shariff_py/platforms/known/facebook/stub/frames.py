"""How www.facebook.com replies to browsers: the frames of pages, posts and videos, and a plain page for every other address.

Nothing here imitates the platform's look: it must be obvious that this is not its content. What it does is what
the real frames do: set cookies, run a script, send requests to its own server, read what the browser discloses about the page around it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from string import Template
from urllib.parse import parse_qsl, unquote, urlsplit

from shariff_py.platforms.stub import StubReply, StubRequest

PAGES = files(__package__)
FILES = {
    "/rsrc/stand-in.css": ("frame.css", "text/css; charset=utf-8"),
    "/rsrc/stand-in.js": ("frame.js", "text/javascript; charset=utf-8"),
}
FRAME_PATH = re.compile(r"(?:/v[0-9]+\.[0-9]+)?/plugins/(page|post|video)\.php")
COOKIES = (
    "datr=stand-in-browser; Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=None",
    "sb=stand-in-device; Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=None",
)
"""Named as the platform's own: one that knows the browser again, one for the device. Set with each document."""

DOCUMENT_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    # Its own documents send no referrer, so that every Referer it receives was sent by the page around it.
    "referrer-policy": "no-referrer",
}

NOT_A_NAME = frozenset({"pages", "people", "pg", "p", "posts", "videos", "watch", "reel", "photo", "share"})


def answer(request: StubRequest) -> StubReply:
    """The reply to one request of a browser."""
    path, query, headers = request.path, request.query, request.headers
    if path in FILES:
        name, content_type = FILES[path]
        return StubReply(200, {"content-type": content_type, "cache-control": "no-store"}, (PAGES / name).read_bytes())
    if path in {"/ajax/ping", "/ajax/seen"}:
        return StubReply(
            200, {"content-type": "application/json"}, json.dumps({"cookie": "cookie" in headers}).encode()
        )
    if path in {"/favicon.ico", "/robots.txt"}:
        return StubReply(404, {"content-type": "text/plain"}, b"")
    given = dict(parse_qsl(query))
    frame = FRAME_PATH.fullmatch(path)
    kind = frame[1] if frame else "place"
    address = given.get("href", "") if frame else given.get("u") or path + (f"?{query}" if query else "")
    body = _document(kind, address, given, headers)
    return StubReply(200, DOCUMENT_HEADERS, body, COOKIES)


def _document(kind: str, address: str, given: Mapping[str, str], headers: Mapping[str, str]) -> bytes:
    accepted = headers.get("accept-language", "")
    language = _language(accepted)
    words = {name: escape(text) for name, text in TEXTS[language].items()}
    name = _name(address)
    template = Template((PAGES / "frame.html").read_text(encoding="utf-8"))
    filled = template.substitute(
        words,
        language=language,
        kind=kind,
        look=" ".join(look for look in ("hide_cover", "small_header") if given.get(look) == "true"),
        name=escape(name or words["nobody"]),
        initial=escape(name[:1].upper() or "?"),
        kind_words=words[f"kind_{kind}"],
        address=escape(address or words["nothing"]),
        cookie_value=words["yes" if "cookie" in headers else "none"],
        language_value=escape(accepted or words["none"]),
        content=_content(kind, given, words),
    )
    return filled.encode()


def _content(kind: str, given: Mapping[str, str], words: Mapping[str, str]) -> str:
    def post(text: str, when: str) -> str:
        return f'<section class="post"><p class="when">{when}</p><p>{text}</p><p class="lines"><i></i><i></i><i></i></p></section>'

    if kind == "video":
        text = post(words["video_text"], words["today"]) if given.get("show_text") == "true" else ""
        return f'<div class="screen" role="img" aria-label="{words["screen"]}"><b></b></div>{text}'
    if kind == "post":
        return post(words["post_text"], words["today"]) + '<div class="picture"></div>'
    if kind == "page":
        tabs = given.get("tabs", "timeline").split(",")
        if "timeline" not in tabs:
            return f'<section class="post"><p>{words["no_timeline"]}</p></section>'
        return post(words["page_text_1"], words["today"]) + post(words["page_text_2"], words["yesterday"])
    return f'<section class="post"><p>{words["place_text"]}</p></section>'


def _name(address: str) -> str:
    """A name for who published it: the first part of the path that could be one."""
    parts = [unquote(part) for part in urlsplit(address).path.split("/") if part]
    names = [part for part in parts if part not in NOT_A_NAME and not part.endswith(".php") and not part.isdecimal()]
    return names[0].replace("-", " ")[:60] if names else ""


def _language(accepted: str) -> str:
    """German where it is the first of our languages that the browser prefers, else English."""
    preferred = re.findall(r"(?:^|,)\s*([a-z]{2})", accepted.lower())
    return next((tag for tag in preferred if tag in TEXTS), "en")


TEXTS = {
    "de": {
        "label": "Platzhalter für Facebook, keine echten Inhalte",
        "kind_page": "Seite",
        "kind_post": "Beitrag",
        "kind_video": "Video",
        "kind_place": "Adresse bei der Plattform",
        "today": "heute",
        "yesterday": "gestern",
        "page_text_1": "Hier stünde der neueste Beitrag der Seite.",
        "page_text_2": "Und hier der Beitrag davor.",
        "post_text": "Hier stünde der Text des Beitrags, darunter sein Bild.",
        "video_text": "Hier stünde der Text zum Video.",
        "screen": "Hier liefe das Video.",
        "no_timeline": "Hier stünden die gewählten Reiter der Seite, zum Beispiel Veranstaltungen.",
        "place_text": "Hier öffnete sich die Plattform selbst, in einem eigenen Fenster und außerhalb des Portals.",
        "requested": "Angefragt wurde:",
        "disclosed": "Was die Plattform soeben erfahren hat",
        "disclosed_page": "Adresse der Seite",
        "disclosed_site": "Name der Website",
        "disclosed_cookie": "Cookie von früher",
        "disclosed_language": "Sprache",
        "disclosed_browser": "Browser",
        "disclosed_ip": "IP-Adresse",
        "disclosed_ip_value": "ja, wie bei jeder Verbindung",
        "yes": "ja",
        "none": "nein",
        "unknown": "ohne Skript nicht festzustellen",
        "nobody": "Ohne Namen",
        "nothing": "keine Adresse",
    },
    "en": {
        "label": "Stand-in for Facebook, no real content",
        "kind_page": "Page",
        "kind_post": "Post",
        "kind_video": "Video",
        "kind_place": "Address on the platform",
        "today": "today",
        "yesterday": "yesterday",
        "page_text_1": "The page’s newest post would be here.",
        "page_text_2": "And here the one before it.",
        "post_text": "The text of the post would be here, with its picture below.",
        "video_text": "The text that goes with the video would be here.",
        "screen": "The video would play here.",
        "no_timeline": "The chosen tabs of the page would be here, such as its events.",
        "place_text": "The platform itself would open here, in a window of its own and outside the portal.",
        "requested": "Requested:",
        "disclosed": "What the platform has just learned",
        "disclosed_page": "Address of the page",
        "disclosed_site": "Name of the website",
        "disclosed_cookie": "Earlier cookie",
        "disclosed_language": "Language",
        "disclosed_browser": "Browser",
        "disclosed_ip": "IP address",
        "disclosed_ip_value": "yes, as with every connection",
        "yes": "yes",
        "none": "no",
        "unknown": "not known without script",
        "nobody": "No name",
        "nothing": "no address",
    },
}
