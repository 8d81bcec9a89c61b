"""Embed code in the strings of a page's own scripts: what is reported, and what is gated inside the string."""

from __future__ import annotations

import json
import re

import pytest
from support.golden import SETTINGS
from support.rows import gated
from support.stored import ADDRESS, FRAME, POST, WIDGET, gated_in_stores, in_base64, strings_of

from shariff_py.gate import Outcome, gate_html
from shariff_py.gate.detect.javascript.literals import Literal, written

QUOTED = WIDGET.replace('"', '\\"').replace("<", "\\u003c")
TEXT = f"Grüße {WIDGET} Ende"
ROW = f"5:T{len(TEXT.encode()):x},{TEXT}"
ELEMENT = f"6:{json.dumps(['$', 'div', None, {'dangerouslySetInnerHTML': {'__html': WIDGET}}])}\n"

KEPT = {
    "assigned state": f'window.__STATE__ = {{"html": "{QUOTED}", "n": [1.50]}}; start()',
    "parsed json": f"start(JSON.parse('{json.dumps({'html': WIDGET}).replace(chr(92), chr(92) * 2)}'))".replace("</", "<\\/"),
    "continued and octal": f"start('a\\\n\\101 {WIDGET}')".replace("</", "<\\/"),
    "a template": f"const film = `\n  {WIDGET.replace('</', '<' + chr(92) + '/')}`; start(film)",
    "base64": f'start("{in_base64(FRAME)}")',
    "rows": f"self.__next_f.push([1, {json.dumps(ROW + ELEMENT).replace('<', chr(92) + 'u003c')}])",
}  # fmt: skip


def script(code: str) -> str:
    return f"<script>{code}</script>"


def strings(document: str) -> str:
    return "".join(strings_of(document[8:-9]))


@pytest.mark.parametrize("code", KEPT.values(), ids=KEPT)
def test_what_a_script_keeps_in_a_string_is_reported_and_stays(code: str) -> None:
    result = gated(script(code))

    assert result.html == script(code)
    assert {(f.outcome, f.found) for f in result.findings} == {(Outcome.REPORTED, "inline script")}


@pytest.mark.parametrize("code", KEPT.values(), ids=KEPT)
def test_what_a_script_keeps_in_a_string_is_gated_where_the_site_asks(code: str) -> None:
    result = gated_in_stores(script(code))

    assert {(f.outcome, f.found, f.kind, f.address) for f in result.findings} == {
        (Outcome.GATED, "inline script", "post", POST)
    }
    assert WIDGET not in strings(result.html)
    assert gated_in_stores(result.html).html is result.html


ESCAPES = {
    "\\n": "\n", "\\r": "\r", "\\t": "\t", "\\b": "\b", "\\f": "\f", "\\v": "\v", "\\0": "\0", "\\x41": "A", "\\u0041": "A", "\\u{41}": "A",
    "\\101": "A", "\\\\": "\\", "\\'": "'", "\\a": "a", "\\\n": "", "\\ud83d\\ude00": "\U0001f600", "\\u{110000}": "\ufffd",
}  # fmt: skip
SPELLED = {
    "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f", "\v": "\\v", "\0": "\\x00", "\\": "\\\\", "\u2028": "\\u2028", "\u2029": "\\u2029",
    "'": "\\'", '"': '"', "</script": "\\x3c/script", "<script": "\\x3cscript", "<!--": "\\x3c!--",
}  # fmt: skip


@pytest.mark.parametrize(("escape", "meaning"), ESCAPES.items())
def test_an_escape_in_a_string_is_read_as_engines_read_it(escape: str, meaning: str) -> None:
    assert strings_of(f"'a{escape}z'") == [f"a{meaning}z"]


@pytest.mark.parametrize(("text", "escape"), SPELLED.items())
def test_what_cannot_stand_in_a_string_is_written_as_an_escape(text: str, escape: str) -> None:
    code = written(Literal(0, 0, "'", ""), f"a{text}z")

    assert code == f"'a{escape}z'"
    assert strings_of(code) == [f"a{text}z"]


def test_the_rest_of_a_script_stays_letter_for_letter() -> None:
    before, after = (
        'window.__STATE__ = {"a":\t\'Gr\\u00fc\\xDFe\', /* x */ "html": "Vor \\u003Cb\\u003E ',
        ' nach\\/", z: [1.50]}; start( )',
    )
    result = gated_in_stores(script(f"{before}{QUOTED}{after}")).html

    assert result.startswith(f"<script>{before}")
    assert result.endswith(f"{after}</script>")


def test_a_row_says_how_many_bytes_its_new_text_has() -> None:
    result = gated_in_stores(script(KEPT["rows"])).html
    (rows,) = [value for value in strings_of(result[8:-9]) if value.startswith("5:T")]
    counted = re.match(r"5:T([0-9a-f]+),", rows)

    assert counted is not None
    text = rows[counted.end() :].encode()[: int(counted[1], 16)].decode()
    assert text.startswith('Grüße <div class="shariff-block">')
    assert text.endswith("</shariff-gate></div> Ende")
    assert json.loads(rows[counted.end() + len(text) + 2 :])[3]["dangerouslySetInnerHTML"]["__html"].startswith("<div")


def test_an_address_of_a_frame_in_a_script_leads_to_a_sentence_and_a_link_where_the_site_asks() -> None:
    result = gated_in_stores(script(f'window.film = {{"src": "{ADDRESS}"}}'))

    assert result.html.startswith(
        '<script>window.film = {"src": "/shariff/frame/closed?lang=de&embed=https%3A%2F%2Fwww.'
    )
    assert [(f.outcome, f.found, f.address) for f in result.findings] == [(Outcome.LINKED, "inline script", POST)]


@pytest.mark.parametrize(
    "code",
    [
        f"window.films = [`<p>${{text}}</p><iframe src='{ADDRESS}'></iframe>`]",
        f'self.__next_f.push([1, "{QUOTED}"])',
        f'self.__next_f.push([1, "5:T4000,{QUOTED}"])',
        f'start("{QUOTED}<a")',
    ],
)
def test_what_cannot_be_written_back_with_certainty_stays_in_the_script(code: str) -> None:
    for result in (gated(script(code)), gated_in_stores(script(code))):
        assert result.html == script(code)
        assert [(f.outcome, f.found) for f in result.findings] == [(Outcome.REPORTED, "inline script")]


@pytest.mark.parametrize(
    "code",
    [
        'window.links = ["https://www.facebook.com/stadt"]; if (1 <a) start()',
        'start("<a href=\\"https://www.facebook.com/stadt\\">x")',
        'self.__next_f.push([1, "5:[\\"https://www.facebook.com/stadt\\"]\\n"])',
    ],
)
def test_a_link_in_a_script_is_no_embed(code: str) -> None:
    assert gated(script(code)).findings == ()
    assert gated_in_stores(script(code)).html == script(code)


def test_a_stored_script_of_which_it_cannot_be_told_counts_only_where_no_policy_is_enforced() -> None:
    page = "<!-- <script>menu(); loadjs(['https://connect.facebook.net/x.js'])</script> -->"

    assert [(f.outcome, f.found) for f in gated(page).findings] == [(Outcome.REPORTED, "comment")]
    assert gate_html(page, SETTINGS, policy_enforced=True).findings == ()
