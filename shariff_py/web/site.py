"""What one application has of this library, and where the page being made stands in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from urllib.parse import quote

from flask import current_app, request

from shariff_py.channels.model import Register
from shariff_py.errors import ShariffError
from shariff_py.service import Scheduler, Service
from shariff_py.service.reports import Reports
from shariff_py.settings import Settings
from shariff_py.texts import Language, language
from shariff_py.urls import canonical

KEY = "shariff"
"""Where an application keeps its `Site`: ``app.extensions["shariff"]``."""

PATH = "/:@!$&'()*+,;=~"
"""What a path may hold as it is (RFC 3986, section 3.3); everything else was written as an escape and is again."""


@dataclass(frozen=True, slots=True)
class Site:
    """What one application has: its settings, its service, the scheduler that asks, its channels, how to tell the language of the page
    being made, and what browsers reported."""

    settings: Settings
    service: Service
    scheduler: Scheduler
    channels: Register
    page_language: Callable[[], str]
    reports: Reports
    warned: set[str] = field(default_factory=set)

    def warn_once(self, sentence: str) -> None:
        """Say something in the application's log, the first time it is true."""
        if sentence not in self.warned:
            self.warned.add(sentence)
            current_app.logger.warning(sentence)

    def language(self, tag: str | None = None) -> Language:
        """The language of the page, by tag or as the application tells it."""
        return language(tag or self.page_language(), self.settings.site.language)

    def page_place(self) -> str:
        """Where the page being made stands: the site's origin and the path. Empty outside a request."""
        if not request:
            return ""
        return (self.settings.site.origin or self.own_origin()) + quote(request.root_path + request.path, safe=PATH)

    def own_origin(self) -> str:
        """The origin under which the current request reached the application."""
        return request.host_url.rstrip("/")

    def mounted(self) -> Settings:
        """The settings with the prefix as a visitor reaches it, where the application is mounted below another path."""
        return _mounted(self.settings, request.root_path) if request and request.root_path else self.settings

    def page_address(self) -> str:
        """The page's canonical address, with only the query allowed by name. Raises `AddressRefused` for one that cannot be used."""
        query = request.query_string.decode("ascii", "replace")
        address = self.page_place() + (f"?{query}" if query else "")
        return canonical(address, query_allow=self.settings.site.query_allow)


@lru_cache(maxsize=16)
def _mounted(settings: Settings, root_path: str) -> Settings:
    """Kept, because share bars are made once for the same settings; an application is mounted in few places."""
    return replace(settings, frame=replace(settings.frame, prefix=root_path + settings.frame.prefix))


def current_site() -> Site:
    """The site of the current application. Raises `ShariffError` where the extension was not set up."""
    site = current_app.extensions.get(KEY)
    if not isinstance(site, Site):
        raise ShariffError("This application has no Shariff extension: call Shariff(app) or init_app(app) first.")
    return site
