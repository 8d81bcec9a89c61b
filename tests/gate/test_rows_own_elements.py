"""Elements of a site's own whose class happens to be a widget's, and widgets that are known from more than their class."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS
from support.rows import REMOVED, gated, silenced

from shariff_py.gate import Outcome
from shariff_py.gate.rewrite.streaming import GateStream

LINK = '<p><a href="https://www.facebook.com/leinau">Facebook</a></p>'
ROOT = "<div id=fb-root></div>"
SDK = '<script src="https://connect.facebook.net/de_DE/sdk.js"></script>'

FORM_AND_TABLE = [
    "button", "datalist", "fieldset", "form", "label", "legend", "meter", "optgroup", "option", "output", "progress", "select", "textarea",
    "table", "caption", "colgroup", "thead", "tbody", "tfoot", "tr", "td", "th",
]  # fmt: skip

OWN = [
    '<button type="submit" class="fb-save" data-feedback-save>Senden</button>',
    '<form class="fb-subscribe" data-list="7"><input name="mail"></form>',
    '<section class="fb-group"><h2>Gruppe</h2></section>',
    '<section class="fb-group" data-group="7"><h2>Gruppe</h2></section>',
    '<article class="fb-post" data-id="3">Text</article>',
    '<div class="fb-post" data-href="/aktuelles/3">Text</div>',
    '<div class="fb-page" data-href="https://www.leinau.example/seite">Text</div>',
    '<div class="fb-page" data-tabs="settings">Text</div>',
    '<div class="fb-page" data-tabs="timeline">Text</div>',
    '<div class="fb-like-box" data-layout="standard">Text</div>',
    '<div class="fb-video" data-show-text="maybe">Text</div>',
    '<div class="fb-video" data-width="wide">Text</div>',
    '<div class="fb-like" data-layout="stacked">Text</div>',
    '<li class="fb-like" data-action="toggle">Text</li>',
    '<a class="fb-share" href="https://www.facebook.com/sharer/sharer.php?u=x">Teilen</a>',
    '<a class="fb-share" href="#" data-href="https://www.leinau.example/x">Teilen</a>',
    '<a class="fb-page" href="https://www.facebook.com/leinau">Facebook</a>',
    '<div class="fb-comments" data-href="">Text</div>',
    '<div class="fb-comments" data-numposts="many">Text</div>',
    '<div class="fb-post" data-show-text>Text</div>',
    '<main class="fb-page" data-width="960">Text</main>',
    '<nav class="fb-follow" data-lazy="true">Text</nav>',
]
"""What a widget's script would make nothing of, or what a site uses itself."""

DOUBTFUL = [
    '<div class="fb-comments" data-numposts="5"></div>',
    '<div class="fb-like" data-show-faces="true"></div>',
    '<div class="fb-customerchat" page_id="1234567890"></div>',
    '<div class="fb-customerchat" attribution="setup_tool"></div>',
    '<div class="fb-like" data-layout="box_count"></div>',
    '<div class="fb-comments" data-order-by="reverse_time"></div>',
]
"""Numbers, truth values and words of names that only the plugin has."""

COMMON = [
    '<div class="fb-like" data-width="300"></div>',
    '<div class="fb-like" data-action="recommend"></div>',
    '<div class="fb-comments" data-width="100%"></div>',
    '<div class="fb-follow" data-size="large"></div>',
    '<div class="fb-like" data-layout="standard"></div>',
    '<div class="fb-like" data-layout="button"></div>',
    '<div class="fb-send" data-colorscheme="dark"></div>',
    '<div class="fb-comments" data-order-by="time"></div>',
    '<div class="fb-comments" data-order-by="social"></div>',
]
"""Names or values that sites use, too."""

CERTAIN = [
    ('<div class="fb-post" data-href="https://www.facebook.com/x/posts/1"></div>', Outcome.GATED),
    ('<section class="fb-post" data-href="https://www.facebook.com/x/posts/1"></section>', Outcome.GATED),
    ('<div class="fb-page" data-tabs="timeline" data-href="https://www.facebook.com/leinau"></div>', Outcome.GATED),
    ('<div class="fb-like" data-href="https://www.leinau.example/"></div>', Outcome.REMOVED),
    ('<div class="fb-comments" data-href="//www.leinau.example/x"></div>', Outcome.REMOVED),
    ('<div class="fb-share" data-href="https://www.leinau.example/x"></div>', Outcome.SHARED),
    ("<fb:like></fb:like>", Outcome.REMOVED),
    ('<amp-facebook width="552" data-href="https://www.facebook.com/x/posts/1"></amp-facebook>', Outcome.GATED),
]


@pytest.mark.parametrize("document", OWN)
@pytest.mark.parametrize("before", ["", LINK])
def test_an_element_of_the_sites_own_stays(before: str, document: str) -> None:
    page = f"{before}{document}"

    assert gated(page).html is page


