"""Addresses: one canonical form, and what may never be used."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shariff_py.errors import AddressRefused
from shariff_py.urls import canonical, host_allowed, host_is, is_loopback_origin, parse


@pytest.mark.parametrize(
    ("given_address", "expected"),
    [
        pytest.param(
            "https://WWW.Example.ORG/News", "https://www.example.org/News", id="host in lower case, path as it is"
        ),
        pytest.param("https://www.example.org./", "https://www.example.org/", id="trailing dot"),
        pytest.param("https://www.example.org:443/a", "https://www.example.org/a", id="default port"),
        pytest.param("https://www.example.org/a/../b/./c", "https://www.example.org/b/c", id="dot segments"),
        pytest.param("https://münchen.example/ä", "https://xn--mnchen-3ya.example/%C3%A4", id="names in punycode"),
        pytest.param(
            "https://www.example.org/a?token=s3cret&q=term#top", "https://www.example.org/a", id="query and fragment"
        ),
        pytest.param(
            "https://www.example.org/a?z=1&id=7&utm_source=x", "https://www.example.org/a?id=7", id="allowed by name"
        ),
        pytest.param(
            "https://www.example.org/a;jsessionid=S3CRET/b;x", "https://www.example.org/a/b", id="sessions in the path"
        ),
        pytest.param(
            "https://www.example.org/a?utm=" + "x" * 5000,
            "https://www.example.org/a",
            id="a long query that is dropped",
        ),
        pytest.param("https://www.exa\tmple.org/\na", "https://www.example.org/a", id="tabs and newlines"),
        pytest.param("https:\\\\www.example.org\\a", "https://www.example.org/a", id="backslashes"),
    ],
)
def test_an_address_has_one_canonical_form(given_address: str, expected: str) -> None:
    assert canonical(given_address, query_allow=("id",)) == expected


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("javascript:alert(1)", "not an absolute http"),
        ("ftp://www.example.org/", "not an absolute http"),
        ("/news", "not an absolute http"),
        ("", "not an absolute http"),
        ("https://user:pw@www.example.org/", "user name or password"),
        ("https://www.example.org/" + "a" * 3000, "longer than"),
    ],
)
def test_what_is_no_public_address_is_refused_with_the_reason(address: str, reason: str) -> None:
    with pytest.raises(AddressRefused, match=reason):
        canonical(address)


def test_the_message_tells_nothing_that_could_be_of_a_visitor() -> None:
    with pytest.raises(AddressRefused) as refused:
        canonical("https://canary-name:canary-word@www.example.org/a?q=canary-query#canary-top")

    assert "www.example.org/a" in str(refused.value)
    assert "canary" not in str(refused.value)


def test_the_message_about_a_huge_address_stays_one_line() -> None:
    with pytest.raises(AddressRefused) as refused:
        canonical("https://www.example.org/" + "a" * 1_000_000)

    assert len(str(refused.value)) < 300


@pytest.mark.parametrize("path", ["a/..;x/b", "a/%2e%2e;jsessionid=1/b", ".;/b", "a;1/..;2/b;3"])
def test_a_segment_that_leads_upwards_once_its_parameters_are_cut_is_resolved(path: str) -> None:
    assert canonical(f"https://www.example.org/{path}") == "https://www.example.org/b"


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("%e%32e", "/%25e2e"),
        ("%%32e%%32e/b", "/%252e%252e/b"),
        ("%", "/%25"),
        ("%%41", "/%25A"),
        ("%4%31", "/%2541"),
        ("%2541", "/%2541"),
    ],
)
def test_decoding_an_escape_makes_no_other(path: str, form: str) -> None:
    assert canonical(f"https://www.example.org/{path}") == f"https://www.example.org{form}"


@given(st.text(max_size=60) | st.text("a./;%2eE", max_size=20))
def test_the_canonical_form_is_stable_and_carries_no_query(path: str) -> None:
    try:
        once = canonical(f"https://www.example.org/{path}")
    except AddressRefused:
        return

    assert canonical(once) == once
    assert "?" not in once
    assert "#" not in once


@pytest.mark.parametrize(
    ("host", "domain", "belongs"),
    [
        ("www.facebook.com", "facebook.com", True),
        ("facebook.com", "facebook.com", True),
        ("WWW.FACEBOOK.COM.", "facebook.com", True),
        ("evilfacebook.com", "facebook.com", False),
        ("facebook.com.evil.example", "facebook.com", False),
        ("facebook.org", "facebook.com", False),
    ],
)
def test_a_host_belongs_to_a_domain_on_label_borders_only(host: str, domain: str, belongs: bool) -> None:
    assert host_is(host, domain) is belongs


def test_a_star_names_what_lies_below_and_not_the_name_itself() -> None:
    assert host_allowed("a.example.org", ["*.example.org"])
    assert not host_allowed("example.org", ["*.example.org"])
    assert not host_allowed("badexample.org", ["*.example.org"])


@pytest.mark.parametrize(
    "origin", ["http://127.0.0.1:8001", "http://localhost:1", "http://[::1]:2", "http://fb.localhost:3"]
)
def test_a_stand_in_lives_on_this_machine(origin: str) -> None:
    assert is_loopback_origin(origin)


@pytest.mark.parametrize(
    "origin", ["https://www.facebook.com", "http://127.0.0.1.evil.example", "http://10.0.0.1", "x"]
)
def test_nothing_else_is_a_stand_in(origin: str) -> None:
    assert not is_loopback_origin(origin)


def test_of_a_repeated_parameter_the_first_counts() -> None:
    parts = parse("https://www.example.org/?a=1&a=2")

    assert parts is not None
    assert parts.parameters == {"a": "1"}
