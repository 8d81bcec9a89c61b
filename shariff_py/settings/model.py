"""What can be set, with the reason for each default. Everything here is frozen once it has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError

from shariff_py.errors import ConfigurationError
from shariff_py.platforms.register import REGISTER, platform_of
from shariff_py.policy import Controller, Policy, Release
from shariff_py.texts import LANGUAGES
from shariff_py.urls import host_allowed, is_loopback_origin, parse

STRICT = ConfigDict(extra="forbid")
"""Unknown keys are errors: a misspelt key that is silently ignored is a protection that is silently off."""


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The site whose pages are shown.

    ``origin`` is its own address (``https://www.example.org``). ``hosts`` are the hosts whose pages counts may be asked for
    (default: the origin's host). ``query_allow`` are query parameters that belong to a page's address. ``language`` is used where a
    page names none we have.
    """

    __pydantic_config__ = STRICT
    origin: str = ""
    hosts: tuple[str, ...] = ()
    query_allow: tuple[str, ...] = ()
    language: str = "de"


@dataclass(frozen=True, slots=True)
class CountSettings:
    """Counts. ``store`` is ``sqlite:///PATH`` or ``memory:``.

    ``refresh_minutes`` is how old a value may get before it is asked for again; the platform's own shortest interval is kept in
    any case. ``keep_days`` is how long a last good value is shown when no newer one comes. ``most_pages`` bounds the store.
    ``scheduler`` is ``inside`` (a thread of this process asks), or ``outside`` (``shariff-py refresh --watch`` does).
    """

    __pydantic_config__ = STRICT
    store: str = "sqlite:///var/shariff.sqlite"
    refresh_minutes: int = 180
    keep_days: int = 30
    most_pages: int = 50_000
    scheduler: str = "inside"
    timeout_seconds: float = 10.0
    largest_reply: int = 1_000_000


@dataclass(frozen=True, slots=True)
class JournalSettings:
    """The journal of outgoing requests: where it is written."""

    __pydantic_config__ = STRICT
    path: str = "var/outgoing.jsonl"


@dataclass(frozen=True, slots=True)
class FrameSettings:
    """The gate frame. ``secrets`` sign what is to be shown; the first signs, all are accepted, so that keys can be exchanged."""

    __pydantic_config__ = STRICT
    prefix: str = "/shariff"
    secrets: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class PlatformSettings:
    """What a platform needs to be asked: a token (never printed) and the version of its interface."""

    __pydantic_config__ = STRICT
    token: str = field(default="", repr=False)
    version: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. Make one with `Settings.from_mapping`; it cannot be changed afterwards.

    ``services`` are the share links of a bar, in order. ``stand_in`` sends everything meant for a platform's host to an origin on
    this machine instead (demonstration and tests); any other target is refused.
    """

    __pydantic_config__ = STRICT
    site: SiteSettings = SiteSettings()
    services: tuple[str, ...] = ("facebook", "mail")
    releases: Mapping[str, Release] = field(default_factory=dict)
    controllers: Mapping[str, Controller] = field(default_factory=dict)
    counts: CountSettings = CountSettings()
    journal: JournalSettings = JournalSettings()
    frame: FrameSettings = FrameSettings()
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
        for key, known in (("releases", self.releases), ("platforms", self.platforms), ("services", self.services)):
            for name in known:
                if name not in REGISTER:
                    raise ConfigurationError(
                        f"{name!r} is no platform we know.", setting=key, cure=f"Known: {', '.join(sorted(REGISTER))}."
                    )
        if self.site.origin and (parts := parse(self.site.origin)) is not None and parts.origin != self.site.origin:
            raise ConfigurationError("is not a bare origin.", setting="site.origin", cure=f"Write {parts.origin!r}.")
        if self.site.origin and parse(self.site.origin) is None:
            raise ConfigurationError(
                "is not an http or https origin.",
                setting="site.origin",
                cure='Write it like "https://www.example.org".',
            )
        if self.site.language not in LANGUAGES:
            raise ConfigurationError(
                f"{self.site.language!r} is not available.",
                setting="site.language",
                cure=f"Use one of {', '.join(LANGUAGES)}.",
            )
        if not self.frame.prefix.startswith("/") or self.frame.prefix.endswith("/"):
            raise ConfigurationError("must start with a slash and not end with one.", setting="frame.prefix")
        if self.counts.scheduler not in {"inside", "outside"}:
            raise ConfigurationError("must be 'inside' or 'outside'.", setting="counts.scheduler")
        for name in ("refresh_minutes", "keep_days", "most_pages", "timeout_seconds", "largest_reply"):
            if not getattr(self.counts, name) > 0:
                raise ConfigurationError("must be more than nothing.", setting=f"counts.{name}")
        for name, controller in self.controllers.items():
            _check_controller(f"controllers.{name}", controller)
        for host, origin in self.stand_in.items():
            if not is_loopback_origin(origin):
                raise ConfigurationError(
                    f"{origin!r} is not on this machine.",
                    setting=f"stand_in.{host}",
                    cure="A stand-in answers in place of a platform in demonstrations and tests; use a loopback origin.",
                )


_ADAPTER: TypeAdapter[Settings] = TypeAdapter(Settings)


def json_schema() -> dict[str, Any]:
    """The JSON schema of the configuration, for editors."""
    return _ADAPTER.json_schema()


CURES = {
    "extra_forbidden": "There is no such setting; check the spelling.",
    "unexpected_keyword_argument": "There is no such setting; check the spelling.",
    "missing": "It is required; add it.",
    "missing_argument": "It is required; add it.",
    "string_type": "Write it as text in quotation marks.",
    "tuple_type": 'Write it as a list, for example ["a", "b"].',
}


def _check_controller(setting: str, controller: Controller) -> None:
    """What is said before the press must be there, and the other way must not lead back to a platform (GDPR Art. 7(4), 13(1))."""
    for field_name in ("name", "contact_url", "privacy_url", "alternative_url"):
        if not getattr(controller, field_name).strip():
            raise ConfigurationError(
                "is empty.", setting=f"{setting}.{field_name}", cure="It is said before the press; fill it in."
            )
    alternative = parse(controller.alternative_url.strip(), "https://site.invalid/")
    if alternative is None or platform_of(alternative.host) is not None:
        raise ConfigurationError(
            "leads to a platform, or nowhere.",
            setting=f"{setting}.alternative_url",
            cure="Name a page where the same information is found without one.",
        )


def _first_error(error: ValidationError) -> ConfigurationError:
    first = error.errors(include_input=False, include_url=False)[0]
    name = ".".join(str(part) for part in first["loc"])
    return ConfigurationError(
        f"{first['msg'][0].lower()}{first['msg'][1:]}.", setting=name, cure=CURES.get(first["type"], "")
    )
