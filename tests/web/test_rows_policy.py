"""Each directive, header and device function of our own policies, and each directive of a site's own that decides about them."""

from __future__ import annotations

import pytest
from support.golden import CONFIGURATION

from shariff_py import Settings
from shariff_py.response_policy.csp import POLICY
from shariff_py.response_policy.frames import frame_headers, sandbox
from shariff_py.response_policy.pages import gate_problems, policy_headers

FACEBOOK = "https://www.facebook.com"

FETCHES = [
    "child-src", "connect-src", "default-src", "fenced-frame-src", "font-src", "frame-src", "img-src", "manifest-src", "media-src",
    "object-src", "prefetch-src", "script-src", "script-src-elem", "style-src", "style-src-elem", "worker-src",
]  # fmt: skip
OTHER_DIRECTIVES = [
    "base-uri", "form-action", "frame-ancestors", "navigate-to", "plugin-types", "report-to", "report-uri", "script-src-attr",
    "style-src-attr",
]  # fmt: skip


def policy(*theirs: str) -> str:
    settings = Settings.from_mapping(CONFIGURATION)
    return dict(policy_headers(settings, [(POLICY, value) for value in theirs]))[POLICY]


@pytest.mark.parametrize("directive", FETCHES)
def test_a_host_that_the_sites_own_policy_lets_something_be_fetched_from_is_in_ours(directive: str) -> None:
    assert policy(f"{directive} cdn.example 'nonce-a'").count("cdn.example") == 1


@pytest.mark.parametrize("directive", FETCHES)
def test_a_platform_in_any_directive_makes_ours_necessary(directive: str) -> None:
    settings = Settings.from_mapping(CONFIGURATION)
    closed = "default-src 'self'; "

    assert POLICY not in dict(policy_headers(settings, [(POLICY, closed + f"x-{directive} www.facebook.com")]))
    if directive != "default-src":
        assert POLICY in dict(policy_headers(settings, [(POLICY, closed + f"{directive} www.facebook.com")]))


LOCAL = [
    "'none'", "'self'", "'unsafe-inline'", "'unsafe-eval'", "'wasm-unsafe-eval'", "'report-sample'", "data:", "blob:", "filesystem:",
    "mediastream:", "cdn.example", "https://*.cdn.example:8443/a/",
]  # fmt: skip


@pytest.mark.parametrize("source", LOCAL)
def test_where_the_sites_own_policy_keeps_every_platform_out_ours_is_not_sent(source: str) -> None:
    given = [(POLICY, f"img-src {source}; default-src {source.upper()}")]

    assert POLICY not in dict(policy_headers(Settings.from_mapping(CONFIGURATION), given))


REACHING = [
    "*", "https:", "http:", "ws:", "*.com", "www.facebook.com", "'nonce-a'", "'sha256-a'", "'strict-dynamic'", "'unsafe-hashes'", "'unknown'",
    "ü.example", "cdn.example/ü", "custom:",
]  # fmt: skip


@pytest.mark.parametrize("source", REACHING)
def test_where_something_is_let_through_or_not_understood_ours_is_sent(source: str) -> None:
    given = [(POLICY, f"default-src 'self'; img-src cdn.example {source}")]

    assert POLICY in dict(policy_headers(Settings.from_mapping(CONFIGURATION), given))


@pytest.mark.parametrize("directive", OTHER_DIRECTIVES)
def test_a_host_that_the_sites_own_policy_names_for_something_else_is_not(directive: str) -> None:
    assert "cdn.example" not in policy(f"{directive} cdn.example")


@pytest.mark.parametrize("directive", ["frame-src", "child-src", "default-src"])
@pytest.mark.parametrize("scheme", ["data:", "blob:"])
def test_a_frame_that_a_page_makes_itself_is_let_through_where_the_site_does(directive: str, scheme: str) -> None:
    one, more = (policy(f"{directive} {scheme}; img-src {sources}") for sources in ("*", "* a.example"))

    assert (
        f"frame-src 'self' {scheme} www.leinau.example; object-src 'self' {scheme} www.leinau.example; report-uri"
        in one
    )
    assert f", frame-src * {scheme}; object-src * {scheme}; report-uri" in more


def test_where_the_site_lets_both_kinds_of_own_frames_through_there_is_nothing_more_to_say() -> None:
    assert "frame-src" not in policy("frame-src data: blob:")


@pytest.mark.parametrize(
    ("nearer", "farther"), [("frame-src", "child-src"), ("frame-src", "default-src"), ("child-src", "default-src")]
)
def test_of_the_directives_for_frames_the_nearest_decides(nearer: str, farther: str) -> None:
    assert "frame-src 'self' www" in policy(f"{farther} data:; {nearer} 'self'; img-src *")
    assert "frame-src 'self' data: www" in policy(f"{farther} 'self'; {nearer} data:; img-src *")


