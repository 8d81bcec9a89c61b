"""How hosts and origins are written in settings: as browsers write them, so that comparing them can succeed."""

from __future__ import annotations

from shariff_py.errors import ConfigurationError
from shariff_py.settings.quoting import has_key, quoted
from shariff_py.urls import NAME, parse


def check_origin(origin: str, setting: str) -> None:
    """Scheme, host and port, nothing else."""
    parts = parse(origin)
    if parts is None:
        raise ConfigurationError(
            "is not an http or https origin.", setting=setting, cure='Write it like "https://www.example.org".'
        )
    if parts.origin != origin:
        raise ConfigurationError(
            "is not a bare origin.", setting=setting, cure=write(parts.origin, "https://www.example.org")
        )


def check_host(host: str, setting: str, *, wildcard: bool = False) -> None:
    """A host as parsed addresses spell it: lower case, in punycode, without scheme, port, path or last dot."""
    below = "*." if wildcard and host.startswith("*.") else ""
    bare = host.removeprefix(below)
    parts = parse(bare if "://" in bare else f"https://{bare}/")
    if parts is not None and parts.host == bare and "*" not in bare and NAME.fullmatch(bare):
        return
    # In lower case a key no longer looks like one.
    is_meant = parts is not None and "*" not in parts.host and not has_key(bare)
    meant = parts.host if parts is not None and is_meant else "www.example.org"
    raise ConfigurationError(
        f"{quoted(host)} would never match: it is not a bare host in lower case.",
        setting=setting,
        cure=write(below + meant, "www.example.org"),
    )


def write(meant: str, example: str) -> str:
    """The right form of what was set where it can be repeated, else an example."""
    form = quoted(meant) if meant else ""
    return f"Write {form}." if form.startswith("'") else f'Write it like "{example}".'
