"""Hosts in addresses: the canonical form leads to the host that a browser sees, or the address is refused."""

from __future__ import annotations

import pytest
from ada_url import URL
from hypothesis import example, given
from hypothesis import strategies as st

from shariff_py.errors import AddressRefused
from shariff_py.urls import LONGEST, canonical, parse

NO_HOST = [
    "http://./host/", "http://../", "http://.../x", "http://.//b", "http://./a@b", "http://a../x", "http://.a/x", "http://a..b/x",
    "http://%2e/", "http://%2E%2e/host", "http://\u3002/x", "http://\uff0e\uff0e/x", "http://a.%e3%80%82/", "http://1.2.3.4../", "http://[::1]./",
    "http://a%00b/", "http://\u200d/", "http:// /", "http://?host", "http://#host", "http:////", "http://@", "http://:80/", "http://a:b/",
    "http://a:99999/", f"http://{'a' * 64}.example/", f"http://{'a.' * 127}example/", "http://xn--a\u200b..b/", "http://[::1", "http://a]/",
]  # fmt: skip


@pytest.mark.parametrize("address", NO_HOST)
def test_an_address_without_a_host_that_could_be_is_refused(address: str) -> None:
    with pytest.raises(AddressRefused):
        canonical(address)


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("http://www.example.org./a", "http://www.example.org/a"), ("http://0x7f.1/", "http://127.0.0.1/"), ("http://1.2.3.4./", "http://1.2.3.4/"),
        ("http:///host/", "http://host/"), ("http:host/", "http://host/"), ("http://[::ffff:1.2.3.4]/", "http://[::ffff:102:304]/"),
        (f"http://{'a' * 63}.example/", f"http://{'a' * 63}.example/"), ("http://a_b.example/", "http://a_b.example/"),
        ("http://a.example/?./host/", "http://a.example/"), ("http://a.example?x", "http://a.example/"), ("http://a.example//b", "http://a.example//b"),
    ],
)  # fmt: skip
def test_an_address_with_one_has_its_form(address: str, form: str) -> None:
    assert canonical(address) == form


def broken(address: str) -> list[str]:
    """The laws that a text breaks whose canonical form is its own, and leads where browsers go (the URL standard, by another reader)."""
    try:
        form = canonical(address, query_allow=("q", "?q", ""))
    except AddressRefused:
        return []
    seen, again = URL(address.encode("utf-16", "surrogatepass").decode("utf-16", "replace")), URL(form)
    parts = parse(form)
    laws = {
        "has the form of its form": canonical(form, query_allow=("q", "?q", "")) == form == again.href,
        "is bounded": len(form) <= LONGEST,
        "leads to the same place": (again.protocol, again.hostname, again.port)
        == (seen.protocol, seen.hostname.removesuffix("."), seen.port),
        "is read alike": parts is not None
        and (f"{parts.scheme}:", parts.host, parts.port, parts.userinfo)
        == (again.protocol, again.hostname, again.port, False),
        "has no fragment": again.hash == "",
    }
    return [law for law, holds in laws.items() if not holds]


@given(st.text() | st.text("htps:/\\.?#@[]%0123456789abcdexn-;=&_ \t\n\x00\u3002\uff0e\u200d\u00ad", max_size=60))
@example("http://./host/")
@example("http://a/?q=1&?q=2&=3")
@example("http://a/;%2e%2e;/b")
def test_the_form_of_any_text_is_stable_and_leads_where_the_text_does(address: str) -> None:
    assert broken(address) == []


@given(st.text("./a-%2e\u3002:@?#", max_size=24), st.text("a./;%2eE?&q=", max_size=24))
def test_the_same_for_texts_that_are_nearly_addresses(host: str, path: str) -> None:
    assert broken(f"http://{host}/{path}") == []
