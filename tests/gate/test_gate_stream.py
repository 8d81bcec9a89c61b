"""A page that arrives in pieces: the same result as for the whole, and never more held than has to be."""

from __future__ import annotations

import tracemalloc
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.golden import SETTINGS
from support.pasted import PASTED

from shariff_py.gate import Outcome, gate_html
from shariff_py.gate.rewrite.streaming import CHUNK, MAX_OPEN_ELEMENTS, GateStream

PARAGRAPH = "<p>Der Rat hat beschlossen, die <b>Bücherei</b> länger zu öffnen &ndash; ab Montag.</p>\r\n"
FILLING = PARAGRAPH * (2 * CHUNK // len(PARAGRAPH))
FRAME = '<iframe src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></iframe>'


def streamed(html: str, size: int) -> GateStream:
    """The stream after a page was fed in pieces of one size; what came out is its ``html``."""
    stream = GateStream(SETTINGS)
    pieces = [stream.feed(html[start : start + size]) for start in range(0, len(html), size)]
    stream.html = "".join([*pieces, stream.close()])  # type: ignore[attr-defined]
    return stream


@pytest.mark.slow
@pytest.mark.parametrize("name", PASTED)
def test_a_pasted_form_is_gated_wherever_the_pieces_are_cut(name: str) -> None:
    page = f"<!doctype html><html lang=de><body>{FILLING}<div>{PASTED[name]}</div>{FILLING}</body></html>"
    whole = gate_html(page, SETTINGS)

    for size in (CHUNK // 3, CHUNK - 1, 2 * CHUNK + 7):
        stream = streamed(page, size)

        assert stream.html == whole.html  # type: ignore[attr-defined]
        assert sorted(map(str, stream.findings)) == sorted(map(str, whole.findings))


def test_a_page_without_anything_comes_out_as_it_went_in() -> None:
    stream = streamed(FILLING, 1000)

    assert stream.html == FILLING  # type: ignore[attr-defined]
    assert stream.findings == ()


def test_the_first_words_are_passed_on_before_the_page_is_complete() -> None:
    assert GateStream(SETTINGS).feed(FILLING).startswith(PARAGRAPH)


def test_a_form_that_began_in_an_earlier_piece_still_holds_no_second_form() -> None:
    page = f'<form action="/suche">{FILLING}{FRAME}</form>{FRAME}'

    stream = streamed(page, CHUNK)

    assert [finding.outcome for finding in stream.findings] == [Outcome.LINKED, Outcome.GATED]
    assert stream.html == gate_html(page, SETTINGS).html  # type: ignore[attr-defined]


def test_elements_left_open_inside_a_form_end_with_it() -> None:
    page = f'<form action="/suche"><div><span>{FILLING}</form>{FILLING}{FRAME}'

    stream = streamed(page, CHUNK)

    assert [finding.outcome for finding in stream.findings] == [Outcome.GATED]
    assert stream.html == gate_html(page, SETTINGS).html  # type: ignore[attr-defined]


def test_the_pages_language_holds_for_later_pieces() -> None:
    stream = streamed(f'<html lang="en"><body>{FILLING}{FRAME}</body></html>', CHUNK)

    assert 'lang="en"' in stream.html.partition("<shariff-gate")[2]  # type: ignore[attr-defined]


@pytest.mark.slow
def test_a_base_holds_from_where_it_stands_on_as_in_a_whole_page() -> None:
    button = "<fb:share-button></fb:share-button>"
    page = f'{button}{FILLING}<base href="https://andere.example/b">{FILLING}{button}<base href="/c">{FILLING}{button}'

    stream = streamed(page, CHUNK)

    assert stream.html == gate_html(page, SETTINGS).html  # type: ignore[attr-defined]
    assert [urlsplit(found.address).netloc for found in stream.findings] == [
        "www.leinau.example",
        *["andere.example"] * 2,
    ]


def test_a_form_far_outside_of_more_open_elements_than_are_remembered_still_holds_no_second_form() -> None:
    page = f"<form>{'<p>' * (MAX_OPEN_ELEMENTS + 100)}{FILLING}{FRAME}{FILLING}</form>{FRAME}"

    assert streamed(page, CHUNK).html == gate_html(page, SETTINGS).html  # type: ignore[attr-defined]


def test_a_paragraph_far_outside_of_more_open_elements_than_are_remembered_is_still_closed_before_a_gate() -> None:
    page = f"<p>{'<b>' * (MAX_OPEN_ELEMENTS + 100)}{'x' * CHUNK}<br>"
    stream = GateStream(SETTINGS)

    assert stream.feed(page) + stream.feed(FRAME) + stream.close() == gate_html(page + FRAME, SETTINGS).html
    assert "</p><div" in gate_html(page + FRAME, SETTINGS).html


@pytest.mark.parametrize(("inside", "closes"), [(1_998, True), (1_999, False)])
def test_of_the_open_elements_2000_are_remembered(inside: int, closes: bool) -> None:
    """The end of a ``div`` that is remembered closes the paragraph in it."""
    stream = GateStream(SETTINGS)
    stream.feed(f"<div><p>{'<b>' * inside}{'x' * CHUNK}")
    rest = stream.feed(f"</div>{FRAME}") + stream.close()

    assert ("</p><div" not in rest) == closes


@pytest.mark.parametrize(
    "tag",
    [
        "area", "base", "basefont", "bgsound", "br", "col", "embed", "hr", "img", "input", "keygen", "link", "meta", "param", "source",
        "track", "wbr",
    ],
)  # fmt: skip
def test_elements_without_an_end_tag_are_not_remembered_as_open(tag: str) -> None:
    """As many as are remembered would push out the ``div`` whose end closes the paragraph."""
    inside, outside = f"<div><p>{f'<{tag}>' * (MAX_OPEN_ELEMENTS + 1)}{'x' * CHUNK}", f"</div>{FRAME}"
    stream = GateStream(SETTINGS)

    first = stream.feed(inside)
    rest = stream.feed(outside) + stream.close()

    assert len(first) > MAX_OPEN_ELEMENTS
    assert first + rest == gate_html(inside + outside, SETTINGS).html
    assert "</p><div" not in rest


def test_a_piece_that_alone_would_be_a_frameset_is_read_as_the_middle_of_a_page() -> None:
    page = f"{FILLING}<math><textarea><mi><frameset><img src=//www.facebook.com/x>"
    cut = page.index("<math>") + len("<math>")
    stream = GateStream(SETTINGS)

    gated = stream.feed(page[:cut]) + stream.feed(page[cut:]) + stream.close()

    assert "<img" not in gated


def test_gates_of_different_pieces_have_frames_of_different_names() -> None:
    stream = streamed(FRAME + FILLING + FRAME, CHUNK)

    names = [part.partition('"')[0] for part in stream.html.split('class="shariff-frame" name="')[1:]]  # type: ignore[attr-defined]
    assert len(set(names)) == 2


def test_a_script_longer_than_a_piece_is_judged_as_a_whole() -> None:
    script = f"<script>/*{'x' * 3 * CHUNK}*/ s.src = 'https://connect.facebook.net/de_DE/sdk.js';</script>"

    stream = streamed(FILLING + script + FILLING, 1000)

    assert "connect.facebook.net" not in stream.html  # type: ignore[attr-defined]
    assert [finding.found for finding in stream.findings] == ["inline script"]


@pytest.mark.parametrize(
    "tag",
    [
        "frameset", "iframe", "math", "noembed", "noframes", "noscript", "plaintext", "script", "select", "style", "svg", "textarea",
        "title", "xmp",
    ],
)  # fmt: skip
def test_an_element_that_is_judged_as_a_whole_is_held_until_it_ends(tag: str) -> None:
    before = "x" * CHUNK + "<br>"

    assert GateStream(SETTINGS).feed(f"{before}<{tag}>a<b>c") == before


def test_an_unfinished_tag_at_the_end_is_dropped_as_in_a_whole_page() -> None:
    assert streamed(FILLING + '<a href="', 5000).html == FILLING  # type: ignore[attr-defined]


@pytest.mark.slow
def test_what_is_held_does_not_grow_with_the_page() -> None:
    def most(pages: int) -> int:
        stream = GateStream(SETTINGS)
        tracemalloc.start()
        for _ in range(pages):
            stream.feed(FILLING + FRAME)
        stream.close()
        held = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return held

    most(1)  # Templates and tables are read once.
    assert most(12) < 1.5 * most(3)


@pytest.mark.slow
@effort(max_examples=30)
@given(
    pieces=st.lists(
        st.sampled_from([*PASTED.values(), PARAGRAPH, "<form>", "</form>", "<svg><title>x</title></svg>"]), max_size=8
    )
)
def test_any_mixture_comes_out_as_the_whole_would(pieces: list[str]) -> None:
    page = (PARAGRAPH * (CHUNK // len(PARAGRAPH))).join(["", *pieces, ""])

    assert streamed(page, CHUNK // 2).html == gate_html(page, SETTINGS).html  # type: ignore[attr-defined]


def test_a_page_of_one_chunk_keeps_its_rules_for_prefetching_where_it_links_to_no_platform() -> None:
    rules = '<script type="speculationrules">{"prefetch": [{"where": {"href_matches": "*"}}]}</script>'

    assert streamed(rules, 20).html == gate_html(rules, SETTINGS).html == rules  # type: ignore[attr-defined]
    assert rules not in streamed(f"{rules}{FILLING}{FRAME}", CHUNK).html  # type: ignore[attr-defined]
