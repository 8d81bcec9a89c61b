"""The gate frame: the document of ours that holds a platform's frame after the press, and the sealed description that asks for it.

The page's own policy never names a platform. This document's policy names exactly one origin, and its sandbox and headers keep back
what can be kept back: the page's address, the login (where browsers know ``credentialless``), every device function.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from itsdangerous import BadData, URLSafeSerializer

from shariff_py.errors import ConfigurationError, DescriptionRefused, EmbedRefused
from shariff_py.markup.addresses import reachable
from shariff_py.markup.environment import render
from shariff_py.platforms.recognition import Embed, embed_of
from shariff_py.platforms.register import REGISTER
from shariff_py.settings.model import Settings
from shariff_py.texts import Language

SANDBOX = "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms"
"""What content may do. Without a token for top navigation: a platform's frame cannot carry the visitor away."""

WITH_LOGIN = "allow-storage-access-by-user-activation"
"""What the visitor's second choice adds: content may ask the browser for the login."""

SALT = "shariff_py.gate-frame"

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


@dataclass(frozen=True, slots=True)
class FrameDocument:
    """A complete answer for the frame: status, headers beside the content type (``text/html; charset=utf-8``), document."""

    status: int
    headers: Mapping[str, str]
    html: str


def seal(embed: Embed, settings: Settings) -> str:
    """What is to be shown, signed: letters, digits, ``-``, ``_`` and dots. The same content gives the same text.

    Raises `ConfigurationError` where no secret is set.
    """
    return str(_serializer(settings).dumps([embed.platform, embed.kind, embed.address, dict(embed.options)]))


def unseal(text: str, settings: Settings) -> Embed:
    """The content a sealed description stands for, rebuilt from the register as it is today.

    Raises `DescriptionRefused` for what we did not sign, and for what the register does not know or no longer shows.
    """
    try:
        platform, kind, address, options = _serializer(settings).loads(text)
    except (BadData, ValueError, TypeError):
        raise DescriptionRefused("The description of what to show is missing or was not signed by us.") from None
    record = REGISTER.get(platform)
    kind_record = record.kind(kind) if record else None
    if record is None or kind_record is None:
        raise DescriptionRefused(f"The register knows no {kind!r} of {platform!r} any more.")
    try:
        return embed_of(record, kind_record, address, options)
    except EmbedRefused as refused:
        raise DescriptionRefused(f"The register no longer shows this: {refused}") from refused


def sandbox(*, login: bool = False) -> str:
    """The sandbox of a frame; ``login`` where the visitor may choose to load with a login."""
    return f"{SANDBOX} {WITH_LOGIN}" if login else SANDBOX


def frame_document(settings: Settings, language: Language, embed: Embed, *, login: bool = False) -> FrameDocument:
    """The document with the platform's frame; the refused one where no gate of the platform may be offered any more.

    ``login`` is the visitor's second choice: the frame is not kept from the login. It counts only where a controller offers it.
    """
    record = embed.record
    if settings.policy.reason_closed(record) is not None:
        return refused_document(settings, language, status=403)
    origin = settings.origin_of(record.frame_host)
    width, height = embed.size
    login = login and any(controller.offer_login for controller in settings.controllers.values())
    html = render(
        "frame_open.html",
        language,
        embed=embed,
        address=origin + embed.frame_path(),
        width=width,
        height=height,
        original=reachable(settings, embed.address),
        stand_in=record.frame_host in settings.stand_in,
        title=frame_title(language, embed),
        prefix=settings.frame.prefix,
        sandbox=sandbox(login=login),
        login=login,
    )
    return FrameDocument(200, _headers(f"frame-src {origin}; ", sandbox(login=login), login=login), str(html))


def removed_document(settings: Settings, language: Language) -> FrameDocument:
    """What stands in the frame after content was removed without script."""
    return _plain(settings, language, "removed", 200)


def refused_document(settings: Settings, language: Language, *, status: int = 400) -> FrameDocument:
    """What stands in the frame where nothing may be loaded: a sentence, nothing else."""
    return _plain(settings, language, "refused", status)


def frame_title(language: Language, embed: Embed) -> str:
    """What the content is and where it comes from, in the page's language: "Beitrag von Facebook"."""
    return language.say(f"frame.title_{embed.kind}", platform=embed.record.title)


def _plain(settings: Settings, language: Language, what: str, status: int) -> FrameDocument:
    html = render("frame_plain.html", language, what=what, prefix=settings.frame.prefix)
    return FrameDocument(status, _headers("", "allow-same-origin"), str(html))


def _headers(frame_src: str, sandbox: str, *, login: bool = False) -> Mapping[str, str]:
    features = NO_FEATURES.replace("storage-access=(), ", "") if login else NO_FEATURES
    policy = (
        f"default-src 'none'; style-src 'self'; {frame_src}base-uri 'none'; form-action 'none'; frame-ancestors 'self'; "
        f"sandbox {sandbox}"
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


def _serializer(settings: Settings) -> URLSafeSerializer:
    if not settings.frame.secrets:
        raise ConfigurationError(
            "there is no secret to sign gates with.",
            setting="frame.secrets",
            cure="Set SHARIFF_FRAME__SECRETS (a JSON list) or SHARIFF_FRAME__SECRETS_FILE.",
        )
    oldest_first = list(reversed(settings.frame.secrets))
    kwargs = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
    return URLSafeSerializer(oldest_first, salt=SALT, signer_kwargs=kwargs)
