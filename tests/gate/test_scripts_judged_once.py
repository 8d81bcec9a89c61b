"""A script is judged once, however often its page is read, and a script of ours stands in for a platform's once."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS

from shariff_py.gate import gate_html
from shariff_py.gate.detect.javascript.judgement import judged
from shariff_py.gate.rewrite.streaming import GateStream

SDK = '<script src="https://connect.facebook.net/de_DE/sdk.js" nonce="a1"></script>'
LOADER = '<script nonce="b2">s = document.createElement("script"); s.src = "//connect.facebook.net/a.js"</script>'
STUB = '<script src="/shariff/static/shariff-stubs.min.js" data-of="facebook" nonce="{}"></script>'


def test_a_script_is_judged_once_however_often_it_is_read() -> None:
    """The judgement is one object, so it was made once."""
    code = "menu('https://www.facebook.com/stadt')"

    assert judged(code) is judged("".join([code]))
    assert judged(code) is not judged(f"{code};")
    assert judged(code) is not judged(code, value_is_document=True)


@pytest.mark.parametrize(
    ("page", "gated"),
    [
        (SDK, STUB.format("a1")),
        (LOADER, STUB.format("b2")),
        (LOADER + SDK, STUB.format("b2") + "<!---->"),
        (SDK + LOADER + SDK, STUB.format("a1") + "<!----><!---->"),
    ],
)
def test_the_stub_is_there_once_with_the_nonce_of_the_first_script(page: str, gated: str) -> None:
    assert gate_html(page, SETTINGS).html == gated


IN = '<script src="https://platform.linkedin.com/in.js"></script>'
TWITCH = '<script src="https://player.twitch.tv/js/embed/v1.js"></script>'


def test_one_stub_is_for_all_platforms_whose_scripts_went_and_for_no_others() -> None:
    written = gate_html(f"{IN}{SDK}{TWITCH}{IN}", SETTINGS).html

    assert written == (
        '<script src="/shariff/static/shariff-stubs.min.js" data-of="linkedin facebook twitch"></script>'
        + "<!---->" * 3
    )
    assert gate_html(written, SETTINGS).html == written


def test_of_a_page_that_comes_in_pieces_a_later_one_has_a_stub_for_other_platforms_alone() -> None:
    gap = "<p>x</p>" * 10_000
    stream = GateStream(SETTINGS)
    written = stream.feed(f"{IN}{gap}") + stream.feed(f"{IN}{TWITCH}{gap}") + stream.close()

    assert [part.split('"')[0] for part in written.split('data-of="')[1:]] == ["linkedin", "twitch"]


def test_of_a_page_that_comes_in_pieces_the_first_has_the_stub() -> None:
    stream = GateStream(SETTINGS)
    written = (
        stream.feed(f"{LOADER}{'<p>x</p>' * 10_000}") + stream.feed(f"{SDK}{'<p>x</p>' * 10_000}") + stream.close()
    )

    assert written.count("shariff-stubs") == 1
    assert written.startswith(STUB.format("b2"))


def test_what_defines_no_names_leaves_no_stub() -> None:
    assert "stubs" not in gate_html('<script>new Image().src = "//www.facebook.com/tr?id=1"</script>', SETTINGS).html
