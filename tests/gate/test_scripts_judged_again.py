"""A script is judged again after each change, and as a browser reads it where it may be inside a picture."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS
from support.inert_scripts import gated_script, notes

from shariff_py.gate import gate_html

PICTURE = "<svg><foreignObject></foreignObject></svg>"
"""Behind it a browser may resolve character references in a script."""


def many(addresses: int, host: str = "m.me") -> str:
    return "menu();" + f"fetch('//{host}/a');" * addresses


def test_of_a_script_with_up_to_300_addresses_each_becomes_inert() -> None:
    assert gated_script(many(101)) == many(101, "xx:1")
    assert gated_script(many(300)) == many(300, "xx:1")


def test_a_script_with_more_addresses_than_are_followed_goes_and_the_finding_says_so() -> None:
    assert gated_script(many(301)) == ""
    assert notes(many(301)) == ["Der Code lädt Inhalte von Facebook."]


@pytest.mark.parametrize(
    ("code", "kept"),
    [
        ("menu(); // &#10;fetch('//m.me/a')", "<script>menu(); // &#10;fetch('//xx:1/a')</script>"),
        ("// &#10;fetch('//m.me/a')", "<!---->"),
        ("menu(); // &#10;fetch('//m.m&#101;/a')", "<!---->"),
        ("fetch('//fb.me/a'); menu(); // &#10;fetch('//m.m&#101;/a')", "<!---->"),
        (
            "menu(); // &#10;open('https://www.facebook.com/a')",
            "<script>menu(); // &#10;open('https://www.facebook.com/a')</script>",
        ),
    ],
)
def test_what_a_script_loads_once_its_character_references_are_resolved_is_found(code: str, kept: str) -> None:
    assert gate_html(f"{PICTURE}<script>{code}</script>", SETTINGS).html == PICTURE + kept


def test_a_script_that_was_changed_is_no_code_that_the_change_has_woken() -> None:
    """Behind a template each script is compared with what it was, in both readings."""
    page = f"{PICTURE}<template><p>x</p></template><script>menu(); // &#10;fetch('//{{}}/a')</script>"
    result = gate_html(page.format("m.me"), SETTINGS)

    assert result.html == page.format("xx:1")
    assert [finding.found for finding in result.findings] == ["inline script"]
