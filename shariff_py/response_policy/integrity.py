"""What a browser checks the widget's files against before it uses them (Subresource Integrity), and the header that demands it.

Measured in Chromium 156, Firefox 153 and WebKitGTK 2.50: with ``Integrity-Policy`` each of them refuses a script without ``integrity``, one
that differs from it, and one whose element lacks ``crossorigin``; a style sheet that differs is refused, one without ``integrity`` not yet.
A module that a script loads itself is refused, unless the page has loaded it before with an element of its own
that has ``integrity`` (``modulepreload`` is not enough in WebKit).
"""

from __future__ import annotations

import hashlib
from base64 import b64encode

from markupsafe import Markup

from shariff_py.response_policy.widget_hashes import HASHES
from shariff_py.settings.model import Settings

INTEGRITY_POLICY = ("Integrity-Policy", "blocked-destinations=(script)")
"""For documents in which everything that is loaded carries ``integrity``: gate frames, and pages of a site that has it so.
``style`` is no destination that a browser knows yet; Chromium writes that to its console."""

LOADED_LATER = ("shariff-fit.min.js", "shariff-opened.min.js")
"""What ``shariff.min.js`` loads itself where it is needed."""

ELEMENTS = {
    "css": Markup('<link rel="stylesheet" href="{address}"{integrity}>'),
    "js": Markup('<script src="{address}"{when}{integrity}></script>'),
}


def file_version(name: str) -> str:
    """What changes with the content of a file of the widget: a part of its address, so that no older copy is taken for it. Empty for
    others."""
    return HASHES.get(name, "")[:8].replace("+", "-").replace("/", "_")


def file_address(settings: Settings, name: str) -> str:
    """The address of a file of the widget, with its version."""
    return f"{settings.frame.prefix}/static/{name}?v={file_version(name)}"


def widget_element(settings: Settings, name: str, *, at_once: bool = False) -> Markup:
    """The element with which a page loads a file of the widget; a script runs ``at_once`` or when the page is there. Without
    ``headers.integrity`` the browser does not check it."""
    element, when = ELEMENTS[name.rpartition(".")[2]], "" if at_once else Markup(" defer")
    if not settings.headers.integrity:
        return element.format(address=f"{settings.frame.prefix}/static/{name}", when=when, integrity="")
    return element.format(address=file_address(settings, name), when=when, integrity=integrity_attributes(name))


def integrity_attributes(name: str) -> Markup:
    """The attributes with which an element has a file of the widget checked, after a space."""
    return Markup(' integrity="{}" crossorigin="anonymous"').format(integrity(name))


def later_elements(settings: Settings) -> list[Markup]:
    """The elements that load beforehand, and so have checked, what ``shariff.min.js`` would load itself where it is needed. None without
    ``headers.integrity``."""
    if not settings.headers.integrity:
        return []
    element = Markup('<script type="module" src="{}/static/{}" integrity="{}"></script>')
    return [element.format(settings.frame.prefix, name, integrity(name)) for name in LOADED_LATER]


def integrity(name: str) -> str:
    """The value of ``integrity`` for a file of the widget."""
    return f"sha384-{HASHES[name]}"


def file_hash(content: bytes) -> str:
    """The hash of a file, as `HASHES` has it."""
    return b64encode(hashlib.sha384(content).digest()).decode()
