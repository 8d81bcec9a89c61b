"""Everything the library keeps for one site, independent of the framework."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING
from urllib.parse import quote

from shariff_py.caches import CACHES, BoundedDict, cached
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.allowed_hosts import allowed_platforms
from shariff_py.previews import Previews
from shariff_py.service import Scheduler, Service
from shariff_py.service.reports import Reports
from shariff_py.settings import Settings, read_channels, secret_strength
from shariff_py.settings.services import ended
from shariff_py.texts import Language
from shariff_py.web.request_info import PATH_CHARACTERS, RequestInfo

if TYPE_CHECKING:
    from shariff_py.channels.model import Register

log = logging.getLogger("shariff_py")

UNKNOWN_HOST = (
    "Pages were requested under a host that the settings do not name, so share links to them are left out. Set site.origin to the address that "
    "visitors use, or name the hosts in site.hosts."
)
"""Without the host: it is whatever the request says."""


@dataclass(frozen=True, slots=True)
class Site:
    """The settings, the service, the scheduler that fetches counts, the official channels, how to find the language of the page being
    made, what browsers reported, and the previews of content."""

    settings: Settings
    service: Service
    scheduler: Scheduler
    channels: Register
    page_language: Callable[[], str]
    reports: Reports
    previews: Previews
    _warned: BoundedDict[str, bool] = field(default_factory=partial(BoundedDict, "web.site.Site._warned"))

    @classmethod
    def create(
        cls, settings: Settings, *, service: Service | None = None, page_language: Callable[[], str] | None = None
    ) -> Site:
        """A site with everything it needs. Nothing runs yet: ``scheduler.start()`` begins to fetch counts.

        Raises `ConfigurationError` without a secret, for one that could be guessed, and for a register of channels that cannot be read.
        """
        from shariff_py.channels.model import Register

        if not settings.frame.secrets:
            raise ConfigurationError(
                "there is no secret to sign gates with.",
                setting="frame.secrets",
                cure="Set SHARIFF_FRAME__SECRETS (a JSON list) or SHARIFF_FRAME__SECRETS_FILE.",
            )
        # Settings can be made without `Settings.from_mapping`, whose checks these are.
        secret_strength.check(settings.frame.secrets, "frame.secrets", settings.own_hosts)
        service = service or Service(settings)
        site = cls(
            settings=settings,
            service=service,
            scheduler=Scheduler(service),
            channels=Register.from_mapping(read_channels(settings), language=settings.site.language),
            page_language=page_language or (lambda: settings.site.language),
            reports=Reports(settings, service.store.reports, service.clock),
            previews=Previews(settings, clock=service.clock),
        )
        if found := settings.ended():
            site.warn_once(f"Services that have ended are left out: {ended(found)}. Remove them from the settings.")
        for allowed in allowed_platforms(settings.gate.allow):
            site.warn_once(f"gate.allow: {allowed.finding}. {allowed.cure}")
        return site

    def warn_once(self, sentence: str) -> None:
        """Log a warning, the first time it is true."""
        key = sentence[: CACHES["web.site.Site._warned"].longest]
        if key not in self._warned:
            self._warned.keep(key, True, len(key))
            log.warning(sentence)

    def page_url(self, request: RequestInfo) -> str:
        """The address of the page that a request asks for, without its query; only its path, and one warning, where its host is unknown."""
        origin = self.settings.page_origin(request.origin)
        if not origin:
            self.warn_once(UNKNOWN_HOST)
        return request.page_url(origin)

    def language(self, tag: str | None = None) -> Language:
        """The texts of a language, as in `Settings.language`."""
        return self.settings.language(tag)

    def mounted(self, root_path: str) -> Settings:
        """The settings with the prefix as a visitor reaches it, where the application is mounted below another path (as WSGI and ASGI
        give it, decoded)."""
        return _mounted(self.settings, root_path) if root_path.strip("/") else self.settings


@cached("web.site._mounted", lambda settings, root_path: len(root_path))
def _mounted(settings: Settings, root_path: str) -> Settings:
    """Cached, because share bars are made once for the same settings; an application is mounted in few places.

    One slash first: after two a browser reads a host. Encoded, so that a question mark in it does not begin a query before our own.
    """
    path = quote("/" + root_path.strip("/"), safe=PATH_CHARACTERS)
    return replace(settings, frame=replace(settings.frame, prefix=path + settings.frame.prefix))
