"""Embed code in the strings of JavaScript that frameworks keep in attributes: expressions, statements, the inside of an object."""

from __future__ import annotations

import html
from urllib.parse import quote

import pytest
from support.rows import gated
from support.stored import ADDRESS, FRAME, POST, WIDGET, gated_in_stores, strings_of
from turbohtml import tokenize

from shariff_py.gate import Outcome

CLOSED = f"/shariff/frame/closed?lang=de&embed={quote(POST, safe='')}"

MARKUP = {
    "an object": ("x-data", f"{{ open: false, html: '{FRAME}' }}"),
    "an object with methods": ("x-data", f"{{ html: `{WIDGET}`, go() {{ this.open = !this.open }}, get x() {{ return 1 }} }}"),
    "a string": ("x-html", f"'{FRAME}'"),
    "a condition": ("v-html", f"ok ? '{WIDGET}' : ''"),
    "a call": ("x-data", f"video('{FRAME}', 1)"),
    "statements": ("x-init", f"open = true; $el.innerHTML = '{FRAME}'"),
    "a handler": ("@click.once", f"$el.innerHTML = `{FRAME}`"),
    "the inside of an object": ("data-options", f"html: '{FRAME}', type: 'iframe'"),
    "a call with a double quote": ("data-show", f'show("{FRAME.replace(chr(34), "")}")'),
    "letters that are escaped": ("x-data", "{ html: '" + FRAME.replace("<", "\\x3c").replace("/", "\\/") + "', b: 'Gr\\u00fc\\xDFe' }"),
}  # fmt: skip

ADDRESSES = {
    "an object": ("x-data", f"{{ show: false, src: '{ADDRESS}' }}"),
    "the inside of an object": ("uk-lightbox", f"src: '{ADDRESS}', type: 'iframe'"),
    "an assignment": ("x-on:click", f"src = '{ADDRESS}'"),
}


def div(name: str, code: str) -> str:
    return f'<div {name}="{html.escape(code)}">x</div>'


def code_in(document: str, name: str) -> str:
    return next(value or "" for token in tokenize(document) for given, value in token.attrs or () if given == name)


@pytest.mark.parametrize(("name", "code"), MARKUP.values(), ids=MARKUP)
def test_markup_in_a_string_is_gated_where_the_site_asks(name: str, code: str) -> None:
    result = gated_in_stores(div(name, code))
    written = code_in(result.html, name)

    assert [(f.outcome, f.found, f.address) for f in result.findings] == [(Outcome.GATED, f"div[{name}]", POST)]
    assert "/plugins/" not in written
    assert written.partition("<")[0].partition("\\x3c")[0] == code.partition("<")[0].partition("\\x3c")[0]
    assert any(
        "<shariff-gate" in text for text in strings_of(f"({{{written}}})" if name == "data-options" else f"x={written}")
    )
    assert gated_in_stores(result.html).html is result.html


@pytest.mark.parametrize(("name", "code"), [*MARKUP.values(), *ADDRESSES.values()])
def test_it_stays_and_is_reported_by_default(name: str, code: str) -> None:
    result = gated(div(name, code))

    assert result.html == div(name, code)
    assert [(f.outcome, f.found, f.address) for f in result.findings] == [(Outcome.REPORTED, f"div[{name}]", POST)]


@pytest.mark.parametrize(("name", "code"), ADDRESSES.values(), ids=ADDRESSES)
def test_an_address_in_a_string_leads_to_a_sentence_and_a_link(name: str, code: str) -> None:
    result = gated_in_stores(div(name, code))

    assert code_in(result.html, name) == code.replace(ADDRESS, CLOSED)
    assert [(f.outcome, f.found, f.address) for f in result.findings] == [(Outcome.LINKED, f"div[{name}]", POST)]


@pytest.mark.parametrize("tag", ["iframe", "embed"])
@pytest.mark.parametrize(
    "value",
    [
        "open ? '{}' : ''",
        "ok && '{}'",
        "`{}`",
        "{{ a: '{}' }}",
        'f("{}")',
        "n < 2 ? '{}' : ''",
        "n<2 && '{}'",
        "f('<b>') || '{}'",
        "/'/.test(x) && '{}'",
        "/* it's */ '{}'",
        "`it's` && '{}'",
    ],
)
def test_a_frame_whose_attribute_holds_the_address_in_a_string_is_gated(tag: str, value: str) -> None:
    for name in ("x-bind:src", ":src", "v-bind:src", "[src]", "data-x"):
        result = gated(f'<{tag} {name}="{html.escape(value.format(ADDRESS))}"></{tag}>')

        assert [(f.outcome, f.found, f.address) for f in result.findings] == [(Outcome.GATED, tag, POST)]


@pytest.mark.parametrize(("letter", "escape"), [("/", r"\/"), ("/", r"\x2f"), ("/", r"\u002F"), (":", r"\u{3a}"), ("w", r"\w"), ("?", r"\77")])  # fmt: skip
@pytest.mark.parametrize(
    "value", ["'{}'", "open ? `{}` : ''", '{{"src":"{}"}}', "say('it\\'s') || '{}'", "/\\'/.test(x) && '{}'"]
)
def test_escapes_in_its_string_hide_no_frame(value: str, letter: str, escape: str) -> None:
    """Such as PHP's ``json_encode`` writes them."""
    code = value.format(ADDRESS.replace(letter, escape))

    for name in (":src", "x-data"):
        result = gated(f'<iframe {name}="{html.escape(code)}"></iframe>')

        assert [(f.outcome, f.found, f.address) for f in result.findings] == [(Outcome.GATED, "iframe", POST)]


