"""Each way in which browsers still read an address, a tag or a style as one: whatever the spelling, the content is found.

One page in a browser stands for all of these (`frame-post-www` and its like in ``tests/gate_cases``): they take the same way through the
gate, and a browser makes the same contact.
"""

from __future__ import annotations

import pytest
from support.rows import FILE, POST, REMOVED, gated, loads, silenced

from shariff_py.gate import Outcome

PATH = POST.removeprefix("https://www.facebook.com")
BARE = POST.removeprefix("https://")
FRAME = f'<iframe src="{POST}"></iframe>'
WIDGET = '<div class="fb-post" data-href="https://www.facebook.com/leinau/posts/1"></div>'
PICTURE = f'<img src="{FILE}">'

ADDRESSES = {
    "upper case": f"HTTPS://WWW.FACEBOOK.COM{PATH}",
    "without scheme": f"//{BARE}",
    "backslashes": f"https:\\\\{BARE}",
    "slashes of both kinds": f"/\\{BARE}",
    "many slashes": f"https://////{BARE}",
    "tab in the scheme": f"ht\ttps://{BARE}",
    "line end in the host": f"https://www.face\nbook.com{PATH}",
    "control characters before": f"\x01 https://{BARE}",
    "dot at the end of the host": f"https://www.facebook.com.{PATH}",
    "port": f"https://www.facebook.com:443{PATH}",
    "another port": f"https://www.facebook.com:8443{PATH}",
    "user name": f"https://leinau@{BARE}",
    "user name that looks like the site": f"https://www.leinau.example@{BARE}",
    "full stops of another script": f"https://www。facebook。com{PATH}",
    "half-width full stops": f"https://www｡facebook｡com{PATH}",
    "wide letters": f"https://www.ｆａｃｅｂｏｏｋ.com{PATH}",
    "percent-encoded host": f"https://www.f%61cebook.com{PATH}",
    "dot segments": f"https://www.facebook.com/x/../plugins/./{PATH.removeprefix('/plugins/')}",
    "doubled slashes in the path": f"https://www.facebook.com/{PATH.replace('/plugins/', '/plugins//')}",
    "version in the path": f"https://www.facebook.com/v2.0{PATH}",
    "references": f"https&colon;&sol;&sol;www&period;f&#97;&#x63;ebook.com{PATH}",
    "references without an end": f"https://www&#46f&#97cebook.com{PATH}",
    **{
        f"host {name}": f"https://{name}facebook.com{PATH}"
        for name in ("", "m.", "web.", "mbasic.", "de-de.", "touch.")
    },
}

TAGS = {
    "upper case": f'<IFRAME SRC="{POST}"></IFRAME>',
    "single quotes": f"<iframe src='{POST}'></iframe>",
    "no quotes": f"<iframe src={POST}></iframe>",
    "slashes between attributes": f'<iframe/width="500"/src="{POST}"></iframe>',
    "nothing between attributes": f'<iframe width="500"src="{POST}"></iframe>',
    "slash at the end": f'<iframe src="{POST}" />',
    "bracket in an attribute": f'<iframe title="a > b" src="{POST}"></iframe>',
    "attribute twice": f'<iframe src="{POST}" src="/karte"></iframe>',
    "sandbox": f'<iframe src="{POST}" sandbox=""></iframe>',
    "fallback inside": f'<iframe src="{POST}"><p>x</p></iframe>',
}

PLACES = [
    "<!-->{}-->", "<!-- --!>{} -->", "<!--[if !IE]><!-->{}<!--<![endif]-->", "<?php echo '>{}", "<table>{}<tr><td>x</td></tr></table>",
    "<table><tr><td>{}</td></tr></table>", "<ul><li>{}</li></ul>", "<h2>{}</h2>", "<a href=/x>{}</a>", "<button>{}</button>",
    "<svg><foreignObject>{}</foreignObject></svg>", "<details>{}</details>", "<p>a {} b</p>",
]  # fmt: skip

TEXTS = ["<title>{}</title>", "<xmp>{}</xmp>", "<textarea>{}</textarea>", "<!-- {} -->", "<noembed>{}</noembed>"]

HIDDEN = [
    "<noscript><script></noscript><p title='</script>{}'>x</p>", "<noscript><textarea></noscript><p title='</textarea>{}'>x</p>", "<noscript><!--</noscript><p title='-->{}'>x</p>",
    "<textarea/><a title='</textarea>{}'>x</a>", "<title/><a title='</title>{}'>x</a>", "<xmp/><a title='</xmp>{}'>x</a>",
    "<svg><![CDATA[<svg><!--]]><a></a>{}<!-- --></svg>", "<svg><style><![CDATA[</style>]]>{}</style></svg>",
]  # fmt: skip
"""What only some parsers see, or only visitors without script."""

