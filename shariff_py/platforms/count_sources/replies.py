"""What readers of replies have in common: simple requests, checked numbers, a reason for each status that is no success."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from shariff_py.errors import UNREADABLE, AddressRefused
from shariff_py.platforms.count_sources.cached_count import Count, CountResult, Unavailable
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import Reply, Request
from shariff_py.urls import canonical, parse

LARGEST = 2**53 - 1
"""A number beyond this is a mistake. It is also the largest that every reader of JSON keeps exactly (RFC 8259, section 6)."""

MALFORMED = Unavailable("malformed")


def number(value: object) -> CountResult:
    """A whole number from zero up, as a number or in ASCII digits; everything else is no count."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,16}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= LARGEST:
        return MALFORMED
    return Count(value)


def total(values: list[object]) -> CountResult:
    """The sum of several numbers, each from zero up; nothing where one of them is none."""
    results = [number(value) for value in values]
    if any(not isinstance(result, Count) for result in results):
        return MALFORMED
    return number(sum(result.value for result in results if isinstance(result, Count)))


def failure(reply: Reply) -> Unavailable | None:
    """Why a reply is of no use, by its status; ``None`` for 200."""
    if reply.status == 200:
        return None
    return Unavailable(status_reason(reply.status))


def status_reason(status: int) -> str:
    """One word for an HTTP status that is no success."""
    words = {401: "token", 429: "rate-limited"}
    if status in words:
        return words[status]
    return "temporary" if status >= 500 else "refused" if status >= 400 else "malformed"


def as_json(body: bytes | str) -> Any:
    """The value in a body of JSON in UTF-8, ``None`` for everything else."""
    try:
        text = body.decode("utf-8") if isinstance(body, bytes) else body
        return json.loads(text)
    except UNREADABLE:
        return None


def at(content: object, *names: str) -> object:
    """The value in a nested object under these names, ``None`` where something on the way is missing."""
    for name in names:
        content = content.get(name) if isinstance(content, Mapping) else None
    return content


def get(credentials: Credentials, path: str, page: str, **parameters: str) -> Request:
    """A request about one page, in the query of an address."""
    target = f"{path}?{urlencode(parameters, quote_via=quote, safe='')}"
    return Request(method="GET", host=credentials.host, path=target, headers={}, body=b"", pages=(page,))


def is_page(address: object, page: str) -> bool:
    """Whether an address that a search found is that of the page, however it is spelt and with any parameters added."""
    if not isinstance(address, str):
        return False
    parts = parse(page)
    try:
        return canonical(address, query_allow=parts.parameters if parts else ()) == page
    except AddressRefused:
        return False
