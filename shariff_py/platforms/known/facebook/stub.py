"""How graph.facebook.com replies: batches of requests about pages, with a token, in the recorded shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

from shariff_py.errors import UNREADABLE
from shariff_py.platforms.stub import Stub, StubReply, StubRequest, number_for

PATHS = re.compile(r"/v[0-9]+\.[0-9]+(/(?!plugins/).*)?")
"""The plugins' frames may have a version in their path, too."""

VERSION_PATH = re.compile(r"/(v[0-9]+\.[0-9]+)/?")
MAX_BATCH = 50


def answer(request: StubRequest) -> StubReply:
    """The reply to one request, with the share of the quota that is used by now. Each page of a batch counts."""
    form = dict(parse_qsl(request.body.decode("utf-8", "replace")))
    used = request.spend(max(1, form.get("batch", "").count('"relative_url"')))
    reply = _answer(request, form)
    percent = min(100, round(100 * used))
    usage = json.dumps({"call_count": percent, "total_cputime": 0, "total_time": percent // 2})
    if used > 1:
        reply = _json(_error(4, "Application request limit reached"), status=400)
    return reply._replace(headers={**reply.headers, "x-app-usage": usage})


def _answer(request: StubRequest, form: Mapping[str, str]) -> StubReply:
    version = VERSION_PATH.fullmatch(request.path)
    if version is None:
        return _json(_error(2500, "Unknown path components"), status=400)
    token = request.headers.get("authorization", "").removeprefix("Bearer ") or form.get("access_token", "")
    if not token:
        return _json(_error(104, "An access token is required to request this resource."), status=400)
    if request.method == "GET":
        status, content = _one(request.query, request.number)
        return _json(content, status=status, version=version[1])
    try:
        batch = json.loads(form.get("batch", ""))
    except UNREADABLE:
        batch = None
    if request.method != "POST" or not isinstance(batch, list):
        return _json(_error(100, "batch parameter must be a JSON array"), status=400, version=version[1])
    if len(batch) > MAX_BATCH:
        return _json(_error(100, f"Too many requests in batch message. Maximum batch size is {MAX_BATCH}"), status=400)
    return _json([_in_batch(question, request.number) for question in batch], version=version[1])


def _in_batch(question: Any, number_of: Callable[[str], int | None]) -> dict[str, Any]:
    address = question.get("relative_url", "") if isinstance(question, dict) else ""
    code, content = _one(urlsplit(str(address)).query, number_of)
    return {"code": code, "body": json.dumps(content, separators=(",", ":"))}


def _one(query: str, number_of: Callable[[str], int | None]) -> tuple[int, dict[str, Any]]:
    """What is known about the page of one question, in the fields the question names."""
    parameters = {name: values[0] for name, values in parse_qs(query).items()}
    page = parameters.get("id", "")
    if not page:
        return 400, _error(100, "The parameter id is required")
    number = number_of(page)
    if number is None:
        return 200, {"id": page}
    if parameters.get("fields") == "og_object{engagement}":
        engagement = {"count": number, "social_sentence": f"{number} people like this."}
        return 200, {"og_object": {"engagement": engagement, "id": str(number_for(page) + 10**15)}, "id": page}
    zeros = dict.fromkeys(("reaction_count", "comment_count", "share_count", "comment_plugin_count"), 0)
    return 200, {"engagement": zeros, "id": page}


def _error(code: int, message: str) -> dict[str, Any]:
    return {"error": {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AStubHasNoTrace"}}


def _json(content: Any, *, status: int = 200, version: str = "") -> StubReply:
    headers = {"content-type": "application/json; charset=UTF-8", "cache-control": "private, no-store"}
    if version:
        headers["facebook-api-version"] = version
    return StubReply(status, headers, json.dumps(content).encode())


STUBS = (Stub("counts", answer, PATHS),)
