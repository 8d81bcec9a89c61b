"""How the other sources of counts answer, in the recorded shapes: a table of paths, each with what it says about a page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qs

from shariff_py.testing.behaviour import Answer
from shariff_py.testing.graph import Counts, number_for

JSON = "application/json; charset=utf-8"
SCRIPT = "application/javascript; charset=utf-8"
TOKEN = "stand-in-token"  # noqa: S105 - what the stand-in gives to everybody

Asked = Mapping[str, list[str]]
Number = Callable[[str], int | None]


def _bluesky(asked: Asked, number: Number) -> Any:
    return {"total": number(asked["subject"][0]) or 0}


def _hackernews(asked: Asked, number: Number) -> Any:
    page = asked["query"][0]
    points = number(page)
    hits = [] if points is None else [{"url": page, "points": points, "num_comments": 0, "objectID": "1"}]
    return {"hits": hits, "nbHits": len(hits), "nbPages": 1, "page": 0, "hitsPerPage": 100}


def _lemmy(asked: Asked, number: Number) -> Any:
    page = asked["q"][0]
    votes = number(page)
    posts = (
        [] if votes is None else [{"post": {"url": page}, "counts": {"upvotes": votes, "score": votes, "comments": 0}}]
    )
    return {"type_": "Url", "posts": posts, "comments": [], "communities": [], "users": []}


def _hatena(asked: Asked, number: Number) -> Any:
    return {page: number(page) or 0 for page in asked["url"]}


def _pinterest(asked: Asked, number: Number) -> Any:
    page = asked["url"][0]
    saves = number(page)
    return f"x({json.dumps({'url': page, 'count': '-' if saves is None else saves})})"


def _vk(asked: Asked, number: Number) -> Any:
    return f"VK.Share.count(1, {number(asked['url'][0]) or 0});"


def _odnoklassniki(asked: Asked, number: Number) -> Any:
    return {"count": number(asked["ref"][0]) or 0}


def _tumblr(asked: Asked, number: Number) -> Any:
    page = asked["url"][0]
    return {"meta": {"status": 200, "msg": "OK"}, "response": {"url": page, "note_count": number(page) or 0}}


def _reddit(asked: Asked, number: Number) -> Any:
    score = number(asked["url"][0])
    posts = [] if score is None else [{"kind": "t3", "data": {"score": score, "num_comments": 0}}]
    return {"kind": "Listing", "data": {"children": posts, "after": None, "before": None}}


def _reddit_token(asked: Asked, number: Number) -> Any:
    return {"access_token": TOKEN, "token_type": "bearer", "expires_in": 86_400, "scope": "*"}


ANSWERS: Mapping[str, tuple[str, Callable[[Asked, Number], Any]]] = {
    "/xrpc/blue.microcosm.links.getBacklinksCount": (JSON, _bluesky),
    "/api/v1/search": (JSON, _hackernews),
    "/api/v3/search": (JSON, _lemmy),
    "/count/entries": (JSON, _hatena),
    "/v1/urls/count.json": (SCRIPT, _pinterest),
    "/share.php": ("text/html; charset=windows-1251", _vk),
    "/dk": (JSON, _odnoklassniki),
    "/v2/share/stats": (JSON, _tumblr),
    "/api/info": (JSON, _reddit),
    "/api/v1/access_token": (JSON, _reddit_token),
}
"""The path each source is asked at tells which of them is meant."""


def answer(path: str, query: str, headers: Mapping[str, str], counts: Counts) -> Answer:
    """The answer to one request at one of the paths in `ANSWERS`. ``headers`` by lower-case name."""
    content_type, make = ANSWERS[path]
    if path == "/api/info" and headers.get("authorization") != f"Bearer {TOKEN}":
        return Answer(401, {"content-type": JSON}, b'{"message": "Unauthorized", "error": 401}')
    asked = parse_qs(query)
    try:
        content = make(asked, lambda page: counts.get(page, number_for(page)))
    except (KeyError, IndexError):
        return Answer(400, {"content-type": JSON}, b'{"error": "a parameter is missing"}')
    body = content if isinstance(content, str) else json.dumps(content)
    return Answer(200, {"content-type": content_type, "cache-control": "no-store"}, body.encode())
