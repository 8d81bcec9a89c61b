"""The rewriter: what Facebook's own "embed" dialogue has given out since 2015, and everything that must stay as it is."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace
from html import escape

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.paths import TESTS
from turbohtml import parse as browser_tree

from shariff_py.gate import Outcome, gate_html
from shariff_py.gate.rewrite.replacements import TOKEN_SEPARATOR
from shariff_py.platforms.registry import platform_of
from shariff_py.settings import Settings
from shariff_py.urls import parse

PASTED = {path.stem: path.read_text() for path in sorted((TESTS / "pasted").glob("*.html"))}

SETTINGS = Settings.from_mapping(
    {
        "site": {"origin": "https://www.leinau.example"},
        "frame": {"secrets": ["only for these tests"]},
        "releases": {"facebook": {"state": "released"}},
        "controllers": {
            "city": {
                "name": "Stadt Leinau",
                "contact_url": "/kontakt",
                "privacy_url": "/datenschutz",
                "alternative_url": "/aktuelles",
            }
        },
    }
)

BECOMES = {
    "page-frame": [(Outcome.GATED, "page")],
    "page-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "page")],
    "page-sdk-2015": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "page")],
    "like-box-sdk-2015": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "page")],
    "post-frame": [(Outcome.GATED, "post")],
    "post-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "post")],
    "post-sdk-2015": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "post")],
    "video-frame": [(Outcome.GATED, "video")],
    "video-frame-2014": [(Outcome.GATED, "video")],
    "video-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.GATED, "video")],
    "share-frame": [(Outcome.SHARED, "share-button")],
    "share-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.SHARED, "share-button")],
    "like-frame": [(Outcome.REMOVED, "like")],
    "like-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.REMOVED, "like")],
    "comments-sdk": [(Outcome.REMOVED, ""), (Outcome.REMOVED, ""), (Outcome.REMOVED, "comments")],
}
"""What each pasted form becomes: one finding for each thing that was touched (root element and script first, where there are any)."""

SOURCES = frozenset({"src", "srcset"})
LOADING = {
    **dict.fromkeys(["iframe", "frame", "embed", "img", "input", "script", "source", "track", "audio"], SOURCES),
    "object": {"data"},
    "video": {"src", "poster"},
    "link": {"href"},
    "image": {"href"},
    "use": {"href"},
    "body": {"background"},
}
"""The elements for which a browser fetches something by itself, and the attributes that name it."""


def loadable(html: str) -> list[str]:
    """Addresses of a platform that a browser would load by itself from this HTML, read as a browser reads it."""
    found = []
    for element in browser_tree(html).select("*"):
        for name in LOADING.get(element.tag, set()) & set(element.attrs):
            parts = parse(str(element.attrs[name]).strip(), "https://www.leinau.example/")
            if parts is not None and platform_of(parts.host) is not None:
                found.append(f"{element.tag} {element.attrs[name]}")
        if element.tag == "script" and "connect.facebook.net" in element.text:
            found.append("inline script")
    return found


def words(html: str) -> str:
    """What a reader sees, scripts aside, spaces levelled."""
    soup = BeautifulSoup(html, "html.parser")
    for script in soup(["script", "style"]):
        script.decompose()
    return " ".join(soup.get_text(" ").split())


def test_every_pasted_form_has_its_expectation() -> None:
    assert sorted(BECOMES) == sorted(PASTED)


@pytest.mark.parametrize("name", PASTED)
class TestAnyPastedForm:
    def test_it_becomes_what_the_registry_says(self, name: str) -> None:
        found = gate_html(PASTED[name], SETTINGS).findings

        assert sorted((f.outcome, f.kind) for f in found) == sorted(BECOMES[name])

    def test_nothing_of_a_platform_remains_loadable(self, name: str) -> None:
        assert loadable(PASTED[name]), "the form would load something if it were not gated"

        assert loadable(gate_html(PASTED[name], SETTINGS).html) == []

    def test_gating_twice_changes_nothing(self, name: str) -> None:
        once = gate_html(PASTED[name], SETTINGS).html

        twice = gate_html(once, SETTINGS)

        assert twice.html == once
        assert twice.findings == ()

    def test_its_words_are_kept(self, name: str) -> None:
        """The words of a share button are our own afterwards, in the page's language."""
        shared = BECOMES[name][-1][0] is Outcome.SHARED

        kept = words(gate_html(PASTED[name], SETTINGS).html)

        assert ("Facebook teilen" if shared else words(PASTED[name])) in kept

    def test_bytes_outside_it_are_identical(self, name: str) -> None:
        before, after = (
            "<!DOCTYPE html>\r\n<P CLASS=x>Füße &amp; &eacute;</>\t\0",
            "\f<br/>\r<A HREF='/y'\r\n>z</A\n>&am",
        )

        gated = gate_html(before + PASTED[name] + after, SETTINGS).html

        assert gated.startswith(before)
        assert gated.endswith(after)

    def test_where_nothing_is_released_only_links_remain(self, name: str) -> None:
        closed = Settings.from_mapping({"site": {"origin": "https://www.leinau.example"}})

        result = gate_html(PASTED[name], closed)

        assert loadable(result.html) == []
        assert "<iframe" not in result.html
        assert "<form" not in result.html


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Nur Text, facebook.com genannt.</p>",
        '<a href="https://www.facebook.com/stadt.leinau">Unsere Seite</a>',
        "<!-- <iframe src='https://www.facebook.com/plugins/page.php?href=x'></iframe> -->",
        "<textarea><iframe src=https://www.facebook.com/plugins/page.php?href=x></iframe></textarea>",
        "<pre>&lt;iframe src=&quot;https://www.facebook.com/plugins/page.php&quot;&gt;</pre>",
        '<iframe src="/karte"></iframe><iframe src="https://www.example.org/"></iframe>',
        '<iframe src="https://evilfacebook.com/plugins/page.php?href=x"></iframe>',
        '<div class="fb-pages my-fb-post">kein Plugin</div>',
        '<li class="fb-share"><a class="fb-share" href="https://www.facebook.com/sharer.php?u=x">Teilen</a></li>',
        '<html lang="de" class="fb-page"><body class="home fb-page"><img class="fb-post" src="/own.png">',
        '<template class="fb-like" data-href="x"><p>ruht</p></template>',
        "<noscript><p>Ohne Skript</p></noscript>",
        '<script type="application/ld+json">{"sameAs":"https://connect.facebook.net/x"}</script>',
        "<script>var a = 'https://www.facebook.com/sharer/sharer.php?u=';</script>",
        "<p>\r\nCR LF\r und \f</>Ende",
        "<p>offen <b>und <i>verschachtelt",
        "Text & mehr < weniger",
    ],
)
def test_what_is_no_embed_stays_the_very_same_string(html: str) -> None:
    result = gate_html(html, SETTINGS)

    assert result.html is html
    assert result.findings == ()


