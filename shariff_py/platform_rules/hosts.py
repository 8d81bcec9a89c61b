"""Hosts of a record: written as browsers write them, no wider than one owner, and nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from shariff_py.platform_rules.problem import Problem
from shariff_py.platforms.record import Platform
from shariff_py.urls import host_is

if TYPE_CHECKING:
    from publicsuffixlist import PublicSuffixList

HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
WRITE = 'Write the bare host in lower case, like "tube.example": everything below it belongs to the platform, too.'


def host_problems(record: Platform, others: Iterable[Platform]) -> Iterator[Problem]:
    """The rules for ``hosts``, ``shared_hosts`` and ``link_hosts``. ``others`` are the records of all other platforms."""
    shared = [place.partition("/")[0] for place in record.shared_hosts]
    for field, hosts in (("hosts", record.hosts), ("shared_hosts", shared), ("link_hosts", record.link_hosts)):
        for host in hosts:
            if not HOST.fullmatch(host):
                yield Problem(field, f"{host!r} is no host.", WRITE)
            elif _is_suffix(host):
                yield Problem(field, f"{host!r} is a public suffix: anybody has hosts below it.", WRITE)
    for place in record.shared_hosts:
        if not place.partition("/")[2]:
            yield Problem(
                "shared_hosts",
                f"{place!r} has no path, so all of the host would be this platform's.",
                'Write the host with how its paths begin, like "www.tube.example/embed/", or the host alone into hosts.',
            )
    for other in others:
        yield from _taken(record, other)


def _taken(record: Platform, other: Platform) -> Iterator[Problem]:
    """Hosts that both would have. Of a domain that another only shares this one may have other paths, or a host below it."""
    cure = f"Leave it to {other.name}, or write the host that is this platform's alone."
    theirs = (*other.hosts, *other.link_hosts)
    their_places = [place.partition("/") for place in other.shared_hosts]
    for field, hosts in (("hosts", record.hosts), ("link_hosts", record.link_hosts)):
        for host in hosts:
            found = next((their for their in theirs if host_is(host, their) or host_is(their, host)), None)
            found = found or next((domain for domain, _, _ in their_places if host_is(domain, host)), None)
            if found is not None:
                yield Problem(field, f"{host!r} overlaps {found!r}, a host of {other.title}.", cure)
    for domain, _, path in (place.partition("/") for place in record.shared_hosts):
        if found := next((their for their in other.hosts if host_is(domain, their)), None):
            yield Problem("shared_hosts", f"{domain!r} overlaps {found!r}, a host of {other.title}.", cure)
        for their, _, their_path in their_places:
            begins_alike = path.startswith(their_path) or their_path.startswith(path)
            if begins_alike and (host_is(domain, their) or host_is(their, domain)):
                yield Problem("shared_hosts", f"{other.title} has these paths of {their!r}.", cure)


def _is_suffix(host: str) -> bool:
    return bool(_suffixes().publicsuffix(host) == host)


@cache
def _suffixes() -> PublicSuffixList:
    """Loaded only where somebody brings a record of their own."""
    from publicsuffixlist import PublicSuffixList

    return PublicSuffixList(accept_unknown=False)
