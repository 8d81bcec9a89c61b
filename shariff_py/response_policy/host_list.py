"""A list of hosts as sources of a policy, each named once: what another one of the list allows already is left out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product

from shariff_py.response_policy.csp import HOST_SOURCE

Parts = tuple[str, str, str, str]
"""Scheme, host, port and path of a source; empty where it has none."""


def without_covered(sources: Iterable[str]) -> list[str]:
    """The sources in their order without those that repeat another one, or allow less than another one (CSP 3, section 6.7.2.8).

    Left out is only what is certain: a host below a wildcard, any port beside ``:*``, a path beside none, ``https:`` beside no scheme.
    Raises ``ValueError`` where a source does not match `HOST_SOURCE`.
    """
    named = {_parts(source): source for source in reversed(list(sources))}
    wildcards = {host for _, host, _, _ in named if host.startswith("*.")}
    return [
        source
        for parts, source in reversed(named.items())
        if not any(wider in named for wider in _wider(parts, wildcards))
    ]


def _parts(source: str) -> Parts:
    found = HOST_SOURCE.fullmatch(source)
    if found is None:
        raise ValueError(f"{source!r} names no host.")
    scheme, host, port, path = found["scheme"] or "", found["host"], found["port"] or "", found["path"] or ""
    return scheme.lower(), host.lower(), port, "" if path == "/" else path


def _wider(parts: Parts, wildcards: set[str]) -> Iterator[Parts]:
    """Each source that would allow everything that this one allows, without this one itself. Of hosts with a wildcard only those there are."""
    scheme, host, port, path = parts
    hosts = [host]
    if wildcards:
        labels = host.removeprefix("*.").split(".")
        above = (f"*.{'.'.join(labels[at:])}" for at in range(1, len(labels)))
        hosts += [wildcard for wildcard in above if wildcard in wildcards]
    schemes = (scheme, "") if scheme == "https" else (scheme,)
    for wider in product(schemes, hosts, (port, "*"), (path, "")):
        if wider != parts:
            yield wider
