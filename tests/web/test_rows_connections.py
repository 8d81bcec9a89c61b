"""What a page leads to, and the entry of its list of allowed connections for each; the list of the gate frame; where there can be none."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask, Response
from support.golden import CONFIGURATION, ORIGIN
from werkzeug.test import Client

from shariff_py import Settings, Shariff
from shariff_py.errors import ConfigurationError
from shariff_py.gate.browser_rules.destinations import destinations
from shariff_py.response_policy.connections import CONNECTION_EFFECTS, page_connections
from shariff_py.response_policy.frames import frame_headers
from shariff_py.web.page_connections import connection_headers
from shariff_py.web.wsgi import ShariffMiddleware

PAGE = f"{ORIGIN}/fest"
ENFORCED = "Connection-Allowlist"
REPORT_ONLY = "Connection-Allowlist-Report-Only"
ON_EVERY_PAGE = ("*://www.leinau.example", "mailto:*", "tel:*")


def settings(**more: Any) -> Settings:
    given = {**CONFIGURATION, "headers": {"connections": "enforce", "reports": False}, **more}
    return Settings.from_mapping(given)


def entries(html: str, *given: tuple[str, str], made: Settings | None = None, codec: str = "utf-8") -> list[str]:
    """The entries of a page's list beside those of every page, as URL patterns."""
    leads = destinations(html, PAGE, codec=codec)
    made = made or settings()
    headers = page_connections(
        made, PAGE, given, links=leads.links, forms=leads.forms, refreshes=leads.refreshes, limit=9_000
    )
    ((name, value),) = headers or []
    assert name == ENFORCED
    found = re.fullmatch(r'\(response-origin((?: "(?:[^"\\]|\\.)*")*)\); redirects=allow', value)
    assert found is not None, value
    patterns = [re.sub(r"\\(.)", r"\1", text) for text in re.findall(r'"((?:[^"\\]|\\.)*)"', found[1])]
    return [pattern for pattern in patterns if pattern not in ON_EVERY_PAGE]


LINKS = [
    ("https://maps.example/a?b=c#d", "*://maps.example"),
    ("http://maps.example", "*://maps.example"),
    ("//maps.example:8443/a", "*://maps.example:8443"),
    ("https://büro.example/ä", "*://xn--bro-hoa.example"),
    ("https://www.facebook.com/leinau", "https://www.facebook.com/leinau?"),
    ("https://www.facebook.com", "https://www.facebook.com/?"),
    ("http://www.facebook.com/a", "http{s}?://www.facebook.com/a?"),
    ("https://www.facebook.com/p?id=1&x=%20#y", "https://www.facebook.com/p?id=1&x=%20"),
    ("https://www.facebook.com/a?u=https://b.example/c?d", r"https://www.facebook.com/a?u=https\://b.example/c\?d"),
    ("https://www.facebook.com/*:x+(y){z}?q={a}*(b)+", r"https://www.facebook.com/\*\:x\+\(y\)%7Bz%7D?q=\{a\}\*\(b\)\+"),
    ("https://www.facebook.com/a\\b?c\\d", r"https://www.facebook.com/a/b?c\\d"),
    ("https://www.facebook.com/ä?ö=&quot;", "https://www.facebook.com/%C3%A4?%C3%B6=%22"),
    ("https://maps.example./a", "*://maps.example."),
    ("https://maps.example.:8443/a", "*://maps.example.:8443"),
    ("https://www.leinau.example./a", "*://www.leinau.example."),
    ("https://www.facebook.com./a", "https://www.facebook.com./a?"),
    ("https://[2001:DB8::1]/a", r"*://[2001\:db8\:\:1]"),
    ("https://[2001:db8::1]:8443/a", r"*://[2001\:db8\:\:1]:8443"),
    (" SMS:1", "sms:*"),
    ("whatsapp://send?text=x", "whatsapp://*:*"),
    ("eid://127.0.0.1:24727/eID-Client?tcTokenURL=x", "eid://*:*"),
    ("intent://x/y#Intent;end", "intent://*:*"),
    ("web+ap:x", r"web\+ap:*"),
]  # fmt: skip