STYLES = {
    "in quotes": f"a{{background:#fff URL( '{FILE}' ) no-repeat}}",
    "comment before": f"a{{background:/**/url({FILE})/* ; */}}",
    "left open": f"a{{background:url({FILE}",
    "escaped": f"a{{background:u\\72 l({FILE})}}",
    "in a custom property": f'a{{--x:"{FILE}"}}',
    "in an escaped custom property": f'a{{-\\2d x:"{FILE}"}}',
    "in a condition": f"@media print{{a{{background:url({FILE})}}}}",
}

DOCUMENTS = [
    f"data:text/html,{PICTURE.replace('b', '%62')}", f"data:text/html,{PICTURE.replace('fbcdn', 'f%2562cdn')}",
    f"data:text/html,{PICTURE.replace('.net', '&amp;%2346;net')}", "data:text/html;base64,PGltZyBzcmM9Ly9mYi5tZS9hPg==",
    "data:text/html;x=data:image/png;base64,PGltZyBzcmM9Ly9mYi5tZS9hPg==", "javascript:fetch('//fb.me/a')",
]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES.values(), ids=ADDRESSES)
def test_content_is_found_however_its_address_is_spelled(address: str) -> None:
    document = f'<iframe src="{address}"></iframe>'

    assert "<shariff-gate" in silenced(document)
    assert [(found.outcome, found.kind) for found in gated(document).findings] == [(Outcome.GATED, "post")]


@pytest.mark.parametrize("tag", TAGS.values(), ids=TAGS)
def test_content_is_found_however_its_tag_is_spelled(tag: str) -> None:
    assert "<shariff-gate" in silenced(tag)
    assert [(found.outcome, found.kind) for found in gated(tag).findings] == [(Outcome.GATED, "post")]


@pytest.mark.parametrize("place", PLACES)
def test_content_is_found_wherever_it_stands(place: str) -> None:
    document = place.format(FRAME)
    before, after = place.split("{}")
    page = gated(document).html

    assert "<shariff-gate" in silenced(document)
    assert page.startswith(before)
    assert page.endswith(after)


@pytest.mark.parametrize(
    "around", ["<form action=/x>{}</form>", "<form action=/x><p>{}</p></form>", "<select><option>{}</select>"]
)
def test_where_no_form_may_stand_there_is_a_link(around: str) -> None:
    found = gated(around.format(FRAME)).findings

    assert [(one.outcome, one.kind) for one in found] == [(Outcome.LINKED, "post")] or "select" in around
    assert not loads(gated(around.format(FRAME)).html)


@pytest.mark.parametrize("embed", [FRAME, WIDGET])
def test_where_no_form_may_stand_there_is_a_link_also_if_each_element_of_the_page_is_read(embed: str) -> None:
    found = gated(f"%66<form>{embed}</form>").findings

    assert [(one.outcome, one.kind) for one in found] == [(Outcome.LINKED, "post")]


@pytest.mark.parametrize("place", TEXTS)
def test_what_is_text_to_everybody_stays(place: str) -> None:
    document = place.format(FRAME)

    assert gated(document).html == document
    assert not loads(document)


@pytest.mark.parametrize("place", HIDDEN)
def test_what_only_some_parsers_see_loads_nothing(place: str) -> None:
    document = place.format(PICTURE)

    assert not loads(gated(document).html)
    assert gated(document).findings


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_a_style_fetches_nothing_however_it_is_spelled(style: str) -> None:
    assert FILE not in silenced(f"<style>{style}</style>")


@pytest.mark.parametrize("address", DOCUMENTS)
def test_a_document_in_an_address_goes_however_it_is_spelled(address: str) -> None:
    assert gated(f"<iframe src='{address.replace(chr(39), '&apos;')}'></iframe>").html == REMOVED


@pytest.mark.parametrize("path", ["/plugins/login_button.php", "/ads/library/", "/video.php?story=1", "/help"])
def test_a_frame_of_which_no_content_is_known_becomes_a_link(path: str) -> None:
    found = gated(f'<iframe src="https://www.facebook.com{path}"></iframe>').findings

    assert [one.outcome for one in found] == [Outcome.LINKED]


def test_what_an_element_of_the_pages_own_leads_to_stays() -> None:
    document = '<sl-button href="https://www.facebook.com/a">x</sl-button><time-span from="https://www.facebook.com" by="https://fb.me">x</time-span>'

    assert gated(document).html is document


@pytest.mark.parametrize(
    "text", ["a\fb", "a\rb", "a\r\nb", "a\f\tb", "a</>b", "a\0b", "a\udcffb", "<title/>a</title>", "a/\f >b"]
)
def test_what_the_rewriter_would_change_stays_as_it_was(text: str) -> None:
    assert gated(text + PICTURE + text).html == text + REMOVED + text


def test_the_same_content_three_times_is_three_gates_with_names_of_their_own() -> None:
    page = gated(FRAME * 3).html

    assert [page.count(f'-{number}" title=') for number in (1, 2, 3)] == [1, 1, 1]
