"""The page being made: its site, its address, and what templates have put on it so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from shariff_py.settings import Settings
from shariff_py.texts import Language
from shariff_py.urls import canonical
from shariff_py.web.request_info import RequestInfo
from shariff_py.web.site import Site


@dataclass(frozen=True, slots=True)
class PageContext:
    """One page. ``settings`` have the prefix as its visitor reaches it; ``url`` is its address without the query, only
    its path where its host is unknown, empty where a template is rendered outside a request.

    ``gate_numbers`` numbers the gates on it, for each frame needs a name of its own; ``shared`` are the addresses whose share bar it
    shows.
    """

    site: Site
    settings: Settings
    url: str = ""
    query: str = ""
    gate_numbers: Iterator[int] = field(default_factory=partial(count, 1))
    shared: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, site: Site, request: RequestInfo | None) -> PageContext:
        """The page of a request, or one outside any request."""
        if request is None:
            return cls(site, site.settings)
        settings = site.mounted(request.root_path) if request.root_path else site.settings
        return cls(site, settings, site.page_url(request), request.query)

    @property
    def language_tag(self) -> str:
        """The page's language, as the application gives it."""
        return self.site.page_language()

    def language(self, tag: str | None = None) -> Language:
        """The texts of the page's language, or of the one with that tag."""
        return self.settings.language(tag or self.site.page_language())

    def canonical_url(self) -> str:
        """The page's canonical address, with only the query allowed by name. Raises `AddressRefused` for one that cannot be used."""
        url = f"{self.url}?{self.query}" if self.query else self.url
        return canonical(url, query_allow=self.settings.site.query_allow)