@pytest.mark.parametrize("tag", FORM_AND_TABLE)
def test_a_part_of_a_form_or_a_table_is_no_widget(tag: str) -> None:
    page = f'{ROOT}<{tag} class="fb-post" data-href="https://www.facebook.com/x/posts/1">x</{tag}>'

    assert gated(page).html.removeprefix(REMOVED * 2) == page.removeprefix(ROOT)


SHOWN_BY_THEMSELVES = ["audio", "canvas", "details", "dialog", "map", "math", "picture", "summary", "svg", "video"]


@pytest.mark.parametrize("tag", SHOWN_BY_THEMSELVES)
def test_an_element_that_shows_something_of_its_own_is_no_widget(tag: str) -> None:
    own = f'<{tag} class="fb-video" data-href="https://www.facebook.com/leinau/videos/1" id="film"><p>x</p></{tag}>'

    assert gated(own).html == own


HIDDEN = [
    ("<div hidden {}>a</div>", "<div hidden>a", "</div>"), ('<div hidden="until-found" {}>a</div>', "<div hidden>a", "</div>"),
    ('<div style="color:red; display: none" {}>a</div>', "<div hidden>a", "</div>"), ("<section popover {}>a</section>", "<div hidden>a", "</div>"),
    ('<div style="visibility:hidden" {}>a</div>', "<div hidden>a", "</div>"), ("<div inert {}>a</div>", "<div inert>a", "</div>"),
    ("<ul hidden {}><li>a</ul>", "<ul hidden><li>a", "</ul>"), ("<p hidden {}>a</p>", "<p hidden>a", "</p>"),
]  # fmt: skip
"""Widgets whose content is not to be seen or not to be used, and what is left of it. Shown, it could start what runs once it is seen."""


@pytest.mark.parametrize(("markup", "start", "end"), HIDDEN)
def test_what_a_hidden_widget_holds_stays_hidden_beside_the_gate(markup: str, start: str, end: str) -> None:
    after = gated(markup.format('class="fb-post" data-href="https://www.facebook.com/leinau/posts/1"')).html

    assert after.endswith(f"</shariff-gate></div>{start}{REMOVED}{end}")


@pytest.mark.parametrize(("markup", "start", "end"), HIDDEN)
def test_what_a_hidden_button_that_is_no_more_holds_stays_hidden(markup: str, start: str, end: str) -> None:
    after = gated(markup.format('class="fb-like" data-href="https://www.leinau.example/"')).html

    assert after == f"{REMOVED}{start}{REMOVED}{end}"


ROOTS_OF_THEIR_OWN = [
    '<div id="fb-root"><main>Text</main></div>',
    '<div id="fb-root">Text',
    '<div id="fb&#45;root">Text</div>',
    '<body id="fb-root"><p>Text</p></body>',
    '<main id="fb-root" class="app"><img src="/a.png" alt=""></main>',
    '<a id="fb-root" href="/start">Start</a>',
    '<ul id="fb-root"><li>Text</li></ul>',
    '<table id="fb-root"><tr><td>Text</td></tr></table>',
    '<form id="fb-root"><input></form>',
    '<svg id="fb-root"><path d="M0 0h1"/></svg>',
    '<canvas id="fb-root"></canvas>',
    '<script id="fb-root">menu.init()</script>',
    '<div id="fb-root"></div><div id="fb-root">Text</div>',
]

EMPTY_ROOTS = ["", " \n", "<!-- leer -->", "<script>menu.init()</script>"]


@pytest.mark.parametrize("document", ROOTS_OF_THEIR_OWN)
@pytest.mark.parametrize("before", ["", LINK])
def test_an_element_with_content_is_no_root_of_the_platforms_script(before: str, document: str) -> None:
    page = f"{before}{document}"

    assert gated(page).html == page


@pytest.mark.parametrize("content", EMPTY_ROOTS)
def test_an_empty_root_goes_and_the_pages_script_in_it_stays(content: str) -> None:
    assert gated(f'<div id="fb-root">{content}</div>').html == f"{REMOVED}{content}{REMOVED}"


BESIDE_THE_SCRIPT = [
    '<a class="fb-post" data-width="500" href="https://www.facebook.com/leinau/posts/1">Beitrag</a>',
    '<a class="fb-comments" data-numposts="5" href="/kommentare">Kommentare</a>',
    '<article class="fb-post" data-href="https://www.leinau.example/beitrag/3"><h2>Beitrag</h2></article>',
    '<div class="fb-video" data-href="/videos/3">Film</div>',
    '<div class="fb-post" data-width="500">Text</div>',
    '<article class="fb-post" data-width="500" data-href="https://www.leinau.example/beitrag/3">Beitrag</article>',
    '<div class="fb-video" data-show-text="true" data-lazy="true" data-href="">Film</div>',
    '<section class="fb-page" data-tabs="timeline" data-height="500px"><h2>Seite</h2></section>',
    '<div class="fb-page" data-hide-cover="false">Text</div>',
    '<div class="fb-group" data-skin="dark" data-width="300">Gruppe</div>',
    '<div class="fb-page" data-href="/fotobuch/seite-2" data-width="400">Seite 2</div>',
    '<div class="fb-group" data-href="/fraktionen/fb" data-skin="dark">Fraktion</div>',
    '<div class="fb-video" data-href="#film" data-show-text="true">Film</div>',
    '<div class="fb-post" data-href="{{ link }}" data-show-text="true" data-width="500">Beitrag</div>',
]


