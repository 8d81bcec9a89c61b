"""An audit without external requests: every foreign name leads to a recording server on this machine.

Where rights allow, the whole audit runs in a network of its own (`namespace`), and not a packet can leave. Elsewhere the browser is given
the recorder as its name server: then every name resolves to this machine, but contacts with bare IP addresses are not blocked.
"""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from publicsuffixlist import PublicSuffixList

from shariff_py.audit.evidence.contact import host_and_port, host_as_browsers_write_it, is_address, is_loopback
from shariff_py.audit.runner.run import AuditOptions, ProgressCallback, run
from shariff_py.audit.sink import namespace
from shariff_py.audit.sink.authority import Authority
from shariff_py.audit.sink.recorder import Recorder
from shariff_py.audit.verdict.judge import Audit
from shariff_py.audit.visit.chromium import Setup
from shariff_py.errors import AuditError

PORTS = (80, 443)
"""Where browsers go unless an address says otherwise."""

TO_THIS_MACHINE = "--disable-features=LocalNetworkAccessChecks"
"""Without it a page from the internet would be kept from contacting this machine, which is where all others are now."""


def sealed_run(
    urls: Iterable[str], options: AuditOptions, on_progress: ProgressCallback = lambda progress: None
) -> Audit:
    """As :func:`run`, but offline by the best means this machine has; the audit's ``sealed`` names it."""
    named = list(urls)
    if namespace.available():
        return namespace.run_inside(named, options, on_progress)
    if options.engine != "chromium":
        raise AuditError(
            f"{options.engine} keeps no network log, so its audit needs a sealed network, which cannot be created on this machine. "
            "Run it as root on Linux with util-linux and iproute2 installed."
        )
    return resolved_run(named, options, on_progress)


def resolved_run(
    urls: Iterable[str], options: AuditOptions, on_progress: ProgressCallback = lambda progress: None
) -> Audit:
    """Sealed off by redirecting names; needs no rights on the machine."""
    named = list(urls)
    own = frozenset(_domain(host_and_port(url)[0]) for url in (*named, *options.sitemaps))
    own |= {host_as_browsers_write_it(host.removeprefix("*.")) for host in (*options.own, *options.policy.own)}
    with tempfile.TemporaryDirectory(prefix="shariff-sink-") as folder:
        authority = Authority(Path(folder))
        with Recorder(authority, ports=PORTS, resolve_own=lambda name: _real(name, own)) as recorder:
            closed = tuple(port for port in PORTS if port not in recorder.open_ports)
            setup = redirected(recorder, options.browser.program)
            return run(
                named, replace(options, setup=setup, sealed="resolver", closed_ports=closed), on_progress=on_progress
            )


def redirected(recorder: Recorder, program: str | None) -> Setup:
    """A browser whose names are all resolved by a recorder, and which trusts its certificates."""
    return Setup(
        program,
        (f"--ignore-certificate-errors-spki-list={recorder.authority.fingerprint}", TO_THIS_MACHINE),
        {"dns_over_https": {"mode": "secure", "templates": recorder.resolver}},
        recorder.addresses.by_address,
    )


def _domain(host: str) -> str:
    """The domain below which everything is the site's operator's own."""
    if is_address(host) or is_loopback(host):
        return host
    return PublicSuffixList().privatesuffix(host) or host


def _real(name: str, own: frozenset[str]) -> str | None:
    """The real address of one of the site's own names; otherwise ``None``."""
    if not any(name == domain or name.endswith(f".{domain}") for domain in own):
        return None
    with suppress(OSError):
        return socket.gethostbyname(name)
    return "0.0.0.0"  # noqa: S104 - nowhere: an own name that does not exist