def test_a_page_without_headers_of_its_own_gets_these() -> None:
    assert policy_headers(Settings.from_mapping(CONFIGURATION), []) == [
        (
            "Content-Security-Policy",
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob: www.leinau.example; "
            "frame-src 'self' www.leinau.example; object-src 'self' www.leinau.example; report-uri /shariff/csp-report; report-to shariff",
        ),
        ("Reporting-Endpoints", 'shariff="/shariff/csp-report"'),
        ("X-DNS-Prefetch-Control", "off"),
        ("Referrer-Policy", "same-origin"),
        (
            "Permissions-Policy",
            "attribution-reporting=(), browsing-topics=(), private-state-token-issuance=(), private-state-token-redemption=(), "
            "shared-storage=()",
        ),
    ]


@pytest.mark.parametrize("name", ["X-DNS-Prefetch-Control", "Referrer-Policy", "Permissions-Policy"])
def test_a_header_that_the_site_sends_itself_is_not_added(name: str) -> None:
    assert name not in dict(policy_headers(Settings.from_mapping(CONFIGURATION), [(name.lower(), "x")]))


OBSTACLES = [
    ("frame-src x.example", "add 'self' to frame-src"),
    ("child-src x.example", "add 'self' to child-src"),
    ("default-src x.example; style-src 'self'; script-src 'self'", "add 'self' to default-src"),
    ("form-action x.example", "add 'self' to form-action"),
    ("style-src-elem x.example", "add 'self' to style-src-elem"),
    ("style-src x.example", "add 'self' to style-src"),
    ("default-src x.example; frame-src 'self'; script-src 'self'", "add 'self' to default-src"),
    ("script-src-elem x.example", "add 'self' to script-src-elem"),
    ("script-src x.example", "add 'self' to script-src"),
    ("default-src x.example; frame-src 'self'; style-src 'self'", "add 'self' to default-src"),
    ("sandbox allow-same-origin allow-scripts", "add allow-forms to sandbox"),
    ("sandbox allow-forms allow-scripts", "add allow-same-origin to sandbox"),
    ("sandbox allow-forms allow-same-origin", "add allow-scripts to sandbox"),
]


@pytest.mark.parametrize(("theirs", "cure"), OBSTACLES)
def test_a_policy_of_the_site_that_keeps_gates_shut_is_reported_with_the_cure(theirs: str, cure: str) -> None:
    (problem,) = gate_problems(Settings.from_mapping(CONFIGURATION), [(POLICY, theirs)])

    assert problem.endswith(f"{cure}.")


@pytest.mark.parametrize(
    "source", ["'self'", "*", "https:", "http:", "'nonce-abc'", "'sha256-abc'", "www.leinau.example"]
)
def test_a_policy_that_lets_the_site_itself_through_keeps_no_gate_shut(source: str) -> None:
    assert (
        gate_problems(Settings.from_mapping(CONFIGURATION), [(POLICY, f"default-src {source}; form-action {source}")])
        == []
    )


FEATURES = [
    "accelerometer", "attribution-reporting", "autoplay", "browsing-topics", "camera", "ch-ua", "ch-ua-high-entropy-values",
    "ch-ua-mobile", "ch-ua-platform", "clipboard-read", "clipboard-write", "compute-pressure", "deferred-fetch",
    "deferred-fetch-minimal", "digital-credentials-get", "display-capture", "encrypted-media", "fullscreen", "gamepad", "geolocation",
    "gyroscope", "hid", "identity-credentials-get", "idle-detection", "keyboard-map", "local-fonts", "local-network-access",
    "magnetometer", "microphone", "midi", "otp-credentials", "payment", "picture-in-picture", "private-state-token-issuance",
    "private-state-token-redemption", "publickey-credentials-create", "publickey-credentials-get", "screen-wake-lock", "serial",
    "shared-storage", "storage-access", "sync-xhr", "unload", "usb", "window-management", "xr-spatial-tracking",
]  # fmt: skip


@pytest.mark.parametrize("feature", FEATURES)
def test_a_gate_frame_may_use_no_function_of_the_device(feature: str) -> None:
    assert f"{feature}=()" in frame_headers(FACEBOOK)["Permissions-Policy"].split(", ")


@pytest.mark.parametrize("feature", FEATURES)
def test_a_gate_frame_with_login_may_use_what_the_login_is_read_with_and_nothing_else(feature: str) -> None:
    used = frame_headers(FACEBOOK, login=True)["Permissions-Policy"].split(", ")

    assert (f"{feature}=()" in used) == (feature != "storage-access")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; frame-src https://www.facebook.com; base-uri 'none'; form-action 'none'; "
            "frame-ancestors 'self'; sandbox allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms",
        ),
        ("Referrer-Policy", "no-referrer"),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-DNS-Prefetch-Control", "off"),
        ("X-Robots-Tag", "noindex"),
    ],
)
def test_a_gate_frame_has_headers_of_its_own(name: str, value: str) -> None:
    assert frame_headers(FACEBOOK, tokens=sandbox())[name] == value


def test_a_gate_frame_without_content_shows_no_frame() -> None:
    assert "frame-src" not in frame_headers()["Content-Security-Policy"]


def test_the_sandbox_of_a_frame_with_login_lets_content_request_it() -> None:
    assert sandbox(login=True) == (
        "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-forms "
        "allow-storage-access-by-user-activation"
    )