@pytest.mark.parametrize(
    "html",
    [
        '<IFRAME SRC="HTTPS://WWW.FACEBOOK.COM/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></IFRAME>',
        "<iframe src=//www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1></iframe>",
        '<iframe src="https://www.face&#x62;ook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1">',
        '<iframe\nsrc="https://www.facebook.com./v19.0//plugins/post.php?href=https://www.facebook.com/leinau/posts/1"/>',
        '<iframe src=" https://www.face\r\nbook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1 ">x</iframe>',
        '<embed src="https://m.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1">',
        '<object data="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1">x</object>',
        '<div class="a fb-post b" data-href="//www.facebook.com/leinau/posts/1"></div>',
        '<fb:post href="https://www.facebook.com/leinau/posts/1"></fb:post>',
    ],
)
def test_a_post_is_gated_in_whatever_way_it_is_written(html: str) -> None:
    result = gate_html(html, SETTINGS)

    assert [(f.outcome, f.address) for f in result.findings] == [
        (Outcome.GATED, "https://www.facebook.com/leinau/posts/1")
    ]
    assert loadable(result.html) == []


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://connect.facebook.net/en_US/all.js"></script>',
        '<link rel="preconnect" href="https://www.facebook.com">',
        '<link rel="dns-prefetch" href="//connect.facebook.net">',
        '<img height="1" width="1" src="https://www.facebook.com/tr?id=1&ev=PageView">',
        '<iframe src="https://www.facebook.com/plugins/page.php?href=https://evil.example/"></iframe>',
        '<div class="fb-page" data-tabs="timeline"></div>',
        '<script type="application/x-javascript">load("//connect.facebook.net/de_DE/sdk.js")</script>',
        f'<div class="fb-share-button" data-href="https://www.leinau.example/{"a" * 5000}"></div>',
        f'<div class="fb-post" data-href="https://www.facebook.com/leinau/posts/{"1" * 5000}"></div>',
    ],
)
def test_what_would_load_without_showing_anything_goes(html: str) -> None:
    result = gate_html(f"<p>vorher</p>{html}<p>nachher</p>", SETTINGS)

    assert result.html.replace(TOKEN_SEPARATOR, "") == "<p>vorher</p><p>nachher</p>"
    assert [f.outcome for f in result.findings] == [Outcome.REMOVED]
    assert result.findings[0].note


