"""What a page declares that a browser may act on later: report endpoints, hints, alternative servers, hosts its policy allows.

Declared is not contacted. But a report endpoint is contacted on the day something goes wrong, and a hint on a day with a better network,
so what was declared and not used in a run is listed beside what was. Pure: headers and elements in, declarations out.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urljoin

from shariff_py.audit.evidence.contact import host_and_port
from shariff_py.errors import UNREADABLE

DECLARING = frozenset(
    {
        "alt-svc", "content-security-policy", "content-security-policy-report-only", "link", "nel", "refresh", "report-to",
        "reporting-endpoints", "speculation-rules",
    }
)  # fmt: skip
"""The headers that are read, in lower case."""

HINTS = frozenset(
    {"dns-prefetch", "preconnect", "prefetch", "preload", "modulepreload", "prerender", "compression-dictionary"}
)
"""Values of ``rel`` that make a browser act by itself."""

NAMING = frozenset({"script", "a ping"})
"""Elements that name an address for later: a string in a script, the ping of a link."""

_LINK = re.compile(r"<([^>]*)>([^,]*(?:,(?!\s*<)[^,]*)*)")
_REL = re.compile(r";\s*rel\s*=\s*\"?([^\";]+)", re.IGNORECASE)
_ENDPOINT = re.compile(r"([\w-]+)\s*=\s*\"([^\"]+)\"")
_ALTERNATIVE = re.compile(r"([\w-]+)\s*=\s*\"([^\"]*)\"")
_SOURCE = re.compile(
    r"(?:(?:https?|wss?)://)?((?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::(?:\d+|\*))?(?:/\S*)?", re.IGNORECASE
)
_REFRESH = re.compile(r"url\s*=\s*['\"]?([^'\"\s;]+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class DeclaringResponse:
    """The declaring headers of one response (names in lower case); ``status`` 103 for Early Hints, ``time`` in seconds since 1970."""

    url: str
    time: float
    status: int
    headers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Element:
    """An element of a page that names another address: ``what`` is the element as a person would find it (``link rel=preconnect``)."""

    what: str
    url: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """A host that may be contacted because the page names it.

    ``how`` is ``report``, ``nel``, ``hint``, ``policy``, ``alternative``, ``refresh`` or ``element``; ``where`` the header or element
    that says it; ``address`` an address or, for policies, a host pattern.
    """

    host: str
    how: str
    where: str
    address: str

    @property
    def acts(self) -> bool:
        """Whether it makes browsers contact the host by themselves: a policy only allows, and a script only names, what may never happen."""
        return self.how in ("hint", "refresh") or (self.how == "element" and self.where not in NAMING)


def declarations(responses: Iterable[DeclaringResponse], elements: Iterable[Element] = ()) -> tuple[Declaration, ...]:
    """Everything declared, once each, in order."""
    found: dict[Declaration, None] = {}
    for response in responses:
        for name, value in response.headers:
            found.update(dict.fromkeys(_of_header(response, name, value)))
    for element in elements:
        host, _ = host_and_port(element.url)
        how = "hint" if any(f"rel={hint}" in element.what for hint in HINTS) else "element"
        if host:
            found[Declaration(host, how, element.what, element.url)] = None
    return tuple(found)


def network_error_endpoints(responses: Iterable[DeclaringResponse]) -> frozenset[str]:
    """The addresses that Network Error Logging reports to: endpoints of a group that a ``NEL`` header names."""
    found: set[str] = set()
    for response in responses:
        groups = {group for name, value in response.headers if name == "nel" for group in _named(value)}
        for name, value in response.headers:
            if name == "report-to":
                found.update(url for group, url in _groups(value, response.url) if group in groups)
    return frozenset(found)


def _of_header(response: DeclaringResponse, name: str, value: str) -> Iterator[Declaration]:
    def declared(how: str, url: str) -> Iterator[Declaration]:
        host, _ = host_and_port(url)
        if host:
            yield Declaration(host, how, f"{name} ({response.status})" if response.status == 103 else name, url)

    if name == "link":
        for address, parameters in _LINK.findall(value):
            relation = _REL.search(parameters)
            if relation and HINTS & set(relation[1].lower().split()):
                yield from declared("hint", _absolute(response.url, address))
    elif name == "reporting-endpoints":
        for _, address in _ENDPOINT.findall(value):
            yield from declared("report", _absolute(response.url, address))
    elif name == "report-to":
        for _, url in _groups(value, response.url):
            yield from declared("report", url)
    elif name.startswith("content-security-policy"):
        yield from _of_policy(response, name, value)
    elif name == "alt-svc":
        for _, authority in _ALTERNATIVE.findall(value):
            host = authority.rpartition(":")[0]
            if host:
                yield Declaration(host.strip("[]").lower(), "alternative", name, authority)
    elif name == "refresh":
        for address in _REFRESH.findall(value):
            yield from declared("refresh", _absolute(response.url, address))
    elif name == "speculation-rules":
        for address in re.findall(r'"([^"]+)"', value):
            yield from declared("hint", _absolute(response.url, address))


def _absolute(base: str, address: str) -> str:
    """An address of a header as a URL; empty where it is malformed."""
    try:
        return urljoin(base, address)
    except ValueError:
        return ""


def _of_policy(response: DeclaringResponse, name: str, value: str) -> Iterator[Declaration]:
    for directive in value.split(";"):
        words = directive.split()
        if not words:
            continue
        if words[0].lower() == "report-uri":
            for address in words[1:]:
                url = _absolute(response.url, address)
                host, _ = host_and_port(url)
                if host:
                    yield Declaration(host, "report", f"{name} report-uri", url)
            continue
        for source in words[1:]:
            match = _SOURCE.fullmatch(source)
            if match:
                yield Declaration(match[1].lower(), "policy", f"{name} {words[0].lower()}", source)


def _groups(value: str, base: str) -> Iterator[tuple[str, str]]:
    """Group and address of each endpoint of a ``Report-To`` header, which holds JSON objects separated by commas."""
    for entry in _objects(value):
        endpoints = entry.get("endpoints")
        for endpoint in endpoints if isinstance(endpoints, list) else ():
            if isinstance(endpoint, dict) and isinstance(endpoint.get("url"), str):
                url = _absolute(base, endpoint["url"])
                if url:
                    yield str(entry.get("group", "default")), url


def _named(value: str) -> list[str]:
    return [str(entry["report_to"]) for entry in _objects(value) if "report_to" in entry]


def _objects(value: str) -> list[Mapping[str, object]]:
    try:
        found = json.loads(f"[{value}]")
    except UNREADABLE:
        return []
    return [entry for entry in found if isinstance(entry, dict)]
