"""The headers of the gate frame: at most one origin, a sandbox, no powerful features, no referrer, nothing cached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from shariff_py.caches import cached
from shariff_py.platforms.embed_kind import FEATURES
from shariff_py.response_policy.budget import MOST_BYTES, header_bytes
from shariff_py.response_policy.connections import CONNECTIONS, frame_connections
from shariff_py.response_policy.integrity import INTEGRITY_POLICY
from shariff_py.settings.model import Settings

SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms"
"""The sandbox of platform content. Without a token for top navigation: a platform's frame cannot navigate the page."""

ISOLATED_SANDBOX = "allow-scripts allow-same-origin"
"""The sandbox of a document on the isolated host. Without pop-ups: a window that a script has opened would outlive the frame, and what is
cleared on withdrawal could be written again from there."""

ISOLATED_FILES = ("shariff-frame.min.css", "shariff-isolated.min.js")
"""Our files that a document on the isolated host loads; nothing else of ours is there."""

CLEARED = ("Clear-Site-Data", '"cache", "cookies", "storage"')
"""What the isolated host's response to a withdrawal has the browser forget."""

STORAGE_ACCESS = "allow-storage-access-by-user-activation"
"""The token that the visitor's second choice adds: content may request access to its cookies."""

OF_ANY_DOCUMENT = MappingProxyType(
    {
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "X-Content-Type-Options": "nosniff",
        "X-DNS-Prefetch-Control": "off",
        "X-Robots-Tag": "noindex",
    }
)
"""Headers of every document in a gate frame."""


def sandbox(needed: Sequence[str] = (), *, login: bool = False) -> str:
    """The ``sandbox`` of a frame; ``needed`` are the tokens its content needs beyond the usual ones, ``login`` where the visitor may choose to
    load with a login.
    """
    return " ".join(dict.fromkeys([*SANDBOX.split(), *needed, *([STORAGE_ACCESS] if login else [])]))


def allow(features: Sequence[str]) -> str:
    """The ``allow`` of a frame: the features that its content needs, for whatever is loaded in it. The policies of our documents say which
    documents these can be."""
    return "; ".join(f"{name} *" for name in features)


def frame_headers(
    origin: str = "",
    *,
    link: str = "",
    tokens: str = "allow-same-origin",
    features: tuple[str, ...] = (),
    login: bool = False,
    integrity: bool = True,
) -> Mapping[str, str]:
    """The headers of a document in the gate frame. ``origin`` is the one that frames inside may have (empty: no frame at all).

    ``link`` is the address of the original that it shows; ``tokens`` are its sandbox; ``login`` leaves storage access to the platform's frame.
    ``integrity`` says whether what the document loads has its hash. Together they have at most `MOST_BYTES`.
    """
    demanded = dict([INTEGRITY_POLICY]) if integrity else {}
    headers = {
        **_same_for_all(origin, tokens, features, login),
        **demanded,
        CONNECTIONS: frame_connections(origin, link=link),
    }
    if header_bytes(headers.items()) > MOST_BYTES:
        headers[CONNECTIONS] = frame_connections(origin, link=link, exact=False)
    return headers


@cached("response_policy.frames._same_for_all")
def _same_for_all(origin: str, tokens: str, features: tuple[str, ...], login: bool) -> Mapping[str, str]:
    """What is the same for all documents with frames of one origin. Cached: there are a few for each platform."""
    frames = f"frame-src {origin}; " if origin else ""
    return MappingProxyType(
        {
            "Content-Security-Policy": _policy(f"style-src 'self'; {frames}", "'self'", tokens),
            "Permissions-Policy": _powers([origin], features, but=("storage-access",) if login else ()),
            **OF_ANY_DOCUMENT,
        }
    )


def isolated_headers(
    settings: Settings,
    sources: Mapping[str, Sequence[str]] = MappingProxyType({}),
    *,
    tokens: str = ISOLATED_SANDBOX,
    features: Sequence[str] = (),
) -> Mapping[str, str]:
    """The headers of a document on the isolated host, which only pages of the site may show in a frame.

    ``sources`` are the origins that it may load from, by directive; beside them it has our own script and style sheet. No worker may come of
    our script, as one would otherwise that ``script-src`` allows.
    """
    named = {"script-src": (), "style-src": (), "worker-src": (), **sources}
    own = {"script-src": ["'self'"], "style-src": ["'self'"]}
    sources_of = {name: [*own.get(name, []), *origins] or ["'none'"] for name, origins in named.items()}
    loads = "".join(f"{name} {' '.join(origins)}; " for name, origins in sources_of.items())
    origins = tuple(dict.fromkeys(origin for origins in sources.values() for origin in origins))
    pages = " ".join(dict.fromkeys(filter(None, (settings.site.origin, *settings.site.hosts))))
    return {
        "Content-Security-Policy": _policy(loads, pages, tokens),
        "Permissions-Policy": _powers(origins, features),
        **OF_ANY_DOCUMENT,
        CONNECTIONS: frame_connections(*origins),
    }


def _policy(loads: str, ancestors: str, tokens: str) -> str:
    return (
        f"default-src 'none'; {loads}base-uri 'none'; form-action 'none'; frame-ancestors {ancestors}; sandbox {tokens}"
    )


def _powers(origins: Sequence[str], features: Sequence[str], *, but: Sequence[str] = ()) -> str:
    """The device functions: ``features`` for these origins, all others for nobody, and nothing said of those in ``but``."""
    allowed = " ".join(["self", *(f'"{origin}"' for origin in origins)])
    return ", ".join(f"{name}=({allowed if name in features else ''})" for name in FEATURES if name not in but)