@pytest.mark.parametrize(("address", "pattern"), LINKS)
def test_what_a_link_leads_to_is_in_the_list(address: str, pattern: str) -> None:
    assert entries(f'<a href="{address}">x</a>') == [pattern]


def test_mail_and_telephone_are_in_every_list_as_scripts_make_such_links_against_spam() -> None:
    (_, value), *_ = page_connections(settings(), PAGE, (), links=(), forms=(), refreshes=(), limit=9_000) or []

    assert value == '(response-origin "*://www.leinau.example" "mailto:*" "tel:*"); redirects=allow'


@pytest.mark.parametrize(
    "address",
    [
        "/\tx", "", "#there", "?q", "/own", "own", f"{ORIGIN}/x", "http://www.leinau.example/x", "javascript:x()", "data:text/plain,x",
        "blob:https://www.leinau.example/1", "about:blank", "filesystem:x", "https://", "https://a b/", "http://[/",
    ],
)  # fmt: skip
def test_what_needs_no_entry_has_none(address: str) -> None:
    assert entries(f'<a href="{address}">x</a>') == []


MARKUP = [
    "<area href=https://a.example/x>",
    "<a href='/\t/a.example/x'>x</a>",
    "<a href='/\\a.example/x'>x</a>",
    "<a href=' //a.example/x'>x</a>",
    "<base href=//a.example/b/><a href=/c>",
    "<svg><a xlink:href=https://a.example/x><text>x</text></a></svg>",
    "<svg><a href=https://a.example/x><text>x</text></a></svg>",
    "<A HREF='https://a.example/x' href=https://second.example/>",
    "<base href=//a.example/b/><a href=c>",
    "<base href=//a.example/b/><base href=//second.example/><a href=c>",
    "<form action=https://a.example/x>",
    "<form method=post action=https://a.example/x>",
    "<form><button formaction=https://a.example/x>",
    "<form><input type=submit formaction=https://a.example/x>",
    "<noscript><a href=https://a.example/x>x</a></noscript>",
    "<NoScript class=x><a href=https://a.example/x>x</a></NOSCRIPT>",
    "<template><a href=https://a.example/x></template>",
    "<iframe srcdoc='<a href=https://a.example/x>x</a>'></iframe>",
    "<base href=https://a.example/><iframe srcdoc='<a href=x>x</a>'></iframe>",
    "<base href=https://a.example/><iframe srcdoc='<a href=/x>x</a>'></iframe>",
    "<meta http-equiv=Refresh content='5; url=https://a.example/x'>",
]


@pytest.mark.parametrize("html", MARKUP)
def test_everything_that_leads_somewhere_is_read(html: str) -> None:
    assert entries(html) == ["*://a.example"]


@pytest.mark.parametrize(
    "html",
    [
        "<script>x = '<a href=https://a.example/>'</script>",
        "<!-- <a href=https://a.example/> -->",
        "<textarea><a href=https://a.example/></textarea>",
        "<link rel=preconnect href=https://a.example/>",
        "<img src=https://a.example/x>",
        "<iframe src=https://a.example/></iframe>",
        "<a ping=https://a.example/ href=/x>x</a>",
        "<meta http-equiv=refresh content='0; url=https://www.facebook.com/x'>",
    ],
)
def test_what_only_a_browser_or_a_script_would_follow_is_not(html: str) -> None:
    assert entries(html) == []


def test_a_form_leads_to_a_platform_with_whatever_is_typed_into_it() -> None:
    assert entries("<form action=https://www.facebook.com/search?a=b>") == ["https://www.facebook.com/search"]


def test_a_query_is_escaped_in_the_encoding_of_the_page() -> None:
    link = "<a href='https://www.facebook.com/ä?ö=€#ü'>x</a>"

    assert entries(link, codec="cp1252") == ["https://www.facebook.com/%C3%A4?%F6=%80"]
    assert entries(link, codec="latin-1") == ["https://www.facebook.com/%C3%A4?%F6=%26%238364%3B"]


