"""The headers of the gate frame: at most one origin, a sandbox, no powerful features, no referrer, nothing cached."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from shariff_py.caches import cached
from shariff_py.platforms.embed_kind import FEATURES
from shariff_py.response_policy.budget import MOST_BYTES, header_bytes
from shariff_py.response_policy.connections import CONNECTIONS, frame_connections
from shariff_py.response_policy.integrity import INTEGRITY_POLICY

SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms"
"""The sandbox of platform content. Without a token for top navigation: a platform's frame cannot navigate the page."""

STORAGE_ACCESS = "allow-storage-access-by-user-activation"
"""The token that the visitor's second choice adds: content may request access to its cookies."""


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
        CONNECTIONS: frame_connections(origin, link),
    }
    if header_bytes(headers.items()) > MOST_BYTES:
        headers[CONNECTIONS] = frame_connections(origin, link, exact=False)
    return headers


@cached("response_policy.frames._same_for_all")
def _same_for_all(origin: str, tokens: str, features: tuple[str, ...], login: bool) -> Mapping[str, str]:
    """What is the same for all documents with frames of one origin. Cached: there are a few for each platform."""
    limited = (name for name in FEATURES if not (login and name == "storage-access"))
    powers = ", ".join(f'{name}=(self "{origin}")' if name in features else f"{name}=()" for name in limited)
    frames = f"frame-src {origin}; " if origin else ""
    policy = (
        f"default-src 'none'; style-src 'self'; {frames}base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
        f"sandbox {tokens}"
    )
    return MappingProxyType(
        {
            "Content-Security-Policy": policy,
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": powers,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-DNS-Prefetch-Control": "off",
            "X-Robots-Tag": "noindex",
        }
    )
