"""An import map: what leads to a platform becomes inert in it, the page's other modules stay; a map of nothing else goes."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS

from shariff_py.gate import Outcome, gate_html

OWN = '{"imports": {"app": "/app.js", "fb": "%s"}}'


def mapped(text: str) -> str:
    return f'<script type="importmap">{text}</script>'


@pytest.mark.parametrize(
    ("url", "inert"),
    [
        ("https://connect.facebook.net/en_US/sdk.js", "https://xxxxxxxxxx.invalid:1/en_US/sdk.js"),
        ("//connect.facebook.net/en_US/", "//xxxxxxxxxx.invalid:1/en_US/"),
        ("https:\\/\\/connect.facebook.net\\/sdk.js", "https:\\/\\/xxxxxxxxxx.invalid:1\\/sdk.js"),
    ],
)
def test_the_modules_of_the_page_stay(url: str, inert: str) -> None:
    result = gate_html(mapped(OWN % url), SETTINGS)

    assert result.html == mapped(OWN % inert)
    assert [(f.outcome, f.platform) for f in result.findings] == [(Outcome.INERT, "facebook")]
    assert result.findings[0].note.endswith("bleiben.")
    assert gate_html(result.html, SETTINGS).html is result.html


@pytest.mark.parametrize("part", ["scopes", "integrity"])
def test_the_other_parts_of_a_map_are_read_as_well(part: str) -> None:
    text = f'{{"imports": {{"a": "/a.js"}}, "{part}": {{"/b/": {{"c": "https://connect.facebook.net/c.js"}}}}}}'

    assert gate_html(mapped(text), SETTINGS).html == mapped(
        text.replace("connect.facebook.net", "xxxxxxxxxx.invalid:1")
    )


def test_what_is_mapped_to_the_pages_own_stays_mapped() -> None:
    text = '{"imports": {"https://connect.facebook.net/sdk.js": "/own.js", "a": "https://connect.facebook.net/a.js"}}'
    changed = (
        '{"imports": {"https://connect.facebook.net/sdk.js": "/own.js", "a": "https://xxxxxxxxxx.invalid:1/a.js"}}'
    )

    assert gate_html(mapped(text), SETTINGS).html == mapped(changed)


@pytest.mark.parametrize(
    "text",
    [
        '{"imports": {"fb": "https://connect.facebook.net/sdk.js"}}',
        '{"imports": {"app": "/a.js", "fb": "https:fb.me/x"}, "prefetch": []}',
        '{"imports": {"app": "/a.js", "fb": "https://connect.facebook.net/sdk.js"',
    ],
)
def test_a_map_of_nothing_else_and_one_that_cannot_be_read_go(text: str) -> None:
    result = gate_html(mapped(text), SETTINGS)

    assert "importmap" not in result.html
    assert [f.outcome for f in result.findings] == [Outcome.REMOVED]


@pytest.mark.parametrize("beside", ["", '<img src="//fb.me/a">'])
def test_an_address_whose_letters_are_written_as_numbers_is_read(beside: str) -> None:
    rules = r'{"prefetch": [{"source": "list", "urls": ["https://www.faceboo\u006b.com/x"]}]}'

    result = gate_html(f'{beside}<script type="speculationrules">{rules}</script>', SETTINGS)

    assert r"\u006b" not in result.html
    page = gate_html(beside + mapped(OWN % r"https://f\u0062.me/\u003c/script>"), SETTINGS).html
    assert page.endswith(mapped(OWN % r"https://xxx:1/\u003c/script>"))


def test_numbers_of_letters_in_the_pages_own_maps_stay() -> None:
    page = mapped(OWN % r"/f\u00fcr.js")

    assert gate_html(page, SETTINGS).html is page
