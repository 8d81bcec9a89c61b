"""The sealed network: a Linux network namespace in which every address is this machine. Nothing can leave it.

It needs ``unshare`` (util-linux) and ``ip`` (iproute2), and either root or the right of ordinary users to make user namespaces. The whole
audit runs inside; the audited site is reached through a relay, and nothing else can be reached.
"""

from __future__ import annotations

import json
import pickle
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from shariff_py.audit.evidence.contact import host_and_port
from shariff_py.audit.runner.run import AuditOptions, Progress, ProgressCallback
from shariff_py.audit.sink.relay import Relay
from shariff_py.audit.verdict.judge import Audit
from shariff_py.audit.visit.chromium import Setup, is_root
from shariff_py.errors import AuditError

NETWORK = """set -e
ip link set lo up
ip route add local 0.0.0.0/0 dev lo
ip -6 route add local ::/0 dev lo 2>/dev/null || true
ip link add sealed0 type veth peer name sealed1 2>/dev/null && ip addr add 198.51.100.2/24 dev sealed0 && ip link set sealed0 up && ip link set sealed1 up || true
mount --bind "$1/resolv.conf" /etc/resolv.conf
shift
exec "$@"
"""
"""Every address leads to this machine, name servers included. The pair of interfaces is there because resolvers want an address that is not
loopback before they answer at all."""


def _unshare() -> list[str]:
    rights = [] if is_root() else ["--user", "--map-root-user"]
    return ["unshare", *rights, "--net", "--mount"]


def available() -> bool:
    """Whether a sealed network can be made here."""
    if sys.platform != "linux" or not all(shutil.which(program) for program in ("unshare", "ip", "mount")):
        return False
    with tempfile.TemporaryDirectory(prefix="shariff-seal-") as folder:
        _resolver_file(Path(folder))
        command = [*_unshare(), "sh", "-c", NETWORK, "sh", folder, "true"]
        return subprocess.run(command, capture_output=True, check=False, timeout=30).returncode == 0  # noqa: S603


def run_inside(urls: Sequence[str], options: AuditOptions, on_progress: ProgressCallback) -> Audit:
    """Run the audit inside. Raises :class:`AuditError` as the audit itself would."""
    domains = own_domains(urls, options)
    with tempfile.TemporaryDirectory(prefix="shariff-seal-") as name:
        folder = Path(name)
        _resolver_file(folder)
        out, setup = options.out.resolve() if options.out else None, Setup(options.browser.program)
        sealed = replace(options, sealed="namespace", out=out, setup=setup)
        (folder / "options.pickle").write_bytes(pickle.dumps((list(urls), sealed)))

        def allows(host: str, port: int) -> bool:
            return any(related(host, domain) for domain in domains)

        with Relay(folder / "way-out", allows):
            _run(folder, on_progress)
        kind, value = pickle.loads((folder / "result.pickle").read_bytes())  # noqa: S301 - written by our own child
        if kind == "error":
            raise AuditError(value)
        audit: Audit = value
        return audit


def _run(folder: Path, on_progress: ProgressCallback) -> None:
    command = [
        *_unshare(),
        "sh",
        "-c",
        NETWORK,
        "sh",
        str(folder),
        sys.executable,
        "-m",
        "shariff_py.audit.sink.inside",
        str(folder),
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        for line in process.stdout or ():
            on_progress(Progress(**json.loads(line)))
    if not (folder / "result.pickle").exists():
        raise AuditError(
            "the audit inside the sealed network ended without a result. Run it without --sink to see what is wrong."
        )


def own_domains(urls: Iterable[str], options: AuditOptions) -> frozenset[str]:
    """The site's own hosts as the command and the policy name them; `related` decides what belongs to them."""
    named = (host.removeprefix("*.") for host in (*options.own, *options.policy.own))
    return frozenset((*named, *(host_and_port(url)[0] for url in (*urls, *options.sitemaps))))


def related(host: str, domain: str) -> bool:
    """Whether a host is the site's own: a named one, below one, or its ``www``."""
    bare, other = host.removeprefix("www."), domain.removeprefix("www.")
    return bare == other or bare.endswith(f".{other}")


def _resolver_file(folder: Path) -> None:
    (folder / "resolv.conf").write_text("nameserver 127.0.0.1\noptions timeout:2 attempts:1\n", encoding="utf-8")
