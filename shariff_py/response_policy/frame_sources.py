"""Whether the policies of a response let its page show a frame: source matching of CSP 3, section 6.7.2."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from shariff_py.response_policy.csp import (
    FRAME_DIRECTIVES,
    HOST_SOURCE,
    POLICY,
    Headers,
    Policy,
    header_values,
    parse_policies,
)
from shariff_py.urls import NOWHERE, Address, parse

OBJECT_DIRECTIVES = ("object-src", "default-src")
"""What decides about ``object`` and ``embed``, the first one in a policy, beside what decides about every frame (measured in Chromium 156)."""

OBJECT_ELEMENTS = frozenset({"object", "embed"})

UPGRADE = "upgrade-insecure-requests"

STRICTER_SCHEMES = {"http": ("http", "https"), "https": ("https",)}
"""The schemes that a scheme allows: one that is secured stands for itself alone."""

DEFAULT_PORTS = {"http": "80", "https": "443"}


@dataclass(frozen=True, slots=True)
class FramePolicy:
    """The enforced ``policies`` of one response, and the address of its page, of which only scheme, host and port count."""

    policies: tuple[Policy, ...]
    page: Address

    @classmethod
    def of(cls, headers: Headers, *pages: str) -> FramePolicy:
        """That of a response with these headers; the first of the page's addresses that is whole counts."""
        known = (parse(page) for page in (*pages, NOWHERE))
        return cls(tuple(parse_policies(header_values(headers, POLICY))), next(filter(None, known)))

    def allows(self, tag: str, url: Address) -> bool:
        """Whether every one of the policies lets the page show the document at ``url`` in an element of this name. Nonces and hashes allow
        no frame."""
        if url.scheme == "http" and any(UPGRADE in policy for policy in self.policies):
            url = url._replace(scheme="https")
        chains = (FRAME_DIRECTIVES, *((OBJECT_DIRECTIVES,) if tag in OBJECT_ELEMENTS else ()))
        return all(_allows(policy, chain, url, self.page) for policy in self.policies for chain in chains)


def _allows(policy: Policy, directives: Sequence[str], url: Address, page: Address) -> bool:
    deciding = next((name for name in directives if name in policy), None)
    return deciding is None or any(_matches(source, url, page) for source in policy[deciding])


def _matches(source: str, url: Address, page: Address) -> bool:
    lowered = source.lower()
    if lowered == "*":
        # Every address here is http or https.
        return True
    if lowered == "'self'":
        return _is_same_origin(url, page)
    if lowered.endswith(":"):
        return url.scheme in STRICTER_SCHEMES.get(lowered[:-1], ())
    found = HOST_SOURCE.fullmatch(source)
    if found is None:
        return False
    scheme = (found["scheme"] or page.scheme).lower()
    return (
        url.scheme in STRICTER_SCHEMES.get(scheme, ())
        and _host_matches(found["host"].lower().rstrip("."), url.host)
        and _port_matches(found["port"] or "", url)
        and _path_matches(found["path"] or "", url.path)
    )


def _is_same_origin(url: Address, page: Address) -> bool:
    """The page's own origin, or the same host by the secured scheme, both on its default port."""
    if url.host != page.host:
        return False
    if url.scheme == page.scheme:
        return url.port == page.port
    return url.scheme == "https" and not url.port and not page.port


def _host_matches(named: str, host: str) -> bool:
    return host.endswith(named[1:]) if named.startswith("*.") else named in {"*", host}


def _port_matches(named: str, url: Address) -> bool:
    default = DEFAULT_PORTS[url.scheme]
    port = url.port or default
    if named in {"", "*"}:
        return bool(named) or port == default
    # A source that names the port of http allows that of https as well, as it does with the schemes.
    return port in ({named, default} if named == DEFAULT_PORTS["http"] else {named})


def _path_matches(named: str, path: str) -> bool:
    """A path that ends with a slash stands for everything below it, any other for itself."""
    if named in {"", "/"}:
        return True
    wanted, given = ([unquote(piece) for piece in written.split("/")] for written in (named, path))
    if not named.endswith("/"):
        return given == wanted
    return len(given) >= len(wanted) and given[: len(wanted) - 1] == wanted[:-1]
