"""Embed code as Facebook gives it out, and what a browser would load of it."""

from __future__ import annotations

from turbohtml import parse as browser_tree

from shariff_py.platforms.registry import platform_of
from shariff_py.urls import parse
from support.paths import TESTS

PASTED = {path.stem: path.read_text() for path in sorted((TESTS / "pasted").glob("*.html"))}

SOURCES = frozenset({"src", "srcset"})
LOADING = {
    **dict.fromkeys(["iframe", "frame", "embed", "img", "input", "script", "source", "track", "audio"], SOURCES),
    "object": {"data"},
    "video": {"src", "poster"},
    "link": {"href"},
    "image": {"href"},
    "use": {"href"},
    "body": {"background"},
}
"""The elements for which a browser fetches something by itself, and the attributes that name it."""


def loadable(html: str) -> list[str]:
    """Addresses of a platform that a browser would load by itself from this HTML, read as a browser reads it."""
    found = []
    for element in browser_tree(html).select("*"):
        for name in LOADING.get(element.tag, set()) & set(element.attrs):
            parts = parse(str(element.attrs[name]).strip(), "https://www.leinau.example/")
            if parts is not None and platform_of(parts.host) is not None:
                found.append(f"{element.tag} {element.attrs[name]}")
        if element.tag == "script" and "connect.facebook.net" in element.text:
            found.append("inline script")
    return found
