"""The proxy on its own: counts, gate frame and widget files for a site that is served by something else."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask

from shariff_py.settings import Settings, load
from shariff_py.web.flask import Shariff


def create_app(settings: Settings | None = None) -> Flask:
    """A Flask application with nothing but the library's own addresses.

    It shows no pages, so it learns of them from what browsers ask, unless ``counts.learn`` says otherwise.
    """
    app = Flask("shariff_py.standalone", static_folder=None)
    settings = settings or load()
    if not settings.counts.learn:
        settings = replace(settings, counts=replace(settings.counts, learn="asked"))
    Shariff(app, settings=settings)
    return app


def application() -> Flask:
    """What the server of ``shariff-py serve`` calls in each worker; configured by file and environment."""
    return create_app()
