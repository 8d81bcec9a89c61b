"""The addresses markup may carry: http(s), for a contact also mail and telephone, and a platform's mock server where one is set."""

from __future__ import annotations

import re

from shariff_py.platforms.registry import owner_of_address, platform_of_address
from shariff_py.settings.checks import OWN_OR_WHOLE, is_direct
from shariff_py.settings.model import Settings
from shariff_py.urls import NOWHERE, host_allowed, parse

MAILBOX = re.compile(r"[^@\s:/]+@[^@\s:/]+\.[^@\s:/]+")


def reachable(settings: Settings, address: str) -> str:
    """An absolute address as a link may carry it: rebuilt by a browser's rules, on the mock server of its host if there is one.

    Empty for everything that is not http(s), so that no ``javascript:`` ever becomes a link.
    """
    parts = parse(address.strip())
    if parts is None or parts.userinfo:
        return ""
    origin = parts.origin if parts.port else settings.stand_in.get(parts.host, parts.origin)
    query = f"?{parts.query}" if parts.query else ""
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{origin}{parts.path}{query}{fragment}"


def own_or_open(settings: Settings, address: str | None) -> str:
    """The address, absolute or the site's own (``/news``), if it leads to no platform and to no service that is linked to; else empty.

    The alternative to a platform's content must be available without a platform (GDPR Art. 7(4)). What would be one with ``https://`` before
    it (``x.com/town``) is a slip, and no page of the site.
    """
    wanted = (address or "").strip()
    parts = parse(wanted, settings.site.origin or NOWHERE) if wanted else None
    slip = None if OWN_OR_WHOLE.match(wanted) else parse(f"https://{wanted}")
    owned = any(one is not None and owner_of_address(one) is not None for one in (parts, slip))
    return wanted if parts is not None and not owned else ""


def own_picture(settings: Settings, address: str, page: str = "") -> str:
    """The address of a picture that may be shown before a consent, rebuilt by a browser's rules; empty for every other.

    It is on the site's own hosts or one of ``gate.allow``, on this page's port or the usual one, and belongs to no platform.
    ``page`` is the page's address, to which a relative one refers.
    """
    base = parse(page or "/", settings.site.origin or NOWHERE)
    parts = parse(address.strip(), base.origin + base.path) if base is not None else None
    if base is None or parts is None or parts.userinfo or platform_of_address(parts) is not None:
        return ""
    query = f"?{parts.query}" if parts.query else ""
    if parts.origin == base.origin:
        # What begins with two slashes would name a host.
        return "" if parts.path.startswith("//") else f"{parts.path}{query}"
    known = settings.owns_page(parts) or (not parts.port and host_allowed(parts.host, settings.gate.allow))
    return f"{parts.origin}{parts.path}{query}" if known else ""


def written_out(settings: Settings, address: str) -> str:
    """An address as it stands on paper: a page of the site with its origin, a mailbox and a telephone number without their scheme."""
    wanted = address.strip()
    if is_direct(wanted):
        return wanted.partition(":")[2]
    return f"{settings.site.origin}{wanted}" if wanted.startswith("/") else wanted


def linkable(settings: Settings, words: str) -> str:
    """Where a link leads for what may be an address or words: a mailbox also without ``mailto:``; empty for words."""
    wanted = words.strip()
    if MAILBOX.fullmatch(wanted):
        return f"mailto:{wanted}"
    return contact(settings, wanted) if is_direct(wanted) or OWN_OR_WHOLE.match(wanted) else ""


def contact(settings: Settings, address: str) -> str:
    """A contact address: a page as `own_or_open` takes it, ``mailto:`` or ``tel:``; else empty."""
    wanted = address.strip()
    return wanted if is_direct(wanted) else own_or_open(settings, wanted)
