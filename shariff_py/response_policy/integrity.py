"""What a browser checks the widget's files against before it uses them (Subresource Integrity), and the header that demands it.

Measured in Chromium 156, Firefox 153 and WebKitGTK 2.50: with ``Integrity-Policy`` each of them refuses a script without ``integrity``, one
that differs from it, and one whose element lacks ``crossorigin``; a style sheet that differs is refused, one without ``integrity`` not yet.
Modules that a script loads itself are checked by an import map in all three (by ``modulepreload`` not in WebKit).
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode

from markupsafe import Markup

from shariff_py.response_policy.widget_hashes import HASHES
from shariff_py.settings.model import Settings

INTEGRITY_POLICY = ("Integrity-Policy", "blocked-destinations=(script style)")
"""For documents in which everything that is loaded carries ``integrity``: gate frames, and pages of a site that has it so."""

LOADED_LATER = ("shariff-fit.min.js", "shariff-opened.min.js")
"""What ``shariff.min.js`` loads itself where it is needed."""

ELEMENTS = {
    "css": Markup('<link rel="stylesheet" href="{address}"{integrity}>'),
    "js": Markup('<script src="{address}" defer{integrity}></script>'),
}


def file_version(name: str) -> str:
    """What changes with the content of a file of the widget: a part of its address, so that no older copy is taken for it."""
    return HASHES[name][:8].replace("+", "-").replace("/", "_")


def file_address(settings: Settings, name: str) -> str:
    """The address of a file of the widget, with its version."""
    return f"{settings.frame.prefix}/static/{name}?v={file_version(name)}"


def widget_element(settings: Settings, name: str) -> Markup:
    """The element with which a page loads a file of the widget. Without ``headers.integrity`` the browser does not check it."""
    value = Markup(' integrity="{}" crossorigin="anonymous"').format(integrity(name))
    return ELEMENTS[name.rpartition(".")[2]].format(
        address=file_address(settings, name), integrity=value if settings.headers.integrity else ""
    )


def import_map(settings: Settings) -> Markup:
    """An import map for what the widget loads later: under a policy with ``script-src``, allow `import_map_source`.

    A page has to have it before its first module, and in most browsers it can have one import map only.
    """
    return Markup('<script type="importmap">{}</script>').format(Markup(_import_map(settings)))  # noqa: S704 - plain paths


def import_map_source(settings: Settings) -> str:
    """The source for ``script-src`` that allows `import_map`."""
    return f"'sha256-{b64encode(hashlib.sha256(_import_map(settings).encode()).digest()).decode()}'"


def integrity(name: str) -> str:
    """The value of ``integrity`` for a file of the widget."""
    return f"sha384-{HASHES[name]}"


def file_hash(content: bytes) -> str:
    """The hash of a file, as `HASHES` has it."""
    return b64encode(hashlib.sha384(content).digest()).decode()


def _import_map(settings: Settings) -> str:
    folder = f"{settings.frame.prefix}/static/"
    addresses = {name: file_address(settings, name) for name in LOADED_LATER}
    found = {
        "imports": {folder + name: address for name, address in addresses.items()},
        "integrity": {address: integrity(name) for name, address in addresses.items()},
    }
    return json.dumps(found, separators=(",", ":"))
