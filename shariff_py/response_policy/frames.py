"""The headers of the gate frame: one origin at most, a sandbox, no device functions, no referrer, nothing kept."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms"
"""What content may do. Without a token for top navigation: a platform's frame cannot carry the visitor away."""

WITH_LOGIN = "allow-storage-access-by-user-activation"
"""What the visitor's second choice adds: content may ask the browser for the login."""

NO_FEATURES = ", ".join(
    f"{name}=()"
    for name in (
        "accelerometer", "attribution-reporting", "autoplay", "browsing-topics", "camera", "ch-ua",
        "ch-ua-high-entropy-values", "ch-ua-mobile", "ch-ua-platform", "clipboard-read", "clipboard-write",
        "compute-pressure", "deferred-fetch", "deferred-fetch-minimal", "digital-credentials-get", "display-capture",
        "encrypted-media", "fullscreen", "gamepad", "geolocation", "gyroscope", "hid", "identity-credentials-get",
        "idle-detection", "keyboard-map", "local-fonts", "local-network-access", "magnetometer", "microphone", "midi",
        "otp-credentials", "payment", "picture-in-picture", "private-state-token-issuance",
        "private-state-token-redemption", "publickey-credentials-create", "publickey-credentials-get",
        "screen-wake-lock", "serial", "shared-storage", "storage-access", "sync-xhr", "unload", "usb",
        "window-management", "xr-spatial-tracking",
    )
)  # fmt: skip
"""Permissions-Policy for our document and everything inside it. In Chromium it also takes away the ``Sec-CH-UA`` headers."""


def sandbox(*, login: bool = False) -> str:
    """The sandbox of a frame; ``login`` where the visitor may choose to load with a login."""
    return f"{SANDBOX} {WITH_LOGIN}" if login else SANDBOX


def frame_headers(origin: str = "", *, tokens: str = "allow-same-origin", login: bool = False) -> Mapping[str, str]:
    """The headers of a document in the gate frame. ``origin`` is the one whose frames may be shown in it (none: no frame at all).

    ``tokens`` are its sandbox; ``login`` leaves storage access to the platform's frame.
    """
    features = NO_FEATURES.replace("storage-access=(), ", "") if login else NO_FEATURES
    frames = f"frame-src {origin}; " if origin else ""
    policy = (
        f"default-src 'none'; style-src 'self'; {frames}base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
        f"sandbox {tokens}"
    )
    return MappingProxyType(
        {
            "Content-Security-Policy": policy,
            "Referrer-Policy": "no-referrer",
            "Permissions-Policy": features,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-DNS-Prefetch-Control": "off",
            "X-Robots-Tag": "noindex",
        }
    )
