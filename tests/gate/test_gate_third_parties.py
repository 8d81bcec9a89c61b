"""Third parties that are no content are named with what to do instead, and stay as they are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.golden import SETTINGS

from shariff_py.gate import Outcome, PageInfo, gate_html, gate_page
from shariff_py.gate.findings import third_party_note
from shariff_py.platforms.third_parties.register import register
from shariff_py.response_policy.csp import POLICY
from shariff_py.response_policy.frame_sources import FramePolicy
from shariff_py.settings import Settings

TAG_MANAGER = """<script>(function(w,d,s,l,i){w[l]=w[l]||[];w[l].push({'gtm.start':new Date().getTime(),event:'gtm.js'});
var f=d.getElementsByTagName(s)[0],j=d.createElement(s);j.async=true;j.src='https://www.googletagmanager.com/gtm.js?id='+i;
f.parentNode.insertBefore(j,f);})(window,document,'script','dataLayer','GTM-ABC');</script>"""
WITHOUT_SCRIPT = (
    '<noscript><iframe src="https://www.googletagmanager.com/ns.html?id=GTM-ABC" height="0" width="0"'
    ' style="display:none;visibility:hidden"></iframe></noscript>'
)
CAPTCHA = (
    '<script src="https://www.google.com/recaptcha/api.js?render=KEY"></script>'
    '<form action="/kontakt"><div class="g-recaptcha" data-sitekey="KEY"></div></form>'
)
FONTS = '<link rel="preconnect" href="https://fonts.gstatic.com"><link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=Lato">'
PAGE = f"<!DOCTYPE html><html><head>{TAG_MANAGER}{FONTS}</head><body>{WITHOUT_SCRIPT}{CAPTCHA}<p>Text</p></body></html>"


def with_unknown(mode: str, **gate: object) -> Settings:
    return replace(SETTINGS, gate=replace(SETTINGS.gate, unknown=mode, **gate))  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["leave", "blocked", "report", "gate"])
def test_a_page_with_a_tag_manager_a_captcha_and_fonts_keeps_every_byte(mode: str) -> None:
    assert gate_html(PAGE, with_unknown(mode)).html is PAGE


@pytest.mark.parametrize("mode", ["report", "gate"])
def test_each_of_them_is_named(mode: str) -> None:
    findings = gate_html(PAGE, with_unknown(mode)).findings

    assert {finding.outcome for finding in findings} == {Outcome.REPORTED}
    assert sorted((finding.third_party, finding.found, finding.address) for finding in findings) == [
        ("google-fonts", "link", "https://fonts.googleapis.com/css2"),
        ("google-fonts", "link", "https://fonts.gstatic.com/"),
        ("google-tag-manager", "iframe", "https://www.googletagmanager.com/ns.html"),
        ("google-tag-manager", "inline script", "https://www.googletagmanager.com/gtm.js"),
        ("recaptcha", "script", "https://www.google.com/recaptcha/api.js"),
    ]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Google Fonts: unchanged. Web fonts. Keep a copy on your own server."),
        ("de", "Google Fonts: unverändert. Webschriften. Legen Sie eine Kopie auf den eigenen Server."),
        ("de-simple", "Google Fonts: unverändert. Webschriften. Legen Sie eine Kopie auf den eigenen Server."),
        ("fr", "Google Fonts : inchangé. Polices web. Gardez une copie sur votre serveur."),
        ("ja", "Google Fonts：変更していません。ウェブフォント。自サーバーに複製を置きます。"),
    ],
)
def test_the_finding_says_what_it_is_and_what_to_do_instead_in_the_sites_language(language: str, line: str) -> None:
    settings = with_unknown("report")
    settings = replace(settings, site=replace(settings.site, language=language))

    assert {finding.note for finding in gate_html(FONTS, settings).findings} == {line}


def test_another_path_of_a_shared_host_is_an_unknown_host() -> None:
    page = '<script src="https://www.google.com/other.js"></script><iframe src="https://www.google.com/other"></iframe>'

    reported = gate_html(page, with_unknown("report"))
    gated = gate_html(page, with_unknown("gate"))

    assert [(f.third_party, f.outcome) for f in reported.findings] == [("", Outcome.REPORTED), ("", Outcome.REPORTED)]
    assert [(f.third_party, f.outcome) for f in gated.findings] == [("", Outcome.REPORTED), ("", Outcome.LINKED)]


def test_a_frame_of_a_third_party_stays_where_unknown_frames_become_links() -> None:
    frame = '<iframe src="https://www.google.com/recaptcha/api2/anchor?k=KEY"></iframe>'

    gated = gate_html(frame, with_unknown("gate"))

    assert gated.html is frame
    assert [finding.third_party for finding in gated.findings] == ["recaptcha"]


def test_a_frame_of_a_third_party_stays_where_the_policy_blocks_it() -> None:
    policy = FramePolicy.of([(POLICY, "frame-src 'self'; object-src 'self'")], SETTINGS.site.origin)
    captcha = '<iframe src="https://www.google.com/recaptcha/api2/anchor?k=KEY"></iframe>'
    other = '<iframe src="https://www.google.com/other"></iframe>'

    gated = gate_page(f"{captcha}{other}", with_unknown("blocked"), PageInfo(frame_policy=policy))

    assert gated.html.startswith(captcha)
    assert [(f.outcome, f.address) for f in gated.findings] == [(Outcome.LINKED, "https://www.google.com/other")]


def test_a_style_sheet_names_where_its_fonts_come_from() -> None:
    page = '<style>@import url("https://use.typekit.net/abc1def.css"); p { color: #222 }</style>'

    gated = gate_html(page, with_unknown("report"))

    assert gated.html is page
    assert [(f.third_party, f.found, f.address) for f in gated.findings] == [
        ("adobe-fonts", "style", "https://use.typekit.net/abc1def.css")
    ]


@pytest.mark.parametrize(
    ("markup", "found", "name"),
    [
        ('<p style="background: url(//use.typekit.net/a.png)">x</p>', "p[style]", "adobe-fonts"),
        ('<img src="/a.png" srcset="/b.png 1x, https://secure.gravatar.com/avatar/1 2x">', "img[srcset]", "gravatar"),
        ("<button onclick=\"load('https://client.crisp.chat/l.js')\">Chat</button>", "button[onclick]", "crisp"),
        ('<a href="/x" ping="https://www.google-analytics.com/collect">x</a>', "a[ping]", "google-analytics"),
        ('<script type="importmap">{"imports": {"a": "https://unpkg.com/a@1/a.js"}}</script>', "inline script", "unpkg"),
        ('<img src="https://stats.wp.com/g.gif">', "img", "wordpress-stats"),
        ('<iframe srcdoc="<script src=//cdn.jsdelivr.net/a.js></script>"></iframe>', "script", "jsdelivr"),
    ],
)  # fmt: skip
def test_wherever_a_page_loads_it_from_it_is_named_once(markup: str, found: str, name: str) -> None:
    gated = gate_html(markup, with_unknown("report"))

    assert gated.html is markup
    assert [(finding.found, finding.third_party) for finding in gated.findings] == [(found, name)]


def test_a_link_to_it_loads_nothing_and_is_not_named() -> None:
    page = '<a href="https://www.hotjar.com/legal">x</a><script type="application/ld+json">{"url": "https://www.hotjar.com/"}</script>'

    assert gate_html(page, with_unknown("report")).findings == ()


def test_a_script_that_names_one_several_times_is_one_finding() -> None:
    page = '<script>a("https://static.hotjar.com/c/1.js"); b("https://script.hotjar.com/2.js")</script>'

    assert [f.address for f in gate_html(page, with_unknown("report")).findings] == ["https://static.hotjar.com/c/1.js"]


def test_beside_a_platforms_content_it_stays_and_is_named() -> None:
    frame = (
        '<iframe src="https://www.facebook.com/plugins/post.php?href=https://www.facebook.com/leinau/posts/1"></iframe>'
    )

    gated = gate_html(f"{TAG_MANAGER}{frame}", with_unknown("report"))

    assert gated.html.startswith(TAG_MANAGER)
    assert [(f.outcome, f.platform or f.third_party) for f in gated.findings] == [
        (Outcome.GATED, "facebook"),
        (Outcome.REPORTED, "google-tag-manager"),
    ]


def test_what_is_allowed_by_name_is_not_reported() -> None:
    settings = with_unknown("report", allow=("fonts.googleapis.com", "fonts.gstatic.com", "www.googletagmanager.com"))

    assert {finding.third_party for finding in gate_html(PAGE, settings).findings} == {"recaptcha"}


def test_without_reports_nothing_is_named() -> None:
    assert gate_html(PAGE, with_unknown("leave")).findings == ()


@pytest.mark.parametrize("third_party", register().third_parties, ids=lambda one: one.name)
def test_each_one_is_named_where_a_page_loads_it(third_party: object) -> None:
    place = third_party.places[0]  # type: ignore[attr-defined]

    (finding,) = gate_html(f'<script src="https://{place}/a.js"></script>', with_unknown("report")).findings

    assert finding.third_party == third_party.name  # type: ignore[attr-defined]
    assert finding.note == third_party_note("de", third_party)  # type: ignore[arg-type]
