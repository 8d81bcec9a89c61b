"""Which channel a request used, according to Chromium's log. Pure: tables, and code that walks them.

The browser marks each request with the hash of the name of the code that sent it (its *traffic annotation*), and each header it sends
with what it is for (``Sec-Fetch-Dest``, ``Sec-Purpose``). The names are Chromium's own, the hash is
``tools/traffic_annotation/scripts`` in its source.
"""

from __future__ import annotations

from collections.abc import Mapping

from shariff_py.audit.evidence.contact import Channel


def annotation(name: str) -> int:
    """The hash under which the log knows a sender: what Chromium computes when it is compiled."""
    value = 0
    for letter in name:
        value = (value * 31 + ord(letter)) % 138_003_713
    return value


SENDERS: Mapping[int, Channel] = {
    annotation("early_hints_preload"): Channel.EARLY_HINT,
    annotation("reporting"): Channel.REPORT,
    annotation("favicon_loader"): Channel.FAVICON,
    annotation("websocket_stream"): Channel.WEBSOCKET,
    annotation("speculation_rules_prefetch"): Channel.PREFETCH,
    annotation("payment_manifest_downloader"): Channel.BROWSER,
    annotation("fedcm"): Channel.BROWSER,
    annotation("background_fetch_context"): Channel.BROWSER,
    # Seen in the log of Chromium 156; the names behind these hashes are not published with the browser.
    117_976_395: Channel.BROWSER,  # related origins of WebAuthn
    107_267_424: Channel.BROWSER,  # descriptions of search engines (OpenSearch)
    68_163_855: Channel.BEACON,  # fetchLater
}

RESOLVER = annotation("dns_over_https")
"""The browser's DNS over HTTPS: how a name was looked up, not whom a page contacted."""

PURPOSES: Mapping[str, Channel] = {"prefetch;prerender": Channel.PRERENDER, "prefetch": Channel.PREFETCH}

KINDS: Mapping[str, Channel] = {
    "report": Channel.REPORT,
    "manifest": Channel.MANIFEST,
    "worker": Channel.WORKER,
    "sharedworker": Channel.WORKER,
    "serviceworker": Channel.WORKER,
    "paintworklet": Channel.WORKLET,
    "audioworklet": Channel.WORKLET,
    "webidentity": Channel.BROWSER,
}
"""By ``Sec-Fetch-Dest``."""

CONTENT_TYPES: Mapping[str, Channel] = {"text/ping": Channel.PING, "application/reports+json": Channel.REPORT}


def channel_of(scheme: str, sender: int, headers: Mapping[str, str]) -> Channel:
    """The channel of a request; ``headers`` (by lower-case name) are those it was sent with, none if it never was."""
    if scheme in ("ws", "wss"):
        return Channel.WEBSOCKET
    return (
        PURPOSES.get(headers.get("sec-purpose", ""))
        or CONTENT_TYPES.get(headers.get("content-type", ""))
        or SENDERS.get(sender)
        or KINDS.get(headers.get("sec-fetch-dest", ""))
        or Channel.REQUEST
    )
