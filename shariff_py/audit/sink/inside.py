"""What runs inside the sealed network: name server, recorder and the audit itself. Started by `namespace`, not by people."""

from __future__ import annotations

import json
import pickle
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from shariff_py.audit.evidence.contact import host_and_port, is_loopback
from shariff_py.audit.evidence.log import Log
from shariff_py.audit.runner.run import AuditOptions, Progress, run
from shariff_py.audit.sink.authority import Authority
from shariff_py.audit.sink.names import Addresses
from shariff_py.audit.sink.namespace import own_domains, related
from shariff_py.audit.sink.recorder import Recorder
from shariff_py.audit.sink.relay import forward
from shariff_py.audit.sink.wire import log_of
from shariff_py.audit.verdict.judge import Audit
from shariff_py.audit.visit.chromium import Setup
from shariff_py.errors import AuditError, ShariffError

OWN_NETWORK, OTHERS_NETWORK = "198.19", "198.18"
"""Two networks set aside for tests (RFC 2544): one for the site's own names, one for all others."""

MAX_QUERY_BYTES = 512

MINI_BROWSERS = tuple(Path("/usr/lib").glob("*/webkit*gtk-4*/MiniBrowser"))
CERTIFICATES = Path("/etc/ssl/certs/ca-certificates.crt")
"""Where WebKit's networking looks for authorities on Debian and its relatives."""


def main(folder: Path) -> None:
    """Run the audit described in a folder and leave the result there."""
    urls, options = pickle.loads((folder / "options.pickle").read_bytes())  # noqa: S301 - written by our own parent
    try:
        result: tuple[str, object] = ("audit", _sealed(urls, options, folder / "way-out"))
    except ShariffError as error:
        result = ("error", str(error))
    (folder / "result.pickle").write_bytes(pickle.dumps(result))


def _sealed(urls: list[str], options: AuditOptions, relay_socket: Path) -> Audit:
    endpoints = [host_and_port(url) for url in (*urls, *options.sitemaps)]
    domains = own_domains(urls, options)
    own, others = Addresses(OWN_NETWORK), Addresses(OTHERS_NETWORK)
    ports = tuple(sorted({80, 443} | {port for _, port in endpoints}))
    requested: list[float] = []

    def resolve_own(name: str) -> str | None:
        return own.of(name) if any(related(name, domain) for domain in domains) else None

    def forward_own(connection: socket.socket) -> bool:
        address, port = connection.getsockname()[:2]
        name = own.name(address)
        if (
            not name
            and is_loopback(address)
            and any(is_loopback(host) and port == wanted for host, wanted in endpoints)
        ):
            name = "127.0.0.1"
        if not name:
            return False
        requested.append(time.time())
        forward(connection, relay_socket, name, port)
        return True

    with (
        tempfile.TemporaryDirectory(prefix="shariff-sink-") as folder,
        Recorder(
            Authority(Path(folder)),
            ports=ports,
            addresses=others,
            resolve_own=resolve_own,
            forward=forward_own,
            sealed=True,
        ) as recorder,
    ):
        _serve_names(recorder)
        if options.engine != "chromium":
            # The recorder cannot tell pages apart, so they are visited one after the other, without control visits.
            setup = _by_wire(options.engine, recorder, Path(folder), requested)
            return run(urls, replace(options, setup=setup, at_once=1, control_visit=False), on_progress=_report)
        setup = Setup(
            options.browser.program,
            (f"--ignore-certificate-errors-spki-list={recorder.authority.fingerprint}",),
            names=others.by_address,
        )
        return run(urls, replace(options, setup=setup), on_progress=_report)


def _by_wire(engine: str, recorder: Recorder, folder: Path, requested: Sequence[float]) -> Setup:
    """A browser of another engine, whose evidence is what the recorder sees. ``requested`` are the times at which the site itself was contacted."""

    def wire(since: float) -> Log:
        return log_of(recorder.recorded, since, engine.capitalize())

    if engine == "firefox":
        return Setup(
            _program("Firefox", "firefox-esr", "firefox-esr", "firefox"), names=recorder.addresses.by_address, wire=wire
        )
    _trust(recorder.authority, folder)
    browser = next((str(path) for path in MINI_BROWSERS if path.exists()), None)
    if browser is None:
        raise AuditError("No WebKit was found. Install one (Debian: apt install webkit2gtk-driver xvfb xauth).")
    display = _program("virtual display", "xvfb xauth", "xvfb-run")
    return Setup(
        browser,
        wire=wire,
        opener=(display, "--auto-servernum", browser),
        reached=lambda since: any(when >= since for when in requested[-1:]),
    )


def _program(what: str, package: str, *names: str) -> str:
    program = next(filter(None, map(shutil.which, names)), None)
    if program is None:
        raise AuditError(f"No {what} was found. Install one (Debian: apt install {package}).")
    return program


def _trust(authority: Authority, folder: Path) -> None:
    """Lay the sink's authority beside those of the system, inside this network only."""
    if CERTIFICATES.exists():
        bundle = folder / "certificates.crt"
        bundle.write_bytes(CERTIFICATES.read_bytes() + authority.pem)
        subprocess.run(["mount", "--bind", str(bundle), str(CERTIFICATES)], check=False, capture_output=True)  # noqa: S603, S607


def _serve_names(recorder: Recorder) -> None:
    """Answer DNS queries on the port they are sent to."""
    server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    server.bind(("127.0.0.1", 53))

    def serve() -> None:
        while True:
            packet, client = server.recvfrom(MAX_QUERY_BYTES)
            with suppress(OSError, ValueError):
                server.sendto(recorder.resolve(packet), client)

    threading.Thread(target=serve, name="names", daemon=True).start()


def _report(progress: Progress) -> None:
    print(json.dumps(asdict(progress)), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
