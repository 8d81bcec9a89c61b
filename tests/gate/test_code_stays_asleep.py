"""No code of a page runs after gating that did not run before, as an independent parser reads both."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.awake_in_a_parser import awake
from support.golden import SETTINGS
from support.waking_vectors import CONTEXTS, PAYLOADS, SLEEPERS, THINGS, vectors

from shariff_py.gate import gate_html
from shariff_py.gate.rewrite.parsed.parser_differentials import may_differ

AWAKE_WITHOUT_IT = {
    '<svg><img src=//facebook.com/x><style><img src=x onerror=top.E(1)><img src=y onerror=top.E(2)></style>': '<svg><!----><style>&lt;img src=x onerror=top.E(1)>&lt;img src=y onerror=top.E(2)></style>',
    '<svg><img src=//facebook.com/x><title><body onload=top.E(1)></title>': '<svg><!----><title>&lt;body onload=top.E(1)></title>',
    '<script type=text/template><title><!--</title><img src=//facebook.com/x><script></script><img src=x onerror=top.E(1)></script>': '<script type=text/template><title><!--</title><!----><script></script>&lt;img src=x onerror=top.E(1)></script>',
    "<svg><img src=//facebook.com/x><style><img src=x onerror=top.E(1)></style>":
    "<svg><!----><style>&lt;img src=x onerror=top.E(1)></style>",
    "<svg><title><!--</title><img src=//facebook.com/x><img src=x onerror=top.E(1)>-->":
    "<svg><title><!--</title><!---->&lt;img src=x onerror=top.E(1)>-->",
    "<img src=//facebook.com/x><frameset onload=top.E(1)>": "<!---->&lt;frameset onload=top.E(1)>",
    "<template><img src=//facebook.com/x></template><p><frameset onload=top.E(1)><img src=x onerror=top.E(2)>":
    "<template><!----></template><p>&lt;frameset onload=top.E(1)>&lt;img src=x onerror=top.E(2)>",
    "<fb:post><template shadowrootmode=open><script>top.E(1)</script></template></fb:post>":
    "<!----><template shadowrootmode=open>&lt;script>top.E(1)</script></template><!---->",
    '<noscript><p title="</noscript><script src=//connect.facebook.net/sdk.js></script><img src=x onerror=top.E(1)>">':
    '<noscript><p title="</noscript><script src="/shariff/static/shariff-stubs.min.js" data-of="facebook"></script>&lt;img src=x onerror=top.E(1)>">',
}  # fmt: skip
"""Pages in which taking out something of a platform would wake the code behind it, and what becomes of them."""


@pytest.mark.parametrize("before", AWAKE_WITHOUT_IT)
def test_what_would_wake_is_escaped(before: str) -> None:
    assert gate_html(before, SETTINGS).html == AWAKE_WITHOUT_IT[before]


@pytest.mark.parametrize("before", AWAKE_WITHOUT_IT)
def test_it_says_that_something_would_have_become_markup(before: str) -> None:
    notes = [found.note for found in gate_html(before, SETTINGS).findings if found.found == "hidden markup"]

    assert "Entfernt. Durch andere Änderungen wäre daraus Markup geworden; nun bleibt nur der Text." in notes


ENDED_BY_OUR_LINK = [
    "<math>{}<image src=x onerror=top.E(1)>",
    "<svg>{}<iframe src=javascript:top.E(1)></iframe>",
    "<svg>{}<object data=x onerror=top.E(1)>",
    "<svg>{}<input autofocus onfocus=top.E(1)>",
]


@pytest.mark.parametrize("before", ENDED_BY_OUR_LINK)
def test_what_is_asleep_in_a_drawing_stays_so_behind_the_link_that_ends_it(before: str) -> None:
    start, _, asleep = before.partition("{}")

    after = gate_html(before.format('<iframe src="https://www.facebook.com/groups/7"></iframe>'), SETTINGS).html

    assert after.startswith(f'{start}<div class="shariff-block">')
    assert after.endswith(f"</div></div>&lt;{asleep[1:]}")


def test_a_tag_that_is_left_open_in_noscript_stays_and_goes_on_behind_it() -> None:
    before = "<noscript><img src=//facebook.com/a><p title='</noscript><img src=//facebook.com/x><img src=x onerror=top.E(1)>'>"

    gated = gate_html(before, SETTINGS)

    assert gated.html == "<noscript><!----><p title='</noscript><!----><img src=x onerror=top.E(1)>'>"
    assert [found.outcome for found in gated.findings] == ["removed", "removed"]


AWAKE = [
    '<script><!-- top.E(1) //--></script><!-- <b> --><img src="//facebook.com/x">',
    "<img src=//facebook.com/x><svg><style><img src=x onerror=top.E(1)></style></svg>",
    "<svg><style><img src=x onerror=top.E(1)></style></svg><img src=//facebook.com/x>",
    '<svg><a href="javascript:top.E(1)" style="a:url(//facebook.com/x)"></a></svg>',
    '<svg><script>top.E(1)</script><image href="//facebook.com/x" onclick="top.E(2)"/></svg>',
    "<template><img src=//facebook.com/x></template><iframe srcdoc='<script>top.E(1)</script><img src=//facebook.com/x>'></iframe>",
]
"""Pages in which code is awake all along."""


@pytest.mark.parametrize("before", AWAKE)
def test_code_that_ran_before_still_runs(before: str) -> None:
    after = gate_html(before, SETTINGS)

    assert after.html != before
    assert awake(after.html) == awake(before)


def woken(before: str) -> dict[str, set[int]]:
    """What runs only since the page was gated, by the way in which it is read: without script, too, as what is parsed so can be inserted."""
    known = awake(before)
    after = awake(gate_html(before, SETTINGS).html)
    return {way: new for way, now in after.items() if (new := now - known[way])}


def test_a_form_that_is_ignored_inside_another_stays_so_where_a_gate_takes_the_place_of_the_other() -> None:
    post = '<div class="fb-post" data-href="https://www.facebook.com/leinau/posts/1"><form></div>'
    before = f'{post}<form onfocus="top.E(1)"></form>'

    assert woken(before) == {}
    assert gate_html(before, SETTINGS).html.endswith('</shariff-gate></div>&lt;form onfocus="top.E(1)"></form>')


EMBED = "<iframe src=//www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1></iframe>"
FORMS = {
    "in what goes": "<object data=//facebook.com/x><form></object><form onfocus=top.E(1)>",
    "in what goes, with an end": "<object data=//facebook.com/x><form></object><form onfocus=top.E(1)></form>",
    "end in an attribute": f"<form><p title='</form>'>{EMBED}<form onfocus=top.E(1)>",
    "end in a comment": f"<div><form></div><!--</form>-->{EMBED}<form onfocus=top.E(1)></form>",
    "end in a text area": f"<div><form></div><textarea></form></textarea>{EMBED}<form onfocus=top.E(1)>",
    "end in a style": f"<div><form></div><style></form></style>{EMBED}<form onfocus=top.E(1)>",
    "in a table, end in an attribute": f"<table><tr><td><form></table>{EMBED}<p title='</form>'><form onfocus=top.E(1)></form>",
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_that_is_ignored_stays_so_wherever_the_tags_of_others_stand(form: str) -> None:
    assert woken(FORMS[form]) == {}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
def test_nothing_wakes_in_the_table_of_vectors(seed: int) -> None:
    found = {one.markup: woken(one.markup) for one in vectors(60, seed) if "template" not in one.markup}

    assert {markup: new for markup, new in found.items() if new} == {}


pieces = st.sampled_from(
    [
        *filter(lambda opened: "template" not in opened, CONTEXTS),
        *(end for end in CONTEXTS.values() if "template" not in end),
        *(part for sleeper in SLEEPERS if "template" not in sleeper[0] for part in sleeper),
        *THINGS,
        *PAYLOADS,
        *PAYLOADS,
    ]
)


@pytest.mark.slow
@effort(max_examples=60)
@given(st.lists(pieces, max_size=8))
def test_nothing_wakes_on_any_page_made_of_their_parts(parts: list[str]) -> None:
    numbered = [part.replace("E(0)", "E({})").replace("E({})", f"E({number})") for number, part in enumerate(parts, 1)]

    assert woken("".join(numbered)) == {}


def test_what_wakes_would_be_noticed() -> None:
    before, after = "<svg><img><style><img onerror=top.E(1)></style>", "<svg><style><img onerror=top.E(1)></style>"

    assert awake(before)["document, scripting True"] == set()
    assert awake(after)["document, scripting True"] == {1}


HIDING = "<style><img src=//fb.me/a></style>"
"""Text to most parsers, and markup to those that ignore the tag before."""


@pytest.mark.parametrize(
    "before",
    [
        '<svg><path d="M0 0"/><title>x</title></svg>', "<svg viewBox='0 0 9 9'><g><use href='#a'/></g></svg>", "<math>x</math>",
        '<select name="a"><option value="1" selected>1</option><optgroup label="x"><option>2</optgroup></select>', "<select></select>",
    ],
)  # fmt: skip
def test_a_drawing_of_shapes_and_a_selection_of_options_leave_no_doubt(before: str) -> None:
    page = f"<p>{before}</p><script>//<![CDATA[\nshow('<b>x</b>')\n//]]></script>{HIDING}"

    assert not may_differ(page)
    assert gate_html(page, SETTINGS).html is page


@pytest.mark.parametrize(
    "before",
    [
        "<svg a=\"</svg>\">", "<svg><path d='</svg>'>", "<select title='><option></select>'>",
        "<select><option title=\"</select>\">", "<select><b></b></select><select>", "<svg><p></svg><svg>",
    ],
)  # fmt: skip
def test_where_quotes_or_other_tags_leave_a_doubt_the_page_is_read_in_every_way(before: str) -> None:
    page = f"<p>{before}{HIDING}"

    assert may_differ(page)
    assert "<img" not in gate_html(page, SETTINGS).html
