"""The shape of a stub: how a platform replies, as a pure function of the request. The mock server in `shariff_py.testing` serves it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import parse_qs

JSON = "application/json; charset=utf-8"
LARGEST_NUMBER = 340


class StubRequest(NamedTuple):
    """One request as it arrived: ``headers`` by lower-case name, ``query`` without its mark.

    ``number(page)`` is the count to reply with, ``None`` for an unknown page. ``spend(pages)`` takes so many from the
    allowance and gives the share of it that is used by now.
    """

    method: str
    path: str
    query: str
    headers: Mapping[str, str]
    body: bytes
    number: Callable[[str], int | None]
    spend: Callable[[int], float]

    @property
    def parameters(self) -> dict[str, list[str]]:
        """The parameters of the query."""
        return parse_qs(self.query)


class StubReply(NamedTuple):
    """One HTTP reply: header names in lower case, cookies apart because there may be several."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: tuple[str, ...] = ()


class Stub(NamedTuple):
    """Replies to requests whose path matches ``paths`` whole; without ``paths``, to those that no other stub matches.

    ``role`` is ``counts`` or ``preview`` for requests of servers, and ``frame`` for those of browsers.
    """

    role: str
    answer: Callable[[StubRequest], StubReply]
    paths: re.Pattern[str] | None = None


def count_stub(
    paths: re.Pattern[str], answer: Callable[[StubRequest], object], content_type: str = JSON, signed_in_with: str = ""
) -> Stub:
    """A stub of a count source. ``answer`` gives the body: text as it is, everything else as JSON.

    A request that lacks a parameter gets 400, one without the token ``signed_in_with``, where that is given, 401.
    """

    def reply(request: StubRequest) -> StubReply:
        if signed_in_with and request.headers.get("authorization") != f"Bearer {signed_in_with}":
            return StubReply(401, {"content-type": JSON}, b'{"message": "Unauthorized", "error": 401}')
        try:
            content = answer(request)
        except (KeyError, IndexError):
            return StubReply(400, {"content-type": JSON}, b'{"error": "a parameter is missing"}')
        body = content if isinstance(content, str) else json.dumps(content)
        return StubReply(200, {"content-type": content_type, "cache-control": "no-store"}, body.encode())

    return Stub("counts", reply, paths)


def number_for(page: str) -> int:
    """A number that looks like a count, the same for the same page every time; small ones are more frequent than large ones."""
    # Takes longer to load than ten records; only tests and the demonstration get here.
    import hashlib

    share = int.from_bytes(hashlib.sha256(page.encode()).digest()[:4]) / 2**32
    return int(LARGEST_NUMBER**share)