@pytest.mark.parametrize("page", ["", "/news/1", "www.leinau.example/a", "https://a b/", "javascript:1", "data:,x"])
def test_whatever_the_page_is_called_its_embeds_are_gated(page: str) -> None:
    for name, html in PASTED.items():
        assert loadable(gate_html(html, SETTINGS, page=page).html) == [], name


@pytest.mark.parametrize("html", PASTED.values(), ids=PASTED)
@pytest.mark.parametrize("before", ["<", "</", "<i", "<!", "<<span id=fb-root>"])
def test_what_is_taken_out_does_not_let_the_rest_grow_together(before: str, html: str) -> None:
    rest = (
        'iframe src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></iframe>'
    )

    once = gate_html(f"{before}{html.strip()}{rest}", SETTINGS).html

    assert loadable(once) == []
    assert loadable(gate_html(once, SETTINGS).html) == []


@pytest.mark.parametrize(
    ("imported", "goes"),
    [
        ('import(/* @vite-ignore */ "https://www.facebook.com/x.js")', True),
        ('import { a } from "https://www.facebook.com/x.js"', True),
        ('import { a } /* from */ "https://www.facebook.com/x.js"', False),
    ],
)
def test_an_import_is_found_behind_a_note_for_a_bundler_and_one_that_is_none_stays(imported: str, goes: bool) -> None:
    page = f'<script type="module">{imported}</script>'

    assert (gate_html(page, SETTINGS).html != page) is goes


@pytest.mark.parametrize("url", ["https:fb.me/x", "https:/fb.me/x", "https://fb.me/x", "//fb.me/x"])
def test_an_import_map_reaches_a_platform_however_many_slashes_its_address_has(url: str) -> None:
    gated = gate_html(f'<script type="importmap">{{"imports":{{"a":"{url}"}}}}</script>', SETTINGS)

    assert [finding.found for finding in gated.findings] == ["inline script"]


@pytest.mark.parametrize("name", ["x-dns-prefetch-control", "X-DNS-Prefetch-Control"])
def test_a_meta_that_has_browsers_look_up_links_goes_however_it_is_written(name: str) -> None:
    gated = gate_html(f'<meta http-equiv="{name}" content="on"><p>Text</p>', SETTINGS)

    assert gated.html == f"{TOKEN_SEPARATOR}<p>Text</p>"


