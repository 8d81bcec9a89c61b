"""How every platform replies to browsers: a document for each frame, made from its record and the request, and one for other addresses.

Nothing here imitates a platform's look: it must be obvious that this is not its content. What it does is what real frames do: set
cookies, run a script, send requests to its own server, read what the browser discloses about the page around it and what it may use.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import escape
from importlib.resources import files
from string import Template

from shariff_py.consent_ui.wording import kind_of
from shariff_py.platforms.stub import StubReply, StubRequest
from shariff_py.testing.frames.requested import Requested, requested
from shariff_py.testing.frames.words import WORDS
from shariff_py.texts import LANGUAGES

PAGES = files(__package__)
OWN = "/stand-in/"
"""Where its own files and messages are: no platform has such a path."""
FILES = {
    f"{OWN}frame.css": ("frame.css", "text/css; charset=utf-8"),
    f"{OWN}frame.js": ("frame.js", "text/javascript; charset=utf-8"),
}
MESSAGES = frozenset({f"{OWN}ping", f"{OWN}seen"})
COOKIES = (
    "stand-in-browser=1; Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=None",
    "stand-in-device=1; Max-Age=34560000; Path=/; Secure; HttpOnly; SameSite=None",
)
"""As platforms set them, for more than a year and to be sent from every site. With each document."""

WRITTEN = 'document.write(`<p class="label">$label</p><h1>$what</h1><p>$text</p><p><span class="address">$address</span></p>`);\n'
IN_TEMPLATE_LITERAL = {ord(sign): f"&#{ord(sign)};" for sign in "`\\$"}

DOCUMENT_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    # Its own documents send no referrer, so that every Referer it receives was sent by the page around it.
    "referrer-policy": "no-referrer",
}


def answer(request: StubRequest) -> StubReply:
    """The reply to one request of a browser."""
    path, headers = request.path, request.headers
    if path in FILES:
        name, content_type = FILES[path]
        return StubReply(200, {"content-type": content_type, "cache-control": "no-store"}, (PAGES / name).read_bytes())
    if path in MESSAGES:
        told = json.dumps({"cookie": "cookie" in headers})
        return StubReply(200, {"content-type": "application/json", "cache-control": "no-store"}, told.encode())
    if path in {"/favicon.ico", "/robots.txt"}:
        return StubReply(404, {"content-type": "text/plain"}, b"")
    found = requested(path + (f"?{request.query}" if request.query else ""))
    if found.in_frame and found.embed is not None and found.embed.kind_record.script is not None:
        script = {**DOCUMENT_HEADERS, "content-type": "text/javascript; charset=utf-8"}
        return StubReply(200, script, _script(found, headers), COOKIES)
    return StubReply(200, DOCUMENT_HEADERS, _document(found, headers), COOKIES)


def _script(found: Requested, headers: Mapping[str, str]) -> bytes:
    """What writes the same label into the document it is in, where content exists only as a script."""
    said = {name: escape(value).translate(IN_TEMPLATE_LITERAL) for name, value in _said(found, headers).items()}
    return Template(WRITTEN).substitute(said).encode()


def _document(found: Requested, headers: Mapping[str, str]) -> bytes:
    template = Template((PAGES / "frame.html").read_text(encoding="utf-8"))
    return template.substitute({name: escape(value) for name, value in _said(found, headers).items()}).encode()


def _said(found: Requested, headers: Mapping[str, str]) -> dict[str, str]:
    accepted = headers.get("accept-language", "")
    language = _language(accepted)
    words = WORDS[language]
    what = _title(found, language) or words["place"]
    platform = found.embed.record.title if found.embed else words["platform"]
    text = words["here"].format(what=what) if found.in_frame else words["place_text"]
    return {
        **words,
        "label": words["label"].format(platform=platform),
        "what": what,
        "text": text,
        "address": found.address,
        "shape": _shape(found),
        "cookie_value": words["yes" if "cookie" in headers else "none"],
        "language_value": accepted or words["none"],
        "code": language,
    }


def _title(found: Requested, language: str) -> str:
    if found.embed is None:
        return ""
    return kind_of(found.embed.record, found.embed.kind_record.shown_as, LANGUAGES[language])


def _shape(found: Requested) -> str:
    """Whether it looks like a screen, which is wider than high, or like lines of text."""
    if not found.in_frame or found.embed is None:
        return "place"
    width, height = found.embed.size
    return "screen" if width > height else "lines"


def _language(accepted: str) -> str:
    """The first of our languages that the browser prefers, else English."""
    preferred = re.findall(r"(?:^|,)\s*([a-z]{2})", accepted.lower())
    return next((tag for tag in preferred if tag in WORDS), "en")
