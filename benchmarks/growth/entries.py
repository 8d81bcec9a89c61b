"""Every public entry that takes an input, found by walking through the public interface."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

import click

import shariff_py
from shariff_py.cli import COMMANDS, commands
from shariff_py.web.jinja import TemplateFunctions
from shariff_py.web.own_pages.application import ROUTES

READERS = (
    "shariff_py.audit.evidence.netlog.reader.read",
    "shariff_py.audit.report.document.as_json",
    "shariff_py.channels.Register",
    "shariff_py.channels.check",
    "shariff_py.channels.overview",
    "shariff_py.channels.public",
    "shariff_py.consent_evidence.verify",
    "shariff_py.counts.sitemap.read",
    "shariff_py.journal.Journal",
    "shariff_py.platforms.recognition.recognise",
    "shariff_py.service.reports.Reports",
    "shariff_py.settings.load",
    "shariff_py.static_site.StaticSite",
    "shariff_py.urls.canonical",
    "shariff_py.web.asgi.ShariffMiddleware",
    "shariff_py.web.wsgi.ShariffMiddleware",
)
"""What reads pages, files and messages and is reached by the names below it, or by applications that are no Flask application."""

WITHOUT_INPUT = {
    "shariff-py demo": "takes a port and nothing else",
    "template widget": "takes a switch and nothing else",
}
"""Public entries that have no input that could grow, and why."""


def public_entries() -> list[str]:
    """Their names: ``shariff_py.NAME``, ``shariff-py COMMAND``, ``METHOD PATH`` below the prefix, ``template NAME``, and the `READERS`."""
    return [
        *(f"shariff_py.{name}" for name in shariff_py.__all__),
        *_commands(),
        *(f"{method} {path}" for path, views in ROUTES.items() for method in views),
        *(f"template {name}" for name in vars(TemplateFunctions) if not name.startswith("_")),
        *READERS,
    ]


def _commands() -> Iterator[str]:
    for name in COMMANDS:
        command = commands.get_command(click.Context(commands), name)
        below = command.commands if isinstance(command, click.Group) else {}
        yield from (f"shariff-py {name} {inner}" for inner in below)
        if not below:
            yield f"shariff-py {name}"


def exists(reader: str) -> bool:
    """Whether a name of `READERS` is there."""
    module, _, name = reader.rpartition(".")
    return hasattr(import_module(module), name)
