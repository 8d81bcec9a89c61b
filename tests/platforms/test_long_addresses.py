"""Addresses grow when they are put into others: what is accepted has a public address and a frame that are accepted, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from support.rows import gated

from shariff_py.errors import EmbedRefused
from shariff_py.gate.snippet import read_snippet
from shariff_py.platforms.recognition import Embed, recognise
from shariff_py.platforms.registry import REGISTRY

FACEBOOK = "https://www.facebook.com"
LETTERS = {"ü": (40, 190, 330), "%2F": (80, 480, 660), "a": (250, 1890, 2005), "1": (250, 1890, 2005)}
"""What makes an address long, and how often: few times, so often that a frame may be too long, and so often that the address nearly is."""


def lengthened(address: str) -> Iterator[str]:
    """The address with each of its words made long."""
    for word in re.finditer(r"(?<=[/.?&=-])[\w-]+", address):
        before, after = address[: word.end()], address[word.end() :]
        yield from (f"{before}{letter * times}{after}" for letter, often in LETTERS.items() for times in often)


def accepted(address: str) -> Embed | None:
    try:
        return recognise(address)
    except EmbedRefused:
        return None


@pytest.mark.parametrize("name", [name for name, platform in REGISTRY.items() if platform.embeds])
def test_what_is_accepted_has_addresses_that_are_accepted_however_long_its_own_is(name: str) -> None:
    samples = [address for kind in REGISTRY[name].embeds for address in kind.samples]
    found = [embed for sample in samples for address in lengthened(sample) if (embed := accepted(address))]
    again = [(recognise(embed.address), recognise(embed.frame_address)) for embed in found]

    assert [(a.address, b.frame_address) for a, b in again] == [(e.address, e.frame_address) for e in found]
    assert all(len(embed.address) <= 2048 and len(embed.frame_on("x" * 253)) <= 2048 for embed in found)
    assert all(embed.address.isascii() and embed.frame_address.isascii() for embed in found)


def test_an_address_whose_frame_would_be_too_long_is_refused_with_the_reason_and_the_cure() -> None:
    address = f"{FACEBOOK}/leinau/posts/"

    assert recognise(address + "ü" * 100).kind == "post"
    with pytest.raises(EmbedRefused) as refused:
        recognise(address + "ü" * 250)

    assert str(refused.value).endswith(
        ": is longer than 2048 characters in the address of its frame. Copy a shorter address of the same content, or use an ordinary link."
    )
    assert refused.value.code == "too_long"
    assert refused.value.address == address + "%C3%BC" * 250


@pytest.mark.parametrize(
    "pasted",
    [
        f'<iframe src="{FACEBOOK}/plugins/post.php?href={quote(f"{FACEBOOK}/leinau/posts/", safe="")}{{}}"></iframe>',
        f'<iframe data-src="{FACEBOOK}/plugins/post.php?href={quote(f"{FACEBOOK}/leinau/posts/", safe="")}{{}}"></iframe>',
        f'<div class="fb-post" data-href="{FACEBOOK}/leinau/posts/{{}}"></div>',
        f'<amp-facebook data-href="{FACEBOOK}/leinau/posts/{{}}"></amp-facebook>',
        f'<fb:post href="{FACEBOOK}/leinau/posts/{{}}"></fb:post>',
    ],
)
@pytest.mark.parametrize(
    ("often", "link"),
    [(200, f"{FACEBOOK}/leinau/posts/{'%C3%BC' * 200}"), (400, f"{FACEBOOK}/"), (5000, f"{FACEBOOK}/")],
)
def test_pasted_code_with_such_an_address_is_text_and_a_link(pasted: str, often: int, link: str) -> None:
    code = pasted.format("ü" * often)
    after = gated(code)

    assert re.findall(r'(?:src|href|data-href|value)="([^"]+)', after.html) == [link]
    assert [(finding.outcome, finding.kind, finding.address) for finding in after.findings] == [
        ("linked", "post", link)
    ]
    assert after.findings[0].note == "Facebook: durch einen Link ersetzt. Ein Platzhalter dafür wäre zu lang."
    with pytest.raises(EmbedRefused, match="longer than"):
        read_snippet(code)


@pytest.mark.parametrize("letters", [2013, 3000])
def test_a_server_that_anybody_may_run_is_linked_to_where_a_post_on_it_cannot_be(letters: int) -> None:
    after = gated(f'<iframe src="https://social.example.org/@{"a" * letters}/1234/embed"></iframe>')

    assert re.findall(r'(?:src|href|value)="([^"]+)', after.html) == ["https://social.example.org/"]
    assert after.findings[0].note == "Mastodon: durch einen Link ersetzt. Ein Platzhalter dafür wäre zu lang."
