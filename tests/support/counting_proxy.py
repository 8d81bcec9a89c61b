"""The counts on their own, served for six platforms, as an administrator sets up heise's backend."""

from __future__ import annotations

from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse as Answer

from shariff_py import Shariff
from shariff_py.service import Service
from support.counting import PAGE, Site

SIX = ("facebook", "reddit", "pinterest", "bluesky", "hatena", "vk")


class Proxy:
    """The proxy on its own, as a site's administrator sets it up, with six platforms."""

    def __init__(self, site: Site, **counts: Any) -> None:
        self.site = site
        released = {name: {"state": "released"} for name in SIX}
        tokens = {"facebook": {"token": "t"}, "reddit": {"token": "an-id:secret"}}
        self.service = Service(
            site.settings(
                releases=released,
                platforms=tokens,
                frame={"secrets": ["only for these tests"]},
                counts={"scheduler": "outside", "learn": "asked", **counts},
            ),
            clock=site.clock,
            random=lambda: 0.0,
        )
        self.app = Flask("proxy")
        Shariff(self.app, settings=self.service.settings, service=self.service)
        self.client: FlaskClient = self.app.test_client()

    def fetch(
        self, url: str | None = PAGE, method: str = "GET", headers: dict[str, str] | None = None, **more: str
    ) -> Answer:
        query = more if url is None else {"url": url, **more}
        return self.client.open("/shariff/counts", method=method, query_string=query, headers=headers)

    def counted(self, number: int | None = 17, page: str = PAGE) -> None:
        """Ask about a page, so that its numbers are in the store."""
        self.site.stand_in.counts[page] = number
        self.service.track(page)
        self.service.refresh()
