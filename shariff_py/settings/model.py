"""All settings in one record. Everything here is frozen once it has been checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from shariff_py.caches import cached
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.company import Company
from shariff_py.platforms.recognition import Embed
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY
from shariff_py.policy import STRICT, Controller, Policy, Release
from shariff_py.settings import (
    checks,
    controller_checks,
    isolated_host,
    own_platforms,
    platform_checks,
    services,
    words,
)
from shariff_py.settings.quoting import dotted
from shariff_py.settings.records import (
    CountSettings,
    FrameSettings,
    GateSettings,
    HeaderSettings,
    JournalSettings,
    PlatformSettings,
    PreviewSettings,
    ShareSettings,
    SiteSettings,
    TextSettings,
)
from shariff_py.texts import Language, language
from shariff_py.urls import Address, host_allowed, is_loopback_origin, parse

if TYPE_CHECKING:
    from pydantic import TypeAdapter, ValidationError


@dataclass(frozen=True, slots=True, eq=False)
class Settings:
    """Everything that can be set. Make one with `Settings.from_mapping`; it is frozen and compares by identity.

    ``texts`` are by language. ``services`` are the share links of a bar, in order. ``platform_files`` are Python files with platforms of the site's own, which join the
    registry of this process (`shariff_py.settings.own_platforms`). ``stand_in`` sends everything meant for a platform's host to an origin on
    this machine instead (demonstration and tests); any other target is refused. ``policy`` is the rulebook made from it.
    """

    __pydantic_config__ = STRICT
    site: SiteSettings = field(default_factory=SiteSettings)
    texts: Mapping[str, TextSettings] = field(default_factory=dict)
    services: tuple[str, ...] = ("facebook", "mail")
    share: ShareSettings = field(default_factory=ShareSettings)
    releases: Mapping[str, Release] = field(default_factory=dict)
    controllers: Mapping[str, Controller] = field(default_factory=dict)
    counts: CountSettings = field(default_factory=CountSettings)
    journal: JournalSettings = field(default_factory=JournalSettings)
    frame: FrameSettings = field(default_factory=FrameSettings)
    gate: GateSettings = field(default_factory=GateSettings)
    headers: HeaderSettings = field(default_factory=HeaderSettings)
    previews: PreviewSettings = field(default_factory=PreviewSettings)
    platforms: Mapping[str, PlatformSettings] = field(default_factory=dict)
    platform_files: tuple[str, ...] = ()
    channels: str = ""
    stand_in: Mapping[str, str] = field(default_factory=dict)
    policy: Policy = field(init=False, repr=False)

    def __post_init__(self) -> None:
        policy = Policy(self.releases, self.controllers, self.site.sensitive, self.site.children)
        object.__setattr__(self, "policy", policy)

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> Settings:
        """Check a nested mapping and make it settings.

        Raises `ConfigurationError` naming the first setting that cannot be used and what to do about it.
        """
        from pydantic import ValidationError

        wrong: ConfigurationError | None = None
        try:
            settings = _adapter().validate_python(values)
        except ValidationError as error:
            wrong = _first_error(error)
        if wrong is not None:
            # Outside of the clause above: an error keeps the one it was raised during, and pydantic's holds what was set.
            raise wrong
        settings._check()
        return settings

    @property
    def own_hosts(self) -> tuple[str, ...]:
        """The hosts whose pages counts may be fetched for; none means none (deny by default)."""
        return self.site.hosts or _host_of(self.site.origin)

    @property
    def hosts_without_gates(self) -> tuple[str, ...]:
        """The site's own hosts whose content needs no gate: all but those on which there is a server that the settings name."""
        servers = [host for platform in self.platforms.values() for host in platform.servers]
        return tuple(
            pattern for pattern in self.own_hosts if not any(host_allowed(host, [pattern]) for host in servers)
        )

    @property
    def own_sources(self) -> tuple[str, ...]:
        """What policies may name as the site's own: its hosts, and the isolated origin."""
        return (*self.own_hosts, *filter(None, (self.frame.isolated_origin,)))

    def owns(self, host: str) -> bool:
        """Whether a host is one of the site's own."""
        return host_allowed(host, self.own_hosts)

    def is_own_server(self, host: str, operator: Company, controller_id: str) -> bool:
        """Whether a server that the settings name is on a host of the site, and run by no other of its controllers than that one."""
        others = (one for name, one in self.controllers.items() if name != controller_id)
        return bool(host) and self.owns(host) and not any(operator.legal_name in one.names for one in others)

    def owns_page(self, page: Address) -> bool:
        """Whether an address is one of the site's own pages: on its hosts, and on no other port than its origin's."""
        return self.owns(page.host) and (not page.port or page.origin == self.site.origin)

    def page_origin(self, requested: str) -> str:
        """The origin of the site's pages, as links name it: ``site.origin``, else the one under which a request came, if its host is one of
        ``site.hosts`` or, where none are set, this machine. Empty for every other: a request may name any host (RFC 9110, section 7.2).
        """
        if self.site.origin:
            return self.site.origin
        parts = parse(requested)
        if parts is None or parts.origin != requested.lower():
            return ""
        known = self.owns_page(parts) if self.site.hosts else is_loopback_origin(parts.origin)
        return parts.origin if known else ""

    def origin_of(self, host: str) -> str:
        """Where a platform's host is reached: itself over https, or its mock server on this machine."""
        return self.stand_in.get(host, f"https://{host}")

    def operator_of(self, embed: Embed) -> Company | None:
        """Who receives the data when content is loaded: the platform's company, or who runs the server that it is on."""
        record = embed.record
        return self.operators(record).get(embed.server) if record.any_server else record.operator

    def operators(self, record: Platform) -> Mapping[str, Company]:
        """Who may receive data of a platform, by server: its company (by an empty name), or who runs each server that is named."""
        if not record.any_server:
            return {"": record.operator} if record.operator is not None else {}
        return {
            host: Company(server.operator, server.address, server.country, server.privacy_url, date.min)
            for host, server in self.platform(record.name).servers.items()
        }

    def unavailable_reason(self, embed: Embed, controller_id: str | None = None, page: str = "") -> str | None:
        """Why no gate of the content may be offered on a page (its address; empty: not known): the key of a text, or ``None``."""
        reason = self.policy.unavailable_reason(embed.record, controller_id, page)
        if reason is None and self.operator_of(embed) is None:
            return "unavailable.server"
        if reason is None and embed.kind_record.script is not None and not self.frame.isolated_origin:
            return "unavailable.isolated"
        return reason

    def language(self, tag: str | None = None) -> Language:
        """The texts for a page's ``lang``. Those of the site's language where it names none, one that there is not, or one whose translation
        is older than its source, unless the site offers it all the same (``texts.NAME.outdated``).
        """
        insisted = [code for code, texts in self.texts.items() if texts.outdated]
        return language(tag or self.site.language, self.site.language, insisted)

    def approval(self, code: str) -> TextSettings:
        """What the site has decided about the texts of one language, empty where nothing is set."""
        return self.texts.get(code, TextSettings())

    def platform(self, name: str) -> PlatformSettings:
        """The settings of one platform, empty ones where nothing is set."""
        return self.platforms.get(name, PlatformSettings())

    def can_fetch_counts(self, platform: Platform) -> bool:
        """Whether a platform has a count source and the credentials it needs."""
        source = platform.counts
        return source is not None and (not source.needs_credentials or bool(self.platform(platform.name).token))

    def ended(self) -> dict[str, list[str]]:
        """Services that have ended and are named all the same, each with the settings that name it. They are left out everywhere."""
        return services.ended_in(services=self.services, releases=self.releases, platforms=self.platforms)

    def _check(self) -> None:
        own_platforms.join(self.platform_files)
        for key, names in (("releases", self.releases), ("platforms", self.platforms)):
            checks.platforms(key, names)
        services.check(self.services)
        opened = [REGISTRY[name] for name, release in self.releases.items() if name in REGISTRY and release.is_open]
        checks.disclosures(opened)
        checks.share(self.share)
        checks.site(self.site)
        checks.texts(self.texts, self.site.language)
        checks.frame(self.frame, self.own_hosts)
        checks.aliases(self.site.aliases, self.owns)
        checks.counts(self.counts)
        checks.journal(self.journal)
        platform_checks.platform_access(self.platforms)
        platform_checks.servers(self.platforms)
        platform_checks.site_statements(self.platforms)
        platform_checks.previews(self.previews)
        checks.gate(self.gate)
        checks.headers(self.headers)
        isolated_host.check(self.frame, self.site, self.gate.allow)
        controller_checks.controllers(self.controllers)
        checks.stand_in(self.stand_in)