@pytest.mark.parametrize("document", BESIDE_THE_SCRIPT)
def test_a_link_and_what_the_plugin_shows_nothing_of_stay_even_beside_what_loads_it(document: str) -> None:
    assert gated(f"{SDK}{document}").html.endswith(f"</script>{document}")


@pytest.mark.parametrize(
    ("name", "path"),
    [("page", "/leinau"), ("post", "/leinau/posts/1"), ("video", "/leinau/videos/1"), ("video", "/watch/?v=1")],
)
def test_a_path_of_content_makes_a_widget_beside_what_loads_it(name: str, path: str) -> None:
    found = gated(f'{SDK}<div class="fb-{name}" data-href="{path}" data-width="500"></div>').findings

    assert (Outcome.GATED, f"https://www.facebook.com{path}") in [(one.outcome, one.address) for one in found]


@pytest.mark.parametrize(
    ("tag", "inside"),
    [("ul", "<li>x</li>"), ("ol", "<li>x</li>"), ("menu", "<li>x</li>"), ("dl", "<dt>x</dt><dd>y</dd>"), ("h3", "x")],
)
def test_a_list_and_a_heading_stay_one_behind_the_gate(tag: str, inside: str) -> None:
    after = gated(f'<{tag} class="fb-post" data-href="https://www.facebook.com/x/posts/1">{inside}</{tag}>').html

    assert after.endswith(f"</shariff-gate></div><{tag}>{inside}{REMOVED}</{tag}>")


@pytest.mark.parametrize(("document", "outcome"), CERTAIN)
def test_a_widget_is_known_from_an_attribute_of_its_own(document: str, outcome: Outcome) -> None:
    assert [found.outcome for found in gated(document).findings] == [outcome]


@pytest.mark.parametrize("document", [*DOUBTFUL, *COMMON])
def test_where_nothing_else_is_of_the_platform_the_doubt_goes_to_the_page(document: str) -> None:
    assert gated(document).html is document


@pytest.mark.parametrize("document", DOUBTFUL)
@pytest.mark.parametrize("before", [LINK, ROOT, SDK, "<fb:like></fb:like>", "<!-- graph.facebook.com -->"])
def test_where_something_else_is_of_the_platform_a_widget_goes(before: str, document: str) -> None:
    assert REMOVED * 2 in gated(f"{before}<p></p>{document}").html
    assert REMOVED * 2 in gated(f"{document}<p></p>{before}").html


@pytest.mark.parametrize("document", COMMON)
def test_a_word_that_sites_use_makes_a_widget_only_beside_what_loads_it(document: str) -> None:
    assert gated(f"{LINK}{document}").html == f"{LINK}{document}"
    assert REMOVED * 2 in gated(f"{document}<p></p>{SDK}").html


@pytest.mark.parametrize("word", ["form.mehr", "notfacebook.com", "facebook.community", "xfb.com"])
def test_a_word_that_only_contains_a_host_is_nothing_of_the_platform(word: str) -> None:
    page = f"<p>{word}</p>{DOUBTFUL[0]}"

    assert gated(page).html == page


def test_a_share_link_of_ours_is_nothing_of_the_platform() -> None:
    """Otherwise gating a second time would change what the first time left."""
    once = gated(f'<div class="fb-share" data-href="https://www.leinau.example/x"></div>{DOUBTFUL[0]}').html

    assert once.endswith(DOUBTFUL[0])
    assert gated(once).html == once


@pytest.mark.slow
@pytest.mark.parametrize(("before", "left"), [(LINK, REMOVED * 2), (ROOT, REMOVED * 2), ("<p>Text</p>", DOUBTFUL[0])])
def test_a_page_in_pieces_knows_what_came_before(before: str, left: str) -> None:
    stream = GateStream(SETTINGS)
    page = f"{before}{'<p>x</p>' * 30_000}{DOUBTFUL[0]}"

    after = "".join(
        [*(stream.feed(page[place : place + 50_000]) for place in range(0, len(page), 50_000)), stream.close()]
    )

    assert after.endswith(left)


def test_what_is_inside_a_widget_stays() -> None:
    quote = '<blockquote cite="/x"><p>Text</p></blockquote>'

    assert quote in silenced(f'{SDK}<div class="fb-post" data-href="https://www.facebook.com/x/posts/1">{quote}</div>')
