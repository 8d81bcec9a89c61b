"""Which frames a policy allows: rows of CSP 3, sections 6.1 and 6.7.2, with what a browser does written beside each."""

from __future__ import annotations

import pytest

from shariff_py.response_policy.csp import POLICY, REPORT_ONLY
from shariff_py.response_policy.frame_sources import FramePolicy
from shariff_py.urls import parse

PAGE = "https://www.town.example/page"
YES, NO = True, False

ROWS = [
    # policy, frame, allowed
    ("", "https://maps.example/a", YES),
    ("img-src 'none'", "https://maps.example/a", YES),
    ("frame-src", "https://maps.example/a", NO),
    ("frame-src 'none'", "https://maps.example/a", NO),
    ("frame-src 'none' maps.example", "https://maps.example/a", YES),
    ("frame-src *", "https://maps.example/a", YES),
    ("frame-src *", "http://maps.example:8080/a", YES),
    ("frame-src https:", "https://maps.example/a", YES),
    ("frame-src https:", "http://maps.example/a", NO),
    ("frame-src http:", "https://maps.example/a", YES),
    ("frame-src data: blob:", "https://maps.example/a", NO),
    ("FRAME-SRC HTTPS://MAPS.EXAMPLE", "https://maps.example/a", YES),
    ("frame-src maps.example", "https://maps.example/a", YES),
    ("frame-src maps.example", "http://maps.example/a", NO),
    ("frame-src http://maps.example", "https://maps.example/a", YES),
    ("frame-src https://maps.example", "http://maps.example/a", NO),
    ("frame-src wss://maps.example", "https://maps.example/a", NO),
    ("frame-src maps.example", "https://www.maps.example/a", NO),
    ("frame-src *.maps.example", "https://www.maps.example/a", YES),
    ("frame-src *.maps.example", "https://a.b.maps.example/a", YES),
    ("frame-src *.maps.example", "https://maps.example/a", NO),
    ("frame-src *.maps.example", "https://evilmaps.example/a", NO),
    ("frame-src https://*.maps.example:*/", "https://www.maps.example:8443/a", YES),
    ("frame-src maps.example", "https://maps.example:8443/a", NO),
    ("frame-src maps.example:443", "https://maps.example/a", YES),
    ("frame-src maps.example:80", "https://maps.example/a", YES),
    ("frame-src maps.example:8443", "https://maps.example/a", NO),
    ("frame-src maps.example:8443", "https://maps.example:8443/a", YES),
    ("frame-src maps.example:*", "https://maps.example:8443/a", YES),
    ("frame-src maps.example/embed/", "https://maps.example/embed/7?x=1", YES),
    ("frame-src maps.example/embed/", "https://maps.example/embed/", YES),
    ("frame-src maps.example/embed/", "https://maps.example/embed", NO),
    ("frame-src maps.example/embed", "https://maps.example/embed/7", NO),
    ("frame-src maps.example/embed", "https://maps.example/embed?x=1", YES),
    ("frame-src maps.example/Embed", "https://maps.example/embed", NO),
    ("frame-src maps.example/a%20b", "https://maps.example/a%20b", YES),
    ("frame-src maps.example/", "https://maps.example/any", YES),
    ("frame-src 'self'", "https://www.town.example/a", YES),
    ("frame-src 'self'", "https://town.example/a", NO),
    ("frame-src 'self'", "https://www.town.example:8443/a", NO),
    ("frame-src 'self'", "http://www.town.example/a", NO),
    ("frame-src 'nonce-abc' 'strict-dynamic' 'sha256-abc='", "https://maps.example/a", NO),
    ("frame-src not/a/source", "https://maps.example/a", NO),
    ("child-src maps.example", "https://maps.example/a", YES),
    ("child-src other.example; default-src maps.example", "https://maps.example/a", NO),
    ("frame-src maps.example; child-src 'none'; default-src 'none'", "https://maps.example/a", YES),
    ("default-src maps.example", "https://maps.example/a", YES),
    ("frame-src other.example; frame-src maps.example", "https://maps.example/a", NO),
    ("frame-src maps.example, frame-src other.example", "https://maps.example/a", NO),
    ("frame-src maps.example, img-src 'self'", "https://maps.example/a", YES),
    ("frame-src maps.example; upgrade-insecure-requests", "http://maps.example/a", YES),
    ("object-src 'none'", "https://maps.example/a", YES),
]  # fmt: skip


@pytest.mark.parametrize(("policy", "frame", "allowed"), ROWS)
def test_a_frame_is_allowed_as_browsers_allow_it(policy: str, frame: str, allowed: bool) -> None:
    url = parse(frame)
    assert url is not None

    assert FramePolicy.of([(POLICY, policy)], PAGE).allows("iframe", url) is allowed


@pytest.mark.parametrize(
    ("policy", "allowed"),
    [
        ("object-src maps.example", YES),
        ("object-src maps.example; frame-src 'none'", NO),
        ("object-src 'none'; frame-src maps.example", NO),
        ("default-src 'self'; frame-src maps.example", NO),
        ("default-src 'self'; object-src maps.example", NO),
        ("default-src 'self'; object-src maps.example; frame-src maps.example", YES),
        ("frame-src 'none'", NO),
    ],
)
def test_an_object_needs_what_a_frame_needs_and_its_own_directive(policy: str, allowed: bool) -> None:
    url = parse("https://maps.example/a")
    assert url is not None

    assert [FramePolicy.of([(POLICY, policy)], PAGE).allows(tag, url) for tag in ("object", "embed")] == [allowed] * 2


def test_every_policy_counts_that_is_enforced_and_none_that_only_reports() -> None:
    url = parse("https://maps.example/a")
    assert url is not None
    named = (POLICY, "frame-src maps.example")

    assert FramePolicy.of([named, (REPORT_ONLY, "frame-src 'none'")], PAGE).allows("iframe", url)
    assert not FramePolicy.of([named, (POLICY.lower(), "default-src 'self'")], PAGE).allows("iframe", url)


def test_a_source_without_a_scheme_has_that_of_the_page_as_it_is_reached() -> None:
    url = parse("http://maps.example/a")
    assert url is not None
    headers = [(POLICY, "frame-src maps.example")]

    assert FramePolicy.of(headers, "", "http://localhost:5000/").allows("iframe", url)
    assert not FramePolicy.of(headers, "/only-a-path", "https://www.town.example").allows("iframe", url)
    assert not FramePolicy.of(headers, "").allows("iframe", url)