@cached("settings.model._host_of")
def _host_of(origin: str) -> tuple[str, ...]:
    """Cached, because it is read several times on each page."""
    parts = parse(origin)
    return (parts.host,) if parts else ()


@cache
def _adapter() -> TypeAdapter[Settings]:
    """Made when the first settings are read: until then nothing needs pydantic."""
    from pydantic import TypeAdapter

    return TypeAdapter(Settings)


UNKNOWN = ("is not a setting.", "Check the spelling.")
MISSING = ("is required.", "Add it.")

SENTENCES = {
    "extra_forbidden": UNKNOWN,
    "unexpected_keyword_argument": UNKNOWN,
    "missing": MISSING,
    "missing_argument": MISSING,
    "string_type": ("is not text.", "Write it in quotation marks."),
    "words": words.WRITE,
    "tuple_type": ("is not a list.", 'Write it in square brackets, for example ["a", "b"].'),
}
"""What is wrong and the fix, by pydantic's kind of error; for other kinds pydantic's own message is used."""


def _first_error(error: ValidationError) -> ConfigurationError:
    first = error.errors(include_input=False, include_url=False)[0]
    name = dotted(first["loc"])
    message, cure = SENTENCES.get(first["type"], (f"{first['msg'][0].lower()}{first['msg'][1:]}.", ""))
    return ConfigurationError(message, setting=name, cure=cure)
