"""Each type of script that is acted upon, and each way in which a list or a style fetches something."""

from __future__ import annotations

import pytest
from support.golden import ORIGIN, SETTINGS
from support.rows import FILE, POST, REMOVED, gated, loads, silenced

from shariff_py.gate import PageInfo
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.raw_text_elements import platform_in_content

LINK = "https://m.me/leinau"
"""An address of a platform of which nothing but the way it is used tells whether it is fetched."""

RUN = [
    "", "module", "application/ecmascript", "application/javascript", "application/x-ecmascript", "application/x-javascript",
    "text/ecmascript", "text/javascript", "text/javascript1.0", "text/javascript1.1", "text/javascript1.2", "text/javascript1.3",
    "text/javascript1.4", "text/javascript1.5", "text/jscript", "text/livescript", "text/x-ecmascript", "text/x-javascript",
]  # fmt: skip
WOKEN = [
    "text/plain", "text/babel", "text/psajs", "text/phast", "application/consent", "rocketlazyloadscript", "litespeed/javascript",
    "pmdelayedscript", "nitropack/inlinescript", "text/rocketscript", "0123456789abcdef-module", "0a1b2c-text/javascript",
    "text/x-consent-script", "text/javascript; charset=utf-8", "text/javascript/blocked", "text/partytown", "text/x-delayed", "lazyload_int",
    "text/x-blocked", "application/x-later", "javascript/blocked", "text/wait", "mesi-cloak", "text/x-usercentrics", "delayed",
]  # fmt: skip
"""Types by which other tools keep a script asleep until a script of theirs wakes it."""
DATA = [
    "application/json",
    "application/ld+json",
    "text/css",
    "image/svg+xml",
    "model/gltf+json",
    "application/json5",
    "text/x-json",
    "application/vnd.site+json",
    "text/vtt",
    "text/yaml",
    "text/markdown",
    "y" * 101,
]
NAMED = [
    ("importmap", "imports"), ("importmap", "scopes"), ("importmap", "integrity"), ("speculationrules", "prefetch"),
    ("speculationrules", "prefetch_with_subresources"), ("speculationrules", "prerender"), ("speculationrules", "prerender_until_script"),
]  # fmt: skip
TEMPLATES = [
    "text/html", "text/template", "text/x-template", "text/x-handlebars-template", "text/x-handlebars", "text/x-jquery-tmpl", "text/x-tmpl",
    "text/x-mustache", "text/x-jsrender", "text/x-underscore",
]  # fmt: skip


def script(code: str) -> str:
    return f"<script>{code}</script>"


@pytest.mark.parametrize("kind", [*RUN, *WOKEN])
def test_a_script_of_a_type_that_is_run_goes(kind: str) -> None:
    document = f'<script type="{kind}">fetch("{LINK}")</script>'

    assert gated(document).html == REMOVED
    assert loads(document) or kind in WOKEN


@pytest.mark.parametrize("kind", DATA)
def test_a_script_that_is_data_stays(kind: str) -> None:
    document = f'<script type="{kind}">fetch("{FILE}")</script>'

    assert gated(document).html == document
    assert not loads(document)


@pytest.mark.parametrize("kind", ["text/x-own", "x-tmpl", "partial"])
def test_a_script_of_an_unknown_type_is_what_its_content_is(kind: str) -> None:
    markup = f'<script type="{kind}">\n<!-- a --> <p><img src="{FILE}"></p></script>'
    data = f'<script type="{kind}"> {{"src": "{FILE}", "fetch": "fetch(\\"{FILE}\\")"}}</script>'
    code = f'<script type="{kind}">fetch("{FILE}")</script>'

    assert gated(markup).html == f'<script type="{kind}">\n<!-- a --> <p>{REMOVED}</p></script>'
    assert gated(data).html is data
    assert gated(code).html == REMOVED
    assert loads(gated(f'<script type="{kind}">{{a: fetch("{FILE}")}}</script>').html) is False
    assert FILE not in gated(f'<script type="{kind}">{{a: fetch("{FILE}")}}</script>').html


@pytest.mark.parametrize(("kind", "key"), NAMED)
def test_a_list_that_names_an_address_goes(kind: str, key: str) -> None:
    assert silenced(f'<script type={kind}>{{"{key}": {{"urls": ["{LINK}"]}}}}</script>') == REMOVED


@pytest.mark.parametrize("kind", TEMPLATES)
def test_a_template_is_gated_as_markup(kind: str) -> None:
    document = f'<script type="{kind}"><img src="{FILE}"></script>'

    assert gated(document).html == f'<script type="{kind}">{REMOVED}</script>'


