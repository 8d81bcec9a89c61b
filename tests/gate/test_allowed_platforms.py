"""Hosts in ``gate.allow`` that belong to a platform: allowed with a warning, refused where the company's record says never."""

from __future__ import annotations

from datetime import date

import pytest

from shariff_py import Settings, gate_html
from shariff_py.doctor import examine
from shariff_py.errors import ConfigurationError
from shariff_py.gate.hint_headers import without_hints
from shariff_py.platforms.allowed_hosts import allowed_platforms
from shariff_py.response_policy.connections import page_connections
from shariff_py.response_policy.csp import POLICY
from shariff_py.response_policy.pages import policy_headers
from shariff_py.web.site import Site

VIDEO = '<iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe>'
PRIVATE_VIDEO = VIDEO.replace("youtube.com", "youtube-nocookie.com")
MAP = '<iframe src="https://www.google.com/maps/embed?pb=!1m18"></iframe>'
POST_OF_ANY_SERVER = '<iframe src="https://social.stranger.example/@leinau/113000000000000001/embed"></iframe>'
POST = (
    '<blockquote class="twitter-tweet"><a href="https://twitter.com/leinau/status/1">Post</a></blockquote>'
    '<script async src="https://platform.twitter.com/widgets.js"></script>'
)
META = "<script>new Image().src='https://www.facebook.com/tr?id=1';new Image().src='https://i.ytimg.com/vi/1/0.jpg'</script>"


HOST = "https://www.youtube.com/"
PIECES = {
    "frame": VIDEO,
    "lazy frame": VIDEO.replace("src", "data-src"),
    "object": f'<object data="{HOST}embed/dQw4w9WgXcQ"></object>',
    "no script": f"<noscript>{VIDEO}<img src={HOST}pixel></noscript>",
    "document in an attribute": f'<iframe srcdoc="&lt;script src={HOST}a.js>&lt;/script>"></iframe>',
    "document in an address": f'<iframe src="data:text/html,<script src={HOST}a.js></script>"></iframe>',
    "placeholder": f'<div data-url="{HOST}embed/dQw4w9WgXcQ"></div>',
    "script": f'<script src="{HOST}iframe_api"></script>',
    "loader": f"<script>var s=document.createElement('script');s.src='{HOST}iframe_api';document.head.appendChild(s)</script>",
    "module": f"<script type=module>import '{HOST}m.js'</script>",
    "handler": f"<button onclick=\"new Image().src='{HOST}p'\">x</button>",
    "import map": '<script type=importmap>{"imports":{"a":"' + HOST + 'a.js","b":"/b.js"}}</script>',
    "speculation": '<script type=speculationrules>{"prefetch":[{"urls":["' + HOST + 'x"]}]}</script>',
    "style": f"<style>@import '{HOST}a.css'; a {{ background: url({HOST}x.png) }}</style>",
    "style in an attribute": f'<p style="background:url({HOST}x.png)">x</p>',
    "hint": f'<link rel=preconnect href="{HOST}">',
    "picture": f'<img src="{HOST}a.png" srcset="{HOST}b.png 2x" alt="A">',
    "video": f'<video poster="{HOST}p.png" src="{HOST}v.mp4"></video>',
    "drawing": f'<svg><image href="{HOST}a.png"/><animate attributeName=href values="{HOST}a.png"/></svg>',
    "refresh": f'<meta http-equiv=refresh content="0;url={HOST}">',
    "stored": '<script type="application/json">{"a":"' + HOST + 'embed/dQw4w9WgXcQ"}</script>',
}


def allowing(*hosts: str, connections: str = "off") -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "counts": {"store": "memory:", "scheduler": "outside"},
            "frame": {"secrets": ["only for these tests"]},
            "gate": {"allow": hosts},
            "headers": {"connections": connections},
        }
    )


@pytest.mark.parametrize(
    ("host", "markup"),
    [
        ("www.youtube.com", VIDEO),
        ("*.youtube.com", VIDEO),
        ("www.google.com", MAP),
        ("*.google.com", MAP),
        ("social.stranger.example", POST_OF_ANY_SERVER),
        ("platform.twitter.com", POST),
    ],
)
def test_what_comes_from_an_allowed_host_stays(host: str, markup: str) -> None:
    allowed = gate_html(markup, allowing(host))

    assert gate_html(markup, allowing()).html != markup
    assert (allowed.html, allowed.findings) == (markup, ())


@pytest.mark.parametrize("name", PIECES)
def test_in_every_form_what_comes_from_an_allowed_host_stays(name: str) -> None:
    held, allowed = (gate_html(PIECES[name], allowing(*hosts)) for hosts in ((), ("www.youtube.com",)))

    assert held.findings
    assert (allowed.html, allowed.findings) == (PIECES[name], ())


