"""The library's settings for this city. All requests to platforms go to a mock server on this machine."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from importlib.resources import files
from typing import Any

from demo_app.content import RELEASES
from shariff_py.platforms.registry import REGISTRY, count_hosts
from shariff_py.testing import StandIn
from shariff_py.testing.frames.requested import frame_hosts, public_hosts

NOWHERE = "http://127.0.0.1:9"
"""The address of platforms while no mock server runs: the discard port of this machine, never a real platform."""

CONTROLLERS = {
    "leinau": {
        "name": "Stadt Leinau",
        "contact_url": "/datenschutz#impressum",
        "privacy_url": "/datenschutz",
        "alternative_url": "/aktuelles",
        "public_body": True,
        "remember_days": 90,
        "offer_login": True,
        "dpo_contact": "datenschutz@leinau.example",
        "authority": "Der Landesbeauftragte für den Datenschutz Niedersachsen, Prinzenstraße 5, 30159 Hannover",
        "languages": {
            "en": {
                "name": "City of Leinau",
                "contact_url": "/en/privacy#impressum",
                "privacy_url": "/en/privacy",
                "alternative_url": "/en/news",
                "authority": "the State Commissioner for Data Protection of Lower Saxony, Prinzenstraße 5, 30159 Hannover, Germany",
            },
        },
    },
}
"""One city in two languages: a consent that was remembered on a German page counts on an English one."""

STATEMENTS = {
    "transfer": {
        "checked_on": date(2026, 11, 23),
        "checked_by": {"de": "Datenschutzbeauftragte der Stadt Leinau", "en": "data protection officer of the city"},
    },
    "joint_control": {
        "essence": {
            "de": "Wir informieren Sie über das Laden. Ihre Rechte erfüllt Meta für die Daten, die Meta nach dem Übermitteln speichert. "
            "Beide sichern das Übermitteln technisch ab.",
            "en": "We inform you about the loading. Meta fulfils your rights for the data that it stores after their transmission. Both keep "
            "the transmission secure.",
        },
        "as_of": date(2026, 11, 23),
    },
}
"""What the city says of Facebook in its own words. The rest is listed as missing at the end of its privacy notice."""


def settings(stand_in: StandIn | None) -> dict[str, Any]:
    """The settings as a mapping, to be laid over by the caller's own."""
    return {
        "site": {"language": "de"},
        "services": ["facebook", "mail", "clipboard", "print", "native"],
        "releases": {
            release.platform: {"state": release.state, "since": release.since}
            for release in RELEASES["de"]
            if release.platform in REGISTRY and release.state in {"released", "pilot"}
        },
        "controllers": CONTROLLERS,
        "counts": {"store": "memory:", "scheduler": "outside"},
        "frame": {"secrets": [secrets.token_urlsafe(32)]},
        "platforms": {"facebook": {"token": "demonstration", **STATEMENTS}},
        "channels": str(files("demo_app.content").joinpath("channels.toml")),
        "stand_in": stand_in.settings if stand_in else dict.fromkeys(_hosts(), NOWHERE),
    }


def _hosts() -> list[str]:
    """Every host of a platform that a browser or this server could be sent to."""
    return [*frame_hosts(), *public_hosts(), *count_hosts()]


def laid_over(values: dict[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``over`` laid on ``values``, table by table."""
    merged = dict(values)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = laid_over(below, value) if isinstance(below, dict) and isinstance(value, Mapping) else value
    return merged
