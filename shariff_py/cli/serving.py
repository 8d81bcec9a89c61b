"""The two servers: the demonstration, and the proxy on its own."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from wsgiref.types import WSGIApplication

import click

from shariff_py.cli.stalled_connections import watch
from shariff_py.settings import load

HEAD_SECONDS = 5
"""How long a request line and headers may take to arrive, and how long a connection may be idle."""

MAX_CONNECTIONS = 1_024
"""Connections of one worker at once. Further ones wait until they are accepted."""

LONGEST_HEAD = 65_536
"""Bytes of a request line and headers together."""

PORT = click.IntRange(0, 65_535)
"""0 is one that the system chooses."""


@click.command()
@click.option("--port", default=8000, show_default=True, type=PORT, help="The port to listen on.")
def demo(port: int) -> None:
    """Serve the demo portal until stopped. It is part of a checkout, not of the installed package."""
    if find_spec("demo_app") is None:
        raise click.ClickException("demo needs a checkout of shariff_py: run `make demo` there.")
    server = _server()
    os.environ["SHARIFF_DEMO_ORIGIN"] = f"http://127.0.0.1:{port}"
    _refuse_a_port_in_use("127.0.0.1", port)
    click.echo(f"The demo is at http://127.0.0.1:{port}/ (stop with Ctrl+C).")
    _serve(server, "demo_application", port)


@click.command()
@click.option("--config", metavar="FILE", help="The configuration.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8080, show_default=True, type=PORT, help="The port to listen on.")
@click.option(
    "--workers", default=1, show_default=True, type=click.IntRange(min=1), help="Processes; one of them fetches counts."
)
def serve(config: str | None, host: str, port: int, workers: int) -> None:
    """Serve the proxy on its own: counts, gate frame and widget for any site."""
    from shariff_py.web.standalone import create_app

    server = _server()
    if config:
        os.environ["SHARIFF_CONFIG"] = config
    settings = load()
    _refuse_a_port_in_use(host, port)
    # Invalid settings are reported here, once, before workers start. This application sends no request.
    create_app(replace(settings, counts=replace(settings.counts, scheduler="outside")))
    _serve(server, "standalone_application", port, host, workers)


def standalone_application() -> WSGIApplication:
    """What a worker of ``serve`` serves."""
    from shariff_py.web.standalone import create_app

    watch()
    return create_app()


def demo_application() -> WSGIApplication:
    """What the worker of ``demo`` serves."""
    watch()
    made: WSGIApplication = import_module("demo_app.serve").application()
    return made


def _server() -> Callable[..., Any]:
    """How a server is made. Raises `ModuleNotFoundError` without the extra ``server``, before anything is begun."""
    from granian.constants import HTTPModes, Interfaces
    from granian.http import HTTP1Settings
    from granian.server import Server

    # HTTP/1 alone: where both versions are spoken, a connection on which nothing is sent stays open.
    heads = HTTP1Settings(header_read_timeout=HEAD_SECONDS * 1_000, max_buffer_size=LONGEST_HEAD)
    return partial(
        Server, interface=Interfaces.WSGI, factory=True, websockets=False, http=HTTPModes.http1, http1_settings=heads
    )


def _serve(server: Callable[..., Any], factory: str, port: int, host: str = "127.0.0.1", workers: int = 1) -> None:
    target = f"{__name__}:{factory}"
    server(target, address=host, port=port, workers=workers, backpressure=MAX_CONNECTIONS).serve()


def _refuse_a_port_in_use(host: str, port: int) -> None:
    """Stop here if the port is taken. The server opens it with SO_REUSEPORT, so a second one would start beside the first without an error."""
    try:
        family, *_, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        why = f"cannot listen on {host}, port {port}: {error.strerror}. Choose another one with --port."
        raise click.ClickException(why) from error