def test_hosts_that_site_and_settings_name_are_in_the_list_and_no_platforms() -> None:
    made = settings(
        site={"origin": ORIGIN, "hosts": ["www.leinau.example", "*.leinau.example"]}, gate={"allow": ["cdn.example"]}
    )
    csp = "default-src 'self' https: *; img-src https://maps.example:8443/tiles/ www.facebook.com *.com; connect-src wss://live.example"

    assert entries("", ("content-security-policy", csp), made=made) == [
        "*://*.leinau.example", "*://cdn.example", "*://maps.example:8443", "*://live.example",
    ]  # fmt: skip


def test_each_entry_is_there_once() -> None:
    html = (
        "<a href=//a.example/1></a><a href=//a.example/2></a><a href=//cdn.example/></a><form action=http://a.example>"
    )

    assert entries(html, made=settings(gate={"allow": ["cdn.example"]})) == ["*://cdn.example", "*://a.example"]


@pytest.mark.parametrize(
    ("mode", "name"),
    [("enforce", ENFORCED), ("report-only", REPORT_ONLY), ("off", "")],
    ids=lambda given: given or "none",
)
def test_each_mode_has_its_header_and_says_what_it_does(mode: str, name: str) -> None:
    made = settings(headers={"connections": mode})

    headers = dict(page_connections(made, PAGE, [], links=[], forms=[], refreshes=[], limit=9_000) or [])

    assert CONNECTION_EFFECTS[mode].startswith(f"{mode}: ")
    if name:
        assert headers == {
            name: '(response-origin "*://www.leinau.example" "mailto:*" "tel:*"); redirects=allow; report-to=shariff',
            "Reporting-Endpoints": 'shariff="/shariff/csp-report"',
        }
    else:
        assert headers == {}


def test_an_unknown_mode_is_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"headers\.connections"):
        settings(headers={"connections": "on"})


def test_a_list_of_the_sites_own_stays_alone() -> None:
    given = [(ENFORCED.lower(), "(response-origin)")]

    assert (
        page_connections(settings(), PAGE, given, links=["https://a.example/"], forms=[], refreshes=[], limit=9_000)
        == []
    )


FRAMES = [
    ({}, "(response-origin)"),
    ({"origin": "https://www.facebook.com"}, '(response-origin "https://www.facebook.com")'),
    (
        {
            "origin": "https://www.facebook.com",
            "link": "https://www.facebook.com/leinau/posts/1?a=(b)#c",
            "login": True,
        },
        r'(response-origin "https://www.facebook.com" "https://www.facebook.com/leinau/posts/1?a=\\(b\\)")',
    ),
    ({"link": "https://www.facebook.com/x"}, '(response-origin "https://www.facebook.com/x?")'),
    ({"link": "javascript:x"}, "(response-origin)"),
]


@pytest.mark.parametrize(("given", "expected"), FRAMES)
def test_a_gate_frame_reaches_the_site_its_platforms_frame_and_the_original(
    given: Mapping[str, Any], expected: str
) -> None:
    assert frame_headers(**given)[ENFORCED] == f"{expected}; redirects=allow"


def flask_page(html: Any, content_type: str, made: Mapping[str, Any]) -> Any:
    app = Flask("leinau")
    app.config["SHARIFF"] = {**made, "counts": {"store": "memory:", "scheduler": "outside"}}
    Shariff(app)
    app.add_url_rule("/fest", view_func=lambda: Response(html, content_type=content_type))
    return app.test_client()


def wsgi_page(html: Any, content_type: str, made: Mapping[str, Any]) -> Any:
    def app(environ: Any, start_response: Any) -> Any:
        start_response("200 OK", [("Content-Type", content_type)])
        return [html.encode("utf-8") if isinstance(html, str) else html] if isinstance(html, str | bytes) else html

    wrapped = ShariffMiddleware(app, settings=Settings.from_mapping({**made, "counts": {"store": "memory:"}}))
    return Client(wrapped, Response)


WAYS = pytest.mark.parametrize("page", [flask_page, wsgi_page])
LISTING = {**CONFIGURATION, "headers": {"connections": "enforce"}}
HTML = "text/html; charset=utf-8"


