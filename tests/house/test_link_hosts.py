"""Hosts of services that are only linked to: they name the service, in the audit and in the register of channels, and change no page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlsplit

import pytest
from publicsuffixlist import PublicSuffixList
from support.channel_register import channel, portal, register

from shariff_py import Settings, gate_html
from shariff_py.audit.verdict.companies import company_of
from shariff_py.audit.verdict.policy import Company
from shariff_py.channels import check
from shariff_py.channels.verdict import Verdict
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, linked_platform, platform_of
from shariff_py.urls import host_is

HOSTS = {
    "bluesky": ["bsky.app"],
    "buffer": ["buffer.com"],
    "diaspora": ["diasporafoundation.org"],
    "flipboard": ["flipboard.com"],
    "hackernews": ["news.ycombinator.com"],
    "hatena": ["hatena.ne.jp"],
    "line": ["line.me"],
    "linkedin": ["linkedin.com", "licdn.com", "lnkd.in"],
    "mastodon": ["joinmastodon.org"],
    "odnoklassniki": ["ok.ru"],
    "pinterest": ["pinterest.com", "pinterest.de", "pinimg.com", "pin.it"],
    "qzone": ["qzone.qq.com"],
    "reddit": ["reddit.com", "redd.it", "redditstatic.com", "redditmedia.com"],
    "telegram": ["t.me", "telegram.me"],
    "threads": ["threads.com", "threads.net"],
    "threema": ["threema.id"],
    "tumblr": ["tumblr.com"],
    "vk": ["vk.com", "vk.ru"],
    "weibo": ["weibo.com"],
    "whatsapp": ["whatsapp.com", "wa.me"],
    "x": ["x.com", "twitter.com", "twimg.com", "t.co", "ads-twitter.com"],
}
"""Each service that is linked to, and hosts that are its alone."""

ROWS = [(name, host) for name, hosts in HOSTS.items() for host in hosts]

LINKED = [(name, host) for name, record in REGISTRY.items() for host in record.link_hosts]
"""Of those without content."""

MONDAY = date(2026, 11, 23)


def in_two_records(records: Iterable[Platform]) -> list[str]:
    """Hosts that two records name, one of them perhaps only what is above or below."""
    named = [(record.name, host) for record in records for host in (*record.hosts, *record.link_hosts)]
    return [f"{host} ({name}, {other})" for name, host in named for other, above in named
            if (name, host) != (other, above) and host_is(host, above)]  # fmt: skip


@pytest.mark.parametrize(("name", "host"), ROWS)
def test_a_host_of_a_service_names_it_with_everything_below_and_nothing_beside(name: str, host: str) -> None:
    assert linked_platform(host) is REGISTRY[name]
    assert linked_platform(f"Deep.below.{host.upper()}.") is REGISTRY[name]
    assert linked_platform(f"not{host}") is not REGISTRY[name]


def test_the_hosts_of_every_service_that_is_only_linked_to_are_written_here() -> None:
    assert set(LINKED) <= set(ROWS)


def test_no_host_is_in_two_records_and_none_is_one_that_anybody_can_have_a_name_below() -> None:
    shares = PublicSuffixList()

    assert in_two_records(REGISTRY.values()) == []
    assert [host for _, host in ROWS if shares.publicsuffix(host) == host] == []


def test_a_host_in_two_records_is_noticed() -> None:
    telegram = replace(REGISTRY["telegram"], link_hosts=("share.bsky.app",))

    assert in_two_records([REGISTRY["bluesky"], telegram]) == ["share.bsky.app (telegram, bluesky)"]


def test_every_service_that_somebody_receives_something_by_has_the_host_that_its_link_leads_to() -> None:
    leads = {name: urlsplit(record.share.template).hostname or "" for name, record in REGISTRY.items()
             if record.share and record.share.receiver}  # fmt: skip

    assert {name for name, host in leads.items() if linked_platform(host) is not REGISTRY[name]} == set()


@pytest.mark.parametrize("host", [host for _, host in LINKED])
def test_a_page_stays_as_it_is_whatever_it_loads_from_there(host: str) -> None:
    page = (
        f'<script src="https://platform.{host}/widgets.js"></script><img src="https://{host}/a.png" alt="">'
        f'<iframe src="https://www.{host}/embed/1"></iframe><a href="https://{host}/stadt">Stadt</a>'
    )
    settings = Settings.from_mapping({"gate": {"unknown": "leave"}})

    gated = gate_html(page, settings)

    assert platform_of(f"www.{host}") is None
    assert (gated.html, list(gated.findings)) == (page, [])


@pytest.mark.parametrize(
    ("host", "company", "seat"),
    [
        ("www.threads.com", "Meta Platforms Ireland Limited", "IE"),
        ("media.licdn.com", "LinkedIn Ireland Unlimited Company", "IE"),
        ("www.facebook.com", "Meta Platforms Ireland Limited", "IE"),
        ("web.whatsapp.com", "WhatsApp Ireland Limited", ""),
        ("share.joinmastodon.org", "Mastodon gGmbH", ""),
        ("sns.qzone.qq.com", "Tencent Holdings Limited", ""),
    ],
)
def test_the_audit_names_who_is_behind_a_host_and_where_that_company_sits_if_it_is_known(
    host: str, company: str, seat: str
) -> None:
    found = company_of(host)

    assert found is not None
    assert (found.name, found.country) == (company, seat)


def test_a_site_can_name_somebody_else_for_a_host_of_a_service_without_content() -> None:
    own = Company("Stadtwerke", ("web.whatsapp.com",))

    found = company_of("web.whatsapp.com", [own])
    assert found is not None
    assert found.name == "Stadtwerke"
    assert company_of("api.qq.com") is None


CHANNELS: list[tuple[dict[str, Any], Verdict]] = [
    ({"platform": "X", "url": "https://x.com/stadtleinau"}, Verdict.PASS),
    ({"platform": "Twitter", "url": "https://twitter.com/stadtleinau"}, Verdict.PASS),
    ({"platform": "X", "url": "https://www.threads.com/@stadtleinau"}, Verdict.FAIL),
    ({"platform": "facebook", "url": "https://x.com/stadtleinau"}, Verdict.FAIL),
    ({"platform": "Stadtfunk", "url": "https://x.com/stadtleinau"}, Verdict.FAIL),
    ({"platform": "Telegram", "url": "https://t.me/stadtleinau"}, Verdict.PASS),
    ({"platform": "Stadtfunk", "url": "https://t.me/stadtleinau"}, Verdict.FAIL),
    ({"platform": "Telegram", "url": "https://tg.example/stadtleinau"}, Verdict.WARN),
    ({"platform": "Mastodon", "url": "https://social.leinau.example/@stadt"}, Verdict.PASS),
    ({"platform": "diaspora", "url": "https://pod.leinau.example/people/1"}, Verdict.PASS),
    ({"platform": "Mastodon", "url": "https://www.facebook.com/stadtleinau"}, Verdict.FAIL),
]


@pytest.mark.parametrize(("changes", "verdict"), CHANNELS)
def test_the_address_of_a_channel_is_compared_with_the_hosts_of_its_service(
    changes: dict[str, Any], verdict: Verdict
) -> None:
    found = check(register(channel(**changes)), portal(), MONDAY)

    assert [entry.verdict for entry in found if entry.rule == "address"] == [verdict]


def test_two_hosts_of_a_service_are_one_account_and_none_is_an_alternative_to_another_platform() -> None:
    one = channel(platform="Telegram", url="https://t.me/stadtleinau", alternatives=[{"title": "Bei Threads", "url": "https://www.threads.com/@leinau"}])  # fmt: skip
    two = channel(id="two", platform="Telegram", url="https://telegram.me/StadtLeinau")

    found = {(entry.channel, entry.rule): entry for entry in check(register(one, two), portal(), MONDAY)}

    assert found["", "one-address"].verdict is Verdict.FAIL
    assert found["city-facebook", "alternative"].sentence == "An alternative is itself on a platform (Threads)."


@pytest.mark.parametrize(
    ("releases", "verdict", "cure"),
    [
        ({}, Verdict.WARN, "Write the decision into releases.telegram."),
        ({"telegram": {"state": "released"}}, Verdict.PASS, ""),
        ({"telegram": {"state": "withdrawn"}}, Verdict.FAIL, "Close the channel or set it dormant"),
    ],
)
def test_a_channel_of_a_service_about_which_nothing_was_decided_is_a_warning(
    releases: dict[str, Any], verdict: Verdict, cure: str
) -> None:
    settings = Settings.from_mapping({"releases": releases})
    (found,) = (
        entry
        for entry in check(register(channel(platform="Telegram", url="https://t.me/stadtleinau")), settings, MONDAY)
        if entry.rule == "released"
    )

    assert found.verdict is verdict
    assert found.cure.startswith(cure)