@pytest.mark.parametrize("tag", ["iframe", "object", "frame"])
def test_a_frame_of_the_sites_own_stays_even_under_the_name_of_a_platforms_root_element(tag: str) -> None:
    page = f'<{tag} id="fb-root" src="/karte" data="/karte"></{tag}>'

    assert gate_html(page, SETTINGS).html is page


@pytest.mark.parametrize(
    "tag",
    [
        "noembed",
        "noframes",
        "noscript",
        "plaintext",
        "script",
        "select",
        "style",
        "template",
        "textarea",
        "title",
        "xmp",
    ],
)
def test_an_element_that_shows_no_markup_is_no_widget_whatever_its_class(tag: str) -> None:
    page = f'<{tag} class="fb-post" data-href="https://www.facebook.com/leinau/posts/1">Text</{tag}>'

    assert gate_html(page, SETTINGS).html is page


def test_what_only_visitors_without_script_get_is_gated_too() -> None:
    pixel = '<noscript><img src="https://www.facebook.com/tr?id=1&noscript=1"></noscript>'

    assert gate_html(pixel, SETTINGS).html == f"<noscript>{TOKEN_SEPARATOR}</noscript>"
    assert "<shariff-gate" in gate_html(f"<noscript>{PASTED['post-frame']}</noscript>", SETTINGS).html


def test_inside_a_form_there_is_a_link_because_forms_do_not_nest() -> None:
    result = gate_html(f'<form id="cms" action="/cms">{PASTED["post-frame"]}<input name="q"></form>', SETTINGS)

    assert [f.outcome for f in result.findings] == [Outcome.LINKED]
    assert result.html.count("<form") == 1
    assert result.html.endswith('<input name="q"></form>')


def test_of_what_is_fetched_only_unknown_hosts_are_reported() -> None:
    reporting = replace(SETTINGS, gate=replace(SETTINGS.gate, unknown="report"))
    hosts = ("www.leinau.example", "b.example")

    result = gate_html("".join(f'<img src="https://{host}/a.png">' for host in hosts), reporting)

    assert [(f.outcome, f.address) for f in result.findings] == [(Outcome.REPORTED, "https://b.example/a.png")]


def test_a_share_button_on_an_unknown_page_goes_instead_of_sharing_a_made_up_address() -> None:
    closed = Settings.from_mapping({"releases": {"facebook": {"state": "released"}}})

    result = gate_html('<div class="fb-share-button" data-layout="button"></div>', closed)

    assert [f.outcome for f in result.findings] == [Outcome.REMOVED]
    assert "invalid" not in result.html


def test_our_letters_can_be_written_for_any_character_set() -> None:
    assert gate_html(PASTED["post-frame"], SETTINGS, references=True).html.isascii()


def test_a_like_button_is_removed_and_the_note_says_since_when_it_is_dead() -> None:
    (finding,) = gate_html(PASTED["like-frame"], SETTINGS).findings

    assert "10 February 2026" in finding.note


def test_a_share_button_becomes_a_link_to_the_address_it_named() -> None:
    html = gate_html(PASTED["share-frame"], SETTINGS).html

    link = BeautifulSoup(html, "html.parser").find("a")

    assert link is not None
    assert link["href"] == (
        "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fwww.leinau.example%2Fnachrichten%2Ffreibad"
    )
    assert {"noopener", "noreferrer"} <= set(link["rel"])


def test_the_pasted_quote_stays_readable_inside_the_placeholder() -> None:
    soup = BeautifulSoup(gate_html(PASTED["post-sdk"], SETTINGS).html, "html.parser")

    gate = soup.find("shariff-gate")

    assert gate is not None
    assert "Am Sonntag öffnet das Freibad & der Eintritt ist frei." in gate.get_text()


def test_a_frame_inside_a_paragraph_does_not_tear_the_placeholder_apart() -> None:
    html = f"<p>Davor {PASTED['post-frame']} danach</p>"

    tree = browser_tree(gate_html(html, SETTINGS).html)

    gate = tree.select_one("shariff-gate")
    assert gate is not None
    assert gate.select_one("form button") is not None
    assert gate.select_one("iframe") is not None