@pytest.mark.parametrize(
    "function", ["url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "-webkit-cross-fade"]
)
def test_a_style_keeps_all_but_what_a_function_fetches(function: str) -> None:
    assert (
        silenced(f'<style>a{{b:{function}("{FILE}")}}</style>') == f'<style>a{{b:{function}("about:invalid")}}</style>'
    )


@pytest.mark.parametrize("name", ["--a", "initial-value", "result"])
def test_a_style_keeps_no_address_for_other_places(name: str) -> None:
    assert (
        silenced(f'<style>a{{{name}:"{FILE}";b:src(c)}}</style>')
        == f'<style>a{{{name}:"about:invalid";b:src(c)}}</style>'
    )


@pytest.mark.parametrize("css", ['@import "{}";', "@IMPORT url({});", r"a{{b:u\72l({})}}"])
def test_a_style_imports_nothing(css: str) -> None:
    assert not loads(gated(f"<style>{css.format(FILE)}</style>").html)
    assert FILE not in gated(f"<style>{css.format(FILE)}</style>").html


@pytest.mark.parametrize("css", ['a{{content:"{}"}}', "/* url({}) */", 'a[href="{}"]{{}}'])
def test_a_style_keeps_an_address_that_is_text(css: str) -> None:
    document = f"<style>{css.format(FILE)}</style>"

    assert gated(document).html == document
    assert not loads(document)


@pytest.mark.parametrize("part", ["protocol", "hostname", "port", "username", "password", "baseURL"])
def test_rules_that_fetch_links_of_other_hosts_ahead_go(part: str) -> None:
    link = '<a href="https://www.facebook.com/leinau">x</a>'
    rules = f'<script type=speculationrules>{{"prefetch":[{{"where":{{"href_matches":{{"{part}":"*"}}}}}}]}}</script>'
    own = '<script type=speculationrules>{"prefetch":[{"where":{"href_matches":{"pathname":"/*"}}}]}</script>'

    assert gated(rules + link).html == REMOVED + link
    assert gated(own + link).html == own + link


def test_rules_that_cannot_be_read_stay_where_they_are_none_and_go_where_they_might_match() -> None:
    link = '<a href="https://www.facebook.com/leinau">x</a>'
    broken = "<script type=speculationrules>{</script>"
    odd = '<script type=speculationrules>{"prefetch":[{"where":{"href_matches":3}}]}</script>'

    assert gated(broken + link).html == broken + link
    assert gated(odd + link).html == REMOVED + link


def test_a_list_that_is_no_json_is_read_as_it_stands() -> None:
    assert gated(rf'<script type=importmap>{{"imports":{{"a":"{LINK}/\x"}}}}</script>').html == REMOVED


def test_a_document_in_invalid_base64_is_empty_and_stays() -> None:
    document = '<iframe src="data:text/html;base64,A"></iframe>'

    assert gated(f'{document}<img src="{FILE}">').html == document + REMOVED


def test_a_style_in_an_address_that_fetches_nothing_keeps_its_element_until_another_attribute_does() -> None:
    own = "<link rel=stylesheet href='data:text/css,a{color:red}'>"
    other = f"<link rel=stylesheet href='data:text/css,a{{color:red}}' data-src='{FILE}'>"

    assert gated(own + other).html == own + REMOVED


@pytest.mark.parametrize(
    ("tag", "kind", "text", "expected"),
    [
        ("script", "importmap", f'{{"imports": {{"a": "{FILE}"}}}}', "facebook"),
        ("script", "importmap", '{"imports": {"a": "https://b.example/x"}}', None),
        ("style", "", f"a{{b:url({FILE})}}", "facebook"),
        ("style", "", "@import 'data:text/css;charset=utf-16,a.facebook.com'", ""),
        ("style", "", "a{color:red}", None),
    ],
)
def test_what_an_elements_text_loads_is_decided_as_in_the_page(
    tag: str, kind: str, text: str, expected: str | None
) -> None:
    context = RewriteContext.of(SETTINGS, PageInfo(url=f"{ORIGIN}/"))

    assert platform_in_content(tag, [("type", kind)], text, context, gated) == expected


@pytest.mark.parametrize("tag", ["iframe", "object", "embed"])
def test_a_document_written_in_an_address_goes_with_what_it_loads(tag: str) -> None:
    name = "data" if tag == "object" else "src"
    assert silenced(f"<{tag} {name}='data:text/html,<img src=\"{FILE}\">'>").startswith(REMOVED)


@pytest.mark.parametrize(
    "kind", ["text/plain", "text/css", "text/javascript", "application/json", "application/javascript", "application/pdf",
    "application/octet-stream", "image/png", "audio/mpeg", "video/mp4", "font/woff2"],
)  # fmt: skip
def test_a_document_that_fetches_nothing_stays_in_its_address(kind: str) -> None:
    document = f"<iframe src='data:{kind},fetch(\"{FILE}\")'></iframe>"

    assert gated(document).html == document


def test_a_document_in_the_page_is_gated_as_a_page() -> None:
    assert silenced(f"<iframe srcdoc='<img src={FILE}>'></iframe>") == '<iframe srcdoc="&lt;!----&gt;"></iframe>'
    assert "shariff-gate" in gated(f"<iframe srcdoc='<iframe src=\"{POST}\"></iframe>'></iframe>").html
