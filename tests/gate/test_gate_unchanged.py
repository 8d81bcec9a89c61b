"""What is no embed: it leaves the gate as the very same text."""

from __future__ import annotations

import pytest
from support.golden import SETTINGS

from shariff_py.gate import Outcome, gate_html


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>Nur Text, facebook.com genannt.</p>",
        '<a href="https://www.facebook.com/stadt.leinau">Unsere Seite</a>',
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


@pytest.mark.parametrize("kind", ["application/xhtml+xml", "image/svg+xml", "text/xml", "text/html"])
@pytest.mark.parametrize(
    "content", ["<p>x</p>", "<img src='https://pictures.example/a.png'/>", "<g><title/>", "%3Cp%3Ex"]
)
def test_beside_an_embed_a_document_in_an_address_that_names_no_platform_stays(kind: str, content: str) -> None:
    frame = f'<iframe src="data:{kind},{content}"></iframe>'

    assert frame in gate_html(f'{frame}<img src="//www.facebook.com/tr?id=1">', SETTINGS).html


@pytest.mark.parametrize(
    "html",
    [
        "<!-- <iframe src='https://www.facebook.com/plugins/page.php?href=x'></iframe> -->",
        "<textarea><iframe src=https://www.facebook.com/plugins/page.php?href=x></iframe></textarea>",
    ],
)
def test_what_a_page_keeps_as_data_is_reported_and_stays_the_very_same_string(html: str) -> None:
    result = gate_html(html, SETTINGS)

    assert result.html is html
    assert [(found.outcome, found.kind) for found in result.findings] == [(Outcome.REPORTED, "page")]


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
