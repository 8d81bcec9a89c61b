"""In which character set a page is read: as browsers do, and never so that a browser reads something else than was gated."""

from __future__ import annotations

import pytest
from support.golden import CONFIGURATION, ORIGIN, SETTINGS
from support.oracle import loadable

from shariff_py.settings import Settings
from shariff_py.web.charsets import charset_of
from shariff_py.web.gated_response import ETagRewriter, GatedResponse
from shariff_py.web.request_info import RequestInfo

IMAGE = '<img src="//www.facebook.com/x">'
ESC = "\x1b"
POST = '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1"></iframe>'


def gated(content_type: str) -> GatedResponse:
    request = RequestInfo("GET", ORIGIN, "", "/", "", {})
    return GatedResponse(SETTINGS, request, ETagRewriter("x"), 200, [("Content-Type", content_type)])


def passed(content_type: str, body: bytes) -> tuple[str, bytes]:
    """The content type and the body as they go out."""
    headers, page = gated(content_type).whole(body)
    return dict(headers)["Content-Type"], page


@pytest.mark.parametrize(
    ("content_type", "page", "name", "pinned"),
    [
        ("text/html; charset=utf-8", b"\xff\xfex\0", "utf-16le", True), ("text/html; charset=utf-8", b"\xef\xbb\xbfx", "utf-8", True),
        ("text/html; charset=latin1", b"\xef\xbb\xbfx", "utf-8", True), ("text/html; charset=unicode", b"x", "utf-16le", True),
        ("text/html; charset=ISO-8859-1", b"<meta charset=utf-8>", "windows-1252", True), ("text/html; charset=sjis", b"", "shift_jis", True),
        ('text/html; charset="utf-8"', b"", "utf-8", True), ("text/html", b"<meta charset=utf-16>", "utf-8", False),
        ("text/html", b'<meta http-equiv=content-type content="text/html; charset=koi8">', "koi8-r", False),
        ("text/html", b"<!-- <meta charset=utf-8> --><meta charset=iso-2022-jp>", "iso-2022-jp", False), ("text/html", b"", "utf-8", False),
        ("application/xhtml+xml", b'<?xml version="1.0" encoding="windows-1251"?>', "windows-1251", False),
        ("text/html; charset=utf8mb4", b"<meta charset=big5>", "big5", False), ("text/html; charset*=utf-8''x", b"", "utf-8", False),
        ("text/html; charset=\u0130", b"", "utf-8", False),
    ],
)  # fmt: skip
def test_a_page_is_read_in_the_set_a_browser_would_choose(
    content_type: str, page: bytes, name: str, pinned: bool
) -> None:
    found = charset_of(content_type, page)

    assert (found.name, found.pinned) == (name, pinned)


@pytest.mark.parametrize(
    ("content_type", "page", "read_in"),
    [
        ("text/html", b"\xff\xfe" + IMAGE.encode("utf-16-le"), "utf-16-le"),
        ("text/html; charset=utf-8", b"\xff\xfe" + IMAGE.encode("utf-16-le"), "utf-16-le"),
        ("text/html; charset=utf-8", b"\xff\xfe" + IMAGE.encode("utf-16-le") + b"x", "utf-8"),
        ("text/html; charset=unicode", IMAGE.encode("utf-16-le"), "utf-16-le"),
        ("text/html; charset=utf-16be", IMAGE.encode("utf-16-be"), "utf-16-be"),
        ("text/html; charset=iso-2022-jp", IMAGE.replace("book", f"{ESC}(Bbook").encode(), "utf-8"),
        ("text/html", f"<meta charset=iso-2022-jp>{IMAGE.replace('book', f'{ESC}(Bbook')}".encode(), "utf-8"),
        ("text/html", f"<meta charset=iso-2022-jp>{ESC}$B<!--{ESC}(B{IMAGE}{ESC}$B-->{ESC}(B".encode(), "utf-8"),
        ("text/html; charset=shift_jis", IMAGE.replace("f", "\uff46").encode("cp932"), "utf-8"),
        ("text/html; charset=gbk", b'<p title="\x81">' + IMAGE.encode() + b'">', "gbk"),
        ("application/xhtml+xml", b'<?xml-stylesheet type="text/css" href="https://www.facebook.com/x.css"?><html></html>', "utf-8"),
        ("application/xhtml+xml", f"<html><xmp>{IMAGE}</xmp></html>".encode(), "utf-8"),
        ("application/xhtml+xml", b'<!DOCTYPE html [<!ENTITY f "facebook.com">]><html><img src="//www.&f;/x"/></html>', "utf-8"),
    ],
)  # fmt: skip
def test_nothing_of_a_platform_is_loaded_from_what_goes_out(content_type: str, page: bytes, read_in: str) -> None:
    kind, body = passed(content_type, page)

    assert kind.startswith("text/html")
    assert loadable(body.decode(read_in, "replace")) == []
    assert ("charset=utf-8" in kind) or content_type == kind


def test_letters_of_a_set_with_escapes_stay_byte_for_byte() -> None:
    start, end = "<meta charset=iso-2022-jp><p>日本</p>".encode("iso-2022-jp"), "<p>東京</p>".encode("iso-2022-jp")

    kind, body = passed("text/html", start + IMAGE.encode() + end)

    assert kind == "text/html; charset=iso-2022-jp"
    assert body.startswith(start)
    assert body.endswith(end)
    assert b"facebook" not in body


