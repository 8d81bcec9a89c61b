"""Bytes that are no letters, in the name of an attribute: pages with them are gated and read like others."""

from __future__ import annotations

import pytest
from support.golden import ORIGIN, SETTINGS
from support.oracle import loadable

from shariff_py.gate import PageInfo, gate_html
from shariff_py.gate.browser_rules.destinations import destinations
from shariff_py.gate.rewrite.streaming import GateStream

IMAGE = "<img src=//www.facebook.com/x>"
STARTS = [
    b"<html \x95=x>",
    b"<html l\xffang=de>",
    b"<html lang=\xff>",
    b"<base \x95 href=/a/>",
    b"<body \0=x>",
    b"<p \xed\xa0\x80>",
]


@pytest.mark.parametrize("start", STARTS)
def test_a_page_in_pieces_is_gated_as_a_whole_one(start: bytes) -> None:
    page = start.decode("utf-8", "surrogateescape") + IMAGE

    for at in (0, 3, len(page) // 2, len(page)):
        stream = GateStream(SETTINGS, PageInfo(url=f"{ORIGIN}/"))
        out = stream.feed(page[:at]) + stream.feed(page[at:]) + stream.close()

        assert loadable(out, f"{ORIGIN}/") == loadable(gate_html(page, SETTINGS).html, f"{ORIGIN}/") == []
        assert out.startswith(page[:5])


@pytest.mark.parametrize("start", [start for start in STARTS if not start.startswith(b"<base")])
def test_where_such_a_page_leads_is_read(start: bytes) -> None:
    page = start.decode("utf-8", "surrogateescape") + "<a \udc95=x href=//elsewhere.example/a\udcff>"

    assert list(destinations(page, f"{ORIGIN}/").links) == ["https://elsewhere.example/a%EF%BF%BD"]
