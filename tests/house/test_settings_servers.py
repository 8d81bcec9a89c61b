"""The servers that settings name: only of platforms that anybody can run one of, with all that visitors must be told."""

from __future__ import annotations

from typing import Any

import pytest

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.recognition import recognise
from shariff_py.platforms.registry import REGISTRY
from shariff_py.settings import Settings

CLUB = {
    "operator": "Leinauer Netzverein e. V.",
    "address": "Am Markt 1, 31999 Leinau",
    "country": "DE",
    "privacy_url": "https://toot.example/privacy-policy",
}


def settings(platform: str = "mastodon", host: str = "toot.example", **changes: Any) -> Settings:
    server = {name: value for name, value in {**CLUB, **changes}.items() if value is not None}
    return Settings.from_mapping({"platforms": {platform: {"servers": {host: server}}}})


def test_who_runs_a_named_server_receives_the_data_of_its_content() -> None:
    using = settings()

    operator = using.operator_of(recognise("https://toot.example/@leinau/112233445566778899"))

    assert operator is not None
    assert (operator.legal_name, operator.country) == ("Leinauer Netzverein e. V.", "DE")
    assert (operator.transfer, operator.joint_control_url) == (None, "")
    assert using.operator_of(recognise("https://other.example/@leinau/112233445566778899")) is None
    assert list(using.operators(REGISTRY["mastodon"])) == ["toot.example"]
    assert list(using.operators(REGISTRY["youtube"])) == [""]
    assert using.operators(REGISTRY["mail"]) == {}


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"platform": "youtube"}, r"platforms\.youtube\.servers: YouTube has no servers of others\. Remove it"),
        ({"platform": "mail"}, r"platforms\.mail\.servers: .* has no servers of others"),
        ({"host": "https://toot.example"}, r"platforms\.mastodon\.servers: .*not a bare host.*Write 'toot\.example'"),
        ({"host": "Toot.example"}, r"platforms\.mastodon\.servers: .*Write 'toot\.example'"),
        ({"host": "*.toot.example"}, r"platforms\.mastodon\.servers: .*not a bare host"),
        ({"host": "toot.example/@leinau"}, r"platforms\.mastodon\.servers: .*not a bare host"),
        ({"host": "www.facebook.com"}, r"platforms\.mastodon\.servers: 'www\.facebook\.com' belongs to another platform"),
        ({"operator": " "}, r"servers\.toot\.example\.operator: is empty\. Visitors must be informed"),
        ({"address": ""}, r"servers\.toot\.example\.address: is empty"),
        ({"address": "Am Markt 1, 31999 Leinau, Deutschland"}, r"servers\.toot\.example\.address: ends in the name of a country"),
        ({"country": ""}, r"servers\.toot\.example\.country: is empty"),
        ({"privacy_url": ""}, r"servers\.toot\.example\.privacy_url: is empty"),
        ({"country": "de"}, r"servers\.toot\.example\.country: 'de' is not a code of a country\. Write two capital letters"),
        ({"country": "Germany"}, r"servers\.toot\.example\.country: .*for example \"DE\""),
        ({"privacy_url": "/datenschutz"}, r"privacy_url: is not an https address"),
        ({"privacy_url": "http://toot.example/privacy-policy"}, r"privacy_url: is not an https address"),
        ({"privacy_url": "https://"}, r"privacy_url: is not an https address"),
        ({"privacy_url": "https://www.facebook.com/privacy"}, r"privacy_url: .*leads to a platform"),
        ({"operator": None}, r"servers\.toot\.example\.operator: is required"),
        ({"owner": "x"}, r"servers\.toot\.example\.owner: is not a setting"),
    ],
)  # fmt: skip
def test_what_would_not_work_or_not_be_told_is_refused_with_the_cure(wrong: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigurationError, match=message) as refused:
        settings(**wrong)

    assert refused.value.cure
