"""The ways to share that settings and templates name: living, ended, or nobody's; and the pages that a site shares by."""

from __future__ import annotations

import re
from collections.abc import Iterable

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, owner_of_address, service
from shariff_py.platforms.services import ENDED
from shariff_py.settings.quoting import quoted
from shariff_py.urls import parse

SLOTS = re.compile(r"\{(?:url|title)\}")
"""What is filled in on the way to a share page."""


def check(names: Iterable[str]) -> None:
    """Each name is that of a way to share, by its name or an older one, or of one that has ended. Raises `ConfigurationError`.

    What has ended is left out rather than refused: otherwise an update of this library would keep a site from starting.
    """
    for name in names:
        record = service(name)
        if name not in ENDED and (record is None or record.share is None):
            known = ", ".join(sorted(record.name for record in REGISTRY.values() if record.share))
            raise ConfigurationError(
                f"{quoted(name)} is not a known way to share.", setting="services", cure=f"Known: {known}."
            )


def ended(names: Iterable[str]) -> str:
    """Those of the names whose services have ended, with what happened to them, as one phrase; empty where there are none."""
    return "; ".join(f"{name}: {ENDED[name].rstrip('.')}" for name in dict.fromkeys(names) if name in ENDED)


def ended_in(**settings: Iterable[str]) -> dict[str, list[str]]:
    """Each service that has ended and is named in one of the settings, with the settings that name it."""
    found: dict[str, list[str]] = {}
    for setting, names in settings.items():
        for name in dict.fromkeys(names):
            if name in ENDED:
                found.setdefault(name, []).append(setting)
    return found


def check_share_page(platform: Platform, page: str) -> None:
    """An https address with a slot for what is shared, of a platform that anybody can run a server of, and on no other platform's host.

    Slots are in query and fragment, the parts of an address in which anything may stand. Raises `ConfigurationError`.
    """
    setting = f"platforms.{platform.name}.share_page"
    if not platform.any_server or platform.share is None:
        raise ConfigurationError(f"{platform.title} has no other share page.", setting=setting, cure="Remove it.")
    parts = parse(page)
    filled = f"{parts.query} {parts.fragment}" if parts else ""
    strays = re.search(r"[{}]", SLOTS.sub("", page)) or page.count("{") > filled.count("{")
    if parts is None or strays or "{url}" not in filled or parts.scheme != "https" or parts.userinfo:
        raise ConfigurationError(
            f"{quoted(page)} is not an https address with a place for the page that is shared.",
            setting=setting,
            cure='Write it like "https://social.example.org/share?text={title}%20{url}".',
        )
    owner = owner_of_address(parts)
    if owner is not None and owner is not platform:
        raise ConfigurationError(
            f"{quoted(page)} is on {owner.title}.", setting=setting, cure=f"Name a page of {platform.title}."
        )
