"""All settings in one record. Everything here is frozen once it has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import TypeAdapter, ValidationError

from shariff_py.errors import ConfigurationError
from shariff_py.policy import STRICT, Controller, Policy, Release
from shariff_py.settings import checks
from shariff_py.settings.records import CountSettings, FrameSettings, JournalSettings, PlatformSettings, SiteSettings
from shariff_py.urls import host_allowed, parse


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Make one with `Settings.from_mapping`; it cannot be changed afterwards.

    ``services`` are the share links of a bar, in order. ``stand_in`` sends everything meant for a platform's host to an origin on
    this machine instead (demonstration and tests); any other target is refused.
    """

    __pydantic_config__ = STRICT
    site: SiteSettings = field(default_factory=SiteSettings)
    services: tuple[str, ...] = ("facebook", "mail")
    releases: Mapping[str, Release] = field(default_factory=dict)
    controllers: Mapping[str, Controller] = field(default_factory=dict)
    counts: CountSettings = field(default_factory=CountSettings)
    journal: JournalSettings = field(default_factory=JournalSettings)
    frame: FrameSettings = field(default_factory=FrameSettings)
    platforms: Mapping[str, PlatformSettings] = field(default_factory=dict)
    channels: str = ""
    stand_in: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Settings:
        """Check a nested mapping and make it settings.

        Raises `ConfigurationError` naming the first setting that cannot be used and what to do about it.
        """
        try:
            settings = _ADAPTER.validate_python(values)
        except ValidationError as error:
            raise _first_error(error) from None
        settings._check()
        return settings

    @property
    def policy(self) -> Policy:
        """The rulebook these settings hold."""
        return Policy(self.releases, self.controllers)

    @property
    def own_hosts(self) -> tuple[str, ...]:
        """The hosts whose pages counts may be asked for; none means none (deny by default)."""
        if self.site.hosts:
            return self.site.hosts
        origin = parse(self.site.origin)
        return (origin.host,) if origin else ()

    def owns(self, host: str) -> bool:
        """Whether a host is one of the site's own."""
        return host_allowed(host, self.own_hosts)

    def origin_of(self, host: str) -> str:
        """Where a platform's host is reached: itself over https, or its stand-in on this machine."""
        return self.stand_in.get(host, f"https://{host}")

    def platform(self, name: str) -> PlatformSettings:
        """The settings of one platform, empty ones where nothing is set."""
        return self.platforms.get(name, PlatformSettings())

    def _check(self) -> None:
        for key, names in (("releases", self.releases), ("platforms", self.platforms), ("services", self.services)):
            checks.platforms(key, names)
        checks.site(self.site)
        checks.frame(self.frame)
        checks.counts(self.counts)
        checks.controllers(self.controllers)
        checks.stand_in(self.stand_in)


_ADAPTER: TypeAdapter[Settings] = TypeAdapter(Settings)


CURES = {
    "extra_forbidden": "There is no such setting; check the spelling.",
    "unexpected_keyword_argument": "There is no such setting; check the spelling.",
    "missing": "It is required; add it.",
    "missing_argument": "It is required; add it.",
    "string_type": "Write it as text in quotation marks.",
    "tuple_type": 'Write it as a list, for example ["a", "b"].',
}


def _first_error(error: ValidationError) -> ConfigurationError:
    first = error.errors(include_input=False, include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    return ConfigurationError(
        f"{first['msg'][0].lower()}{first['msg'][1:]}.", setting=name, cure=CURES.get(first["type"], "")
    )
