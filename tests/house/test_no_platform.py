"""What has to lead to no platform: privacy notice, contact and the way to the same information, of a controller, of a gate, of a channel."""

from __future__ import annotations

from datetime import date

import pytest
from support.channel_register import channel, portal, register

from shariff_py.channels import check
from shariff_py.channels.verdict import Verdict
from shariff_py.consent_ui.addresses import own_or_open
from shariff_py.errors import ConfigurationError
from shariff_py.settings import Settings

CITY = {"name": "Stadt Leinau", "contact_url": "/k", "privacy_url": "/d", "alternative_url": "/a"}

PLATFORMS = [
    "https://www.facebook.com/leinau", "https://fb.me/leinau", "https://m.me/leinau", "https://www.instagram.com/leinau",
    "https://instagram.com/leinau", "https://instagr.am/leinau", "https://x.com/leinau", "https://mobile.twitter.com/leinau", "https://t.co/leinau",
    "https://t.me/leinau", "https://web.telegram.me/leinau", "https://wa.me/4951116800", "https://whatsapp.com/channel/leinau",
    "https://web.whatsapp.com/", "https://www.threads.net/@leinau", "https://youtu.be/leinau", "https://m.youtube.com/leinau",
    "https://www.linkedin.com/company/leinau", "https://de.linkedin.com/company/leinau", "https://lnkd.in/leinau", "https://www.pinterest.de/leinau",
    "https://pin.it/leinau", "https://bsky.app/profile/leinau.example", "https://www.tiktok.com/@leinau", "https://www.reddit.com/r/leinau",
    "https://vk.com/leinau", "https://m.ok.ru/leinau", "https://line.me/leinau", "https://m.weibo.com/leinau", "https://threema.id/LEINAU01",
    "https://flipboard.com/@leinau", "https://www.google.com/maps/place/Leinau", "HTTPS://X.COM./leinau", "//x.com/leinau", "https://x.com:8443/leinau",
]  # fmt: skip
"""Of platforms with content, and of services that are only linked to."""

OPEN = [
    "/aktuelles", "/x.com/leinau", "https://www.leinau.example/aktuelles", "https://notx.com/leinau", "https://x.com.leinau.example/",
    "https://www.google.com/search?q=leinau", "https://social.leinau.example/@stadt", "https://mastodon.social/@leinau",
]  # fmt: skip
"""On the site, on others, and on a server that anybody can run: its content is whoever's runs it."""


def settings(**controller: str) -> Settings:
    return Settings.from_mapping({"controllers": {"city": {**CITY, **controller}}})


@pytest.mark.parametrize("field", ["alternative_url", "privacy_url", "contact_url"])
@pytest.mark.parametrize("address", PLATFORMS)
def test_a_controllers_pages_are_on_no_platform(field: str, address: str) -> None:
    with pytest.raises(ConfigurationError, match="leads to a platform") as refused:
        settings(**{field: address})

    assert refused.value.setting == f"controllers.city.{field}"


@pytest.mark.parametrize("address", OPEN)
def test_pages_on_the_open_web_are_accepted(address: str) -> None:
    assert settings(alternative_url=address).controllers["city"].alternative_url == address
    assert own_or_open(settings(), address) == address


@pytest.mark.parametrize(
    "address", [*PLATFORMS, "x.com/leinau", "www.instagram.com/leinau", "t.me/leinau", "javascript:x", ""]
)
def test_a_template_offers_no_alternative_on_a_platform(address: str) -> None:
    assert own_or_open(settings(), address) == ""


def test_a_relative_address_of_the_site_stays_one() -> None:
    assert own_or_open(settings(), "aktuelles/fest") == "aktuelles/fest"


@pytest.mark.parametrize("address", [one for one in PLATFORMS if not one.startswith("HTTPS")])
def test_a_channels_alternative_is_on_no_platform(address: str) -> None:
    ways = [{"title": "Auch hier", "url": address}]
    found = check(register(channel(alternatives=ways)), portal(), date(2026, 11, 23))

    assert [one.verdict for one in found if one.rule == "alternative"] == [Verdict.FAIL]
