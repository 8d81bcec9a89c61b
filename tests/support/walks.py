"""The four walks that ``docs/architecture.md`` describes, traced in a fresh process: nothing is in a cache yet, and all tables are made.

Run as a program in a folder of its own with the names of walks; prints the files of each as JSON.
"""

from __future__ import annotations

import json
import pkgutil
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import Any

from bs4 import BeautifulSoup
from click.testing import CliRunner
from flask import Flask, render_template_string

import shariff_py
from shariff_py import Settings, Shariff, gate_html
from shariff_py.cli import commands
from shariff_py.platforms.registry import Table
from shariff_py.service import Service
from shariff_py.testing import StandIn
from support.tracing import files_called

SETTINGS: dict[str, Any] = {
    "site": {"origin": "https://www.example.org", "language": "en"},
    "releases": {"facebook": {"state": "released"}},
    "controllers": {
        "town": {"name": "Town", "contact_url": "/contact", "privacy_url": "/privacy", "alternative_url": "/news"}
    },
    "counts": {"store": "memory:", "scheduler": "outside"},
    "frame": {"secrets": ["only for these walks, 7f3a9c"]},
    "platforms": {"facebook": {"token": "1234567890|secret"}},
}
PASTED = (
    '<iframe src="https://www.facebook.com/plugins/post.php?href='
    'https%3A%2F%2Fwww.facebook.com%2Fexample%2Fposts%2F1234567890"></iframe>'
)


def make_tables() -> None:
    """What is made from the registry once in a process belongs to no walk."""
    for module in [module for name, module in sys.modules.items() if name.startswith("shariff_py.")]:
        for value in list(vars(module).values()):
            if isinstance(value, Table):
                value()


def application() -> Flask:
    app = Flask(__name__)
    app.config["SHARIFF"] = SETTINGS
    Shariff(app)
    app.add_url_rule("/news", view_func=lambda: render_template_string("<p>News</p>{{ shariff.share() }}"))
    return app


def one_page_address() -> list[str]:
    client = application().test_client()
    return files_called(lambda: client.get("/news?visitor=17"))


def one_pasted_embed() -> list[str]:
    """Gated when the page is served, then clicked."""
    settings, client = Settings.from_mapping(SETTINGS), application().test_client()
    page = f"<!doctype html><html><head><title>News</title></head><body>{PASTED}</body></html>"

    def gated_and_clicked() -> None:
        gate = BeautifulSoup(gate_html(page, settings).html, "html.parser")
        fields = {str(field["name"]): str(field.get("value", "")) for field in gate.select("form [name][value]")}
        assert client.post("/shariff/frame", data=fields).status_code == 200

    make_tables()
    return files_called(gated_and_clicked)


def one_count() -> list[str]:
    """Fetched by a refresh cycle, then read by a browser."""
    with StandIn() as stand_in:
        settings = Settings.from_mapping(SETTINGS | {"stand_in": {"graph.facebook.com": stand_in.origin}})
        service, app = Service(settings), Flask(__name__)
        Shariff(app, settings=settings, service=service)
        service.track("https://www.example.org/news")

        def fetched_and_read() -> None:
            assert service.refresh().counts == 1
            assert app.test_client().get("/shariff/counts?url=https://www.example.org/news").json

        return files_called(fetched_and_read)


def one_audited_page() -> list[str]:
    handler = partial(SimpleHTTPRequestHandler, directory=".")
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{server.server_port}/"
        arguments = ["audit", url, "--out", "report", "--idle", "0.5", "--format", "html", "--format", "json"]

        def audited() -> None:
            # Finding nothing is 0; on a busy machine it may be 2. The way is the same.
            assert CliRunner().invoke(commands, arguments).exit_code in {0, 2}

        files = files_called(audited)
        server.shutdown()
        return files


WALKS: dict[str, Callable[[], list[str]]] = {
    "One page address": one_page_address,
    "One pasted embed": one_pasted_embed,
    "One count": one_count,
    "One audited page": one_audited_page,
}


def main() -> None:
    """Trace the walks named on the command line."""
    for module in pkgutil.walk_packages(shariff_py.__path__, "shariff_py."):
        import_module(module.name)
    print(json.dumps({name: WALKS[name]() for name in sys.argv[1:]}))


if __name__ == "__main__":
    main()
