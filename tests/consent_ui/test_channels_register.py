"""The register of official channels: which fields it refuses, and with which cure."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest
from support.channel_register import LEINAU, channel, register

from shariff_py.channels import Register
from shariff_py.errors import ConfigurationError


@pytest.mark.parametrize(
    ("changes", "setting", "cure"),
    [
        ({"mailbx": "presse@leinau.example"}, "channels.city-facebook.mailbx", "spelling"),
        ({"url": "javascript:alert(1)"}, "channels.city-facebook.url", "address bar"),
        ({"url": "https://city@www.facebook.com/stadtleinau"}, "channels.city-facebook.url", "address bar"),
        ({"imprint_url": "javascript:alert(1)"}, "channels.city-facebook.imprint_url", "/imprint"),
        ({"privacy_url": "datenschutz.html"}, "channels.city-facebook.privacy_url", "/imprint"),
        ({"alternatives": [{"title": "x", "url": "data:,x"}]}, "channels.city-facebook.alternatives.0.url", "/imprint"),
        ({"status": "open"}, "channels.city-facebook.status", "active"),
        ({"status": None}, "channels.city-facebook.status", "Add it"),
        ({"title": ""}, "channels.city-facebook.title", "character"),
        ({"mailbox": "presse"}, "channels.city-facebook.mailbox", "press@"),
        ({"opened_on": "gestern"}, "channels.city-facebook.opened_on", "2026-11-23"),
        ({"purpose": 3}, "channels.city-facebook.purpose", "per language"),
        ({"languages": "de"}, "channels.city-facebook.languages", "brackets"),
        ({"languages": ["Deutsch"]}, "channels.city-facebook.languages.0", "language tag"),
        ({"upkeep_hours": 0}, "channels.city-facebook.upkeep_hours", "one hour"),
        ({"approval": "ja"}, "channels.city-facebook.approval", "by_role"),
        ({"id": "City Facebook"}, "channels.City Facebook.id", "lower-case"),
        ({"id": None}, "channels.number 1.id", "Add it"),
    ],
)
def test_a_field_that_cannot_be_used_is_named_with_its_channel_and_the_cure(
    changes: dict[str, Any], setting: str, cure: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        register(channel(**changes))

    assert raised.value.setting == setting
    assert cure in str(raised.value)


def test_a_register_that_is_no_list_is_named_itself() -> None:
    with pytest.raises(ConfigurationError, match="is not a list") as raised:
        Register.from_mapping({"channels": "city-facebook"})

    assert raised.value.setting == "channels"


def test_an_address_that_was_set_afterwards_and_is_none_is_named_with_its_channel() -> None:
    changed = dataclasses.replace(LEINAU.channels[0], url="facebook")

    with pytest.raises(ConfigurationError, match="'facebook' is not an address") as raised:
        _ = changed.address

    assert raised.value.setting == "channels.city-facebook.url"


def test_two_channels_with_one_id_are_refused() -> None:
    with pytest.raises(ConfigurationError, match=r"channels\.city-facebook\.id: is used by more than one"):
        register(channel(), channel(url="https://www.facebook.com/other"))


def test_a_text_without_a_language_is_in_the_sites_own() -> None:
    read = Register.from_mapping({"channels": [channel(purpose="Nieuws")]}, language="nl")

    assert read.channels[0].purpose == {"nl": "Nieuws"}


def test_a_platform_without_a_record_is_listed_under_the_name_it_was_given() -> None:
    elsewhere = dataclasses.replace(LEINAU.channels[2], platform="Stadtfunk")

    assert elsewhere.record is None
    assert elsewhere.platform_title == "Stadtfunk"


@pytest.mark.parametrize(
    ("written", "title"), [("Mastodon", "Mastodon"), ("fediverse", "Mastodon"), ("Twitter", "X"), ("x", "X")]
)
def test_a_service_that_is_only_linked_to_is_known_by_its_name_or_an_older_one(written: str, title: str) -> None:
    channel = dataclasses.replace(LEINAU.channels[2], platform=written)

    assert channel.record is not None
    assert channel.platform_title == title
