"""Pages that are classified by a few searches of their text: quick, and never at the price of missing something."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from support.golden import SETTINGS
from support.pasted import PASTED

from shariff_py.gate import gate_html
from shariff_py.gate.detect import prefilter
from shariff_py.gate.detect.candidate_visits import all_visited
from shariff_py.gate.rewrite.context import RewriteContext
from shariff_py.gate.rewrite.rewriter import gated_markup
from shariff_py.gate.text_bytes import text_bytes
from shariff_py.platforms.registry import DOMAINS, REGISTRY, platform_of
from shariff_py.urls import parse

LINK = '<p>Auch auf <a class="x" href="https://www.facebook.com/leinau" rel="me">Facebook</a>.</p>'


def read_whole(html: str) -> list[str]:
    """What the pass finds that reads every element."""
    context = RewriteContext.of(SETTINGS)
    gated_markup(html, context)
    return [finding.found for finding in context.findings]


@pytest.mark.parametrize("name", PASTED)
def test_no_pasted_form_passes(name: str) -> None:
    assert not prefilter.is_clean(PASTED[name])


@pytest.mark.parametrize("host", sorted({host for platform in REGISTRY.values() for host in platform.hosts}))
@pytest.mark.parametrize("address", ["https://www.{}/x", "//{}", "https://{}.:443/", "HTTPS://WWW.{}", "https:\\\\{}"])
def test_no_host_of_a_platform_passes(host: str, address: str) -> None:
    assert not prefilter.is_clean(f'<img src="{address.format(host)}" alt="">')


@pytest.mark.parametrize(
    "spelling",
    [
        "facebook&#46;com", "facebook&period;com", "f&#97;cebook.com", "f%61cebook.com", "facebook%2ecom", "face\tbook.com",
        "facebook.c\nom", "facebook\n.com", "FACEBOOK.COM", "ｆacebook.com", "facebook。com", "face\u00adbook.com",
        "face\u200bbook.com", "𝔣acebook.com", "faceboo\u212a.com", "facebook.com.",
    ],
)  # fmt: skip
def test_no_spelling_that_browsers_read_as_the_host_passes(spelling: str) -> None:
    page = f'<img src="https://{spelling}/x">'

    assert read_whole(page) == ["img"], "browsers read it so"
    assert not prefilter.is_clean(page)


@pytest.mark.parametrize("times", [1, 300, 3_000])
@pytest.mark.parametrize("host", ["{}&#102;b.me", "&#102;{}b.me", "&#102;b.me{}"])
def test_no_host_passes_however_many_line_ends_stand_in_it(host: str, times: int) -> None:
    page = f'<img src="//{host.format(chr(10) * times)}/x">'

    assert read_whole(page) == ["img"], "browsers read it so"
    assert not prefilter.is_clean(page)


@pytest.mark.parametrize("colons", [0, 1_000])
def test_no_document_in_a_url_passes_however_many_colons_stand_before_it(colons: int) -> None:
    page = f"<p>{': ' * colons}</p><iframe src='data:text/html,%3Cimg src=//%66b.me/x>'></iframe>"

    assert read_whole(page) == ["iframe"], "browsers read it so"
    assert not prefilter.is_clean(page)


@pytest.mark.parametrize("domain", DOMAINS())
def test_no_domain_passes_whose_end_is_split_anywhere(domain: str) -> None:
    """``co`` is the end of one domain, and with a tab behind it the beginning of that of another."""
    passed = [
        place
        for place in range(domain.rindex("."), len(domain))
        if prefilter.is_clean(f'<img src="https://{domain[:place]}\t{domain[place:]}/x">')
    ]

    assert passed == []


LOOK_ALIKES = [
    "https://www.netflix.com/", "https://fedex.com/", "//incisive.grapeshot.co.uk/", "https://t.co.uk/", "https://x.com.br/",
    "https://not-facebook.com/", "https://facebook.com.example/",
]  # fmt: skip


@pytest.mark.parametrize("address", LOOK_ALIKES)
def test_a_host_that_only_ends_or_begins_like_one_passes(address: str) -> None:
    assert prefilter.is_clean(f'<script>load("{address}a.js")</script><img src="{address}a.png" alt="">')


@pytest.mark.parametrize(
    "address",
    [
        "https:&#47&#47x.com/a.png", "https:&#x2f&#x2fx.com/a.png", "https:&#0000000047&#0000000047x.com/a.png", "https:%2F%2Fx.com/a.png",
        "https:&#92&#92x.com/a.png", "ht&NewLinetps://x.com/a.png", "//a@x.com/a.png", "//a.&#8203x.com/a.png", "//ä.x.com/a.png",
    ],
)  # fmt: skip
def test_a_host_behind_what_represents_a_sign_does_not_pass(address: str) -> None:
    assert not prefilter.is_clean(f'<img src="{address}" alt="">')


@pytest.mark.parametrize(
    "code", ["\\x2f\\x2fx.com/a", "\\u002f\\u002fx.com/a", "\\u{2f}\\u{2f}x.com/a", "\\57\\57x.com/a", "\\/\\/x.com/a"]
)
def test_nor_behind_an_escape_in_a_script_or_a_style(code: str) -> None:
    assert not prefilter.is_clean(f'<script>new Image().src = "{code}"</script>')


def test_hosts_that_look_alike_are_no_reason_to_read_every_element() -> None:
    links = "".join(f'<p><a href="{address}">x</a></p>' for address in LOOK_ALIKES)
    button = '<a href="https://x.com/leinau" class="twitter-follow-button">Folgen</a>'
    spans = prefilter.candidate_spans(text_bytes(f"{links}{button}"))

    assert spans is not None
    assert dict(spans.counted) == {("a", "href", "x.com"): 1, ("a", "class", "twitter-"): 1}


def test_a_host_counts_once_though_another_ends_like_it() -> None:
    page = '<script src="https://apis.google.com/js/platform.js"></script><p>www.google.com</p>'
    spans = prefilter.candidate_spans(text_bytes(page))

    assert spans is not None
    assert dict(spans.counted) == {("script", "src", "apis.google.com"): 1}
    assert all_visited(spans, [("script", [("src", "https://apis.google.com/js/platform.js")])], 1)


def test_a_word_that_only_ends_like_markup_of_a_platform_passes() -> None:
    assert prefilter.is_clean('<i class="afb-icon"></i><i data-mastodon-share="x">x</i>')
    assert not prefilter.is_clean('<i class="fb-icon"></i>')
    assert not prefilter.is_clean("<i class=&#102;b-icon></i>")


@pytest.mark.parametrize(
    "tag",
    [
        '<a class=x href="{}">', "<a class=x id=y href={}>", '<a data-x=1:2;3 @click="go" href="{}">', "<a data-x='2' lang=de\nhref='{}'>",
    ],
)  # fmt: skip
def test_a_tag_is_read_whatever_its_values_are_quoted_with(tag: str) -> None:
    spans = prefilter.candidate_spans(text_bytes(f"<p>{tag.format('https://t.co/a')}x</a></p><img src=//t.co/b.png>"))

    assert spans is not None
    assert dict(spans.counted) == {("a", "href", "t.co"): 1, ("img", "src", "t.co"): 1}
    assert spans.outside_tags == 0


@pytest.mark.parametrize("page", ["<p><embed src=a.swf></embed></p>", "<object data=a.swf></object></embed>"])
def test_the_end_of_an_element_is_no_path(page: str) -> None:
    """``/embed`` is the end of a Mastodon frame's address."""
    assert prefilter.is_clean(page)
    assert not prefilter.is_clean("<iframe src=https://social.leinau.example/@stadt/1/embed></iframe>")


