"""Each bound of the gate from both sides: the last that is looked into, and the first that is not."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from urllib.parse import quote

import pytest
from support.golden import ORIGIN, SETTINGS
from support.rows import FILE, POST, REMOVED, gated

from shariff_py.errors import EmbedRefused
from shariff_py.gate.browser_rules.css_urls import refused_urls
from shariff_py.gate.browser_rules.destinations import destinations
from shariff_py.gate.detect.context_tags import Candidate
from shariff_py.gate.detect.prefilter import candidate_spans
from shariff_py.gate.rewrite.streaming import GateStream
from shariff_py.gate.snippet import read_snippet
from shariff_py.gate.text_bytes import text_bytes

LINK = '<a href="https://www.facebook.com/leinau">x</a>'
PICTURE = '<img src="//fb.me/a">'


@pytest.mark.parametrize(("digits", "read"), [(300, 300), (301, 300)])
def test_of_a_number_in_css_300_digits_are_read(digits: int, read: int) -> None:
    asked: list[str] = []

    refused_urls(f"url({'1' * digits})", lambda url: bool(asked.append(url)))

    assert asked == ["1" * read]


def test_a_script_type_with_more_than_100_characters_is_unknown() -> None:
    def script(characters: int) -> str:
        return gated(f'<script type="{"text/javascript;".ljust(characters, "a")}">fetch("//fb.me/a")</script>').html

    assert script(100) == REMOVED
    assert script(101) != REMOVED


def test_an_import_map_goes_in_which_the_name_of_a_host_is_encoded() -> None:
    page = '<script type=importmap>{"imports": {"a": "/a.js", "b": "https://f%62.me/x"}}</script>'

    assert gated(page).html == REMOVED


def test_style_sheets_inside_each_other_are_examined_five_deep() -> None:
    def sheet(depth: int) -> str:
        return f'@import "data:text/css,{quote(sheet(depth - 1))}";' if depth else 'a{b:"fb.me"}'

    def stays(depth: int) -> bool:
        return "data:text/css" in gated(f"<style>{sheet(depth)}</style>").html

    assert [stays(depth) for depth in (1, 5, 6, 7)] == [True, True, False, False]


def test_documents_inside_each_other_are_gated_eight_deep() -> None:
    def found(depth: int) -> list[str]:
        page = PICTURE
        for _ in range(depth):
            page = f'<iframe srcdoc="{escape(page)}"></iframe>'
        return [finding.found for finding in gated(page).findings]

    assert found(8) == ["img"]
    assert found(9) == ["page within pages"]


def test_links_in_documents_inside_each_other_are_read_eight_deep() -> None:
    page = '<a href="https://in-9.example/">x</a>'
    for depth in range(8, -1, -1):
        page = f'<a href="https://in-{depth}.example/">x</a><iframe srcdoc="{escape(page)}"></iframe>'

    assert list(destinations(page, f"{ORIGIN}/").links) == [f"https://in-{depth}.example/" for depth in range(9)]


@pytest.mark.parametrize(
    ("frames", "behind"), [(7, "</style></svg><b>x</b>"), (8, "&lt;/style>&lt;/svg>&lt;b>x&lt;/b>")]
)
def test_what_only_comes_to_light_in_the_eighth_reading_makes_all_behind_it_text(frames: int, behind: str) -> None:
    """Each frame hides the next until it is text itself."""
    page = f"<svg><style><p>{f'<iframe src={FILE}>' * frames}</style></svg><b>x</b>"

    assert gated(page).html.endswith(f"&lt;iframe src={FILE}>{behind}")


@pytest.mark.parametrize(("elements", "image"), [(19, "<img"), (20, "&lt;img")])
def test_behind_20_texts_in_a_list_older_parsers_may_find_markup_in_any_text(elements: int, image: str) -> None:
    page = f"<select>{'<xmp></xmp>' * elements}</select><style>{{}} src={FILE}></style>"

    assert gated(page.format("<img")).html == page.format(image)


LOADER = 'var s = document.createElement("script"); s.src = "//m.me/a"; document.head.append(s);'


@pytest.mark.parametrize(("characters", "goes"), [(5_000, True), (5_001, False)])
def test_a_script_of_at_most_5000_characters_can_be_nothing_but_a_loader(characters: int, goes: bool) -> None:
    assert (gated(f"<script>{LOADER.ljust(characters)}</script>").html == REMOVED) == goes


@pytest.mark.parametrize(("times", "follows"), [(298, True), (299, False)])
def test_a_name_is_followed_through_300_occurrences(times: int, follows: bool) -> None:
    """Of a name with more of them it cannot be told; then an address that might be a link stays."""
    script = f"<script>menu(); var u = '//m.me/a'; {'u;' * times} fetch(u)</script>"

    assert ("m.me" not in gated(script).html) == follows


@pytest.mark.parametrize(("others", "follows"), [(99, True), (100, False)])
def test_100_addresses_of_a_script_are_followed(others: int, follows: bool) -> None:
    listed = '"//m.me/a",' * others
    script = f"<script>menu([{listed}]); new Image().src = '//fb.me/x'</script>"

    assert ("fb.me" not in gated(script).html) == follows


@pytest.mark.parametrize(("brackets", "follows"), [(190, True), (400, False)])
def test_code_nested_400_deep_is_followed(brackets: int, follows: bool) -> None:
    script = f"<script>menu(); fetch({'(' * brackets}'//m.me/a'{')' * brackets})</script>"

    assert ("m.me" not in gated(script).html) == follows


@pytest.mark.parametrize(("characters", "is_read"), [(20_000, True), (20_001, False)])
def test_a_snippet_has_at_most_20000_characters(characters: int, is_read: bool) -> None:
    snippet = f'<iframe src="{POST}"></iframe>'.ljust(characters)

    if is_read:
        assert read_snippet(snippet)[0].kind == "post"
    else:
        with pytest.raises(EmbedRefused, match="longer than 20000"):
            read_snippet(snippet)


@pytest.mark.parametrize(("characters", "is_held"), [(65_535, True), (65_536, False)])
def test_a_page_is_passed_on_once_65536_characters_are_there(characters: int, is_held: bool) -> None:
    page = "<p>x</p>".ljust(characters - 4, "y") + "<br>"

    assert (GateStream(SETTINGS).feed(page) == "") == is_held


def spans_of(count: int) -> str:
    return "".join(f'<p data-{"x" * number}="fb.me">' for number in range(1, count + 1))


def candidates(page: str) -> set[Candidate]:
    spans = candidate_spans(text_bytes(page))
    assert spans is not None
    return set(spans.candidates)


UNCERTAIN: list[tuple[str, bool]] = [
    (spans_of(50), False), (spans_of(51), True), ("text without any tag", False), ('<p title="', True), ("%66", False), ("%66b.me", True), ("a %", False),
    ("\\66", False), ("\\66 b.me", True), ("<script>a<b</script>", False), ("\t" * 12 + ".com", False), ("\t" * 13 + ".com", True),
]  # fmt: skip
"""Pages, and whether their text alone is not enough, so that each element is read."""


@pytest.mark.parametrize(("page", "tells_nothing"), UNCERTAIN)
def test_a_text_that_could_hide_something_is_not_relied_on(page: str, tells_nothing: bool) -> None:
    assert (candidate_spans(text_bytes(page)) is None) == tells_nothing


FOUND: list[tuple[str, Callable[[set[Candidate]], bool]]] = [
    (PICTURE, lambda found: found == {Candidate("img", "src", "fb.me")}),
    (f'<p title="{"x" * 3_990}fb.me">', lambda found: len(found) == 1),
    (f'<p title="{"x" * 3_991}fb.me">', lambda found: len(found) == 0),
    (LINK, lambda found: len(found) == 1),
    (f"<p>{LINK}", lambda found: found == set()),
    (f">{LINK}", lambda found: found == set()),
    (f"<script>x</script><p>{LINK}", lambda found: found == set()),
    (f"<script><p>{LINK}</script>", lambda found: len(found) == 1),
    (f"<p><script>{LINK}", lambda found: len(found) == 1),
]
"""Pages, and which of their tags are looked at."""


@pytest.mark.parametrize(("page", "is_so"), FOUND)
def test_the_tags_to_examine_are_found_in_the_text(page: str, is_so: Callable[[set[Candidate]], bool]) -> None:
    assert is_so(candidates(page))