def test_two_gates_on_a_page_have_frames_of_different_names() -> None:
    html = gate_html(PASTED["post-frame"] * 2, SETTINGS).html

    soup = BeautifulSoup(html, "html.parser")

    assert len({frame["name"] for frame in soup.find_all("iframe")}) == 2
    assert [form["target"] for form in soup.find_all("form")] == [frame["name"] for frame in soup.find_all("iframe")]


def test_the_placeholder_is_in_the_language_of_the_page() -> None:
    page = '<html lang="en-GB"><body>' + PASTED["post-frame"]

    assert "Remove and withdraw consent" in gate_html(page, SETTINGS).html
    assert "Entfernen und Einwilligung widerrufen" in gate_html(PASTED["post-frame"], SETTINGS).html


def test_a_tag_left_open_at_the_end_cannot_swallow_what_follows() -> None:
    fragment = '<p>Text</p><iframe src="https://www.facebook.com/plugins/page.php?href=x'

    result = gate_html(fragment, SETTINGS)

    assert result.html == "<p>Text</p>"
    assert [f.outcome for f in result.findings] == [Outcome.DROPPED]


@pytest.mark.slow
def test_ten_megabytes_of_broken_html_are_gated_without_an_error() -> None:
    broken = (
        '<div class="fb-post" data-href=javascript:1><iframe src="https://www.facebook.com/plugins/like.php?' * 8
    )[:-3]
    html = "<table><p></b></>\r<![CDATA[<" * 350_000 + broken

    result = gate_html(html, SETTINGS)

    assert len(html) > 9_500_000
    assert "facebook.com/plugins" not in result.html


def test_memory_does_not_hold_a_tree_of_the_page() -> None:
    page = "<p>" + "Ein Absatz mit <a href=/x>Verweis</a>.</p>\n" * 20_000
    tracemalloc.start()

    gate_html(page, SETTINGS)

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 12 * len(page)


FRAGMENTS = st.sampled_from(
    [*PASTED.values(), "<", "<noscript>", "</noscript>", "<form>", "<p>", "</p>", "<script>", "</script>", "<!--", "-->", "<textarea>", "</>", "\r", "\f", "\0", "<title>",
     "<template>", "<a href='", "'>", "&amp;", "é", "<iframe src=", "<plaintext>", "]]>", "<![CDATA["]
)  # fmt: skip


@pytest.mark.slow
@effort(max_examples=300, deadline=None)
@given(st.lists(FRAGMENTS | st.text(max_size=12), max_size=10).map("".join))
def test_no_input_makes_the_gate_fail_or_change_its_mind(html: str) -> None:
    once = gate_html(html, SETTINGS)

    again = gate_html(once.html, SETTINGS)

    assert [f for f in again.findings if f.outcome is not Outcome.DROPPED] == []
    assert loadable(once.html) == []


HIDDEN = [
    '<svg><iframe title="</svg>"><script src=https://connect.facebook.net/x.js></script></iframe></svg>',
    "<svg><style><img src=https://www.facebook.com/tr></style></svg>",
    "<svg><title><img src=https://www.facebook.com/tr></title></svg>",
    "<svg><![CDATA[><!--]]><img src=https://www.facebook.com/tr>-->",
    '<svg><style><a title="</style><!--"><img src=https://www.facebook.com/tr>-->',
    "<svg></body><textarea><use href=https://www.facebook.com/x />",
    "<div><svg><desc></div></desc><textarea><use href=https://www.facebook.com/x />",
    "<math><img src=https://www.facebook.com/tr><textarea><img src=https://www.facebook.com/tr></textarea>",
    "<math></p><textarea><img src=https://www.facebook.com/tr></textarea>",
    "<select><style></select><img src=https://www.facebook.com/tr></style></select>",
    "<select><style><select><iframe src=https://www.facebook.com/plugins/post.php></iframe></style></select>",
    "<select><style><input><iframe src=https://www.facebook.com/plugins/post.php></iframe></style></select>",
    "<table><tr><td><select><style><td><iframe src=https://www.facebook.com/plugins/post.php></iframe></style></select></table>",
    "<select><td><style><img src=https://www.facebook.com/tr></style></select>",
    "</frameset><select><xmp><input type=image src=https://www.facebook.com/tr>",
    "<frameset><style><frame src=https://www.facebook.com/plugins/page.php></style></frameset>",
]
"""Markup that one parser takes for text and another for elements, around something of a platform."""