def test_an_ordinary_link_passes() -> None:
    assert prefilter.is_clean(LINK)
    assert read_whole(LINK) == []


@pytest.mark.parametrize(
    "page",
    [
        '<link rel=stylesheet title=<a href="https://www.facebook.com/x.css">',
        '<link rel=stylesheet <a href="https://www.facebook.com/x.css">',
        '<link rel=stylesheet title="<a " href="https://www.facebook.com/x.css">',
        '<link title="<a x=" rel="stylesheet" href="https://www.facebook.com/x.css">',
        "<link title='> <a' rel=stylesheet href=\"https://www.facebook.com/x.css\">",
        '<a ping="https://www.facebook.com/x" href="/y">z</a>',
        '<a href="/y" style="background:url(https://www.facebook.com/x)">z</a>',
    ],
)
def test_what_only_looks_like_a_link_does_not_pass(page: str) -> None:
    assert read_whole(page)
    assert not prefilter.is_clean(page)


def test_a_page_with_quotation_marks_dashes_and_umlauts_passes() -> None:
    assert prefilter.is_clean("<p>„Grüße“ – aus Leinau … für 5&nbsp;€ &amp; mehr</p>")


PLATFORM_HOSTS = ["facebook.com", "connect.facebook.net", "fb.watch", "m.me", "scontent.xx.fbcdn.net"]
OBSCURE = st.sampled_from(["", "", "", "\t", "\n", "&#9;", "\u00ad", "\u200d", "&shy;", "&Tab;"])


@st.composite
def spelled(draw: st.DrawFn) -> str:
    """A platform's host, each letter in one of the ways browsers read as that letter."""
    written = []
    for letter in draw(st.sampled_from(PLATFORM_HOSTS)):
        ways = [
            letter,
            letter,
            letter,
            letter.upper(),
            f"&#{ord(letter)};",
            f"&#x{ord(letter):x};",
            f"%{ord(letter):02x}",
        ]
        if letter.isalpha():
            ways.append(chr(ord(letter) + 0xFEE0))
        written.append(draw(st.sampled_from(ways)) + draw(OBSCURE))
    return "".join(written)


@pytest.mark.slow
@effort(max_examples=300)
@given(
    host=spelled(),
    form=st.sampled_from(
        [
            '<img src="//{}/x">',
            "<p><iframe src='https:{}'></iframe>",
            '<a href="//{}">x</a>',
            "<b>{}</b>",
            "<style>a{{b:url(//{})}}</style>",
        ]
    ),
)
def test_what_passes_holds_nothing(host: str, form: str) -> None:
    page = form.format(host)

    if prefilter.is_clean(page):
        assert read_whole(page) == []


@pytest.mark.slow
@effort(max_examples=200)
@given(character=st.characters(min_codepoint=0x80))
def test_every_character_that_hosts_turn_into_another_is_looked_at(character: str) -> None:
    address = (
        parse(f"https://face{character}book.com/")
        or parse(f"https://f{character}cebook.com/")
        or parse(f"https://facebook{character}com/")
    )

    if address is not None and platform_of(address.host) is not None:
        assert not prefilter.is_clean(f'<img src="https://face{character}book.com/"> facebook{character}com')


@pytest.mark.parametrize("media_type", ["text/javascript", "<svg>text/javascript", "java script", "text", ""])
def test_a_script_in_base64_is_read_whatever_its_media_type_says(media_type: str) -> None:
    """A type that is none is plain text, and plain text runs as a script (measured in Chromium 156)."""
    code = base64.b64encode(b"import('https://connect.facebook.net/de_DE/sdk.js')").decode()

    result = gate_html(f'<p>Fest</p><script src="data:{media_type};base64,{code}"></script>', SETTINGS)

    assert (code in result.html, len(result.findings)) == (False, 1)