def test_a_page_with_an_escape_that_declares_no_set_is_given_the_one_it_was_read_in() -> None:
    utf8, latin = f"<p>Füße{ESC}(B</p>".encode(), f"<p>Füße{ESC}(B</p>".encode("latin-1")

    assert passed("text/html", utf8) == ("text/html; charset=utf-8", utf8)
    assert passed("text/html", latin) == ("text/html; charset=windows-1252", latin)


@pytest.mark.parametrize(
    ("content_type", "page"),
    [
        ("application/xhtml+xml", b"<html><p>F\xc3\xbc\xc3\x9fe</p><xmp/></html>"), ("text/html; charset=gbk", b"<p>\x81\x22\xff</p>"),
        ("text/html; charset=iso-2022-kr", b"<p>\x1b$)C</p>"), ("text/html; charset=x-user-defined", b"<p>\xff</p>"),
        ("text/html; charset=utf-16", "<p>Füße</p>".encode("utf-16-le")), ("text/html; charset=utf-8", b"\x1b(B\xff"),
    ],
)  # fmt: skip
def test_a_page_without_anything_of_a_platform_goes_out_as_it_came(content_type: str, page: bytes) -> None:
    assert passed(content_type, page) == (content_type, page)


def test_a_long_page_in_another_set_than_utf8_is_not_gated_in_pieces() -> None:
    def can(content_type: str, held: bytes) -> bool:
        return gated(content_type).can_stream(lambda: held)

    assert can("text/html; charset=utf-8", b"<p>\x1b(B")
    assert not can("text/html", b"<p>\x1b(B")
    assert not can("text/html; charset=utf-8", b"\xff\xfe<\0")
    assert not can("text/html", b"<meta charset=iso-2022-jp>")
    assert not can("application/xhtml+xml", b"<html>")


@pytest.mark.parametrize("language", ["ru", "ar", "ja", "uk", "de"])
def test_a_page_that_says_itself_that_it_is_in_utf8_gets_gates_no_longer_than_any(language: str) -> None:
    settings = Settings.from_mapping({**CONFIGURATION, "site": {"origin": ORIGIN, "language": language}})
    request = RequestInfo("GET", ORIGIN, "", "/", "", {})
    page = f"<!doctype html><meta charset=utf-8><p>ä</p>{POST}".encode()

    headers, body = GatedResponse(settings, request, ETagRewriter("x"), 200, [("Content-Type", "text/html")]).whole(
        page
    )

    assert dict(headers)["Content-Type"] == "text/html; charset=utf-8"
    assert b"<p>\xc3\xa4</p>" in body
    assert len(body) - len(page) <= 12_000
    assert b"&#x" not in body
    assert b"&#1" not in body


@pytest.mark.parametrize("language", ["uk", "ja"])
def test_so_does_such_a_page_that_is_gated_in_pieces(language: str) -> None:
    settings = Settings.from_mapping({**CONFIGURATION, "site": {"origin": ORIGIN, "language": language}})
    page = f"<!doctype html><meta charset=utf-8><p>{'ä' * 200_000}</p>{POST}".encode()
    response = GatedResponse(
        settings, RequestInfo("GET", ORIGIN, "", "/", "", {}), ETagRewriter("x"), 200, [("Content-Type", "text/html")]
    )

    assert response.can_stream(lambda: page[:262_145])
    headers = response.begin()
    body = b"".join(response.feed(page)) + response.close()

    assert dict(headers)["Content-Type"] == "text/html; charset=utf-8"
    assert body.count(b"<shariff-gate") == 1
    assert len(body) - len(page) <= 12_000
    assert b"&#1" not in body


@pytest.mark.parametrize(
    "page",
    [
        b"<!doctype html><meta charset=utf-8><p>\xe4" + b" " * 300_000,
        b"<!doctype html><!-- <meta charset=utf-8> --><meta charset=latin1><p>" + b" " * 300_000,
        b"<!doctype html><p>\xc3\xa4" + b" " * 300_000,
    ],
    ids=["other bytes", "another declaration", "none"],
)
def test_where_a_piece_is_not_certain_nothing_is_said_of_the_page(page: bytes) -> None:
    response = gated("text/html")

    assert response.can_stream(lambda: page[:262_145])
    headers = response.begin()
    body = b"".join(response.feed(page + POST.encode())) + response.close()

    assert dict(headers)["Content-Type"] == "text/html"
    assert b"&#228;" in body[len(page) :]


@pytest.mark.parametrize(
    "page",
    [
        b"<!doctype html><meta charset=utf-8><p>\xe4</p>", b"<!doctype html><p>\xc3\xa4</p>", b"<p>a" + b" " * 1_024 + b"<meta charset=utf-8>",
        b"<!doctype html><meta charset=latin1><p>\xe4</p>",
    ],
)  # fmt: skip
def test_where_that_is_not_certain_nothing_is_said_in_the_header(page: bytes) -> None:
    kind, body = passed("text/html", page + POST.encode())

    assert kind == "text/html"
    assert b"&#228;" in body.removeprefix(page)
