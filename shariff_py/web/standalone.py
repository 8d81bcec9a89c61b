"""The proxy on its own: counts, gate frame and widget files for a site that is served by something else."""

from __future__ import annotations

from dataclasses import replace

from shariff_py.settings import Settings, load
from shariff_py.web.own_pages import OwnPages
from shariff_py.web.site import Site


def create_app(settings: Settings | None = None) -> OwnPages:
    """A WSGI application with nothing but the library's own addresses, whose scheduler runs.

    It shows no pages, so it learns of them from the requests of browsers, unless ``counts.learn`` says otherwise. Raises `ConfigurationError`.
    """
    settings = settings or load()
    if not settings.counts.learn:
        settings = replace(settings, counts=replace(settings.counts, learn="asked"))
    site = Site.create(settings)
    site.scheduler.start()
    return OwnPages(site)
