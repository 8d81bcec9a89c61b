"""Each place in which a page keeps embed code as data: reported, and gated in the same form where the site asks for it."""

from __future__ import annotations

import base64
import html
import json
import random
from collections.abc import Callable
from urllib.parse import quote, unquote

import pytest
from support.rows import gated
from support.stored import ADDRESS, FRAME, POST, WIDGET, gated_in_stores, in_base64
from turbohtml import tokenize

from shariff_py.gate import Outcome
from shariff_py.gate.detect import store_hints

JSON = json.dumps({"text": "Grüße <b>", "html": f"<p>x</p>{FRAME}", "numbers": [1, 2.50, 1e3], "next": None})
HEX_JSON = JSON.replace("<", "\\u003c").replace(">", "\\u003E").replace("/", "\\/")
LATER = f'<p data-later="{html.escape(FRAME)}">x</p>'
UNQUOTED = WIDGET.replace('"', "")
IN_SCRIPT = JSON.replace("</", "<\\/")


def first_value(document: str, name: str) -> str:
    return next(value or "" for token in tokenize(document) for given, value in token.attrs or () if given == name)


def in_script(document: str) -> str:
    return document.partition(">")[2].removesuffix("</script>")


def parsed(document: str) -> str:
    text: str = json.loads(in_script(document))["html"]
    return text


FORMS: dict[str, tuple[str, str, Callable[[str], str]]] = {
    "json": (f'<script type="application/json">{IN_SCRIPT}</script>', "script[application/json]", parsed),
    "json of structured data": (
        f'<script type="application/ld+json">{IN_SCRIPT}</script>', "script[application/ld+json]", parsed
    ),
    "json with escapes": (f'<script id="__NEXT_DATA__" type="application/json">{HEX_JSON}</script>', "script[application/json]", parsed),
    "json of a type of the site's own": (
        f'<script type="text/x-magento-init">{IN_SCRIPT}</script>', "script[text/x-magento-init]", parsed
    ),
    "json in json": (
        f'<script type="application/json">{json.dumps({"state": json.dumps({"html": WIDGET})}).replace("</", "<" + chr(92) + "/")}</script>',
        "script[application/json]",
        lambda page: str(json.loads(json.loads(in_script(page))["state"])["html"]),
    ),
    "escaped markup in json": (
        f'<script type="application/json">{json.dumps({"html": html.escape(FRAME)})}</script>',
        "script[application/json]",
        lambda page: html.unescape(parsed(page)),
    ),
    "base64 in json": (
        f'<script type="application/json">{json.dumps({"html": in_base64(FRAME)})}</script>',
        "script[application/json]",
        lambda page: decoded(parsed(page)),
    ),
    "json in an attribute": (
        f'<astro-island props="{html.escape(JSON)}"></astro-island>',
        "astro-island[props]",
        lambda page: str(json.loads(first_value(page, "props"))["html"]),
    ),
    "json in an attribute in single quotes": (
        f"<div data-page='{HEX_JSON}'></div>",
        "div[data-page]",
        lambda page: str(json.loads(first_value(page, "data-page"))["html"]),
    ),
    "json in an attribute with a colon": (
        f'<div wire:snapshot="{html.escape(HEX_JSON)}"></div>',
        "div[wire:snapshot]",
        lambda page: str(json.loads(first_value(page, "wire:snapshot"))["html"]),
    ),
    "markup in an attribute": (f"<div data-html='{FRAME}'>x</div>", "div[data-html]", lambda page: first_value(page, "data-html")),
    "escaped markup in an attribute": (
        f'<div data-content="{html.escape(WIDGET)}">x</div>', "div[data-content]", lambda page: first_value(page, "data-content")
    ),
    "markup in a field": (
        f'<input type=hidden value="{html.escape(FRAME)}">', "input[value]", lambda page: first_value(page, "value")
    ),
    "percent-encoded markup": (
        f'<a href="/x" data-embed="{quote(FRAME, safe="")}">x</a>', "a[data-embed]", lambda page: unquote(first_value(page, "data-embed"))
    ),
    "percent-encoded markup of a form": (
        f'<i data-x="{quote(FRAME, safe="").replace("%20", "+")}"></i>',
        "i[data-x]",
        lambda page: unquote(first_value(page, "data-x").replace("+", " ")),
    ),
    "base64 in an attribute": (
        f'<div data-embed="{in_base64(FRAME)}"></div>', "div[data-embed]", lambda page: decoded(first_value(page, "data-embed"))
    ),
    "base64 without quotes": (
        f"<div data-embed={in_base64('  ' + FRAME)}></div>", "div[data-embed]", lambda page: decoded(first_value(page, "data-embed"))
    ),
    "markup in an attribute of stored markup": (
        f"<div data-html='{html.escape(LATER)}'></div>",
        "div[data-html]",
        lambda page: first_value(first_value(page, "data-html"), "data-later"),
    ),
    "comment between shortcodes": (f"<p><!--[video id=7]{FRAME}[/video]--></p>", "comment", lambda page: page),
    "text area between shortcodes": (f"<textarea>[html]{html.escape(FRAME)}[/html]</textarea>", "textarea", html.unescape),
    "escaped markup in a template": (
        f'<script type="text/html">{html.escape(FRAME)}</script>', "script[text/html]", html.unescape
    ),
    "markup in an attribute in a template": (
        f'<script type="text/template"><p data-later="{html.escape(FRAME)}">x</p></script>',
        "script[text/template]",
        lambda page: first_value(in_script(page), "data-later"),
    ),
    "comment": (f"<p><!-- {FRAME} --></p>", "comment", lambda page: page),
    "text area": (f"<textarea hidden>a &copy; {html.escape(FRAME)}</textarea>", "textarea", html.unescape),
    "text area with markup": (f"<textarea hidden>{WIDGET}</textarea>", "textarea", html.unescape),
    "xmp": (f"<xmp>{FRAME}</xmp>", "xmp", lambda page: page),
}  # fmt: skip
"""For each a document, how findings name the place, and how a script reads what is there."""

