"""Whether a contact is the site's own, the browser's, or a third party's. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from publicsuffixlist import PublicSuffixList

from shariff_py.audit.evidence.contact import (
    Channel,
    Contact,
    endpoint_of_url,
    host_and_port,
    host_as_browsers_write_it,
    is_address,
)
from shariff_py.urls import host_is

BROWSER_HOSTS = frozenset(
    {
        "accounts.google.com",
        "clients2.google.com",
        "edgedl.me.gvt1.com",
        "optimizationguide-pa.googleapis.com",
        "redirector.gvt1.com",
        "sb-ssl.google.com",
        "translate.googleapis.com",
        "update.googleapis.com",
        "www.gstatic.com",
    }
)
"""Hosts that Chromium contacts on its own account, measured on an empty page, (for its translator) on one in another language than
its own, and (for ``sb-ssl``, which checks files and pages that look dangerous) where files are saved; each run adds what it
measures itself."""

FORM_SERVICE = "content-autofill.googleapis.com"
"""A server of Google's that Chromium asks about a page with a field that text is typed into: in the page's name, but without the page being the
initiator. Hidden and disabled fields and ``autocomplete="off"`` are no exception; selects, tick boxes and buttons are asked about by nobody, nor
are elements that are edited (``contenteditable``), all measured in Chromium 156. So the page causes it, and prevents it by having no such
field. It is no finding, because a page that needs the field cannot do without; the report tells it with its cause."""

BROWSERS_CHANNELS = frozenset({Channel.REQUEST, Channel.DNS, Channel.CONNECTION, Channel.QUIC})
"""How Chromium contacts hosts on its own account. Everything else (prefetch, WebRTC, beacon and so on) only a page sets going."""


def is_browser_background(contact: Contact, background: frozenset[str]) -> bool:
    """Whether the browser itself did this: a host it also contacts on an empty page, and not for any page's sake.

        The browser marks its own traffic with no site, or with the contacted host's own. But so it marks what a page has it prefetch from another
    so nothing is the browser's that has an initiator, a referrer or another channel, or that the page declares.
        `FORM_SERVICE` has the page's site, which causes it by a field.
    """
    if contact.initiator or contact.referrer or contact.declared or contact.channel not in BROWSERS_CHANNELS:
        return False
    if contact.host == FORM_SERVICE:
        return True
    if contact.host not in BROWSER_HOSTS | background:
        return False
    return not contact.site or host_is(contact.host, host_and_port(contact.site)[0])


def outside(contacts: Iterable[Contact], own: frozenset[str], background: frozenset[str]) -> tuple[Contact, ...]:
    """The contacts with third parties: neither the site's own nor the browser's."""
    return tuple(c for c in contacts if not is_own(c.endpoint, own) and not is_browser_background(c, background))


def own_endpoints(addresses: Iterable[str]) -> frozenset[str]:
    """The endpoints of the site's own addresses or hosts; ``*.example.org``, that domain and everything below it, stays as it is."""
    return frozenset(filter(None, (one if one.startswith("*.") else endpoint_of_url(one) for one in addresses)))


def is_own(endpoint: str, own: frozenset[str]) -> bool:
    """Whether a endpoint is the site's own. An entry ``*.example.org`` means that domain and everything below it."""
    return endpoint in own or any(
        host_is(endpoint, host_as_browsers_write_it(entry[2:])) for entry in own if entry.startswith("*.")
    )


def same_site(url: str, other: str) -> bool:
    """Whether two addresses lie below one registrable domain. What has none (an IP address, this machine) is a site of its own."""
    return _site(url) == _site(other)


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _site(url: str) -> str:
    host = host_and_port(url)[0]
    return (not is_address(host) and _suffixes().privatesuffix(host)) or endpoint_of_url(url)
