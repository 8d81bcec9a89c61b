"""The bounds within which scripts are read and remembered, and what cannot be read or written back in the places around them."""

from __future__ import annotations

import json
from html import escape

import pytest
from support.golden import SETTINGS
from support.inert_scripts import gated_script
from support.rows import REMOVED, gated
from support.stored import ADDRESS, FRAME, WIDGET, gated_in_stores

from shariff_py.gate import Outcome, gate_html
from shariff_py.gate.detect.javascript.judgement import judged

HIDDEN = "<noscript><script></noscript><p title='</script>{}'>x</p>"
"""Markup that only visitors without script get."""


@pytest.mark.slow
def test_a_judgement_is_forgotten_after_8_192_other_scripts() -> None:
    code = "menu(); fetch('//m.me/a')"
    first = judged(code)
    again = judged(code)
    for number in range(8_192):
        judged(f"menu('m.me/{number}')")

    assert again is first
    assert judged(code) == first
    assert judged(code) is not first


def test_a_script_of_more_than_4_million_characters_is_not_followed() -> None:
    """The address of a platform's script may be loaded; others, and what the script keeps, are left alone."""
    long = " " * 4_000_000
    judgement = judged(f"a='//connect.facebook.net/x.js';b='//m.me/a';{long}")
    page = f"<script>a='{WIDGET}';{long}</script>"

    assert [(address.start, address.end) for address in judgement.uncertain] == [(5, 25)]
    assert judgement.loaded == ()
    assert gated_in_stores(page).html is page


@pytest.mark.parametrize(("letters", "is_host"), [(252, True), (253, False)])
def test_the_name_of_a_host_has_at_most_253_characters_before_the_platforms_domain(letters: int, is_host: bool) -> None:
    code = f"menu(); fetch('//{'a' * letters}.m.me/a')"

    assert bool(judged(code).loaded) == is_host


@pytest.mark.parametrize(("host", "nowhere"), [("m.fb.watch", "xxxxxxxx:1"), ("mm.fb.watch", "x.invalid:1")])
def test_an_inert_name_has_a_letter_before_its_top_level_domain(host: str, nowhere: str) -> None:
    assert gated_script(f"menu(); fetch('//{host}/a')") == f"menu(); fetch('//{nowhere}/a')"


@pytest.mark.parametrize(("characters", "is_known"), [(200, True), (201, False)])
def test_a_function_whose_name_takes_more_than_200_characters_is_unknown(characters: int, is_known: bool) -> None:
    name = f"require{' ' * (characters - len('require.config'))}.config"
    code = f"menu(); {name}({{paths: {{a: '//m.me/a'}}}})"

    assert bool(judged(code).loaded) == is_known


@pytest.mark.parametrize(("times", "is_read"), [(5, True), (6, False)])
def test_forms_within_forms_are_read_six_deep(times: int, is_read: bool) -> None:
    value = WIDGET
    for _ in range(times):
        value = json.dumps(value)
    result = gated_in_stores(f"<script type=application/json>{value.replace('</', '<' + chr(92) + '/')}</script>")

    assert ("fb-post" not in result.html) is is_read


@pytest.mark.parametrize(
    "tag",
    [
        f"<div =x data-html='{FRAME}'></div>",
        f"<div data-html='&amp#60;{escape(FRAME)}'></div>",
        f"<div title=a\"/data-html=x data-html='{escape(FRAME)}='></div>",
    ],
)
def test_an_attribute_stays_where_a_browser_might_read_another_tag_afterwards(tag: str) -> None:
    result = gated_in_stores(tag)

    assert result.html is tag
    assert [(found.outcome, found.found) for found in result.findings] == [(Outcome.REPORTED, "div[data-html]")]


def test_what_is_percent_encoded_but_no_text_stays() -> None:
    tag = "<div data-html='%3Ciframe%20src=https://www.facebook.com/plugins/post.php%ff'></div>"

    assert gated_in_stores(tag).html is tag


def test_a_handler_of_which_it_cannot_be_told_stays_where_the_policy_is_enforced() -> None:
    page = "<a href=/ onclick=\"menu();loadjs(['https://connect.facebook.net/x.js'])\">x</a>"
    result = gate_html(page, SETTINGS, policy_enforced=True)

    assert result.html == page
    assert [(found.outcome, found.found) for found in result.findings] == [(Outcome.REPORTED, "a[onclick]")]


def test_elements_that_a_parser_repeats_are_where_their_tag_is() -> None:
    styled = '{}b style="background:url(//fb.me/a)">{}i style="background:url(//fb.me/a)">{}p>x</b>y</i>'

    assert gated(HIDDEN.format(styled.format("<", "<", "<"))).html == HIDDEN.format(
        styled.format("&lt;", "&lt;", "&lt;")
    )


def test_a_document_goes_whose_header_is_too_long_to_be_looked_through() -> None:
    document = f"<iframe src='data:text/html;x={'a' * 101};base64,PGltZyBzcmM9Ly9mYi5tZS9hPg=='></iframe>"

    assert gated(document).html == REMOVED


@pytest.mark.parametrize(
    "page",
    [
        f"<iframe srcdoc='x'></iframe><p title='&{'amp;' * 30}#46;'></p>",
        "<p title='d\\ata:'>&#46;</p>",
        "<a href='data:&#116;ext/html,x'>a</a>",
        "<a href='&#106;avascript:x'>a</a>",
    ],
)
def test_a_page_without_a_platform_stays_however_much_is_written_in_another_way(page: str) -> None:
    assert gated(page).html is page
    assert gated(page).findings == ()


def test_an_address_of_content_on_the_platforms_own_site_is_resolved_there() -> None:
    frame = f'<iframe src="{ADDRESS.replace("https%3A%2F%2Fwww.facebook.com", "")}"></iframe>'

    assert [(found.outcome, found.address) for found in gated(frame).findings] == [
        (Outcome.GATED, "https://www.facebook.com/leinau/posts/1")
    ]


@pytest.mark.parametrize("start", ['"', 'x="', '"]+'])
def test_a_string_that_is_not_closed_holds_nothing_that_a_script_could_insert(start: str) -> None:
    written = WIDGET.replace('"', "'").replace("</", "<\\/")
    page = f"<script>{start}{written}\n;</script>"

    assert gated_in_stores(page).html is page
    assert gated_in_stores(page).findings == ()
