"""The names of ways to share that settings and templates have: living, ended, or nobody's."""

from __future__ import annotations

from collections.abc import Iterable
from shariff_py.errors import ConfigurationError
from shariff_py.platforms.registry import REGISTRY, service
from shariff_py.platforms.services import ENDED
from shariff_py.settings.quoting import quoted


def check(names: Iterable[str]) -> None:
    """Each name is that of a way to share, by its name or an older one, or of one that has ended. Raises `ConfigurationError`.

    What has ended is left out rather than refused: otherwise an update of this library would keep a site from starting.
    """
    for name in names:
        record = service(name)
        if name not in ENDED and (record is None or record.share is None):
            known = ", ".join(sorted(record.name for record in REGISTRY.values() if record.share))
            raise ConfigurationError(
                f"{quoted(name)} is not a known way to share.", setting="services", cure=f"Known: {known}."
            )


def ended(names: Iterable[str]) -> str:
    """Those of the names whose services have ended, with what happened to them, as one phrase; empty where there are none."""
    return "; ".join(f"{name}: {ENDED[name].rstrip('.')}" for name in dict.fromkeys(names) if name in ENDED)


def ended_in(**settings: Iterable[str]) -> dict[str, list[str]]:
    """Each service that has ended and is named in one of the settings, with the settings that name it."""
    found: dict[str, list[str]] = {}
    for setting, names in settings.items():
        for name in dict.fromkeys(names):
            if name in ENDED:
                found.setdefault(name, []).append(setting)
    return found
