"""Requests as no browser sends them: below the prefix each gets a response that says what is wrong, behind each adapter."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from support.asgi_client import answered, http_scope
from support.flask_site import configuration

from shariff_py import Settings
from shariff_py.web import asgi
from shariff_py.web.request_info import RequestInfo
from shariff_py.web.standalone import create_app

QUERIES = [
    (b"url=\xff", 200), (b"url=https://www.leinau.example/\xff&strict=1", 200), (b"\xff=1", 200), (b"\xed\xa0\x80", 200),
    (b"url=https://www.leinau.example/\xc3\xa4", 200), (b"services=\xff&url=https://www.leinau.example/", 200), (b"&;&%&=\x80", 200),
]  # fmt: skip
"""Bytes that are escaped in every query that a browser sends, and the status for counts."""

PATHS = ["counts", "frame", "frame/removed", "frame/closed", "static/nothing.js", "status", "nowhere"]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_mapping(
        configuration(tmp_path) | {"frame": {"secrets": ["only-for-these-tests-0123456789abcdef"]}}
    )


def over_wsgi(settings: Settings, path: str, query: bytes) -> int:
    started: list[str] = []
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": path, "QUERY_STRING": query.decode("latin-1"), "SERVER_NAME": "a", "SERVER_PORT": "80",
        "SCRIPT_NAME": "", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "HTTP_HOST": "a",
    }  # fmt: skip
    for _ in create_app(settings)(environ, lambda status, headers, exc_info=None: started.append(status) or print):
        pass
    return int(started[0][:3])


def over_asgi(
    settings: Settings, path: str, query: bytes = b"", root: str = "", headers: Any = ()
) -> tuple[int, bytes]:
    async def application(scope: Any, receive: Any, send: Any) -> None:
        raise AssertionError("this is not the site's")

    scope = http_scope(path, (b"host", b"www.leinau.example"), *headers, query_string=query, root_path=root)
    start, *parts = answered(asgi.ShariffMiddleware(application, settings=settings), scope)
    return int(start["status"]), b"".join(part.get("body", b"") for part in parts)


@pytest.mark.parametrize(("query", "status"), QUERIES)
def test_raw_bytes_in_a_query_end_in_no_exception(settings: Settings, query: bytes, status: int) -> None:
    assert over_wsgi(settings, "/shariff/counts", query) == status
    assert over_asgi(settings, "/shariff/counts", query)[0] == status


@pytest.mark.parametrize("path", PATHS)
def test_nor_do_they_at_any_other_address(settings: Settings, path: str) -> None:
    query = b"lang=\xff&embed=\xfe&v=\x80"

    found = over_wsgi(settings, f"/shariff/{path}", query)

    assert found < 500
    assert over_asgi(settings, f"/shariff/{path}", query)[0] == found


def test_a_query_in_plain_utf_8_is_read_as_the_escaped_one() -> None:
    environ = {"QUERY_STRING": "id=ä".encode().decode("latin-1"), "PATH_INFO": "/"}

    assert RequestInfo.from_environ(environ).query == "id=%C3%A4"
    scope = {"headers": [], "method": "GET", "path": "/", "query_string": "id=ä&x=%C3%A4+1".encode()}
    assert parse_qs(RequestInfo.from_scope(scope).query) == {"id": ["ä"], "x": ["ä 1"]}


def test_a_header_repeated_hundreds_of_times_ends_in_no_exception(settings: Settings) -> None:
    for name in (b"x-anything", b"cookie", b"if-none-match", b"origin", b"content-type"):
        assert over_asgi(settings, "/shariff/status", headers=[(name, b"a")] * 300)[0] == 200


@pytest.mark.parametrize("root", ["", "/", "/portal", "/portal/", "/s", "/shariff", "/shar"])
def test_below_a_mount_point_each_address_is_found_whether_or_not_the_path_holds_it(
    settings: Settings, root: str
) -> None:
    mount = root.rstrip("/")

    for path in {"/shariff/status", f"{mount}/shariff/status"} - (
        {"/shariff/status"} if mount == "/shariff" else set()
    ):
        assert over_asgi(settings, path, root=root)[0] == 200
