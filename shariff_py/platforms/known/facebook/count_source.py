"""Counts of Facebook, from Meta's Graph API: fifty pages per request; its replies, errors and quota headers.

Sources: Meta's pages on the URL node, on batches, rate limits and error handling (undated, current in November 2026); heise's
shariff-backend-php for the field that still works.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import quote, urlencode

from shariff_py.platforms.count_sources.cached_count import CountResult, Unavailable
from shariff_py.platforms.count_sources.count_source import CountSource
from shariff_py.platforms.count_sources.credentials import Credentials
from shariff_py.platforms.count_sources.exchange import QuotaHeaders, Reply, Request, retry_after
from shariff_py.platforms.count_sources.replies import MALFORMED, as_json, failure, number, status_reason

FIELDS = "og_object{engagement}"
"""The variant that still returns real numbers; plain ``engagement`` gives zeros for small sites."""

REASONS: Mapping[str, frozenset[int]] = {
    "rate-limited": frozenset({4, 17, 32, 341, 613, 80001, 80002}),
    "token": frozenset({102, 104, 190}),
    "permission": frozenset({3, 10, *range(200, 300)}),
    "temporary": frozenset({1, 2}),
    "blocked": frozenset({368}),
    "version": frozenset({2635}),
}
"""The error codes that say something about us, by the word we have for them. Every other code is ``refused``."""

BAD_ADDRESS = 100
"""About one page of a batch: its address is none Facebook accepts. About the whole batch: our request was wrong."""

USAGE = ("call_count", "total_cputime", "total_time")
"""The percentages in ``X-App-Usage`` and ``X-Business-Use-Case-Usage``. At 100 the platform refuses."""

REGAIN = "estimated_time_to_regain_access"
"""Minutes."""


def build_request(pages: Sequence[str], credentials: Credentials) -> Request:
    """One batch. The token travels in the header of the request, never in an address."""
    batch = [
        {
            "method": "GET",
            "relative_url": f"{credentials.version}/?id={quote(page, safe='')}&fields={quote(FIELDS, safe='')}",
        }
        for page in pages
    ]
    return Request(
        method="POST",
        host=credentials.host,
        path=f"/{credentials.version}/",
        headers={"authorization": f"Bearer {credentials.token}", "content-type": "application/x-www-form-urlencoded"},
        body=urlencode({"batch": json.dumps(batch, separators=(",", ":"))}).encode(),
        pages=tuple(pages),
    )


def read(request: Request, reply: Reply) -> dict[str, CountResult]:
    """What a batch's reply says about each of its pages. Never raises; what cannot be read is `Unavailable`, never zero."""
    answers = as_json(reply.body)
    if isinstance(answers, Mapping) and "error" in answers:
        return dict.fromkeys(request.pages, Unavailable(_reason(_code(answers["error"]))))
    if failed := failure(reply):
        return dict.fromkeys(request.pages, failed)
    if not isinstance(answers, list) or len(answers) != len(request.pages):
        return dict.fromkeys(request.pages, MALFORMED)
    return {page: _read_one(answer) for page, answer in zip(request.pages, answers, strict=True)}


def parse_quota(reply: Reply, now: float) -> QuotaHeaders:
    """What the headers of the reply, and those of the results in it, say about the quota: the highest share, the longest wait."""
    reported = [reply.headers, *_headers_inside(reply.body)]
    used: list[float] = []
    waits = [retry_after(Reply(reply.status, headers, b""), now).wait for headers in reported]
    for headers in reported:
        app = as_json(headers.get("x-app-usage", ""))
        business = as_json(headers.get("x-business-use-case-usage", ""))
        groups = list(business.values()) if isinstance(business, Mapping) else []
        for usage in (app, *(entry for group in groups if isinstance(group, list) for entry in group)):
            if isinstance(usage, Mapping):
                used += [value / 100 for name in USAGE if (value := _amount(usage.get(name))) is not None]
                waits.append((_amount(usage.get(REGAIN)) or 0.0) * 60)
    return QuotaHeaders(max(used, default=None), max(waits))


def _read_one(answer: object) -> CountResult:
    if answer is None:
        return Unavailable("timeout")
    if not isinstance(answer, Mapping):
        return MALFORMED
    body = answer.get("body")
    content = as_json(body) if isinstance(body, str) else None
    if isinstance(content, Mapping) and "error" in content:
        code = _code(content["error"])
        return Unavailable("bad-address" if code == BAD_ADDRESS else _reason(code))
    status = answer.get("code")
    if status != 200:
        return Unavailable(status_reason(status if isinstance(status, int) else 0))
    return _engagement(content)


def _engagement(content: object) -> CountResult:
    """``og_object.engagement.count``. A page Facebook has never seen has no ``og_object``: that is unknown, not zero."""
    for name in ("og_object", "engagement", "count"):
        if not isinstance(content, Mapping):
            return MALFORMED
        if name not in content:
            return Unavailable("unknown-page") if name == "og_object" and "id" in content else MALFORMED
        content = content[name]
    return number(content)


def _code(error: object) -> int:
    code = error.get("code") if isinstance(error, Mapping) else None
    return code if isinstance(code, int) else 0


def _reason(code: int) -> str:
    return next((reason for reason, codes in REASONS.items() if code in codes), "refused")


def _headers_inside(body: bytes) -> list[dict[str, str]]:
    """The headers of each result in a batch, by lower-case name."""
    answers = as_json(body)
    lists: list[Any] = (
        [answer.get("headers") for answer in answers if isinstance(answer, Mapping)]
        if isinstance(answers, list)
        else []
    )
    return [
        {str(header.get("name")).lower(): str(header.get("value")) for header in headers if isinstance(header, Mapping)}
        for headers in lists
        if isinstance(headers, list)
    ]


def _amount(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
        return None
    return float(value)


SOURCE = CountSource(
    host="graph.facebook.com",
    paths=re.compile(r"/v[0-9]+\.[0-9]+/"),
    batch=50,
    # Ten an hour for each address; one in ten minutes keeps within that, however the hours are counted.
    shortest_interval=timedelta(minutes=10),
    needs_credentials=True,
    # Every page of a batch counts. How many requests an application may send depends on its users; the share in the headers is what counts.
    per_hour=1000,
    burst=1000,
    counts="reactions, comments and shares",
    build_request=build_request,
    read=read,
    parse_quota=parse_quota,
    version="v26.0",
    version_ends={
        "v21.0": "2027-01-21",
        "v22.0": "2027-05-20",
        "v23.0": "2027-10-08",
        "v24.0": "2028-02-18",
        "v25.0": "2028-07-29",
    },
)