every_form = pytest.mark.parametrize(("document", "found", "read"), FORMS.values(), ids=FORMS)


def decoded(text: str) -> str:
    return base64.b64decode(text).decode()


@every_form
def test_a_store_is_reported_and_stays(document: str, found: str, read: Callable[[str], str]) -> None:
    result = gated(document)

    assert result.html is document
    assert [(f.outcome, f.platform, f.found, f.kind, f.address) for f in result.findings] == [
        (Outcome.REPORTED, "facebook", found, "post", POST)
    ]


@every_form
def test_a_store_is_gated_in_its_form_where_the_site_asks(
    document: str, found: str, read: Callable[[str], str]
) -> None:
    result = gated_in_stores(document)

    assert "<shariff-gate" in read(result.html)
    assert "/plugins/post.php" not in read(result.html)
    assert [(f.outcome, f.found, f.kind, f.address) for f in result.findings] == [(Outcome.GATED, found, "post", POST)]


@every_form
def test_gating_a_store_twice_changes_nothing(document: str, found: str, read: Callable[[str], str]) -> None:
    once = gated_in_stores(document).html

    assert gated_in_stores(once).html is once


def test_everything_else_in_json_stays_letter_for_letter() -> None:
    before = '{ "a" : 1.50,\t"s": "Gr\\u00fc\\u00DFe \\u003Cb\\u003E \\/", "html": "Vor &amp; '
    after = ' Nach\\u0020\\/", "z": [1e3, -0, {"a": "\\uD83D\\uDE00"}] }'
    widget = WIDGET.replace('"', '\\"').replace("<", "\\u003C").replace(">", "\\u003E").replace("/", "\\/")
    result = gated_in_stores(f"<script type='application/json'>{before}{widget}{after}</script>").html

    assert result.startswith(f"<script type='application/json'>{before}\\u003C")
    assert result.endswith(f"{after}</script>")
    assert "<" not in in_script(result)


