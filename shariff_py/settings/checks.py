"""What a setting's form cannot tell: values that would be accepted and then not work, or work and be wrong.

Each check raises `ConfigurationError` with the setting's name and the cure. Secrets are never part of a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.register import REGISTER, platform_of
from shariff_py.policy import Controller
from shariff_py.settings.records import CountSettings, FrameSettings, SiteSettings
from shariff_py.texts import LANGUAGES
from shariff_py.urls import NOWHERE, is_loopback_origin, parse

SHORTEST_SECRET = 16
"""Characters. What is shorter can be guessed offline from one gate: every page shows a description together with its signature."""

LONGEST_TIMEOUT = 60.0
"""Seconds. One answer must come well within the lease under which a round of asking is made."""

DIRECT = re.compile(r"mailto:[^@\s]+@[^@\s]+|tel:[+0-9()./-]+", re.IGNORECASE)
"""Ways to reach somebody that lead to no page."""

OWN_OR_WHOLE = re.compile(r"/|https?://", re.IGNORECASE)
"""How an address begins that means the same on every page. ``www.example.org/contact`` would be a page below the current one."""

PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
"""A path of plain letters: it stands in addresses, in headers and in routes, and each reads other characters in its own way."""


def platforms(setting: str, names: Iterable[str]) -> None:
    """Each name is that of a platform's record."""
    for name in names:
        if name not in REGISTER:
            known = ", ".join(sorted(REGISTER))
            raise ConfigurationError(f"{name!r} is no platform we know.", setting=setting, cure=f"Known: {known}.")


def site(settings: SiteSettings) -> None:
    """Origin and hosts are written as browsers write them, so that comparing them can succeed."""
    if settings.origin:
        parts = parse(settings.origin)
        if parts is None:
            raise ConfigurationError(
                "is not an http or https origin.",
                setting="site.origin",
                cure='Write it like "https://www.example.org".',
            )
        if parts.origin != settings.origin:
            raise ConfigurationError("is not a bare origin.", setting="site.origin", cure=f"Write {parts.origin!r}.")
    for host in settings.hosts:
        _host(host, "site.hosts", wildcard=True)
    if settings.language not in LANGUAGES:
        raise ConfigurationError(
            f"{settings.language!r} is not available.",
            setting="site.language",
            cure=f"Use one of {', '.join(LANGUAGES)}.",
        )


def frame(settings: FrameSettings) -> None:
    """The prefix is a plain path, and no secret can be guessed."""
    if not PREFIX.fullmatch(settings.prefix):
        raise ConfigurationError(
            f"{settings.prefix!r} is no plain path.",
            setting="frame.prefix",
            cure='It must start with a slash and not end with one, and holds letters, digits, "-", "_", "." and "~", '
            'for example "/shariff".',
        )
    if any(len(secret.strip()) < SHORTEST_SECRET for secret in settings.secrets):
        raise ConfigurationError(
            f"a secret has fewer than {SHORTEST_SECRET} characters and could be guessed.",
            setting="frame.secrets",
            cure='Make one with: python3 -c "import secrets; print(secrets.token_urlsafe(32))".',
        )


def counts(settings: CountSettings) -> None:
    """Known words, and numbers a schedule can be made of."""
    if settings.scheduler not in {"inside", "outside"}:
        raise ConfigurationError("must be 'inside' or 'outside'.", setting="counts.scheduler")
    for name in ("refresh_minutes", "keep_days", "most_pages", "timeout_seconds", "largest_reply"):
        if not getattr(settings, name) > 0:
            raise ConfigurationError("must be more than nothing.", setting=f"counts.{name}")
    if settings.timeout_seconds > LONGEST_TIMEOUT:
        raise ConfigurationError(
            f"must be at most {LONGEST_TIMEOUT:.0f} seconds.",
            setting="counts.timeout_seconds",
            cure="An answer that takes longer is asked for again in the next round.",
        )


def controllers(named: Mapping[str, Controller]) -> None:
    """What is said before the press must be there, and lead somewhere without a platform (GDPR Art. 7(4), 13(1))."""
    for name, controller in named.items():
        for field_name in ("name", "contact_url", "privacy_url", "alternative_url"):
            if not getattr(controller, field_name).strip():
                raise ConfigurationError(
                    "is empty.",
                    setting=f"controllers.{name}.{field_name}",
                    cure="It is said before the press; fill it in.",
                )
        for field_name, cure in CONTROLLER_ADDRESSES.items():
            address = getattr(controller, field_name).strip()
            if not (is_open(address) or (field_name == "contact_url" and is_direct(address))):
                raise ConfigurationError(
                    "leads to a platform, or nowhere.", setting=f"controllers.{name}.{field_name}", cure=cure
                )


CONTROLLER_ADDRESSES = {
    "contact_url": 'Write "/contact" for a page of your site, a whole "https://" address, "mailto:" or "tel:".',
    "privacy_url": 'Write "/privacy" for a page of your site, or a whole "https://" address.',
    "alternative_url": "Name a page where the same information is found without one: "
    '"/news" for a page of your site, or a whole "https://" address.',
}


def is_open(address: str) -> bool:
    """Whether an address is a page of the site (``/news``) or a whole http(s) address, and on no platform."""
    parts = parse(address, NOWHERE) if OWN_OR_WHOLE.match(address) else None
    return parts is not None and not parts.userinfo and platform_of(parts.host) is None


def is_direct(address: str) -> bool:
    """Whether an address is a mailbox (``mailto:``) or a telephone number (``tel:``)."""
    return DIRECT.fullmatch(address) is not None


def stand_in(origins: Mapping[str, str]) -> None:
    """Each host is written as it is asked for, each origin is bare and on this machine: whatever else would reach the platform."""
    for host, origin in origins.items():
        setting = f"stand_in.{host}"
        _host(host, setting)
        if not is_loopback_origin(origin):
            raise ConfigurationError(
                f"{origin!r} is not on this machine.",
                setting=setting,
                cure="A stand-in answers in place of a platform in demonstrations and tests; use a loopback origin.",
            )
        parts = parse(origin)
        if parts is None or parts.origin != origin:
            bare = parts.origin if parts else "http://127.0.0.1:8001"
            raise ConfigurationError("is not a bare origin.", setting=setting, cure=f"Write {bare!r}.")


def _host(host: str, setting: str, *, wildcard: bool = False) -> None:
    """A host as parsed addresses spell it: lower case, in punycode, without scheme, port, path or last dot."""
    below = "*." if wildcard and host.startswith("*.") else ""
    bare = host.removeprefix(below)
    parts = parse(bare if "://" in bare else f"https://{bare}/")
    if parts is not None and parts.host == bare and "*" not in bare:
        return
    meant = parts.host if parts is not None and "*" not in parts.host else "www.example.org"
    raise ConfigurationError(
        f"{host!r} would never match: it is not a bare host in lower case.",
        setting=setting,
        cure=f"Write {below + meant!r}.",
    )
