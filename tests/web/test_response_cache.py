"""The cache in front of the counts: what it keeps, for how long, and what it leaves to the application."""

from __future__ import annotations

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIEnvironment

import pytest
from werkzeug.test import Client
from werkzeug.test import TestResponse as Answer

from shariff_py.web.own_pages.response_cache import CACHED_SECONDS, CANONICAL, ResponseCache

OTHER = "https://app.example.net"


class Counted:
    """An application that counts its calls and returns a given response."""

    def __init__(self, *, canonical: bool = True, **headers: str) -> None:
        self.calls = 0
        self.canonical = canonical
        self.headers = headers or {"Cache-Control": "public, max-age=60", "ETag": '"a"'}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        self.calls += 1
        environ[CANONICAL] = self.canonical
        start_response("200 OK", [("Content-Type", "application/json"), *self.headers.items()])
        return [b'{"calls":', str(self.calls).encode(), b"}"]


class Fronted:
    """An application with the response cache in front, whose clock and version are stepped."""

    def __init__(self, app: Counted) -> None:
        self.app = app
        self.now = 0.0
        self.version = 0
        self.cache = ResponseCache(app, "/counts", lambda: self.version, clock=lambda: self.now)
        self.client = Client(self.cache)

    def get(self, query: str = "url=x", **headers: str) -> Answer:
        return self.client.get(
            f"/counts?{query}", headers={name.replace("_", "-"): value for name, value in headers.items()}
        )


def test_a_response_is_repeated_without_the_application_until_it_is_a_few_seconds_old() -> None:
    fronted = Fronted(Counted())

    first, again = fronted.get(), fronted.get()
    fronted.now = CACHED_SECONDS
    later = fronted.get()

    assert again.data == first.data
    assert list(again.headers) == list(first.headers)
    assert (later.json, fronted.app.calls) == ({"calls": 2}, 2)


def test_what_was_kept_is_outdated_as_soon_as_something_newer_is_known() -> None:
    fronted = Fronted(Counted())
    fronted.get()
    fronted.version += 1

    assert fronted.get().json == {"calls": 2}


def test_other_queries_and_other_origins_are_cached_apart() -> None:
    fronted = Fronted(Counted())
    fronted.get()
    fronted.get("url=y")
    fronted.get(Origin=OTHER)
    fronted.get(Origin="https://another.example")

    assert fronted.app.calls == 4
    assert [fronted.get(Origin=OTHER).json, fronted.get().json] == [{"calls": 3}, {"calls": 1}]


def test_the_response_cache_answers_conditional_requests_as_well() -> None:
    fronted = Fronted(Counted())
    fronted.get()

    known, other = fronted.get(If_None_Match='"a"'), fronted.get(If_None_Match='"b"')

    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", '"a"')
    assert "Content-Type" not in known.headers
    assert (other.status_code, fronted.app.calls) == (200, 2)


def test_a_browser_that_has_a_response_is_told_what_it_needs_to_go_on_using_it() -> None:
    repeated = {
        "Cache-Control": "public", "ETag": '"a"', "Last-Modified": "Mon, 23 Nov 2026 12:00:00 GMT", "Vary": "Origin",
        "Access-Control-Allow-Origin": OTHER,
    }  # fmt: skip
    fronted = Fronted(Counted(**repeated, Server="x"))
    fronted.get()

    assert dict(fronted.get(If_None_Match='"a"').headers) == repeated


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache-Control": "public", "Set-Cookie": "session=1"},
        {"Cache-Control": "private"},
        {"Cache-Control": "no-cache"},
        {"X-Nothing": "said"},
    ],
)
def test_what_is_not_for_everybody_is_never_kept(headers: dict[str, str]) -> None:
    fronted = Fronted(Counted(**headers))
    fronted.get()

    assert fronted.get().json == {"calls": 2}
    assert len(fronted.cache) == 0


def test_a_response_to_what_is_no_canonical_request_is_not_kept() -> None:
    fronted = Fronted(Counted(canonical=False))
    fronted.get()

    assert fronted.get().json == {"calls": 2}
    assert len(fronted.cache) == 0


def test_it_keeps_so_many_responses_and_then_begins_anew() -> None:
    cache = Fronted(Counted()).cache

    def kept_after(queries: range) -> int:
        for n in queries:
            cache({"PATH_INFO": "/counts", "REQUEST_METHOD": "GET", "QUERY_STRING": str(n)}, lambda *_: lambda _: None)
        return len(cache)

    assert (kept_after(range(2_048)), kept_after(range(2_048, 2_049))) == (2_048, 1)


@pytest.mark.parametrize(("length", "calls"), [(2_423, 1), (2_424, 2)])
def test_a_response_to_a_long_query_is_not_cached(length: int, calls: int) -> None:
    """The response itself has 77 characters."""
    fronted = Fronted(Counted())

    assert [fronted.get("url=".ljust(length, "x")).json for _ in range(2)][1] == {"calls": calls}


@pytest.mark.parametrize("condition", ["If-None-Match", "If-Modified-Since"])
def test_a_response_to_a_condition_is_not_cached(condition: str) -> None:
    fronted = Fronted(Counted())
    fronted.get(**{condition: '"b"'})

    assert len(fronted.cache) == 0


def test_other_paths_and_methods_go_to_the_application() -> None:
    fronted = Fronted(Counted())
    for _ in range(2):
        fronted.client.get("/countsx?url=x")
        fronted.client.post("/counts?url=x")

    assert fronted.app.calls == 4
