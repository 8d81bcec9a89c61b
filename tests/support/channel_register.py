"""The register of channels of a city, and channels that differ from its own."""

from __future__ import annotations

import tomllib
from typing import Any

from shariff_py.channels import Register
from shariff_py.settings import Settings
from support.paths import TESTS

FILE = tomllib.loads((TESTS / "fixtures" / "channels.toml").read_text(encoding="utf-8"))
LEINAU = Register.from_mapping(FILE)


def portal(state: str = "released") -> Settings:
    return Settings.from_mapping(
        {
            "site": {"origin": "https://www.leinau.example"},
            "releases": {"facebook": {"state": state}},
            "controllers": {
                "city": {
                    "name": "Stadt Leinau",
                    "contact_url": "/kontakt",
                    "privacy_url": "/datenschutz",
                    "alternative_url": "/nachrichten",
                }
            },
        }
    )


def channel(**changes: Any) -> dict[str, Any]:
    """The city's own channel, which keeps every rule, with changes; ``None`` leaves a field out."""
    fields = FILE["channels"][0] | changes
    return {name: value for name, value in fields.items() if value is not None}


def register(*channels: dict[str, Any]) -> Register:
    return Register.from_mapping({"channels": list(channels)})
