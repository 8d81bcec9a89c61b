"""The page being made: its site, its request, and what templates have put on it so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from shariff_py.settings import Settings
from shariff_py.texts import Language, language
from shariff_py.urls import canonical
from shariff_py.web.request_info import RequestInfo
from shariff_py.web.site import Site


@dataclass(frozen=True, slots=True)
class PageContext:
    """One page. ``request`` is ``None`` where a template is rendered outside a request.

    ``gate_numbers`` numbers the gates on it, for each frame needs a name of its own; ``shared`` are the addresses whose share bar it
    shows.
    """

    site: Site
    request: RequestInfo | None = None
    gate_numbers: Iterator[int] = field(default_factory=lambda: count(1))
    shared: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """The site's settings, with the prefix as the visitor of this page reaches it."""
        return self.site.mounted(self.request.root_path) if self.request else self.site.settings

    @property
    def language_tag(self) -> str:
        """The page's language, as the application tells it."""
        return self.site.page_language()

    def language(self, tag: str | None = None) -> Language:
        """The texts of the page's language, or of the one with that tag."""
        return language(tag or self.language_tag, self.site.settings.site.language)

    @property
    def url(self) -> str:
        """The page's address without its query. Empty outside a request."""
        return self.request.page_url(self.site.settings.site.origin) if self.request else ""

    def canonical_url(self) -> str:
        """The page's canonical address, with only the query allowed by name. Raises `AddressRefused` for one that cannot be used."""
        query = f"?{self.request.query}" if self.request and self.request.query else ""
        return canonical(self.url + query, query_allow=self.site.settings.site.query_allow)
