"""The policy headers: they stop every contact with a platform, and take nothing from what the site says itself."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import Any

import pytest
from flask import Flask, Response
from hypothesis import given
from hypothesis import strategies as st
from support.paths import DOCS
from werkzeug.test import TestResponse

from shariff_py import Shariff
from shariff_py.response_policy.csp import POLICY, REPORT_ONLY
from shariff_py.response_policy.pages import gate_problems, policy_headers, policy_meta
from shariff_py.response_policy.server_config import server_snippets
from shariff_py.settings import Settings


def settings(**over: Any) -> Settings:
    return Settings.from_mapping(
        {"site": {"origin": "https://www.leinau.example"}, "frame": {"secrets": ["only for these tests"]}, **over}
    )


def directives(policy: str) -> dict[str, list[str]]:
    """The directives of both of our policies; of what is in both (where to report to) one."""
    return {words[0]: words[1:] for words in (part.split() for part in policy.replace(",", ";").split(";"))}


def ours(given: list[tuple[str, str]], **over: Any) -> dict[str, list[str]]:
    return directives(sent(given, **over))


def sent(given: list[tuple[str, str]], **over: Any) -> str:
    """Our policy as it is sent beside the headers given."""
    return dict(policy_headers(settings(**over), given))[POLICY]


def test_without_a_policy_of_the_sites_own_only_the_site_may_be_contacted() -> None:
    policy = ours([])

    assert policy["frame-src"] == policy["object-src"] == ["'self'", "www.leinau.example"]
    assert policy["default-src"] == [
        "'self'",
        "'unsafe-inline'",
        "'unsafe-eval'",
        "data:",
        "blob:",
        "www.leinau.example",
    ]
    assert policy["report-uri"] == ["/shariff/csp-report"]


def test_the_document_shows_the_policy_that_is_sent() -> None:
    document = (DOCS / "policy-headers.md").read_text(encoding="utf-8")
    shown = document.split("```\n")[1]

    assert " ".join(shown.split()) == sent([], site={"origin": "https://www.example.org"})


def test_hosts_allowed_by_name_are_let_through() -> None:
    assert "*.tiles.example" in ours([], gate={"allow": ["*.tiles.example"]})["default-src"]


def test_hosts_that_the_sites_own_policy_names_are_let_through() -> None:
    policy = ours(
        [(POLICY, "font-src 'self'; img-src https://bilder.example:8443/a/ *.cdn.example, script-src js.example")]
    )

    assert {"https://bilder.example:8443/a/", "*.cdn.example", "js.example"} <= set(policy["default-src"])


@pytest.mark.parametrize(
    "source",
    [
        "*", "https:", "http:", "wss:", "https://*", "http://*:*", "*.com", "*.net", "www.facebook.com", "https://connect.facebook.net",
        "*.FACEBOOK.com", "facebook.com.", "https://www.facebook.com:443/plugins/", "*.fbcdn.net", "com",
    ],
)  # fmt: skip
@pytest.mark.parametrize("directive", ["default-src", "FRAME-SRC", "script-src", "connect-src"])
def test_nothing_through_which_a_platform_could_be_reached_is_taken_over(directive: str, source: str) -> None:
    assert sent([(POLICY, f"{directive} 'self' {source}")]) == sent([])


def test_what_vouches_for_scripts_stays_the_sites_own_affair() -> None:
    theirs = "script-src 'nonce-r4nd0m' 'strict-dynamic' 'sha256-abc' 'unsafe-hashes'"

    assert sent([(POLICY, theirs)]) == sent([])


def test_nothing_the_site_sends_is_repeated_or_replaced() -> None:
    given = [("referrer-policy", "no-referrer"), ("x-dns-prefetch-control", "on"), ("Permissions-Policy", "camera=()")]

    assert [name for name, _ in policy_headers(settings(), given)] == [POLICY, "Reporting-Endpoints"]


def test_a_response_that_has_our_policy_already_gets_nothing() -> None:
    theirs = [(POLICY, "img-src https://bilder.example, default-src 'self' 'nonce-a'")]
    added = policy_headers(settings(), theirs)

    assert policy_headers(settings(), [*theirs, *added]) == []
    joined = [(POLICY, f"{theirs[0][1]}, {dict(added)[POLICY]}"), *added[1:]]
    assert policy_headers(settings(), joined) == []


def test_a_site_that_migrates_gets_the_same_policy_as_a_report() -> None:
    headers = dict(policy_headers(settings(headers={"policy": "report-only"}), []))

    assert headers[REPORT_ONLY] == sent([])
    assert POLICY not in headers


def test_it_can_be_switched_off() -> None:
    headers = dict(policy_headers(settings(headers={"policy": "off"}), []))

    assert POLICY not in headers
    assert REPORT_ONLY not in headers


def test_reports_can_be_switched_off() -> None:
    assert "report-uri" not in ours([], headers={"reports": False})


@pytest.mark.parametrize(
    "value",
    ["", ";", ",,;", "default-src", ";;default-src  'none'  ;", "ü ö", "img-src\thttps://a.example", "a" * 9000],
)
def test_no_policy_of_a_site_is_too_odd(value: str) -> None:
    sent = dict(policy_headers(settings(), [(POLICY, value)]))

    assert sent[POLICY].startswith("default-src 'self'") if "default-src" not in value else POLICY not in sent


def test_no_setting_lets_a_platform_through() -> None:
    policy = ours([], site={"hosts": ["www.leinau.example", "*.com"]}, gate={"allow": ["*.net", "tiles.example"]})

    assert policy["default-src"][5:] == ["www.leinau.example", "tiles.example"]


def test_hosts_that_a_site_only_reports_on_are_let_through_too() -> None:
    assert "tiles.example" in ours([(REPORT_ONLY, "img-src tiles.example")])["default-src"]


def test_the_same_policies_always_give_the_same_policy_in_their_order() -> None:
    hosts = [f"h{n}.example" for n in range(30)]
    theirs = "; ".join(f"{name} {' '.join(hosts)}" for name in ("img-src", "font-src", "connect-src"))

    assert ours([(POLICY, theirs)])["default-src"][5:] == ["www.leinau.example", *hosts]


@pytest.mark.parametrize("theirs", ["frame-src 'self' blob:", "child-src BLOB:", "default-src 'self' https: blob:"])
def test_frames_a_page_makes_itself_are_let_through_where_the_site_does(theirs: str) -> None:
    assert ours([(POLICY, theirs)])["frame-src"][:2] == ["'self'", "blob:"]


@pytest.mark.parametrize("theirs", ["", "frame-src 'self'; default-src * blob:", "img-src blob:", "child-src *"])
def test_frames_stay_the_sites_own_otherwise(theirs: str) -> None:
    assert ours([(POLICY, theirs)])["frame-src"] == ["'self'", "www.leinau.example"]


def test_of_a_repeated_directive_the_first_counts_as_it_does_in_browsers() -> None:
    policy = ours([(POLICY, "IMG-SRC first.example; img-src second.example")])

    assert "first.example" in policy["default-src"]
    assert "second.example" not in policy["default-src"]


def test_white_space_that_browsers_do_not_split_at_makes_no_host() -> None:
    theirs = "img-src tiles.example\xa0maps.example\tfonts.example"

    assert ours([(POLICY, theirs)])["default-src"][6:] == ["fonts.example"]


def test_our_policy_is_recognised_with_another_report_path() -> None:
    mounted = policy_headers(settings(frame={"prefix": "/portal/shariff", "secrets": ["only for these tests"]}), [])

    assert policy_headers(settings(), mounted) == []


def test_a_response_with_only_a_weaker_policy_still_gets_ours() -> None:
    weaker = sent([]).replace("; report", "; img-src *; report", 1)

    assert POLICY in dict(policy_headers(settings(), [(POLICY, weaker)]))


PLATFORM_HOSTS = ("www.facebook.com", "connect.facebook.net", "static.xx.fbcdn.net", "fb.watch", "facebook.com")
PIECES = st.sampled_from(
    [
        "*", "*.", ".", "//", "https", "http", "wss", ":", "443", "facebook", "FACEBOOK", "www", "connect", "com", "net", "fbcdn", "static",
        "xx", "fb", "watch", "example", "/", "'self'", "'nonce-a'", "'strict-dynamic'", "data:", "blob:", " ", " ", ";", ",", "\t", "\xa0",
        "\x00", "default-src ", "frame-src ", "script-src-elem ", "IMG-SRC ", "sandbox ", "%2e", "@", "?", '"',
    ]
)  # fmt: skip


def admits(source: str, host: str) -> bool:
    """Whether a browser would let a host through for a source, ports and paths aside: read by other means than ours."""
    source = source.lower()
    if source in {"http:", "https:", "ws:", "wss:"}:
        return True
    pattern = source.partition("://")[2] or source
    pattern = pattern.partition("/")[0].partition(":")[0].rstrip(".")
    return pattern == host or fnmatchcase(host, pattern)


@pytest.mark.slow
@given(st.lists(st.lists(PIECES | st.text(max_size=3), max_size=12).map("".join), max_size=3))
def test_whatever_a_site_sends_no_platform_gets_into_our_policy(theirs: list[str]) -> None:
    given_headers = [(POLICY, value) for value in theirs]

    added = policy_headers(settings(), given_headers)
    text = dict(added).get(POLICY, "")
    sources = [word for words in directives(text.partition(",")[0]).values() for word in words] if text else []

    assert text.isascii()
    assert text.isprintable()
    assert not [source for source in sources for host in PLATFORM_HOSTS if admits(source, host)]
    assert policy_headers(settings(), [*given_headers, *added]) == []
    assert isinstance(gate_problems(settings(), given_headers), list)


@pytest.mark.parametrize("source", ["*", "https:", "*.com", "https://WWW.facebook.com:443/x", "*.xx.fbcdn.net"])
def test_a_source_that_lets_a_platform_through_is_noticed(source: str) -> None:
    assert any(admits(source, host) for host in PLATFORM_HOSTS)


@pytest.mark.parametrize(
    ("theirs", "directive"),
    [
        ("default-src 'none'", "default-src"),
        ("default-src 'self'; frame-src https://maps.example", "frame-src"),
        ("form-action 'none'", "form-action"),
        ("default-src 'self'; form-action https://other.example", "form-action"),
    ],
)
def test_a_policy_that_keeps_gates_shut_is_reported_with_the_cure(theirs: str, directive: str) -> None:
    warnings = gate_problems(settings(), [(POLICY, theirs)])

    assert any(f"add 'self' to {directive}" in sentence for sentence in warnings)


@pytest.mark.parametrize(
    "theirs", ["default-src 'self'; form-action 'self'", "script-src 'nonce-a' 'strict-dynamic'", "img-src *", ""]
)
def test_a_policy_under_which_gates_open_is_not_reported(theirs: str) -> None:
    assert gate_problems(settings(), [(POLICY, theirs)]) == []


def test_the_sites_own_host_by_name_is_as_good_as_self() -> None:
    theirs = "frame-src https://www.leinau.example; form-action *.leinau.example"

    assert gate_problems(settings(), [(POLICY, theirs)]) == []


def test_a_sandboxed_page_gets_a_warning_about_what_gates_need() -> None:
    warnings = gate_problems(settings(), [(POLICY, "sandbox allow-scripts")])

    assert [sentence.rpartition(": ")[2] for sentence in warnings] == [
        "add allow-forms to sandbox.",
        "add allow-same-origin to sandbox.",
    ]


def test_a_report_only_policy_is_not_reported() -> None:
    assert gate_problems(settings(), [(REPORT_ONLY, "default-src 'none'")]) == []


def test_the_element_for_pages_without_headers_carries_the_same_policy_without_reports() -> None:
    element = str(policy_meta(settings()))

    assert 'http-equiv="Content-Security-Policy"' in element
    assert "report-uri" not in element
    assert "frame-src &#39;self&#39; www.leinau.example" in element


def test_two_policies_are_two_elements_because_a_comma_separates_nothing_there() -> None:
    elements = str(policy_meta(settings(gate={"allow": ["tiles.example"]}))).split("\n")

    assert 'data: blob: www.leinau.example tiles.example">' in elements[0]
    assert elements[1] == '<meta http-equiv="Content-Security-Policy" content="frame-src *; object-src *">'


def test_an_element_is_always_enforced_so_there_is_none_while_a_site_migrates() -> None:
    assert "Content-Security-Policy" not in policy_meta(settings(headers={"policy": "report-only"}))


def test_web_servers_get_the_headers_in_their_own_words() -> None:
    texts = server_snippets(settings())
    policy = sent([])

    assert texts["_headers"].startswith(f"/*\n  Content-Security-Policy: {policy}\n  Reporting-Endpoints: shariff=")
    assert f'set $shariff_0 "{policy}";' in texts["shariff-nginx.conf"]
    assert "add_header Content-Security-Policy $shariff_0 always;" in texts["shariff-nginx.conf"]
    assert f'Header always add Content-Security-Policy "{policy}" ' in texts["shariff-apache.conf"]
    assert 'set $shariff_1 "shariff=\\"/shariff/csp-report\\"";' in texts["shariff-nginx.conf"]
    assert 'Header always add Reporting-Endpoints "shariff=\\"/shariff/csp-report\\"" ' in texts["shariff-apache.conf"]
    assert 'Header always setifempty Referrer-Policy "same-origin" ' in texts["shariff-apache.conf"]


def test_web_servers_leave_the_gate_frame_its_own_policy() -> None:
    texts = server_snippets(settings(frame={"prefix": "/a.b", "secrets": ["only for these tests"]}))

    assert texts["shariff-nginx.conf"].count('if ($uri ~ "^/a\\.b/") {') == 5
    assert texts["shariff-apache.conf"].count('"expr=%{REQUEST_URI} !~ m#^/a\\.b/#"') == 5


def page(settings_over: dict[str, Any], own: dict[str, str], mimetype: str = "text/html") -> TestResponse:
    app = Flask("leinau")
    app.secret_key = "only for these tests"
    app.config["SHARIFF"] = {
        "site": {"origin": "https://www.leinau.example"}, "counts": {"store": "memory:", "scheduler": "outside"}, **settings_over
    }  # fmt: skip
    Shariff(app)
    app.add_url_rule("/", view_func=lambda: Response("<p>Hallo", headers=own, mimetype=mimetype))
    return app.test_client().get("/")


def test_the_extension_sends_ours_beside_the_sites_own() -> None:
    own = "script-src 'nonce-x'; img-src https://bilder.example"
    response = page({}, {POLICY: own})

    first, second = response.headers.getlist(POLICY)
    assert first == own
    assert second == sent([(POLICY, own)])


def test_only_pages_carry_it() -> None:
    assert POLICY not in page({}, {}, "application/json").headers


def test_the_extension_says_once_what_keeps_gates_shut(caplog: pytest.LogCaptureFixture) -> None:
    page({}, {POLICY: "frame-src 'none'"})

    assert [record.getMessage() for record in caplog.records] == [
        "The site's own policy keeps the gate frame from being shown: add 'self' to frame-src."
    ]
