"""The register of third parties: who is at an address, and who runs a host. Its file is read when it is first asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from shariff_py.platforms.third_parties.record import Provider, ThirdParty


class Register(NamedTuple):
    """All records, and by host what is there: each service with the beginning of its paths (empty: all of the host), longest first; and who
    runs the host."""

    third_parties: tuple[ThirdParty, ...]
    by_host: Mapping[str, tuple[tuple[str, ThirdParty], ...]]
    providers: Mapping[str, Provider]


@cache
def register() -> Register:
    """The register, read once."""
    from shariff_py.platforms.third_parties.reading import FILE, read

    providers, third_parties = read((files(__package__) / FILE).read_text(encoding="utf-8"))
    by_host: dict[str, list[tuple[str, ThirdParty]]] = {}
    runs = {host: provider for provider in providers for host in provider.hosts}
    for third_party in third_parties:
        for place in third_party.places:
            host, slash, path = place.partition("/")
            by_host.setdefault(host, []).append((slash + path, third_party))
            runs.setdefault(host, third_party.provider)
    longest_first = {host: tuple(sorted(found, key=lambda place: -len(place[0]))) for host, found in by_host.items()}
    return Register(third_parties, longest_first, runs)


def third_party_at(host: str, path: str = "/") -> ThirdParty | None:
    """The third party whose content an address is: the most specific place counts. ``None`` where none is known, and for the other paths of
    a host that several services share."""
    by_host = register().by_host
    for domain in _domains(host):
        for start, third_party in by_host.get(domain, ()):
            if not start or path == start or path.startswith(f"{start}/"):
                return third_party
    return None


def third_parties_on(host: str) -> tuple[ThirdParty, ...]:
    """The third parties that may be meant where only a host is known. Something else may be meant, too, where `third_party_at` knows none
    for the host alone."""
    by_host = register().by_host
    return next(
        (tuple(dict.fromkeys(t for _, t in by_host[domain])) for domain in _domains(host) if domain in by_host), ()
    )


def provider_of(host: str) -> Provider | None:
    """Who runs a host; ``None`` where it is unknown."""
    runs = register().providers
    return next((runs[domain] for domain in _domains(host) if domain in runs), None)


def _domains(host: str) -> Iterator[str]:
    """A host and each one above it, the longest first."""
    labels = host.lower().rstrip(".").split(".")
    return (".".join(labels[at:]) for at in range(len(labels)))
