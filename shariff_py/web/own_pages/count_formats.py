"""The formats of counts: that of heise's back ends, that of the WordPress plugin Shariff Wrapper, and errors as RFC 9457 has them.

Recorded from shariff-backend-php 12.0.0 and Shariff Wrapper 4.6.15; where ours differs, it is on purpose: unknown is left out, never 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from shariff_py.errors import AddressRefused
from shariff_py.platforms.count_sources.cached_count import CachedCount
from shariff_py.urls import canonical

Known = Mapping[str, CachedCount]

JSON = "application/json"
PROBLEM = "application/problem+json"
UNDEFINED = frozenset({"", "undefined"})
"""What scripts send in place of a value they do not have."""


@dataclass(frozen=True, slots=True)
class FormattedCounts:
    """One response: its content, status and type."""

    content: Any
    status: HTTPStatus = HTTPStatus.OK
    content_type: str = JSON


def heise(known: Known) -> FormattedCounts:
    """``{"facebook": 17}``: what is known, and nothing else."""
    return FormattedCounts(numbers(known))


def heise_refused() -> FormattedCounts:
    """``null``, with 200: what heise's clients take for "no counts"."""
    return FormattedCounts(None)


def wrapper(known: Known, services: Iterable[str], page: str) -> FormattedCounts:
    """The requested services, their ``total`` where there is one, when they were read, and the page. It never triggers an update."""
    found = {name: value for name, value in numbers(known).items() if name in set(services)}
    content: dict[str, Any] = dict(found)
    if total := sum(found.values()):
        content["total"] = total
    if found:
        content["timestamp"] = int(max(known[name].as_of for name in found))
    return FormattedCounts({**content, "url": page, "updated": 0})


def wrapper_refused(code: str, sentence: str) -> FormattedCounts:
    """An error in the form of WordPress's REST interface."""
    status = HTTPStatus.BAD_REQUEST
    return FormattedCounts({"code": code, "message": sentence, "data": {"status": int(status)}}, status)


def wrapper_problem(url: str, services: str, refused: AddressRefused | None) -> FormattedCounts | None:
    """What is wrong with a request in the Wrapper's format, if anything."""
    if url in UNDEFINED:
        return wrapper_refused("nourl", "Name a page: url.")
    if services in UNDEFINED:
        return wrapper_refused("noservices", "Name services: services=facebook|vk.")
    if refused is not None:
        return wrapper_refused("domainnotallowed", f"The address {refused.reason}")
    return None


def problem(url: str, refused: AddressRefused) -> FormattedCounts:
    """Why there are no counts, for a program and for a person: 400 for what is no address, 403 for one that is not the site's."""
    if url in UNDEFINED:
        return _problem(
            HTTPStatus.BAD_REQUEST, "missing-url", "No address", "Name a page: url=https://www.example.org/."
        )
    try:
        canonical(url)
    except AddressRefused as wrong:
        return _problem(HTTPStatus.BAD_REQUEST, "not-an-address", "Not an address", f"The address {wrong.reason}")
    return _problem(HTTPStatus.FORBIDDEN, "not-our-page", "Not a page of this site", f"The address {refused.reason}")


def numbers(known: Known) -> dict[str, int]:
    """The numbers alone, by platform."""
    return {name: count.value for name, count in known.items() if count.value is not None}


def _problem(status: HTTPStatus, code: str, title: str, detail: str) -> FormattedCounts:
    content = {"type": "about:blank", "title": title, "status": int(status), "detail": detail, "code": code}
    return FormattedCounts(content, status, PROBLEM)
