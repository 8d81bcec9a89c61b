"""Checks of what is set for single platforms: requests for counts, and the servers whose content may be shown."""

from __future__ import annotations

import re
from collections.abc import Mapping

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.registry import REGISTRY, platform_of
from shariff_py.platforms.services import ENDED
from shariff_py.settings.address_forms import check_host
from shariff_py.settings.checks import is_open
from shariff_py.settings.quoting import dotted, quoted
from shariff_py.settings.records import (
    JointControlSettings,
    PlatformSettings,
    PreviewSettings,
    ServerSettings,
    TransferSettings,
)
from shariff_py.settings.services import check_share_page
from shariff_py.settings.words import is_set
from shariff_py.texts.countries import ends_in_country

COUNTRY = re.compile(r"[A-Z]{2}")


def platform_access(settings: Mapping[str, PlatformSettings]) -> None:
    """Bounds that bound something, and another server or share page only where a platform has several."""
    for name, own in settings.items():
        if name in ENDED:
            continue
        if own.per_hour < 0:
            raise ConfigurationError("must be at least 0.", setting=f"platforms.{name}.per_hour")
        source = REGISTRY[name].counts
        if own.version and _shape(own.version) != _shape(source.version if source is not None else ""):
            raise ConfigurationError(
                f"{quoted(own.version)} is not a version of {REGISTRY[name].title}'s interface.",
                setting=f"platforms.{name}.version",
                cure=f'Write it like "{source.version}".' if source is not None and source.version else "Remove it.",
            )
        if own.server:
            if source is None or not source.own_server:
                raise ConfigurationError(
                    f"{REGISTRY[name].title} has no other server.",
                    setting=f"platforms.{name}.server",
                    cure="Remove it.",
                )
            check_host(own.server, f"platforms.{name}.server")
        if own.share_page:
            check_share_page(REGISTRY[name], own.share_page)


def servers(settings: Mapping[str, PlatformSettings]) -> None:
    """Servers only of a platform that anybody can run one of, by a host that is no other platform's; all that visitors are told of them."""
    for name, own in settings.items():
        if own.servers and (name in ENDED or not REGISTRY[name].any_server):
            raise ConfigurationError(
                f"{REGISTRY[name].title if name in REGISTRY else name} has no servers of others.",
                setting=f"platforms.{name}.servers",
                cure="Remove it.",
            )
        for host, server in own.servers.items():
            check_host(host, f"platforms.{name}.servers")
            if platform_of(host) is not None:
                raise ConfigurationError(
                    f"{quoted(host)} belongs to another platform.",
                    setting=f"platforms.{name}.servers",
                    cure="Remove it.",
                )
            _server(server, ["platforms", name, "servers", host])


def site_statements(settings: Mapping[str, PlatformSettings]) -> None:
    """What the site itself says of a platform is whole: each check with its day and who made it, each essence with its day; the copy of an
    arrangement is on no platform. What is said of servers that anybody can run is said of each."""
    for name, own in settings.items():
        if name in ENDED:
            continue
        said = {
            "storage": is_set(own.storage),
            "transfer": own.transfer != TransferSettings(),
            "joint_control": own.joint_control != JointControlSettings(),
        }
        if REGISTRY[name].any_server and (stray := next((field for field, there in said.items() if there), "")):
            raise ConfigurationError(
                f"{REGISTRY[name].title} is not one recipient: anybody can run a server.",
                setting=f"platforms.{name}.{stray}",
                cure=f'Write it for each server, as platforms.{name}.servers."HOST".storage.'
                if stray == "storage"
                else "Remove it.",
            )
        both = (
            (
                "transfer.checked_on",
                own.transfer.checked_on is not None,
                "transfer.checked_by",
                is_set(own.transfer.checked_by),
            ),
            (
                "joint_control.essence",
                is_set(own.joint_control.essence),
                "joint_control.as_of",
                own.joint_control.as_of is not None,
            ),
        )
        for one, has_one, other, has_other in both:
            if has_one != has_other:
                missing, there = (other, one) if has_one else (one, other)
                raise ConfigurationError(
                    f"is missing, and {there} is set.",
                    setting=f"platforms.{name}.{missing}",
                    cure=f"Set both: {MEANING[missing]}.",
                )
        if own.joint_control.url and not is_open(own.joint_control.url):
            raise ConfigurationError(
                "leads to a platform, or nowhere.",
                setting=f"platforms.{name}.joint_control.url",
                cure='Put a copy of the arrangement on your site, and write its address: "/privacy/meta.pdf".',
            )


MEANING = {
    "transfer.checked_on": "the day of the check, without quotation marks, like 2026-11-30",
    "transfer.checked_by": 'who made the check, by role, like "Data protection officer"',
    "joint_control.essence": "the essence of the arrangement, in your own words",
    "joint_control.as_of": "the day of the arrangement's text, without quotation marks, like 2026-11-30",
}
"""The settings that need each other, with what belongs into them."""


def previews(settings: PreviewSettings) -> None:
    """Previews only of platforms whose terms allow keeping some."""
    known = sorted(name for name, record in REGISTRY.items() if record.previews is not None)
    for name in settings.platforms:
        if name not in known:
            raise ConfigurationError(
                f"no interface of {quoted(name)} is known whose terms allow keeping a preview.",
                setting="previews.platforms",
                cure=f"Name only some of {', '.join(known)}.",
            )
    if settings.platforms and not settings.path.strip():
        raise ConfigurationError("is empty.", setting="previews.path", cure='Name a folder: "var/previews".')


def _server(server: ServerSettings, setting: list[str]) -> None:
    for field in ("operator", "address", "country", "privacy_url"):
        if not getattr(server, field).strip():
            raise ConfigurationError(
                "is empty.",
                setting=dotted([*setting, field]),
                cure="Visitors must be informed of it before loading; fill it in.",
            )
    if ends_in_country(server.address):
        raise ConfigurationError(
            "ends in the name of a country.",
            setting=dotted([*setting, "address"]),
            cure="Leave it out: it is printed behind the address in the reader's language, as country says.",
        )
    if not COUNTRY.fullmatch(server.country):
        raise ConfigurationError(
            f"{quoted(server.country)} is not a code of a country.",
            setting=dotted([*setting, "country"]),
            cure='Write two capital letters (ISO 3166), for example "DE".',
        )
    if not (server.privacy_url.startswith("https://") and is_open(server.privacy_url)):
        raise ConfigurationError(
            "is not an https address, or leads to a platform.",
            setting=dotted([*setting, "privacy_url"]),
            cure='Write the whole address of its privacy policy, for example "https://social.example.org/privacy-policy".',
        )


def _shape(version: str) -> str:
    """A version with its numbers taken out, so that a slip in its form shows."""
    return re.sub(r"[0-9]+", "0", version)
