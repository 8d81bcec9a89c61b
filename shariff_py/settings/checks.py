"""Checks beyond a setting's type: values that would be accepted and then not work, or work and be wrong.

Each check raises `ConfigurationError` with the setting's name and the fix. Secrets are never part of a message.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from posixpath import normpath, splitext

from shariff_py.errors import AddressRefused, ConfigurationError
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, owner_of_address, platform_of
from shariff_py.platforms.services import ENDED
from shariff_py.settings import secret_strength
from shariff_py.settings.address_forms import check_host, check_origin, write
from shariff_py.settings.quoting import dotted, quoted
from shariff_py.settings.records import (
    CountSettings,
    FrameSettings,
    GateSettings,
    HeaderSettings,
    JournalSettings,
    ShareSettings,
    SiteSettings,
    TextSettings,
)
from shariff_py.texts import LANGUAGES
from shariff_py.urls import NOWHERE, canonical, is_loopback_origin, parse

LONGEST_TIMEOUT = 60.0
"""Seconds. One reply must come well within the lease under which a refresh cycle runs."""

DIRECT = re.compile(r"mailto:[^@\s]+@[^@\s]+|tel:[+0-9()./-]+", re.IGNORECASE)
"""Contact addresses that are not pages."""

LONGEST_PREFIX = 200
"""Characters. It is in each gate several times, and in the headers of each page."""

OWN_OR_WHOLE = re.compile(r"/|https?://", re.IGNORECASE)
"""How an address begins that means the same on every page. ``www.example.org/contact`` would be a page below the current one."""

LEARN = ("listed", "shown", "asked")
"""Which pages counts are fetched for, each including those before."""

POSITIVE = (
    "refresh_minutes", "slowest_hours", "keep_days", "most_pages", "new_per_hour", "timeout_seconds", "largest_reply",
)  # fmt: skip

UNKNOWN = ("blocked", "leave", "report", "gate")
STORES = ("report", "gate")
INFORMATION = ("layered", "whole")
THEMES = ("plain", "standard", "color", "grey", "white", "contrast")
POLICIES = ("enforce", "report-only", "off")

PREFIX = re.compile(r"(?:/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~-]+)+")
"""A path of plain letters: it is part of addresses, headers and routes, and each reads other characters in its own way."""


def platforms(setting: str, names: Iterable[str]) -> None:
    """Each name is that of a platform's record, or of a service that has ended (as in `shariff_py.settings.services`)."""
    for name in names:
        if name not in REGISTRY and name not in ENDED:
            known = ", ".join(sorted(REGISTRY))
            raise ConfigurationError(
                f"{quoted(name)} is not a known platform.", setting=setting, cure=f"Known: {known}."
            )


def disclosures(released: Iterable[Platform]) -> None:
    """The information required before the click is complete for each released platform, in every language (GDPR Art. 13)."""
    for record in released:
        for missing in record.missing_disclosures():
            raise ConfigurationError(
                f"the record of {record.title} leaves {missing} empty, which visitors must be informed of before loading.",
                setting=f"releases.{record.name}",
                cure=f'Fill it in in the platform\'s record, or set releases.{record.name}.state to "suspended".',
            )
        for code, words in LANGUAGES.items():
            for key in record.text_keys():
                if key not in words.texts:
                    raise ConfigurationError(
                        f"{code}.toml has no text {key!r}, which {record.title} needs before loading.",
                        setting=f"releases.{record.name}",
                        cure="Add the text.",
                    )


def share(settings: ShareSettings) -> None:
    """Known words, and an address of the site itself for more information."""
    for name, known in SHARE_WORDS.items():
        _one_of(getattr(settings, name), known, f"share.{name}")
    if settings.info_url and not is_open(settings.info_url):
        raise ConfigurationError(
            "leads to a platform, or nowhere.",
            setting="share.info_url",
            cure='Write "/sharing" for a page of your site.',
        )