def test_the_rest_of_a_tag_stays_letter_for_letter() -> None:
    before, after = "<DIV  Class=a title='&amp;' data-html='&lt;p>", "' data-b = c  hidden>\r\n</DIV>"
    result = gated_in_stores(f"{before}{html.escape(WIDGET)}{after}").html

    assert result.startswith(before)
    assert result.endswith(after)


@pytest.mark.parametrize(
    ("document", "found", "read"),
    [
        (f'<script type="application/json">{json.dumps({"html": ADDRESS})}</script>', "script[application/json]", parsed),
        (f'<a href="/film" data-src="{html.escape(ADDRESS)}">Film</a>', "a[data-src]", lambda page: first_value(page, "data-src")),
        (f'<button data-any={html.escape(ADDRESS)}>Film</button>', "button[data-any]", lambda page: first_value(page, "data-any")),
        (f'<div data-any="{html.escape(ADDRESS)}"><b>x</b></div>', "div[data-any]", lambda page: first_value(page, "data-any")),
        (f'<div data-any="{in_base64(ADDRESS)}"></div>', "div[data-any]", lambda page: decoded(first_value(page, "data-any"))),
        (f"<!--{ADDRESS}-->", "comment", lambda page: page[4:-3]),
    ],
)  # fmt: skip
def test_an_address_of_a_frame_is_reported_and_leads_to_a_sentence_and_a_link_where_the_site_asks(
    document: str, found: str, read: Callable[[str], str]
) -> None:
    result = gated_in_stores(document)

    assert gated(document).html is document
    assert [(f.outcome, f.found, f.address) for f in gated(document).findings] == [(Outcome.REPORTED, found, POST)]
    assert [(f.outcome, f.found, f.address) for f in result.findings] == [(Outcome.LINKED, found, POST)]
    assert read(result.html) == f"/shariff/frame/closed?lang=de&embed={quote(POST, safe='')}"


