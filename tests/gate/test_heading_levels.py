"""The heading of a gate, or of what stands in its place, is one level below the page's own heading before it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st

from shariff_py.gate import gate_html
from shariff_py.gate.rewrite.streaming import CHUNK, GateStream
from shariff_py.settings import Settings

CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}
SETTINGS = Settings.from_mapping(
    {
        "site": {"origin": "https://www.leinau.example"},
        "frame": {"secrets": ["only-for-these-tests-0123456789abcdef"]},
        "gate": {"unknown": "gate"},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {"city": CITY},
    }
)
NAMED_ONLY = Settings.from_mapping(
    {
        "site": {"origin": "https://www.leinau.example"},
        "frame": {"secrets": ["only-for-these-tests-0123456789abcdef"]},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {"city": CITY},
    }
)
GATE = '<iframe src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></iframe>'
TITLED = GATE.replace("<iframe", '<iframe data-shariff-title="Das Fest"')
WIDGET = '<div class="fb-post" data-href="https://www.facebook.com/leinau/posts/1"><p>Am See</p></div>'
CALL = "<script>FB.ui({method: 'share'});</script>"
LINK = '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/ABC/"></blockquote>'
UNKNOWN = '<iframe src="https://maps.example.net/"></iframe>'
OURS = re.compile(r'<h([1-6]) class="shariff-(?:kind|title)"')
FILLING = "<p>Der Rat hat beschlossen, die <b>Bücherei</b> länger zu öffnen.</p>\n" * (CHUNK // 60)

ROWS = [
    # No heading before it.
    (GATE, [3]),
    (f"<p>Davor</p>{GATE}<h2>Danach</h2>", [3]),
    (f"<!doctype html><html lang=de><body>{GATE}</body></html>", [3]),
    # One below the last heading before it.
    (f"<h1>Fest</h1>{GATE}", [2]),
    (f"<h2>Fest</h2><p>Davor</p>{GATE}", [3]),
    (f"<h3>Fest</h3>{TITLED}", [4]),
    (f"<h5>Fest</h5>{WIDGET}", [6]),
    (f"<h6>Fest</h6>{GATE}", [6]),
    (f"<H4 class='x'>Fest</H4>{GATE}", [5]),
    (f"<h1>Leinau</h1><h4>Fest</h4><h2>Rat</h2>{GATE}", [3]),
    (f"<header><h1>Leinau</h1></header><article><h2>Fest</h2><div>{GATE}</div></article>", [3]),
    (f"<h4>Fest<p>Davor{GATE}", [5]),
    (f"<h2>Fest</h2>\r\n\f{GATE}", [3]),
    (f"<h4>Fest</h4><p>Im Absatz {GATE}</p>", [5]),
    # What stands in its place.
    (f"<h1>Fest</h1>{LINK}", [2]),
    (f"<h4>Fest</h4>{UNKNOWN}", [5]),
    (f"<h4>Fest</h4><form>{GATE}</form>", [5]),
    (LINK, [3]),
    # Our own headings do not count.
    (f"<h2>Fest</h2>{GATE}{GATE}", [3, 3]),
    (f"<h4>Fest</h4>{TITLED}{LINK}{UNKNOWN}{WIDGET}{GATE}", [5, 5, 5, 5, 5]),
    (f"<h1>Fest</h1>{GATE}<h3>Rat</h3>{GATE}{GATE}<h2>Ende</h2>", [2, 4, 4]),
    # What is no heading where it stands.
    (f"<h1>Fest</h1><!-- <h5>Rat</h5> -->{GATE}", [2]),
    (f"<h1>Fest</h1><script>var a = '<h5>Rat</h5>';</script>{GATE}", [2]),
    (f"<h1>Fest</h1><style>/* <h5>Rat</h5> */</style>{GATE}", [2]),
    (f"<h1>Fest</h1><template><h5>Rat</h5></template>{GATE}", [2]),
    (f"<h1>Fest</h1><noscript><h5>Rat</h5></noscript>{GATE}", [2]),
    (f"<h1>Fest</h1><textarea><h5>Rat</h5></textarea>{GATE}", [2]),
    (f"<h1>Fest</h1><a title='<h5>Rat</h5>' data-x=\"a > b <h4>\">Rat</a>{GATE}", [2]),
    (f"<h1>Fest</h1><iframe srcdoc='<h5>Rat</h5>'></iframe>{GATE}", [2]),
    (f"<h1>Fest</h1><h5x>Rat</h5x><h7>Rat</h7><hr><header>Rat</header>{GATE}", [2]),
    (f"<h1>Fest</h1></h5>{GATE}", [2]),
    (f"<h1>Fest</h1><h5 role=presentation>Rat</h5>{GATE}", [2]),
    # Headings by their role.
    (f'<div role="heading" aria-level="4">Fest</div>{GATE}', [5]),
    (f'<div role="heading" aria-level="9">Fest</div>{GATE}', [6]),
    (f'<h2 aria-level="4">Fest</h2>{GATE}', [5]),
    (f'<div role="heading" aria-level="x">Fest</div>{GATE}', [3]),
    # In a noscript stands what is around it; a document of its own begins anew.
    (f"<h1>Fest</h1><noscript>{GATE}</noscript>{GATE}", [2, 2]),
    (f"<h1>Fest</h1><noscript><h3>Rat</h3>{GATE}</noscript><h4>Ende</h4>{GATE}", [4, 5]),
    (f"<h5>Fest</h5><template><h1>Rat</h1></template><noscript>{GATE}</noscript>", [6]),
]  # fmt: skip
"""Markup, and the levels of our headings in it in their order."""


def levels(html: str) -> list[int]:
    return [int(level) for level in OURS.findall(html)]


@pytest.mark.parametrize(("markup", "expected"), ROWS)
def test_our_heading_is_one_below_the_last_heading_of_the_page_before_it(markup: str, expected: list[int]) -> None:
    assert levels(gate_html(markup, SETTINGS).html) == expected


@pytest.mark.parametrize(("markup", "expected"), ROWS)
def test_the_levels_are_the_same_where_hosts_of_nobody_known_are_not_looked_for(
    markup: str, expected: list[int]
) -> None:
    """Then only some elements of a page are read."""
    known = markup.replace(UNKNOWN, GATE)

    assert levels(gate_html(known, NAMED_ONLY).html) == expected


@pytest.mark.parametrize(("markup", "expected"), ROWS)
def test_what_was_written_before_a_cut_counts(markup: str, expected: list[int]) -> None:
    page = f"{FILLING}{markup}".replace(UNKNOWN, GATE).replace(GATE, f"{FILLING}{GATE}")
    stream = GateStream(NAMED_ONLY)
    pieces = [stream.feed(page[start : start + CHUNK - 1]) for start in range(0, len(page), CHUNK - 1)]

    assert levels("".join([*pieces, stream.close()])) == expected


def test_a_cut_inside_a_heading_of_ours_or_of_the_page_changes_no_level() -> None:
    before = gate_html(f"<h4>Fest</h4>{TITLED}", SETTINGS).html
    inside = before.replace("Das Fest", f"Das Fest<!--{'x' * 2 * CHUNK}--><b>1</b>")
    page = f"{inside}{GATE}<h1>Rat<b>{FILLING}</b></h1>{FILLING}{GATE}"
    stream = GateStream(NAMED_ONLY)
    html = "".join([*(stream.feed(page[start : start + 999]) for start in range(0, len(page), 999)), stream.close()])

    assert levels(html) == [5, 5, 2]
    assert html == gate_html(page, NAMED_ONLY).html


@pytest.mark.parametrize("first", [GATE, TITLED, WIDGET, LINK])
def test_a_gate_of_a_page_that_is_gated_again_changes_no_level_behind_it(first: str) -> None:
    once = gate_html(f"<h1>Fest</h1>{first}", SETTINGS).html

    again = gate_html(f"{once}{GATE}{LINK}", SETTINGS).html

    assert levels(again) == [2, 2, 2]
    assert gate_html(once, SETTINGS).html == once


def test_a_document_in_an_attribute_begins_anew() -> None:
    html = gate_html(f"<h5>Fest</h5><iframe srcdoc='{GATE.replace(chr(39), '')}'></iframe>{GATE}", SETTINGS).html

    assert re.findall(r"(?:<|&lt;)h([1-6]) class=(?:\"|&quot;)shariff-kind", html) == ["3", "6"]


def test_what_stands_in_place_of_a_gate_says_what_kind_of_content_it_is() -> None:
    html = gate_html(f"<h1>Fest</h1>{LINK}", SETTINGS, language_tag="de").html

    assert '<h2 class="shariff-kind">Instagram-Beitrag</h2>' in html


TEXTS = st.lists(st.sampled_from([
    "Rat", "<p>Rat</p>", "<p>", "</div>", "<ul><li>a", "<b>", "<img src=/a.png alt='<h1>'>", "<!-- <h2> -->", "&lt;h4&gt;", "<section>", "</h3>",
    "<script>let a = '<h2>'</script>", "<template><h2>x</h2></template>", "<noscript><h6>x</h6></noscript>", "<svg><path d='M0'/></svg>",
    "<a href='https://www.facebook.com/leinau'>f</a>", "<hr>", "\r\n",
]), max_size=6)  # fmt: skip
HEADINGS = st.sampled_from([("", 0), *((f"<h{level}>Fest</h{level}>", level) for level in range(1, 7))])


@given(st.lists(st.tuples(HEADINGS, TEXTS), min_size=1, max_size=4))
@effort(deadline=None)
def test_only_headings_change_the_level(parts: list[tuple[tuple[str, int], list[str]]]) -> None:
    page, expected, last = "", [], 0
    for (heading, level), texts in parts:
        last = level or last
        page += f"{heading}{''.join(texts)}{WIDGET}"
        expected.append(min(last + 1, 6) if last else 3)

    assert levels(gate_html(page, NAMED_ONLY).html) == expected