SHARE_WORDS = {
    "theme": THEMES,
    "orientation": ("horizontal", "vertical"),
    "button_style": ("standard", "icon", "icon-count"),
    "link_mode": ("direct", "notice"),
}


def site(settings: SiteSettings) -> None:
    """Origin and hosts are written as browsers write them, so that comparing them can succeed."""
    if settings.origin:
        check_origin(settings.origin, "site.origin")
    for host in settings.hosts:
        check_host(host, "site.hosts", wildcard=True)
    for name in ("sensitive", "children"):
        for path in getattr(settings, name):
            if not path.startswith("/"):
                raise ConfigurationError(
                    f"{quoted(path)} is not a path.",
                    setting=f"site.{name}",
                    cure='Write it like "/health"; what lies below belongs to it.',
                )
    if settings.language not in LANGUAGES:
        raise ConfigurationError(
            f"{quoted(settings.language)} is not available.",
            setting="site.language",
            cure=f"Use one of {', '.join(LANGUAGES)}.",
        )


def texts(settings: Mapping[str, TextSettings], site_language: str) -> None:
    """Languages there are, whole approvals, and a site's language that pages are offered in."""
    for code, one in settings.items():
        setting = dotted(["texts", code])
        if code not in LANGUAGES:
            raise ConfigurationError(
                f"{quoted(code)} is not available.", setting=setting, cure=f"Use one of {', '.join(LANGUAGES)}."
            )
        approval = (one.approved_by.strip(), one.approved_on, one.approved_text.strip())
        if any(approval) and not all(approval):
            raise ConfigurationError(
                "is approved in part.",
                setting=setting,
                cure="Set approved_by, approved_on and approved_text, or none of them; shariff-py doctor names the text.",
            )
    if not LANGUAGES.is_current(site_language) and not settings.get(site_language, TextSettings()).outdated:
        raise ConfigurationError(
            f"the texts in {quoted(site_language)} are translated from an older text than there is now.",
            setting="site.language",
            cure=f"Use another language, or offer this one all the same: {dotted(['texts', site_language, 'outdated'])} = true.",
        )


def frame(settings: FrameSettings, hosts: Iterable[str]) -> None:
    """The prefix is a plain path, and no secret can be guessed."""
    if len(settings.prefix) > LONGEST_PREFIX:
        raise ConfigurationError(
            f"has more than {LONGEST_PREFIX} characters, which each page repeats.",
            setting="frame.prefix",
            cure='Use "/shariff".',
        )
    if not PREFIX.fullmatch(settings.prefix):
        raise ConfigurationError(
            f"{quoted(settings.prefix)} is not a plain path.",
            setting="frame.prefix",
            cure='It must start with a slash and not end with one, and holds letters, digits, "-", "_", "." and "~", '
            'for example "/shariff".',
        )
    secret_strength.check(settings.secrets, "frame.secrets", hosts)


def counts(settings: CountSettings) -> None:
    """Known words, and numbers a schedule can be made of."""
    _one_of(settings.scheduler, ("inside", "outside"), "counts.scheduler")
    _one_of(settings.learn, ("", *LEARN), "counts.learn")
    for name in POSITIVE:
        if not getattr(settings, name) > 0:
            raise ConfigurationError("must be greater than 0.", setting=f"counts.{name}")
    if settings.cache_seconds < 0:
        raise ConfigurationError("must be at least 0.", setting="counts.cache_seconds")
    if settings.timeout_seconds > LONGEST_TIMEOUT:
        raise ConfigurationError(
            f"must be at most {LONGEST_TIMEOUT:.0f} seconds.",
            setting="counts.timeout_seconds",
            cure="A request that takes longer is repeated in the next refresh cycle.",
        )
    for origin in settings.origins:
        check_origin(origin, "counts.origins")


