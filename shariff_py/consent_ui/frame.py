"""The gate frame: our own document around a platform's frame, loaded by a click, and the embed token that says what it shows.

The page's own policy never names a platform. This document's policy names exactly one origin, and its sandbox and headers withhold
what can be withheld: the page's address, the login (where browsers know ``credentialless``), every device function.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial

from itsdangerous import BadData, URLSafeSerializer
from markupsafe import Markup, escape

from shariff_py.consent_ui.addresses import reachable
from shariff_py.consent_ui.templating import render
from shariff_py.consent_ui.wording import kind_of
from shariff_py.errors import UNREADABLE, ConfigurationError, EmbedRefused, EmbedTokenRefused
from shariff_py.platforms.embed_kind import NAME
from shariff_py.platforms.recognition import Embed, embed_of
from shariff_py.platforms.registry import REGISTRY
from shariff_py.response_policy.frames import (
    CLEARED,
    ISOLATED_SANDBOX,
    allow,
    frame_headers,
    isolated_headers,
    sandbox,
)
from shariff_py.response_policy.integrity import widget_element
from shariff_py.settings.model import Settings
from shariff_py.texts import Language
from shariff_py.urls import LONGEST

SALT = "shariff_py.gate-frame"

MOST_OPTIONS = 32
"""Frame parameters in an embed token; a kind of content has about ten."""

LEADS_OUT = "allow-popups allow-popups-to-escape-sandbox"
"""The sandbox of a document that only has a link. Anybody may have it made for any address, and its list of connections names that; so it
has no origin, and a script of the page around it cannot use it to contact somebody."""


@dataclass(frozen=True, slots=True)
class FrameDocument:
    """A complete response for the frame: status, headers beside the content type (``text/html; charset=utf-8``), document."""

    status: int
    headers: Mapping[str, str]
    html: str


def sign_embed_token(embed: Embed, settings: Settings) -> str:
    """What is to be shown, signed: letters, digits, ``-``, ``_`` and dots. The same content gives the same text.

    Raises `ConfigurationError` where no secret is set.
    """
    return str(_serializer(settings).dumps([embed.platform, embed.kind, embed.reference, dict(embed.options)]))


def load_embed_token(text: str, settings: Settings) -> Embed:
    """The content an embed token describes, rebuilt from the registry as it is today.

    Raises `EmbedTokenRefused` for what we did not sign, for what has another form than ours, though it was signed by the same key (by
    another version, or for another purpose), and for what the registry does not know or no longer shows.
    """
    try:
        described = _serializer(settings).loads(text)
    except (BadData, *UNREADABLE, TypeError):
        raise EmbedTokenRefused("The embed token is missing or was not signed by us.") from None
    platform, kind, address, options = _checked(described)
    record = REGISTRY.get(platform)
    kind_record = record.kind(kind) if record else None
    if record is None or kind_record is None:
        raise EmbedTokenRefused("The registry no longer has this kind of content.")
    try:
        return embed_of(record, kind_record, address, options)
    except EmbedRefused as refused:
        raise EmbedTokenRefused(f"The registry no longer allows this content: {refused}") from refused


def _checked(described: object) -> tuple[str, str, str, dict[str, str]]:
    """Platform, kind, address and frame parameters, in the form in which `sign_embed_token` writes them."""
    match described:
        case [str() as platform, str() as kind, str() as address, dict() as options] if (
            len(address) <= LONGEST
            and len(options) <= MOST_OPTIONS
            and all(isinstance(value, str) and len(value) <= LONGEST for value in options.values())
        ):
            return platform, kind, address, options
    raise EmbedTokenRefused("The embed token was signed by us and has another form than ours.")


def frame_document(
    settings: Settings, language: Language, embed: Embed, *, login: bool = False, site: str = ""
) -> FrameDocument:
    """The document with the platform's frame; the one that says so where no gate of the platform may be offered any more.

    ``login`` is the visitor's second choice: the frame loads with the visitor's login. It has an effect only where the controller offers it.
    ``site`` is the host of the page around it, for platforms whose frames have to be told.
    """
    kind = embed.kind_record
    if settings.unavailable_reason(embed) is not None or kind.script is not None:
        return refused_document(settings, language, status=403)
    origin = settings.origin_of(embed.frame_host)
    width, height = embed.size
    original = reachable(settings, embed.address)
    login = login and any(controller.offer_login for controller in settings.controllers.values())
    tokens = sandbox(kind.sandbox, login=login)
    html = render(
        "frame_open.html",
        language,
        embed=embed,
        height_message=json.dumps(kind.height_message._asdict()) if kind.height_message else "",
        address=origin + embed.frame_on(site).removeprefix(f"https://{embed.frame_host}"),
        width=width,
        height=height,
        original=original,
        stand_in=embed.frame_host in settings.stand_in,
        title=kind_of(embed.record, kind.shown_as, language),
        prefix=settings.frame.prefix,
        element=partial(widget_element, settings),
        sandbox=tokens,
        allow=allow(kind.features),
        credentialless=not (login or kind.with_credentials),
    )
    integrity = settings.headers.integrity
    headers = frame_headers(
        origin, link=original, tokens=tokens, features=kind.features, login=login, integrity=integrity
    )
    return FrameDocument(200, headers, str(html))


def isolated_document(settings: Settings, language: Language, embed: Embed) -> FrameDocument:
    """The document in which a platform's script shows content. It may be served on the isolated host alone: on the site's own the script would
    be the site's. The one that says so where no gate of the content may be offered.
    """
    kind = embed.kind_record
    if settings.unavailable_reason(embed) is not None or kind.script is None:
        return refused_document(settings, language, status=403, isolated=True)
    origin = settings.origin_of(embed.frame_host)
    source = origin + embed.frame_address.removeprefix(f"https://{embed.frame_host}")
    values = {**dict(embed.parts), "address": embed.address, "source": source}
    html = render(
        "frame_isolated.html",
        language,
        embed=embed,
        content=Markup(NAME.sub(lambda found: escape(values[found[1]]), kind.script.markup)),  # noqa: S704 - a record's markup, parts escaped
        stand_in=embed.frame_host in settings.stand_in,
        title=kind_of(embed.record, kind.shown_as, language),
        prefix=settings.frame.prefix,
        element=partial(widget_element, settings),
    )
    sources = {"script-src": [origin]}
    for directive, hosts in kind.script.sources.items():
        sources.setdefault(directive, []).extend(map(settings.origin_of, hosts))
    tokens = " ".join([ISOLATED_SANDBOX, *kind.sandbox])
    return FrameDocument(200, isolated_headers(settings, sources, tokens=tokens, features=kind.features), str(html))


def removed_document(settings: Settings, language: Language, *, isolated: bool = False) -> FrameDocument:
    """The document in the frame after content was removed without script. On the isolated host it has the browser forget all that was stored
    there."""
    document = _plain(settings, language, "removed", 200, isolated=isolated)
    return replace(document, headers={**document.headers, **dict([CLEARED])}) if isolated else document


def refused_document(
    settings: Settings, language: Language, *, status: int = 400, isolated: bool = False
) -> FrameDocument:
    """The document in the frame where nothing may be loaded: one sentence."""
    return _plain(settings, language, "refused", status, isolated=isolated)


def closed_document(settings: Settings, language: Language, embed: Embed) -> FrameDocument:
    """The document in a frame that a script of the page made of an address in its data: a sentence and an ordinary link."""
    return _plain(settings, language, "refused", 200, link=reachable(settings, embed.address), platform=embed.from_whom)


def _plain(
    settings: Settings,
    language: Language,
    what: str,
    status: int,
    *,
    link: str = "",
    platform: str = "",
    isolated: bool = False,
) -> FrameDocument:
    element = partial(widget_element, settings)
    html = render(
        "frame_plain.html", language, what=what, element=element, link=link, platform=platform, isolated=isolated
    )
    if isolated:
        return FrameDocument(status, isolated_headers(settings), str(html))
    tokens = LEADS_OUT if link else "allow-same-origin"
    return FrameDocument(
        status, frame_headers(link=link, tokens=tokens, integrity=settings.headers.integrity), str(html)
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