@pytest.mark.parametrize(
    ("document", "found"),
    [
        (f'<script type="application/ld+json">{json.dumps({"embedUrl": ADDRESS})}</script>', "script[application/ld+json]"),
        (f'<div data-options="{{src: `{html.escape(FRAME)}`"></div>', "div[data-options]"),
        (f'<div data-options="show(&quot;{html.escape(UNQUOTED)}&quot;, "></div>', "div[data-options]"),
        (f"<div data-state='a:1:{{s:4:\"html\";s:{len(FRAME)}:\"{html.escape(FRAME)}\";}}'></div>", "div[data-state]"),
        (f'<script type="text/yaml">a: {WIDGET}</script>', "script[text/yaml]"),
        (f'<div data-frame="data:text/html,{quote(FRAME)}"></div>', "div[data-frame]"),
        (f'<div data-html="{html.escape(FRAME)}<a"></div>', "div[data-html]"),
        (f'<script type="application/json">{json.dumps({"html": FRAME + chr(0xD800)})}</script>', "script[application/json]"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_back_with_certainty_stays_and_is_reported(document: str, found: str) -> None:
    for result in (gated(document), gated_in_stores(document)):
        assert result.html is document
        assert [(f.outcome, f.found, f.kind, f.address) for f in result.findings] == [
            (Outcome.REPORTED, found, "post", POST)
        ]


@pytest.mark.parametrize(
    "document",
    [
        '<script type="application/ld+json">{"sameAs": ["https://www.facebook.com/stadt"]}</script>',
        '<script type="application/json">{"html": "<a href=\\"https://www.facebook.com/stadt/posts/1\\">x<\\/a>"}</script>',
        '<script type="application/json">{"share": "https://www.facebook.com/sharer/sharer.php?u=x", "fb-post": 1}</script>',
        '<script type="application/json">{"https://www.facebook.com/plugins/post.php?href=x": 1}</script>',
        '<script type="application/json">{"hosts": ["connect.facebook.net", "www.facebook.com"]}</script>',
        '<div data-page=\'{"url": "https://www.facebook.com/stadt"}\'></div>',
        "<!-- facebook.com: siehe https://www.facebook.com/plugins/ -->",
        "<textarea>https://www.facebook.com/stadt</textarea>",
        f'<div data-x="{in_base64("https://www.facebook.com/leinau und noch viel mehr Text")}"></div>',
        '<script type="importmap">{"imports": {"a": "/www.facebook.com/plugins/post.php?href=x"}}</script>',
        '<meta property="og:video" content="https://www.facebook.com/plugins/video.php?href=x">',
        '<a href="https://www.facebook.com/plugins/post.php?href=x">Beitrag</a>',
        '<p title="https://www.facebook.com/plugins/post.php?href=x">Beitrag</p>',
    ],
)
def test_a_link_or_a_name_in_a_store_is_no_embed(document: str) -> None:
    assert gated(document).html is document
    assert gated(document).findings == ()
    assert gated_in_stores(document).html is document


TEXTS_AND_ADDRESSES = [
    "action", "alt", "aria-label", "background", "cite", "class", "content", "data", "formaction", "href", "id", "imagesrcset", "itemid",
    "itemtype", "longdesc", "name", "ping", "poster", "property", "rel", "src", "srcdoc", "srcset", "style", "title", "xlink:href",
]  # fmt: skip


@pytest.mark.parametrize("name", TEXTS_AND_ADDRESSES)
def test_embed_code_in_an_attribute_that_scripts_keep_nothing_in_is_its_text(name: str) -> None:
    document = f'<p {name}="{html.escape(WIDGET)}">x</p>'

    assert gated(document).html is document
    assert gated(document).findings == ()
    assert gated_in_stores(document).html is document


@pytest.mark.parametrize(
    "widget", ['<fb:like-box profile_id="7"></fb:like-box>', '<div class="fb-like-box" data-profile-id="7"></div>']
)
def test_a_stored_widget_that_names_no_domain_is_found_by_its_own_name(widget: str) -> None:
    page = "https://www.facebook.com/profile.php?id=7"

    for document in (f"<!-- {widget} -->", f"<div data-html='{widget}'></div>"):
        assert [f.address for f in gated(document).findings] == [page]
        assert [(f.outcome, f.address) for f in gated_in_stores(document).findings] == [(Outcome.GATED, page)]


@pytest.mark.parametrize("offset", range(3))
@pytest.mark.parametrize("shift", range(4))
@pytest.mark.parametrize("host", ["www.facebook.com", "fb.me", "m.me", "t.co"])
def test_in_base64_every_host_is_found_wherever_it_begins(host: str, shift: int, offset: int) -> None:
    markup = f"{' ' * offset}<p>hier</p><img alt=Bild src=https://{host}/a.png>"
    document = f'<p data-x="{in_base64(markup)}">x</p>'

    assert [f.found for f in gated(document).findings] == ["p[data-x]"]
    assert store_hints.names_platform(f"{'x' * shift}{in_base64(markup)}"), "whatever letters stand before"


def test_a_picture_in_base64_names_nothing() -> None:
    picture = base64.b64encode(random.Random(7).randbytes(1_000_000)).decode()

    assert not store_hints.names_platform(picture)
    assert store_hints.names_platform(f"{picture}{in_base64('<img alt=Bild src=https://t.co/a.png>' * 2)}")


@pytest.mark.parametrize(("length", "is_found"), [(32, False), (33, True)])
def test_in_base64_embed_code_has_at_least_44_letters(length: int, is_found: bool) -> None:
    document = f'<p data-x="{in_base64("<img src=//fb.me/a>".ljust(length))}">x</p>'

    assert bool(gated(document).findings) == is_found


def test_a_store_says_in_one_line_what_it_is() -> None:
    assert [f.note for f in gated(f"<!-- {FRAME} -->").findings] == [
        "Facebook: unverändert. Der Code steht in Daten der Seite; ein Skript der Seite kann ihn einsetzen."
    ]
