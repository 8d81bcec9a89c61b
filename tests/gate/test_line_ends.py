"""Scripts in which a comment ends at each character that ends a line for browsers."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS

from shariff_py.gate import gate_html
from shariff_py.gate.detect.javascript.syntax import Syntax
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.rewriter import gated

LOADER = "var s=document.createElement('script');s.src='//connect.facebook.net/de_DE/sdk.js';document.head.append(s)"

LINE_ENDS = ["\r", "\n", "\r\n", "\u2028", "\u2029"]
NO_LINE_ENDS = ["\v", "\f", "\x85", " "]


def read_by_element(html: str) -> str:
    """The page gated without asking its text first."""
    return gated(html, RewriteContext.of(SETTINGS), use_prefilter=False)


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("comment", ["// Kommentar", "<!-- Kommentar", "#! Kommentar", "x=1 // eins"])
def test_what_follows_a_comment_is_read(comment: str, line_end: str) -> None:
    page = f"<script>{comment}{line_end}{LOADER}</script>"

    assert "connect.facebook.net" not in gate_html(page, SETTINGS).html
    assert gate_html(page, SETTINGS).html == read_by_element(page)


@pytest.mark.parametrize("line_end", LINE_ENDS)
@pytest.mark.parametrize("comment", ["// Kommentar", "<!-- Kommentar", "#! Kommentar", "x=1 // eins"])
def test_what_a_script_fetches_behind_a_comment_is_known_for_certain(comment: str, line_end: str) -> None:
    page = f"<script>{comment}{line_end}menu.init(); fetch('//{{}}/a')</script>"

    assert gate_html(page.format("m.me"), SETTINGS, policy_enforced=True).html == page.format("xx:1")


@pytest.mark.parametrize("other", NO_LINE_ENDS)
def test_a_loader_inside_a_comment_stays(other: str) -> None:
    page = f"<script>// Kommentar{other}{LOADER}\nmenu.init()</script>"

    assert gate_html(page, SETTINGS).html is page


def test_a_line_separator_in_a_string_or_a_block_comment_is_a_character() -> None:
    page = f"<script>/* {LOADER}\u2028 */ texts = ['//\u2028', 'https://www.facebook.com/leinau']</script>"

    assert gate_html(page, SETTINGS).html is page
    assert not Syntax("text = '//\u2028'").root.has_error


def test_lines_that_change_how_the_next_ones_are_read_end_all_the_same() -> None:
    code = "".join(f"//{number}\u2028`\n" for number in range(9))

    assert Syntax(f"{code}{LOADER}").code.endswith(LOADER)
    assert "connect.facebook.net" not in gate_html(f"<script>{code}`;//\u2028{LOADER}</script>", SETTINGS).html
