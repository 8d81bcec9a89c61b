"""The list of allowed connections of a page that says nowhere in which encoding it is."""

from __future__ import annotations

import pytest
from support.golden import CONFIGURATION, ORIGIN

from shariff_py import Settings
from shariff_py.web.page_connections import connection_headers

PAGE = f"{ORIGIN}/fest"
SETTINGS = Settings.from_mapping({**CONFIGURATION, "headers": {"connections": "enforce", "reports": False}})


@pytest.mark.parametrize(
    ("html", "codec", "pattern"),
    [
        ("<a href='//büro.example/'>x</a>", "cp1252", "*://xn--bro-hoa.example"),
        ("<a href='//büro.example/'>x</a>", "utf-8", "*://xn--bro-hoa.example"),
        ("<meta charset=utf-8><a href='//büro.example/'>x</a>\udce4", "utf-8", "*://xn--bro-hoa.example"),
        ("<a href='https://www.facebook.com/ä?ö=ü'>x</a>", "cp1252", "https://www.facebook.com/%C3%A4?%F6=%FC"),
    ],
)
def test_a_page_that_declares_no_encoding_is_read_as_browsers_do(html: str, codec: str, pattern: str) -> None:
    page = html.encode(codec, "surrogateescape")

    (_, value), *_ = connection_headers(SETTINGS, PAGE, [("Content-Type", "text/html")], [], page, pytest.fail)

    assert f' "{pattern}"' in value