@WAYS
def test_the_list_is_made_from_the_page_after_rewriting(page: Any, caplog: pytest.LogCaptureFixture) -> None:
    html = "<!doctype html><a href=https://a.example/x>x</a><p>ä"
    embed = '<iframe src="https://www.facebook.com/plugins/post.php?href=https%3A%2F%2Fwww.facebook.com%2Fleinau%2Fposts%2F1"></iframe>'
    client = page(html + (embed if page is wsgi_page else ""), HTML, LISTING)

    (value,) = client.get("/fest", base_url=ORIGIN).headers.getlist(ENFORCED)

    assert '"*://a.example"' in value
    assert ('"https://www.facebook.com/leinau/posts/1?"' in value) is (page is wsgi_page)
    assert "plugins" not in value
    assert caplog.messages == []


@WAYS
@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("".join(f"<a href=https://host-{number}.example/>x</a>" for number in range(300)), "leads to so many hosts"),
        (
            "<script src=/shariff/static/shariff-compat.min.js></script><div class=shariff></div>",
            "built in the browser",
        ),
    ],
)
def test_where_there_can_be_no_list_none_is_sent_and_that_is_said_once(
    page: Any, html: str, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = page(html, HTML, LISTING)
    headers = [client.get("/fest", base_url=ORIGIN).headers for _ in range(2)][1]

    (sentence,) = caplog.messages
    assert ENFORCED not in headers
    assert "Content-Security-Policy" in headers
    assert why in sentence


def test_where_the_header_refresh_leads_is_in_the_list() -> None:
    given = [
        ("Content-Type", HTML),
        ("refresh", "5; url=//a.example/x"),
        ("Refresh", "0; url=https://www.facebook.com/x"),
    ]

    headers = connection_headers(settings(), PAGE, given, [], b"<p>x", pytest.fail)

    assert headers == [
        (ENFORCED, '(response-origin "*://www.leinau.example" "*://a.example" "mailto:*" "tel:*"); redirects=allow')
    ]


@WAYS
def test_a_page_under_a_host_that_the_settings_do_not_name_has_its_list(page: Any) -> None:
    client = page("<a href=/own>x</a><a href=https://a.example/x>x</a>", HTML, LISTING)

    value = client.get("/fest", base_url="https://new.leinau.example").headers[ENFORCED]

    assert value.startswith('(response-origin "*://www.leinau.example" "*://a.example" "mailto:*" "tel:*"); ')


@WAYS
def test_a_page_that_streams_has_none(page: Any, caplog: pytest.LogCaptureFixture) -> None:
    pieces = (piece for piece in ["<!doctype html>", *["<p>text" * 1000] * 60])
    client = page(pieces if page is flask_page else (piece.encode() for piece in pieces), HTML, LISTING)

    response = client.get("/fest", base_url=ORIGIN)

    (sentence,) = caplog.messages
    assert ENFORCED not in response.headers
    assert sentence.startswith("A page is sent while it is made")


@WAYS
def test_all_headers_of_ours_stay_within_their_limit(page: Any, caplog: pytest.LogCaptureFixture) -> None:
    for hosts in range(60, 160, 10):
        html = "".join(f"<a href=https://host-{number}.example/>x</a>" for number in range(hosts))
        client = page(html, HTML, LISTING)
        headers = client.get("/fest", base_url=ORIGIN).headers
        ours = sum(
            len(name) + len(value) + 4
            for name, value in headers
            if not name.startswith("Content-T") and not name.startswith("Content-L")
        )

        assert ours <= 3_500
        assert (ENFORCED in headers) is not bool(caplog.messages)
        caplog.clear()


@WAYS
def test_with_the_setting_off_a_page_has_none(page: Any, caplog: pytest.LogCaptureFixture) -> None:
    client = page("<a href=https://a.example/>x</a>", HTML, CONFIGURATION)

    headers = client.get("/fest", base_url=ORIGIN).headers

    assert [name for name, _ in headers if "Allowlist" in name] == []
    assert caplog.messages == []
