"""Pages made to exhaust their reader: no error, and no more work than their length is worth.

Time is told as growth: four times the text may take some ten times as long, where reading everything anew for each of its parts takes
sixteen times.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

import pytest
from support.golden import SETTINGS
from support.growing_pages import seconds
from support.oracle import loadable

from shariff_py.gate import gate_html
from shariff_py.gate.browser_rules.css_urls import without_urls
from shariff_py.gate.browser_rules.data_urls import embedded_resource
from shariff_py.gate.browser_rules.loading_attributes import refresh_url, urls_in_list
from shariff_py.gate.browser_rules.script_types import content_kind
from shariff_py.gate.detect.script_scan import platform_in_url_list, platform_loaded_by
from shariff_py.gate.detect.url_owner import resolve_leniently

pytestmark = pytest.mark.slow

LENGTH = 20_000
ABOVE_NOISE = 0.05
"""Seconds below which nothing is said about growth."""

REPEATED = [
    "facebook.com/", "facebook.com//", "facebook.com:1", "facebook.com/v1", "//fb.me ", '"//fb.me', '"//fb.me/', 'a="//fb.me";', "src=", "src=a ",
    "scontent", "scontent-", "scontent.", "fetch(", "fetch(a+", "<link href=", "}(", '}("//fb.me",', 'createElement("link"', "a.a.", "a-", "$", "(",
    "import ", "from \"", "url(", '@import "', "https://", "\\", '"\\', "/", "[", "{", "&", "&#1", "1", " ", "\t", "; ", "0", "'", "--x:", "x@", "%",
    "data:", "data:text/css,", "<!--", "/*", "template", "script",
]  # fmt: skip


READERS: dict[str, Callable[[str], object]] = {
    "script": lambda text: platform_loaded_by(f'createElement();"//fb.me" {text}'),
    "type of a script": lambda text: content_kind("script", [("type", f"text/{text}")]),
    "list": platform_in_url_list,
    "style": lambda text: without_urls(f"{text}(", lambda url: "fb.me" in url),
    "refresh": refresh_url,
    "data address": lambda text: embedded_resource(f"data:{text}"),
    "data document": lambda text: embedded_resource(f"data:,{text}"),
    "address": lambda text: resolve_leniently(f"//{text} "),
    "list of addresses": lambda text: list(urls_in_list(text)),
}


def grows_too_fast(read: Callable[[str], object], repeated: str, length: int = LENGTH) -> bool:
    """Whether four times the text takes more than ten times as long. Of up to five turns in alternation the fastest of each counts: noise only
    takes longer, and may last for a while. Where it takes less than six times as long as the faster of two, one is enough.
    """
    short = repeated * (length // len(repeated))
    four = seconds(read, short * 4)
    if four < ABOVE_NOISE:
        return False
    once, turns = min(seconds(read, short), seconds(read, short)), 1
    while four >= 6 * once and turns < 5:
        once, four, turns = min(once, seconds(read, short)), min(four, seconds(read, short * 4)), turns + 1
    return four >= 10 * once


@pytest.mark.parametrize("reader", READERS)
def test_the_work_grows_with_the_text_and_no_faster(reader: str) -> None:
    assert [repeated for repeated in REPEATED if grows_too_fast(READERS[reader], repeated)] == []


def test_a_reader_that_begins_anew_for_each_part_would_be_noticed() -> None:
    pattern = re.compile(r"scontent[\w.-]*\.fbcdn\.net")

    assert grows_too_fast(pattern.search, "scontent-", 8_000)


NUMBER = "1" * 6_000


def sheets(number: int) -> str:
    """Style sheets, each in the address of the import before."""
    css = '@import "//fb.me/x"'
    for _ in range(number):
        css = f'@import "data:text/css;base64,{base64.b64encode(css.encode()).decode()}"'
    return css


PAGES = {
    "a number in a style": f"<style>a{{width:{NUMBER}px;b:url(//fb.me/x)}}</style>",
    "a number in a style attribute": f'<p style="width:{NUMBER}px;b:url(//fb.me/x)">x</p>',
    "a number of a reference in a script": f'<svg><script>import("//fb.me/x");&#{NUMBER};</script></svg>',
    "a number of a reference in an attribute": f'<img src="//fb.me/x" alt="&#{NUMBER};">',
    "a number behind a backslash": f"<style>a{{b:\\{NUMBER} x;c:url(//fb.me/y)}}</style>",
    "brackets in a style": f"<style>a{{b:{'(' * 100_000}url(//fb.me/x)",
    "closed brackets in a style": f"<style>a{{b:{'(' * 1_000}url(//fb.me/x){')' * 1_000}}}</style>",
    "braces in a style": f"<style>{'{' * 20_000}a:url(//fb.me/x)</style>",
    "functions in a style attribute": f'<p style="a:{"image-set(" * 20_000}url(//fb.me/x)">x</p>',
    "sheets in sheets": f"<style>{sheets(20)}</style>",
    "escapes of a list": '<script type=importmap>{"a":"' + "\\u002f" * 20_000 + '","b":"//fb.me/x"}</script>',
    "conditions in a name": f"<script>i[{'a?1:' * 4_000}'src']='//fb.me/x';i.src='//fb.me/x'</script>",
    "parentheses in an attribute": f"<p x-data=\"{'(' * 20_000}'//facebook.com/plugins/post.php'\"></p><img src=//fb.me/x>",
}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_makes_the_gate_fail_and_nothing_remains_to_be_loaded(name: str) -> None:
    gated = gate_html(PAGES[name], SETTINGS)

    assert gated.findings
    assert loadable(gated.html) == []


def test_a_number_of_a_reference_in_a_style_stays_and_makes_nothing_fail() -> None:
    page = f"<svg><style>&#{NUMBER};a{{b:url(//fb.me/x)}}</style></svg>"

    assert gate_html(page, SETTINGS).html == page.replace("//fb.me/x", "about:invalid")


def test_of_an_absurd_style_sheet_the_address_goes_and_one_without_a_platform_stays() -> None:
    deep = f"<style>a{{b:{'(' * 500}url(/x){')' * 500}}}</style>"

    assert gate_html(deep, SETTINGS).html is deep
    assert gate_html(deep.replace("url(/x", "url(//fb.me/"), SETTINGS).html == deep.replace("(/x", "(about:invalid")


def test_long_numbers_of_a_sheet_that_is_touched_stay() -> None:
    gated = gate_html(f"<style>a{{z-index:{NUMBER};width:calc(1px * 12);b:url(//fb.me/x)}}</style>", SETTINGS).html

    assert gated == f"<style>a{{z-index:{NUMBER};width:calc(1px * 12);b:url(about:invalid)}}</style>"
