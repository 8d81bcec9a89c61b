"""What contacts a platform goes or is gated, in whatever way it is written and wherever it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.golden import SETTINGS
from support.pasted import PASTED, loadable

from shariff_py.gate import Outcome, gate_html
from shariff_py.gate.rewrite.placement import TOKEN_SEPARATOR
from shariff_py.settings import Settings


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
        '<script src="https://scontent.fbcdn.net/all.js"></script>',
        '<link rel="preconnect" href="https://www.facebook.com">',
        '<link rel="dns-prefetch" href="//connect.facebook.net">',
        '<img height="1" width="1" src="https://www.facebook.com/tr?id=1&ev=PageView">',
        '<iframe src="https://www.facebook.com/plugins/page.php?href=https://evil.example/"></iframe>',
        '<fb:page data-tabs="timeline"></fb:page>',
        '<script type="application/x-javascript">fetch("//graph.facebook.com/me")</script>',
        f'<div class="fb-share-button" data-href="https://www.leinau.example/{"a" * 5000}"></div>',
    ],
)
def test_what_would_load_without_showing_anything_goes(html: str) -> None:
    result = gate_html(f"<p>vorher</p>{html}<p>nachher</p>", SETTINGS)

    assert result.html.replace(TOKEN_SEPARATOR, "") == "<p>vorher</p><p>nachher</p>"
    assert [f.outcome for f in result.findings] == [Outcome.REMOVED]
    assert result.findings[0].note


@pytest.mark.parametrize(
    ("imported", "goes"),
    [
        ('import(/* @vite-ignore */ "https://www.facebook.com/x.js")', True),
        ('import { a } from "https://www.facebook.com/x.js"', True),
        ('import { a } /* from */ from "/x.js" // "https://www.facebook.com/x.js"', False),
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

    result = gate_html('<fb:share-button data-layout="button"></fb:share-button>', closed)

    assert [f.outcome for f in result.findings] == [Outcome.REMOVED]
    assert "invalid" not in result.html


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