@pytest.mark.parametrize("header", [("Link", f"<{HOST}>; rel=preconnect"), ("Refresh", f"0; url={HOST}")])
def test_a_header_that_leads_to_an_allowed_host_stays(header: tuple[str, str]) -> None:
    place = "https://www.leinau.example/"

    assert without_hints([header], place) == []
    assert without_hints([header], place, ("www.youtube.com",)) == [header]


def test_only_the_host_that_is_named_is_allowed() -> None:
    gated = gate_html(VIDEO + PRIVATE_VIDEO, allowing("www.youtube.com")).html

    assert gated.startswith(VIDEO)
    assert "<iframe" not in gated.removeprefix(VIDEO)


def test_of_a_script_only_what_is_not_allowed_goes() -> None:
    gated = gate_html(META, allowing("i.ytimg.com")).html

    assert "facebook.com" not in gated
    assert "https://i.ytimg.com/vi/1/0.jpg" in gated


@pytest.mark.parametrize(("hosts", "named"), [((), False), (("www.youtube.com",), True), (("*.com",), False)])
def test_the_policy_names_what_is_allowed(hosts: tuple[str, ...], named: bool) -> None:
    policy = dict(policy_headers(allowing(*hosts), []))[POLICY]

    assert ("www.youtube.com" in policy, "*.com" in policy) == (named, False)


def test_the_policy_names_no_platform_that_only_the_sites_own_names() -> None:
    own = [(POLICY, "frame-src https://www.youtube.com https://player.vimeo.com")]

    policy = dict(policy_headers(allowing("www.youtube.com"), own))[POLICY]

    assert ("www.youtube.com" in policy, "vimeo" in policy) == (True, False)


def test_a_list_of_connections_has_all_of_an_allowed_host_and_exact_links_to_any_other() -> None:
    links = ["https://www.youtube.com/watch?v=1", "https://vimeo.com/1"]

    def patterns(*hosts: str) -> str:
        settings = allowing(*hosts, connections="enforce")
        found = page_connections(
            settings, "https://www.leinau.example/", [], links=links, forms=[], refreshes=[], limit=4_000
        )
        assert found is not None
        return found[0][1]

    assert '"*://www.youtube.com"' in patterns("www.youtube.com")
    assert '"https://www.youtube.com/watch?v=1"' in patterns()
    assert '"*://vimeo.com"' not in patterns("www.youtube.com")


def test_a_wildcard_above_what_is_never_allowed_allows_no_platform() -> None:
    assert gate_html(VIDEO, allowing("*.com")).html == gate_html(VIDEO, allowing()).html


@pytest.mark.parametrize(
    ("hosts", "told"),
    [
        (("cdn.stranger.example", "*.com"), []),
        (("www.youtube.com",), [("www.youtube.com", "youtube")]),
        (("*.ytimg.com",), [("*.ytimg.com", "youtube")]),
        (("www.google.com",), [("www.google.com", "google_calendar"), ("www.google.com", "google_maps")]),
        (("docs.google.com",), [("docs.google.com", "google_docs"), ("docs.google.com", "google_forms")]),
        (("*.docs.google.com",), [("*.docs.google.com", "google_docs"), ("*.docs.google.com", "google_forms")]),
        (("calendar.google.com",), [("calendar.google.com", "google_calendar")]),
        (("apis.google.com",), [("apis.google.com", "youtube")]),
        (
            ("*.google.com",),
            [("*.google.com", f"google_{name}") for name in ("calendar", "docs", "forms", "maps")]
            + [("*.google.com", "youtube")],
        ),
    ],
)
def test_each_platform_that_is_allowed_is_told(hosts: tuple[str, ...], told: list[tuple[str, str]]) -> None:
    assert [(found.host, found.platform.name) for found in allowed_platforms(hosts)] == told


@pytest.mark.parametrize(
    "host", ["www.facebook.com", "*.facebook.com", "*.fbcdn.net", "www.instagram.com", "cdninstagram.com"]
)
def test_a_host_that_is_never_allowed_is_an_error_with_the_cure(host: str) -> None:
    with pytest.raises(
        ConfigurationError, match=r"gate\.allow: .*never loaded without asking.* release \w+ in releases"
    ):
        allowing(host)


SENTENCE = (
    "www.youtube.com belongs to YouTube: pages load from it without asking the visitor. Take it out of gate.allow, and release youtube in "
    "releases: then visitors are asked first."
)


def test_doctor_and_log_say_what_to_do_instead(caplog: pytest.LogCaptureFixture) -> None:
    def told(settings: Settings) -> list[str]:
        found = examine(settings, date(2026, 11, 29))
        return [f"{row.finding}. {row.cure}" for row in found if row.what == "gate.allow" and not row.well]

    assert told(allowing("cdn.stranger.example")) == []
    assert told(allowing("www.youtube.com")) == [SENTENCE]

    Site.create(allowing("cdn.stranger.example", "www.youtube.com"))

    assert [record.getMessage() for record in caplog.records] == [f"gate.allow: {SENTENCE}"]