@pytest.mark.parametrize("page", HIDDEN)
def test_what_parsers_read_differently_hides_nothing(page: str) -> None:
    gated = gate_html(page, SETTINGS)

    assert gated.findings
    assert gate_html(gated.html, SETTINGS).findings == ()
    assert loadable(gated.html) == []


@pytest.mark.parametrize(
    "page",
    [
        '<svg><style type="text/css"><![CDATA[ .a>b{fill:red} ]]></style></svg><p>www.facebook.com',
        "<svg><title>a &lt; b</title></svg><select><option>x</select><p>www.facebook.com",
        "<svg><script>if (a<b) c()</script></svg><p>www.facebook.com",
    ],
)
def test_pictures_that_hide_nothing_keep_their_bytes(page: str) -> None:
    assert gate_html(page, SETTINGS).html == page


def test_a_page_about_which_there_is_only_something_to_report_is_the_very_same_page() -> None:
    html = '<style>p::before{content:"\0"}</style><form action="https://www.facebook.com/x"></form>'

    gated = gate_html(html, SETTINGS)

    assert [found.outcome for found in gated.findings] == [Outcome.REPORTED]
    assert gated.html is html


def test_pages_within_pages_cost_as_much_as_they_are_long_however_they_end() -> None:
    page = '<img src="https://www.facebook.com/x">'
    for _ in range(30):
        page = f'<iframe srcdoc="{escape(page)}"></iframe><a'

    gated = gate_html(page, SETTINGS)

    assert "facebook" not in gated.html
    assert {found.found for found in gated.findings} == {"page within pages", "unfinished tag"}


LINK = '<p><a href="https://www.facebook.com/leinau">Facebook</a></p>'


def rules(where: str) -> str:
    return f'<script type="speculationrules">{{"prefetch": [{{{where}"eagerness": "immediate"}}]}}</script>'


@pytest.mark.parametrize(
    "where",
    [
        "",
        '"source": "document", ',
        '"where": {"href_matches": "https://*/*"}, ',
        '"where": {"href_matches": "//*"}, ',
        '"where": {"href_matches": ["/*", {"hostname": "*"}]}, ',
        '"where": {"not": {"href_matches": "/abmelden"}}, ',
        '"where": {"or": [{"href_matches": "/*"}, {"selector_matches": ".weiter"}]}, ',
    ],
)
def test_rules_that_fetch_any_link_ahead_go_from_a_page_that_links_to_a_platform(where: str) -> None:
    gated = gate_html(rules(where) + LINK, SETTINGS)

    assert gated.html == TOKEN_SEPARATOR + LINK
    assert [finding.found for finding in gated.findings] == ["speculation rules"]
    assert gate_html(rules(where) + "<p>Text</p>", SETTINGS).findings == (), (
        "where there is no such link, they may stay"
    )


@pytest.mark.parametrize(
    "where",
    [
        '"where": {"href_matches": "/*"}, ',
        '"where": {"and": [{"href_matches": {"pathname": "/*"}}, {"not": {"selector_matches": ".langsam"}}]}, ',
        '"urls": ["/naechste"], ',
    ],
)
def test_rules_for_the_sites_own_links_stay(where: str) -> None:
    html = rules(where) + LINK

    assert gate_html(html, SETTINGS).html is html