def aliases(named: Mapping[str, str], owns: Callable[[str], bool]) -> None:
    """Beginnings of addresses in their canonical form, up to a slash; what is current is the site's own."""
    for old, new in named.items():
        for address in (old, new):
            try:
                written = canonical(address)
            except AddressRefused:
                written = ""
            if written != address or not address.endswith("/"):
                cure = write(written if written.endswith("/") else "", "http://old.example.org/")
                raise ConfigurationError(
                    f"{quoted(address)} is not the beginning of an address up to a slash.",
                    setting="site.aliases",
                    cure=cure,
                )
        parts = parse(new)
        if parts is None or not owns(parts.host):
            raise ConfigurationError(
                f"{quoted(new)} is not on one of the site's own hosts.",
                setting="site.aliases",
                cure="Add it to site.hosts.",
            )
        if new.startswith(old) or old.startswith(new):
            raise ConfigurationError(f"{quoted(old)} and {quoted(new)} lie within each other.", setting="site.aliases")


def journal(settings: JournalSettings) -> None:
    """A number of months that is one, and a checkpoint that takes the place of none of the journal's files."""
    if settings.keep_months < 0:
        raise ConfigurationError("must be at least 0.", setting="journal.keep_months", cure="0 keeps it forever.")
    if settings.checkpoint and normpath(settings.checkpoint).startswith(splitext(normpath(settings.path))[0]):
        raise ConfigurationError(
            "begins like the journal's own files.",
            setting="journal.checkpoint",
            cure="Name another file, best on another disk.",
        )


def gate(settings: GateSettings) -> None:
    """A known word, and hosts as browsers write them; none of them a platform's whose record says that it is never allowed."""
    _one_of(settings.unknown, UNKNOWN, "gate.unknown")
    _one_of(settings.stores, STORES, "gate.stores")
    _one_of(settings.information, INFORMATION, "gate.information")
    for host in settings.allow:
        check_host(host, "gate.allow", wildcard=True)
        platform = platform_of(host.removeprefix("*."))
        if platform is not None and platform.never_allowed:
            raise ConfigurationError(
                f"{quoted(host)} belongs to {platform.title}, which is never loaded without asking the visitor.",
                setting="gate.allow",
                cure=f"Take it out, and release {platform.name} in releases instead.",
            )


def headers(settings: HeaderSettings) -> None:
    """A known word, and bounds that bound something."""
    _one_of(settings.policy, POLICIES, "headers.policy")
    _one_of(settings.connections, POLICIES, "headers.connections")
    for name in ("most_reports", "reports_per_minute"):
        if not getattr(settings, name) > 0:
            raise ConfigurationError("must be greater than 0.", setting=f"headers.{name}")


def is_open(address: str) -> bool:
    """Whether an address is a page of the site (``/news``) or a whole http(s) address, and on no platform or service that is linked to."""
    parts = parse(address, NOWHERE) if OWN_OR_WHOLE.match(address) else None
    return parts is not None and not parts.userinfo and owner_of_address(parts) is None


def is_direct(address: str) -> bool:
    """Whether an address is a mailbox (``mailto:``) or a telephone number (``tel:``)."""
    return DIRECT.fullmatch(address) is not None


def stand_in(origins: Mapping[str, str]) -> None:
    """Each host is written as it is requested, each origin is bare and on this machine: anything else would reach the platform."""
    for host, origin in origins.items():
        setting = dotted(["stand_in", host])
        check_host(host, setting)
        if not is_loopback_origin(origin):
            raise ConfigurationError(
                f"{quoted(origin)} is not on this machine.",
                setting=setting,
                cure="A mock server replaces a platform in demonstrations and tests; use a loopback origin.",
            )
        parts = parse(origin)
        if parts is None or parts.origin != origin:
            bare = parts.origin if parts else "http://127.0.0.1:8001"
            raise ConfigurationError(
                "is not a bare origin.", setting=setting, cure=write(bare, "http://127.0.0.1:8001")
            )


def _one_of(word: str, known: tuple[str, ...], setting: str) -> None:
    if word not in known:
        raise ConfigurationError(
            f"{quoted(word)} is not known.", setting=setting, cure=f"Use one of {', '.join(known)}."
        )
