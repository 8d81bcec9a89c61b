"""A platform's failures, as switches."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from shariff_py.platforms.stub import StubReply

GARBAGE = bytes(range(256)) * 8
HTML = b"<!DOCTYPE html><title>Sorry, something went wrong</title><p>We are working on it.</p>"
HUGE = 100_000_000


@dataclass(frozen=True, slots=True)
class Behaviour:
    """How the mock server replies. Without any switch it replies as it should.

    slow           seconds to wait before replying
    silent         never reply; the connection stays open until the other side gives up
    drop           close the connection without a reply
    drip           send the reply one byte at a time, ten a second: ``"head"`` or ``"body"``
    status         this HTTP status instead of 200; from 400 with an error page
    retry_after    a Retry-After header with this value
    redirect       302 to this address
    content_type   this content type instead of the right one
    garbage        bytes that are not text
    html           an HTML page where JSON is expected
    huge           100 MB, without announcing it
    error          the platform's error object (this one) with the status given, or 200
    body           exactly these bytes
    on             which requests: ``"counts"`` or ``"preview"`` (of servers), ``"frame"`` (of browsers), ``"all"``
    times          only for so many requests, then replies are correct again
    """

    slow: float = 0.0
    silent: bool = False
    drop: bool = False
    drip: str = ""
    status: int | None = None
    retry_after: str = ""
    redirect: str = ""
    content_type: str = ""
    garbage: bool = False
    html: bool = False
    huge: bool = False
    error: Mapping[str, Any] | None = None
    body: bytes | None = None
    on: str = "all"
    times: int | None = None

    def concerns(self, role: str) -> bool:
        """Whether a request of this role gets such a reply."""
        return self.on in {role, "all"} and self.times != 0

    def spoil(self, reply: StubReply) -> StubReply:
        """The correct reply, changed as this behaviour says."""
        headers = dict(reply.headers)
        wrong = self._wrong_body()
        body = reply.body if wrong is None else wrong
        status = self.status or (reply.status if wrong is None else 200)
        if self.error is not None:
            headers["content-type"] = "application/json; charset=UTF-8"
        elif body == HTML:
            headers["content-type"] = "text/html; charset=utf-8"
        if self.redirect:
            status, body, headers["location"] = 302, b"", self.redirect
        if self.retry_after:
            headers["retry-after"] = self.retry_after
        if self.content_type:
            headers["content-type"] = self.content_type
        return StubReply(status, headers, body, reply.cookies)

    def _wrong_body(self) -> bytes | None:
        if self.error is not None:
            return json.dumps({"error": dict(self.error)}).encode()
        if self.garbage:
            return GARBAGE
        if self.html or (self.body is None and (self.status or 0) >= 400):
            return HTML
        return self.body
