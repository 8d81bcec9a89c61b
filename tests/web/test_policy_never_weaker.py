"""Our policy is as strict as the long one that names every host for every kind of fetch, and lets through what that one did."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.csp_evaluator import CHAINS, lets_through

from shariff_py import Settings
from shariff_py.response_policy.csp import POLICY, names_no_platform
from shariff_py.response_policy.pages import policy_headers

KINDS = [*CHAINS, "prefetch"]
PLATFORM_URLS = [
    "https://www.facebook.com/plugins/post.php", "https://connect.facebook.net/de_DE/sdk.js", "http://fb.watch/x",
    "wss://gateway.facebook.com/", "https://www.youtube.com/embed/1", "https://www.facebook.com:8443/x",
]  # fmt: skip
OWN_URLS = [
    "https://www.leinau.example/own.js", "https://cdn.example/a/b.js", "https://cdn.example/c.js", "https://bilder.example:8443/x.png",
    "https://a.tiles.example/1.png", "https://b.a.tiles.example/1.png", "wss://live.example/",
]  # fmt: skip
SOURCES = [
    "'self'", "'none'", "*", "https:", "http:", "wss:", "data:", "blob:", "'unsafe-inline'", "'nonce-r4nd0m'", "'strict-dynamic'",
    "'sha256-abc='", "cdn.example", "https://cdn.example", "https://CDN.example/a/", "cdn.example:*", "*.tiles.example", "a.tiles.example",
    "https://bilder.example:8443", "live.example", "*.example", "*.com", "www.facebook.com", "*.FACEBOOK.com:443", "https://*", "'unknown'",
]  # fmt: skip
DIRECTIVES = [*dict.fromkeys(name for names in CHAINS.values() for name in names.split()), "form-action", "sandbox"]
POLICIES = st.lists(
    st.tuples(st.sampled_from(["default-src", *DIRECTIVES]), st.lists(st.sampled_from(SOURCES), max_size=4)),
    max_size=4,
    unique_by=lambda part: part[0],
).map(lambda parts: "; ".join(" ".join([name, *sources]) for name, sources in parts))


def settings(**over: Any) -> Settings:
    return Settings.from_mapping(
        {"site": {"origin": "https://www.leinau.example"}, "frame": {"secrets": ["only for these tests"]}, **over}
    )


SETTINGS = settings()
MANY = "manifest-src " + " ".join(f"host-{number}.of-a-partner-with-a-long-name.example" for number in range(90))
"""A policy of the site whose hosts do not fit into ours."""


def long_policy(theirs: list[str]) -> list[str]:
    """What was sent before: every host that is no platform's, three times, beside the site's own."""
    parts = [part.split() for value in theirs for part in value.split(";")]
    named = [s for words in parts if words and words[0] in DIRECTIVES[:-2] for s in words[1:]]
    hosts = " ".join(source for source in ["www.leinau.example", *named] if names_no_platform(source))
    local = "'self' 'unsafe-inline' 'unsafe-eval' data: blob:"
    return [*theirs, f"default-src {local} {hosts}; frame-src 'self' {hosts}; object-src 'self' {hosts}"]


def sent(theirs: list[str]) -> list[str]:
    headers = [(POLICY, value) for value in theirs]
    return [*theirs, *(value for name, value in policy_headers(SETTINGS, headers) if name == POLICY)]


@pytest.mark.slow
@given(st.lists(POLICIES, max_size=2))
@example(["default-src 'self'; img-src *"])
@example(["default-src 'self'; script-src 'nonce-r4nd0m'"])
@example(["script-src 'self'; child-src *"])
@example(["frame-src 'self'", "default-src https:; script-src cdn.example"])
def test_whatever_the_sites_own_policy_no_platform_is_reached_that_was_not_before(theirs: list[str]) -> None:
    before, now = long_policy(theirs), sent(theirs)

    for kind in KINDS:
        for url in PLATFORM_URLS:
            assert lets_through(before, kind, url) or not lets_through(now, kind, url), (kind, url, now)


@pytest.mark.slow
@given(st.lists(POLICIES, max_size=2))
def test_whatever_the_sites_own_policy_what_came_from_its_hosts_still_does(theirs: list[str]) -> None:
    before, now = long_policy(theirs), sent(theirs)

    for kind in KINDS:
        for url in OWN_URLS:
            assert lets_through(now, kind, url) or not lets_through(before, kind, url), (kind, url, now)


@pytest.mark.slow
@given(st.lists(POLICIES, max_size=2))
def test_a_policy_that_is_too_long_is_as_strict_for_platforms_and_leaves_what_the_site_keeps_to_it(
    theirs: list[str],
) -> None:
    """An older browser's script is left out of the second: no browser with our widget reads ``script-src`` alone."""
    theirs = [*theirs, MANY]
    before, now = long_policy(theirs), sent(theirs)

    for kind in CHAINS:
        for url in PLATFORM_URLS:
            assert lets_through(before, kind, url) or not lets_through(now, kind, url), (kind, url, now)
        if kind == "script of an older browser":
            continue
        closed = [value for value in theirs if not any(lets_through([value], kind, url) for url in PLATFORM_URLS)]
        plain = not any(
            "'unknown'" in v or "'nonce" in v or "'s" in v.replace("'self'", "") or "*" in v for v in theirs
        )
        for url in OWN_URLS:
            assert not (closed and plain and lets_through(theirs, kind, url)) or lets_through(now, kind, url), (
                kind,
                url,
            )


@pytest.mark.parametrize("weaker", ["default-src *", "default-src 'self'; frame-src *", "img-src 'self'"])
def test_a_policy_through_which_a_platform_is_reached_is_noticed(weaker: str) -> None:
    assert any(lets_through([weaker], kind, url) for kind in KINDS for url in PLATFORM_URLS)


@pytest.mark.parametrize("theirs", ["", "img-src *", "default-src 'self'; script-src 'nonce-a'"])
def test_ours_by_itself_lets_no_platform_through(theirs: str) -> None:
    assert not any(lets_through(sent([theirs])[1:], kind, url) for kind in KINDS for url in PLATFORM_URLS)