@pytest.mark.parametrize("name", [":src", "v-bind:src", "x-bind:src", "[src]", "ng-src"])
def test_what_a_framework_evaluates_is_code_even_where_it_looks_like_markup(name: str) -> None:
    code = f"open ? '{ADDRESS}' : n<b"

    result = gated(f'<iframe {name}="{html.escape(code)}"></iframe>')

    assert [(f.outcome, f.found, f.address) for f in result.findings] == [(Outcome.GATED, "iframe", POST)]
    markup = f"<b title='{ADDRESS}'>x</b>"
    assert "shariff-gate" not in gated(f'<iframe title="{html.escape(markup)}"></iframe>').html


def test_a_space_in_the_address_hides_no_placeholder_and_a_list_is_no_address() -> None:
    address = f"{ADDRESS}&title=Neues, heute"

    found = gated(f'<div data-src="{html.escape(address)}"></div>').findings

    assert [(f.outcome, f.found, f.address) for f in found] == [(Outcome.GATED, "div[data-src]", POST)]
    listed = gated(f'<div data-src="{ADDRESS} //leinau.example/b"></div>').findings
    assert [f.outcome for f in listed] == [Outcome.REPORTED]


@pytest.mark.parametrize("path", ["leinau", "plugins/post\x01.php", "", "leinau x"])
def test_a_frame_that_is_nothing_else_is_not_left_to_code_that_names_a_platform(path: str) -> None:
    code = f"open ? 'https://www.facebook.com/{path}' : ''"

    found = gated(f'<iframe title="Film" :src="{html.escape(code)}"></iframe>').findings
    beside = gated(f'<iframe src="/film.html" data-x="{html.escape(code)}"></iframe>')

    assert [f.found for f in found if f.outcome is not Outcome.REPORTED] == ["iframe"]
    assert beside.html == f'<iframe src="/film.html" data-x="{html.escape(code)}"></iframe>'


@pytest.mark.parametrize("value", ["data:text/css,a{{b:'{}'}}", "blob:'{}'", "https://leinau.example/?x='{}'"])
def test_an_address_of_another_kind_is_no_code(value: str) -> None:
    page = f'<iframe data-x="{html.escape(value.format("https://www.facebook.com/leinau"))}"></iframe>'

    assert gated(page).html == page


@pytest.mark.parametrize("rest", [" x", "&t=<b", "&t=</p><p", " = x", "&t={x}"])
def test_what_a_browser_escapes_in_the_address_hides_no_frame(rest: str) -> None:
    for code in (f"'{ADDRESS}{rest}'", f"open ? '{ADDRESS}{rest}' : ''", f"'{ADDRESS}{rest}', then('x')"):
        result = gated(f'<iframe :src="{html.escape(code)}"></iframe>')

        assert [f.found for f in result.findings if f.outcome is not Outcome.REPORTED] == ["iframe"]
        assert "/plugins/" not in result.html.partition("<form")[0]


@pytest.mark.parametrize(
    "code",
    [
        f"x === '{ADDRESS}'", f"x == '{ADDRESS}'", f"x != '{ADDRESS}'", f"x !== '{ADDRESS}'", f"'{ADDRESS}' in x", f"{{ '{ADDRESS}': 1 }}", f"x.startsWith('{ADDRESS}')",
        f"cache['{ADDRESS}']", "{ fb: 'https://www.facebook.com/leinau' }", f"{{ html: '<a href={POST}>x</a>' }}",
        "<b title='https://www.facebook.com/leinau'>x</b>", "x = <b title='https://www.facebook.com/leinau'>x</b>",
    ],
)  # fmt: skip
def test_what_is_only_compared_with_or_a_link_stays(code: str) -> None:
    assert gated_in_stores(div("x-data", code)).html == div("x-data", code)
    assert gated_in_stores(div("x-data", code)).findings == ()
    assert gated_in_stores(f"<script>switch (x) {{ case '{ADDRESS}': y() }}</script>").findings == ()
    assert gated_in_stores(f"<script>x = {code}</script>").html == f"<script>x = {code}</script>"


@pytest.mark.parametrize(
    "value",
    [
        f"src: {ADDRESS}; type: iframe", f"a, {ADDRESS} 500", f"x = {{ a: '{FRAME}'", f"`${{x}}{FRAME}`", f"a:1:{{s:9:\"{FRAME}\";}}",
    ],
)  # fmt: skip
def test_what_is_no_readable_code_is_reported(value: str) -> None:
    result = gated_in_stores(div("data-x", value))

    assert result.html == div("data-x", value)
    assert [(f.outcome, f.found, f.address) for f in result.findings] == [(Outcome.REPORTED, "div[data-x]", POST)]


@pytest.mark.parametrize(("kind", "text"), [("text/yaml", f"src: {ADDRESS}\nheight: 500"), ("text/csv", f"film,{ADDRESS},500"), ("application/toml", f"[film]\nsrc = {ADDRESS}\n")])  # fmt: skip
def test_an_address_among_other_data_is_reported(kind: str, text: str) -> None:
    result = gated(f'<script type="{kind}">{text}</script>')

    assert [(f.outcome, f.address) for f in result.findings] == [(Outcome.REPORTED, POST)]
