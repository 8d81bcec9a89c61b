"""How the addresses of the platforms' frames begin: what tells quickly that a text has none of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from shariff_py.alternation import one_of
from shariff_py.platforms.record import Platform
from shariff_py.platforms.registry import REGISTRY, Table
from shariff_py.urls import host_is

TELLING = re.compile(r"/[^/]+/.{4,}|/.*\..+")
"""The beginning of a path that is rare enough to be looked for alone; before others a domain has to stand."""
SHORTEST_NAME = 4
"""Letters of a domain's name from which on it is looked for without what is above it."""
_SLASH = r"(?:[\\/]|%(?:25)*2f|u002f|x2f|&#(?:x2f|47);)+"
_ABOVE = r"[a-z.]{2,6}"


def _serves_frames(platform: Platform, domain: str) -> bool:
    """Whether a domain is one of its content, or of its frames; others have only what these load."""
    of_content = any(host.fullmatch(domain) or host.fullmatch(f"www.{domain}") for host in platform.content_hosts)
    return of_content or any(host_is(host, domain) for host in platform.frame_hosts)


def _beginnings() -> Iterator[tuple[str, str]]:
    """First what is looked for, then what has to follow: a path where that tells enough, else the name of a domain and the path."""
    for platform in REGISTRY.values():
        if platform.server_mark:
            name = platform.server_mark.strip("/")
            # A whole part of a path: behind a slash, however that is written, and not only the beginning of a word.
            yield name, rf"(?<=[/f;]{re.escape(name)})(?![a-z0-9_-])"
            continue
        domains = [*platform.hosts, *(place.partition("/")[0] for place in platform.shared_hosts)]
        names = {_name(domain) for domain in domains if _serves_frames(platform, domain)}
        for form in (form for kind in platform.embeds for form in kind.frames):
            first, _, rest = form.beginning[1:].partition("/")
            if TELLING.fullmatch(form.beginning):
                yield (first, _written(f"/{rest}")) if rest else (first, "")
            else:
                yield from ((name, (_ABOVE if name.endswith(".") else "") + _written(form.beginning)) for name in names)


def _name(domain: str) -> str:
    name = domain.rpartition(".")[0].removesuffix(".co")
    return f"{name}." if len(name) >= SHORTEST_NAME else domain


def _written(path: str) -> str:
    """The pattern of a path as scripts may write it."""
    return _SLASH.join(map(re.escape, path.split("/")))


def _grouped() -> Mapping[str, tuple[str, ...]]:
    """What may follow each first part."""
    found: dict[str, set[str]] = {}
    for first, rest in _beginnings():
        found.setdefault(first, set()).add(rest)
    return MappingProxyType({first: tuple(sorted(rests)) for first, rests in sorted(found.items())})


_FOUND = Table(_grouped)
FRAME_HINTS = Table(lambda: tuple(_FOUND()))
"""What the addresses of the platforms' frames contain, in lower case. A text without any of them has none."""
FRAME_HINT = Table(lambda: re.compile(one_of(FRAME_HINTS())))
"""The same as a pattern."""
_FOLLOWING = Table(lambda: {first: f"(?:{'|'.join(rests)})" for first, rests in _FOUND().items()})
FRAME_PATH = Table(lambda: re.compile(one_of(FRAME_HINTS(), then=_FOLLOWING()).encode()))
"""The beginning of the address of a platform's frame in lower case, as scripts write it."""
FRAME_PATH_OR_REFERENCE = Table(
    lambda: re.compile(one_of([*FRAME_HINTS(), "&"], then={**_FOLLOWING(), "&": "(?!amp;)"}).encode())
)
"""The same, or a character reference that may be part of one."""
